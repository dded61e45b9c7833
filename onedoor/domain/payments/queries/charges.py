"""What is owed and what may be charged. The tariff is open to everybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum as Sum_

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Charge, Receipt, Tariff, drawer_holds
from onedoor.domain.payments.permissions import READ, TAKE
from onedoor.domain.payments.queries.drawers import OURS, open_session_of
from onedoor.domain.payments.queries.paging import newest
from onedoor.domain.payments.rules import (
    Ground,
    Item,
    Paid,
    Sum,
    TariffView,
    add_up,
    in_notes,
    statement,
    take,
    whole,
)
from onedoor.kernel.scope import Actor, everything


def tariff(currency: str = "LAK") -> TariffView:
    """The public tariff of incidental charges, and the notes in use. Raises NoTariff."""
    row = Tariff.objects.filter(currency=currency).order_by("code").first()
    if row is None:
        raise errors.NoTariff
    return TariffView(
        currency=row.currency,
        notes=tuple(sorted(row.notes, reverse=True)),
        items=tuple(Item(**item) for item in row.items),
        grounds=tuple(Ground(**ground) for ground in row.grounds),
        law=row.law,
        source=row.source,
    )


def charge_of(*, by: Actor, charge: UUID) -> Charge:
    """A charge at one's centre. Raises NoSuchCharge."""
    with everything(OURS):
        held = Charge.objects.filter(id=charge).first()
    if held is None:
        raise errors.NoSuchCharge
    require(by, TAKE, at=held.centre_id)
    return held


def fees_of(*, subjects: Collection[UUID]) -> dict[UUID, int]:
    """The fees that were settled for these subjects, in minor units; for the context that understands them."""
    with everything("the context of the subjects has asked for its permission"):
        rows = Charge.objects.filter(subject__in=list(subjects), state="settled").order_by()
        return dict(rows.values_list("subject").annotate(total=Sum_("fee")))


def charge_for(subject: UUID) -> Charge | None:
    """What is owed for a subject, or else its newest charge; for the context that understands it."""
    with everything("the context of the subject has asked for its permission"):
        rows = Charge.objects.filter(subject=subject).exclude(state="cancelled")
        held = list(rows.order_by("-made_at", "-id"))
    return next((each for each in held if each.state == "open"), held[0] if held else None)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A payment before it is taken. Without an amount only the sum is known."""

    sum: Sum
    paid: Paid | None
    notes: tuple[tuple[int, int], ...] = ()


def preview(
    *, by: Actor, charge: UUID, items: Iterable[tuple[str, Any]], tendered: Any = None, given: Any = None
) -> Preview:
    """What would be taken and given back; nothing is written.

    Args:
        items: incidental charges by code. tendered: what the person hands over. given: the change to hand back.
    Errors: NoSuchCharge, Refused, NoOpenSession, and those of amounts as in `settle_cash`.
    """
    held = charge_of(by=by, charge=charge)
    return seen_sum(by, held.centre_id, held.currency, held.lines, items, tendered, given)


def preview_sale(
    *, by: Actor, centre: UUID, items: Iterable[tuple[str, Any]], tendered: Any = None, given: Any = None
) -> Preview:
    """As `preview`, of incidental charges alone; ``centre`` is where one's drawer is open."""
    require(by, TAKE, at=centre)
    return seen_sum(by, centre, tariff().currency, [], items, tendered, given)


def seen_sum(
    by: Actor,
    centre: UUID,
    currency: str,
    fees: list[dict[str, Any]],
    items: Iterable[tuple[str, Any]],
    tendered: Any,
    given: Any,
) -> Preview:
    """The sum of these fees and items, and what would be given back; the caller has asked for the permission."""
    known = tariff(currency)
    owed_now = add_up(fees, items=items, tariff=known)
    if tendered is None:
        return Preview(sum=owed_now, paid=None)
    session = open_session_of(by)
    if session is None or session.centre_id != centre:
        raise errors.NoOpenSession
    paid = take(
        owed_now.total,
        tendered=whole(tendered, field="tendered"),
        given=None if given is None else whole(given, field="given"),
        drawer=drawer_holds(session.id, centre=centre),
        known=known.notes,
    )
    return Preview(sum=owed_now, paid=paid, notes=tuple(in_notes(paid.given, known.notes)[0]))


def due(
    *, by: Actor, centre: UUID, limit: int = 100, after: tuple[datetime, UUID] | None = None
) -> list[Charge]:
    """What is still to be paid at a centre, the newest first; ``after`` is when and which the last page ended with."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        rows = Charge.objects.filter(centre_id=centre, state="open")
        return newest(rows, "made_at", after, limit)


def waivers(*, by: Actor, centre: UUID) -> list[Charge]:
    """Waivers that wait for the second person, the oldest first."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        rows = Charge.objects.filter(centre_id=centre, state="open", waiver="asked")
        return list(rows.order_by("asked_at")[:200])


def waivers_of(
    *, by: Actor, centre: UUID, state: str = "", limit: int = 100, after: tuple[datetime, UUID] | None = None
) -> list[Charge]:
    """The waivers that were asked for at a centre, the newest first; ``state`` is asked, granted or refused, all when empty."""
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Charge.objects.filter(centre_id=centre).exclude(waiver="")
        return newest(rows.filter(waiver=state) if state else rows, "asked_at", after, limit)


def waiver_of(*, by: Actor, centre: UUID, charge: UUID) -> Charge:
    """A waiver that was asked for at a centre, by its charge. Raises NoSuchCharge."""
    require(by, READ, at=centre)
    with everything(OURS):
        held = Charge.objects.filter(id=charge, centre_id=centre).exclude(waiver="").first()
    if held is None:
        raise errors.NoSuchCharge
    return held


def owed_for(subject: UUID) -> int:
    """What is owed for a subject now, for the context that understands it and has locked it.

    Its charges are held until the transaction ends, so that no receipt of them is voided meanwhile.
    """
    with everything("the context of the subject has asked for its permission"):
        rows = Charge.objects.select_for_update(no_key=True).filter(subject=subject)
        held = list(rows.exclude(state="cancelled"))
    return int(sum(each.fee for each in held if each.state == "open"))


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A paid charge whose fee became smaller: its receipt, and line by line what was paid and what it should be."""

    charge: Charge
    receipt: Receipt
    lines: tuple[dict[str, Any], ...]

    @property
    def back(self) -> int:
        """What the person paid too much."""
        return -int(sum(line["amount"] for line in self.lines))


def corrections(*, by: Actor, centre: UUID) -> list[Correction]:
    """What was paid too much because an application was corrected, the oldest first; the second person gives it back."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        rows = Receipt.objects.select_related("charge").filter(
            centre_id=centre, state="valid", charge__state="settled", charge__corrected__isnull=False
        )
        held = list(rows.order_by("issued_at")[:200])
    return [
        Correction(
            charge=one.charge,
            receipt=one,
            lines=tuple(statement(one.charge.lines, one.charge.corrected or [])),
        )
        for one in held
    ]
