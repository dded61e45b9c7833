"""What a visit still owes or is owed."""

from uuid import UUID

from onedoor.domain.queue.models import Obligation
from onedoor.kernel.scope import everything


def open_obligations(*, visit: UUID) -> tuple[Obligation, ...]:
    """What a visit still owes or is owed."""
    with everything("a visit's id is known only to those who serve it"):
        return tuple(Obligation.objects.filter(visit=visit, settled_at__isnull=True).order_by("opened_at"))
