"""The office's pages: who sees what, the decision with its reason, papers with their record."""

from datetime import timedelta
from uuid import UUID

from django.test import Client

from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.api import fire_timers
from onedoor.domain.cases.events import DraftSaved
from onedoor.domain.cases.models import Case, Paper
from onedoor.kernel.clock import now
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import officer
from tests.factories.registry import SCAN, Registry, open_task, received


def decide(browser: Client, task: UUID, **more: str) -> object:
    return browser.post(f"/office/tasks/{task}/", {"key": "k1", **more})


def test_the_worklist_and_the_case(world: Registry) -> None:
    got = received(world, at=now())
    office = at_work(world.decider)
    page = office.get("/office/")
    assert page.status_code == 200 and got.number in page.content.decode()
    task = open_task(got.case)
    before = Sight.objects.count()
    shown = office.get(f"/office/tasks/{task}/").content.decode()
    assert "Dao Vongxay" in shown and "Alt+A" in shown
    sight = Sight.objects.order_by("-id").first()
    assert Sight.objects.count() == before + 1
    assert sight is not None and (sight.subject, sight.actor, sight.why) == (
        got.case,
        world.decider.id,
        "task",
    )


def test_a_paper_is_permissioned_and_recorded(world: Registry) -> None:
    got = received(world, at=now())
    paper = Paper.objects.get(case_id=got.case)
    address = f"/office/cases/{got.case}/papers/{paper.id}/"
    page = at_work(world.decider).get(address)
    assert page.status_code == 200 and page.content == SCAN and page["Content-Type"] == "image/png"
    assert "'self'" in page["Content-Security-Policy"] and page["X-Frame-Options"] == "SAMEORIGIN"
    assert Sight.objects.filter(subject=got.case, why="paper", actor=world.decider.id).count() == 1
    assert at_work(world.other_decider).get(address).status_code == 404
    assert at_work(world.officer).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_refusing_needs_a_reason_and_happens_once(world: Registry) -> None:
    got = received(world, at=now())
    task = open_task(got.case)
    office = at_work(world.decider)
    page = decide(office, task, outcome="refuse", reason=" ")
    assert page.status_code == 422 and "error-summary" in page.content.decode()
    assert decide(office, task, outcome="refuse", reason="ຊ້ຳ").status_code == 302
    assert decide(office, task, outcome="refuse", reason="ຊ້ຳ").status_code == 302  # the same press again
    again = office.post(f"/office/tasks/{task}/", {"key": "k2", "outcome": "approve"})
    assert again.status_code == 409
    with everything("a test looks"):
        assert Case.objects.get(id=got.case).status == "refused"


def test_the_receiver_and_strangers_are_refused(world: Registry) -> None:
    got = received(world, at=now(), by=world.both)
    task = open_task(got.case)
    assert decide(at_work(world.both), task, outcome="approve").status_code == 403
    assert decide(at_work(world.other_decider), task, outcome="approve").status_code == 404
    assert decide(at_work(world.officer), task, outcome="approve").status_code == 403
    assert got.number not in at_work(world.both).get("/office/").content.decode()


def test_bad_input(world: Registry) -> None:
    got = received(world, at=now())
    task = open_task(got.case)
    office = at_work(world.decider)
    assert decide(office, task, outcome="fly").status_code == 422
    assert office.post(f"/office/tasks/{task}/", {"outcome": "approve"}).status_code == 422
    assert office.get("/office/?after=nonsense").status_code == 422
    assert office.get("/office/?due=nonsense").status_code == 200
    assert office.get(f"/office/tasks/{got.case}/").status_code == 404


def test_following_by_number_and_code(world: Registry) -> None:
    got = received(world, at=now())
    browser = Client()
    browser.cookies["onedoor_language"] = "en"
    assert browser.get("/follow/").status_code == 200
    assert browser.post("/follow/", {"number": "a\0b", "code": "\0"}).status_code == 404
    right = browser.post("/follow/", {"number": f" {got.number.lower()} ", "code": got.code.lower()})
    assert right.status_code == 200 and "The term is 3 working days" in right.content.decode()
    assert "Vongxay" not in right.content.decode()
    assert Sight.objects.filter(subject=got.case, why="follow").count() == 1
    for _ in range(4):
        assert browser.post("/follow/", {"number": got.number, "code": "WRONG"}).status_code == 404
    blocked = browser.post("/follow/", {"number": got.number, "code": "WRONG"})
    assert blocked.status_code == 429 and int(blocked["Retry-After"]) > 0
    assert browser.post("/follow/", {"number": got.number, "code": got.code}).status_code == 429
    other = browser.post("/follow/", {"number": got.number, "code": got.code}, REMOTE_ADDR="10.9.9.9")
    assert other.status_code == 200
    assert browser.post("/follow/", {"number": "0103-1-26-C-999999-1", "code": "X"}).status_code == 404


def test_failed_steps_are_for_those_who_mend(world: Registry) -> None:
    assert at_work(world.decider).get("/office/failed/").status_code == 403
    assert cases.MEND == "cases.mend"


def test_control_signs_of_a_reason_are_left_out(world: Registry) -> None:
    got = received(world, at=now())
    refused = decide(
        at_work(world.decider), open_task(got.case), outcome="refuse", reason="No\x00 proof.\x07"
    )
    assert getattr(refused, "status_code", 0) == 302
    with everything("a test looks at all"):
        assert Case.objects.get(id=got.case).tasks.filter(reason="No proof.").count() == 1


def test_the_clock_stands_still_goes_on_and_gets_more_time(world: Registry) -> None:
    got = received(world, at=now())
    task, office = open_task(got.case), at_work(world.decider)
    shown = office.get(f"/office/tasks/{task}/").content.decode()
    assert 'class="clock' in shown and f"/office/tasks/{task}/clock/" in shown
    assert office.post(f"/office/tasks/{task}/clock/", {"do": "pause", "reason": ""}).status_code == 422
    assert office.post(f"/office/tasks/{task}/clock/", {"do": "dance"}).status_code == 422
    said = {"do": "pause", "reason": "ຂາດໃບຢັ້ງຢືນ"}
    assert office.post(f"/office/tasks/{task}/clock/", said).status_code == 302
    assert office.post(f"/office/tasks/{task}/clock/", said).status_code == 409
    assert "ຂາດໃບຢັ້ງຢືນ" in office.get(f"/office/tasks/{task}/").content.decode()
    assert office.post(f"/office/tasks/{task}/clock/", {"do": "resume"}).status_code == 302
    assert office.post(f"/office/tasks/{task}/clock/", {"do": "resume"}).status_code == 409  # it runs
    for reason in ("\x00", " \t "):
        refused = office.post(f"/office/tasks/{task}/clock/", {"do": "pause", "reason": reason})
        assert refused.status_code == 422, repr(reason)
    assert at_work(world.other_decider).post(f"/office/tasks/{task}/clock/", said).status_code == 404
    assert office.post(f"/office/cases/{got.case}/extend/", {"key": "k"}).status_code == 403


def test_more_time_and_late_cases_are_the_heads(world: Registry) -> None:
    given = ["cases.decide", "cases.extend", "cases.oversee"]
    chief = officer(at=now(), username="chief", unit=world.ministry, permissions=given, role="ministry_head")
    got = received(world, at=now())
    office = at_work(chief)
    assert got.number not in office.get("/office/escalated/").content.decode()
    address, form = f"/office/cases/{got.case}/extend/", {"key": "k", "amount": "x", "reason": "y"}
    assert office.post(address, form).status_code == 422
    assert office.post(address, {**form, "amount": "1"}).status_code == 409  # the service does not allow it
    with everything("a test lets the service allow it once"):
        held = Case.objects.get(id=got.case)
        held.due_why = {**held.due_why, "times": 1, "most": 2}
        held.save()
        publish(
            DraftSaved(service=held.service_id), of=held, by=Actor.system(), at=now(), centre=held.centre_id
        )
    for amount in ("-1", "0", "3", "999999999", "1.5", "", "½"):
        answer = office.post(address, {**form, "amount": amount})
        assert answer.status_code == 422 and 'id="id_amount"' in answer.content.decode(), amount
    for _ in range(2):  # the same form sent twice gives time once
        assert office.post(address, {**form, "amount": "2"}).status_code == 302
    assert office.post(address, {**form, "key": "other", "amount": "1"}).status_code == 409
    fire_timers(at=now() + timedelta(days=30))
    fire_timers(at=now() + timedelta(days=30))
    shown = office.get("/office/escalated/")
    assert shown.status_code == 200 and got.number in shown.content.decode()
