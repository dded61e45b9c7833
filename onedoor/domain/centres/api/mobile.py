"""Mobile units: what other contexts and the doors may use."""

from onedoor.domain.centres.actions.mobile import (
    announce_stop,
    ask_for_stop,
    cancel_stop,
    open_stop,
    report_stop,
    save_stop,
)
from onedoor.domain.centres.errors import (
    RequestIsWrong,
    StopIsSettled,
    StopIsWrong,
    TooManyRequests,
    UnknownStop,
)
from onedoor.domain.centres.events import (
    StopAnnounced,
    StopCancelled,
    StopMoved,
    StopReported,
    StopRequested,
)
from onedoor.domain.centres.permissions import (
    TRAVEL,
)
from onedoor.domain.centres.queries import (
    stops_of,
)
from onedoor.domain.centres.queries.mobile import (
    askers_of,
    demand,
    mobile_units,
    near_stops,
    stop,
    stop_instead,
    stop_is_full,
    stop_on,
    stops,
    where_next,
)
from onedoor.domain.centres.rules import (
    StopHours,
)
from onedoor.domain.centres.rules.mobile import (
    Demand,
    Proposal,
    ReportView,
    StopView,
    stop_of_hour,
)

__all__ = [
    "Demand",
    "Proposal",
    "ReportView",
    "RequestIsWrong",
    "StopAnnounced",
    "StopCancelled",
    "StopMoved",
    "StopHours",
    "StopIsSettled",
    "StopIsWrong",
    "StopReported",
    "StopRequested",
    "StopView",
    "TRAVEL",
    "TooManyRequests",
    "UnknownStop",
    "announce_stop",
    "ask_for_stop",
    "askers_of",
    "cancel_stop",
    "demand",
    "mobile_units",
    "near_stops",
    "open_stop",
    "report_stop",
    "save_stop",
    "stop",
    "stop_instead",
    "stop_is_full",
    "stop_of_hour",
    "stop_on",
    "stops",
    "stops_of",
    "where_next",
]
