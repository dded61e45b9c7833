"""Reading an aggregate's state with its child rows, and the one generic upsert by which another node keeps a copy of it."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import orjson
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from onedoor.kernel.aggregate import Aggregate, aggregates
from onedoor.kernel.mirrors.declare import Child, Mirror, declaration_of

Row = dict[str, Any]
SPINE = ("id", "owner", "epoch", "version")


@dataclass(frozen=True)
class State:
    """An aggregate as its owner last wrote it."""

    kind: str
    aggregate: UUID
    epoch: int
    version: int
    row: Row
    children: dict[str, list[Row]]


def travelling(*, direction: Literal["up", "down"]) -> list[str]:
    """The kinds of aggregates whose copies travel in a direction."""
    kinds = []
    for model in aggregates():
        declared = declaration_of(model)
        if isinstance(declared, Mirror) and declared.direction == direction:
            kinds.append(model._meta.label_lower)
    return sorted(kinds)


def read_state(*, kind: str, aggregate: UUID) -> State | None:
    """The aggregate as it is here and now, or None when it is not here or never travels."""
    model = apps.get_model(kind)
    declared = declaration_of(model)
    if not isinstance(declared, Mirror) or declared.direction == "local":
        return None
    held = model._base_manager.filter(pk=aggregate).first()
    if held is None:
        return None
    fields = None if declared.fields == "*" else {*declared.fields, *SPINE}
    children = {
        child._meta.label_lower: [
            _row(row) for row in child._base_manager.filter(**{of: aggregate}).order_by("pk")
        ]
        for child, of in _children(model)
    }
    return State(kind, held.pk, held.epoch, held.version, _row(held, fields), children)


def read_states(*, kind: str) -> list[State]:
    """All aggregates of a kind that travels, in the order of their ids; one statement, and one for each kind of child rows."""
    model = apps.get_model(kind)
    declared = declaration_of(model)
    if not isinstance(declared, Mirror) or declared.direction == "local":
        return []
    fields = None if declared.fields == "*" else {*declared.fields, *SPINE}
    children: dict[UUID, dict[str, list[Row]]] = {}
    for child, of in _children(model):
        for row in child._base_manager.order_by("pk"):
            held = children.setdefault(getattr(row, f"{of}_id"), {})
            held.setdefault(child._meta.label_lower, []).append(_row(row))
    return [
        State(kind, row.pk, row.epoch, row.version, _row(row, fields), children.get(row.pk, {}))
        for row in model._base_manager.order_by("pk")
    ]


def apply_state(state: State) -> Literal["applied", "older"]:
    """Keep the copy if it is newer by (epoch, version): the aggregate and all its child rows are replaced as a whole."""
    model: type[Aggregate] = apps.get_model(state.kind)
    with transaction.atomic():
        held = (
            model._base_manager.select_for_update()
            .filter(pk=state.aggregate)
            .values_list("epoch", "version")
            .first()
        )
        if held is not None and (state.epoch, state.version) <= held:
            return "older"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL onedoor.mirror = 'on'")
            for child, of in _children(model):
                child._base_manager.filter(**{of: state.aggregate}).delete()
            values = _values(model, state.row)
            if held is None:
                model._base_manager.bulk_create([model(**values)])
            else:
                model._base_manager.filter(pk=state.aggregate).update(**values)
            for child, _ in _children(model):
                rows = state.children.get(child._meta.label_lower, [])
                child._base_manager.bulk_create([child(**_values(child, row)) for row in rows])
            cursor.execute("SET LOCAL onedoor.mirror = 'off'")
    return "applied"


def hand_over(aggregate: Aggregate, *, to: UUID) -> None:
    """Give an aggregate to another node: the next epoch is its own. The caller publishes a letter addressed to it."""
    aggregate.owner = to
    aggregate.epoch += 1
    aggregate.save()


def recall(aggregate: Aggregate, *, here: UUID) -> None:
    """Take an aggregate back at the hub without its owner (a lost or silent node).

    The epoch rises by two, as its owner may have begun the next one with a hand-over that is still on its way; the version goes
    on from the last letter that is known here. What the old owner wrote since is parked when it comes. The caller publishes a
    letter addressed to the old owner, and must have the right to overrule it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        aggregate.lock()
        cursor.execute("SELECT max(version) FROM kernel_letter WHERE aggregate = %s", [aggregate.pk])
        aggregate.version = cursor.fetchone()[0] or 0
        cursor.execute("SET LOCAL onedoor.mirror = 'on'")
        aggregate.owner = here
        aggregate.epoch += 2
        aggregate.save()
        cursor.execute("SET LOCAL onedoor.mirror = 'off'")


def _children(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    found = []
    for child in apps.get_models():
        declared = declaration_of(child)
        if isinstance(declared, Child) and child._meta.get_field(declared.of).related_model is model:
            found.append((child, declared.of))
    return found


def _row(held: models.Model, chosen: set[str] | None = None) -> Row:
    values = {
        field.attname: getattr(held, field.attname)
        for field in held._meta.concrete_fields
        if (chosen is None or field.name in chosen) and not field.generated
    }
    return orjson.loads(orjson.dumps(values, default=_plain))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return DjangoJSONEncoder().default(value)


def _values(model: type[models.Model], row: Row) -> Row:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _revive(fields[name], value) for name, value in row.items() if name in fields}


def _revive(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    if isinstance(field, models.JSONField):
        return value
    return field.to_python(value)
