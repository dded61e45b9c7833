"""What has happened before a journey begins, done by the people of the pack through the domain's own doors.

It runs beside the served node, which works on: whatever the worker does first is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.documents import api as documents
from onedoor.domain.queue import api as queue
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.simulator import people
from onedoor.tools.simulator.life import settle
from onedoor.tools.simulator.staff import actor
from onedoor.tools.xes.replay import load
from tests.tools.xes.logs import log, written

CENTRE, ELSEWHERE, SERVICE = "0103-1", "0901-1", "birth-registration"
OFFICER, BOTH, MINISTRY, FAR_OFFICER = "officer1.saysettha", "moha2", "moha", "officer1.pek"
LANGUAGES = ("lo", "en")
LOGGED = "divorce-certificate"


def prepare() -> dict[str, dict[str, Any]]:
    """For each language its own cases, documents and ratings, as plain values."""
    with everything("what happened before a journey, at several centres"):
        works_at_both_ends()
        past = lived_through()
        made = {language: _of(Random(place)) for place, language in enumerate(LANGUAGES)}
        for ahead, each in enumerate(made.values(), start=1):
            each["holiday"] = _working_day(ahead)
            each["past"] = past
        for each in made.values():
            each["document"] = issued(UUID(each["approved"]["case"]))
            each["tokens"] = [_until(partial(voice.token_for, visit)) for visit in each.pop("visits")]
    return made


def works_at_both_ends() -> None:
    """Somebody who receives applications at the centre and decides them at the ministry."""
    access.grant(
        by=Actor.system(),
        at=now(),
        login=actor(BOTH).id,
        role="officer",
        unit=centres.centre_by_code(CENTRE).id,
        valid_from=date(2021, 10, 28),
    )
    access.forget()


def _of(chance: Random) -> dict[str, Any]:
    approved = received(chance, by=actor(OFFICER))
    task = cases.open_task(actor(MINISTRY), case=UUID(approved["case"]), at=now(), outcome="approve")
    assert task is not None
    cases.complete(by=actor(MINISTRY), at=now(), task=task.id, outcome="approve")
    return {
        "approved": approved,
        "refused": received(chance, by=actor(OFFICER)),
        "returned": received(chance, by=actor(BOTH)),
        "clock": received(chance, by=actor(OFFICER)),
        "draft": str(begun(by=actor(OFFICER)).id),
        "design": str(designed(by=actor("designer"))),
        "visits": [served(), served()],
    }


def _working_day(ahead: int) -> str:
    """A day on which a case of three days moves when it becomes a holiday; another one for each language."""
    calendar = centres.calendar_of(centres.centre_by_code(CENTRE).id)
    return calendar.add_working_days(now().date(), ahead).isoformat()


def lived_through() -> dict[str, str]:
    """What the laboratory can try: a draft, cases that are over since today, and an earlier system's log."""
    for seed in range(3):
        refused(received(Random(seed), by=actor(OFFICER)))
    centre, service = centres.centre_by_code(CENTRE).id, catalogue.service(LOGGED).id
    with TemporaryDirectory() as place:
        load(written(Path(place), log()), service=service, centre=centre, name="Old system", at=now())
    draft = catalogue.begin_draft(by=actor("designer"), at=now(), id=new_id(), code=SERVICE)
    zone = ZoneInfo(centres.calendar_of(centre).zone)
    return {"draft": str(draft.id), "day": now().astimezone(zone).date().isoformat()}


def refused(case: dict[str, str]) -> None:
    """The ministry says no, and the case is over."""
    by = actor(MINISTRY)
    task = cases.open_task(by, case=UUID(case["case"]), at=now(), outcome="refuse")
    assert task is not None
    cases.complete(by=by, at=now(), task=task.id, outcome="refuse", reason="The birth was registered before.")


def designed(*, by: Actor) -> UUID:
    """A draft of the construction permit as it is published."""
    return catalogue.begin_draft(by=by, at=now(), id=new_id(), code="construction-permit").id


def begun(*, by: Actor) -> cases.Case:
    """An application of which nothing is entered yet."""
    service, centre = catalogue.service(SERVICE), centres.centre_by_code(CENTRE)
    return cases.open_draft(by=by, at=now(), centre=centre.id, service=service.id)


def received(chance: Random, *, by: Actor) -> dict[str, str]:
    """An application with its papers, handed to the ministry: its id, number and secret code."""
    at, draft = now(), begun(by=by)
    form = people.birth_form(chance, today=at.date(), district="0103")
    cases.save_draft(by=by, at=at, case=draft.id, data=form)
    for paper in catalogue.service(SERVICE).papers:
        if paper.required:
            scan = people.scan(chance)
            cases.attach(by=by, at=at, case=draft.id, paper=paper.code, content=scan, name="scan.png")
    got = cases.receive(by=by, at=at, case=draft.id, identity="document")
    return {"case": str(got.case), "number": got.number, "code": got.code}


def issued(case: UUID) -> dict[str, str]:
    """The document of an approved case, once the applicant has said that it is right: its id and number."""
    by = actor(OFFICER)
    task = _until(lambda: cases.open_task(by, case=case, at=now(), outcome="confirm"))
    cases.complete(by=by, at=now(), task=task.id, outcome="confirm")
    held = _until(lambda: next((one for one in documents.of_subject(case) if one.copies), None))
    return {"id": str(held.id), "number": str(held.number)}


def served() -> UUID:
    """A visit that is over at another centre."""
    by, centre = actor(FAR_OFFICER), centres.centre_by_code(ELSEWHERE)
    counter = centres.counter_by_code(centre.id, "1").id
    at: datetime = now()
    centres.set_counter_state(by=by, at=at, counter=counter, state="open")
    queue.take_ticket(by=by, at=at, centre=centre.id, service=catalogue.service(SERVICE).id)
    called = queue.call_next(by=by, at=at, counter=counter)
    queue.start(by=by, at=at, ticket=called.id)
    return queue.finish(by=by, at=at, ticket=called.id).visit


def _until(found: Callable[[], Any]) -> Any:
    """What is found once the node has done its part."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        settle(now())
        if held := found():
            return held
        time.sleep(0.1)
    raise AssertionError("the node did not do its part in time")
