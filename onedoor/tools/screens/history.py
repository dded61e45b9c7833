"""A case with a past, so that the legal clock has something to tell in the pictures: paused, gone on, extended, a holiday."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.screens.pages import CENTRE, KNOWN_AS, MINISTRY, MINISTRY_HEAD, OFFICER
from onedoor.tools.simulator import people
from onedoor.tools.simulator.staff import actor

MISSING = "ຂາດໃບຢັ້ງຢືນການເກີດຈາກໂຮງໝໍ"
LONGER = "ລໍຖ້າຄຳຕອບຈາກໂຮງໝໍ"
HOLIDAY = {"lo": "ວັນພັກສາທິດ", "en": "Demonstration holiday"}


def a_case_with_a_past() -> None:
    """Received a week ago, paused for two days, given more time; then a holiday moves it. Once for each demonstration."""
    with everything("a demonstration's case of one centre"):
        if cases.find_cases(actor(OFFICER), at=now(), text=KNOWN_AS).rows:
            return
        began = now() - timedelta(days=7)
        case = _received(began)
        ministry = actor(MINISTRY)
        task = cases.open_task(ministry, case=case.case, at=now(), outcome="approve")
        assert task is not None
        cases.pause(by=ministry, at=began + timedelta(days=1), task=task.id, reason=MISSING)
        cases.resume(by=ministry, at=began + timedelta(days=3), task=task.id)
        later = began + timedelta(days=3, hours=1)
        cases.extend(by=actor(MINISTRY_HEAD), at=later, case=case.case, amount=2, reason=LONGER)
    country = access.units(kind="country")[0].id
    day = centres.calendar_of(country).add_working_days(now().date(), 1)
    centres.save_holiday(by=Actor.system(), at=now(), unit=country, day=day, name=HOLIDAY, source="screens")


def _received(at: datetime) -> cases.Received:
    """A birth registration with its papers, at the counter."""
    by, chance = actor(OFFICER), Random(7)
    service = catalogue.service("birth-registration")
    centre = centres.centre_by_code(CENTRE).id
    draft = cases.open_draft(by=by, at=at, centre=centre, service=service.id)
    form = people.birth_form(chance, today=at.date(), district="0103")
    form["informant_name"] = {"lo": "ພອນທິບ ນາທີທອງ", "en": KNOWN_AS}
    cases.save_draft(by=by, at=at, case=draft.id, data=form)
    for paper in service.papers:
        if paper.required:
            scan = people.scan(chance)
            cases.attach(by=by, at=at, case=draft.id, paper=paper.code, content=scan, name="scan.png")
    return cases.receive(by=by, at=at, case=draft.id, identity="document")
