"""Handlers: who hears which event, and what kind of hearing it is."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from onedoor.kernel.letters.event import Event, Letter

Hearing = Callable[[Letter, Any], None]


@dataclass(frozen=True)
class Handler:
    """One context's answer to one event.

    Args:
        name: ``context.function``.
        kind: ``reaction`` runs on the one node that the letter is addressed to (else where it was written);
            ``projection`` runs on every node and writes only local tables.
        writes: the model it writes, ``app.Model``.
    """

    name: str
    kind: Literal["reaction", "projection"]
    event: type[Event]
    hear: Hearing
    writes: str


_handlers: dict[str, Handler] = {}
_by_event: dict[str, list[Handler]] = defaultdict(list)


def reaction(event: type[Event], *, writes: str) -> Callable[[Hearing], Hearing]:
    """Declare a handler that writes an aggregate, on the node that owns it."""
    return _declare("reaction", event, writes)


def projection(event: type[Event], *, writes: str = "") -> Callable[[Hearing], Hearing]:
    """Declare a handler that keeps local tables, on every node."""
    return _declare("projection", event, writes)


def handlers() -> dict[str, Handler]:
    """Every declared handler by name."""
    return dict(_handlers)


def handlers_of(type_name: str, *, here: bool = True) -> list[str]:
    """The names of those who hear an event; ``here`` is false at nodes where no reaction may run."""
    return [handler.name for handler in _by_event[type_name] if here or handler.kind == "projection"]


def _declare(
    kind: Literal["reaction", "projection"], event: type[Event], writes: str
) -> Callable[[Hearing], Hearing]:
    def register(hear: Hearing) -> Hearing:
        context = hear.__module__.split(".")[-2]
        handler = Handler(f"{context}.{hear.__name__}", kind, event, hear, writes)
        known = _handlers.setdefault(handler.name, handler)
        if known is not handler and known.hear.__module__ != hear.__module__:
            raise TypeError(f"two handlers are called {handler.name}")
        if known is handler:
            _by_event[event.name].append(handler)
        return hear

    return register
