"""Services: immutable editions, fees by state and day, who may publish."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from onedoor.domain.catalogue.api import (
    Fee,
    FeeNeedsAnswer,
    FeeRow,
    NoProcess,
    ServiceIsNotComplete,
    Step,
    UnknownService,
    fee_faults,
    life_events,
    process_of,
    quote,
    save_life_event,
    service_by_id,
    service_version,
    services,
    services_by_id,
)
from onedoor.domain.catalogue.api import service as by_code
from onedoor.domain.catalogue.models import Edition
from onedoor.kernel.errors import Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.services import service

DAY = date(2026, 3, 2)
LAW = {"lo": "ກົດໝາຍ", "en": "Law"}


@pytest.mark.django_db
def test_publishing_the_same_again_writes_nothing(at: datetime) -> None:
    first = service(at=at, code="birth")
    letters = LetterRow.objects.count()
    again = service(at=at + timedelta(days=1), code="birth")
    assert again == first
    assert LetterRow.objects.count() == letters


@pytest.mark.django_db
def test_a_change_is_a_new_edition_and_the_old_one_stays(at: datetime) -> None:
    first = service(at=at, code="birth")
    second = service(at=at, code="birth", fees=(Fee(state="set", amount=5000),))
    assert (first.version, second.version) == (1, 2)
    assert service_by_id(first.id).fee.amount == 5000
    assert service_version(first.version_id) == first
    assert LetterRow.objects.filter(type="catalogue.service_published").count() == 2


@pytest.mark.django_db
def test_editions_have_the_same_id_on_every_node(at: datetime) -> None:
    first = service(at=at, code="birth")
    Edition.objects.filter(id=first.version_id).get()
    assert first.version_id.version == 5


@pytest.mark.django_db
def test_reading(at: datetime) -> None:
    service(at=at, code="birth", lo="ເກີດ", en="Zeta", life_events=("birth",))
    service(at=at, code="death", lo="ຕາຍ", en="Alpha")
    with override("lo"):
        assert [one.code for one in services()] == ["birth", "death"]
    with override("en"):
        assert [one.code for one in services()] == ["death", "birth"]
    assert [one.code for one in services(life_event="birth")] == ["birth"]
    assert by_code("birth").name["lo"] == "ເກີດ"
    assert services_by_id([new_id()]) == {}
    with pytest.raises(UnknownService):
        by_code("none")
    with pytest.raises(UnknownService):
        service_by_id(new_id())
    with pytest.raises(NoProcess):
        process_of(by_code("birth").version_id)


@pytest.mark.django_db
def test_only_who_may_publish(at: datetime) -> None:
    with pytest.raises(Refused):
        service(at=at, code="birth", by=Actor.public())
    with pytest.raises(Refused):
        save_life_event(by=Actor.public(), at=at, id=new_id(), code="birth", name=LAW, position=1)


@pytest.mark.django_db
def test_an_incomplete_service_is_refused(at: datetime) -> None:
    with pytest.raises(ServiceIsNotComplete):
        service(at=at, code="birth", lo=" ")
    with pytest.raises(ServiceIsNotComplete):
        service(at=at, code="birth", fees=(Fee(state="free"),))
    with pytest.raises(ServiceIsNotComplete):
        service(at=at, code="birth", process="<bpmn>")


@pytest.mark.django_db
def test_life_events_count_their_services(at: datetime) -> None:
    for position, code in enumerate(("birth", "work"), start=1):
        id = new_id()
        for _again in range(2):
            save_life_event(by=Actor.system(), at=at, id=id, code=code, name=LAW, position=position)
    service(at=at, code="birth", life_events=("birth",))
    assert [(one.code, one.services) for one in life_events()] == [("birth", 1), ("work", 0)]
    assert LetterRow.objects.filter(type="catalogue.life_event_saved").count() == 2


def test_the_fee_of_a_day(at: datetime) -> None:
    from onedoor.domain.catalogue.rules.fees import fee_on

    old = Fee(state="set", amount=20000, valid_until=date(2021, 6, 17))
    new = Fee(state="set", amount=40000, valid_from=date(2021, 6, 17))
    assert fee_on((old, new), date(2021, 6, 16)) is old
    assert fee_on((old, new), date(2021, 6, 17)) is new
    assert fee_on((), DAY).state == "to_be_set"
    money = new.money
    assert money is not None
    assert money.amount == 40000
    assert Fee(state="free", law=LAW).money is None


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ((Fee(state="set", amount=-1),), "negative"),
        ((Fee(state="set"),), "above 0"),
        ((Fee(state="to_be_set", amount=5),), "no amount"),
        ((Fee(state="free"),), "law"),
        ((Fee(state="set", amount=1, valid_from=DAY, valid_until=DAY),), "before it begins"),
        ((Fee(state="set", amount=1, valid_until=DAY), Fee(state="set", amount=2)), "first day"),
        ((Fee(state="set", amount=1), Fee(state="set", amount=2, valid_from=DAY)), "overlaps"),
        (
            (
                Fee(state="set", amount=1, valid_until=DAY),
                Fee(state="set", amount=2, valid_from=DAY + timedelta(days=1)),
            ),
            "gap",
        ),
    ],
)
def test_what_is_wrong_with_a_fee_table(fees: tuple[Fee, ...], said: str) -> None:
    assert any(said in sentence for _index, sentence in fee_faults(fees))


def test_a_sound_fee_table() -> None:
    fees = (
        Fee(state="free", law=LAW, valid_until=DAY),
        Fee(state="set", amount=1, valid_from=DAY, valid_until=DAY + timedelta(days=1)),
        Fee(state="to_be_set", valid_from=DAY + timedelta(days=1)),
    )
    assert fee_faults(fees) == []


VEHICLE = {
    "type": "object",
    "properties": {
        "engine": {
            "type": "integer",
            "minimum": 1,
            "maximum": 9000,
            "x-label": {"lo": "ເຄື່ອງຈັກ", "en": "Engine"},
        }
    },
    "required": ["engine"],
    "x-sections": [{"id": "v", "title": {"lo": "ພາຫະນະ", "en": "Vehicle"}, "fields": ["engine"]}],
}


def _by_engine(*steps: Step) -> tuple[Fee, ...]:
    row = FeeRow(code="tax", name={"lo": "ຄ່າທາງ", "en": "Road tax"}, kind="table", by="engine", steps=steps)
    return (Fee(state="set", lines=(row,)),)


@pytest.mark.django_db
def test_a_quote_gives_the_lines_of_an_edition(at: datetime) -> None:
    held = service(
        at=at,
        code="road",
        form=VEHICLE,
        fees=_by_engine(Step(start=1, upto=110, amount=15_000), Step(start=111, amount=20_000)),
    )
    found = quote(service=held.version_id, answers={"engine": 125})
    assert (found.state, found.total, found.lines[0].because["en"]) == ("set", 20_000, "> 110")
    assert service_version(held.version_id).fee == held.fee
    with pytest.raises(FeeNeedsAnswer) as caught:
        quote(service=held.version_id, answers={})
    assert caught.value.field == "engine"
    fixed = service(at=at, code="birth", fees=(Fee(state="set", amount=5000, valid_from=DAY),))
    assert quote(service=fixed.version_id, answers={}, on=DAY - timedelta(days=1)).state == "to_be_set"
    assert quote(service=fixed.version_id, answers={}, on=DAY).total == 5000


@pytest.mark.django_db
def test_a_fee_table_with_a_gap_is_not_published(at: datetime) -> None:
    with pytest.raises(ServiceIsNotComplete, match="gap"):
        service(at=at, code="road", form=VEHICLE, fees=_by_engine(Step(start=1, upto=110, amount=1)))
