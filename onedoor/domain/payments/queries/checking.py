"""Receipts as they are, and the charges that they are over: for whoever explains a fee or checks receipts against the tables."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments.models import Charge, Receipt
from onedoor.domain.payments.rules import local
from onedoor.kernel.scope import everything

OURS = "the context of the subject has asked for its permission"


@lru_cache(maxsize=1024)
def _zone(centre: UUID) -> str:
    """The zone of a centre, which does not move."""
    return centre_of(centre).zone


@dataclass(frozen=True, kw_only=True)
class Charged:
    """All that was charged for a subject and not taken back, in order, and the day whose table holds."""

    charges: tuple[Charge, ...]
    fixed_on: date


def charged(subjects: Collection[UUID]) -> dict[UUID, Charged]:
    """What was charged for subjects, by subject; those that nothing is charged for are left out. One statement."""
    found: defaultdict[UUID, list[Charge]] = defaultdict(list)
    with everything(OURS):
        rows = Charge.objects.filter(subject__in=list(subjects)).exclude(state="cancelled")
        for row in rows.order_by("made_at", "id"):
            found[row.subject].append(row)
    return {
        subject: Charged(charges=tuple(rows), fixed_on=local(rows[0].made_at, _zone(rows[0].centre_id)))
        for subject, rows in found.items()
    }


def receipts_behind(after: UUID | None, *, since: date | None, limit: int) -> list[Receipt]:
    """The next receipts of the country in the order of their ids; of a day on when ``since`` is named. One statement."""
    with everything(OURS):
        rows = Receipt.objects.all() if since is None else Receipt.objects.filter(day__gte=since)
        return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def receipts_counted(*, since: date | None) -> int:
    """How many receipts the country has, from a day on when it is named. One statement over all of them."""
    with everything(OURS):
        rows = Receipt.objects.all() if since is None else Receipt.objects.filter(day__gte=since)
        return rows.count()


def last_receipts(subjects: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest valid receipt of each subject, by its id. One statement."""
    with everything(OURS):
        rows = Receipt.objects.filter(subject__in=list(subjects), state="valid")
        newest = rows.order_by("subject", "-issued_at", "-id").distinct("subject")
        return dict(newest.values_list("subject", "id"))
