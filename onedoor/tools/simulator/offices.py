"""A ministry's back office: it works through its worklist, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
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
STEPS = 9
Return = Callable[[datetime], None]


class Office:
    """Decides the cases of one service; tells each applicant's centre when it is worth coming back."""

    def __init__(self, clock: Clock, service: catalogue.ServiceView, chance: Random, report: Report) -> None:
        self.clock, self.service, self.chance, self.report = clock, service, chance, report
        self.by: Actor | None = decider_of(access.unit(service.authority).code)
        self.people = (self.by, *others()) if self.by else ()
        self.expected: dict[UUID, Return] = {}

    def expect(self, case: UUID, come_back: Return) -> None:
        """Whom to tell when this case has been decided."""
        self.expected[case] = come_back

    def work_between(self, begin: datetime, end: datetime) -> None:
        """Looks at the worklist every quarter of an hour."""
        moment = begin + timedelta(minutes=20)
        while moment < end and self.by is not None:
            self.clock.at(moment, self.work)
            moment += timedelta(minutes=15)

    def work(self, at: datetime) -> None:
        """Works on up to eight cases of those that were received a while ago, each as far as the office can."""
        waiting = dict.fromkeys(row.case for _by, row in self._rows(at) if row.case in self.expected)
        for case in list(waiting)[:8]:
            self._work_on(case, at)

    def _rows(self, at: datetime) -> Sequence[tuple[Actor, cases.Row]]:
        """What waits, each with who can do it: the ministry's officer, or one of another authority."""
        return [(by, row) for by in self.people for row in cases.worklist(by, at=at).rows]

    def _work_on(self, case: UUID, at: datetime) -> None:
        """One step after another, until the case leaves the office; then the applicant hears of it."""
        way = ""
        for _ in range(STEPS):
            by, row = next(((by, row) for by, row in self._rows(at) if row.case == case), (None, None))
            if by is None or row is None:
                break
            task = cases.task_of(by, task=row.task, at=at)
            deciding = "approve" in task.outcomes
            if deciding:
                way = self.chance.choices(WAYS, WEIGHTS)[0]
                self.report.decided += 1
            done = way if deciding else "done"
            reason = REASONS[way] if deciding else ""
            cases.complete(by=by, at=at, task=row.task, outcome=done, reason=reason)
        come_back = self.expected.pop(case)
        if way != "refuse":
            self.clock.at(at + timedelta(minutes=self.chance.randrange(10, 40)), come_back)
