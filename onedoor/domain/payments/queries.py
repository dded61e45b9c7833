"""What can be asked about money. The tariff is open to everybody; a receipt to whoever has its number and code."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hmac import compare_digest
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import (
    Charge,
    Day,
    Receipt,
    Session,
    Standing,
    Tariff,
    drawer_holds,
    standings,
)
from onedoor.domain.payments.permissions import APPROVE, READ, TAKE
from onedoor.domain.payments.rules import (
    Ground,
    Item,
    Paid,
    Sum,
    TariffView,
    add_up,
    code_of,
    hash_code,
    in_notes,
    take,
    whole,
)
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import Actor, everything

Kept = TypeVar("Kept", Charge, Receipt)
OURS = "the permission was asked at the row's own centre"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one officer took for one service on one day; voided ones are taken off."""

    service: UUID
    officer: UUID
    receipts: int = 0
    voided: int = 0
    waived: int = 0
    fee: int = 0
    incidental: int = 0
    waived_fee: int = 0

    @property
    def total(self) -> int:
        """What remains of the money."""
        return self.fee + self.incidental


@dataclass(frozen=True, kw_only=True)
class DaySummary:
    """A day of a centre: what was taken, by service and officer, and the drawers."""

    centre: UUID
    day: date
    rows: tuple[Row, ...]
    sessions: tuple[Session, ...]
    closed: Day | None

    @property
    def fee(self) -> int:
        """State fees."""
        return sum(row.fee for row in self.rows)

    @property
    def incidental(self) -> int:
        """Incidental charges."""
        return sum(row.incidental for row in self.rows)

    @property
    def total(self) -> int:
        """What was taken, less what went back."""
        return self.fee + self.incidental

    @property
    def receipts(self) -> int:
        """How many receipts were written, voided and waived ones too."""
        return sum(row.receipts for row in self.rows)

    @property
    def difference(self) -> int:
        """Over or short of all closed drawers."""
        return sum(session.difference for session in self.sessions)

    @property
    def open_sessions(self) -> int:
        """Drawers that nobody has closed."""
        return sum(session.state == "open" for session in self.sessions)


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


def open_session_of(by: Actor) -> Session | None:
    """The drawer that an officer has open, at whichever counter."""
    with everything("one's own drawer"):
        return Session.objects.filter(officer=by.id, state="open").first()


def session_at(*, by: Actor, centre: UUID, counter: UUID) -> Session | None:
    """The drawer that is open at a counter, whoever opened it."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        return Session.objects.filter(centre_id=centre, counter=counter, state="open").first()


def session_of(*, by: Actor, session: UUID) -> Session:
    """A drawer of one's own, or of one's centre for the head. Raises NoSuchSession."""
    with everything(OURS):
        held = Session.objects.filter(id=session).first()
    if held is None:
        raise errors.NoSuchSession
    require(by, TAKE if held.officer == by.id else APPROVE, at=held.centre_id)
    return held


def cash_in(*, by: Actor, session: UUID) -> int:
    """What a drawer should hold now. Raises NoSuchSession."""
    held = session_of(by=by, session=session)
    return drawer_holds(held.id, centre=held.centre_id)


def left_open(*, by: Actor, centre: UUID, at: datetime) -> list[Session]:
    """Drawers of a centre that were left open on an earlier day, the oldest first."""
    require(by, TAKE, at=centre)
    today = at.astimezone(ZoneInfo(centre_of(centre).zone)).date()
    with everything(OURS):
        return list(Session.objects.filter(centre_id=centre, state="open", day__lt=today).order_by("day"))


def charge_of(*, by: Actor, charge: UUID) -> Charge:
    """A charge at one's centre. Raises NoSuchCharge."""
    with everything(OURS):
        held = Charge.objects.filter(id=charge).first()
    if held is None:
        raise errors.NoSuchCharge
    require(by, TAKE, at=held.centre_id)
    return held


def charge_for(subject: UUID) -> Charge | None:
    """The newest charge for a subject, for the context that understands it."""
    with everything("the context of the subject has asked for its permission"):
        return Charge.objects.filter(subject=subject).exclude(state="cancelled").order_by("-made_at").first()


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
    known = tariff(held.currency)
    owed_now = add_up(held.lines, items=items, tariff=known)
    if tendered is None:
        return Preview(sum=owed_now, paid=None)
    session = open_session_of(by)
    if session is None or session.centre_id != held.centre_id:
        raise errors.NoOpenSession
    paid = take(
        owed_now.total,
        tendered=whole(tendered, field="tendered"),
        given=None if given is None else whole(given, field="given"),
        drawer=drawer_holds(session.id, centre=held.centre_id),
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
        return _newest(rows, "made_at", after, limit)


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
        return _newest(rows.filter(waiver=state) if state else rows, "asked_at", after, limit)


def waiver_of(*, by: Actor, centre: UUID, charge: UUID) -> Charge:
    """A waiver that was asked for at a centre, by its charge. Raises NoSuchCharge."""
    require(by, READ, at=centre)
    with everything(OURS):
        held = Charge.objects.filter(id=charge, centre_id=centre).exclude(waiver="").first()
    if held is None:
        raise errors.NoSuchCharge
    return held


def receipt_of(*, by: Actor, receipt: UUID) -> Receipt:
    """A receipt of one's centre. Raises NoSuchReceipt."""
    with everything(OURS):
        held = Receipt.objects.filter(id=receipt).first()
    if held is None:
        raise errors.NoSuchReceipt
    require(by, READ, at=held.centre_id)
    return held


def receipt_numbered(*, by: Actor, centre: UUID, number: str) -> Receipt:
    """A receipt of one's centre by its number. Raises NoSuchReceipt."""
    require(by, READ, at=centre)
    with everything(OURS):
        held = Receipt.objects.filter(centre_id=centre, number=number.upper()[:40]).first()
    if held is None:
        raise errors.NoSuchReceipt
    return held


def receipts(
    *,
    by: Actor,
    centre: UUID,
    day: date,
    session: UUID | None = None,
    limit: int = 300,
    after: tuple[datetime, UUID] | None = None,
) -> list[Receipt]:
    """The receipts of a day at a centre, the newest first; of one drawer when it is named.

    Args:
        after: when and which the last page ended with.
    """
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Receipt.objects.filter(centre_id=centre, day=day)
        if session is not None:
            rows = rows.filter(session_id=session)
        return _newest(rows, "issued_at", after, limit)


def owed(*, by: Actor, centre: UUID) -> list[Receipt]:
    """Receipts on which change is still owed, the oldest first."""
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Receipt.objects.filter(
            centre_id=centre, state="valid", change_owed__gt=0, owed_paid_at__isnull=True
        )
        return list(rows.order_by("issued_at")[:200])


def receipt(*, number: str, code: str) -> Receipt:
    """A receipt for whoever has its number and code; nothing tells an unknown number from a wrong code. NoSuchReceipt."""
    with everything("number and code are what prove who asks"):
        held = (
            Receipt.objects.filter(number=number.strip().upper()[:40]).first()
            if "\x00" not in number
            else None
        )
    known = bytes(held.code_hash) if held is not None else bytes(32)
    if not compare_digest(hash_code(code[:60]), known) or held is None:
        raise errors.NoSuchReceipt(field="code")
    return held


def code_for(held: Receipt) -> str:
    """The code of a receipt, for its QR; made again each time, only its hash is kept."""
    return code_of(keyring().mac("payments/receipt", held.id.bytes))


def accounts(*, by: Actor, centre: UUID, day: date | None = None) -> list[Standing]:
    """The sum of every account of a centre, of all time or of one day."""
    require(by, READ, at=centre)
    return standings(centre=centre, day=day)


def days(*, by: Actor, centre: UUID, limit: int = 100, before: date | None = None) -> list[Day]:
    """The closed days of a centre, the newest first; ``before`` is the day that the last page ended with."""
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Day.objects.filter(centre_id=centre)
        return list((rows.filter(day__lt=before) if before else rows).order_by("-day")[:limit])


def day_of(*, by: Actor, centre: UUID, day: date) -> DaySummary:
    """What a centre took on a day, by service and officer, and its drawers."""
    require(by, READ, at=centre)
    return summary(centre=centre, day=day)


def summary(*, centre: UUID, day: date) -> DaySummary:
    """As `day_of`, for callers that have asked for the permission."""
    zone = ZoneInfo(centre_of(centre).zone)
    begins = datetime.combine(day, time(), zone)
    span = (begins, begins + timedelta(days=1))
    tally: dict[tuple[UUID, UUID], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with everything(OURS):
        for held in Receipt.objects.filter(centre_id=centre, day=day):
            _add(tally[held.service, held.officer], held)
        for held in Receipt.objects.filter(centre_id=centre, voided_at__gte=span[0], voided_at__lt=span[1]):
            _take_off(tally[held.service, held.officer], held)
        sessions = tuple(Session.objects.filter(centre_id=centre, day=day).order_by("opened_at"))
        closed = Day.objects.filter(centre_id=centre, day=day).first()
    rows = tuple(
        Row(service=service, officer=officer, **counts)
        for (service, officer), counts in sorted(tally.items(), key=lambda pair: str(pair[0]))
    )
    return DaySummary(centre=centre, day=day, rows=rows, sessions=sessions, closed=closed)


def waived_fee(held: Receipt) -> int:
    """The fee that a receipt over nothing stands for."""
    return sum(-int(line["amount"]) for line in held.lines if line["kind"] == "waived")


def _add(tally: dict[str, Any], held: Receipt) -> None:
    tally["receipts"] += 1
    tally["fee"] += held.fee
    tally["incidental"] += held.incidental
    if held.kind == "waived":
        tally["waived"] += 1
        tally["waived_fee"] += waived_fee(held)


def _take_off(tally: dict[str, Any], held: Receipt) -> None:
    tally["voided"] += 1
    tally["fee"] -= held.fee
    tally["incidental"] -= held.incidental
    if held.kind == "waived":
        tally["waived_fee"] -= waived_fee(held)


def _newest(
    rows: QuerySet[Kept], instant: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[Kept]:
    """A page of rows by an instant and id, the newest first, behind where the last page ended."""
    if after is not None:
        at, last = after
        rows = rows.filter(Q(**{f"{instant}__lt": at}) | Q(**{instant: at, "id__lt": last}))
    return list(rows.order_by(f"-{instant}", "-id")[:limit])
