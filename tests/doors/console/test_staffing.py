"""The centre head's pages: how honest the waits were, and the counters that a day needs."""

from datetime import timedelta

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall
from tests.factories.offices import give, role, staff

PLACE = "/console/places/0103-1"


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def head(here: Hall) -> Client:
    role("watcher", "monitoring.see", at=now())
    who = staff("watcher", at=now())
    give(who, "watcher", here.centre, at=now())
    return at_work(who)


def days(here: Hall, count: int) -> None:
    """Days on which somebody came every ten minutes from eight on and was called after five or twenty minutes."""
    with everything("a test writes past days"):
        for back in range(1, count + 1):
            day = queue.today_at(centre=here.centre, at=now()) - timedelta(days=back)
            first = now().replace(year=day.year, month=day.month, day=day.day, hour=1, minute=0, second=0)
            for number in range(20):
                came = first + timedelta(minutes=10 * number)
                called = came + timedelta(minutes=20 if number % 10 == 0 else 5)
                queue.Ticket(
                    centre_id=here.centre,
                    service_id=here.birth,
                    counter_id=here.counters[number % 2],
                    visit=here.centre,
                    day=day,
                    number=f"A{number:03d}",
                    token=f"{day:%y%m%d}{number}",
                    status="served",
                    place=came,
                    issued_at=came,
                    called_at=called,
                    started_at=called,
                    ended_at=called + timedelta(minutes=8),
                    promised_low=3,
                    promised_high=12,
                ).save()


def test_without_past_days_both_pages_say_so(head: Client) -> None:
    head.cookies["onedoor_language"] = "en"
    assert "No wait was told here yet" in head.get(f"{PLACE}/waits/").content.decode()
    page = head.get(f"{PLACE}/counters-needed/?day=never").content.decode()
    assert "Too few days to plan from" in page


def test_past_days_are_judged_and_planned_from(here: Hall, head: Client) -> None:
    days(here, 4)
    head.cookies["onedoor_language"] = "en"
    page = head.get(f"{PLACE}/waits/").content.decode()
    assert "90 of 100 people waited as they were told: the intervals are honest" in page
    assert "in four weeks, n 40" in page and "Not counted, n 40: guesses of the first days" in page
    page = head.get(f"{PLACE}/counters-needed/").content.decode()
    assert "The most counters are needed at" in page
    assert "How sure this is" in page
    table = head.get(f"{PLACE}/counters-needed.csv").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("From,People expected")
    assert table[1].startswith("08:00,3")


def test_the_first_days_are_guessed_and_the_page_says_so(here: Hall, head: Client) -> None:
    days(here, 1)
    head.cookies["onedoor_language"] = "en"
    page = head.get(f"{PLACE}/waits/").content.decode()
    assert "90 of 100 people waited as they were told: what was told was still a guess" in page
    assert "Guessed, n 20" in page and "the intervals are" not in page


def test_another_centres_head_finds_nothing(here: Hall) -> None:
    role("watcher", "monitoring.see", at=now())
    other = staff("other", at=now())
    beside = access.holding(here.stranger).where["queue.call"]
    give(other, "watcher", next(iter(beside)), at=now())
    for page in ("waits/", "counters-needed/", "counters-needed.csv"):
        assert at_work(other).get(f"{PLACE}/{page}").status_code == 404
