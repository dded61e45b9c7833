"""Services of one moment of life: their order, and papers that are brought once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules import Duration, Instead, Paper, ServiceView
from onedoor.domain.catalogue.rules.bundles import bundle, in_order

NOBODY = UUID(int=0)
WORDS = {"lo": "ຄຳ", "en": "Word"}
WHEN = {"if": "a = 1", "lo": "ຖ້າ", "en": "If"}
VILLAGE = Instead(code="village", name=WORDS)
WITNESS = Instead(code="witness", name=WORDS)


def paper(code: str, **more: object) -> Paper:
    return Paper(code=code, name=WORDS, **more)  # type: ignore[arg-type]


def offered(code: str, *papers: Paper, events: tuple[str, ...] = ("birth",)) -> ServiceView:
    return ServiceView(
        id=NOBODY,
        code=code,
        version=1,
        version_id=NOBODY,
        name=WORDS,
        summary=WORDS,
        authority=NOBODY,
        papers=papers,
        fees=(),
        duration=Duration(),
        legal_basis=(),
        result=WORDS,
        keywords=(),
        life_events=events,
        demonstration=False,
        notice={},
        valid_from=date(2021, 1, 1),
        form={},
        source="",
    )


def test_the_order() -> None:
    late = offered("a", events=("other", "birth"))
    asks = offered("b", paper("certificate", service="z"))
    gives = offered("z")
    assert [one.code for one in in_order([asks, late, gives], "birth")] == ["z", "b", "a"]
    round_about = [offered("x", paper("1", service="y")), offered("y", paper("2", service="x"))]
    assert [one.code for one in in_order(round_about, "birth")] == ["x", "y"]


def test_what_is_brought_once() -> None:
    one = offered(
        "one", paper("card", form="original", instead=(VILLAGE, WITNESS)), paper("book", form="held")
    )
    two = offered("two", paper("card", form="copy", when=WHEN, instead=(VILLAGE,)), paper("book", when=WHEN))
    found = bundle([one, two])
    card, book = found.bring
    assert (card.services, card.original, card.copy) == (("one", "two"), ("one",), ("two",))
    assert (card.conditions, card.instead) == ((), (VILLAGE,))
    assert (book.services, book.conditions) == (("two",), (WHEN,))
    assert found.held == () and bundle([one]).held[0].code == "book"


def test_what_comes_on_the_way() -> None:
    gives, asks = offered("gives"), offered("asks", paper("certificate", service="gives"))
    assert [each.given_by for each in bundle([gives, asks]).on_the_way] == ["gives"]
    assert not bundle([asks]).on_the_way and bundle([asks]).bring
    assert not bundle([asks, gives]).on_the_way, "it comes too late"


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "s0", "s1", "s2", "s3"])), max_size=8)
)
@settings(max_examples=40)
def test_nothing_is_lost(rows: list[tuple[str, str]]) -> None:
    services = [
        offered(f"s{number}", paper(code, service=giver)) for number, (code, giver) in enumerate(rows)
    ]
    ordered = in_order(services, "birth")
    assert sorted(one.code for one in ordered) == sorted(one.code for one in services)
    found = bundle(ordered)
    assert {each.code for each in (*found.bring, *found.on_the_way, *found.held)} == {
        code for code, _g in rows
    }
