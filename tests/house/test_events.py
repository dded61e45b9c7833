"""Events are frozen, versioned, and carry references and codes only."""

import dataclasses
import re
from datetime import UTC, date, datetime
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from onedoor.kernel.letters import Event, events
from onedoor.tools.docs import events_page
from tests.house.house import PRODUCT, ROOT, sources

EXAMPLES = {
    UUID: UUID(int=7),
    str: "code",
    int: 3,
    bool: True,
    datetime: datetime(2026, 3, 2, 2, 0, tzinfo=UTC),
    date: date(2026, 3, 2),
}
# What would be a name or a content, whatever its type.
PERSONAL = {
    "name",
    "names",
    "phone",
    "email",
    "address",
    "birth_date",
    "comment",
    "text",
    "facts",
    "data",
    "form",
}
OURS = [event for event in events().values() if event.__module__.startswith("onedoor.")]

each_event = pytest.mark.parametrize("event", OURS, ids=lambda event: event.name)


def kinds(event: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(event)
    return {field.name: hints[field.name] for field in dataclasses.fields(event)}


@each_event
def test_an_event_is_versioned_frozen_and_named_by_its_context(event: type[Event]) -> None:
    context = event.__module__.split(".")[2]
    assert re.fullmatch(rf"{context}\.[a-z][a-z0-9_]+", event.name)
    assert event.schema >= 1
    assert event.__module__.split(".")[3] == "events", "events stand in events.py"
    assert event.__doc__ and not event.__doc__.startswith(event.__name__ + "("), "say what happened"
    options = event.__dataclass_params__  # type: ignore[attr-defined]
    assert options.frozen and all(field.kw_only for field in dataclasses.fields(event))


@each_event
def test_an_event_carries_references_and_codes_only(event: type[Event]) -> None:
    for name, hint in kinds(event).items():
        assert set(get_args(hint) or [hint]) <= {*EXAMPLES, NoneType}, f"{name} is neither reference nor code"
        assert name not in PERSONAL, f"{name} belongs into the payload"


@each_event
def test_an_event_is_read_as_it_was_written(event: type[Event]) -> None:
    values = {name: EXAMPLES[(get_args(hint) or [hint])[0]] for name, hint in kinds(event).items()}
    written = event(**values)
    assert event.read(written.body()) == written


def test_every_event_happens() -> None:
    written = [path for path in sources(".py") if PRODUCT in path.parents and "events" not in path.name]
    called = {name for path in written for name in re.findall(r"\b([A-Z]\w*)\(", path.read_text())}
    assert OURS and not [event.name for event in OURS if event.__name__ not in called], "nobody publishes it"


def test_the_page_is_fresh() -> None:
    assert ROOT.joinpath("docs/events.md").read_text() == events_page(), "run `onedoor docs`"
