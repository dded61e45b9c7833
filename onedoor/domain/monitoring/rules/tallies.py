"""What is counted, and under which keys each count is added so that a question finds its sum ready."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from onedoor.domain.monitoring.rules.histogram import added
from onedoor.domain.monitoring.rules.periods import DAY, MONTH, YEAR

ALL = UUID(int=0)
COUNTS = (
    "taken",
    "missed",
    "gone",
    "served",
    "wait_n",
    "wait_sum",
    "wait_within",
    "received",
    "done",
    "refused",
    "withdrawn",
    "duration_sum",
    "due_n",
    "on_time",
    "rated",
    "score_sum",
    "score_squares",
    "satisfied",
    "unanswered",
    "documents",
    "complaints",
    "receipts",
    "money",
    "waived",
)
CHANNELS = ("kiosk", "counter", "online", "machine", "system", "log")
SEXES = ("female", "male", "other")
AGES = ("0-17", "18-34", "35-59", "60+")
TRAITS = ("sex", "age", "disability", "language")
_CHANNEL_OF = {
    "device": "kiosk",
    "staff": "counter",
    "citizen": "online",
    "public": "online",
    "machine": "machine",
    "system": "system",
}


@dataclass(frozen=True)
class Key:
    """A row of tallies: a period, one centre or all, one service or all, one value of one trait or everybody."""

    grain: str
    period: date
    centre: UUID
    service: UUID
    dim: str
    value: str


@dataclass
class Tally:
    """What is added to a row: counts by name, and the histograms of waits and durations."""

    counts: dict[str, int] = field(default_factory=dict)
    waits: list[int] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take another tally in."""
        for name, count in other.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count
        if other.waits:
            self.waits = added([self.waits, other.waits])
        if other.durations:
            self.durations = added([self.durations, other.durations])


def channel_of(actor_kind: str) -> str:
    """By which way somebody came, from who acted."""
    return _CHANNEL_OF.get(actor_kind, "counter")


def age_group(years: int) -> str:
    """A person's age group."""
    return AGES[0] if years < 18 else AGES[1] if years < 35 else AGES[2] if years < 60 else AGES[3]


def keys(*, day: date, centre: UUID, service: UUID | None, traits: Mapping[str, str]) -> Iterator[Key]:
    """Every row to which something that happened is added.

    Months and years by centre, by service, by both and by neither; by channel likewise; by what is known of the person
    not by centre and service at once (such cells would be too small to be shown). Days by centre and by service.
    """
    places = [(ALL, ALL), (centre, ALL)]
    if service is not None:
        places += [(ALL, service), (centre, service)]
    dims = [("", ""), *((dim, value) for dim, value in traits.items() if value)]
    for grain, period in ((MONTH, day.replace(day=1)), (YEAR, day.replace(month=1, day=1))):
        for dim, value in dims:
            for where, what in places:
                if dim in TRAITS and where != ALL and what != ALL:
                    continue
                yield Key(grain, period, where, what, dim, value)
    for where, what in places:
        yield Key(DAY, day, where, what, "", "")
