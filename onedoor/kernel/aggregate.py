"""Aggregates: one owner node, an epoch and a version each; only the owner writes, and the database holds everyone to it.

House: docs/decisions/0003. The trigger `kernel_guard` refuses, also for plain SQL, a write by a node that is not the owner
(OD001), a version that is not the old one plus one (OD002), an epoch that falls or an owner that changes without a new epoch
(OD003), and a deletion (OD004).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.apps import apps
from django.db import DatabaseError, connection, connections, models
from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors.reference import look_anew


class NotTheOwner(Conflict):
    """The aggregate belongs to another node."""

    message = _(
        "This record is kept by another office. It must be handed over before it can be changed here."
    )


class Unpublished(Exception):
    """An aggregate was saved twice without the letter of its first change: a fault of the program."""


REFUSALS = {"OD001": NotTheOwner, "OD002": Conflict, "OD003": Conflict, "OD004": Conflict}


def _refuse(fault: DatabaseError) -> None:
    """Turn the database's refusal of a write into a sentence; anything else is left as it is."""
    refusal = REFUSALS.get(getattr(fault.__cause__, "sqlstate", "") or "")
    if refusal is not None:
        raise refusal() from fault


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the database's refusals of a write into sentences."""
    try:
        yield
    except DatabaseError as fault:
        _refuse(fault)
        raise


@contextmanager
def prepared() -> Iterator[psycopg.Cursor[Any]]:
    """A server-side cursor on Django's connection, for hot paths: psycopg prepares its statements after a few uses, which
    it never does for Django's own. jsonb comes as text; faults come as Django's, refusals of a write as sentences.
    """
    held = connections["default"]
    held.ensure_connection()
    try:
        with held.wrap_database_errors, psycopg.Cursor(held.connection) as cursor:
            yield cursor
    except DatabaseError as fault:
        _refuse(fault)
        raise


def this_node() -> UUID:
    """The id of the node that this database is."""
    wrapper = connections["default"]
    node: UUID | None = getattr(wrapper, "onedoor_node", None)
    if node is None:
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT kernel_this_node()")
            node = cursor.fetchone()[0]
        wrapper.onedoor_node = node  # type: ignore[attr-defined]
    return node


class Aggregate(models.Model):
    """A thing that is changed as a whole, by one action at a time, on one node."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField(editable=False)
    epoch = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)

    unpublished = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write one change; it must be published before the next.

        Raises:
            Conflict: somebody else changed it since it was read.
            NotTheOwner: it belongs to another node.
        """
        if self.unpublished:
            raise Unpublished(f"{self._meta.label} {self.pk} was saved twice without a letter")
        look_anew()
        adding = self._state.adding
        if adding:
            self.owner, self.epoch, self.version = this_node(), 1, 1
            kwargs["force_insert"] = True
        else:
            self.version += 1
            kwargs["force_update"] = True
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "owner", "epoch"}
        try:
            with refusals():
                super().save(*args, **kwargs)
        except Exception:
            if not adding:
                self.version -= 1
            raise
        self.unpublished = True

    def lock(self) -> None:
        """Wait for the row and read it as it is now; only inside a transaction."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())


class Reference(models.ForeignKey[Any, Any]):
    """A link to another aggregate: no constraint in the database, as its copy may arrive later."""

    def __init__(self, to: Any, on_delete: Callable[..., Any] = models.DO_NOTHING, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


def aggregates() -> list[type[Aggregate]]:
    """Every aggregate that is installed."""
    return [model for model in apps.get_models() if issubclass(model, Aggregate)]


def install_guards() -> None:
    """Put the guarding trigger on every aggregate's table; safe to repeat."""
    with connection.cursor() as cursor:
        for model in aggregates():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER kernel_guard BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION kernel_guard()"
            )
