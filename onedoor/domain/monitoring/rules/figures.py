"""Key figures from tallies, and how each is said: what it counts, which way is better, against which standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from onedoor.domain.monitoring.rules.histogram import DURATION, WAIT
from onedoor.domain.monitoring.rules.statistics import judged, wilson
from onedoor.domain.monitoring.rules.tallies import Tally

Kind = Literal["count", "minutes", "days", "share"]


@dataclass(frozen=True)
class Limit:
    """A service standard as it is judged by."""

    code: str
    name: Mapping[str, str]
    limit: int
    share: int
    demonstration: bool


@dataclass(frozen=True)
class Measure:
    """One key figure.

    Args:
        up: whether more is better; None when it is neither.
        standard: by which standard it is judged, if any.
    """

    code: str
    label: Any
    kind: Kind
    up: bool | None
    standard: str = ""


MEASURES = {
    one.code: one
    for one in (
        Measure("served", _("People served"), "count", None),
        Measure("wait_median", _("Median wait"), "minutes", False),
        Measure("wait_p90", _("Wait, 90th percentile"), "minutes", False),
        Measure("wait_share", _("Called within the standard"), "share", True, "wait"),
        Measure("done", _("Cases finished"), "count", None),
        Measure("duration_median", _("Median duration of a case"), "days", False),
        Measure("duration_p90", _("Duration, 90th percentile"), "days", False),
        Measure("on_time", _("Cases on time"), "share", True, "on_time"),
        Measure("satisfied", _("Satisfied people"), "share", True, "satisfied"),
    )
}


@dataclass(frozen=True)
class Figures:
    """The key figures of one line."""

    tally: Tally

    def count(self, name: str) -> int:
        """A plain count."""
        return self.tally.counts.get(name, 0)

    def n(self, measure: str) -> int:
        """Of how many the figure is made."""
        return {
            "served": self.count("served"),
            "wait_median": self.count("wait_n"),
            "wait_p90": self.count("wait_n"),
            "wait_share": self.count("wait_n"),
            "satisfied": self.count("rated"),
            "on_time": self.count("due_n"),
        }.get(measure, self.count("done"))

    def hits(self, measure: str) -> int:
        """Of a share: how many keep it."""
        return self.count({"wait_share": "wait_within"}.get(measure, measure))

    def value(self, measure: str) -> float | None:
        """A count; minutes; days; a share from 0 to 1. None when nothing was counted."""
        if measure in ("served", "done"):
            return self.count(measure)
        if not self.n(measure):
            return None
        if MEASURES[measure].kind == "share":
            return self.hits(measure) / self.n(measure)
        share = 0.9 if measure.endswith("p90") else 0.5
        if measure.startswith("wait"):
            seconds = WAIT.quantile(self.tally.waits, share)
            return None if seconds is None else seconds / 60
        seconds = DURATION.quantile(self.tally.durations, share)
        return None if seconds is None else seconds / 86400

    def interval(self, measure: str) -> tuple[float, float] | None:
        """The 95 % interval of a share."""
        if MEASURES[measure].kind != "share":
            return None
        return wilson(self.hits(measure), self.n(measure))

    def verdict(self, measure: str, limits: Mapping[str, Limit]) -> str:
        """met, missed, open (chance may explain it), or none (nothing counted, or no standard)."""
        limit = limits.get(MEASURES[measure].standard)
        if limit is None or MEASURES[measure].kind != "share":
            return "none"
        return judged(self.hits(measure), self.n(measure), limit.share)


def summed(figures: list[Figures]) -> Figures:
    """All of them together."""
    total = Tally()
    for one in figures:
        total.add(one.tally)
    return Figures(total)
