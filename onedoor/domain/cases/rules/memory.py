"""What a case remembers for later conditions: how tasks ended, what was counted, what rules answered.

Where an activity runs several times, each of them remembers for itself what happens inside it, so that one ministry's way
is not chosen by another's answer. Behind them the last answer holds.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import CompiledProcess

KEPT = ("tasks", "counts", "rules", "why")
OWN = ("tasks", "counts", "rules")
APART = "apart"
Instance = tuple[UUID, str]  # one of several: its token, and the element that runs several times


class Memory:
    """What is kept, and ``facts`` in which conditions read it.

    ``kept[APART]``, in processes that have it: what each of several keeps for itself, by its token.
    """

    def __init__(self, process: CompiledProcess, facts: Mapping[str, Any]) -> None:
        self.process = process
        self.kept: dict[str, Any] = {name: dict(facts.get(name) or {}) for name in KEPT}
        if process.within:
            self.kept[APART] = {token: dict(own) for token, own in (facts.get(APART) or {}).items()}
        self.facts = {**facts, **self.kept}

    def keep(self, what: str, name: str, value: Any, inside: Sequence[Instance]) -> None:
        """Remember a value, also for those inside which it happened."""
        self.kept[what][name] = value
        for token, _node in inside:
            own = self.kept[APART].setdefault(str(token), {})
            own[what] = {**own.get(what, {}), name: value}

    def known(self, inside: Sequence[Instance]) -> Mapping[str, Any]:
        """The facts as they are seen inside these, the nearest first: of what stands in them, only their own."""
        if not inside:
            return self.facts
        return {**self.facts, **self.own(inside)}

    def own(self, inside: Sequence[Instance]) -> dict[str, Any]:
        """That part of the facts which is seen differently inside these."""
        seen: dict[str, dict[str, Any]] = {what: dict(self.kept[what]) for what in OWN}
        for token, node in reversed(inside):
            hidden, held = self.process.within[node], self.kept[APART].get(str(token), {})
            for what in OWN:
                kept = {name: value for name, value in seen[what].items() if name not in hidden}
                seen[what] = {**kept, **held.get(what, {})}
        return dict(seen)

    def forget(self, token: UUID) -> None:
        """One of several has left."""
        if APART in self.kept:
            self.kept[APART].pop(str(token), None)
