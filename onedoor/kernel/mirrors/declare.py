"""What a model declares about leaving its node; `docs/mirrors.md` is made from these."""

from dataclasses import dataclass
from typing import Any, Literal

Direction = Literal["up", "down", "local"]
Privacy = Literal["open", "personal", "secret"]


@dataclass(frozen=True)
class Mirror:
    """An aggregate of which other nodes keep a copy.

    Args:
        direction: ``up`` from centre to hub, ``down`` from hub to centres, ``local`` never.
        privacy: ``open`` to anyone, ``personal`` data of a person, ``secret`` to this node.
        fields: names of the fields that travel, or ``"*"`` for all.
    """

    direction: Direction
    privacy: Privacy
    fields: tuple[str, ...] | Literal["*"] = "*"


@dataclass(frozen=True)
class Child:
    """A row that travels as part of its aggregate; ``of`` names the foreign key to it."""

    of: str


@dataclass(frozen=True)
class Local:
    """A row that never leaves its node, and why."""

    why: str


Declaration = Mirror | Child | Local


def declaration_of(model: Any) -> Declaration | None:
    """What ``model`` declares, or None."""
    return getattr(model, "mirror", None)
