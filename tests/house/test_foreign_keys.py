"""Foreign keys point down by floor, and none between aggregates is enforced by the database."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Child, declaration_of
from tests.house.house import context_of, floors, our_models

LINKS = [
    (model, field)
    for model in our_models()
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    if field.is_relation
]


def name(value: object) -> str:
    return value.__name__ if isinstance(value, type) else getattr(value, "name", str(value))


@pytest.mark.parametrize(("model", "field"), LINKS, ids=name)
def test_a_link_points_down(model: type[Model], field: ForeignKey) -> None:
    here, target = context_of(model), field.related_model
    if not target.__module__.startswith("onedoor."):
        return
    there = context_of(target)
    if here != there and there != "kernel":
        assert here != "kernel", f"the kernel knows {there}"
        assert floors()[here] < floors()[there], f"{here} may not know {there}"


@pytest.mark.parametrize(("model", "field"), LINKS, ids=name)
def test_a_link_between_aggregates_is_a_reference(model: type[Model], field: ForeignKey) -> None:
    if not issubclass(field.related_model, Aggregate):
        return
    declared = declaration_of(model)
    if isinstance(declared, Child) and declared.of == field.name:
        return
    if issubclass(model, Aggregate) or isinstance(declared, Child):
        assert field.db_constraint is False, "its copy may arrive later: use Reference"


@pytest.mark.django_db
def test_the_database_holds_no_link_between_aggregates() -> None:
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Aggregate)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid = ANY(%s::regclass[]) AND confrelid = ANY(%s::regclass[])",
            [tables, tables],
        )
        assert cursor.fetchall() == []
