"""Which of a file's processes is run, where partners and what modelers leave behind stand beside it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = ("task", "Task", "Event", "Gateway", "subProcess", "callActivity")


@dataclass(frozen=True)
class Candidate:
    """A process of a file: what it says of itself (``isExecutable``), whether it begins, how many steps it has."""

    says: str
    begins: bool
    steps: int


def candidate(says: str, names: Iterable[str]) -> Candidate:
    """A process, from its attribute and the names of the elements that stand in it."""
    held = list(names)
    return Candidate(says, "startEvent" in held, sum(name.endswith(STEPS) for name in held))


def chosen(candidates: Sequence[Candidate]) -> int:
    """The place of the one that is run: it says so; or it begins and does not deny it; or it has the most steps."""

    def rank(place: int) -> tuple[bool, bool, int]:
        one = candidates[place]
        return one.says != "true", one.says == "false" or not one.begins, -one.steps

    return min(range(len(candidates)), key=rank)
