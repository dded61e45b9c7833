"""What is kept as a text of digits is a number to the conditions of a version that is tried out."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from onedoor.domain.catalogue.api import Documents
from onedoor.domain.catalogue.rules.documents import blank
from onedoor.domain.planning.actions.versions import version_of
from tests.domain.catalogue.rules.forms.test_decimals import FORM
from tests.domain.planning.made import ground, lived, plain_process
from tests.domain.planning.test_replay import run

NAMED = {"name": {"lo": "ທີ່ດິນ", "en": "Land"}}
GUARD = 'outcome = "refuse"'


def test_a_condition_and_a_paper_hang_on_hectares() -> None:
    """Half a hectare is refused although the office approved it; more than that needs a map."""
    content = blank(UUID(int=1)).content | NAMED
    content["papers"] = [
        {"code": "map", "name": NAMED["name"], "when": {"if": "area > 0.5", **NAMED["name"]}}
    ]
    process = plain_process()
    assert GUARD in process
    process = process.replace(GUARD, "form.area &lt;= 0.5").replace(
        'outcome = "approve"', 'outcome != "refuse" and form.area > 0.5'
    )
    tried = version_of(Documents(content=content, form=FORM, process=process), code="land")
    cases = [
        replace(case, answers={"area": "0.51" if number % 2 else "0.5"})
        for number, case in enumerate(lived(12, returned=0))
        if case.decision == "approve"
    ]
    found = run(ground(cases, tried), tried)
    assert [one.status for one in found.outcomes] == [
        "handed_over" if case.answers["area"] == "0.51" else "refused" for case in cases
    ]
    assert tried.asked({"area": "0.51"}) == {"map"} and tried.asked({"area": "0.5"}) == frozenset()
