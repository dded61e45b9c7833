"""Whose turn it is at a counter: the oracle of what the database answers when somebody presses *Call next*."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from onedoor.domain.queue.rules.calling import CallingRule

LANGUAGE = "language:"
"""With a code behind it: the person asked to be served in this language."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A ticket in line, as far as its turn depends on it."""

    id: UUID
    service: UUID
    place: datetime
    zone: str = ""
    help: str = ""
    only_counter: UUID | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom a counter may call now.

    Args:
        closed: the zones that it does not serve.
        ladder: the zones that it leaves for later, step by step: on each step it serves one more of them.
        without: the services that are not given there, or that the officer has not learnt.
        languages: those the officer speaks; None when that is not known.
        long: who stands in line since this instant or earlier is served by every counter that may.
        at: the instant of the call.
    """

    counter: UUID
    closed: tuple[str, ...]
    ladder: tuple[tuple[str, ...], ...]
    without: tuple[UUID, ...]
    languages: tuple[str, ...] | None
    long: datetime
    at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether the counter serves the whole hall."""
        return not self.closed and not self.without


def reach_of(
    rule: CallingRule,
    *,
    counter: UUID,
    code: str,
    at: datetime,
    without: Collection[UUID] = (),
    languages: Collection[str] | None = None,
) -> Reach:
    """Whom the counter of this code may call by the rule, and in which order of zones it looks.

    Args:
        without: services that cannot be given there; languages: those the officer speaks, None when not known.
    """
    zones = tuple(zone.code for zone in rule.zones)
    served = tuple(zone for zone in rule.counters.get(code, ()) if zone in zones)
    steps = tuple(served[own:] for own in range(1, len(served) + 1)) if served else ((),)
    return Reach(
        counter=counter,
        closed=tuple(zone for zone in zones if served and zone not in served),
        ladder=steps,
        without=tuple(sorted(without)),
        languages=None if languages is None else tuple(sorted(languages)),
        long=at - timedelta(minutes=rule.help_after),
        at=at,
    )


def next_of(waiting: Iterable[Waiting], *, reach: Reach) -> Waiting | None:
    """The ticket whose turn it is at the counter; None when it may call nobody who waits."""
    return next(iter(turns(waiting, reach=reach)), None)


def turns(waiting: Iterable[Waiting], *, reach: Reach) -> Iterator[Waiting]:
    """All whom the counter may call, in the order in which it would if nobody else came and no time passed."""
    left = sorted((one for one in waiting if may_call(one, reach)), key=lambda one: (one.place, one.id))
    for later in reach.ladder:
        yield from (one for one in left if _now(one, later, reach))
        left = [one for one in left if not _now(one, later, reach)]


def may_call(one: Waiting, reach: Reach) -> bool:
    """Whether a counter may call somebody at all: who was sent to it always, who was sent to another never."""
    if one.not_before is not None and one.not_before > reach.at:
        return False
    if one.only_counter is not None:
        return one.only_counter == reach.counter
    return one.zone not in reach.closed and one.service not in reach.without and _understood(one, reach)


def _now(one: Waiting, later: tuple[str, ...], reach: Reach) -> bool:
    return one.zone not in later or one.place <= reach.long or one.only_counter is not None


def _understood(one: Waiting, reach: Reach) -> bool:
    """A wish for a language binds until it has cost a long wait; then anybody serves, with an interpreter if there is one."""
    if reach.languages is None or one.place <= reach.long:
        return True
    wished = next((code for code in one.help.split() if code.startswith(LANGUAGE)), None)
    return wished is None or wished.removeprefix(LANGUAGE) in reach.languages
