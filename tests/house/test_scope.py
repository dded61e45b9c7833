"""Tenancy fails closed: managers need a scope, plain SQL names its units, and another unit's rows are not found."""

import ast
from datetime import datetime
from pathlib import Path

import pytest
from django.db.models import Model
from django_scopes.exceptions import ScopeError

from onedoor.domain.queue import api as queue
from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.errors import Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Mirror, declaration_of
from onedoor.kernel.scope import everything, open_scope
from tests.factories.hall import hall
from tests.house.house import DOMAIN, context_of, named, our_models, sources

# What anybody may read: units, services, centres and their calendar are open data.
OPEN = {"access", "catalogue", "centres", "kernel"}


def of_a_centre(model: type[Model]) -> bool:
    return context_of(model) not in OPEN and issubclass(model, Aggregate) and "centre_id" in columns(model)


def columns(model: type[Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


@pytest.mark.parametrize(
    "model", [model for model in our_models() if of_a_centre(model)], ids=lambda model: model._meta.label
)
def test_a_manager_refuses_without_a_scope(model: type[Model]) -> None:
    with pytest.raises(ScopeError):
        model._default_manager.all()
    with pytest.raises(ScopeError):
        model._default_manager.filter(pk=new_id())


def test_what_travels_personally_is_scoped() -> None:
    personal = [
        model
        for model in our_models()
        if isinstance(declared := declaration_of(model), Mirror)
        and declared.privacy == "personal"
        and context_of(model) not in OPEN
    ]
    assert personal
    for model in personal:
        if "centre_id" in columns(model):
            assert of_a_centre(model)


@pytest.mark.parametrize(
    "path",
    [path for path in sources(".py") if DOMAIN in path.parents and "migrations" not in path.parts],
    ids=named,
)
def test_plain_sql_stands_in_models(path: Path) -> None:
    """Plain SQL passes the scoped managers, so it is written in one place of a context and looked at there."""
    room = path.relative_to(DOMAIN).parts[1:2]
    if room in (("models",), ("models.py",)):
        return
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"cursor", "raw", "extra", "RawSQL"}, "plain SQL belongs in a function of models"


@pytest.mark.django_db
def test_another_centres_ticket_is_not_found(at: datetime) -> None:
    here = hall(at=at)
    with everything("a test builds its world"):
        ticket = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    steps = [queue.start, queue.finish, queue.miss, queue.hold, queue.give_back]
    for step in steps:
        with open_scope(centre=[here.centre]), pytest.raises(Missing):
            step(by=here.stranger, at=at, ticket=ticket.id, centre=here.centre)
    with pytest.raises(Missing):
        queue.call_next(by=here.stranger, at=at, counter=here.counters[0])
    with pytest.raises(Missing):
        queue.call_one(by=here.stranger, at=at, counter=here.counters[0], ticket=ticket.id)


@pytest.mark.django_db
def test_a_scope_shows_its_own_rows_only(at: datetime) -> None:
    here = hall(at=at)
    with everything("a test builds its world"):
        ticket = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    with open_scope(centre=[here.centre]):
        assert queue.Ticket.objects.filter(pk=ticket.pk).exists()
    with open_scope(centre=[new_id()]):
        assert not queue.Ticket.objects.filter(pk=ticket.pk).exists()
