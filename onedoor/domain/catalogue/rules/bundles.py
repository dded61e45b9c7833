"""Several services of one moment of life: in which order, and what is brought for all of them once. No database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onedoor.domain.catalogue.rules import Instead, Paper, ServiceView
from onedoor.kernel.i18n import Translated


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A paper that serves several services.

    Args:
        services: their codes. original, copy: for which of them it is seen as such; neither: no source says.
        conditions: in which cases it is needed, in words; empty: in any.
        instead: what all of them take in its place.
        given_by: the code of the service of the bundle that gives it on the way; empty: it is brought.
    """

    code: str
    name: Translated
    services: tuple[str, ...]
    required: bool
    demonstration: bool
    original: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    conditions: tuple[Translated, ...] = ()
    instead: tuple[Instead, ...] = ()
    given_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Services in the order in which they are asked for, what is brought once, what comes on the way, what the state has."""

    services: tuple[ServiceView, ...]
    bring: tuple[Brought, ...]
    on_the_way: tuple[Brought, ...]
    held: tuple[Brought, ...]


def in_order(services: Iterable[ServiceView], event: str) -> tuple[ServiceView, ...]:
    """Services of a moment of life: those that name it first come first, who gives a paper before who asks for it."""
    held = list(services)
    codes = {one.code for one in held}
    asked = {one.code: sum(one.code in _givers(other) for other in held) for one in held}
    waiting = sorted(held, key=lambda one: (_place(one, event), -asked[one.code], one.code))
    done: list[ServiceView] = []
    while waiting:
        given = {one.code for one in done}
        ready = next((one for one in waiting if not (_givers(one) & codes) - given - {one.code}), waiting[0])
        done.append(ready)
        waiting.remove(ready)
    return tuple(done)


def bundle(services: Sequence[ServiceView]) -> Bundle:
    """What these services, in this order, come to together."""
    asked: dict[str, list[tuple[str, Paper]]] = {}
    for one in services:
        for paper in one.papers:
            asked.setdefault(paper.code, []).append((one.code, paper))
    codes = [one.code for one in services]
    merged = [_merged(held, codes) for held in asked.values() if not all(_held(paper) for _c, paper in held)]
    return Bundle(
        services=tuple(services),
        bring=tuple(each for each in merged if not each.given_by),
        on_the_way=tuple(each for each in merged if each.given_by),
        held=tuple(
            _merged(held, codes) for held in asked.values() if all(_held(paper) for _c, paper in held)
        ),
    )


def _merged(held: Sequence[tuple[str, Paper]], codes: Sequence[str]) -> Brought:
    wanted = [(code, paper) for code, paper in held if not _held(paper)] or list(held)
    first = wanted[0]
    always = any(not paper.when for _code, paper in wanted)
    accepted = set.intersection(*({each.code for each in paper.instead} for _code, paper in wanted))
    giver = next((paper.service for _code, paper in wanted if paper.service in codes), "")
    early = giver and all(codes.index(giver) < codes.index(code) for code, _paper in wanted)
    words = {tuple(paper.when.items()): paper.when for _code, paper in wanted if paper.when}
    return Brought(
        code=first[1].code,
        name=first[1].name,
        services=tuple(code for code, _paper in wanted),
        required=any(paper.required for _code, paper in wanted),
        demonstration=all(paper.demonstration for _code, paper in wanted),
        original=tuple(code for code, paper in wanted if paper.form == "original"),
        copy=tuple(code for code, paper in wanted if paper.form == "copy"),
        conditions=() if always else tuple(words.values()),
        instead=tuple(each for each in first[1].instead if each.code in accepted),
        given_by=giver if early else "",
    )


def _place(one: ServiceView, event: str) -> int:
    return one.life_events.index(event) if event in one.life_events else len(one.life_events)


def _givers(one: ServiceView) -> set[str]:
    return {paper.service for paper in one.papers if paper.service}


def _held(paper: Paper) -> bool:
    return paper.form == "held"
