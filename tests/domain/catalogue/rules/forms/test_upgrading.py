"""A draft in a newer form: what fits is kept, what does not is asked again, what has no place is told."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as some

from onedoor.domain.catalogue.rules.forms import Form, FormRefused, Upgrade, compile_form, upgraded
from onedoor.domain.catalogue.rules.forms.kinds import KINDS, About
from tests.domain.catalogue.rules.forms.schemas import asked, children, schema, when

OLD = schema(
    ("name",),
    name=asked("text"),
    size=asked("number", minimum=1, maximum=1_000),
    kind=asked("choice", enum=["a", "b"]),
    gone=asked("text"),
    price=asked("money", minimum=0, maximum=1_000_000),
)
DATA = {"name": "Dao", "size": 900, "kind": "b", "gone": "an old remark", "price": 5_000}


TODAY = date(2026, 3, 2)


def become(new: dict[str, Any], data: dict[str, Any] = DATA, old: dict[str, Any] = OLD) -> Upgrade:
    """The draft in another form."""
    return carried(compile_form(old), compile_form(new), data)


def carried(old: Form, new: Form, data: dict[str, Any]) -> Upgrade:
    with override("en"):
        return upgraded(old, new, data, today=TODAY, place=lambda code: {})


def test_the_same_form_keeps_everything() -> None:
    found = become(OLD)
    assert (found.data, found.again, found.lost) == (DATA, (), ())


def test_what_no_longer_fits_is_asked_again() -> None:
    new = schema(
        ("name", "kind", "born"),
        name=asked("text"),
        size=asked("number", minimum=1, maximum=500),
        kind=asked("choice", enum=["a", "c"]),
        price=asked("money", minimum=0, maximum=1_000_000, **{"x-currency": "USD"}),
        born=asked("date"),
        note=asked("text"),
    )
    found = become(new)
    assert found.data == {"name": "Dao"}
    assert [question.name for question in found.again] == ["size", "kind", "price", "born"]
    assert [lost.said for lost in found.lost] == ["900", "b", "an old remark", "5.000 LAK"]


def test_an_answer_that_is_hidden_now_is_told() -> None:
    new = schema(kind=asked("choice", enum=["a", "b"]), name=asked("text", **when('kind = "a"')))
    found = become(new)
    assert (found.data, found.again) == ({"kind": "b"}, ())
    assert "Dao" in [lost.said for lost in found.lost]


def test_a_renamed_question_keeps_its_answer() -> None:
    new = schema(
        full_name=asked("text", **{"x-was": ["called", "name"]}), cost=asked("text", **{"x-was": "price"})
    )
    found = become(new)
    assert found.data == {"full_name": "Dao"}
    assert [question.name for question in found.again] == ["cost"], "a sum is no text"
    assert [lost.said for lost in found.lost] == ["900", "b", "an old remark", "5.000 LAK"]


@pytest.mark.parametrize("was", ["b", ["c", "c"], 7, ["no name"]])
def test_an_earlier_name_is_told_apart(was: Any) -> None:
    with pytest.raises(FormRefused) as refused:
        compile_form(schema(a=asked("text", **{"x-was": was}), b=asked("text")))
    assert "x-was" in refused.value.faults[0][0]


def test_rows_are_carried_answer_by_answer() -> None:
    rows = [
        {"called": "Noy", "schooled": True, "school": "Phonxay"},
        {"schooled": False},
        {"called": "Kham"},
    ]
    renamed = children()
    inside = renamed["items"]["properties"]
    inside["name"] = {**inside.pop("called"), "x-was": "called"}
    del inside["schooled"], inside["school"]
    renamed["items"]["required"], renamed["x-order"] = ["name"], ["name"]
    found = become(
        schema(kids={**renamed, "x-was": "children"}), {"children": rows}, schema(children=children())
    )
    assert found.data == {"kids": [{"name": "Noy"}, {"name": "Kham"}]}
    assert [(lost.label["en"], lost.said) for lost in found.lost] == [
        ("group 1, yes-no", "Yes"),
        ("group 1, text", "Phonxay"),
        ("group 2, yes-no", "No"),
    ]


KINDS_ASKED: list[dict[str, Any]] = [
    asked("text", maxLength=5),
    asked("text", maxLength=2),
    asked("number", minimum=0, maximum=9),
    asked("number", minimum=5, maximum=900),
    asked("choice", enum=["a", "b"]),
    asked("choice", enum=["b", "c"]),
    asked("yes-no"),
    asked("date", **{"x-not-after": "today"}),
    children(maxItems=2),
    asked("text", **when("a = 5")),
]
ANSWERS: list[Any] = ["a", "b", "abcd", 5, 7, True, "2026-03-01", "2030-01-01", [{"called": "Noy"}]]
NAMES = ("a", "b", "c", "d")


def any_form(earlier: tuple[str, ...] = ()) -> some.SearchStrategy[dict[str, Any]]:
    """Forms of up to four questions; some had another name before."""

    def drawn(kinds: list[int], was: list[str]) -> dict[str, Any]:
        free = [name for name in earlier if name not in NAMES[: len(kinds)]]
        questions = {}
        for name, kind in zip(NAMES, kinds, strict=False):
            held = dict(KINDS_ASKED[kind])
            if "x-when" in held and name == "a":
                held = asked("text")
            if was and free:
                held["x-was"] = free.pop()
                was.pop()
            questions[name] = held
        return schema(**questions)

    kinds = some.lists(some.integers(0, len(KINDS_ASKED) - 1), min_size=1, max_size=4)
    return some.builds(drawn, kinds, some.lists(some.just("x"), max_size=2))


@settings(max_examples=40, deadline=None)
@given(
    old=any_form(),
    new=any_form(earlier=NAMES),
    data=some.dictionaries(some.sampled_from(NAMES), some.sampled_from(ANSWERS)),
)
def test_nothing_is_kept_that_is_wrong_and_nothing_is_lost_in_silence(
    old: dict[str, Any], new: dict[str, Any], data: dict[str, Any]
) -> None:
    before, after = compile_form(old), compile_form(new)
    fitting = {name: value for name, value in data.items() if before.fits(name, value)}
    found = carried(before, after, fitting)
    held = before.settled(fitting)
    assert after.settled(found.data) == found.data
    for question in after.questions:
        if question.name in found.data:
            value = found.data[question.name]
            if question.kind != "group":
                assert not KINDS[question.kind].faults(question, value, question.name, About(TODAY))
            assert value in held.values()
    said = {lost.label["en"] for lost in found.lost}
    assert len(held) - len(found.data) == len(found.lost), (held, found.data, said)
    assert carried(after, after, dict(found.data)).data == found.data, "once is enough"
    if not before.faults(held, today=TODAY):
        assert carried(before, before, held) == Upgrade(data=held, again=(), lost=())
