"""Handlers: who hears which event, and what kind of hearing it is."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onedoor.kernel.letters.event import Event, Letter

Hearing = Callable[..., None]
Told = Sequence[tuple[Letter, Any]]


@dataclass(frozen=True)
class Handler:
    """One context's answer to an event; a follower's answer to several, in batches.

    Args:
        name: ``context.function``.
        kind: ``reaction`` runs on the one node that the letter is addressed to (else where it was written);
            ``projection`` runs on every node and writes only local tables.
        writes: the model it writes, ``app.Model``.
        together: it hears what waits for it as one list of (letter, event), for events that are as frequent as tickets.
            It must be able to hear each alone too: when a list fails, its letters are delivered one by one.
    """

    name: str
    kind: Literal["reaction", "projection"]
    events: tuple[type[Event], ...]
    hear: Hearing
    writes: str
    together: bool = False

    def tell(self, told: Told) -> None:
        """Let it hear these letters with their events."""
        if self.together:
            self.hear(told)
            return
        for letter, event in told:
            self.hear(letter, event)


_handlers: dict[str, Handler] = {}
_followers: dict[str, Handler] = {}
_by_event: dict[str, list[Handler]] = defaultdict(list)


def reaction(event: type[Event], *, writes: str, together: bool = False) -> Callable[[Hearing], Hearing]:
    """Declare a handler that writes an aggregate, on the node that owns it."""
    return _declare("reaction", (event,), writes, together)


def projection(
    *events: type[Event], writes: str = "", together: bool = False
) -> Callable[[Hearing], Hearing]:
    """Declare a handler that keeps local tables, on every node; it hears several events of an aggregate in their order."""
    return _declare("projection", events, writes, together)


def following(*events: type[Event], writes: str = "") -> Callable[[Hearing], Hearing]:
    """Declare a projection that follows the sealed numbers and hears letters of all aggregates together, in one order.

    Nothing is written for it when a letter is published, so it costs the counter nothing.
    """

    def register(hear: Hearing) -> Hearing:
        handler = _known("projection", events, hear, writes, together=True)
        _followers[handler.name] = handler
        return hear

    return register


def followers() -> tuple[Handler, ...]:
    """Every declared projection that follows."""
    return tuple(_followers.values())


def handlers() -> dict[str, Handler]:
    """Every declared handler by name."""
    return dict(_handlers)


def handlers_of(type_name: str, *, here: bool = True) -> list[str]:
    """The names of those who hear an event; ``here`` is false at nodes where no reaction may run."""
    return [handler.name for handler in _by_event[type_name] if here or handler.kind == "projection"]


def _declare(
    kind: Literal["reaction", "projection"], events: tuple[type[Event], ...], writes: str, together: bool
) -> Callable[[Hearing], Hearing]:
    def register(hear: Hearing) -> Hearing:
        handler = _known(kind, events, hear, writes, together)
        for event in events:
            _by_event[event.name].append(handler)
        return hear

    return register


def _known(
    kind: Literal["reaction", "projection"],
    events: tuple[type[Event], ...],
    hear: Hearing,
    writes: str,
    together: bool,
) -> Handler:
    """A new handler under its name, by which letters are delivered and a place is kept. TypeError: another one has it."""
    handler = Handler(
        f"{hear.__module__.split('.')[-2]}.{hear.__name__}", kind, events, hear, writes, together
    )
    if handler.name in _handlers:
        raise TypeError(f"two handlers are called {handler.name}")
    _handlers[handler.name] = handler
    return handler
