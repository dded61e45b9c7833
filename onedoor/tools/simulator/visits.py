"""One centre's day: people come, wait, are called and served, apply, come back for their document, and say how it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.voice import api as voice
from onedoor.kernel.scope import Actor
from onedoor.tools.progress import Bar
from onedoor.tools.simulator import people
from onedoor.tools.simulator.answers import answers
from onedoor.tools.simulator.cash import Cash
from onedoor.tools.simulator.counters import At, Counter
from onedoor.tools.simulator.offices import Office
from onedoor.tools.simulator.plan import Report
from onedoor.tools.simulator.staff import staff_of

if TYPE_CHECKING:
    from onedoor.domain.documents.api import DocumentView
    from onedoor.tools.simulator.life import Clock

ZONE = ZoneInfo("Asia/Vientiane")
FORMS = {"birth-registration": people.birth_form, "document-registration": people.document_form}
# How often people come for what; any other service once for eight births.
OFTEN = {"birth-registration": 24, "document-registration": 6, "residence-certificate": 5, "road-tax": 5}


class Centre:
    """A centre with its counters, and what each waiting person came for."""

    def __init__(
        self,
        clock: Clock,
        view: centres.CentreView,
        chance: Random,
        report: Report,
        bar: Bar,
        offices: list[Office],
        *,
        begin: datetime,
        end: datetime,
    ) -> None:
        self.clock, self.view, self.chance, self.report, self.bar = clock, view, chance, report, bar
        self.staff, self.end = staff_of(view), end
        self.said = Random(view.code)  # apart from the others, so that a day stays the day it was
        self.district = access.unit(view.district).code
        day = begin.astimezone(ZoneInfo(view.zone)).date()
        offered = {offer.service for offer in view.offers if offer.holds_on(day)}
        self.offices = {one.service.id: one for one in offices if one.service.id in offered}
        self.errands: dict[UUID, UUID] = {}  # ticket: the case for which somebody came back
        places = centres.counters(view.id)
        self.counters = [
            Counter(self, at.id, by) for at, by in zip(places, self.staff.officers, strict=False)
        ]
        for counter in self.counters:
            counter.open(begin, end=end)
        self.cash = Cash(view, chance)
        clock.at(end + timedelta(minutes=30), self.cash.close)

    def somebody_comes(self, at: datetime) -> None:
        """A person takes a ticket for something new."""
        self.bar.step()
        service = self.chance.choices(
            list(self.offices), [OFTEN.get(one.service.code, 3) for one in self.offices.values()]
        )[0]
        try:
            self._ticket(at, service)
        except queue.ServiceIsFullToday:
            self.report.turned_away += 1

    def come_back(self, case: UUID, service: UUID) -> At:
        """What a person does whose case was decided: takes a ticket again, if the centre is still open."""

        def comes(at: datetime) -> None:
            if at < self.end - timedelta(minutes=10) and centres.is_open(self.view.id, at):
                with suppress(queue.ServiceIsFullToday):
                    self.errands[self._ticket(at, service)] = case

        return comes

    def _ticket(self, at: datetime, service: UUID) -> UUID:
        chance = self.chance
        named = chance.random() < 0.3
        ticket = queue.take_ticket(
            by=self.staff.reception,
            at=at,
            centre=self.view.id,
            service=service,
            name=people.named(chance, "female", people.family(chance))["lo"] if named else None,
            phone=people.phone(chance) if named else None,
            priority=chance.random() < 0.1,
        )
        self.report.visits += 1
        for counter in self.counters:
            counter.look(at)
        return ticket.id

    def serve(self, ticket: queue.Ticket, by: Actor, at: datetime) -> None:
        """What the officer does with the person at the counter, at the end of the talk."""
        office = self.offices[ticket.service_id]
        case = self.errands.pop(ticket.id, None)
        if case is not None:
            self._go_on(case, office, by, at)
        elif self.chance.random() < 0.85:  # the others only asked something
            self._apply(ticket, office, by, at)

    def _apply(self, ticket: queue.Ticket, office: Office, by: Actor, at: datetime) -> None:
        service: catalogue.ServiceView = office.service
        today = at.astimezone(ZONE).date()
        form = self._form(service, today)
        begun = at - timedelta(minutes=5)
        draft = cases.open_draft(
            by=by, at=begun, centre=self.view.id, service=service.id, ticket=ticket.id, visit=ticket.visit
        )
        cases.save_draft(by=by, at=begun + timedelta(minutes=3), case=draft.id, data=form)
        for paper in service.papers:
            if paper.required or self.chance.random() < 0.3:
                scan = people.scan(self.chance)
                cases.attach(
                    by=by, at=at, case=draft.id, paper=paper.code, content=scan, name=f"{paper.code}.png"
                )
        got = cases.receive(by=by, at=at, case=draft.id, told=people.told(self.said), identity="document")
        self.report.cases += 1
        self.report.receipts += self.cash.pay(by, at, case=got.case)
        office.expect(got.case, self.come_back(got.case, service.id))

    def _form(self, service: catalogue.ServiceView, today: date) -> dict[str, Any]:
        """What a person answers: as the simulator knows it for this service, else by the kinds of the questions."""
        if service.code in FORMS:
            return FORMS[service.code](self.chance, today=today, district=self.district)
        form = catalogue.form_to_ask(service.version_id)
        return answers(form, self.chance, today=today, district=self.district)

    def _go_on(self, case: UUID, office: Office, by: Actor, at: datetime) -> None:
        """A correction, or the check, the stamp and the hand-over, as far as the case stands."""
        from onedoor.tools.simulator.life import settle

        for _ in range(4):
            settle(at)
            task = self._front_task(case, by, at)
            if task is None:
                return
            if task.edits:
                form = self._form(office.service, at.astimezone(ZONE).date())
                cases.complete(by=by, at=at, task=task.id, data=form)
                self.report.receipts += self.cash.pay(by, at, case=case)  # corrected answers may cost more
                office.expect(case, self.come_back(case, office.service.id))
                return
            outcome = (
                "confirm" if "confirm" in task.outcomes else task.outcomes[0] if task.outcomes else "done"
            )
            done = cases.complete(by=by, at=at, task=task.id, outcome=outcome)
            if done.ended:
                self.report.handed_over += 1
                self.report.documents += [str(one.id) for one in _documents(case)]
                return

    def _front_task(self, case: UUID, by: Actor, at: datetime) -> cases.TaskView | None:
        rows = cases.front_list(by, centre=self.view.id, at=at, limit=200).rows
        found = [row.task for row in rows if row.case == case]
        return cases.task_of(by, task=found[0], at=at) if found else None

    def say_how_it_was(self, visit: UUID) -> At:
        """Two of three people answer; a few decline; the others are asked in vain. Some complain."""

        def says(at: datetime) -> None:
            token, chance = voice.token_for(visit), self.chance
            mood = chance.random()
            if token and mood < 0.65:
                score = chance.choices((5, 4, 3, 2, 1), (45, 30, 13, 8, 4))[0]
                voice.rate(
                    by=Actor.public(), at=at, token=token, score=score, comment=chance.choice(people.COMMENTS)
                )
                self.report.ratings += 1
            elif token and mood < 0.75:
                voice.decline(by=Actor.public(), at=at, token=token)
            if chance.random() < 0.03:
                topic, text = chance.choice(people.COMPLAINTS)
                voice.complain(by=Actor.public(), at=at, centre=self.view.id, topic=topic, text=text)
                self.report.complaints += 1

        return says


def _documents(case: UUID) -> list[DocumentView]:
    from onedoor.domain.documents import api as documents

    return [one for one in documents.of_subject(case) if one.number]
