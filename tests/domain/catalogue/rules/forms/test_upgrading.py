"""A draft in a newer form: what fits is kept, what does not is asked again, what has no place is told."""

from datetime import date
from typing import Any

from django.utils.translation import override

from onedoor.domain.catalogue.rules.forms import Upgrade, compile_form, upgraded
from tests.domain.catalogue.rules.forms.schemas import asked, schema, when

OLD = schema(
    ("name",),
    name=asked("text"),
    size=asked("number", minimum=1, maximum=1_000),
    kind=asked("choice", enum=["a", "b"]),
    gone=asked("text"),
    price=asked("money", minimum=0, maximum=1_000_000),
)
DATA = {"name": "Dao", "size": 900, "kind": "b", "gone": "an old remark", "price": 5_000}


def become(new: dict[str, Any], data: dict[str, Any] = DATA) -> Upgrade:
    """The draft in another form."""
    with override("en"):
        return upgraded(
            compile_form(OLD), compile_form(new), data, today=date(2026, 3, 2), place=lambda code: {}
        )


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
