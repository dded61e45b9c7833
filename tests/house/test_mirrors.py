"""Every model says what of it leaves its node, and every aggregate is guarded by its trigger."""

import pytest
from django.db import connection
from django.db.models import Model

from onedoor.kernel.aggregate import Aggregate, aggregates
from onedoor.kernel.mirrors import Child, Local, Mirror, declaration_of
from onedoor.kernel.mirrors.reference import looked_at
from onedoor.tools.docs import mirrors_page
from tests.house.house import ROOT, our_models

each_model = pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)


@each_model
def test_a_model_declares_its_mirror(model: type[Model]) -> None:
    declared = declaration_of(model)
    assert isinstance(declared, Mirror | Child | Local), "declare `mirror`"
    if isinstance(declared, Local):
        assert len(declared.why.split()) > 2, "say why it never leaves"


@each_model
def test_an_aggregate_travels_whole(model: type[Model]) -> None:
    declared = declaration_of(model)
    if isinstance(declared, Mirror):
        assert issubclass(model, Aggregate), "only an aggregate has the epoch and version that a mirror needs"
        assert declared.direction == "local" or declared.privacy != "secret", "a secret does not leave"
        if declared.fields != "*":
            known = {field.name for field in model._meta.get_fields()}
            assert known.issuperset(declared.fields)
    if isinstance(declared, Child):
        parent = model._meta.get_field(declared.of).related_model
        assert isinstance(declaration_of(parent), Mirror | Child), (
            "a child travels with a parent that travels"
        )


@pytest.mark.django_db
def test_every_aggregate_has_its_guard_in_the_database() -> None:
    guarded = with_trigger("kernel_guard")
    assert guarded.issuperset(model._meta.db_table for model in aggregates())


@pytest.mark.django_db
def test_whatever_a_look_is_kept_of_changes_the_stamp() -> None:
    assert with_trigger("kernel_reference").issuperset(looked_at()) and looked_at()


def with_trigger(name: str) -> set[str]:
    """The tables on which a trigger stands and is not switched off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgenabled <> 'D'", [name]
        )
        return {table for (table,) in cursor.fetchall()}


def test_the_page_is_fresh() -> None:
    assert ROOT.joinpath("docs/mirrors.md").read_text() == mirrors_page(), "run `onedoor docs`"
