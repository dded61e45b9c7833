"""Open work of a centre against what was finished on past days, per service, in a fixed number of questions."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.monitoring.models import Matter
from onedoor.domain.monitoring.models.tallies import add_tallies
from onedoor.domain.monitoring.rules.periods import DAY
from onedoor.domain.monitoring.rules.tallies import Key, Tally
from onedoor.domain.queue import api as queue
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall, hall

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)


def matter(here: Hall, **more: object) -> None:
    held = {"channel": "kiosk", "status": "received", "received_at": AT, **more}
    Matter.objects.create(id=uuid4(), version=1, centre=here.centre, service=here.birth, **held)


@pytest.mark.django_db
def test_open_applications_stand_against_what_was_finished_a_day() -> None:
    here = hall(at=AT)
    for back in range(1, 7):
        day = (AT - timedelta(days=back)).date()
        key = Key(DAY, day, here.centre, here.birth, "", "")
        add_tallies({key: Tally({"done": 4 + back % 2})}, units=[here.centre])
    asked = {"by": Actor.system(), "at": AT, "centre": here.code}
    counts = []
    for people in (1, 3):
        while Matter.objects.filter(done_at=None).exclude(channel="log").count() < people * 9:
            matter(here)
        matter(here, channel="log")
        matter(here, done_at=AT)
        with CaptureQueriesContext(connection) as seen:
            (row,) = monitoring.open_work(**asked)  # type: ignore[arg-type]
        counts.append(len(seen))
        assert row.people is None and row.cases is not None
        assert (row.cases.work, row.cases.days, row.cases.likely) == (
            people * 9,
            6,
            pytest.approx(people * 2),
        )
        assert row.cases.low is not None and row.cases.high is not None
        assert row.cases.low < people * 2 < row.cases.high
    assert counts[1] <= counts[0], "the same questions, however much is open"


@pytest.mark.django_db
def test_who_waits_stands_beside_the_applications_and_without_past_days_nothing_is_said() -> None:
    here = hall(at=AT)
    matter(here)
    queue.take_ticket(by=here.kiosk, at=AT, centre=here.centre, service=here.birth)
    (row,) = monitoring.open_work(by=Actor.system(), at=AT, centre=here.code)
    assert row.people is not None and row.cases is not None
    assert (row.people.work, row.people.likely, row.cases.work, row.cases.likely) == (1, None, 1, None)
