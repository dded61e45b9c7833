"""Reference data, such as services, centres and counters: alike for everybody, seldom changed, asked at every press of a button.

A request that has read the stamp of all reference data need not ask twice, nor what an earlier request asked under the same
stamp. The stamp is read by the first statement of a session's request (see `config.sessions`), or with the first look of
another's, so nothing is older than the request itself. A trigger on each table of reference data changes it, whoever
writes: an action, a mirror, plain SQL.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import psycopg
from django.db import connection, migrations, models

from onedoor.kernel.mirrors.declare import Local

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

STAMP = "(SELECT string_agg(value::text, ' ' ORDER BY name) FROM kernel_reference)"
"""An expression for the first statement of a request: its value goes to `as_stamped`."""
UNREAD = "unread"
"""The stamp of a request that reads it with its first look."""
_READ = f"SELECT {STAMP}"
_here = threading.local()
_tables: set[str] = set()


class ReferenceStamp(models.Model):
    """A value that a trigger changes with every change of one table. A row each, so that writers of two never wait."""

    mirror = Local("tells this node's requests what they may still know")
    name = models.TextField(primary_key=True)
    value = models.UUIDField()

    class Meta:
        db_table = "kernel_reference"


def stamping(*tables: str) -> list[migrations.RunSQL]:
    """The operations of a migration that make tables part of the stamp."""
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER kernel_reference AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kernel_reference();",
            f"DROP TRIGGER kernel_reference ON {table};",
        )
        for table in tables
    ]


@contextmanager
def as_stamped(stamp: str | None) -> Iterator[None]:
    """For one request in this thread: what `looked` functions gave under the same stamp still holds.

    Args:
        stamp: `STAMP` as this request has just read it; `UNREAD` when it is to be read once something is looked at; None
            when everything is to be looked up.
    """
    _here.stamp = stamp
    try:
        yield
    finally:
        _here.stamp = None


@contextmanager
def as_held(stamp: str | None) -> Iterator[None]:
    """The same for a part of a transaction whose own statement has read `STAMP`: its own changes have changed it too."""
    before, _here.held = getattr(_here, "held", None), stamp
    try:
        yield
    finally:
        _here.held = before


def look_anew() -> None:
    """This thread has written: until the end of its request everything is looked up."""
    _here.stamp = _here.held = None


def looked(*tables: str) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Keep what a look at these tables gave, by the stamp that it was taken under and its arguments (hashable).

    Without a stamp, and in a transaction that has read none itself, it looks. What it gives is shared, so nobody may change it.
    """
    _tables.update(tables)

    def keeping(look: Callable[Asked, Found]) -> Callable[Asked, Found]:
        @lru_cache(maxsize=4096)
        def kept(_stamp: str, *args: Asked.args, **asked: Asked.kwargs) -> Found:
            return look(*args, **asked)

        @wraps(look)
        def again(*args: Asked.args, **asked: Asked.kwargs) -> Found:
            stamp: str | None = (
                getattr(_here, "held", None) if connection.in_atomic_block else _of_the_request()
            )
            if stamp is None:
                return look(*args, **asked)
            return kept(stamp, *args, **asked)  # type: ignore[arg-type]  # they are hashable, or this says so

        return again

    return keeping


def _of_the_request() -> str | None:
    stamp: str | None = getattr(_here, "stamp", None)
    if stamp is UNREAD:
        connection.ensure_connection()
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            read = cursor.execute(_READ, prepare=True).fetchone()
        stamp = _here.stamp = read[0] if read else None
    return stamp


def looked_at() -> frozenset[str]:
    """The tables that some look is kept of; a house test wants each of them `stamping`."""
    return frozenset(_tables)
