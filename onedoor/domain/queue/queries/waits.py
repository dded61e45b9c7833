"""How many wait before somebody."""

from django.db.models import Q

from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.rules import Status
from onedoor.kernel.scope import open_scope


def people_ahead(of: Ticket) -> int:
    """How many wait before this ticket; 0 when it no longer waits."""
    if of.status != Status.WAITING:
        return 0
    with open_scope(centre=[of.centre_id]):
        return (
            Ticket.objects.filter(centre_id=of.centre_id, day=of.day, status=Status.WAITING)
            .filter(Q(place__lt=of.place) | Q(place=of.place, id__lt=of.id))
            .count()
        )
