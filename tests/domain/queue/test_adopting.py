"""The paper queue of the morning before the power came: taken over in order, each once, at the time on the paper."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.queue import api as queue
from onedoor.domain.queue.rules.paper import in_order_of_time, paper_number
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

BEGAN = datetime(2026, 3, 1, 17, tzinfo=UTC)  # midnight in Vientiane
HALF_PAST_SEVEN = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
SERVICE = UUID(int=1)


def line(number: str, came: datetime, service: UUID = SERVICE, **more: object) -> queue.PaperLine:
    return queue.PaperLine(number=number, came=came, service=service, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "called"),
    [("17", "P-17"), (" 017 ", "P-17"), ("b 4", "P-B4"), ("໑໗", "P-17"), ("9999", "P-9999")],
)
def test_what_is_called_for_a_paper_number(written: str, called: str) -> None:
    assert paper_number(written) == called


@pytest.mark.parametrize("written", ["", "0", "12345", "AB1", "1+", "-3", "1;", "١" * 9])
def test_what_is_no_paper_number(written: str) -> None:
    with pytest.raises(queue.PaperListIsWrong) as refusal:
        paper_number(written)
    assert refusal.value.field == "number"


@settings(max_examples=50)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=8), st.randoms())
def test_a_list_is_put_in_the_order_of_its_times_however_it_was_typed(
    minutes: list[int], chance: object
) -> None:
    rising = sorted(minutes)
    lines = [line(str(place + 1), BEGAN + timedelta(minutes=each)) for place, each in enumerate(rising)]
    typed = lines[:]
    chance.shuffle(typed)  # type: ignore[attr-defined]
    at = BEGAN + timedelta(hours=12)
    assert in_order_of_time(typed, at=at, began=BEGAN) == lines


def test_times_that_cross_the_numbers_are_named_and_may_be_right() -> None:
    crossing = [line("17", HALF_PAST_SEVEN), line("18", HALF_PAST_SEVEN - timedelta(minutes=9))]
    at = HALF_PAST_SEVEN + timedelta(hours=1)
    with pytest.raises(queue.PaperListIsWrong) as refusal:
        in_order_of_time(crossing, at=at, began=BEGAN)
    assert "18" in str(refusal.value.reason) and "17" in str(refusal.value.reason)
    assert [one.number for one in in_order_of_time(crossing, at=at, began=BEGAN, sure=True)] == ["18", "17"]


@pytest.mark.parametrize(
    "lines",
    [
        [line("1", HALF_PAST_SEVEN), line("01", HALF_PAST_SEVEN)],
        [line("1", BEGAN - timedelta(minutes=1))],
        [line("1", HALF_PAST_SEVEN + timedelta(hours=2))],
        [line(str(number), HALF_PAST_SEVEN) for number in range(1, 202)],
    ],
    ids=["twice", "of yesterday", "of the future", "too many"],
)
def test_what_cannot_be_is_refused(lines: list[queue.PaperLine]) -> None:
    with pytest.raises(queue.PaperListIsWrong):
        in_order_of_time(lines, at=HALF_PAST_SEVEN + timedelta(hours=1), began=BEGAN)


def numbers(here: Hall) -> list[str]:
    rows = queue.Ticket.objects.filter(centre_id=here.centre, status="waiting")
    return list(rows.order_by("place", "id").values_list("number", flat=True))


def adopt(here: Hall, at: datetime, *lines: queue.PaperLine, **more: bool) -> queue.Adopted:
    return queue.adopt_paper(by=here.kiosk, at=at, centre=here.centre, lines=lines, **more)


@pytest.mark.usefixtures("scope")
class TestAtTheReception:
    def test_before_the_power_and_before_opening(self, here: Hall, at: datetime) -> None:
        early = HALF_PAST_SEVEN + timedelta(minutes=5)  # the centre opens at eight
        made = adopt(
            here,
            early,
            line("2", HALF_PAST_SEVEN - timedelta(minutes=10), here.document, name="ນາງ ຄຳ"),
            line("1", HALF_PAST_SEVEN - timedelta(minutes=20), here.birth),
            line("3", HALF_PAST_SEVEN, here.birth, ground="older"),
        ).made
        taken = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
        assert numbers(here) == ["P-3", "P-1", "P-2", taken.number], "the oldest of them has her half hour"
        assert [one.origin for one in made] == ["paper"] * 3
        event = LetterRow.objects.get(aggregate=made[0].id)
        assert event.type == "queue.ticket_taken" and "ຄຳ" not in event.body

    def test_numbers_entered_later_keep_their_time(self, here: Hall, at: datetime) -> None:
        tickets = [
            queue.take_ticket(
                by=here.kiosk, at=at + timedelta(minutes=each), centre=here.centre, service=here.birth
            )
            for each in (0, 10, 20)
        ]
        adopt(here, at + timedelta(minutes=30), line("7", at + timedelta(minutes=5), here.birth))
        assert numbers(here) == [tickets[0].number, "P-7", tickets[1].number, tickets[2].number]
        called = queue.call_next(by=here.officer, at=at + timedelta(minutes=31), counter=here.counters[0])
        assert called.id == tickets[0].id

    def test_the_same_list_again_changes_nothing_and_another_time_is_refused(
        self, here: Hall, at: datetime
    ) -> None:
        lines = [line("1", HALF_PAST_SEVEN, here.birth), line("2", HALF_PAST_SEVEN, here.birth)]
        first = adopt(here, at, *lines)
        again = adopt(here, at, *lines, line("3", at, here.birth))
        assert {one.id for one in again.there} == {one.id for one in first.made} and len(again.made) == 1
        with pytest.raises(queue.PaperListIsWrong) as refusal:
            adopt(here, at, line("4", at, here.birth), line("2", at, here.birth))
        assert "2" in str(refusal.value.reason) and numbers(here) == ["P-1", "P-2", "P-3"], (
            "whole or not at all"
        )

    def test_who_may_not_and_what_is_not_offered(self, here: Hall, at: datetime) -> None:
        with pytest.raises(queue.ServiceNotOfferedHere):
            adopt(here, at, line("1", at, here.elsewhere))
        with pytest.raises(Missing):
            queue.adopt_paper(by=here.stranger, at=at, centre=here.centre, lines=[line("1", at, here.birth)])
        with pytest.raises(Refused):
            queue.adopt_paper(by=Actor.public(), at=at, centre=here.centre, lines=[line("1", at, here.birth)])
