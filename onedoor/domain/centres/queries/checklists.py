"""Reading checklists: the items that hold for a centre, and the lists of its days."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.access.api import ancestors
from onedoor.domain.centres.models import Centre, Checklist, ChecklistPlan
from onedoor.domain.centres.models.looks import database_clock
from onedoor.domain.centres.rules.checklists import (
    Entry,
    Item,
    LinkState,
    ListView,
    Measure,
    Measured,
    Phase,
    clock_measured,
    link_measured,
)
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.inbox.uplink import Uplink, uplink


def checklist_items(unit: UUID, phase: Phase) -> tuple[Item, ...]:
    """What a centre checks: by the plan of its own unit or of the nearest above; nothing without any."""
    path = [unit, *(one.id for one in reversed(ancestors(unit)))]
    plans = {
        row.unit_id: row for row in ChecklistPlan.objects.filter(unit__in=path).prefetch_related("items")
    }
    nearest = next((plans[one] for one in path if one in plans), None)
    return items_of(nearest, phase) if nearest else ()


def checklist(centre: UUID, day: date, phase: Phase) -> ListView | None:
    """The list of a centre's day; None when nobody began it."""
    row = Checklist.objects.filter(centre=centre, day=day, phase=phase).prefetch_related("entries").first()
    return list_view(row) if row else None


def checklists(centres: Iterable[UUID], *, first: date, last: date) -> list[ListView]:
    """The lists of centres from a day to another, the newest first; two statements."""
    rows = Checklist.objects.filter(centre__in=list(centres), day__range=(first, last))
    return [list_view(row) for row in rows.order_by("-day", "phase").prefetch_related("entries")]


def measured_clock(at_seconds: float) -> Measured:
    """This node's clock beside the database's, which is the hub's own where they are one machine.

    Args:
        at_seconds: the node's clock as seconds since 1970.
    """
    return clock_measured(at_seconds - database_clock())


def measured_link(centre: UUID, at: datetime) -> tuple[LinkState, Uplink | None]:
    """How this node stands with the hub that keeps a centre's reference data, and what waits to be sent there."""
    held = uplink()
    ours = Centre.objects.filter(unit=centre, owner=this_node()).exists()
    waiting, since = (held.waiting, held.since) if held else (0, None)
    return link_measured(ours=ours, linked=held is not None, waiting=waiting, since=since, at=at), held


def items_of(plan: ChecklistPlan, phase: str | None = None) -> tuple[Item, ...]:
    """The items of a plan as readers get them."""
    rows = (row for row in plan.items.all() if phase is None or row.phase == phase)
    return tuple(
        Item(phase=_phase(row.phase), code=row.code, name=row.name, measure=_measure(row.measure))
        for row in rows
    )


def list_view(row: Checklist) -> ListView:
    """A list as readers get it."""
    return ListView(
        centre=row.centre_id,
        day=row.day,
        phase=_phase(row.phase),
        entries={
            one.item: Entry(
                item=one.item, fine=one.fine, at=one.at, by=one.by, note=one.note, value=one.value
            )
            for one in row.entries.all()
        },
        signed_by=row.signed_by_id,
        signed_at=row.signed_at,
    )


def _phase(kept: str) -> Phase:
    return "closing" if kept == "closing" else "opening"


def _measure(kept: str) -> Measure:
    return kept if kept in ("float", "link", "clock") else ""  # type: ignore[return-value]  # one of its words
