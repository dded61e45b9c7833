"""`onedoor export --xes`: the cases of a service as an event log, those of a replayed log word for word."""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from uuid import UUID

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.progress import say

if TYPE_CHECKING:
    from onedoor.domain.cases.api import OwnTrace


def export(arguments: argparse.Namespace) -> int:
    """Writes the log; the figures go to the error stream."""
    with database():
        set_up()
        from onedoor.domain.access.api import refresh
        from onedoor.tools.xes.replay import found

        refresh()
        service, centre = found(arguments.service, arguments.centre)
        with _open(arguments.xes) as file:
            traces, events = write(
                file,
                service=service,
                code=arguments.service,
                centre=centre if arguments.centre else None,
            )
    say(f"{traces:,} traces, {events:,} events")
    return 0


def write(file: TextIO, *, service: UUID, code: str, centre: UUID | None) -> tuple[int, int]:
    """Writes the cases of a service; gives how many traces and events. One replayed log alone keeps its own header."""
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.scope import Actor, everything
    from onedoor.tools.xes.writer import document, own_header

    by = Actor.system()
    count = [0, 0]

    def traces() -> Iterator[tuple[list[Any], list[list[Any]]]]:
        for log in logs:
            for _, attributes, events in cases.traces_of(by, log=log.id):
                count[0], count[1] = count[0] + 1, count[1] + len(events)
                yield attributes, events
        for own in cases.own_traces(by, service=service, centre=centre):
            count[0], count[1] = count[0] + 1, count[1] + len(own.steps)
            yield _own(own)

    with everything("a log is written by whoever runs the node"):
        logs = cases.logs_of(by, service=service, centre=centre)
        alone = len(logs) == 1 and next(cases.own_traces(by, service=service, centre=centre), None) is None
        header = logs[0].header if alone else own_header(f"{code}, OneDoor")
        for piece in document(header, traces()):
            file.write(piece)
    return count[0], count[1]


def _own(own: OwnTrace) -> tuple[list[Any], list[list[Any]]]:
    """A case of ours in the words of XES; who did a step is a keyed pseudonym, never a login."""
    from onedoor.kernel.crypto import keyring

    attributes = [["string", "concept:name", own.number], ["string", "status", own.status]]
    attributes += [["date", "startdate", _instant(own.received_at)]] if own.received_at else []
    attributes += [["date", "deadline", _instant(own.due_at)]] if own.due_at else []
    attributes += [["date", "enddate", _instant(own.closed_at)]] if own.closed_at else []
    events = []
    for activity, group, who, at, outcome in own.steps:
        event = [["string", "concept:name", activity], ["date", "time:timestamp", _instant(at)]]
        event += [["string", "lifecycle:transition", "complete"], ["string", "org:group", group]]
        if who:
            event += [["string", "org:resource", f"P-{keyring().mac('replay/own', who.bytes).hex()[:12]}"]]
        event += [["string", "outcome", outcome]] if outcome else []
        events.append(event)
    return attributes, events


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


@contextlib.contextmanager
def _open(where: str) -> Iterator[TextIO]:
    """The file that was asked for, whole or not at all; the output where none was named."""
    if where == "-":
        yield sys.stdout
        return
    path = Path(where)
    draft = path.with_name(f"{path.name}.new")
    try:
        if path.name.endswith(".gz"):
            with gzip.open(draft, "wt", encoding="utf-8", newline="\n") as file:
                yield file
        else:
            with draft.open("w", encoding="utf-8", newline="\n") as plain:
                yield plain
        os.replace(draft, path)
    except OSError as fault:
        raise ToolError(f"{path} cannot be written: {fault.strerror}.") from fault
    finally:
        draft.unlink(missing_ok=True)
