"""When a timer runs out: a duration, a date, or a cycle; ISO 8601, or an expression that reads a date of the case."""

import re
from datetime import date, datetime
from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.model import Moment
from onedoor.domain.catalogue.rules.process.reader import BPMN, Element

_CYCLE = re.compile(r"^R(?P<times>\d{0,4})/(?P<term>P[^/]{1,40})$")
WRITTEN = ("timeDuration", "timeDate", "timeCycle")


def timer_of(element: Element, definition: Element, build: Build, *, whole: bool = True) -> dict[str, Any]:
    """The term, the date or the cycle of a timer.

    Args:
        whole: whether the office calendar counts days; of a start it only moves its day to the next working day.
    """
    said = [child for child in definition.children if child.space == BPMN and child.name in WRITTEN]
    if len(said) != 1:
        build.fault(element, "the timer needs exactly one of timeDuration, timeDate and timeCycle")
        return {}
    text = said[0].text.strip()
    if said[0].name == "timeDuration":
        return {"timer": build.term(element, text)}
    if said[0].name == "timeDate":
        return {"moment": _moment(element, text, build)}
    found = _CYCLE.match(text)
    if found is None:
        build.fault(element, f"“{text[:40]}” is not a cycle such as R3/P7D or R/P1D")
        return {}
    times = int(found["times"]) if found["times"] else 0
    if found["times"] and times < 1:
        build.fault(element, "a cycle that never happens")
    return {"timer": build.term(element, found["term"], whole=whole), "again": times - 1}


def _moment(element: Element, text: str, build: Build) -> Moment | None:
    """A date, an instant with its offset, or an expression such as ``form.wedding_day``."""
    if text[:1].isdigit():
        try:
            if len(text) <= 10:
                return Moment(fixed=date.fromisoformat(text))
            found = datetime.fromisoformat(text)
        except ValueError:
            build.fault(element, f"“{text[:40]}” is not an ISO 8601 date")
            return None
        if found.tzinfo is None:
            build.fault(element, "an instant needs its offset, such as 2026-12-02T08:00:00+07:00")
        return Moment(fixed=found)
    read = build.expression(element, text, "date")
    return Moment(read=read) if read else None
