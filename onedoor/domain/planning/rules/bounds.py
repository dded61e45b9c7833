"""How sure a change is: what the replay says, how far it missed the past, and within which error the change lies.

The error of a change is the largest of three: half the width of its 95 % interval, by drawing the same cases again and
again (both versions on the same cases, so what they share falls out); how far the replay of the version in force missed
what happened; and by how much the change differs when the past is read otherwise, as far as that is believable too.
A change within its error is not told apart from none.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, median, pstdev

Values = Sequence[float]
Reckoning = Callable[[Values], float]
AGAIN, MOST = 200, 1_000
SURE = 1.96  # standard errors to either side, for 95 of a hundred
FINEST = 0.002  # of the figure: a replay is no finer than this


class AtLeast(float):
    """A value that is only known to be no smaller: of a case that is still open (censored from the right)."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One measure.

    Args:
        n: cases behind it. fact: what happened; None where nothing tells. now, then: replay of the version in force, and of the
            other. error: of the change. missed: replay less fact. mae: by how much a single case was missed on average.
    """

    code: str
    n: int
    fact: float | None
    now: float | None
    then: float | None
    error: float = 0.0
    missed: float | None = None
    mae: float | None = None

    @property
    def change(self) -> float | None:
        """How much it changes."""
        return None if self.now is None or self.then is None else self.then - self.now

    @property
    def told_apart(self) -> bool:
        """Whether the change is larger than its error."""
        return (
            self.change is not None and abs(self.change) > self.error + FINEST * abs(self.now or 0.0) + 1e-9
        )


def claim(
    code: str,
    reckoning: Reckoning,
    facts: Sequence[float | None],
    now: Sequence[float | None],
    then: Sequence[Sequence[float | None]],
    *,
    seed: int,
    unlike: tuple[Sequence[float | None], Sequence[float | None]] | None = None,
) -> Claim:
    """A measure of the same cases in fact, in the replay, and in the replays of the other version (one a seed).

    Cases for which one of them has no value are left out of all.

    Args:
        unlike: both versions again, by the other way to read the past.
    """
    rows = [
        (fact, one, fmean(others))
        for fact, one, *others in zip(facts, now, *then, strict=True)
        if one is not None and all(each is not None for each in others)
    ]
    if not rows:
        return Claim(code=code, n=0, fact=None, now=None, then=None)
    before, after = [row[1] for row in rows], [row[2] for row in rows]
    known = [(row[0], as_seen(row[1], row[0])) for row in rows if row[0] is not None]
    whole = [one for one in known if not isinstance(one[0], AtLeast)]
    in_fact = reckoning([one[0] for one in known]) if known else None
    missed = reckoning([one[1] for one in known]) - in_fact if in_fact is not None else None
    wide = _half_width(reckoning, before, after, seed=seed)
    runs = [reckoning([each[place] for each in _complete(now, then)]) for place in range(len(then))]
    spread = 2 * pstdev(runs) if len(runs) > 1 else 0.0
    change = reckoning(after) - reckoning(before)
    return Claim(
        code=code,
        n=len(rows),
        fact=in_fact,
        now=reckoning(before),
        then=reckoning(after),
        error=max(math.hypot(wide, spread), abs(missed or 0.0), _unlike(reckoning, change, unlike)),
        missed=missed,
        mae=fmean(abs(fact - one) for fact, one in whole) if whole else None,
    )


def as_seen(again: float, fact: float) -> float:
    """A replayed value as it would have been seen: of a case that was left open it, too, is known only so far."""
    return AtLeast(fact) if isinstance(fact, AtLeast) and again >= fact else again


def _unlike(
    reckoning: Reckoning,
    change: float,
    unlike: tuple[Sequence[float | None], Sequence[float | None]] | None,
) -> float:
    """By how much the change differs in the other way to read the past."""
    pairs = (
        [(a, b) for a, b in zip(*unlike, strict=True) if a is not None and b is not None] if unlike else []
    )
    if not pairs:
        return 0.0
    return abs(reckoning([pair[1] for pair in pairs]) - reckoning([pair[0] for pair in pairs]) - change)


def share(values: Values) -> float:
    """The share of ones, as a percentage."""
    return 100 * fmean(values) if values else 0.0


def p90(values: Values) -> float:
    """What nine of ten stay below."""
    if any(isinstance(value, AtLeast) for value in values):
        return _below(values, 0.9)
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(0.9 * len(ordered)) - 1)] if ordered else 0.0


def middle(values: Values) -> float:
    """The median."""
    if any(isinstance(value, AtLeast) for value in values):
        return _below(values, 0.5)
    return median(values) if values else 0.0


def mean(values: Values) -> float:
    """The mean."""
    return fmean(values) if values else 0.0


def total(values: Values) -> float:
    """The sum."""
    return float(sum(values))


def within(values: Values, edges: Sequence[float]) -> list[float]:
    """The share that is not above each edge, as percentages; open cases count as long as they were seen (Kaplan-Meier)."""
    steps = _steps(values)
    found, place, share_left = [], 0, 1.0
    for edge in edges:
        while place < len(steps) and steps[place][0] <= edge:
            share_left = steps[place][1]
            place += 1
        found.append(100 * (1 - share_left))
    return found


def _steps(values: Values) -> list[tuple[float, float]]:
    """At which values the share that is left falls, and to what."""
    left, share_left, found = len(values), 1.0, []
    for value in sorted(values, key=lambda one: (one, isinstance(one, AtLeast))):
        if not isinstance(value, AtLeast):
            share_left *= 1 - 1 / left
            found.append((float(value), share_left))
        left -= 1
    return found


def _below(values: Values, part: float) -> float:
    """The value that a part stays below, where some are open; the largest that was seen, where too many are."""
    reached = (value for value, left in _steps(values) if 1 - left >= part - 1e-9)
    return next(reached, float(max(values)))


def by_chance(percent: float, of: float) -> float:
    """By how much a share of so many may differ by chance, in points."""
    seen = percent / 100
    return 100 * SURE * math.sqrt(seen * (1 - seen) / of) if of >= 1 else 0.0


def most_of(hits: int, of: int) -> float:
    """The largest share, as a percentage, that is believable where so many of so many were seen (Wilson, 95 %)."""
    if not of:
        return 100.0
    seen, spread = hits / of, SURE * SURE / of
    return (
        100 * (seen + spread / 2 + SURE * math.sqrt(seen * (1 - seen) / of + spread / of / 4)) / (1 + spread)
    )


def _complete(now: Sequence[float | None], then: Sequence[Sequence[float | None]]) -> list[tuple[float, ...]]:
    """The values of every run for the cases that have them all."""
    return [row for one, *row in zip(now, *then, strict=True) if one is not None and None not in row]  # type: ignore[misc]


def _half_width(reckoning: Reckoning, before: Values, after: Values, *, seed: int) -> float:
    """Half of the 95 % interval of the change, by drawing the pairs again; of many pairs a part is drawn and scaled.

    That of a mean is known without drawing.
    """
    if list(before) == list(after):
        return 0.0
    if reckoning is mean:
        changes = [later - once for once, later in zip(before, after, strict=True)]
        return SURE * pstdev(changes) / math.sqrt(len(changes))
    chance, size = Random(seed), min(len(before), MOST)
    changes = []
    for _ in range(AGAIN):
        drawn = chance.choices(range(len(before)), k=size)
        changes.append(reckoning([after[one] for one in drawn]) - reckoning([before[one] for one in drawn]))
    changes.sort()
    half = (changes[int(0.975 * AGAIN) - 1] - changes[int(0.025 * AGAIN)]) / 2
    scale = math.sqrt(size / len(before))
    return half / scale if reckoning is total else half * scale
