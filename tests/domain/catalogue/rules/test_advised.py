"""Who may apply by a decision table: what answers come to, and what keeps such a table from being published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from onedoor.domain.catalogue.rules.advised import advised, demands_of, table_faults
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.decisions import unreadable
from onedoor.domain.catalogue.rules.eligibility import demanded, eligibility
from onedoor.domain.catalogue.rules.typed import misfits
from onedoor.tools.packs import LAO

TODAY = date(2026, 3, 2)
DMN = (LAO / "services/old-age-pension/decisions.dmn").read_text(encoding="utf-8")
NAME = "who_may_apply"
ASKED: dict[str, Any] = {"birth_date": {"type": "string"}, "years": {"type": "integer"}}


def faults(dmn: str, name: str = NAME, laws: tuple[str, ...] = ()) -> str:
    with translation.override("en"):
        return "; ".join(map(str, table_faults(compile_decisions(dmn.encode()), name, laws=laws)))


@pytest.mark.parametrize(
    ("answers", "standing", "unmet"),
    [
        ({}, "open", []),
        ({"birth_date": "1966-03-02"}, "open", []),
        ({"birth_date": "1990-01-01"}, "open", []),
        ({"birth_date": "1966-03-02", "years": 15}, "eligible", []),
        ({"birth_date": "1966-03-03", "years": 15}, "officer", ["who_may_apply-4"]),
        ({"birth_date": "1950-01-01", "years": 14}, "officer", ["who_may_apply-2"]),
        ({"birth_date": "1950-01-01", "years": 4}, "officer", ["who_may_apply-3"]),
        ({"birth_date": "1950", "years": 15}, "open", []),
        ({"birth_date": ["?"], "years": "many"}, "open", []),
    ],
)
def test_what_answers_come_to(answers: dict[str, Any], standing: str, unmet: list[str]) -> None:
    found = eligibility(advised(DMN, NAME), answers, today=TODAY)
    assert (found.standing, [each.code for each in found.unmet]) == (standing, unmet)


def test_a_rule_becomes_a_demand_with_its_words_and_what_can_be_done_instead() -> None:
    demands = advised(DMN, NAME)
    assert len(demands) == 3 and demanded(demands) == {"birth_date", "years"}
    last = demands[-1]
    assert last.words["en"].startswith("60 years or older") and last.words["lo"] and last.demonstration
    assert last.instead["en"] == "An officer looks whether another ground applies" and not last.bars
    assert not list(misfits(last, type(last)))


def test_a_law_that_is_named_may_bar() -> None:
    columns = '<output id="o2" name="law" typeRef="string" /><output id="o3" name="bars" typeRef="boolean" />'
    cells = '<outputEntry><text>"7/X"</text></outputEntry><outputEntry><text>true</text></outputEntry>'
    barring = DMN.replace("</output>", f"</output>{columns}").replace(
        "</outputEntry>", f"</outputEntry>{cells}"
    )
    barring = barring.replace('<text>"officer"</text>', '<text>"not"</text>')
    decided = compile_decisions(barring.encode())
    assert [*table_faults(decided, NAME, laws={"7/X"})] == []
    found = eligibility(demands_of(decided, NAME), {"birth_date": "1990-01-01", "years": 3}, today=TODAY)
    assert found.standing == "not" and [each.law for each in found.barred] == ["7/X"]
    assert "“7/X” is not the number of a law" in faults(barring)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", ""),
        (NAME, "something", "There is no decision “who_may_apply”"),
        ('"UNIQUE"', '"COLLECT"', "answers more than once"),
        ('name="standing"', 'name="result"', "has no output “standing”"),
        ('<text>"officer"</text>', '<text>"eligible2"</text>', "none of: eligible, officer, not"),
        ("<text>60 years or older (demonstration value)</text>", "<text></text>", "does not say why in: en"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(old: str, new: str, said: str) -> None:
    changed = DMN.replace(old, new) if old else DMN
    if new == '<text>"eligible2"</text>':
        changed = changed.replace('"eligible", "officer", "not"', '"eligible", "eligible2"')
    assert faults(changed).count(said) and (said or faults(changed) == "")


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        ("form.years", ""),
        (
            "form.wealth",
            "“form.wealth”, which is not asked before the visit: the form has no question “wealth”",
        ),
        ("outcome", "“outcome”, which is not asked before the visit"),
        ("decision.level", "“decision.level”, which is not asked before the visit"),
    ],
)
def test_it_reads_only_what_is_asked_before_the_visit(reads: str, said: str) -> None:
    decided = compile_decisions(DMN.replace("<text>form.years</text>", f"<text>{reads}</text>").encode())
    found = unreadable(decided, ASKED, advises=NAME)
    assert (said in str(found)) if said else found == []
    assert any("today" in reason for _place, reason in unreadable(decided, ASKED)), (
        "only this one reads the day"
    )
