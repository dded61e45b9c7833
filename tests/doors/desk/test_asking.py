"""Questions as inputs: a number is asked with digits, kept as it was typed when it is wrong, and its ends are said."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils.translation import override

from onedoor.domain.catalogue.api import compile_form
from onedoor.doors.desk.asking import parts, summary
from onedoor.tools.packs import LAO

FORM = compile_form(json.loads((LAO / "services" / "road-tax" / "form.json").read_text(encoding="utf-8")))


def engine(typed: str) -> tuple[str, str, str]:
    """How the question for the engine looks after somebody typed this: value, keyboard, what is wrong."""
    data = FORM.read({"engine": typed})
    faults = FORM.faults(data, today=date(2026, 3, 2))
    groups = parts(FORM, FORM.inputs(data), faults)[0].groups
    one = next(group.inputs[0] for group in groups if group.name == "engine")
    return one.value, one.mode, str(one.error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("125", "125", ""),
        ("1.500", "1500", ""),
        ("", "", "Enter an answer."),
        ("big", "big", "Enter a whole number, in digits."),
        ("30001", "30001", "Enter a number from 1 to 30,000."),
    ],
)
def test_a_number_is_asked_with_digits(typed: str, kept: str, said: str) -> None:
    with override("en"):
        assert engine(typed) == (kept, "numeric", said)


def test_the_summary_leads_to_the_input() -> None:
    with override("en"):
        faults = FORM.faults({}, today=date(2026, 3, 2))
        assert ("id_engine", "Size of the engine (cc): Enter an answer.") in summary(FORM, faults)
