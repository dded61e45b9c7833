"""The tests of a draft: applications that are invented, with what should come of each. No database, no clock.

Who walks an application lives in a higher context, which declares its walker here when it is loaded, as handlers do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onedoor.domain.catalogue.rules.documents import Documents

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class DraftTest:
    """What is invented (answers, how each task ends, the day it begins) and what is expected; empty is not looked at."""

    id: str
    name: str = ""
    begin: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    end: str = ""
    fee: int | None = None
    papers: tuple[str, ...] = ()
    check_papers: bool = False
    due: date | None = None

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "DraftTest":
        """A test from what was kept. Raises ValueError and its like for what is none."""
        due, fee = held.get("due"), held.get("fee")
        return cls(
            id=str(held["id"]),
            name=str(held.get("name", "")),
            begin=date.fromisoformat(held["begin"]),
            answers=dict(held.get("answers") or {}),
            outcomes={str(key): str(value) for key, value in (held.get("outcomes") or {}).items()},
            end=str(held.get("end") or ""),
            fee=int(fee) if fee is not None else None,
            papers=tuple(str(each) for each in held.get("papers") or ()),
            check_papers=held.get("check_papers") is True,
            due=date.fromisoformat(due) if due else None,
        )

    def kept(self) -> dict[str, Any]:
        """The test as the draft keeps it."""
        return {
            "id": self.id,
            "name": self.name,
            "begin": self.begin.isoformat(),
            "answers": dict(self.answers),
            "outcomes": dict(self.outcomes),
            "end": self.end,
            "fee": self.fee,
            "papers": list(self.papers),
            "check_papers": self.check_papers,
            "due": self.due.isoformat() if self.due else None,
        }


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of a test: whether it is as expected, each thing that was looked at in words, and the way it went."""

    good: bool
    looked: tuple[tuple[bool, str], ...]
    way: tuple[str, ...] = ()


def tests_kept(documents: Documents) -> Iterator[tuple[int, DraftTest | None]]:
    """The tests that documents hold, each with its place; None for what cannot be read as one."""
    held = documents.content.get("tests")
    for index, each in enumerate(held if isinstance(held, list) else ()):
        try:
            yield index, DraftTest.read(each)
        except UNREADABLE:
            yield index, None


def tests_of(documents: Documents) -> list[DraftTest]:
    """The tests that can be read."""
    return [test for _index, test in tests_kept(documents) if test is not None]


Walker = Callable[[Documents, DraftTest], Verdict]
_walkers: list[Walker] = []


def declare_walker(walk: Walker) -> Walker:
    """Make known who walks the tests of drafts; the last one declared does."""
    _walkers[:] = [walk]
    return walk


def declared_walker() -> Walker | None:
    """Who walks the tests of drafts; None where nobody does."""
    return _walkers[0] if _walkers else None
