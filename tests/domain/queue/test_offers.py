"""Tickets keep to what a centre offers: not on other weekdays, not more than a day's capacity; the next day is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

pytestmark = pytest.mark.usefixtures("scope")


def offer(here: Hall, at: datetime, **about: object) -> None:
    held = centres.Offer(service=here.elsewhere, valid_from=date(2021, 3, 1), **about)  # type: ignore[arg-type]
    centres.save_offer(by=Actor.system(), at=at, centre=here.centre, offer=held)


def take(here: Hall, at: datetime) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.elsewhere)


def test_a_service_of_other_weekdays_is_refused_with_the_next_day(here: Hall, at: datetime) -> None:
    offer(here, at, weekdays=(2,))
    with override("en"), pytest.raises(queue.ServiceNotOfferedHere) as refusal:
        take(here, at)
    assert refusal.value.status == 422
    assert "The next day is Tuesday, 3 March 2026." in str(refusal.value)
    assert take(here, at + timedelta(days=1)).number == "C001"


def test_a_days_capacity_is_kept_and_the_next_day_is_said(here: Hall, at: datetime) -> None:
    offer(here, at, capacity=2)
    first = take(here, at)
    take(here, at)
    with override("en"), pytest.raises(queue.ServiceIsFullToday) as refusal:
        take(here, at)
    assert refusal.value.status == 409
    assert "The next day is Tuesday, 3 March 2026." in str(refusal.value)
    queue.leave(by=here.kiosk, at=at, ticket=first.id, centre=here.centre)
    assert take(here, at).number == "C003"
