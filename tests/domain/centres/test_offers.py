"""Offers by weekday and capacity: what is offered on a day, and the next day on which it is, by calendar and holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.centres.api import (
    Calendar,
    CentreView,
    Hours,
    Offer,
    capacity_on,
    centre,
    centres_with,
    next_day_of,
    not_today,
    offered_at,
    save_offer,
)
from onedoor.domain.centres.rules import next_offered, offer_days, periods_on
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall, hall

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
NATIONAL_DAY = date(2026, 12, 2)
WEEK = tuple(Hours(weekday=day, opens=time(8), closes=time(16)) for day in range(1, 6))
CALENDAR = Calendar(holidays={NATIONAL_DAY: {"lo": "ວັນຊາດ", "en": "National Day"}}, hours=WEEK)
SERVICE = new_id()


def view(*offers: Offer) -> CentreView:
    return CentreView(
        id=new_id(),
        code="x",
        name={"lo": "ກ", "en": "x"},
        district=new_id(),
        demonstration=True,
        offers=offers,
    )


def offer(**about: object) -> Offer:
    return Offer(**{"service": SERVICE, "valid_from": date(2021, 1, 1), **about})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "day", "today", "following"),
    [
        ({}, MONDAY, True, TUESDAY),
        ({"weekdays": (2,)}, MONDAY, False, TUESDAY),
        ({"weekdays": (2,)}, TUESDAY, True, TUESDAY + timedelta(days=7)),
        ({"weekdays": (3,)}, MONDAY, False, NATIONAL_DAY + timedelta(days=7)),
        ({"weekdays": (3,)}, NATIONAL_DAY, False, NATIONAL_DAY + timedelta(days=7)),
        ({"weekdays": (1, 3)}, MONDAY, True, MONDAY + timedelta(days=7)),
        ({"valid_from": date(2026, 12, 7), "weekdays": (2,)}, MONDAY, False, date(2026, 12, 8)),
        ({"valid_until": TUESDAY}, MONDAY, True, None),
    ],
)
def test_the_next_day_goes_by_weekday_calendar_and_holiday(
    about: dict[str, object], day: date, today: bool, following: date | None
) -> None:
    found = offer_days(view(offer(**about)), CALENDAR, SERVICE, on=day)
    assert found is not None
    assert (found.today, found.following) == (today, following)


@pytest.mark.parametrize(
    "about",
    [{"valid_until": MONDAY}, {"weekdays": (6, 7)}, {"service": new_id()}, {"valid_from": date(2030, 1, 1)}],
)
def test_what_is_not_offered_within_a_year_is_not_said(about: dict[str, object]) -> None:
    assert offer_days(view(offer(**about)), CALENDAR, SERVICE, on=MONDAY) is None


def test_weekdays_of_several_offers_are_one_sentence() -> None:
    held = view(offer(weekdays=(2,), capacity=5), offer(weekdays=(4,), valid_from=date(2022, 1, 1)))
    found = offer_days(held, CALENDAR, SERVICE, on=TUESDAY)
    assert found is not None and (found.weekdays, found.capacity) == ((2, 4), 5)
    assert capacity_on(held, service=SERVICE, on=TUESDAY) == 5
    assert capacity_on(held, service=SERVICE, on=MONDAY) is None
    always = offer_days(view(*held.offers, offer(valid_from=date(2023, 1, 1))), CALENDAR, SERVICE, on=MONDAY)
    assert always is not None and always.weekdays == ()


@given(
    weekdays=st.sets(st.integers(1, 7)),
    day=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    off=st.sets(st.integers(0, 40)),
)
def test_the_next_day_is_the_first_that_can_be(weekdays: set[int], day: date, off: set[int]) -> None:
    calendar = Calendar(holidays={day + timedelta(days=step): {} for step in off}, hours=WEEK)
    held = [offer(weekdays=tuple(sorted(weekdays)))]
    found = next_offered(held, SERVICE, hours=(), calendar=calendar, after=day)

    def possible(one: date) -> bool:
        return held[0].holds_on(one) and bool(periods_on((), calendar, one))

    days = [day + timedelta(days=step) for step in range(1, 367)]
    assert found == next((one for one in days if possible(one)), None)


def test_the_sentence_names_the_day() -> None:
    with override("en"):
        assert str(not_today(TUESDAY)).endswith("The next day is Tuesday, 1 December 2026.")
        assert str(not_today(None)) == "This service is not offered at this centre."
    with override("lo"):
        assert "ວັນອັງຄານ" in str(not_today(TUESDAY))


@pytest.mark.django_db
def test_centres_say_when_they_offer_what(at: datetime) -> None:
    here: Hall = hall(at=at)
    monday = at.date()
    assert monday.isoweekday() == 1
    tuesdays = Offer(service=here.elsewhere, valid_from=date(2021, 3, 1), weekdays=(2,), capacity=3)
    save_offer(by=Actor.system(), at=at, centre=here.centre, offer=tuesdays)
    days = {one.service: one for one in offered_at(centre(here.centre), on=monday)}
    assert days[here.birth].today and not days[here.elsewhere].today
    assert days[here.elsewhere].following == monday + timedelta(days=1)
    found = centres_with(here.elsewhere, on=monday)
    assert {place.code: about.today for place, about in found} == {
        here.code: False,
        f"{here.code}-other": True,
    }
    assert next_day_of(centre(here.centre), service=here.elsewhere, after=monday) == monday + timedelta(
        days=1
    )
