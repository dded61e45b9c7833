"""A decision table filled in row by row: what is not touched stays, what is written compiles."""

from dataclasses import replace
from pathlib import Path

import pytest

from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.drawing import (
    CannotDraw,
    DecisionRow,
    decision_tables,
    first_decisions,
    with_rows,
)

SERVICES = Path(__file__).parents[5] / "onedoor" / "packs" / "lao" / "services"
PERMIT = (SERVICES / "construction-permit" / "decisions.dmn").read_text()


def test_a_table_is_read_as_it_stands() -> None:
    (table,) = decision_tables(PERMIT)
    assert (table.id, table.policy, len(table.rows)) == ("approval_level", "UNIQUE", 5)
    assert [column.says for column in table.inputs] == ["form.floor_area", "form.height"]
    assert table.rows[0].inputs == (">= 10000", "-")
    assert table.rows[0].notes[1] == "Floor area from 10,000 m²: level 1"


def test_rows_are_changed_and_the_rest_is_kept() -> None:
    (table,) = decision_tables(PERMIT)
    rows = [replace(table.rows[0], inputs=(">= 10000", "")), *table.rows[1:]]
    assert decision_tables(with_rows(PERMIT, table.id, rows)) == (table,)
    assert "The limits are those of the source" in with_rows(PERMIT, table.id, rows)


def test_a_row_is_added_and_removed() -> None:
    (table,) = decision_tables(PERMIT)
    new = DecisionRow(id="", inputs=("< 1", "<"), outputs=("3",), notes=("ໜຶ່ງ", "one"))
    found = with_rows(PERMIT, table.id, [*table.rows, new])
    (more,) = decision_tables(found)
    assert more.rows[-1].inputs == ("< 1", "<")
    assert more.rows[-1].id not in {row.id for row in table.rows}
    assert decision_tables(with_rows(found, table.id, more.rows[:-1])) == (table,)


def test_a_first_table_compiles() -> None:
    found = first_decisions("x-y", name="level", question="area", type="integer")
    assert set(compile_decisions(found.encode()).names) == {"level"}


@pytest.mark.parametrize("name", ["", "ຊື່", "a b", '"><x', "x" * 41])
def test_a_name_is_a_word(name: str) -> None:
    with pytest.raises(CannotDraw):
        first_decisions("x", name=name, question="area", type="integer")


def test_another_table_is_not_found() -> None:
    with pytest.raises(CannotDraw):
        with_rows(PERMIT, "nothing", [])
    with pytest.raises(CannotDraw):
        decision_tables("<!DOCTYPE x><x/>")
