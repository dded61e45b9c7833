"""The base of handlers: a name that processes use, and whether it runs inside the step or by the worker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import declare_handler


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a handler gets to know: the case it works for, and when."""

    case: UUID
    number: str
    centre: UUID
    service: UUID
    edition: UUID
    person: UUID | None
    data: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Handler:
    """A handler: ``inline`` ones change only the case and run in the step; the others run by the worker, with retry."""

    name: str
    run: Callable[[Call], None]
    inline: bool = False


_handlers: dict[str, Handler] = {}


def service(name: str, *, inline: bool = False) -> Callable[[Callable[[Call], None]], Callable[[Call], None]]:
    """Register a function as the handler of service tasks that name it. It may run twice: it must not mind."""

    def register(run: Callable[[Call], None]) -> Callable[[Call], None]:
        _handlers[declare_handler(name)] = Handler(name, run, inline)
        return run

    return register


def handler(name: str) -> Handler | None:
    """The handler of this name, if it is installed."""
    return _handlers.get(name)


def inline_handlers() -> frozenset[str]:
    """The names of those that run inside the step."""
    return frozenset(name for name, held in _handlers.items() if held.inline)
