"""A version of a service as the laboratory walks it, what it is compared with, and what is assumed where nothing was seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from onedoor.domain.catalogue.api import CompiledProcess, Duration, Node, Paper, to_bring
from onedoor.domain.centres.api import Calendar
from onedoor.domain.planning.rules.hall import Hall
from onedoor.domain.planning.rules.hours import Hours
from onedoor.domain.planning.rules.past import Past

Answers = Mapping[str, Any]
Merging = Literal["sum", "longer"]


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """What nobody has seen yet, as it is told with every result.

    Args:
        work_minutes, rest_hours: of a step that is new, in a lane in which nothing was ever done.
        merging: whether a merged step takes the work of all its parts, or of the longest.
        paper_minutes: at the counter, to look at a paper and scan it.
        errands: papers for which an applicant makes a trip of her own before she comes.
        people: how many more (or fewer) people a role has, at each of its offices.
        prepared: the share of those filled in at the counter so far who would come with a prepared application.
        prepared_minutes: that one takes at the counter, where nobody came with one yet.
    """

    work_minutes: float = 15
    rest_hours: float = 8
    merging: Merging = "sum"
    paper_minutes: float = 2
    errands: frozenset[str] = frozenset()
    people: Mapping[str, int] = field(default_factory=dict)
    prepared: float = 0.0
    prepared_minutes: float = 5


@dataclass(frozen=True, kw_only=True)
class Version:
    """What is walked.

    Args:
        process: None for the cases of a log, which go on as they did. inline: handlers that run inside a step.
        fee: of an application on a day, in minor units; None while it is to be set.
        refuses: why an application is not accepted at all, as codes; empty where it is.
        known: the answers as its rules reckon with them; kept are numbers with decimals as texts.
        merged: which steps of the past a step stands for. gone: activities of a log that are left out.
    """

    duration: Duration
    process: CompiledProcess | None = None
    inline: frozenset[str] = frozenset()
    papers: tuple[Paper, ...] = ()
    fee: Callable[[Answers, date], int | None] = lambda _answers, _day: None
    refuses: Callable[[Answers, date], tuple[str, ...]] = lambda _answers, _day: ()
    known: Callable[[Answers], Answers] = lambda answers: answers
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def asked(self, answers: Answers) -> frozenset[str]:
        """The required papers that somebody with these answers brings."""
        return frozenset(paper.code for paper in to_bring(self.papers, self.known(answers)) if paper.required)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every run stands on.

    Args:
        current: the version that was in force. hours, calendars: of every office.
        hall: where applicants waited by their tickets; None where nothing tells.
        office: the unit whose people do a step: element, place among several, centre, authority.
    """

    past: Past
    current: Version
    hours: Mapping[UUID, Hours]
    calendars: Mapping[UUID, Calendar]
    office: Callable[[Node, str, UUID, UUID], UUID]
    assumptions: Assumptions = field(default_factory=Assumptions)
    hall: Hall | None = None
