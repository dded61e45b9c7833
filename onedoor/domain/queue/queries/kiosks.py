"""Which kiosks of a centre need somebody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from onedoor.domain.queue.models import Kiosk
from onedoor.kernel.scope import open_scope

SAID_FOR = timedelta(minutes=15)
"""So long the head reads that a kiosk was stopped."""


def kiosks_in_need(centre: UUID, *, at: datetime) -> list[Kiosk]:
    """Kiosks without paper, and those that were stopped for asking too fast within the last quarter of an hour."""
    with open_scope(centre=[centre]):
        rows = Kiosk.objects.filter(centre_id=centre)
        needy = rows.filter(Q(out_since__isnull=False) | Q(flooded_at__gt=at - SAID_FOR))
        return list(needy.order_by("device"))


def out_of_paper(centre: UUID, *, device: UUID | None = None) -> bool:
    """Whether a kiosk of the centre, or this one, has no paper."""
    with open_scope(centre=[centre]):
        rows = Kiosk.objects.filter(centre_id=centre, out_since__isnull=False)
        return (rows if device is None else rows.filter(device=device)).exists()
