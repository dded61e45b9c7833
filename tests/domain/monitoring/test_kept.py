"""A place kept for another day is one person: counted when they came, waiting again from the hour at which the centre opens."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from onedoor.domain.monitoring.models import Visit
from onedoor.domain.queue import api as queue
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.scope import Actor, everything
from tests.domain.queue.test_calling import HALL
from tests.factories.hall import hall

pytestmark = pytest.mark.django_db


def test_a_kept_place_is_not_a_second_person_nor_a_night_of_waiting(at: datetime) -> None:
    here = hall(at=at)
    with everything("tests look everywhere"):
        rule = replace(HALL, minutes={here.birth: 3}, by_hand={})
        queue.save_calling_rule(by=Actor.system(), at=at, unit=here.centre, rule=rule)
        taken = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
        queue.end_day(by=Actor.system(), at=at + timedelta(hours=6), centre=here.centre)
        morning = at + timedelta(days=1)  # an hour after opening
        queue.call_next(by=here.officer, at=morning, counter=here.counters[0])
        seal_batch()
        while follow_batch():
            pass
        kept = Visit.objects.get(id=queue.ticket_by_token(taken.token).id)
        assert Visit.objects.get(id=taken.id).status == "kept"
        assert kept.zone == taken.zone == "quick", (
            "a replay shows it in the part of the hall where it was called"
        )
        assert kept.status == "called" and kept.day == morning.date()
        assert kept.called_at is not None and kept.called_at - kept.taken_at == timedelta(hours=1)
