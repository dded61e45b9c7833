"""Events as contexts declare them, and letters as handlers receive them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, get_args, get_type_hints
from uuid import UUID

import orjson

CODES = (UUID, str, int, bool, datetime, date, type(None))
_events: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: a frozen dataclass of references and codes, with a name and a schema version.

    Never names of people or contents of forms: those travel in a `Payload`.
    """

    name: ClassVar[str] = ""
    schema: ClassVar[int] = 0

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.name or cls.schema < 1:
            raise TypeError(f"{cls.__name__} needs a name and a schema version")
        other = _events.setdefault(cls.name, cls)
        if other.__qualname__ != cls.__qualname__:
            raise TypeError(f"the event name {cls.name} is taken by {other.__qualname__}")

    def body(self) -> str:
        """Canonical JSON: sorted keys, no spaces."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z).decode()

    @classmethod
    def read(cls, body: str) -> "Event":
        """The event that `body` wrote; keys that this version does not know are passed over (additive schemas)."""
        held = orjson.loads(body)
        kinds = _kinds(cls)  # type: ignore[arg-type]  # a class is hashable, whatever its instances are
        return cls(**{name: _revive(kind, held[name]) for name, kind in kinds.items() if name in held})


@dataclass(frozen=True)
class Letter:
    """A published event's envelope: what a handler may know without reading any state."""

    id: int
    origin: UUID
    type: str
    schema: int
    kind: str
    aggregate: UUID
    epoch: int
    version: int
    actor_kind: str
    actor: UUID
    centre: UUID | None
    at: datetime
    body: str
    number: int | None = None

    def event(self) -> Event:
        """The event inside; KeyError when this installation does not know its type."""
        return _events[self.type].read(self.body)


def events() -> dict[str, type[Event]]:
    """Every declared event by name."""
    return dict(_events)


@lru_cache(maxsize=512)
def _kinds(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: _plain(hints[field.name]) for field in fields(cls)}


def _plain(hint: Any) -> Any:
    options = [option for option in get_args(hint) if option is not type(None)]
    return options[0] if options else hint


def _revive(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind is UUID:
        return UUID(value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return value
