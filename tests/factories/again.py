"""A world that many tests ask for is built through the actions, and laid again as the rows that came of it.

Building one takes some three hundred statements. What was built twice with the same arguments is remembered as rows; who
asks a third time gets these rows under ids of their own, in a database in which nothing has happened yet. All else is built.

Directories whose conftest names `worlds_laid_again` do so. It is not for tests that compare digests of content: they cover
ids, and are laid as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from onedoor.domain.access import api as access
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow

VIENTIANE = ZoneInfo("Asia/Vientiane")
FRESH = timedelta(minutes=10)
ASIDE = {"django_migrations", "django_content_type", "auth_permission", "access_stamp"}
STAMPS = "kernel_reference"  # emptying another table writes here
RIGHTS_CHANGED = "UPDATE access_stamp SET value = gen_random_uuid()"
ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
           string_agg('quote_nullable(' || quote_ident(attname) || '::text)', ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_here = {"laid": False}
How = ParamSpec("How")
World = TypeVar("World")


@dataclass(frozen=True)
class Laid(Generic[World]):
    """What was built at an instant, and the statements that lay it again."""

    at: datetime
    world: World
    statements: str
    drawn: list[str]

    def serves(self, at: datetime) -> bool:
        """Whether it is the world of this instant; one of now may be some minutes older, but is of the same day."""
        return self.at <= at < self.at + FRESH and day_of(self.at) == day_of(at)

    def lay(self) -> World:
        """The same rows with ids of their own; without triggers, as they were checked when the world was built."""
        ids = dict(zip(self.drawn, sorted(str(new_id()) for _ in self.drawn), strict=True))
        statements = ID.sub(lambda found: ids.get(found[0], found[0]), self.statements)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{_role('replica')}; {statements}; {_role('origin')}; {RIGHTS_CHANGED}")
        access.forget()
        return _renamed(self.world, ids)  # type: ignore[no-any-return]


def again(build: Callable[How, World]) -> Callable[How, World]:
    """For a factory that takes `at` and begins with nothing."""
    first: dict[tuple[object, ...], set[str]] = {}
    kept: dict[tuple[object, ...], Laid[World]] = {}

    @wraps(build)
    def made(*args: How.args, **how: How.kwargs) -> World:
        at = how["at"]
        assert isinstance(at, datetime)
        if not _here["laid"] or LetterRow.objects.exists() or not _may_be_laid():
            return build(*args, **how)
        key = _key(at, how)
        if (known := kept.get(key)) and known.serves(at):
            return known.lay()
        before = _rows()
        world = build(*args, **how)
        laid = "; ".join(_statements(before, _rows()))
        ids = set(ID.findall(laid))
        if key in first:  # what both worlds name is none of theirs: this node, what has its name from a pack
            kept[key] = Laid(at, _renamed(world, {}), laid, sorted(ids - first[key]))
        else:
            first[key] = ids
        return world

    return made


@pytest.fixture(autouse=True)
def worlds_laid_again() -> Iterator[None]:
    """Named in a conftest: the worlds of the tests below may be laid."""
    _here["laid"] = True
    yield
    _here["laid"] = False


def _key(at: datetime, how: Mapping[str, object]) -> tuple[object, ...]:
    """Worlds of now differ by their minutes only; a world of another time is that of its instant."""
    of_now = abs(now() - at) < FRESH
    others = sorted((name, value) for name, value in how.items() if name != "at")
    return ("now" if of_now else at, repr(others))


def day_of(at: datetime) -> date:
    """The day of an instant where the centres are."""
    return at.astimezone(VIENTIANE).date()


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """A copy in which each id has its new name."""
    if isinstance(value, UUID):
        return UUID(ids.get(str(value), str(value)))
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: _renamed(getattr(value, one.name), ids) for one in fields(value)}
        return replace(value, **held)
    if isinstance(value, list):
        return [_renamed(one, ids) for one in value]
    if isinstance(value, dict):
        return {_renamed(name, ids): _renamed(one, ids) for name, one in value.items()}
    return value


@cache
def _may_be_laid() -> bool:
    """Whether the account of the tests may do without triggers for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


def _role(name: str) -> str:
    return f"SET LOCAL session_replication_role = {name}"


@cache
def _columns(table: str) -> tuple[str, str]:
    """The columns of a table, and the same as they are written in a statement."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return cursor.fetchone()  # type: ignore[no-any-return]


def _rows() -> dict[str, str]:
    """What stands in each table, written as the values of an INSERT."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - ASIDE):
            written = _columns(f'"{table}"')[1]
            cursor.execute(
                f"SELECT string_agg('(' || concat_ws(',', {written}) || ')', ',') FROM \"{table}\""
            )
            found[table] = cursor.fetchone()[0] or ""
    return found


def _statements(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Whatever changed, as statements; what stood there before gives way."""
    for table, rows in after.items():
        if rows == before[table]:
            continue
        if before[table] or table == STAMPS:
            yield f'DELETE FROM "{table}"'
        if rows:
            columns = _columns(f'"{table}"')[0]
            yield f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE VALUES {rows}'
