"""`onedoor replay`: an event log becomes cases at a centre, in batches that are kept whole; then it is told in figures."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.progress import Bar, say

if TYPE_CHECKING:
    from onedoor.domain.cases.api import LogFigures, LoggedTrace
    from onedoor.tools.xes.reader import Header

BATCH_EVENTS, BATCH_TRACES = 2_000, 400
MOST_TOLD = 20


@dataclass
class Outcome:
    """What became of a log."""

    log: UUID | None = None
    new: int = 0
    same: int = 0
    differing: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    left_out: int = 0
    broken: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything in the file is here now."""
        return not (self.left_out or self.broken or self.differing)


def replay(arguments: argparse.Namespace) -> int:
    """Loads the log and prints what it comes to; 1 when something of it is not here."""
    path = Path(arguments.file)
    if not path.is_file():
        raise ToolError(f"{path} is not a file.")
    with database():
        set_up()
        from onedoor.domain.access.api import refresh
        from onedoor.kernel.clock import now
        from onedoor.kernel.errors import DomainError
        from onedoor.tools.xes.told import tell

        refresh()
        service, centre = found(arguments.service, arguments.centre)
        try:
            outcome = load(
                path,
                service=service,
                centre=centre,
                name=arguments.name,
                at=now(),
                pseudonyms=arguments.pseudonyms,
            )
        except DomainError as fault:
            raise ToolError(str(fault)) from fault
        for line in outcome.left[:MOST_TOLD]:
            print(f"{path.name}, {line}")
        if outcome.left_out > MOST_TOLD:
            print(f"… and {outcome.left_out - MOST_TOLD} more traces are left out.")
        if outcome.broken:
            print(f"{path.name}, {outcome.broken}")
        if outcome.log is None:
            print("Nothing was loaded.")
            return 1
        settle(now())
        tell(outcome, figures_of(outcome.log))
    return 0 if outcome.whole else 1


def found(service: str, centre: str | None) -> tuple[UUID, UUID]:
    """The service and the centre of these codes; without a centre, the first at which the service is offered."""
    from onedoor.domain.catalogue import api as catalogue
    from onedoor.domain.centres import api as centres
    from onedoor.kernel.errors import Missing
    from onedoor.kernel.scope import everything

    with everything("a log is loaded by whoever runs the node"):
        try:
            held = catalogue.service(service)
        except Missing as fault:
            known = ", ".join(sorted(one.code for one in catalogue.services()))
            raise ToolError(
                f"There is no service “{service}”. Known: {known or 'none; load a pack'}."
            ) from fault
        places = sorted(centres.centres(), key=lambda one: one.code)
        if centre is not None:
            chosen = [one for one in places if one.code == centre]
            if not chosen:
                raise ToolError(f"There is no centre “{centre}”.")
        else:
            offering = [one for one in places if any(offer.service == held.id for offer in one.offers)]
            chosen = offering or places
        if not chosen:
            raise ToolError("There is no centre yet: load a pack first (onedoor pack load).")
        return held.id, chosen[0].id


def load(
    path: Path, *, service: UUID, centre: UUID, name: str | None, at: datetime, pseudonyms: bool = False
) -> Outcome:
    """Reads the log and loads it batch by batch; what was loaded before a fault stays."""
    from onedoor.tools.xes.faults import Unreadable
    from onedoor.tools.xes.reader import Reader

    reader, outcome = Reader(path), Outcome()
    batch: list[LoggedTrace] = []
    held = 0
    with Bar("Replaying", path.stat().st_size) as bar:

        def keep() -> None:
            nonlocal held
            if batch:
                _keep(
                    batch, outcome, reader.header, (service, centre, name or _name(reader.header, path)), at
                )
            bar.step(reader.taken - bar.done)
            batch.clear()
            held = 0

        try:
            for trace in _understood(reader, outcome, at=at, pseudonyms=pseudonyms):
                batch.append(trace)
                held += len(trace.events)
                if held >= BATCH_EVENTS or len(batch) >= BATCH_TRACES:
                    keep()
        except Unreadable as fault:
            outcome.broken = f"line {fault.line}: {fault.reason}. Nothing behind it was read."
        keep()
    return outcome


def _understood(reader: object, outcome: Outcome, *, at: datetime, pseudonyms: bool) -> Iterator[LoggedTrace]:
    from onedoor.tools.xes.faults import Left
    from onedoor.tools.xes.meaning import Keys, understood
    from onedoor.tools.xes.reader import Reader

    assert isinstance(reader, Reader)
    for read in reader.traces():
        case = (
            read
            if isinstance(read, Left)
            else understood(read, reader.header, keys=Keys(), now=at, pseudonyms=pseudonyms)
        )
        if isinstance(case, Left):
            outcome.left_out += 1
            if len(outcome.left) < MOST_TOLD:
                outcome.left.append(str(case))
        else:
            yield case


def _keep(
    batch: list[LoggedTrace], outcome: Outcome, header: Header, of: tuple[UUID, UUID, str], at: datetime
) -> None:
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.scope import Actor, everything
    from onedoor.tools.xes.writer import kept_header

    by = Actor.system()
    with everything("a log is loaded by whoever runs the node"):
        if outcome.log is None:
            service, centre, name = of
            outcome.log = cases.open_log(
                by=by, at=at, service=service, centre=centre, name=name, header=kept_header(header)
            ).id
        done = cases.load_traces(by=by, at=at, log=outcome.log, traces=batch)
    outcome.new += done.new
    outcome.same += done.same
    outcome.differing += done.differing[: MOST_TOLD - len(outcome.differing)]


def _name(header: Header, path: Path) -> str:
    """The log's own name, else the file's."""
    return (header.said("concept:name") or path.name.removesuffix(".gz").removesuffix(".xes"))[:300]


def figures_of(log: UUID) -> LogFigures:
    """What the log comes to, as the database has it."""
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.scope import Actor, everything

    with everything("figures of a whole log"):
        return cases.log_figures(Actor.system(), log=log)


def settle(at: datetime) -> None:
    """Seal what was written and let everybody hear it, so that lists and dashboards show it at once."""
    from onedoor.kernel.letters import backlog, seal_batch, sign_head
    from onedoor.kernel.letters.deliver import drain

    while seal_batch():
        pass
    sign_head(at=at)
    waiting = backlog()["undelivered"]
    if waiting:
        say(f"{waiting} deliveries …")
    while drain(at=at, seconds=5.0):
        pass
