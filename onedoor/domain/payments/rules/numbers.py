"""Numbers of the receipts' series that have no receipt: lost with what a restored backup did not hold, or missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from onedoor.domain.payments import errors
from onedoor.kernel.numbers import Run, compose, is_whole


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Serials of one run that have no receipt: from ``first`` to ``last``; without an end where nobody can know it."""

    year: int
    generation: int
    first: int
    last: int | None

    @property
    def key(self) -> str:
        """By which a form and a closed day name it."""
        return f"{self.year}-{self.generation}-{self.first}"


@dataclass(frozen=True, kw_only=True)
class Lost:
    """As people read it: the first number without a receipt, and the last one where it is known."""

    key: str
    first: str
    last: str
    restored: bool

    @property
    def one(self) -> bool:
        """Whether it is a single number."""
        return self.first == self.last


def years_of(runs: Iterable[Run], restores: Mapping[int, int]) -> list[Run]:
    """The runs that may have lost their end: of each generation that a restore ended, from the last year drawn to the restore.

    Args:
        restores: the generations that began with a restore, and the year of it.
    """
    found: list[Run] = []
    known = list(runs)
    for following, year in sorted(restores.items()):
        ended = following - 1
        drawn = {run.year: run.last for run in known if run.generation == ended}
        begin = max(drawn, default=year)
        found += [
            Run(each, ended, drawn.get(each, 0)) for each in range(min(begin, year), max(begin, year) + 1)
        ]
    return found


def lost_of(
    *, holes: Iterable[Missing], ended: Iterable[Run], declared: Collection[str], place: str, series: str
) -> list[Lost]:
    """What is still to be declared: holes inside the runs, and the open ends of runs that a restore ended."""
    open_ends = [
        Missing(year=run.year, generation=run.generation, first=run.last + 1, last=None) for run in ended
    ]

    def number(each: Missing, serial: int) -> str:
        return compose(place=place, year=each.year, series=series, generation=each.generation, serial=serial)

    return [
        Lost(
            key=each.key,
            first=number(each, each.first),
            last=number(each, each.last) if each.last is not None else "",
            restored=each.last is None,
        )
        for each in sorted([*holes, *open_ends], key=lambda each: (each.generation, each.year, each.first))
        if each.key not in declared
    ]


def highest_of(lost: Lost, said: str) -> str:
    """The end of a lost range as somebody read it on a slip: a whole number of the same run, not before its beginning.

    Raises:
        HighestInvalid.
    """
    number = said.strip().upper()
    if not number:
        return ""
    run, serial, _digit = lost.first.rsplit("-", 2)
    parts = number.rsplit("-", 2)
    if len(parts) != 3 or parts[0] != run or not parts[1].isdecimal() or not is_whole(number):
        raise errors.HighestInvalid(field=f"highest-{lost.key}")
    if int(parts[1]) < int(serial) or len(parts[1]) != len(serial):
        raise errors.HighestInvalid(field=f"highest-{lost.key}")
    return number
