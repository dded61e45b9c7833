"""The drawers of a simulated day: opened with change, fees taken in notes, counted and handed in at the end."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from onedoor.domain.payments import api as payments
from onedoor.kernel.errors import DomainError
from onedoor.kernel.scope import Actor

FLOAT = {20_000: 10, 10_000: 20, 5_000: 20, 1_000: 40, 500: 20}


def open_drawer(by: Actor, at: datetime, *, centre: UUID, counter: UUID) -> UUID | None:
    """The officer's drawer at a counter; None where no cash is taken, or the drawer of an earlier day stands open."""
    try:
        notes = {note: FLOAT[note] for note in payments.tariff().notes if note in FLOAT}
        return payments.open_session(by=by, at=at, centre=centre, counter=counter, notes=notes).id
    except DomainError:
        return None


def pay(by: Actor, at: datetime, *, case: UUID, chance: Random) -> bool:
    """Pays the fee of a case in notes, mostly with change; False when there is nothing to pay, or no drawer."""
    charge = payments.charge_for(case)
    if charge is None or charge.state != "open" or payments.open_session_of(by) is None:
        return False
    note = chance.choice((1_000, 10_000, 50_000))
    tendered = -(-charge.fee // note) * note
    payments.settle_cash(by=by, at=at, charge=charge.id, tendered=tendered)
    return True


def close_drawer(by: Actor, at: datetime, *, session: UUID) -> None:
    """Counts the drawer; sums that no note makes up are signed as a difference."""
    held, notes = payments.cash_in(by=by, session=session), {}
    for note in sorted(payments.tariff().notes, reverse=True):
        notes[note], held = divmod(held, note)
    reason = "ບໍ່ມີໃບນ້ອຍພໍ" if held else ""
    payments.close_session(by=by, at=at, session=session, notes=notes, reason=reason, signed=bool(held))
