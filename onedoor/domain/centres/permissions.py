"""What one may be permitted to do with centres."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import may, permission, require
from onedoor.domain.catalogue.api import service_by_id
from onedoor.kernel.scope import Actor

MANAGE = permission("centres.manage", "Set up a centre: its hours, counters, space and staff")
OFFER = permission("centres.offer", "Say where a service is offered: offer, withdraw, promise")
COUNTER = permission("centres.counter", "Open and close a counter")
STAFF = permission("centres.staff", _("Plan shifts, skills and the roster of a centre"))
GREET = permission("centres.greet", _("Help people at the door of a centre"))
TRAVEL = permission("centres.travel", _("Plan, announce and cancel the stops of a mobile unit"))
CALENDAR = permission("centres.calendar", "Declare holidays and office hours")


def may_offer(by: Actor, *, authority: UUID, centre: UUID) -> bool:
    """Whether ``by`` may say that a service of an authority is offered at a centre."""
    return may(by, OFFER, at=authority) or may(by, OFFER, at=centre)


def require_offering(by: Actor, *, service: UUID, centres: Sequence[UUID]) -> UUID:
    """The authority that answers for a service, if ``by`` may say for it, or for all these centres, where it is offered.

    Errors: UnknownService, Refused, Missing.
    """
    authority = service_by_id(service).authority
    if not may(by, OFFER, at=authority):
        for centre in centres:
            require(by, OFFER, at=centre)
        if not centres:
            require(by, OFFER)
    return authority
