"""Letters become the live floor and the key figures; hearing them twice changes nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from threading import Event, Thread
from time import sleep
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from onedoor.domain.centres.api import set_counter_state
from onedoor.domain.monitoring.actions.keeping import FOLLOWER, make_anew
from onedoor.domain.monitoring.models import Hall as Seen
from onedoor.domain.monitoring.models import Post, Visit, only_projector, read_tallies
from onedoor.domain.monitoring.rules.histogram import WAIT
from onedoor.domain.monitoring.tasks import forget_old_visits, pack_past_days
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.letters.models import Follower
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall, hall
from tests.factories.till import FEE, PDF, till

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


@pytest.fixture(autouse=True)
def scoped() -> Iterator[None]:
    with everything("tests look everywhere"):
        yield


def follow() -> None:
    seal_batch()
    while follow_batch():
        pass


def serve(here: Hall, at: datetime, *, minutes: int) -> UUID:
    """A person waits so many minutes and is served for three."""
    ticket = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    then = at + timedelta(minutes=minutes)
    queue.call_next(by=here.officer, at=then, counter=here.counters[0])
    queue.start(by=here.officer, at=then, ticket=ticket.id)
    queue.finish(by=here.officer, at=then + timedelta(minutes=3), ticket=ticket.id)
    return ticket.id


def test_a_ticket_is_followed_from_line_to_end(here: Hall, at: datetime) -> None:
    ticket = serve(here, at, minutes=10)
    follow()
    row = Visit.objects.get(id=ticket)
    assert (row.status, row.channel, row.centre, row.counter) == (
        "served",
        "kiosk",
        here.centre,
        here.counters[0],
    )
    assert row.called_at == at + timedelta(minutes=10)
    assert Seen.objects.get(centre=here.centre).last_seen == at + timedelta(minutes=13)
    ((key, tally),) = read_tallies(
        units=None, services=None, grain="m", since=at.date().replace(day=1), until=at.date()
    )
    assert (tally.counts["taken"], tally.counts["served"], tally.counts["wait_n"]) == (1, 1, 1)
    assert tally.counts["wait_sum"] == 600
    assert tally.waits[WAIT.bucket(600)] == 1


def test_the_country_is_the_sum_of_its_centres_and_services(here: Hall, at: datetime) -> None:
    for minutes in (1, 5, 30):
        serve(here, at, minutes=minutes)
    follow()
    asked = {"grain": "y", "since": at.date().replace(month=1, day=1), "until": at.date()}
    for narrowed in (
        {"units": None, "services": None},
        {"units": [here.centre], "services": None},
        {"units": None, "services": [here.birth]},
        {"units": [here.centre], "services": [here.birth]},
    ):
        ((_, tally),) = read_tallies(**asked, **narrowed)  # type: ignore[arg-type]
        assert tally.counts["served"] == 3 and sum(tally.waits) == 3
    by_channel = read_tallies(units=None, services=None, dim="channel", **asked)
    assert [(key.value, tally.counts["served"]) for key, tally in by_channel] == [("kiosk", 3)]


def test_a_batch_is_heard_once_and_from_the_beginning_again_when_asked(here: Hall, at: datetime) -> None:
    serve(here, at, minutes=4)
    follow()
    before = list(Visit.objects.values())
    Follower.objects.update(number=0)
    follow()
    assert list(Visit.objects.values()) == before
    ((_, tally),) = read_tallies(units=None, services=None, grain="d", since=at.date(), until=at.date())
    assert tally.counts["served"] == 1


def test_counters_open_and_close(here: Hall, at: datetime) -> None:
    follow()
    assert Post.objects.filter(centre=here.centre, is_open=True).count() == 3
    set_counter_state(by=here.officer, at=at, counter=here.counters[1], state="closed")
    follow()
    assert list(Post.objects.filter(is_open=False).values_list("code", "counter")) == [
        ("2", here.counters[1])
    ]


def test_who_does_not_come_is_counted_as_missed(here: Hall, at: datetime) -> None:
    queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    called = queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    queue.miss(by=here.officer, at=at + timedelta(minutes=2), ticket=called.id)
    follow()
    ((_, tally),) = read_tallies(units=None, services=None, grain="d", since=at.date(), until=at.date())
    assert (tally.counts["missed"], tally.counts["served"], tally.counts["wait_n"]) == (1, 0, 1)


def test_everything_is_made_anew_from_the_letters(here: Hall, at: datetime) -> None:
    serve(here, at, minutes=4)
    follow()
    asked = {
        "units": None,
        "services": None,
        "grain": "y",
        "since": at.date().replace(month=1, day=1),
        "until": at.date(),
    }
    before = read_tallies(**asked)  # type: ignore[arg-type]
    call_command("rebuild_monitoring", stdout=StringIO())
    assert not Visit.objects.exists() and not read_tallies(**asked)  # type: ignore[arg-type]
    follow()
    assert read_tallies(**asked) == before  # type: ignore[arg-type]


def test_old_visits_are_let_go_and_the_tallies_stay(here: Hall, at: datetime) -> None:
    serve(here, at, minutes=4)
    follow()
    assert forget_old_visits(at=at + timedelta(days=30)) == 0
    assert pack_past_days(at=at + timedelta(days=60)) == 1
    assert forget_old_visits(at=at + timedelta(days=60)) > 0
    assert not Visit.objects.exists()
    assert read_tallies(units=None, services=None, grain="d", since=at.date(), until=at.date())


def test_what_was_voided_is_taken_off_the_service_too(here: Hall, at: datetime) -> None:
    cash = till(at=at, at_hall=here)
    cash.open(at=at)
    cash.paid(at=at)
    payments.void(by=cash.head, at=at, receipt=cash.paid(at=at).id, reason="amount")
    poor = cash.charge(at=at)
    payments.ask_waiver(by=cash.officer, at=at, charge=poor.id, ground="poor", content=PDF, name="a.pdf")
    payments.waive(by=cash.head, at=at, charge=poor.id)
    follow()
    for services in (None, [cash.service]):
        asked = {"units": None, "services": services, "grain": "d", "since": at.date(), "until": at.date()}
        ((_, tally),) = read_tallies(**asked)  # type: ignore[arg-type]
        assert (tally.counts["money"], tally.counts["waived"]) == (FEE, 1)


@pytest.mark.django_db(transaction=True)
def test_making_anew_waits_for_who_follows_and_is_not_waited_for(at: datetime) -> None:
    seal_batch()
    follow_batch()
    begun = Event()

    def remake() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
            begun.set()
            make_anew()
        finally:
            connection.close()

    other = Thread(target=remake)
    with transaction.atomic():
        Follower.objects.select_for_update().get(name=FOLLOWER)  # as a batch does before it reads
        other.start()
        assert begun.wait(10)
        sleep(0.5)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        only_projector()  # as it does before it writes
    other.join(20)
    assert Follower.objects.get(name=FOLLOWER).number == 0
