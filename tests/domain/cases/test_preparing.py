"""An application filled in before the visit: by its code alone, for some weeks, taken over by a counter once."""

from datetime import datetime, timedelta

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import end_preparations
from onedoor.domain.cases.models import Case, Preparation
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import Invalid, Missing, Refused
from onedoor.kernel.scope import Actor, everything
from tests.factories.editions import published_anew
from tests.factories.races import together
from tests.factories.registry import BIRTH, Registry

PUBLIC = Actor.public()
HOME = "192.0.2.7"
A_PART = {name: BIRTH[name] for name in ("child_name", "sex")}


def begun(world: Registry, at: datetime, **more: object) -> str:
    asked = {"by": PUBLIC, "at": at, "service": world.birth, "channel": "portal", "address": HOME}
    return cases.begin_preparation(**{**asked, **more}).code  # type: ignore[arg-type]


def opened(code: str, at: datetime, address: str = HOME) -> cases.Prepared:
    return cases.open_preparation(code=code, address=address, at=at)


@pytest.mark.django_db(transaction=True)
def test_what_was_said_is_found_again_by_its_code_alone(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    saved = cases.save_preparation(by=PUBLIC, at=at, code=code, data=A_PART)
    assert saved.data == A_PART and saved.until == at + timedelta(days=30)
    later = at + timedelta(days=29)
    assert opened(code.lower(), later).data == A_PART
    row = Preparation.objects.get()
    assert code.replace("-", "") not in str(row.code_hash) and row.begun_by is None
    with pytest.raises(cases.CodeIsWrong):
        opened("WRON-GWRO-NGWRO", later)


@pytest.mark.django_db(transaction=True)
def test_who_guesses_waits(world: Registry, at: datetime) -> None:
    begun(world, at)
    for _ in range(5):
        with pytest.raises((cases.CodeIsWrong, cases.WaitBeforeTrying)):
            opened("AAAA-AAAA-AAAAA", at)
    with pytest.raises(cases.WaitBeforeTrying):
        opened("AAAA-AAAA-AAAAA", at)
    with pytest.raises(cases.CodeIsWrong):
        opened("AAAA-AAAA-AAAAA", at, address="198.51.100.1")


def test_what_the_form_does_not_ask_is_refused(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    with pytest.raises(cases.NotAsked):
        cases.save_preparation(by=PUBLIC, at=at, code=code, data={"salary": 1})
    with pytest.raises(Invalid):
        cases.save_preparation(by=PUBLIC, at=at, code=code, data={"sex": ["both"]})
    with pytest.raises(cases.NothingPrepared):
        cases.save_preparation(by=PUBLIC, at=at, code="", data=A_PART)
    with pytest.raises(Invalid):
        begun(world, at, channel="pigeon")


def test_a_counter_takes_it_over_once(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    cases.save_preparation(by=PUBLIC, at=at, code=code, data=A_PART)
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data={"sex": "male", "birth_site": "home"})
    with pytest.raises((Refused, Missing)):
        cases.take_over(by=world.stranger, at=at, case=draft.id, code=code)
    cases.take_over(by=world.colleague, at=at, case=draft.id, code=code)
    with everything("a test looks"):
        held = Case.objects.get(id=draft.id)
    assert held.data == {**A_PART, "birth_site": "home"} and str(world.colleague.id) in held.hands
    row = Preparation.objects.get()
    assert (row.state, row.case_id, row.data) == ("taken", draft.id, {})
    for again in (world.officer, world.colleague):
        with pytest.raises(cases.NothingPrepared):
            cases.take_over(by=again, at=at, case=draft.id, code=code)


def test_another_service_does_not_take_it(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.document)
    with pytest.raises(cases.AnotherService):
        cases.take_over(by=world.officer, at=at, case=draft.id, code=code)
    assert Preparation.objects.get().state == "open"


def test_a_service_published_anew_asks_the_rest_again(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    cases.save_preparation(by=PUBLIC, at=at, code=code, data=BIRTH)
    published_anew(world.birth, at=at)
    found = cases.preparation(code=code, today=at.date())
    assert found.upgraded and found.edition == catalogue.service_by_id(world.birth).version_id
    assert "birth_site" not in found.data and found.data["child_name"] == BIRTH["child_name"]


def test_nobody_who_may_not_begins_one_for_others(world: Registry, at: datetime) -> None:
    with pytest.raises((Refused, Missing)):
        begun(world, at, by=world.decider, channel="phone", unit=world.centre)
    with pytest.raises(Refused):
        begun(world, at, by=PUBLIC, channel="kiosk", unit=world.centre)


def test_one_network_begins_sixty_an_hour(world: Registry, at: datetime) -> None:
    for _ in range(60):
        begun(world, at)
    with pytest.raises(cases.TooManyBegun):
        begun(world, at)
    begun(world, at, address="198.51.100.1")
    begun(world, at + timedelta(minutes=61))


def test_nobody_came_for_it(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    cases.save_preparation(by=PUBLIC, at=at, code=code, data=A_PART)
    assert end_preparations(at=at + timedelta(days=29)) == 0
    assert end_preparations(at=at + timedelta(days=30)) == 1
    row = Preparation.objects.get()
    assert (row.state, row.data) == ("ended", {})
    with pytest.raises(cases.NothingPrepared):
        cases.preparation(code=code, today=at.date())
    other = begun(world, at)
    cases.forget_preparation(by=PUBLIC, at=at, code=other)
    with pytest.raises(cases.NothingPrepared):
        cases.forget_preparation(by=PUBLIC, at=at, code=other)


@pytest.mark.django_db(transaction=True)
def test_two_counters_at_once_take_it_over_once(world: Registry, at: datetime) -> None:
    code = begun(world, at)
    cases.save_preparation(by=PUBLIC, at=at, code=code, data=A_PART)
    drafts = [
        cases.open_draft(by=by, at=at, centre=world.centre, service=world.birth).id
        for by in (world.officer, world.colleague)
    ]
    done = together(
        *(
            lambda draft=draft: cases.take_over(by=world.officer, at=at, case=draft, code=code)
            for draft in drafts
        )
    )
    assert sorted(type(one) is cases.NothingPrepared for one in done) == [False, True]
