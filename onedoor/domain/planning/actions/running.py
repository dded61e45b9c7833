"""Doing the experiments that wait, one after the other and in slices, so that terms and steps of cases need not wait for them."""

import logging
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.cases.api import LivedCase, LivedStep, look_back, office_of_step, steps_beside
from onedoor.domain.catalogue.api import Documents, Node, documents_of, service_by_id, service_of
from onedoor.domain.centres.api import Calendar, NoCalendar, calendar_of
from onedoor.domain.planning.actions.versions import province_code, refusing, version_of
from onedoor.domain.planning.events import ExperimentFinished
from onedoor.domain.planning.models import Experiment, Progress
from onedoor.domain.planning.rules.findings import finding
from onedoor.domain.planning.rules.fitting import fitted
from onedoor.domain.planning.rules.hall import Hall
from onedoor.domain.planning.rules.hours import Hours
from onedoor.domain.planning.rules.past import past_of
from onedoor.domain.planning.rules.replay import Replay, Run
from onedoor.domain.planning.rules.version import Assumptions, Ground, Version
from onedoor.domain.queue.api import stays
from onedoor.kernel.errors import DomainError
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

ZONE = ZoneInfo("Asia/Vientiane")
SEEDS = 3
FITS = 4
PARTS = FITS + SEEDS + 2  # fitting, the other version once a seed and by the other reading, the figures
USUAL_WORK = 15 * 60
AFTERWARDS = timedelta(days=1_100)
SLICE = 0.25
log = logging.getLogger("onedoor.planning")

Made = TypeVar("Made")
Slices = Generator[int, None, dict[str, Any]]
_going: dict[UUID, Slices] = {}  # lost with the process: the experiment then begins anew


def run_slice(*, at: datetime, seconds: float = SLICE) -> int:
    """Go on for a moment with the experiment that waits longest; gives 1 while there is one, else 0."""
    row = Experiment.objects.filter(state="waiting").order_by("at", "id").first()
    if row is None:
        _going.clear()
        return 0
    if row.id not in _going:
        _going.clear()
        _going[row.id] = _slices(row, at=at)
        Progress.objects.update_or_create(experiment=row, defaults={"done": 0, "total": 0, "begun_at": at})
    until = monotonic() + seconds
    done = 0
    try:
        while monotonic() < until:
            done += next(_going[row.id])
    except StopIteration as end:
        _finish(row, at=at, result=end.value)
    except DomainError as refusal:
        _finish(row, at=at, fault=refusal.code)
    except (
        Exception
    ) as fault:  # whatever the documents made of it: the next experiment must not wait for ever
        log.error("an experiment failed", extra={"fault": type(fault).__name__})
        _finish(row, at=at, fault="fault")
    else:
        _note(row, done)
    return 1


def run_experiment(*, id: UUID, at: datetime) -> None:
    """Do one experiment to its end; others that wait longer are done before it."""
    while Experiment.objects.filter(id=id, state="waiting").exists():
        run_slice(at=at, seconds=60)


@transaction.atomic
def _finish(
    row: Experiment, *, at: datetime, result: Mapping[str, Any] | None = None, fault: str = ""
) -> None:
    _going.pop(row.id, None)
    held = Experiment.objects.select_for_update().get(id=row.id)
    if held.state != "waiting":
        return
    held.state = "failed" if fault else "done"
    held.fault, held.result, held.done_at = fault, dict(result or {}), at
    held.save()
    Progress.objects.filter(experiment=held).delete()
    finished = ExperimentFinished(
        service=held.service_id, state=held.state, cases=int(held.result.get("n", 0))
    )
    publish(finished, of=held, by=Actor.system(), at=at)


def _note(row: Experiment, done: int) -> None:
    """Tell how far it is."""
    progress = Progress.objects.filter(experiment=row).first()
    if progress is not None:
        progress.done = min(progress.done + done, progress.total or progress.done + done)
        progress.save(update_fields=["done"])


def _slices(row: Experiment, *, at: datetime) -> Slices:
    """The whole experiment, yielding again and again how much more is done."""
    actor = Actor(row.by_kind, row.by)  # type: ignore[arg-type]
    service = service_by_id(row.service_id)
    cases: list[LivedCase] = []
    with transaction.atomic():
        reading = look_back(
            by=actor,
            at=at,
            service=row.service_id,
            since=datetime.combine(row.since, time.min, ZONE),
            until=datetime.combine(row.until + timedelta(days=1), time.min, ZONE),
            why="experiment",
        )
    for case in reading:
        cases.append(case)
        if len(cases) % 500 == 0:
            yield 0
    is_log = 2 * sum(case.log for case in cases) > len(cases)
    cases = [case for case in cases if case.log == is_log and (case.closed_at or not is_log)]
    if not any(case.closed_at for case in cases):
        return {"n": 0}
    Progress.objects.filter(experiment=row).update(total=len(cases) * PARTS)
    base_edition = Counter(case.edition for case in cases).most_common(1)[0][0]
    base, tried = documents_of(base_edition), Documents(**row.documents)
    current = version_of(base, code=service.code, log=is_log)
    other = version_of(tried, code=service.code, log=is_log, change=row.change)
    if not is_log:
        other = refusing(other, tried, base, code=service.code)
    assumptions = assumed(row.assumptions, row.change)
    beside: list[LivedStep] = []
    for step in () if is_log else _beside(row, actor, cases):
        beside.append(step)
        if len(beside) % 5_000 == 0:
            yield 0
    offices = _Offices(cases, row.since, row.until, at=at, beside=beside)
    hall = _hall(cases)

    def ground(waiting: float) -> Ground:
        return Ground(
            past=past_of(
                cases,
                beside=beside,
                hours=offices.hours,
                usual_work=USUAL_WORK,
                groups=offices.groups,
                waiting=waiting,
                seen=at.timestamp(),
            ),
            current=current,
            hours=offices.hours,
            calendars=offices.calendars,
            office=offices.of,
            assumptions=replace(assumptions, people={}, prepared=0.0),
            hall=hall,
        )

    best, unlike = yield from _counted(
        fitted(ground, seed=row.seed, middle=bool(assumptions.people)), FITS * len(cases)
    )
    tried_on = replace(best.ground, assumptions=assumptions)
    then: list[Run] = []
    for place in range(SEEDS):
        then.append((yield from _replayed(tried_on, other, seed=row.seed + place)))
        if not then[0].drawn:
            break
    apart: tuple[Run, Run] | None = None
    if unlike is not None:
        ground_apart = replace(unlike.ground, assumptions=assumptions)
        apart = unlike.run, (yield from _replayed(ground_apart, other, seed=row.seed))
    slices = finding(tried_on, best.run, then, seed=row.seed, unlike=apart)
    result = yield from _counted(slices, len(cases))
    return {
        **result,
        "log": is_log,
        "waiting": best.share,
        "editions": len({case.edition for case in cases}),
        "base": str(base_edition),
        "money": _money(service.code, base, tried, result),
        "steps": _names(current, other),
        **_said(tried, code=service.code),
    }


def _beside(row: Experiment, actor: Actor, cases: list[LivedCase]) -> Iterator[LivedStep]:
    """What the people who worked on these cases did for other services meanwhile."""
    done = [step for case in cases for step in case.steps if step.by is not None and step.kind != "service"]
    if not done:
        return iter(())
    return steps_beside(
        by=actor,
        service=row.service_id,
        people={step.by for step in done if step.by is not None},
        since=min(case.opened_at for case in cases),
        until=max(step.done_at for step in done),
    )


def _replayed(ground: Ground, version: Version, *, seed: int) -> Generator[int, None, Run]:
    """One replay to its end."""
    replay = Replay(ground, version, seed=seed)
    yield from _steps(replay.go())
    return replay.run()


def assumed(said: Mapping[str, Any], change: Mapping[str, Any]) -> Assumptions:
    """What is assumed, from plain data."""
    usual = Assumptions()
    return Assumptions(
        work_minutes=float(said.get("work_minutes", usual.work_minutes)),
        rest_hours=float(said.get("rest_hours", usual.rest_hours)),
        merging="longer" if said.get("merging") == "longer" else "sum",
        paper_minutes=float(said.get("paper_minutes", usual.paper_minutes)),
        errands=frozenset(said.get("errands", ())),
        people=dict(change.get("people", {})),
        prepared=change.get("prepared", 0) / 100,
        prepared_minutes=float(said.get("prepared_minutes", usual.prepared_minutes)),
    )


def _steps(going: Iterator[int]) -> Iterator[int]:
    """From how many cases have come to how many more."""
    before = 0
    for come in going:
        yield max(0, come - before)
        before = max(before, come)


def _counted(going: Generator[int, None, Made], most: int) -> Generator[int, None, Made]:
    """Pass on that it goes on; what it comes to is given back."""
    told = 0
    before = 0
    try:
        while True:
            come = next(going)
            more = min(max(0, come - before), most - told)
            before, told = come, told + more
            yield more
    except StopIteration as end:
        made: Made = end.value
        return made


def _money(code: str, base: Documents, tried: Documents, result: Mapping[str, Any]) -> dict[str, Any]:
    """What the cases cost the state by the unit cost of each version, and which share the fees cover."""
    revenue = next(one for one in result["claims"] if one["code"] == "revenue")
    found: dict[str, Any] = {}
    for name, documents in (("now", base), ("then", tried)):
        funding = getattr(service_of(documents, code=code).fee, "funding", None)
        cost = getattr(funding, "unit_cost", None)
        if cost:
            whole = cost * result["n"]
            error = revenue["missed"] if name == "now" else revenue["error"]
            found[name] = {
                "unit_cost": cost,
                "cost": whole,
                "covered": 100 * (revenue[name] or 0) / whole,
                "covered_error": None if error is None else 100 * abs(error) / whole,
            }
    return found


def _names(*versions: Version) -> dict[str, Any]:
    """How the steps are called, for whoever reads the result."""
    return {
        node.id: dict(node.names)
        for version in versions
        if version.process is not None
        for node in version.process.nodes.values()
        if node.kind == "user"
    }


def _hall(cases: list[LivedCase]) -> Hall | None:
    """The halls in which these cases' applicants waited, with everybody who waited beside them."""
    tickets = {case.ticket for case in cases if case.ticket is not None}
    if not tickets:
        return None
    came = [case.opened_at.astimezone(ZONE).date() for case in cases if case.ticket is not None]
    centres = {case.centre for case in cases if case.ticket is not None}
    hall = Hall(stays(centres, since=min(came), until=max(came)), about=tickets)
    return hall if hall.days else None


def _said(tried: Documents, *, code: str) -> dict[str, Any]:
    """The words of the demands, questions and papers of this version, as no edition may ever have them."""
    asked, view = tried.form.get("properties", {}), service_of(tried, code=code)
    return {
        "demands": {each.code: dict(each.words) for each in view.eligibility},
        "papers": {each.code: dict(each.name) for each in view.papers},
        "questions": {name: about.get("x-label") or {} for name, about in asked.items()},
    }


class _Offices:
    """The hours and calendars of every office that took part, and of those that another version asks."""

    def __init__(
        self, cases: list[LivedCase], since: date, until: date, *, at: datetime, beside: list[LivedStep]
    ) -> None:
        self.at = at
        self.first, self.last = since - timedelta(days=40), until + AFTERWARDS
        self.hours: dict[UUID, Hours] = {}
        self.calendars: dict[UUID, Calendar] = {}
        self.alike: dict[int, Hours] = {}
        for case in cases:
            for unit in (case.centre, case.authority, *(step.unit for step in case.steps)):
                if unit not in self.hours:
                    self._add(unit, case.centre)
        for step in beside:
            if step.unit not in self.hours:
                self._add(step.unit, step.unit)
        centres = {case.centre for case in cases}
        self.groups = {centre: {"province": code} for centre in centres if (code := province_code(centre))}

    def _add(self, unit: UUID, centre: UUID) -> None:
        calendar = Calendar()
        for place in (unit, centre):
            with suppress(NoCalendar):
                calendar = calendar_of(place)
                break
        self.calendars[unit] = calendar
        if id(calendar) not in self.alike:
            self.alike[id(calendar)] = Hours(calendar, self.first, self.last)
        self.hours[unit] = self.alike[id(calendar)]

    def of(self, node: Node, mark: str, centre: UUID, authority: UUID) -> UUID:
        """The unit whose people do a step."""
        unit = office_of_step(node=node, mark=mark, centre=centre, authority=authority, at=self.at)
        if unit not in self.hours:
            self._add(unit, centre)
        return unit
