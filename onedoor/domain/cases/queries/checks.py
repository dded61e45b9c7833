"""What the checks of receipts found, for the network's owner and its auditors."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from onedoor.domain.access.api import reach, require
from onedoor.domain.cases.models import FeeCheck, FeeFinding, FeeTally
from onedoor.domain.cases.permissions import CHECK_FEES
from onedoor.domain.cases.rules.fees import STANDINGS
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """A check: when, over what, how far it is, and how many receipts stood how."""

    id: UUID
    at: datetime
    since: date | None
    examined: int
    total: int | None
    done_at: datetime | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """How far it is; None before it has begun. Receipts that are issued meanwhile are looked at, too."""
        return None if self.total is None else min(99, 100 * self.examined // max(1, self.total))


@dataclass(frozen=True, kw_only=True)
class FeeFound:
    """A receipt that is not what its table says, or of which that cannot be told."""

    id: int
    receipt: UUID
    number: str
    centre: UUID
    service: UUID | None
    officer: UUID
    day: date
    standing: str
    why: str
    found: int
    expected: int
    lines: tuple[dict[str, Any], ...]

    @property
    def difference(self) -> int:
        """What was taken more (above 0) or less than the table says."""
        return self.found - self.expected


def fee_checks(*, by: Actor, limit: int = 10) -> list[CheckView]:
    """The newest checks. Errors: Refused."""
    require(by, CHECK_FEES)
    rows = list(FeeCheck.objects.order_by("-at", "-id")[:limit])
    return _views(rows, centre_id__in=reach(by).units)


def fee_check(check: UUID) -> CheckView | None:
    """One check, for whoever began it from the command line."""
    return next(iter(_views(list(FeeCheck.objects.filter(id=check)))), None)


def _views(rows: list[FeeCheck], **about: Any) -> list[CheckView]:
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STANDINGS, 0))
    tallies = FeeTally.objects.filter(check_run__in=rows, **about).values_list("check_run_id", "standing")
    for check, standing, number in tallies.annotate(together=Sum("number")):
        counts[check][standing] = number
    return [
        CheckView(
            id=row.id,
            at=row.at,
            since=row.since,
            examined=row.examined,
            total=row.total,
            done_at=row.done_at,
            counts=counts[row.id],
        )
        for row in rows
    ]


def fee_tallies(
    *, by: Actor, check: UUID, per: str, centre: UUID | None = None, service: UUID | None = None
) -> list[tuple[Any, dict[str, int]]]:
    """How many receipts stood how, by centre, service or month. ``per``: centre_id, service or month. Errors: Refused."""
    require(by, CHECK_FEES)
    rows = FeeTally.objects.filter(check_run_id=check, **_narrowed(by, centre, service))
    found: defaultdict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STANDINGS, 0))
    for key, standing, number in rows.values_list(per, "standing").annotate(together=Sum("number")):
        found[key][standing] = number
    return sorted(found.items(), key=lambda one: (-one[1]["different"], str(one[0])))


def fee_findings(
    *,
    by: Actor,
    check: UUID,
    standing: str = "",
    centre: UUID | None = None,
    service: UUID | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[FeeFound]:
    """What a check found, in the order in which it found it; ``after`` is where the last page ended. Errors: Refused."""
    require(by, CHECK_FEES)
    return _found(check, standing=standing, after=after, limit=limit, **_narrowed(by, centre, service))


def findings_of(check: UUID, *, limit: int = 1_000) -> list[FeeFound]:
    """What a check found, for the command line."""
    return _found(check, standing="", after=None, limit=limit)


def _narrowed(by: Actor, centre: UUID | None, service: UUID | None) -> dict[str, Any]:
    """Centres in the actor's reach, or one of them; one service where it is named."""
    here = reach(by).units
    wanted: dict[str, Any] = {"centre_id__in": here if centre is None else here & {centre}}
    return wanted if service is None else {**wanted, "service": service}


def _found(check: UUID, *, standing: str, after: int | None, limit: int, **about: Any) -> list[FeeFound]:
    rows = FeeFinding.objects.filter(check_run_id=check, **about)
    if standing:
        rows = rows.filter(standing=standing)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [
        FeeFound(
            id=row.id,
            receipt=row.receipt,
            number=row.number,
            centre=row.centre_id,
            service=row.service,
            officer=row.officer,
            day=row.day,
            standing=row.standing,
            why=row.why,
            found=row.found,
            expected=row.expected,
            lines=tuple(row.lines),
        )
        for row in rows.order_by("id")[:limit]
    ]
