"""Cases that begin by themselves: by a message, or when a day of the calendar comes; each once, at the node of its centre."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import begin_by_message, begin_by_time, forward_messages, starting
from onedoor.domain.cases.events import MessageForwarded
from onedoor.domain.cases.handlers import take_over_a_message
from onedoor.domain.cases.models import Case, Forward, Message, Task
from onedoor.domain.cases.rules.starts import latest_start
from onedoor.domain.cases.tasks import messages, starts
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.models import Release
from onedoor.domain.catalogue.rules.process import compiled
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.domain.cases import drawn
from tests.factories.registry import BIRTH, Registry, published, received, registry

BORN = drawn.element("startEvent", "born", '<bpmn:messageEventDefinition messageRef="m"/>')
YEARLY = drawn.element("startEvent", "year", drawn.timer("R/P1Y", "timeCycle"), 'onedoor:calendar="office"')


def beginning(*starts: str) -> str:
    """A birth that is registered at a counter, or begins by itself; the ministry decides either way."""
    arrows = [drawn.flow(f"f_{number}", id, "meet") for number, id in enumerate(("take", *_ids(starts)))]
    return drawn.written(
        *starts,
        drawn.element("exclusiveGateway", "meet"),
        drawn.decision("look"),
        drawn.end(),
        *arrows,
        drawn.flow("f1", "meet", "look"),
        drawn.flow("f2", "look", "e"),
        back="look",
        roots=drawn.ROOTS,
    )


def _ids(starts: tuple[str, ...]) -> list[str]:
    return [start.split('id="', 1)[1].split('"', 1)[0] for start in starts]


def tell(world: Registry, at: datetime, *, id: UUID | None = None, answers: Any = BIRTH) -> bool:
    return cases.send_message(
        by=world.officer,
        at=at,
        id=id or new_id(),
        name="registry.answered",
        key="hospital-7",
        centre=world.centre,
        answers=answers,
    )


def held(case: UUID) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=case)


def every_case() -> int:
    with everything("a test looks"):
        return Case.objects.count()


@pytest.mark.django_db
def test_a_message_begins_a_case_once(at: datetime) -> None:
    world, message = registry(at=at, process=beginning(BORN)), new_id()
    assert tell(world, at, id=message) and not tell(world, at, id=message)
    assert messages(at=at) == 1 and messages(at=at) == 0
    case = held(message)
    assert case.number and case.due_on and case.person_id and case.data["sex"] == "female"
    assert [task.node for task in Task.objects.filter(case_id=message)] == ["look"]
    assert Message.objects.get(id=message).answers == {}
    cases.complete(by=world.decider, at=at, task=Task.objects.get(case_id=message).id, outcome="agree")
    assert held(message).closed_at == at
    assert received(world, at=at).number  # the counter still receives


@pytest.mark.django_db
def test_a_message_that_does_not_fit_begins_nothing_and_says_why(at: datetime) -> None:
    world, message = registry(at=at, process=beginning(BORN)), new_id()
    tell(world, at, id=message, answers={"sex": "female"})
    assert messages(at=at) == 0 and every_case() == 0
    kept = Message.objects.get(id=message)
    assert (kept.fault, kept.heard_at) == ("form_is_not_valid", None)
    with pytest.raises(cases.MessageIsNotClear):
        tell(world, at, answers={"sex": "x" * 70_000})


@pytest.mark.django_db
def test_a_case_that_waits_hears_it_and_none_is_begun(at: datetime) -> None:
    world = registry(at=at, process=beginning(BORN))
    waits = published(at=at, code="birth-registration", authority=world.ministry, process=drawn.WAITS)
    assert waits
    message = new_id()
    cases.send_message(
        by=Actor.system(), at=at, id=message, name="nobody.starts", key="x", centre=world.centre
    )
    assert begin_by_message(at=at) == 0 and begin_by_message(at=at) == 0
    assert Message.objects.get(id=message).sought_at == at and every_case() == 0


@pytest.mark.django_db
def test_an_edition_that_is_tried_begins_cases_at_its_centres_only(at: datetime) -> None:
    """The edition with the start is released to another centre: here nothing begins, there a case does."""
    world = registry(at=at)
    published(
        at=at, code="birth-registration", authority=world.ministry, process=beginning(BORN), id=world.birth
    )
    newest = Release.objects.filter(service_id=world.birth).latest("number")
    for centres, begun in (([str(new_id())], 0), ([str(world.centre)], 1)):
        Release.objects.filter(id=newest.id).update(centres=centres)
        catalogue.service_by_id(world.birth)
        tell(world, at)
        assert messages(at=at) == begun


@pytest.mark.django_db
def test_a_message_that_would_begin_a_case_elsewhere_is_kept_with_the_reason(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, message = registry(at=at, process=beginning(BORN)), new_id()
    monkeypatch.setattr(starting, "node_at_work", lambda _centre: uuid4())
    tell(world, at, id=message)
    assert messages(at=at) == 0 and every_case() == 0
    kept = Message.objects.get(id=message)
    assert (kept.fault, kept.heard_at, kept.answers) == ("centre_works_at_another_node", None, BIRTH)


def cycle(text: str, *, kind: str = "timeCycle", more: str = "") -> Any:
    start = drawn.element("startEvent", "year", drawn.timer(text, kind), more)
    return compiled(beginning(start).encode()).starts[0]


@pytest.mark.parametrize(
    ("text", "more", "today", "said"),
    [
        ("R/P1Y", "", date(2027, 1, 31), None),
        ("R/P1Y", "", date(2027, 2, 1), date(2027, 2, 1)),
        ("R/P1Y", "", date(2027, 3, 20), None),
        ("R/P1M", "", date(2026, 2, 28), None),
        ("R/P1M", "", date(2026, 3, 1), date(2026, 3, 1)),
        ("R1/P1M", "", date(2026, 3, 30), date(2026, 3, 1)),
        ("R1/P1M", "", date(2026, 6, 1), None),
        ("R/P1M", 'onedoor:calendar="office"', date(2026, 3, 1), None),  # a Sunday
        ("R/P1M", 'onedoor:calendar="office"', date(2026, 3, 2), date(2026, 3, 1)),
    ],
)
def test_the_days_of_a_cycle(text: str, more: str, today: date, said: date | None) -> None:
    start = cycle(text, more=more)
    assert latest_start(start, since=date(2026, 2, 1), today=today, days=Calendar()) == said


def test_a_day_that_is_written_down_comes_once() -> None:
    start = cycle("2026-12-02", kind="timeDate")
    said = [
        latest_start(start, since=date(2026, 2, 1), today=date(2026, 12, day), days=Calendar())
        for day in (1, 2, 9)
    ]
    assert said == [None, date(2026, 12, 2), date(2026, 12, 2)]


@pytest.mark.django_db
def test_a_year_begins_one_case_at_each_centre_that_offers_the_service(at: datetime) -> None:
    registry(at=at, process=beginning(YEARLY))
    now, seen = at, []
    for _ in range(80):
        seen += [begun := begin_by_time(at=now)]
        assert begin_by_time(at=now) == 0
        now += timedelta(days=6)
    assert sum(seen) in (1, 2) and sum(seen) == every_case()
    assert starts(at=now) == 0 and begun == 0


@pytest.mark.django_db
def test_what_begins_by_itself_only_cannot_be_handed_in(at: datetime) -> None:
    alone = drawn.process(
        BORN,
        drawn.decision("look"),
        drawn.end(),
        drawn.flow("f1", "born", "look"),
        drawn.flow("f2", "look", "e"),
        lanes={"back": ["look"]},
    ).decode()
    alone = alone.replace("</bpmn:definitions>", f"{drawn.ROOTS}</bpmn:definitions>")
    world = registry(at=at, process=alone)
    with pytest.raises(cases.BeginsByItself):
        cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    tell(world, at)
    assert messages(at=at) == 1


@pytest.mark.django_db
def test_a_message_for_a_case_of_another_node_goes_there_by_letter(at: datetime) -> None:
    world, elsewhere, message = registry(at=at, process=drawn.WAITS), uuid4(), new_id()
    got = received(world, at=at)
    with connection.cursor() as cursor:  # as a mirror of another node's case stands here
        cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER kernel_guard")
        cursor.execute("UPDATE cases_case SET owner = %s WHERE id = %s", [elsewhere, got.case])
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER kernel_guard")
    cases.send_message(
        by=Actor.system(), at=at, id=message, name="registry.answered", key=got.number, outcome="found"
    )
    assert messages(at=at) == 1 and forward_messages(at=at) == 0
    assert Forward.objects.get(id=message).node == elsewhere
    with connection.cursor() as cursor:
        cursor.execute("SELECT addressee FROM kernel_letter WHERE type = 'cases.message_forwarded'")
        assert cursor.fetchall() == [(elsewhere,)]
        cursor.execute("SELECT count(*) FROM kernel_delivery WHERE handler = 'cases.take_over_a_message'")
        assert cursor.fetchone() == (0,)
    Message.objects.all().delete()  # over there it is not known yet
    event = MessageForwarded(
        message=message, called="registry.answered", key=got.number, outcome="found", centre=None
    )

    class Told:
        at = held(got.case).opened_at

    for _ in range(2):
        take_over_a_message(Told(), event)  # type: ignore[arg-type]
    assert Message.objects.get(id=message).outcome == "found"
