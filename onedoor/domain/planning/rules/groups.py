"""By province, sex, age and channel: days, trips and refusals now and then, each with its error; small cells are hidden."""

from collections.abc import Callable, Generator, Sequence
from typing import Any

from onedoor.domain.monitoring.api import SMALLEST, hidden
from onedoor.domain.planning.rules.bounds import claim, mean
from onedoor.domain.planning.rules.past import Arrival
from onedoor.domain.planning.rules.replay import Outcome, Run

GROUPS = ("province", "sex", "age", "channel")
MEASURES: tuple[tuple[str, Callable[[Outcome], float | None]], ...] = (
    ("days", lambda one: one.days),
    ("trips", lambda one: None if one.trips is None else float(one.trips)),
    ("refused", lambda one: 100.0 * one.refused if one.status else None),
)
Row = dict[str, Any]


def group_rows(
    arrivals: Sequence[Arrival],
    facts: Sequence[Outcome],
    now: Run,
    then: Sequence[Run],
    *,
    seed: int,
    unlike: tuple[Run, Run] | None,
) -> Generator[int, None, list[Row]]:
    """A row for each group of which there is more than one kind; never is one alone hidden."""
    rows: list[Row] = []
    for group in GROUPS:
        values = sorted({arrival.groups[group] for arrival in arrivals if group in arrival.groups})
        if len(values) < 2:
            continue
        members = [
            [place for place, arrival in enumerate(arrivals) if arrival.groups.get(group) == value]
            for value in values
        ]
        secret = hidden([len(places) for places in members])
        for value, places, hide in zip(values, members, secret, strict=True):
            row: Row = {"group": group, "value": value, "hidden": hide}
            if not hide:
                row |= _of_group(places, facts, now, then, seed=seed, unlike=unlike)
            rows.append(row)
            yield len(arrivals)
    return rows


def _of_group(
    places: Sequence[int],
    facts: Sequence[Outcome],
    now: Run,
    then: Sequence[Run],
    *,
    seed: int,
    unlike: tuple[Run, Run] | None,
) -> Row:
    figures: Row = {"n": len(places)}
    for code, get in MEASURES:

        def over(
            outcomes: Sequence[Outcome], get: Callable[[Outcome], float | None] = get
        ) -> list[float | None]:
            return [get(outcomes[place]) for place in places]

        apart = (over(unlike[0].outcomes), over(unlike[1].outcomes)) if unlike else None
        runs = [over(run.outcomes) for run in then]
        found = claim(code, mean, _known(over(facts)), over(now.outcomes), runs, seed=seed, unlike=apart)
        enough = found.n >= SMALLEST
        figures |= {
            f"{code}_now": found.now if enough else None,
            f"{code}_then": found.then if enough else None,
            f"{code}_error": found.error if enough else None,
        }
    return figures


def _known(values: Sequence[float | None]) -> list[float | None]:
    """What is known whole: of open cases no mean can be told."""
    return [None if value is None or type(value) is not float else value for value in values]
