"""The case list and search: newest first, page by page, each filter, any spelling, only what one may open."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.events import DraftSaved
from onedoor.domain.cases.models import Case, finding
from onedoor.domain.cases.rules.finding import asked_words, names_in, search_words
from onedoor.kernel.errors import Invalid
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import officer
from tests.factories.registry import BIRTH, Registry, open_task, received


def listed(by: Actor, at: datetime, **wanted: object) -> list[UUID]:
    return [row.case for row in cases.find_cases(by, at=at, **wanted).rows]  # type: ignore[arg-type]


@pytest.fixture
def three(world: Registry, at: datetime) -> list[cases.Received]:
    return [received(world, at=at + timedelta(days=day)) for day in range(3)]


def test_newest_first_page_by_page(world: Registry, three: list[cases.Received], at: datetime) -> None:
    expected = [one.case for one in reversed(three)]
    for who in (world.officer, world.decider, Actor.system()):
        assert listed(who, at) == expected
        seen, after = [], None
        for _ in range(3):
            page = cases.find_cases(who, at=at, after=after, limit=1)
            seen += [row.case for row in page.rows]
            after = page.after
        assert seen == expected and after is None


def test_each_filter(world: Registry, three: list[cases.Received], at: datetime) -> None:
    one, two, last = (each.case for each in three)
    cases.complete(by=world.decider, at=at, task=open_task(two), outcome="refuse", reason="ບໍ່ຄົບ")
    status = cases.see_case(by=world.officer, at=at, case=two).status
    assert listed(world.decider, at, status=status) == [two]
    assert two not in listed(world.decider, at, status="in_progress")
    assert listed(world.decider, at, service=world.birth) == [last, two, one]
    assert listed(world.decider, at, service=world.document) == []
    monday = at.date()
    assert listed(world.decider, at, since=monday + timedelta(days=1)) == [last, two]
    assert listed(world.decider, at, since=monday, until=monday) == [one]
    late = at + timedelta(days=30)
    assert set(listed(world.decider, late, due="overdue")) >= {last, one}
    assert listed(world.decider, late, due="today") == [] == listed(world.decider, at, due="open")
    with everything("a test makes it one that was replayed from a log"):
        held = Case.objects.get(id=one)
        held.origin = "log"
        held.save()
        publish(DraftSaved(service=held.service_id), of=held, by=Actor.system(), at=at, centre=held.centre_id)
    assert one not in listed(world.decider, late, due="overdue")
    rows = cases.find_cases(world.decider, at=late).rows
    assert {row.case: row.late for row in rows} == {one: False, two: False, last: True}


def test_a_head_of_office_finds_what_is_decided_there_in_whatever_role(
    world: Registry, three: list[cases.Received], at: datetime
) -> None:
    given = ["cases.decide", "cases.oversee"]
    head = officer(at=at, username="head", unit=world.ministry, permissions=given, role="overseer")
    other = officer(at=at, username="other", unit=world.ministry, permissions=given[:1], role="elsewhere")
    assert listed(head, at) == [one.case for one in reversed(three)]
    assert listed(head, at, text=three[0].number) == [three[0].case] and listed(other, at) == []


def test_a_name_is_found_in_any_spelling_and_a_number_in_parts(
    world: Registry, three: list[cases.Received], at: datetime
) -> None:
    everyone = [one.case for one in reversed(three)]
    for typed in ("ຄຳ ວົງໄຊ", "ຄ\u0ecd\u0eb2", "vongxay", "KHAM", "ວົງໄຊ"):
        assert listed(world.decider, at, text=typed) == everyone, typed
    number = three[1].number
    for typed in (number, number.lower(), number.replace("-", ""), f" {number} ", number.replace("-", "–")):
        assert listed(world.officer, at, text=typed) == [three[1].case], typed
    assert listed(world.officer, at, text="26 C 0000") == everyone
    assert listed(world.officer, at, text="nobody%") == [] == listed(world.officer, at, text="___")
    assert listed(world.officer, at, text="ຄຳ") == everyone and listed(world.officer, at, text="ay") == []


def test_a_common_word_is_looked_for_along_the_list(
    world: Registry, three: list[cases.Received], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RARE", 1)
    assert listed(world.decider, at, text="vongxay", limit=2) == [three[2].case, three[1].case]
    assert listed(world.both, at, text="vongxay") == [one.case for one in reversed(three)]


def test_nobody_finds_what_they_may_not_open(
    world: Registry, three: list[cases.Received], at: datetime
) -> None:
    for stranger in (world.stranger, world.other_decider):
        assert listed(stranger, at) == [] == listed(stranger, at, text="vongxay")
        assert listed(stranger, at, text=three[0].number) == []


def test_drafts_are_not_listed(world: Registry, at: datetime) -> None:
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    assert listed(world.officer, at) == [] == listed(world.officer, at, text="vongxay")


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(world: Registry, at: datetime) -> None:
    one = received(world, at=at).case
    cases.complete(by=world.decider, at=at, task=open_task(one), outcome="return", reason="ຊື່")
    right = {
        **BIRTH,
        "informant_name": {"lo": "ນາງ ແກ້ວ", "en": "Keo"},
        "child_name": {"lo": "ແກ້ວ", "en": "Keo"},
    }
    right["mother_name"] = {"lo": "ນາງ ແກ້ວ", "en": "Keo"}
    cases.complete(by=world.officer, at=at, task=open_task(one), data=right)
    assert listed(world.decider, at, text="keo") == [one] and listed(world.decider, at, text="vongxay") == []


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"status": "odd"}, "status"),
        ({"due": "never"}, "due"),
        ({"text": "a"}, "q"),
        ({"text": "%%"}, "q"),
        ({"after": "x"}, "after"),
        ({"after": "2026-01-01T00:00:00.not-a-uuid"}, "after"),
        ({"after": f"0001-01-01T00:00:00+00:00.{UUID(int=1)}"}, "after"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "until"),
        ({"since": date(1, 1, 1)}, "since"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(
    world: Registry, at: datetime, wanted: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        cases.find_cases(world.decider, at=at, **wanted)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_words() -> None:
    assert search_words("0103-1-26-C-000001-7", "ນາງ ຄ\u0ecd\u0eb2", None).startswith(
        "0103 1 26 c 000001 7 ນາງ ຄຳ"
    )
    assert names_in("x") == () and names_in({"lo": "ກ", "en": ""}) == ("ກ",)
    assert [asked_words(one) for one in ("a", "ab", "Abc")] == ["", " ab", "abc"]
