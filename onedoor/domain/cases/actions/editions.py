"""Bringing live cases onto a newer edition's process: first what it would do, then case by case, each in its own transaction."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.errors import EditionsDiffer
from onedoor.domain.cases.events import CaseMoved
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.permissions import MOVE
from onedoor.domain.cases.rules.editions import Obstacle, Plan, Standing, obstacles
from onedoor.domain.catalogue.api import process_of, service_version
from onedoor.kernel.letters import poke, publish
from onedoor.kernel.scope import Actor, everything

WHOLE = "the permission was asked at the authority whose service this is"


def plan_move(*, by: Actor, at: datetime, old: UUID, new: UUID) -> Plan:
    """What moving the live cases of an edition to another would do; nothing is changed. Errors: Refused, EditionsDiffer."""
    _allowed(by, old, new)
    movable: list[UUID] = []
    held_back: list[tuple[str, tuple[Obstacle, ...]]] = []
    with everything(WHOLE):
        for case in _live(old):
            found = _obstacles(case, old, new)
            if found:
                held_back.append((case.number or "", found))
            else:
                movable.append(case.id)
    return Plan(tuple(movable), tuple(held_back))


def move_cases(*, by: Actor, at: datetime, old: UUID, new: UUID) -> Plan:
    """Move every live case that can go; gives those that went and those that were held back. Errors as for `plan_move`.

    Open tasks keep their office, due date and terms; what begins afterwards follows the new process.
    """
    plan = plan_move(by=by, at=at, old=old, new=new)
    with everything(WHOLE):
        went = tuple(case for case in plan.movable if _move(case, by=by, at=at, old=old, new=new))
    return Plan(went, plan.held_back)


@transaction.atomic
def _move(case: UUID, *, by: Actor, at: datetime, old: UUID, new: UUID) -> bool:
    """One case, looked at again under its lock."""
    held = Case.objects.select_for_update().filter(id=case, edition_id=old, closed_at=None).first()
    if held is None or _obstacles(held, old, new):
        return False
    held.edition_id = new
    held.save(update_fields=["edition_id"])
    publish(CaseMoved(old=old, new=new), of=held, by=by, at=at, centre=held.centre_id)
    transaction.on_commit(poke)
    return True


def _allowed(by: Actor, old: UUID, new: UUID) -> None:
    before, after = service_version(old), service_version(new)
    require(by, MOVE, at=before.authority)
    if before.id != after.id or old == new:
        raise EditionsDiffer(field="edition")


def _live(edition: UUID) -> Iterator[Case]:
    live = Case.objects.filter(edition_id=edition, closed_at=None, number__isnull=False)
    return live.order_by("received_at", "id").iterator(chunk_size=500)


def _obstacles(case: Case, old: UUID, new: UUID) -> tuple[Obstacle, ...]:
    events: dict[UUID, list[str]] = {}
    for rows in (case.timers, case.waits):
        for token, node in rows.filter(state="waiting").values_list("token", "node"):
            events.setdefault(token, []).append(node)
    places = [Standing(row.node, row.mark, events.get(row.id, ())) for row in case.tokens.all()]
    return obstacles(process_of(old), process_of(new), places)
