"""Pages of rows, the newest first."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from onedoor.domain.payments.models import Charge, Receipt

Kept = TypeVar("Kept", Charge, Receipt)


def newest(rows: QuerySet[Kept], instant: str, after: tuple[datetime, UUID] | None, limit: int) -> list[Kept]:
    """A page of rows by an instant and id, the newest first, behind where the last page ended."""
    if after is not None:
        at, last = after
        rows = rows.filter(Q(**{f"{instant}__lt": at}) | Q(**{instant: at, "id__lt": last}))
    return list(rows.order_by(f"-{instant}", "-id")[:limit])
