"""Each kind of question: what is typed is read, shown again as it is typed, said in words, and refused where it is wrong."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from onedoor.domain.catalogue.rules.forms import KINDS, FormRefused, compile_form
from onedoor.kernel.errors import Missing
from tests.domain.catalogue.rules.forms.schemas import asked, children, schema, when

TODAY = date(2026, 3, 2)
UNITS = {"01": "LA", "0103": "01", "02": "LA", "0201": "02"}
YEAR = asked("date", **{"x-partial": True, "x-not-after": "today"})
KIP = asked("money", minimum=0, maximum=10_000_000)
DOLLARS = asked("money", minimum=1, maximum=10_000_000, **{"x-currency": "USD"})
SOME = asked("multi-choice", items={"enum": ["a", "b", "c"]})
METRES = asked("number", minimum=0, maximum=500, **{"x-measure": {"lo": "ແມັດ", "en": "metres"}})
HECTARES = {
    **asked(
        "number", minimum=0.01, maximum=1_000, multipleOf=0.01, **{"x-measure": {"lo": "ເຮັກຕາ", "en": "ha"}}
    ),
    "type": "number",
}
HOME = {"province": "01", "district": "0103", "village": "ໂພນທັນ"}


def names(code: str) -> dict[str, str]:
    """The names of two units; others are not known."""
    found = {"01": {"lo": "ນະຄອນຫຼວງ", "en": "Capital"}, "0103": {"lo": "ໄຊເສດຖາ", "en": "Saysettha"}}.get(
        code
    )
    if found is None:
        raise Missing()
    return found


@pytest.mark.parametrize(
    ("question", "typed", "kept", "shown"),
    [
        (YEAR, "1962", "1962", "1962 (only the year is known)"),
        (YEAR, "5/1962", "1962-05", "05/1962 (the day is not known)"),
        (YEAR, "20/5/1962", "1962-05-20", "20 May 1962"),
        (KIP, "1.234.567", 1_234_567, "1.234.567 LAK"),
        (KIP, "0", 0, "0 LAK"),
        (DOLLARS, "12.5", 1250, "12.50 USD"),
        (METRES, "12", 12, "12 metres"),
        (METRES, "໑໒", 12, "12 metres"),
        (KIP, "໑໐.໐໐໐", 10_000, "10.000 LAK"),
        (asked("date"), "໒໐/໕/໑໙໖໒", "1962-05-20", "20 May 1962"),
        (asked("phone"), "໐໒໐ ໕໕໕໑໒໓໔໕", "020 55512345", "020 55512345"),
        (HECTARES, "0.25", "0.25", "0.25 ha"),
        (HECTARES, "0,250", "0.25", "0.25 ha"),
        (HECTARES, "໐,໒໕", "0.25", "0.25 ha"),
        (HECTARES, "1 000", "1000", "1,000 ha"),
        (HECTARES, "7", "7", "7 ha"),
        (asked("yes-no"), "no", False, "No"),
        (asked("yes-no"), "yes", True, "Yes"),
        (asked("unit", **{"x-unit": "district"}), "0103", "0103", "Saysettha"),
    ],
)
def test_what_is_typed_is_kept_and_said(question: dict[str, Any], typed: str, kept: Any, shown: str) -> None:
    form = compile_form(schema(q=question, required=("q",)))
    data = form.read({"q": typed})
    assert data == {"q": kept}
    assert form.faults(data, today=TODAY, units=UNITS) == {}
    assert form.read(form.inputs(data)) == data
    with override("en"):
        assert KINDS[form.questions[0].kind].said(form.questions[0], kept, names) == shown


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        (HECTARES, "1.234", "steps of 0.01"),
        (HECTARES, "1.234,5", "such as 1250 or 0.25"),
        (HECTARES, "1e3", "such as 1250 or 0.25"),
        (HECTARES, "0", "from 0.01 to 1,000"),
        (HECTARES, "1000,01", "from 0.01 to 1,000"),
        (asked("date"), "3/2/2569", "Write the year 2026"),
        (asked("date", **{"x-not-after": "today"}), "3/3/2026", "in the future"),
        (YEAR, "1862", "too far back"),
        (YEAR, "2027", "in the future"),
        (YEAR, "4/2026", "in the future"),
        (YEAR, "13/2020", "not a date"),
        (YEAR, "62", "only the year is known"),
        (asked("date"), "1962", "not a date"),
        (KIP, "ten", "whole number"),
        (KIP, "1,5", "whole number"),
        (KIP, "10.000.001", "from 0 to 10.000.000"),
        (DOLLARS, "0", "from 0.01"),
        (asked("yes-no"), "perhaps", "yes or no"),
        (SOME, "d", "one of the answers"),
        (asked("text", maxLength=3), "long", "too long"),
        (asked("text", pattern="^[0-9]{1,4}$"), "x", "as it is asked for"),
    ],
)
def test_what_is_wrong_is_said_at_the_input(question: dict[str, Any], typed: str, said: str) -> None:
    form = compile_form(schema(q=question))
    with override("en"):
        faults = form.faults(form.read({"q": typed}), today=TODAY, units=UNITS)
        assert list(faults) == ["q"] and said in str(faults["q"])


@pytest.mark.parametrize("kind", ["text", "date", "choice", "yes-no", "number", "money", "unit", "file"])
def test_what_is_required_is_demanded(kind: str) -> None:
    about = {
        "choice": {"enum": ["a"]},
        "number": {"minimum": 0, "maximum": 1},
        "money": {"minimum": 0, "maximum": 1},
    }
    form = compile_form(schema(("q",), q=asked(kind, **about.get(kind, {}))))
    assert list(form.faults({}, today=TODAY)) == ["q"]


def test_several_answers_come_in_the_order_of_the_form() -> None:
    form = compile_form(schema(q=SOME))
    assert form.read(QueryDict("q=c&q=a&q=c")) == {"q": ["a", "c"]}
    assert form.inputs({"q": ["a", "c"]}) == {"q": ("a", "c")}
    assert form.faults({"q": ["a", "a"]}, today=TODAY)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"district": "0201"}, "home.district"),
        ({"district": "9999"}, "home.district"),
        ({"province": ""}, "home.province"),
        ({"village": ""}, "home.village"),
        ({"village": "x" * 201}, "home.village"),
        ({"street": "x"}, "home.province"),
    ],
)
def test_an_address_goes_down_the_tree(change: dict[str, str], at: str) -> None:
    form = compile_form(schema(("home",), home=asked("address")))
    assert form.faults({"home": HOME}, today=TODAY, units=UNITS) == {}
    assert list(form.faults({"home": {**HOME, **change}}, today=TODAY, units=UNITS)) == [at]
    assert KINDS["address"].said(form.questions[0], HOME, names).startswith("ໂພນທັນ, ")
    assert list(form.faults({}, today=TODAY)) == ["home.province", "home.district", "home.village"]


def test_rows_are_read_added_to_and_taken_out() -> None:
    form = compile_form(schema(kids=children(minItems=1)))
    posted = {
        "kids.rows": "3",
        "kids.0.called": "Dao",
        "kids.0.schooled": "yes",
        "kids.0.school": "Primary",
        "kids.1.called": "",
        "kids.2.called": "Kham",
        "kids.2.schooled": "no",
        "kids.2.school": "dropped, as it is not asked",
    }
    data = form.read(posted)
    dao = {"called": "Dao", "schooled": True, "school": "Primary"}
    assert data == {"kids": [dao, {"called": "Kham", "schooled": False}]}
    assert form.faults(data, today=TODAY) == {}
    assert form.read(posted, without="kids.0") == {"kids": [{"called": "Kham", "schooled": False}]}
    assert form.read(form.inputs(data)) == data
    assert form.unknown([*posted, "kids.x.called", "kids.0.age", "is_admin"]) == (
        "kids.x.called",
        "kids.0.age",
        "is_admin",
    )


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([], "kids"),
        ([{"called": "A"}] * 4, "kids"),
        ([{"called": "A", "schooled": True}], "kids.0.school"),
        ([{"called": "A"}, {"schooled": False}], "kids.1.called"),
        ("nobody", "kids"),
        (["nobody"], "kids"),
    ],
)
def test_faults_in_rows_name_the_row(rows: Any, at: str) -> None:
    form = compile_form(schema(("kids",), kids=children(minItems=1)))
    assert list(form.faults({"kids": rows}, today=TODAY)) == [at]


def test_rows_that_nobody_must_give_may_be_none_or_enough() -> None:
    form = compile_form(schema(kids=children(minItems=2)))
    assert form.faults({}, today=TODAY) == {}
    assert list(form.faults({"kids": [{"called": "A"}]}, today=TODAY)) == ["kids"]


def test_a_file_is_never_what_a_page_says() -> None:
    form = compile_form(schema(scan=asked("file")))
    assert form.read({"scan": "0b0e7f1e-0000-7000-8000-000000000000"}) == {}


def test_decimals_are_never_floats() -> None:
    rows = asked(
        "group",
        items={"type": "object", "properties": {"area": HECTARES}},
        maxItems=3,
    )
    form = compile_form(
        schema(area=HECTARES, parcels=rows, why=asked("text", **when("area > 0.3")), name=asked("text"))
    )
    data = form.read({"area": "0,1", "parcels.rows": "1", "parcels.0.area": "0.2", "why": "large"})
    assert data == {"area": "0.1", "parcels": [{"area": "0.2"}]}, "0.1 is not more than 0.3"
    assert form.faults(data, today=TODAY) == {}
    known = form.known(data)
    assert known["area"] + known["parcels"][0]["area"] == Decimal("0.3")
    assert not form.fits("area", 0.1)
    assert form.settled({"area": "0.31", "why": "large"})["why"] == "large"


@pytest.mark.parametrize(
    "about", [{"multipleOf": 0}, {"multipleOf": 2}, {"multipleOf": 1e-9}, {"minimum": -1}, {"maximum": 1e30}]
)
def test_decimals_have_ends_and_a_step(about: dict[str, Any]) -> None:
    with pytest.raises(FormRefused):
        compile_form(schema(area={**HECTARES, **about}))


@pytest.mark.parametrize("rows", ["10000", "999", "51", "-1", "ten", "໙"])
def test_more_rows_than_any_group_has_are_no_rows(rows: str) -> None:
    form = compile_form(schema(children=children()))
    data = form.read({"children.rows": rows, "children.0.called": "Noy"})
    assert data == {"children": rows} and not form.fits("children", rows)
    assert list(form.faults(data, today=TODAY)) == ["children"]
    assert form.unknown(["children.49.called", "children.50.called", "children.9999.called"]) == (
        "children.50.called",
        "children.9999.called",
    )


def test_a_name_may_have_two_hundred_letters() -> None:
    form = compile_form(schema(q=asked("person-name")))
    long = {"q": {"lo": "ກ" * 200, "en": "a" * 200}}
    assert form.faults(long, today=TODAY) == {}
    assert list(form.faults({"q": {"lo": "ກ" * 201, "en": "a"}}, today=TODAY)) == ["q.lo"]
