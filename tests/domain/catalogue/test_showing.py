"""Questions as inputs: how each is asked, what was typed, what is wrong, which are shown, and places to choose from."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from onedoor.domain.catalogue import api as catalogue
from onedoor.tools.packs import LAO
from tests.domain.catalogue.rules.forms.schemas import asked, children, schema, when
from tests.factories.offices import unit

FORM = catalogue.compile_form(
    json.loads((LAO / "services" / "road-tax" / "form.json").read_text(encoding="utf-8"))
)
TODAY = date(2026, 3, 2)
HOME = schema(
    ("site",),
    site=asked("choice", enum=["hospital", "home"]),
    ward=asked("text", **{"x-required": True}, **when('site = "hospital"')),
    born=asked("date", **{"x-partial": True}),
    price=asked("money", minimum=0, maximum=9_000_000),
    seen=asked("yes-no"),
    some=asked("multi-choice", items={"enum": ["a", "b"]}),
    scan=asked("file"),
    home=asked("address"),
    kids=children(minItems=1),
)


def drawn(data: dict[str, Any], faults: dict[str, Any] | None = None, **about: Any) -> str:
    """The page of the form."""
    showing = catalogue.Showing(data=data, faults=faults or {}, **about)
    with override("en"):
        parts = catalogue.form_shown(catalogue.compile_form(HOME), showing)
        return render_to_string("ui/form/asked.html", {"parts": parts, "paper": about.get("paper", False)})


def engine(typed: str) -> tuple[str, str, str]:
    """How the question for the engine looks after somebody typed this: value, keyboard, what is wrong."""
    data = FORM.read({"engine": typed})
    faults = FORM.faults(data, today=TODAY)
    groups = catalogue.form_shown(FORM, catalogue.Showing(data=data, faults=faults))[0].groups
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
        faults = FORM.faults({}, today=TODAY)
        assert ("id_engine", "Size of the engine (cc): Enter an answer.") in catalogue.summary(FORM, faults)
        form = catalogue.compile_form(HOME)
        faults = form.faults({"site": "home", "kids": [{"schooled": False}]}, today=TODAY)
        assert ("id_kids.0.called", "group 1, text: Enter an answer.") in catalogue.summary(form, faults)


@pytest.mark.django_db
def test_hidden_questions_are_not_drawn_and_paper_shows_all() -> None:
    assert 'name="ward"' not in drawn({"site": "home"})
    assert 'name="ward"' in drawn({"site": "hospital"})
    paper = drawn({}, paper=True)
    assert 'name="ward"' in paper and "If site = &quot;hospital&quot;" in paper
    assert 'type="radio" name="site"' in paper and 'name="_again"' not in paper


@pytest.mark.django_db
def test_every_kind_is_drawn_with_what_was_typed() -> None:
    data = {
        "born": "1962",
        "price": 1_250_000,
        "seen": False,
        "some": ["b"],
        "scan": "some-paper",
        "kids": [{"called": "<b>Dao</b>", "schooled": True}],
    }
    page = drawn(data, {"kids.0.school": "Enter an answer.", "kids": "Enter at least 2."})
    assert 'value="1962"' in page and 'value="1.250.000"' in page and ">kip<" in page
    assert 'value="no" id="id_seen_2" checked' in page and 'value="b" id="id_some_2" checked' in page
    assert "A file is attached" in page and "&lt;b&gt;Dao&lt;/b&gt;" in page
    assert (
        'name="kids.0.school"' in page
        and 'id="id_kids.0.school_error"' in page
        and 'id="id_kids_error"' in page
    )


@pytest.mark.django_db
def test_one_more_row_until_the_most() -> None:
    rows = [{"called": "A"}] * 2
    assert 'name="kids.2.called"' not in drawn({"kids": rows})
    assert 'name="kids.2.called"' in drawn({"kids": rows}, more="kids")
    full = drawn({"kids": [*rows, {"called": "B"}]}, more="kids")
    assert 'name="kids.3.called"' not in full and 'name="_add"' not in full


@pytest.mark.django_db
def test_districts_stand_under_their_province(at: datetime) -> None:
    country = unit("LA", kind="country", at=at)
    provinces = [unit(code, parent=country, at=at) for code in ("01", "02")]
    for code, parent in (("0101", 0), ("0102", 0), ("0201", 1)):
        unit(code, kind="district", parent=provinces[parent], at=at)
    assert catalogue.known_places() == {"01": "LA", "02": "LA", "0101": "01", "0102": "01", "0201": "02"}
    everywhere, there = drawn({}), drawn({"home": {"province": "02"}})
    assert everywhere.count("<optgroup") == 2 and 'value="0101"' in everywhere
    assert 'value="0201"' in there and 'value="0101"' not in there
