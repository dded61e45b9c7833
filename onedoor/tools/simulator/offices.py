"""Ministries' back offices: each officer goes through the worklist, the most urgent first, and a step takes its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.scope import Actor
from onedoor.tools.simulator.plan import Report
from onedoor.tools.simulator.staff import decider_of, others

if TYPE_CHECKING:
    from onedoor.tools.simulator.life import Clock

WAYS, WEIGHTS = ("approve", "return", "refuse"), (86, 9, 5)
REASONS = {
    "return": "ຊື່ຂອງພໍ່ບໍ່ກົງກັບປຶ້ມສຳມະໂນຄົວ ກະລຸນາກວດຄືນ",
    "refuse": "ໄດ້ຂຶ້ນທະບຽນແລ້ວຢູ່ເມືອງອື່ນ",
    "approve": "",
}
SETTLING_IN, LOOK_AGAIN = timedelta(minutes=20), timedelta(minutes=15)
STEP_SECONDS = (60, 180)
Return = Callable[[datetime], None]


class Office:
    """The cases of one service that are expected back; it tells each applicant's centre when it is worth coming."""

    def __init__(self, clock: Clock, service: catalogue.ServiceView, chance: Random, report: Report) -> None:
        self.clock, self.service, self.chance, self.report = clock, service, chance, report
        by = decider_of(access.unit(service.authority).code)
        self.people = (by, *others()) if by else ()
        self.expected: dict[UUID, Return] = {}
        self.refused: set[UUID] = set()

    def expect(self, case: UUID, come_back: Return) -> None:
        """Whom to tell when this case has been decided."""
        self.expected[case] = come_back

    def end(self, row: cases.Row, by: Actor, at: datetime) -> None:
        """One step; when the case has left the offices, its applicant hears of it."""
        way = "done"
        if "approve" in cases.task_of(by, task=row.task, at=at).outcomes:
            way = self.chance.choices(WAYS, WEIGHTS)[0]
            self.report.decided += 1
        if way == "refuse":
            self.refused.add(row.case)
        cases.complete(by=by, at=at, task=row.task, outcome=way, reason=REASONS.get(way, ""))
        self.clock.at(at, partial(self._tell, row.case))

    def _tell(self, case: UUID, at: datetime) -> None:
        """Said once what follows by itself has happened."""
        lies_here = any(row.case == case for by in self.people for row in cases.worklist(by, at=at).rows)
        if lies_here or case not in self.expected:
            return
        come_back = self.expected.pop(case)
        if case not in self.refused:
            self.clock.at(at + timedelta(minutes=self.chance.randrange(10, 40)), come_back)


class Officials:
    """The officers of all these offices: each has one pair of hands, however many services there are."""

    def __init__(self, clock: Clock, offices: Sequence[Office], chance: Random) -> None:
        self.clock, self.offices, self.chance = clock, offices, chance
        self.people = dict.fromkeys(by for office in offices for by in office.people)

    def work_between(self, begin: datetime, end: datetime) -> None:
        """They sit down a little after the doors open, and go from one step to the next until these close."""
        for by in self.people:
            self.clock.at(begin + SETTLING_IN, partial(self._sit_down, by, end))

    def _sit_down(self, by: Actor, end: datetime, at: datetime) -> None:
        """Looks whether there is something to do: takes it up, or looks again a while later."""
        if self._next(by, at) is None:
            self._later(by, end, at + LOOK_AGAIN, self._sit_down)
        else:
            self._take_up(by, end, at)

    def _take_up(self, by: Actor, end: datetime, at: datetime) -> None:
        taken = timedelta(seconds=self.chance.randrange(*STEP_SECONDS))
        self._later(by, end, at + taken, self._end)

    def _end(self, by: Actor, end: datetime, at: datetime) -> None:
        """Ends the most urgent step before this officer, and takes up the next at once."""
        found = self._next(by, at)
        if found is not None:
            office, row = found
            office.end(row, by, at)
        self._sit_down(by, end, at)

    def _later(
        self, by: Actor, end: datetime, when: datetime, what: Callable[[Actor, datetime, datetime], None]
    ) -> None:
        if when < end:
            self.clock.at(when, partial(what, by, end))

    def _next(self, by: Actor, at: datetime) -> tuple[Office, cases.Row] | None:
        """The most urgent step of a case that is expected today."""
        for row in cases.worklist(by, at=at).rows:
            office = next((one for one in self.offices if row.case in one.expected), None)
            if office is not None:
                return office, row
        return None
