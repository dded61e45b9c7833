"""What a trace means as a case: when it began, when it was due, whether it is over, what was done when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onedoor.domain.cases.api import LoggedEvent, LoggedTrace
from onedoor.kernel.crypto import keyring
from onedoor.tools.xes.faults import Left
from onedoor.tools.xes.reader import Header, Trace
from onedoor.tools.xes.values import instant, later

ACTIVITY, INSTANT, RESOURCE, LIFECYCLE = (
    "concept:name",
    "time:timestamp",
    "org:resource",
    "lifecycle:transition",
)
GOING_ON = frozenset(("schedule", "assign", "reassign", "start", "suspend", "resume", "unknown"))
LONGEST_NAME, LONGEST_ACTIVITY = 200, 2_000


@dataclass(frozen=True)
class Keys:
    """Which attributes of a trace say when it began, when it ended and by when it was due; the first that is there."""

    began: tuple[str, ...] = ("startdate", "case:startdate")
    ended: tuple[str, ...] = ("enddate", "case:enddate")
    due: tuple[str, ...] = ("deadline", "case:deadline")


def understood(
    trace: Trace, header: Header, *, keys: Keys, now: datetime, pseudonyms: bool
) -> LoggedTrace | Left:
    """The trace as a case, or why it is left out."""
    name = trace.said(ACTIVITY) or f"no. {trace.place}"

    def left(reason: str) -> Left:
        return Left(trace.line, name[:80], reason)

    if len(name) > LONGEST_NAME:
        return left(f"its name is longer than {LONGEST_NAME} signs")
    if not trace.events:
        return left("it has no events")
    if pseudonyms:
        _rename(trace)
    events = []
    for number, attributes in enumerate(trace.events, start=1):
        said = {one[1]: str(one[2]) for one in attributes}
        if not said.get(ACTIVITY) or len(said[ACTIVITY]) > LONGEST_ACTIVITY:
            return left(f"event {number} has no activity ({ACTIVITY}), or one that is too long")
        if INSTANT not in said or not _is_date(attributes):
            return left(f"event {number} has no instant ({INSTANT})")
        at = instant(said[INSTANT])
        if later(at, now):
            return left(f"event {number} has an instant that has not come yet ({said[INSTANT][:40]})")
        events.append(
            (LoggedEvent(said[ACTIVITY], at, said.get(RESOURCE, "")[:200]), said.get(LIFECYCLE, ""))
        )
    first, last = min(one.at for one, _ in events), max(one.at for one, _ in events)
    told_end = _date(trace, keys.ended)
    if told_end is not None and later(told_end, now):
        return left("its end has not come yet")
    open_still = told_end is None and (header.declares(keys.ended) or events[-1][1].lower() in GOING_ON)
    began = _date(trace, keys.began)
    return LoggedTrace(
        place=trace.place,
        name=name,
        events=[one for one, _ in events],
        began=min(began, first) if began else first,
        deadline=_date(trace, keys.due),
        ended=None if open_still else told_end or last,
        closed=told_end is not None,
        attributes=trace.attributes,
        of_events=trace.events,
    )


def _date(trace: Trace, keys: tuple[str, ...]) -> datetime | None:
    for one in trace.attributes:
        if one[0] == "date" and one[1] in keys:
            return instant(one[2])
    return None


def _is_date(attributes: list[list[Any]]) -> bool:
    return any(one[0] == "date" for one in attributes if one[1] == INSTANT)


def _rename(trace: Trace) -> None:
    """Put a keyed pseudonym, the same for the same name, in the place of every resource."""
    for attributes in (trace.attributes, *trace.events):
        for one in attributes:
            if one[1] in (RESOURCE, "responsible") and one[2]:
                one[2] = f"P-{keyring().mac('replay/resource', one[2].encode()).hex()[:12]}"
