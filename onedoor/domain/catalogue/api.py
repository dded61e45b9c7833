"""The door of the catalogue."""

from onedoor.domain.catalogue.actions import save_life_event, save_service
from onedoor.domain.catalogue.errors import ServiceIsNotComplete, UnknownService
from onedoor.domain.catalogue.events import LifeEventSaved, ServicePublished
from onedoor.domain.catalogue.queries import (
    LifeEventView,
    ServiceHit,
    form_of,
    life_events,
    process_source,
    search,
    service,
    service_by_id,
    service_version,
    services,
    services_by_id,
)
from onedoor.domain.catalogue.rules import (
    DURATION_KINDS,
    FEE_STATES,
    Duration,
    Fee,
    Law,
    Paper,
    ServiceView,
    fee_faults,
)

__all__ = [
    "DURATION_KINDS",
    "FEE_STATES",
    "Duration",
    "Fee",
    "Law",
    "LifeEventSaved",
    "LifeEventView",
    "Paper",
    "ServiceHit",
    "ServiceIsNotComplete",
    "ServicePublished",
    "ServiceView",
    "UnknownService",
    "fee_faults",
    "form_of",
    "life_events",
    "process_source",
    "save_life_event",
    "save_service",
    "search",
    "service",
    "service_by_id",
    "service_version",
    "services",
    "services_by_id",
]
