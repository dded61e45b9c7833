"""Two heads plan one officer at two centres at the same moment: she is in one place."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.centres.models import Shift
from onedoor.kernel.scope import Actor
from tests.factories import offices
from tests.factories.hall import hall
from tests.factories.mobile import unit
from tests.factories.races import together

RACES = 8


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_one_officer_at_once_one_is_refused(at: datetime) -> None:
    here = hall(at=at)
    van = unit(here, at)
    offices.role("crew", "centres.counter", at=at)
    offices.give(here.officer, "crew", van, at=at)

    def planning(place: UUID, day: int) -> Callable[[], Any]:
        return lambda: centres.plan_shifts(
            by=Actor.system(),
            at=at,
            centre=place,
            officer=here.officer.id,
            days=[at.date() + timedelta(days=day)],
            starts=time(8),
            ends=time(12),
        )

    for day in range(RACES):
        ends = together(planning(here.centre, day), planning(van, day))
        assert sum(isinstance(one, centres.OfficerIsPlanned) for one in ends) == 1, ends
    assert Shift.objects.filter(cancelled=False).count() == RACES
