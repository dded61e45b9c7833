"""Handlers say what they are, write what is theirs, and survive hearing the same letter twice."""

import inspect
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction

from onedoor.domain.cases.api import MessageForwarded
from onedoor.domain.cases.models import Forward
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.aggregate import Aggregate, this_node
from onedoor.kernel.letters import Event, Letter, handlers, publish, seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.handler import Handler
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything, open_scope
from tests.factories.hall import Hall, hall
from tests.factories.mobile import stop, unit
from tests.factories.till import a_day_of_cash, till
from tests.house.house import context_of, contexts, our_models

OURS = {
    name: handler for name, handler in handlers().items() if handler.hear.__module__.startswith("onedoor.")
}

each_handler = pytest.mark.parametrize("handler", OURS.values(), ids=OURS.keys())


def test_there_are_handlers() -> None:
    assert OURS


@each_handler
def test_a_handler_declares_its_kind_and_what_it_writes(handler: Handler) -> None:
    context = handler.hear.__module__.split(".")[2]
    assert handler.kind in ("reaction", "projection")
    assert handler.hear.__module__.split(".")[3] == "handlers", "news is heard in handlers.py"
    assert handler.hear.__doc__
    if handler.kind == "reaction":
        written = apps.get_model(handler.writes)
        assert issubclass(written, Aggregate), "a reaction writes an aggregate, on its owner's node"
    if handler.writes:
        assert context_of(apps.get_model(handler.writes)) == context, (
            "a handler writes its own context's tables"
        )


@pytest.mark.parametrize("context", contexts(), ids=lambda path: path.name)
def test_whoever_hears_is_declared(context: Path) -> None:
    module = f"onedoor.domain.{context.name}.handlers"
    if find_spec(module) is None:
        return
    hearing = {
        name
        for name, function in inspect.getmembers(import_module(module), inspect.isfunction)
        if not name.startswith("_")
        and list(inspect.signature(function).parameters)[:1] in (["letter"], ["told"])
    }
    declared = {
        handler.hear.__name__ for handler in OURS.values() if handler.hear.__module__.startswith(module)
    }
    assert hearing == declared, "declare it with @reaction or @projection"


def tables() -> dict[str, str]:
    """A hash of the rows of each of our tables but the deliveries themselves."""
    hashes = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in our_models()} - {"kernel_delivery"}):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM {table} r"
            )
            hashes[table] = cursor.fetchone()[0]
    return hashes


def a_morning(here: Hall, at: datetime) -> None:
    """Something of everything that anybody hears."""
    counter = here.counters[0]
    with open_scope(centre=[here.centre]):
        for _ in range(2):
            queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
        for minute in (1, 5):
            then = at + timedelta(minutes=minute)
            called = queue.call_next(by=here.officer, at=then, counter=counter)
            queue.start(by=here.officer, at=then, ticket=called.id, centre=here.centre)
            queue.finish(
                by=here.officer, at=then + timedelta(minutes=3), ticket=called.id, centre=here.centre
            )
    centres.set_counter_state(by=here.officer, at=at, counter=here.counters[2], state="closed")
    centres.save_holiday(
        by=Actor.system(), at=at, unit=here.country, day=date(2027, 6, 1), name={"lo": "ວັນພັກ", "en": "A day"}
    )
    mornings = [centres.Hours(weekday=1, opens=time(8), closes=time(12))]
    centres.save_hours(by=Actor.system(), at=at, centre=here.centre, hours=mornings, confirmed=True)
    catalogue.withdraw_service(
        by=Actor.system(), at=at, service=here.document, on=date(2027, 6, 1), reason="Two offices in one"
    )
    far = date(2027, 6, 2)
    centres.close_centre(
        by=Actor.system(),
        at=at,
        centre=here.centre,
        first=far,
        last=far,
        reason={"lo": "ນ້ຳຖ້ວມ", "en": "A flood"},
    )
    visited = centres.save_stop(by=Actor.system(), at=at, stop=stop(here, unit(here, at), at.date()))
    centres.announce_stop(by=Actor.system(), at=at, stop=visited.id or UUID(int=0))
    moved = replace(visited, day=at.date() + timedelta(days=1), version=0)
    centres.save_stop(by=Actor.system(), at=at, stop=moved)
    centres.cancel_stop(by=Actor.system(), at=at, stop=visited.id or UUID(int=0), reason={"lo": "ນ້ຳຖ້ວມ"})
    a_day_of_cash(till(at=at, at_hall=here), at=at)
    a_message_from_elsewhere(at)


def a_message_from_elsewhere(at: datetime) -> None:
    """Another node passed on a message for a case of this one."""
    with transaction.atomic():
        passed = Forward(node=this_node(), sent_at=at)
        passed.save()
        event = MessageForwarded(message=passed.id, called="asked", key="desk-7", outcome="", centre=None)
        publish(event, of=passed, by=Actor.system(), at=at)


def made_up(event: type[Event], place: int, centre: UUID, at: datetime) -> Letter:
    """A letter that the morning did not bring: the next version of one aggregate, with the simplest contents."""
    simple: dict[Any, Any] = {UUID: UUID(int=7), str: "", int: 1, bool: True, date: at.date(), datetime: at}
    hints = get_type_hints(event)
    said = event(**{field.name: simple.get(hints[field.name]) for field in fields(event)})
    return Letter(
        id=-1 - place,
        origin=UUID(int=1),
        type=event.name,
        schema=event.schema,
        kind="",
        aggregate=UUID(int=9),
        epoch=1,
        version=place + 1,
        actor_kind="staff",
        actor=UUID(int=1),
        centre=centre,
        at=at,
        body=said.body(),
    )


def after(handler: Handler, letter: Letter) -> dict[str, str]:
    """All tables once the handler has heard the letter (again)."""
    with everything("a letter is delivered"):
        handler.tell([(letter, letter.event())])
    return tables()


@pytest.mark.django_db(transaction=True)
def test_a_second_delivery_changes_nothing(at: datetime) -> None:
    here = hall(at=at)
    a_morning(here, at)
    seal_batch()
    drain(at=at + timedelta(hours=1))
    columns = [name for name in Letter.__dataclass_fields__ if name != "number"]
    letters = [Letter(**values) for values in LetterRow.objects.order_by("id").values(*columns)]
    once = tables()
    for name, handler in OURS.items():
        told = {event.name for event in handler.events}
        heard = [letter for letter in letters if letter.type in told]
        missing = told - {letter.type for letter in heard}
        assert not missing or len(told) > 1, f"no letter of the morning says {missing}: add one"
        for letter in heard:
            with everything("a letter is delivered again"):
                handler.tell([(letter, letter.event())])
            assert tables() == once, f"{name} did something twice"
        for letter in [made_up(event, place, here.centre, at) for place, event in enumerate(handler.events)]:
            if letter.type in missing:
                once = after(handler, letter)
                assert after(handler, letter) == once, f"{name} did something twice with {letter.type}"
