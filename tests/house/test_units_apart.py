"""Every action and every read in somebody's name, tried by a stranger who may do all of it, but elsewhere.

The scope that narrows managers is opened wide here, as foreign keys, plain SQL and `save()` pass it anyway: what holds
then is the wall itself. A stranger finds nothing (404), and nothing is written. The same attempt by somebody of the
place shows that it was a real one. Whoever adds a function that acts in somebody's name adds its line to `attempts`.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from onedoor.domain.access import api as access
from onedoor.kernel.errors import DomainError, Missing, Refused
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.house.attempts import ATTEMPTS, INNER
from tests.house.house import DOORS, contexts, named, sources
from tests.house.world import World, world


def acting() -> dict[str, Callable[..., Any]]:
    """Every public function that acts or reads in somebody's name."""
    found = {}
    for place in contexts():
        api = importlib.import_module(f"onedoor.domain.{place.name}.api")
        for name in api.__all__:
            function = getattr(api, name)
            if inspect.isfunction(function) and "by" in inspect.signature(function).parameters:
                found[f"{place.name}.{name}"] = function
    return found


ACTING = acting()
TRIED = sorted(name for name, attempt in ATTEMPTS.items() if not isinstance(attempt, str) and name in ACTING)


@pytest.fixture
def here(db: None, at: datetime) -> World:
    return world(at=at)


def attempts(here: World, who: Actor, at: datetime) -> Iterator[tuple[str, Any, int]]:
    """Each function's answer, or the sentence with which it refused, and how many letters it wrote; all undone."""
    for name in TRIED:
        function, arguments = ACTING[name], ATTEMPTS[name]
        asked = inspect.signature(function).parameters
        before = LetterRow.objects.count()
        with transaction.atomic(), everything("the net is taken away to see the wall"):
            given = arguments(here)  # type: ignore[operator]
            try:
                with transaction.atomic():
                    answer = function(by=who, **({"at": at} if "at" in asked else {}), **given)
            except DomainError as refusal:
                answer = refusal
            yield name, answer, LetterRow.objects.count() - before
            transaction.set_rollback(True)
        access.forget()


def shows_nothing(answer: Any) -> bool:
    """An empty list, an empty page of a list, or nothing at all."""
    rows = getattr(answer, "rows", answer)
    return rows is None or (hasattr(rows, "__len__") and len(rows) == 0)


def test_every_action_has_its_line() -> None:
    assert set(ATTEMPTS) == set(ACTING)


def test_no_door_calls_what_is_inner() -> None:
    inner = {name.split(".")[1] for name, line in ATTEMPTS.items() if line == INNER}
    for path in sources(".py"):
        if DOORS in path.parents:
            called = set(re.findall(r"\b(\w+)\(", path.read_text()))
            assert not called & inner, f"{named(path)} calls what asks for no permission"


def test_no_permission_is_missing_from_the_world(here: World) -> None:
    for code in access.permissions():
        if not code.startswith("access.test-"):
            assert access.may(here.right, code)
            assert access.may(here.stranger, code)


def test_a_stranger_finds_nothing(here: World, at: datetime) -> None:
    found = [
        (name, answer, letters)
        for name, answer, letters in attempts(here, here.stranger, at)
        if letters or not (isinstance(answer, Missing) or shows_nothing(answer))
    ]
    assert found == []


def test_without_the_permission_it_is_refused(here: World, at: datetime) -> None:
    found = [
        (name, answer, letters)
        for name, answer, letters in attempts(here, here.idle, at)
        if letters or not (isinstance(answer, Missing | Refused) or shows_nothing(answer))
    ]
    assert found == []


def test_somebody_of_the_place_finds_it(here: World, at: datetime) -> None:
    none = [
        (name, answer)
        for name, answer, _ in attempts(here, here.right, at)
        if isinstance(answer, Missing | Refused)
    ]
    assert none == [], "these attempts were none"
