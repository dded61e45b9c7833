"""Cases that begin by themselves: by a message for which none waits, or when a day of the calendar comes. Each begins once."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.cases.actions.receiving import set_going
from onedoor.domain.cases.errors import FormIsNotValid
from onedoor.domain.cases.events import DraftOpened, MessageForwarded
from onedoor.domain.cases.models import (
    Case,
    Forward,
    lock_unsought,
    mark_heard,
    mark_sought,
    messages_elsewhere,
    node_at_work,
)
from onedoor.domain.cases.queries import faults_in
from onedoor.domain.cases.queries.clock import office_days
from onedoor.domain.cases.rules import local
from onedoor.domain.cases.rules.starts import latest_start
from onedoor.domain.catalogue.api import (
    Node,
    NoProcess,
    NotInForce,
    ServiceView,
    editions_in_force,
    form_to_ask,
    process_of,
    service_to_open,
)
from onedoor.domain.centres.api import centres_offering, is_offered
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.errors import DomainError
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

log = logging.getLogger("onedoor.cases")
BATCH = 100
# Answers are personal and never stand in a letter, so a message that would begin a case is not passed on.
ELSEWHERE = "centre_works_at_another_node"


def begin_by_message(*, at: datetime, limit: int = BATCH) -> int:
    """Look at messages for which no case waits, each once; gives how many began a case."""
    begun = 0
    while limit > 0 and (found := _next(at=at)) is not None:
        begun += found
        limit -= 1
    return begun


@transaction.atomic
def _next(*, at: datetime) -> int | None:
    """The oldest one; None when there is none. One that begins no case is kept, with the reason where a process starts by it."""
    unsought = lock_unsought(limit=1)
    if not unsought:
        return None
    message, name, centre, answers = unsought[0]
    found = _started_by(name, centre, at=at)
    if found is None:
        mark_sought(message=message, at=at)
        return 0
    if node_at_work(centre) not in (None, this_node()):
        mark_sought(message=message, at=at, fault=ELSEWHERE)
        return 0
    try:
        with transaction.atomic(), everything("a message begins a case at any centre"):
            service, start = found
            _refuse_unfit(service, answers, centre, at=at)
            _open(message, service, centre, start, answers, at=at)
    except DomainError as fault:
        log.warning("a message began no case", extra={"called": name, "fault": fault.code})
        mark_sought(message=message, at=at, fault=fault.code)
        return 0
    mark_sought(message=message, at=at)
    return int(mark_heard(message=message, case=message, at=at))


def _refuse_unfit(service: ServiceView, answers: Mapping[str, Any], centre: UUID, *, at: datetime) -> None:
    faults = faults_in(
        form_to_ask(service.version_id), answers, today=local(at, office_days(centre, centre)[0].zone)
    )
    if faults:
        raise FormIsNotValid(faults)


def _started_by(message: str, centre: UUID, *, at: datetime) -> tuple[ServiceView, Node] | None:
    """The edition in force at this centre of a service whose process starts by a message."""
    today = local(at, office_days(centre, centre)[0].zone)
    for service in _beginning("message", on=today):
        for edition, start in _starts("message", service, centre, on=today):
            if start.message == message and is_offered(centre=centre, service=service, on=today):
                return edition, start
    return None


def begin_by_time(*, at: datetime) -> int:
    """Begin the cases whose day has come, at each centre of this node that offers the service; gives how many."""
    begun = 0
    for service in _beginning("timer", on=at.date()):
        for place in centres_offering(service, on=at.date()):
            if node_at_work(place.id) in (None, this_node()):
                begun += _begin_by_days(service, place.id, at=at)
    return begun


def _begin_by_days(service: UUID, centre: UUID, *, at: datetime) -> int:
    """The cases of one service whose day has come at one centre, by the edition in force there."""
    begun, days = 0, office_days(centre, centre)[0]
    today = local(at, days.zone)
    for edition, start in _starts("timer", service, centre, on=today):
        day = latest_start(start, since=edition.valid_from, today=today, days=days)
        if day is not None and is_offered(centre=centre, service=service, on=today):
            case = named_id(str(service), f"start/{start.id}/{centre}/{day.isoformat()}")
            begun += _begin_at(case, edition, centre, start, at=at)
    return begun


def _begin_at(case: UUID, service: ServiceView, centre: UUID, start: Node, *, at: datetime) -> int:
    """One case; 0 when it was begun before, or could not be."""
    try:
        with transaction.atomic(), everything("a day of the calendar begins a case at any centre"):
            if Case.objects.filter(id=case).exists():
                return 0
            _open(case, service, centre, start, {}, at=at)
    except (DomainError, IntegrityError) as fault:
        log.warning("a day began no case", extra={"node": start.id, "fault": type(fault).__name__})
        return 0
    return 1


def _beginning(kind: str, *, on: date) -> list[UUID]:
    """Every service of which an edition that is in force somewhere has a start of this kind."""
    found = editions_in_force(on=on).items()
    return [id for id, editions in found if any(_of_kind(kind, edition) for edition in editions)]


def _starts(kind: str, service: UUID, centre: UUID, *, on: date) -> Iterator[tuple[ServiceView, Node]]:
    """The starts of this kind of the edition by which a case is opened at a centre; none where it has no edition."""
    try:
        edition = service_to_open(service, on=on, centre=centre)
    except NotInForce:
        return
    for start in _of_kind(kind, edition.version_id):
        yield edition, start


def _of_kind(kind: str, edition: UUID) -> list[Node]:
    try:
        return [start for start in process_of(edition).starts if start.event == kind]
    except NoProcess:
        return []


def _open(
    id: UUID, service: ServiceView, centre: UUID, start: Node, answers: Mapping[str, Any], *, at: datetime
) -> None:
    by = Actor.system()
    held = Case(
        id=id,
        centre_id=centre,
        authority_id=service.authority,
        service_id=service.id,
        edition_id=service.version_id,
        opened_by=by.id,
        opened_at=at,
        data=form_to_ask(service.version_id).settled(answers) if answers else {},
    )
    held.save()
    publish(DraftOpened(service=service.id, visit=None), of=held, by=by, at=at, centre=centre)
    set_going(held, service, by=by, at=at, start=start.id)


@transaction.atomic
def forward_messages(*, at: datetime, limit: int = BATCH) -> int:
    """Pass on, by letter, the messages for which a case of another node waits; gives how many. Each goes on once."""
    sent = 0
    for message, name, key, outcome, centre, case, node in messages_elsewhere(limit=limit):
        if not mark_heard(message=message, case=case, at=at):
            continue
        passed = Forward(id=message, node=node, sent_at=at)
        passed.save()
        event = MessageForwarded(message=message, called=name, key=key, outcome=outcome, centre=centre)
        publish(event, of=passed, by=Actor.system(), at=at, centre=centre, to=node)
        sent += 1
    return sent
