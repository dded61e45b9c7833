"""A birth registration from the draft to the hand-over, and the ways it may turn on."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task, Timer, Token
from onedoor.domain.documents import api as documents
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import everything
from tests.factories.registry import BIRTH, SCAN, Registry, open_task, received


def the_case(id: object) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=id)


def test_from_the_draft_to_the_hand_over(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    assert got.number.startswith("0103-1-26-C-000001-")
    assert len(got.code.replace("-", "")) == 13
    assert got.due_on == date(2026, 3, 5)
    decide = open_task(got.case)
    assert the_case(got.case).status == "in_progress"

    done = cases.complete(by=world.decider, at=at + timedelta(days=1), task=decide, outcome="approve")
    assert done.waiting == ("prepare",)
    assert cases.run_services(at=at + timedelta(days=1)) == 1
    document = documents.of_subject(got.case)[0]
    assert document.state == "prepared"

    cases.complete(by=world.officer, at=at + timedelta(days=2), task=open_task(got.case), outcome="confirm")
    assert cases.run_services(at=at + timedelta(days=2)) == 1
    assert the_case(got.case).status == "issued"
    ended = cases.complete(by=world.officer, at=at + timedelta(days=2), task=open_task(got.case))
    assert ended.ended
    held = the_case(got.case)
    assert (held.status, held.outcome) == ("handed_over", "approve")
    assert held.closed_at is not None
    assert not Token.objects.exists()
    assert not Timer.objects.filter(state="waiting").exists()
    assert documents.of_subject(got.case)[0].number


def test_returned_corrected_and_decided_again(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    with pytest.raises(cases.ReasonIsMissing):
        cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="return", reason="  ")
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="return", reason="ຊື່ບໍ່ຄົບ")
    assert the_case(got.case).status == "waiting_for_applicant"
    correct = open_task(got.case)
    with pytest.raises(cases.FormIsNotValid):
        cases.complete(by=world.colleague, at=at, task=correct, data={**BIRTH, "sex": "dragon"})
    name = {"lo": "ນາງ ເດືອນ", "en": "Deuan"}
    cases.attach(by=world.colleague, at=at, case=got.case, paper="other", content=SCAN, name="new.png")
    cases.complete(by=world.colleague, at=at, task=correct, data={**BIRTH, "child_name": name})
    assert the_case(got.case).data["child_name"] == name
    assert str(world.colleague.id) in the_case(got.case).hands
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="approve")


def test_refused_with_a_reason_ends_the_case(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    cases.complete(
        by=world.decider, at=at, task=open_task(got.case), outcome="refuse", reason="ເດັກຂຶ້ນທະບຽນແລ້ວ"
    )
    held = the_case(got.case)
    assert (held.status, held.outcome) == ("refused", "refuse")
    assert held.closed_at == at
    assert not Timer.objects.filter(state="waiting").exists()


def test_who_received_or_entered_does_not_decide(world: Registry, at: datetime) -> None:
    got = received(world, at=at, by=world.both)
    task = open_task(got.case)
    assert not cases.worklist(world.both, at=at).rows
    with pytest.raises(cases.DecidedByTheReceiver) as refusal:
        cases.complete(by=world.both, at=at, task=task, outcome="approve")
    assert refusal.value.status == 403
    assert [row.task for row in cases.worklist(world.decider, at=at).rows] == [task]
    cases.complete(by=world.decider, at=at, task=task, outcome="approve")


def test_wrong_authority_is_not_found(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    task = open_task(got.case)
    for somebody in (world.other_decider, world.officer, world.stranger):
        with pytest.raises(cases.NoSuchTask) as refusal:
            cases.complete(by=somebody, at=at, task=task, outcome="approve")
        assert refusal.value.status == 404
    assert not cases.worklist(world.other_decider, at=at).rows
    for somebody in (world.other_decider, world.stranger):
        with pytest.raises(cases.NoSuchCase):
            cases.case_view(by=somebody, at=at, case=got.case)


def test_the_back_office_sees_nothing_before_it_is_handed_over(world: Registry, at: datetime) -> None:
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    assert not cases.worklist(world.decider, at=at).rows
    with pytest.raises(cases.NoSuchCase):
        cases.case_view(by=world.decider, at=at, case=draft.id)


def test_a_service_that_is_not_offered_here(world: Registry, at: datetime) -> None:
    with pytest.raises(cases.NotOfferedHere) as refusal:
        cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.elsewhere)
    assert refusal.value.status == 422
    with pytest.raises(Missing):
        cases.open_draft(by=world.officer, at=at, centre=world.other_centre, service=world.elsewhere)


def test_what_is_incomplete_is_not_received(world: Registry, at: datetime) -> None:
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    with pytest.raises(cases.FormIsNotValid) as refusal:
        cases.receive(by=world.officer, at=at, case=draft.id)
    assert "child_name.lo" in refusal.value.faults
    with pytest.raises(cases.NotAsked) as unasked:
        cases.save_draft(by=world.officer, at=at, case=draft.id, data={**BIRTH, "strange": "x"})
    assert (unasked.value.field, unasked.value.status) == ("strange", 400)
    assert the_case(draft.id).data == {}
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    with pytest.raises(cases.PaperIsMissing):
        cases.receive(by=world.officer, at=at, case=draft.id)
    assert the_case(draft.id).number is None
    assert not Task.objects.exists()


def test_received_once(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    with pytest.raises(cases.CaseIsNotADraft):
        cases.receive(by=world.officer, at=at, case=got.case)
    with pytest.raises(cases.CaseIsNotADraft):
        cases.save_draft(by=world.officer, at=at, case=got.case, data={})


def test_completed_twice_is_a_conflict(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    task = open_task(got.case)
    cases.complete(by=world.decider, at=at, task=task, outcome="approve")
    with pytest.raises(cases.TaskIsDone) as refusal:
        cases.complete(by=world.decider, at=at, task=task, outcome="refuse", reason="x")
    assert refusal.value.status == 409
    assert the_case(got.case).outcome == "approve"


def test_withdrawn_stops_everything(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    cases.withdraw(by=world.officer, at=at, case=got.case)
    assert the_case(got.case).status == "withdrawn"
    assert not cases.worklist(world.decider, at=at).rows
    assert not Token.objects.exists()
    with pytest.raises(cases.TaskIsDone):
        cases.withdraw(by=world.officer, at=at, case=got.case)


def test_a_lost_code_is_replaced(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    with pytest.raises(Missing):
        cases.renew_code(by=world.stranger, at=at, number=got.number)
    with pytest.raises(cases.NoSuchCase):
        cases.renew_code(by=world.officer, at=at, number="0103-1-26-C-000099-9")
    new = cases.renew_code(by=world.officer, at=at, number=f" {got.number.lower()} ")
    assert new.code != got.code
    with pytest.raises(cases.NumberOrCodeIsWrong):
        cases.follow(number=got.number, code=got.code, address="10.0.0.1", at=at)
    assert cases.follow(number=got.number, code=new.code, address="10.0.0.1", at=at).number == got.number
