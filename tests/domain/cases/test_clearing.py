"""How long an office's open tasks last, by what it finished on past days."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Task
from tests.domain.cases import drawn
from tests.domain.cases.test_processes import begun

pytestmark = pytest.mark.django_db


def test_open_tasks_of_an_office_stand_against_what_it_finished_a_day(at: datetime) -> None:
    world, case, _ = begun(drawn.FORKED, at)
    (_names, before), *_others = cases.lane_work(world.decider, at=at)
    assert (before.subject, before.days, before.likely) == (world.ministry, 0, None), "nothing is known yet"
    kept = Task.objects.filter(unit_id=world.ministry, state="open").first()
    assert kept is not None
    for back in range(1, 7):
        for number in range(1 + back % 2):
            Task.objects.create(
                case_id=case, token=uuid4(), place=100 * back + number, node="law", kind="user", audience="back",
                role=kept.role, unit_id=world.ministry, state="done", opened_at=at, due_order=date(2026, 3, 2),
                done_at=at - timedelta(days=back),
            )  # fmt: skip
    with CaptureQueriesContext(connection) as seen:
        (names, work), *others = cases.lane_work(world.decider, at=at)
    assert not others and names and (work.days, work.work) == (6, before.work)
    assert work.likely == pytest.approx(before.work / 1.5)
    assert work.low is not None and work.high is not None and work.low < work.likely < work.high
    assert len(seen) <= 4
    assert not cases.lane_work(world.officer, at=at), "the counters have their own list"
