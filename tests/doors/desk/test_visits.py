"""A family of five at one counter, through the doors: one ticket, applications for each, one payment, one rating."""

import html
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.scope import Actor, everything
from tests.domain.cases.test_paying import DOCUMENT
from tests.factories.browsers import at_work
from tests.factories.hall import BEGIN, SYSTEM, officer
from tests.factories.registry import FRONT, Registry, open_task, registry
from tests.factories.till import TAKE, publish_tariff

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at() -> datetime:
    """The doors read the clock."""
    return now()


@pytest.fixture
def world(db: None, at: datetime) -> Registry:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    made = registry(at=at, always_open=True)
    with everything("a test builds its world"):
        publish_tariff(at=at)
        for code in ("1", "2"):
            name = {"lo": f"ຊ່ອງ {code}", "en": f"Counter {code}"}
            centres.save_counter(by=SYSTEM, at=at, id=new_id(), centre=made.centre, code=code, name=name)
    return made


@pytest.fixture
def clerk(world: Registry, at: datetime) -> Actor:
    rights = [*FRONT, *TAKE, "queue.take", "queue.call", "centres.counter"]
    made = officer(at=at, username="clerk", unit=world.centre, permissions=rights, role="clerk")
    access.grant(by=SYSTEM, at=at, login=made.id, role="officer", unit=world.centre, valid_from=BEGIN)
    return made


@pytest.fixture
def desk(clerk: Actor) -> Client:
    return speaking(at_work(clerk))


def speaking(browser: Client) -> Client:
    """The same browser, in English."""
    browser.cookies["onedoor_language"] = "en"
    return browser


def shown(desk: Client, address: str) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def press(desk: Client, world: Registry, step: str, **more: Any) -> str:
    said = {"key": new_id().hex, **more}
    answer = desk.post(f"/desk/{world.code}/1/step/{step}/", said, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def given(desk: Client, world: Registry, **more: Any) -> Any:
    said = {"service": code(world.document), "key": new_id().hex, **more}
    return desk.post(f"/desk/{world.code}/reception/", said)


def code(service: UUID) -> str:
    return catalogue.service_by_id(service).code


def ticket_of(answer: Any) -> queue.Ticket:
    return queue.ticket_by_token(answer.headers["Location"].partition("=")[2])


def apply_for(world: Registry, clerk: Actor, case: UUID, **answers: Any) -> str:
    """The application of one of the family, with what is her own; handed on."""
    at = now()
    with everything("a test looks"):
        kept = dict(cases.Case.objects.get(id=case).data)
    cases.save_draft(by=clerk, at=at, case=case, data={**DOCUMENT, **kept, **answers})
    return cases.receive(by=clerk, at=at, case=case).number


def test_a_family_of_five_from_the_ticket_to_the_rating(
    desk: Client, world: Registry, clerk: Actor, at: datetime
) -> None:
    root = f"/desk/{world.code}/1/"
    taken = given(desk, world, people="5", also=code(world.birth))
    assert "person 5" in shown(desk, taken.headers["Location"])
    ticket = ticket_of(taken)
    errands = [each for each in queue.errands(visit=ticket.visit) if each.service_id == world.document]
    assert (ticket.people, len(errands)) == (5, 5)
    assert "hx-get" in press(desk, world, "next")
    press(desk, world, "start", ticket=ticket.id)
    numbers = []
    for place, errand in enumerate(errands):
        begun = desk.post(f"{root}application/", {"ticket": ticket.id, "errand": errand.id})
        draft = begun.headers["Location"]
        if place:
            assert "Already said in this visit" in shown(desk, draft)
            assert desk.post(f"{draft}shared/").headers["Location"] == draft
            assert "Already said in this visit" not in shown(desk, draft)
        numbers.append(apply_for(world, clerk, UUID(draft.rstrip("/").rpartition("/")[2])))
    drawer = {"by": clerk, "at": at, "centre": world.centre, "notes": {"50000": 4}}
    counter = centres.counter_by_code(world.centre, "1")
    payments.open_session(counter=counter.id, **drawer)
    listed = shown(desk, root)
    assert all(number in listed for number in numbers) and "one payment for 5 applications" in listed
    page = f"{root}cash/visits/{ticket.visit}/"
    owed = payments.open_of_visit(by=clerk, centre=world.centre, visit=ticket.visit)
    said = {"charge": [each.id for each in owed], "tendered": "500.000", "step": "take", "key": "family"}
    assert all(number in shown(desk, page) for number in numbers)
    receipt = desk.post(page, said).headers["Location"]
    assert desk.post(page, said).headers["Location"] == receipt, "the same press takes nothing again"
    paid = shown(desk, receipt)
    assert "receipts: 5" in paid and all(number in paid for number in numbers)
    slip = html.unescape(desk.post(f"{receipt}print/").content.decode())
    assert all(number in slip for number in numbers) and slip.count('class="slip-number') == 6
    press(desk, world, "finish", ticket=ticket.id)
    drain(at=now() + timedelta(minutes=1))
    assert [each.kind for each in queue.open_obligations(visit=ticket.visit)] == ["rating"]
    follow = shown(speaking(Client()), f"/t/{ticket.token}/")
    assert all(number in follow for number in numbers)
    results = [each.case_id for each in queue.errands(visit=ticket.visit) if each.case_id]
    for outcome in ("approve", "done"):
        for result in results:
            done(world.other_decider, result, outcome)
    visit = f"{root}visit/{ticket.visit}/"
    assert shown(desk, visit).count("Hand back the registered document") >= 5, "five results wait for them"
    assert "Hand over all 5 results" in shown(desk, visit)
    assert desk.post(f"{visit}hand-over/").headers["Location"] == visit
    assert "5 results were handed over" in shown(desk, visit)
    assert desk.post(f"{visit}hand-over/").status_code == 409, "a second press hands nothing over again"
    assert {each.status for each in cases.visit_cases(clerk, visit=ticket.visit).values()} == {"handed_over"}
    drain(at=now() + timedelta(minutes=2))
    assert len(queue.open_obligations(visit=ticket.visit)) == 1, "asked once for the whole visit"
    case = shown(desk, f"{root}application/cases/{errands_case(ticket, errands[0].id)}/")
    assert ticket.number in case and numbers[4] in case, (
        "the case leads to its visit, and to the others of it"
    )


def done(who: Actor, case: UUID, outcome: str) -> None:
    with everything("a test looks"):
        task = open_task(case)
    cases.complete(by=who, at=now(), task=task, outcome=outcome)


def errands_case(ticket: queue.Ticket, errand: UUID) -> UUID:
    return next(each.case_id for each in queue.errands(visit=ticket.visit) if each.id == errand)  # type: ignore[return-value]


def test_what_reception_refuses_by_name(desk: Client, world: Registry) -> None:
    for said, status in (
        ({"people": "0"}, 422),
        ({"people": "-1"}, 422),
        ({"people": "21"}, 422),
        ({"people": "five"}, 422),
        ({"people": "11", "also": code(world.birth)}, 422),
        ({"also": "nothing-such"}, 404),
        ({"help": "gold"}, 422),
    ):
        assert given(desk, world, **said).status_code == status, said
    with everything("a test looks"):
        assert not queue.Ticket.objects.count()


def test_a_person_more_and_back_again(desk: Client, world: Registry) -> None:
    ticket = ticket_of(given(desk, world))
    page = f"/desk/{world.code}/1/visit/{ticket.visit}/"
    said = {"service": code(world.birth), "person": "2", "label": "ນາງ ຄຳ"}
    assert desk.post(f"{page}add/", said).status_code == 302
    assert desk.post(f"{page}add/", said).status_code == 409
    for wrong in ({"person": "0"}, {"person": "-1"}, {"person": "x"}, {"person": "3", "label": "y" * 61}):
        assert desk.post(f"{page}add/", {**said, **wrong}).status_code == 422
    assert desk.post(f"{page}add/", {**said, "service": "land-title"}).status_code in (404, 422)
    assert "ນາງ ຄຳ" in shown(desk, page) and "ນາງ ຄຳ" in shown(desk, f"{page}part/")
    second = queue.errands(visit=ticket.visit)[1]
    assert desk.post(f"{page}errands/{second.id}/drop/").status_code == 302
    assert desk.post(f"{page}errands/{second.id}/drop/").status_code == 409
    assert desk.post(f"{page}errands/{new_id()}/drop/").status_code == 404
    assert desk.get(f"/desk/{world.code}/1/visit/{new_id()}/").status_code == 404
    assert desk.get(f"/desk/{world.code}/1/visit/nothing/").status_code == 404


def test_sent_on_and_seen_there(desk: Client, world: Registry) -> None:
    ticket = ticket_of(given(desk, world))
    press(desk, world, "next")
    send = f"/desk/{world.code}/1/visit/{ticket.visit}/send/"
    for to, status in (("", 422), ("counter:9", 404), ("zone:moon", 422), ("counter:1", 404)):
        assert desk.post(send, {"to": to, "reason": "goes_on"}).status_code == status, to
    assert desk.post(send, {"to": "counter:2", "reason": "why"}).status_code == 422
    assert desk.post(send, {"to": "counter:2", "reason": "goes_on"}).status_code == 302
    assert ticket.number in shown(desk, f"/desk/{world.code}/2/")
    assert desk.post(send, {"to": "counter:2", "reason": "goes_on"}).status_code == 302, "still only waits"


def test_late_and_back_by_the_rule(desk: Client, world: Registry) -> None:
    ticket = ticket_of(given(desk, world))
    press(desk, world, "next")
    press(desk, world, "miss", ticket=ticket.id)
    reception = f"/desk/{world.code}/reception/"
    assert "Called, and did not come" in shown(desk, reception)
    back = desk.post(f"{reception}came/", {"ticket": ticket.id})
    assert back.status_code == 302 and queue.waiting_count(world.centre, at=now()) == 1
    assert desk.post(f"{reception}came/", {"ticket": ticket.id}).status_code == 409
    assert desk.post(f"{reception}came/", {"ticket": "x"}).status_code == 404


def test_help_from_the_reception_to_the_end(desk: Client, world: Registry) -> None:
    ticket = ticket_of(given(desk, world, help=["wheelchair", "interpreter:hmn"]))
    page = f"/desk/{world.code}/help/"
    first, second = queue.helps_of(visit=ticket.visit)
    assert "An interpreter for Hmong" in shown(desk, page)
    assert desk.post(f"{page}{first.id}/book/", {"name": "ນາງ ແກ້ວ"}).status_code == 302
    assert "ນາງ ແກ້ວ" in shown(desk, f"{page}part/")
    for turn in ("here", "done"):
        assert desk.post(f"{page}{first.id}/{turn}/").status_code == 302
    desk.post(f"{page}{second.id}/withdraw/")
    assert not queue.helps_of(visit=ticket.visit)
    assert "Nobody has asked for help" in shown(desk, page)
    assert desk.post(f"{page}{first.id}/dance/").status_code == 404
    assert desk.post(f"{page}{new_id()}/here/").status_code == 404
    more = f"/desk/{world.code}/1/visit/{ticket.visit}/help/"
    assert desk.post(more, {"help": "sign"}).status_code == 302
    assert desk.post(more, {"help": "gold"}).status_code == 422
    follow = shown(speaking(Client()), f"/t/{ticket.token}/")
    assert "we are looking for somebody" in follow
    tomorrow = now() + timedelta(days=1)
    asked = {
        "by": Actor.system(),
        "at": now(),
        "centre": world.centre,
        "visit": new_id(),
        "codes": ["escort"],
    }
    queue.put_helps(**asked, day=tomorrow.date(), due=tomorrow)
    assert "appointments of the coming days" in shown(desk, page)
