"""Cases, ratings, complaints and drawers in the tallies; who may watch what; how many statements it takes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.cases.api import (
    CaseEscalated,
    CaseReceived,
    CaseWithdrawn,
    ClockPaused,
    ClockResumed,
    DueMoved,
    StepTaken,
    TermBreached,
    TermExtended,
    TermWarned,
)
from onedoor.domain.documents.api import DocumentIssued
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.monitoring.actions import project, save_standard
from onedoor.domain.monitoring.models import Matter, Till, read_tallies
from onedoor.domain.payments.api import SessionClosed, SessionOpened
from onedoor.domain.queue import api as queue
from onedoor.domain.voice.api import ComplaintAnswered, ComplaintMade, RatingDeclined, VisitRated
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event, Letter, follow_batch, seal_batch
from onedoor.kernel.scope import Actor, everything
from tests.factories import offices
from tests.factories.hall import SYSTEM, Hall, hall, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


@pytest.fixture(autouse=True)
def scoped() -> Iterator[None]:
    with everything("tests look everywhere"):
        yield


def letter(event: Event, *, of: UUID, version: int, centre: UUID, at: datetime) -> Letter:
    """A letter as the sealer would give it."""
    return Letter(
        id=-version,
        origin=new_id(),
        type=event.name,
        schema=event.schema,
        kind="",
        aggregate=of,
        epoch=1,
        version=version,
        actor_kind="staff",
        actor=new_id(),
        centre=centre,
        at=at,
        body=event.body(),
    )


def tell(centre: UUID, *said: tuple[Event, UUID, int, datetime]) -> None:
    project(
        told=[(letter(event, of=of, version=v, centre=centre, at=at), event) for event, of, v, at in said]
    )


def received(service: UUID, due: str = "") -> CaseReceived:
    return CaseReceived(number="1", service=service, authority=new_id(), visit=None, person=None, due=due)


def step(status: str) -> StepTaken:
    return StepTaken(
        task=new_id(), node="n", outcome="done", status=status, waiting="", on_time=None, visit=None
    )


def counts(at: datetime) -> dict[str, int]:
    rows = read_tallies(units=None, services=None, grain="y", since=date(at.year, 1, 1), until=at.date())
    return rows[0][1].counts if rows else {}


def test_a_case_is_done_once_and_on_time_until_its_due_day(here: Hall, at: datetime) -> None:
    early, late = new_id(), new_id()
    for case, days in ((early, 3), (late, 4)):
        then = at + timedelta(days=days)
        tell(
            here.centre,
            (received(here.birth, due="2026-03-05"), case, 2, at),
            (step("in_progress"), case, 3, at),
            (step("issued"), case, 4, then),
            (step("handed_over"), case, 5, then + timedelta(days=9)),
        )
    said = counts(at + timedelta(days=9))
    assert (said["received"], said["done"], said["due_n"], said["on_time"]) == (2, 2, 2, 1)
    assert said["duration_sum"] == 7 * 86400
    assert Matter.objects.get(id=early).done_at == at + timedelta(days=3)


def test_the_due_date_follows_the_legal_clock(here: Hall, at: datetime) -> None:
    case, task = new_id(), new_id()
    said = [
        (received(here.birth, due="2026-03-05"), date(2026, 3, 5)),
        (ClockPaused(task=task), None),
        (ClockResumed(task=task, due="2026-03-09"), date(2026, 3, 9)),
        (TermExtended(amount=2, due="2026-03-11"), date(2026, 3, 11)),
        (DueMoved(was="2026-03-11", due="2026-03-12", recount=new_id()), date(2026, 3, 12)),
        (step("in_progress"), date(2026, 3, 12)),
        (replace(step("waiting_for_applicant"), due=""), None),
        (replace(step("in_progress"), due="2026-03-20"), date(2026, 3, 20)),
    ]
    for version, (event, due) in enumerate(said, start=1):
        for _ in range(2):
            tell(here.centre, (event, case, version, at))
        assert Matter.objects.get(id=case).due == due, event


def test_late_cases_are_told_by_whose_step_they_are_and_up_to_whom(here: Hall, at: datetime) -> None:
    office = offices.unit(at=at, code="MOHA-1", kind="department", tree="authority", parent=here.ministry)
    offices_head = officer(
        at=at, username="above", unit=here.ministry, permissions=["cases.oversee"], role="overseer"
    )
    assert offices_head
    late, untold, near, extended, logged = (new_id() for _ in range(5))
    due = "2026-03-05"
    for case in (late, untold, near, extended):
        tell(here.centre, (received(here.birth, due=due), case, 1, at))
    tell(here.centre, (replace(received(here.birth, due=due), origin="log"), logged, 1, at))
    for case in (near, extended, late):
        tell(here.centre, (TermWarned(due=due), case, 2, at))
    tell(here.centre, (TermExtended(amount=9, due="2026-03-20"), extended, 3, at))
    owner = watcher("owner", here.country, at)
    assert monitoring.floor_now(by=owner, at=at).near == 2, "an extended one is not near any more"
    tell(here.centre, (TermBreached(due=due, unit=office, above=office), late, 3, at))
    event = CaseEscalated(due=due, unit=office, above=here.ministry, level=2)
    for _ in range(2):
        tell(here.centre, (event, late, 4, at))
    tell(here.centre, (step("issued"), near, 3, at))
    floor = monitoring.floor_now(by=owner, at=at + timedelta(days=9))
    found = [
        (each.holder and each.holder.id, [one.id for one in each.told], each.number)
        for each in floor.late_steps
    ]
    assert sorted(found, key=str) == sorted([(office, [here.ministry], 1), (None, [], 1)], key=str)
    assert [len(each.acting) for each in floor.late_steps if each.told] == [1] and floor.near == 0


def test_a_withdrawn_case_is_not_finished(here: Hall, at: datetime) -> None:
    case = new_id()
    tell(here.centre, (received(here.birth), case, 1, at), (CaseWithdrawn(visit=None), case, 2, at))
    said = counts(at)
    assert (said["withdrawn"], said["done"]) == (1, 0)


def test_ratings_documents_and_drawers_are_counted_once(here: Hall, at: datetime) -> None:
    rating, other, document, drawer = new_id(), new_id(), new_id(), new_id()
    said: list[tuple[Event, UUID, int, datetime]] = [
        (VisitRated(score=5, channel="phone", service=here.birth), rating, 2, at),
        (RatingDeclined(channel="tablet"), other, 2, at),
        (DocumentIssued(subject=new_id(), kind="k", number="n", digest="d"), document, 5, at),
        (SessionOpened(counter=here.counters[0], officer=new_id(), float_total=1), drawer, 1, at),
        (
            SessionClosed(counter=here.counters[0], officer=new_id(), expected=9, counted=7, difference=-2),
            drawer,
            2,
            at,
        ),
    ]
    for _ in range(2):
        tell(here.centre, *said)
    for one in said:
        tell(here.centre, one)
    told = counts(at)
    assert (told["rated"], told["satisfied"], told["score_squares"], told["unanswered"]) == (1, 1, 25, 1)
    assert told["documents"] == 1
    till = Till.objects.get()
    assert (till.difference, till.closed_at) == (-2, at)


def watcher(name: str, unit: UUID, at: datetime) -> Actor:
    return officer(at=at, username=name, unit=unit, permissions=["monitoring.see"], role=f"watch-{name}")


def test_a_head_sees_the_centre_a_ministry_its_services_the_owner_everything(
    here: Hall, at: datetime
) -> None:
    other = offices.unit(at=at, code="MOJ", kind="ministry", tree="authority", parent=None)
    head, owner = watcher("head", here.centre, at), watcher("owner", here.country, at)
    ministry, stranger = watcher("ministry", here.ministry, at), watcher("stranger2", other, at)
    asked = monitoring.Asked(group="centre", measure="done")
    case = new_id()
    tell(here.centre, (received(here.birth), case, 1, at), (step("issued"), case, 2, at))
    seen = {
        who: [
            (line.key, line.figures.count("done"))
            for line in monitoring.report(by=who, at=at, asked=asked).lines
        ]
        for who in (head, owner, ministry, stranger)
    }
    assert seen[head] == seen[owner] == seen[ministry] == [(here.code, 1)]
    assert seen[stranger] == []
    assert [row.centre.code for row in monitoring.floor_now(by=head, at=at).rows] == [here.code]
    assert len(monitoring.floor_now(by=owner, at=at).rows) == 2
    for foreign in (
        monitoring.Asked(centre=f"{here.code}-other"),
        monitoring.Asked(province="99"),
        monitoring.Asked(ministry="MOJ"),
    ):
        with pytest.raises(Missing):
            monitoring.report(by=head, at=at, asked=foreign)
    with pytest.raises(Missing):
        monitoring.report(by=stranger, at=at, asked=monitoring.Asked(service="birth-registration"))
    with pytest.raises(Refused):
        monitoring.report(by=here.officer, at=at, asked=asked)
    with pytest.raises(Missing):
        monitoring.counters_now(by=head, at=at, centre=f"{here.code}-other")


def test_traits_of_few_people_are_hidden_and_parts_are_refused(here: Hall, at: datetime) -> None:
    owner = watcher("owner", here.country, at)
    for number, sex in enumerate(["female"] * 12 + ["male"] * 3):
        Matter.objects.create(
            id=UUID(int=number + 1),
            version=1,
            centre=here.centre,
            service=here.birth,
            channel="counter",
            sex=sex,
            status="received",
            received_at=at,
        )
        tell(here.centre, (step("issued"), UUID(int=number + 1), 2, at))
    report = monitoring.report(by=owner, at=at, asked=monitoring.Asked(group="sex", measure="done"))
    assert [(line.key, line.secret, line.figures.count("done")) for line in report.lines] == [
        ("female", True, 0),
        ("male", True, 0),
    ]
    with pytest.raises(monitoring.NotAGrouping):
        monitoring.report(by=owner, at=at, asked=monitoring.Asked(group="sex", centre=here.code))
    months = monitoring.report(by=owner, at=at, asked=monitoring.Asked(group="sex", period="2026-03"))
    assert months.period.code == "2026"


def test_a_complaint_without_an_answer_is_an_alert_after_its_day_and_no_longer_when_answered(
    here: Hall, at: datetime
) -> None:
    owner, ministry = watcher("owner", here.country, at), watcher("own", here.ministry, at)
    officer(at=at, username="somphone", unit=here.centre, permissions=["centres.manage"], role="head")
    save_standard(
        by=SYSTEM, at=at, id=new_id(), code="complaint", name={"lo": "ຊື່", "en": "c"}, limit=10, share=0
    )
    complaint = new_id()
    made = ComplaintMade(number="0103-1-26-G-000001-7", topic="waiting", due_on=at.date())
    for _ in range(2):  # heard twice
        tell(here.centre, (made, complaint, 1, at - timedelta(days=14)))
    assert counts(at)["complaints"] == 1

    def late(who: Actor, days: int) -> list[int]:
        floor = monitoring.floor_now(by=who, at=at + timedelta(days=days))
        row = next(row for row in floor.rows if row.centre.id == here.centre)
        assert ("complaint" in [alert.code for alert in row.alerts]) == bool(row.complaints)
        return [row.complaints, len(monitoring.monday(by=who, at=at + timedelta(days=days)).unanswered)]

    assert late(owner, 0) == [0, 0] and late(owner, 1) == [1, 1]
    assert late(ministry, 1) == [0, 0], "a complaint is about the centre"
    (row,) = monitoring.monday(by=owner, at=at + timedelta(days=1)).unanswered
    assert (row.late, row.oldest, [one.name["en"] for one in row.holders]) == (1, at.date(), ["Ms somphone"])
    tell(here.centre, (ComplaintAnswered(number=made.number, on_time=False), complaint, 2, at))
    assert late(owner, 1) == [0, 0]


def test_cases_that_a_log_left_open_are_counted_apart_and_alarm_nobody(here: Hall, at: datetime) -> None:
    owner = watcher("owner", here.country, at)
    save_standard(
        by=SYSTEM, at=at, id=new_id(), code="overdue", name={"lo": "ຊື່", "en": "o"}, limit=0, share=0
    )
    logged = replace(received(here.birth, due="2011-03-01"), origin="log")
    tell(here.centre, (logged, UUID(int=7), 1, at - timedelta(days=5000)))
    floor = monitoring.floor_now(by=owner, at=at)
    assert (floor.late, floor.logged) == (0, 1)
    assert "overdue" not in [alert.code for row in floor.rows for alert in row.alerts]
    assert monitoring.monday(by=owner, at=at).overdue == []
    tell(here.centre, (received(here.birth, due="2026-02-20"), UUID(int=8), 1, at - timedelta(days=20)))
    floor = monitoring.floor_now(by=owner, at=at)
    assert (floor.late, floor.logged) == (1, 1)
    (row,) = monitoring.monday(by=owner, at=at).overdue
    assert (row.late, row.oldest) == (1, date(2026, 2, 20))


def test_the_country_costs_the_same_with_more_centres(here: Hall, at: datetime) -> None:
    owner, head = watcher("owner", here.country, at), watcher("head", here.centre, at)

    def statements(who: Actor, read: str) -> int:
        with CaptureQueriesContext(connection) as held:
            if read == "floor":
                monitoring.floor_now(by=who, at=at)
            else:
                monitoring.report(by=who, at=at, asked=monitoring.Asked(group="centre"))
        return len(held)

    for read in ("floor", "report"):
        statements(owner, read), statements(head, read)
        assert statements(owner, read) == statements(head, read) <= 20


def test_the_monday_page_names_who_was_silent_and_what_was_missed(here: Hall, at: datetime) -> None:
    owner = watcher("owner", here.country, at)
    for code, limit, share in (("wait", 25, 80), ("satisfied", 4, 90), ("on_time", 0, 90)):
        save_standard(
            by=SYSTEM, at=at, id=new_id(), code=code, name={"lo": "ຊື່", "en": code}, limit=limit, share=share
        )
    officer(at=at, username="somphone", unit=here.centre, permissions=["centres.manage"], role="head")
    officer(at=at, username="bounmy", unit=here.ministry, permissions=["cases.decide"], role="decider")
    week = at - timedelta(days=5)
    tell(
        here.centre,
        *((VisitRated(score=1, channel="phone"), new_id(), 2, week) for _ in range(30)),
        (received(here.birth, due="2026-02-20"), UUID(int=5), 1, week),
    )
    sheet = monitoring.monday(by=owner, at=at)
    assert (sheet.first, sheet.last) == (date(2026, 2, 23), date(2026, 3, 1))
    assert [(one.centre.code, len(one.days)) for one in sheet.silent] == [
        (f"{here.code}-other", 5),
        (here.code, 4),
    ]
    assert [(one.measure, one.centre.code) for one in sheet.missed if one.centre] == [
        ("satisfied", here.code)
    ]
    assert [(one.service.code, one.late) for one in sheet.overdue] == [("birth-registration", 1)]
    head, clerk = "Ms somphone", "Ms bounmy"
    assert [[one.name["en"] for one in row.holders] for row in sheet.silent] == [[], [head]]
    assert [[one.name["en"] for one in row.holders] for row in sheet.missed if row.centre] == [[head]]
    assert [[one.name["en"] for one in row.holders] for row in sheet.overdue] == [[clerk]]


def test_a_standard_is_written_once_and_by_the_owner_only(here: Hall, at: datetime) -> None:
    said = {"id": new_id(), "code": "wait", "name": {"lo": "ຊື່", "en": "Wait"}, "limit": 25, "share": 80}
    save_standard(by=SYSTEM, at=at, **said)
    save_standard(by=SYSTEM, at=at, **said)
    assert monitoring.standards()["wait"].limit == 25
    with pytest.raises(Missing):
        save_standard(by=here.officer, at=at, **{**said, "limit": 30})


def test_a_ministry_is_told_of_its_own_services_at_a_counter_and_of_no_drawer(
    here: Hall, at: datetime
) -> None:
    other = offices.unit(at=at, code="MOJ", kind="ministry", tree="authority", parent=None)
    own, stranger = watcher("own", here.ministry, at), watcher("foreign", other, at)
    queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    called = queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    seal_batch()
    while follow_batch():
        pass
    tell(
        here.centre,
        (SessionOpened(counter=here.counters[0], officer=new_id(), float_total=1), new_id(), 1, at),
    )
    seen = {
        who: monitoring.counters_now(by=who, at=at, centre=here.code)[0] for who in (SYSTEM, own, stranger)
    }
    assert [row.number for row in seen.values()] == [called.number, called.number, ""]
    assert [row.drawer_open for row in seen.values()] == [True, False, False]
    rows = [monitoring.floor_now(by=who, at=at, centre=here.code).rows[0] for who in (SYSTEM, own, stranger)]
    assert [(row.serving, row.drawer) for row in rows] == [(1, "open"), (1, "none"), (0, "none")]
