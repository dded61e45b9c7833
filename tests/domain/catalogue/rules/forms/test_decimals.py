"""A number with decimals goes by fees, papers and demands as the decimal that it is."""

from decimal import Decimal

import pytest

from onedoor.domain.catalogue.rules import Paper
from onedoor.domain.catalogue.rules.fees import Fee, FeeRow, Step, reckon
from onedoor.domain.catalogue.rules.forms import known_by
from onedoor.domain.catalogue.rules.papers import to_bring
from onedoor.domain.catalogue.rules.tables import asked_in
from tests.domain.catalogue.rules.forms.schemas import asked, schema, words

HECTARES = {**asked("number", minimum=0.01, maximum=99.5, multipleOf=0.01), "type": "number"}
FORM = schema(area=HECTARES, name=asked("text"))
TABLE = (Step(start=0, upto=1, amount=10_000), Step(start=2, upto=None, amount=50_000))
EACH = FeeRow(code="land", name=words("Land"), kind="each", by="area", amount=10_000)
BY_TABLE = FeeRow(code="land", name=words("Land"), kind="table", by="area", steps=TABLE)


@pytest.mark.parametrize(
    ("row", "area", "total", "because"),
    [
        (EACH, "0.25", 10_000, "0.25"),
        (EACH, "2", 20_000, "2 ×"),
        (EACH, "2.01", 30_000, "2.01"),
        (BY_TABLE, "0.99", 10_000, ""),
        (BY_TABLE, "1", 10_000, ""),
        (BY_TABLE, "1.01", 50_000, ""),
    ],
)
def test_a_begun_unit_is_charged_whole(row: FeeRow, area: str, total: int, because: str) -> None:
    fee = Fee(state="set", lines=(row,))
    found = reckon(fee, known_by(FORM, {"area": area}), name=words("Land"))
    assert found.total == total
    assert because in found.lines[0].because["en"]


def test_rules_compare_it_with_numbers() -> None:
    paper = Paper(code="map", name=words("Map"), when={"if": "area > 0.5", **words("over half")})
    assert to_bring((paper,), known_by(FORM, {"area": "0.51"})) == (paper,)
    assert to_bring((paper,), known_by(FORM, {"area": "0.5"})) == ()
    assert known_by(FORM, {"area": "0.10", "name": "0.10"}) == {"area": Decimal("0.10"), "name": "0.10"}
    assert known_by({}, {"area": "0.10"}) == {"area": "0.10"}


def test_a_table_reaches_as_far_as_its_question() -> None:
    assert (asked_in(FORM)["area"].least, asked_in(FORM)["area"].most) == (1, 100)
