"""How the cases of an edition that is tried out went, beside those of the others in the same time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from onedoor.domain.access.api import require
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.cases.rules.pilots import Lived, Side, side
from onedoor.domain.catalogue.api import service_version
from onedoor.kernel.scope import Actor, everything

READ = "catalogue.read"
MOST = 20_000
RETURNS, REFUSALS = ("return", "ask", "correct"), ("refuse", "refused")
WHY = "the permission is asked at the authority whose service this is; only figures are given"


def beside_others(
    by: Actor, *, edition: UUID, since: datetime, until: datetime, centres: Collection[UUID] = ()
) -> tuple[Side, Side]:
    """Two groups of cases that were received in this time: those of an edition, and all others of its service.

    Args:
        centres: only cases of the edition from these (none: from all).
    Errors: UnknownService, Refused.
    """
    service = service_version(edition)
    require(by, READ, at=service.authority)
    own: list[Lived] = []
    others: list[Lived] = []
    with everything(WHY):
        rows = Case.objects.filter(
            service_id=service.id, number__isnull=False, received_at__gte=since, received_at__lt=until
        ).exclude(status="withdrawn")
        ended = Task.objects.filter(case=OuterRef("pk"), state="done")
        found = rows.annotate(
            returned=Exists(ended.filter(outcome__in=RETURNS)),
            refused=Exists(ended.filter(outcome__in=REFUSALS)),
        ).order_by("-received_at")
        names = ("edition_id", "centre_id", "received_at", "closed_at", "refused", "returned")
        for edition_id, centre, came, closed, refused, returned in found.values_list(*names)[:MOST]:
            lived = Lived(received_at=came, answered_at=closed, refused=refused, returned=returned)
            if edition_id == edition and (not centres or centre in centres):
                own.append(lived)
            elif edition_id != edition:
                others.append(lived)
    return side(own), side(others)
