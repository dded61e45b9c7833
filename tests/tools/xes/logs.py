"""Small event logs of our own, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<global scope="trace"><string key="concept:name" value="?"/><date key="enddate" value="1970-01-01T00:00:00Z"/></global>
\t<global scope="event"><string key="concept:name" value="?"/></global>
\t<classifier name="Activity" keys="concept:name"/>
\t<string key="concept:name" value="Permits &amp; “more”"/>
\t<int key="cases" value="3"><string key="inner" value="ໃບ"/></int>
"""
TAIL = "</log>\n"


def event(activity: str, at: str, resource: str = "R1", more: str = "") -> str:
    """An event."""
    return (
        f'<event><string key="concept:name" value="{activity}"/><date key="time:timestamp" value="{at}"/>'
        f'<string key="org:resource" value="{resource}"/><string key="lifecycle:transition" value="complete"/>{more}</event>\n'
    )


def trace(name: str, *events: str, more: str = "") -> str:
    """A trace."""
    return f'<trace><string key="concept:name" value="{name}"/>{more}{"".join(events)}</trace>\n'


def ended(began: str, end: str | None, deadline: str) -> str:
    """When a trace began, ended (None: it is open) and was due."""
    end_line = f'<date key="enddate" value="{end}"/>' if end else ""
    return f'<date key="startdate" value="{began}"/>{end_line}<date key="deadline" value="{deadline}"/>'


def three() -> list[str]:
    """A finished case on time, one that was late and went round in a circle, and an open one."""
    return [
        trace(
            "A-1",
            event("receive", "2012-01-02T09:00:00.500+07:00"),
            event("check", "2012-01-02T11:00:00+07:00", "R2", '<boolean key="ok" value="true"/>'),
            more=ended("2012-01-02T08:00:00+07:00", "2012-01-04T08:00:00+07:00", "2012-01-10T00:00:00+07:00"),
        ),
        trace(
            "A-2",
            event("receive", "2012-01-03T09:00:00+07:00"),
            event("check", "2012-01-03T10:00:00+07:00"),
            event("receive", "2012-01-05T10:00:00+07:00"),
            event("check", "2012-01-06T10:00:00Z", "R2"),
            more=ended("2012-01-03T09:00:00+07:00", "2012-01-13T09:00:00+07:00", "2012-01-10T00:00:00+07:00"),
        ),
        trace(
            "A-3",
            event("receive", "2012-01-04T09:00:00+07:00"),
            more=ended("2012-01-04T08:00:00+07:00", None, "2012-01-05T00:00:00+07:00"),
        ),
    ]


def log(traces: Sequence[str] | None = None, head: str = HEAD) -> str:
    """A whole log."""
    return head + "".join(three() if traces is None else traces) + TAIL


def written(folder: Path, text: str | bytes, name: str = "log.xes") -> Path:
    """The file that holds it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
