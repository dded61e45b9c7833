"""A day of a centre: what was taken, by service and officer, and its drawers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments.models import Day, Receipt, Session, Standing, Transfer, standings
from onedoor.domain.payments.permissions import READ
from onedoor.domain.payments.queries.drawers import OURS
from onedoor.domain.payments.queries.receipts import waived_fee
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one officer took for one service on one day; voided ones are taken off. Incidental charges alone have no service."""

    service: UUID | None
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
    transfers: tuple[Transfer, ...] = ()

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

    def moved(self, way: str) -> int:
        """What went to the safe, or came from it, during the day."""
        return sum(each.amount for each in self.transfers if each.state == "done" and each.way == way)

    @property
    def open_sessions(self) -> int:
        """Drawers that nobody has closed."""
        return sum(session.state == "open" for session in self.sessions)


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
    tally: dict[tuple[UUID | None, UUID], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with everything(OURS):
        for held in Receipt.objects.filter(centre_id=centre, day=day):
            _add(tally[held.service, held.officer], held)
        for held in Receipt.objects.filter(centre_id=centre, voided_at__gte=span[0], voided_at__lt=span[1]):
            _take_off(tally[held.service, held.officer], held)
        sessions = tuple(Session.objects.filter(centre_id=centre, day=day).order_by("opened_at"))
        transfers = tuple(Transfer.objects.filter(centre_id=centre, day=day).order_by("asked_at"))
        closed = Day.objects.filter(centre_id=centre, day=day).first()
    rows = tuple(
        Row(service=service, officer=officer, **counts)
        for (service, officer), counts in sorted(tally.items(), key=lambda pair: str(pair[0]))
    )
    return DaySummary(
        centre=centre, day=day, rows=rows, sessions=sessions, closed=closed, transfers=transfers
    )


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
