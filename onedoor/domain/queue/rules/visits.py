"""A visit of several people or services: what a list of errands may be, and where a late person stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import ErrandHasBegun, ErrandIsThere, ErrandIsWrong, TicketIsWrong
from onedoor.domain.queue.rules.coming import MOST_PEOPLE

MOST_ERRANDS = 20
"""Of one visit: a family of ten with two services each."""
LABEL_SIGNS = 60
KEPT_FOR = timedelta(minutes=15)
"""Who was called, did not come, and comes within this time of the call keeps the place."""


class ErrandState(StrEnum):
    """Where an errand stands: asked for, its application opened, received, or taken back before it began."""

    ASKED = "asked"
    OPENED = "opened"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One service for one person of a visit; ``label`` is how the officer tells the people apart."""

    service: UUID
    person: int = 1
    label: str = ""


def errands_of(wanted: Sequence[Wanted], *, there: Collection[tuple[int, UUID]] = ()) -> tuple[Wanted, ...]:
    """The errands, checked, with their labels as they are kept.

    Args:
        there: person and service of the errands that the visit has already.

    Raises:
        ErrandIsWrong: none or too many, a person out of range, a label that cannot be. ErrandIsThere: one twice.
    """
    if not wanted:
        raise ErrandIsWrong(field="service", reason=_("Say at least one service."))
    if len(wanted) + len(there) > MOST_ERRANDS:
        reason = _("One visit is for at most %(most)s services.") % {"most": MOST_ERRANDS}
        raise ErrandIsWrong(field="service", reason=reason)
    seen, kept = set(there), []
    for each in wanted:
        if not 1 <= each.person <= MOST_PEOPLE:
            reason = _("A ticket is for 1 to %(most)s people.") % {"most": MOST_PEOPLE}
            raise ErrandIsWrong(field="person", reason=reason)
        if (each.person, each.service) in seen:
            raise ErrandIsThere(field="service")
        seen.add((each.person, each.service))
        kept.append(Wanted(service=each.service, person=each.person, label=plain_label(each.label)))
    return tuple(kept)


def everybody(services: Iterable[UUID], *, people: int) -> tuple[Wanted, ...]:
    """Each of these services for each of so many people, person by person."""
    chosen = tuple(services)
    return tuple(
        Wanted(service=service, person=person) for person in range(1, people + 1) for service in chosen
    )


def refuse_people(people: int) -> None:
    """A ticket is for at least one person, and for a stated number at most.

    Raises:
        TicketIsWrong: nobody, or too many.
    """
    if not 1 <= people <= MOST_PEOPLE:
        reason = _("A ticket is for 1 to %(most)s people.") % {"most": MOST_PEOPLE}
        raise TicketIsWrong(field="people", reason=reason)


def plain_label(label: str) -> str:
    """How a person is called on the desk's list: trimmed, single spaces.

    Raises:
        ErrandIsWrong: too long, or with control signs.
    """
    kept = " ".join(label.split())
    if len(kept) > LABEL_SIGNS or not (kept.isprintable() or not kept):
        reason = _("At most %(most)s signs, on one line.") % {"most": LABEL_SIGNS}
        raise ErrandIsWrong(field="label", reason=reason)
    return kept


def may_drop(state: str, *, others: int) -> None:
    """An errand is taken back only before its application was opened, and never the last one of a visit.

    Raises:
        ErrandHasBegun: an application stands behind it. ErrandIsWrong: it is the only one.
    """
    if state != ErrandState.ASKED:
        raise ErrandHasBegun
    if not others:
        reason = _("It is the only one of this visit. End the ticket instead.")
        raise ErrandIsWrong(field="errand", reason=reason)


def place_after_missing(
    *, place: datetime, issued_at: datetime, called_at: datetime | None, at: datetime
) -> datetime:
    """Where somebody stands who was called, did not come, and comes now.

    Within fifteen minutes of the call the place is kept. Later it is that of somebody who comes now, with the same head
    start as before: those who waited meanwhile go first.
    """
    if called_at is None or at - called_at <= KEPT_FOR:
        return place
    return max(place, at - max(issued_at - place, timedelta(0)))
