"""The coverage matrix: what each centre offers of each service, what is promised, and where the gaps are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from onedoor.domain.centres.rules import CentreView, Offer
from onedoor.domain.centres.rules.offering import leaving
from onedoor.domain.centres.rules.promises import CommitmentView, standing_of

CellState = Literal["offered", "some", "pilot", "promised", "missed", "gap"]
STATES: tuple[CellState, ...] = ("offered", "some", "pilot", "promised", "missed", "gap")
SERVED: tuple[CellState, ...] = ("offered", "some", "pilot")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A service at a centre on a day.

    Args:
        weekdays: of an offer of some weekdays.
        by: the day by which it was promised, or on which an offer begins.
        ends: the last day of an offer that was withdrawn or has an end; in a gap, when it ended.
    """

    state: CellState
    weekdays: tuple[int, ...] = ()
    capacity: int | None = None
    by: date | None = None
    ends: date | None = None
    demonstration: bool = False

    @property
    def served(self) -> bool:
        """Whether people get the service there, on whatever days."""
        return self.state in SERVED


Promised = tuple[str, date]  # a standing and the due date of a promise


def cell_of(
    offers: Sequence[Offer], service: UUID, *, promises: Iterable[Promised], pilot: bool, on: date
) -> Cell:
    """The cell of a service at a centre.

    Args:
        offers: the centre's offers of this service.
        promises: the standing and due date of each promise of this service there.
    """
    current = [
        one for one in offers if one.valid_from <= on and (one.valid_until is None or on < one.valid_until)
    ]
    if current:
        every = any(not one.weekdays for one in current)
        open_end = any(one.valid_until is None for one in current)
        capacities = [one.capacity for one in current if one.capacity is not None]
        return Cell(
            state="pilot" if pilot else "offered" if every else "some",
            weekdays=() if every else tuple(sorted({day for one in current for day in one.weekdays})),
            capacity=sum(capacities) if len(capacities) == len(current) else None,
            ends=None if open_end else max(one.last_day for one in current if one.last_day),
            demonstration=any(one.demonstration for one in current),
        )
    held = list(promises)
    missed = [due for standing, due in held if standing == "missed"]
    coming = [one.valid_from for one in offers if one.valid_from > on and one.valid_from != one.valid_until]
    coming += [due for standing, due in held if standing == "open"]
    ended = leaving(offers, service, on=on)
    ends = ended.last_day if ended else None
    if missed:
        return Cell(state="missed", by=min(missed), ends=ends)
    return Cell(state="promised", by=min(coming), ends=ends) if coming else Cell(state="gap", ends=ends)


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of some cells are served, in how many a promise was missed, and of how many; kept and missed promises."""

    served: int
    missed: int
    cells: int

    @property
    def percent(self) -> int:
        """Served cells of all, in whole per cent, rounded down so that 100 means all."""
        return self.served * 100 // self.cells if self.cells else 0


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Services × centres on a day. What it leaves out is nowhere in it: ask for fewer services or centres by `narrowed`."""

    on: date
    services: tuple[UUID, ...]
    centres: tuple[UUID, ...]
    cells: Mapping[tuple[UUID, UUID], Cell]

    def cell(self, service: UUID, centre: UUID) -> Cell:
        """One cell."""
        return self.cells[service, centre]

    def share(
        self, *, services: Collection[UUID] | None = None, centres: Collection[UUID] | None = None
    ) -> Share:
        """How much of some services at some centres is served; all of them unless named."""
        found = [
            self.cells[service, centre]
            for service in (self.services if services is None else services)
            for centre in (self.centres if centres is None else centres)
        ]
        return Share(
            served=sum(one.served for one in found),
            missed=sum(one.state == "missed" for one in found),
            cells=len(found),
        )

    def counts(self) -> dict[CellState, int]:
        """How many cells are in each state, all states named."""
        states = [one.state for one in self.cells.values()]
        return {state: states.count(state) for state in STATES}


def cover(
    services: Sequence[UUID],
    centres: Sequence[CentreView],
    commitments: Iterable[CommitmentView],
    *,
    pilots: Mapping[UUID, Collection[UUID]],
    on: date,
) -> Coverage:
    """The matrix of these services and centres.

    Args:
        pilots: the centres at which a service is tried; a service that is not in it is not on trial.
    """
    asked, by_id = set(services), {view.id: view for view in centres}
    offers: dict[tuple[UUID, UUID], list[Offer]] = {}
    for view in centres:
        for offer in view.offers:
            if offer.service in asked:
                offers.setdefault((offer.service, view.id), []).append(offer)
    promised: dict[tuple[UUID, UUID], list[Promised]] = {}
    for commitment in commitments:
        for promise in commitment.promises:
            key = (commitment.service, promise.centre)
            if commitment.service in asked and promise.centre in by_id:
                standing, _since = standing_of(commitment, promise, offers.get(key, ()), on=on)
                promised.setdefault(key, []).append((standing, commitment.due))
    cells = {
        (service, view.id): cell_of(
            offers.get((service, view.id), ()),
            service,
            promises=promised.get((service, view.id), ()),
            pilot=view.id in pilots.get(service, ()),
            on=on,
        )
        for service in services
        for view in centres
    }
    return Coverage(on=on, services=tuple(services), centres=tuple(by_id), cells=cells)
