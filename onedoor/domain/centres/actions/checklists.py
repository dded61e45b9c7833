"""What is checked before a centre opens and after it closes: planned as data, ticked by people, measured by machines."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import CheckIsWrong, ChecklistIsSigned
from onedoor.domain.centres.events import ChecklistKept, ChecklistPlanned
from onedoor.domain.centres.models import CheckEntry, Checklist, ChecklistItem, ChecklistPlan
from onedoor.domain.centres.permissions import COUNTER, MANAGE
from onedoor.domain.centres.queries.checklists import checklist_items, items_of, list_view
from onedoor.domain.centres.rules.checklists import MEASURES, PHASES, Item, ListView, Measured, Phase
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

NOTE = 300


@transaction.atomic
def save_checklist_plan(
    *, by: Actor, at: datetime, unit: UUID, items: Sequence[Item], source: str = ""
) -> None:
    """Set what the centres of a unit check; the same again writes nothing. Errors: Refused, Missing, CheckIsWrong."""
    require(by, MANAGE, at=unit)
    keys = [(one.phase, one.code) for one in items]
    if len(set(keys)) != len(keys) or any(
        one.phase not in PHASES or one.measure not in MEASURES or not one.code or not one.name
        for one in items
    ):
        raise CheckIsWrong(field="items")
    row = ChecklistPlan.objects.select_for_update().filter(unit=unit).first()
    if row is not None and items_of(row) == tuple(items):
        return
    row = row or ChecklistPlan(id=named_id(str(unit), "checklist"), unit_id=unit)
    row.source = source
    row.save()
    row.items.all().delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(plan=row, phase=one.phase, code=one.code, name=dict(one.name), measure=one.measure)
        for one in items
    )
    publish(ChecklistPlanned(unit=unit), of=row, by=by, at=at)


@transaction.atomic
def keep_checklist(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    day: date,
    phase: Phase,
    ticks: Mapping[str, tuple[bool, str]],
    measured: Mapping[str, Measured] | None = None,
    sign: bool = False,
) -> ListView:
    """Write down what was found, and sign the list when it is whole. What was found before stays unless it is told anew.

    Args:
        ticks: by item: whether it is in order, and a note.
        measured: by item: what a machine measured; nobody ticks those.
        sign: say that the list is whole; every item must have been looked at.

    Errors: Refused, Missing, UnknownCentre, CheckIsWrong, ChecklistIsSigned.
    """
    require(by, COUNTER, at=centre)
    place = existing(centre)
    items = {one.code: one for one in checklist_items(centre, phase)}
    _check(items, ticks, day=day, today=at.astimezone(ZoneInfo(place.zone)).date())
    row = Checklist.objects.select_for_update().filter(centre=centre, day=day, phase=phase).first()
    if row is not None and row.signed_at is not None:
        raise ChecklistIsSigned
    row = row or Checklist(
        id=named_id(f"{centre}/{day}/{phase}", "checklist"), centre_id=centre, day=day, phase=phase
    )
    held = {} if row._state.adding else {one.item: one for one in row.entries.all()}
    found = {
        code: CheckEntry(item=code, fine=fine, by=by.id, at=at, note=note.strip())
        for code, (fine, note) in ticks.items()
        if code not in held or (held[code].fine, held[code].note) != (fine, note.strip())
    }
    for code, one in (measured or {}).items():
        if code in items and items[code].measure:
            found[code] = CheckEntry(item=code, fine=one.fine, by=None, at=at, value=one.value[:60])
    if sign and set(items) - set(held) - set(found):
        raise CheckIsWrong(field="sign", reason=_("Something on the list was not looked at yet."))
    if sign:
        row.signed_by_id, row.signed_at = by.id, at
    row.save()
    row.entries.filter(item__in=found).delete()
    for entry in found.values():
        entry.checklist = row
    CheckEntry.objects.bulk_create(found.values())
    publish(ChecklistKept(day=day, phase=phase, signed=sign), of=row, by=by, at=at, centre=centre)
    return list_view(row)


def _check(
    items: Mapping[str, Item], ticks: Mapping[str, tuple[bool, str]], *, day: date, today: date
) -> None:
    if day != today:
        raise CheckIsWrong(field="day", reason=_("Only the list of today is kept."))
    for code, (fine, note) in ticks.items():
        if code not in items:
            raise CheckIsWrong(field=code, reason=_("This is not on the list."))
        if items[code].measure:
            raise CheckIsWrong(field=code, reason=_("This is measured by the machine."))
        if len(note) > NOTE:
            raise CheckIsWrong(field=code, reason=_("A note has at most 300 signs."))
        if not fine and not note.strip():
            raise CheckIsWrong(field=code, reason=_("Say what is not in order."))
