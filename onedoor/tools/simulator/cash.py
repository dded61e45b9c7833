"""The drawers of a simulated day: opened with change, fees taken in notes, counted and handed in at the end."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.kernel.errors import DomainError, Missing
from onedoor.kernel.scope import Actor
from onedoor.tools.simulator import people
from onedoor.tools.simulator.staff import NAMED, actor

MISTAKEN, WAIVED = (
    1,
    2,
)  # which small fee of a centre's day is receipted wrongly and voided, and which is waived
SMALL = 100_000
FLOAT = {20_000: 10, 10_000: 20, 5_000: 20, 1_000: 40, 500: 20}


def open_drawer(by: Actor, at: datetime, *, centre: UUID, counter: UUID) -> UUID | None:
    """The officer's drawer at a counter; None where no cash is taken, or the drawer of an earlier day stands open."""
    try:
        notes = {note: FLOAT[note] for note in payments.tariff().notes if note in FLOAT}
        return payments.open_session(by=by, at=at, centre=centre, counter=counter, notes=notes).id
    except DomainError:
        return None


class Cash:
    """The money of a centre's day. Where the pack names its head, one fee is waived, one receipt voided, and the day closed."""

    def __init__(self, centre: centres.CentreView, chance: Random) -> None:
        self.centre, self.chance, self.paid = centre, chance, 0
        self.head = _head_of(centre)

    def pay(self, by: Actor, at: datetime, *, case: UUID) -> int:
        """Pays the fee of a case in notes, mostly with change; gives how many receipts that took."""
        charge = payments.charge_for(case)
        if charge is None or charge.state != "open" or payments.open_session_of(by) is None:
            return 0
        small = self.head is not None and charge.fee <= SMALL
        self.paid += small
        if small and self.paid == WAIVED:
            self._waived(by, at, charge)
            return 1
        receipt = self._taken(by, at, charge)
        if self.head is not None and small and self.paid == MISTAKEN:
            payments.void(by=self.head, at=at, receipt=receipt.id, reason="amount")
            self._taken(by, at, charge)
            return 2
        return 1

    def close(self, at: datetime) -> None:
        """The head closes the day when every drawer is counted."""
        if self.head is not None:
            day = at.astimezone(ZoneInfo(self.centre.zone)).date()
            with suppress(DomainError):
                payments.day_close(by=self.head, at=at, centre=self.centre.id, day=day)

    def _taken(self, by: Actor, at: datetime, charge: payments.Charge) -> payments.Receipt:
        note = self.chance.choice((1_000, 10_000, 50_000))
        tendered = -(-charge.fee // note) * note
        return payments.settle_cash(by=by, at=at, charge=charge.id, tendered=tendered)

    def _waived(self, by: Actor, at: datetime, charge: payments.Charge) -> None:
        assert self.head is not None
        ground = payments.tariff(charge.currency).grounds[0].code
        paper = people.scan(self.chance)
        payments.ask_waiver(by=by, at=at, charge=charge.id, ground=ground, content=paper, name="evidence.png")
        payments.waive(by=self.head, at=at, charge=charge.id)


def _head_of(centre: centres.CentreView) -> Actor | None:
    """The head that the pack names for a centre."""
    try:
        return actor(f"head.{NAMED[centre.code]}") if centre.code in NAMED else None
    except Missing:
        return None


def close_drawer(by: Actor, at: datetime, *, session: UUID) -> None:
    """Counts the drawer; sums that no note makes up are signed as a difference."""
    held, notes = payments.cash_in(by=by, session=session), {}
    for note in sorted(payments.tariff().notes, reverse=True):
        notes[note], held = divmod(held, note)
    reason = "ບໍ່ມີໃບນ້ອຍພໍ" if held else ""
    payments.close_session(by=by, at=at, session=session, notes=notes, reason=reason, signed=bool(held))
