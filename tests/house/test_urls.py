"""The table of all addresses and what each asks for, and who is turned away how.

Written by hand and compared with what the resolver has: a new route without a row fails, and so does one that asks for
something else than the table says. Columns: anonymous is asked who it is; somebody of another centre finds nothing, also
with their own centre in the address and an object of this one behind it; another role is refused; the right one comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onedoor.domain.access import api as access
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import PUBLIC, Actor, permission_of
from tests.factories.browsers import at_work
from tests.factories.registry import SCAN
from tests.house.attempts import help_asked, receipt_number
from tests.house.world import World, world

# What anybody may open, by door.
OPEN = {
    "": (
        "account_login account_logout account_inactive account_reauthenticate account_change_password mfa_authenticate"
        " mfa_activate_totp staff_start staff_lock staff_unlock device_enter"
        " account_security account_end account_phone"
    ),
    "ui": "language",
    "citizen": (
        "home search life_event services service service_form prepare prepared apply apply_check apply_forget"
        " apply_section centres centre ticket ticket_name ticket_leave ticket_tell ticket_more place"
        " verify verify_file"
        " authority verified rate complain complaint follow correct correct_keep corrected follow_leave"
        " receipt_ask receipt tariff fees fees_csv"
        " stops stop stop_ask stop_notice stop_qr"
        " book book_what book_days book_times book_list book_who appointments appointment appointment_change"
        " appointment_change_to appointment_cancel appointment_accept appointment_calendar"
    ),
    "board": "hall now screen clip",
    "exchange": (
        "description followCase seeTariff verifyDocument verifyFile verifyReceipt seeRatings seeQuestion declineRating"
        " beginPreparation readPreparation savePreparation upgradePreparation forgetPreparation"
        " listServices seeService quoteService listFees complain followComplaint"
        " listCentres seeCentre seeLoad listSlots listCoverage listUnits seeUnit listScopes"
        " catalogue catalogue_turtle catalogue_json catalogue_service catalogue_service_turtle catalogue_service_json"
        " hsds hsds_services hsds_service hsds_organizations hsds_organization hsds_at_locations hsds_at_location"
        " hsds_taxonomies hsds_taxonomy hsds_terms hsds_term hsds_openapi"
    ),
}
# What asks for a permission, by door and permission.
GUARDED = {
    "kiosk": {
        "queue.take": "arrive paper home services confirm ticket lost scan slip aloud",
        "cases.prepare": "fill fill_code fill_section",
        "voice.ask": "rate",
    },
    "desk": {
        "queue.call": (
            "choose counters home line away step waiting visit visit_part visit_add visit_drop visit_send visit_help"
        ),
        "queue.book": "booked_find booked_new booked_one booked_phone booked_move booked_cancel instead",
        "queue.take": (
            "booked booked_came kiosk_paper paper_list reception reception_lost reception_qr reception_came"
            " reception_here helps helps_part help_turn"
        ),
        "centres.staff": "shift_plan shift_edit skills skill roster roster_keep",
        "centres.greet": "greet greet_part",
        "centres.counter": "shifts shift sit checklist stop switch",
        "centres.manage": "day day_end day_close day_reopen day_kept",
        "cases.enter": (
            "application application_draft application_save application_check application_code application_summary"
            " application_receive application_attach application_paper application_task application_find"
            " application_case application_upgrade application_prepared application_shared visit_hand_over"
        ),
        "notices.send": "messages message_again",
        "notices.board": "board board_end board_plan",
        "cases.prepare": "calls call_begin call_code call_over call_section call_keep",
        "documents.read": "documents document_of_case document document_file",
        "documents.check": "document_confirm document_wrong",
        "documents.issue": "document_issue",
        "documents.print": "document_print document_printed",
        "documents.revoke": "document_revoke",
        "payments.take": (
            "cash cash_open cash_close cash_pay cash_sell cash_waiver cash_owed cash_move cash_moved cash_visit"
        ),
        "payments.read": "cash_receipt cash_print cash_qr",
        "payments.approve": (
            "cash_centre cash_table cash_day cash_void cash_answer cash_evidence cash_close_for cash_move_for"
            " cash_moved_for"
        ),
    },
    "office": {
        "cases.decide": "worklist task paper cases record clock",
        "cases.extend": "extend",
        "cases.oversee": "escalated",
        "cases.mend": "failed retry",
    },
    "console": {
        "cases.check_fees": "receipts",
        "monitoring.see": (
            "fees fee_history country province place counter figures figures_csv monday monday_pdf offers offers_csv"
            " offers_ministry offers_place offers_promises hall_then waits staff_plan staff_plan_csv"
        ),
        "monitoring.watch": "cameras",
        "monitoring.install": "camera_new camera_edit",
        "centres.offer": "offers_offer offers_withdraw offers_promise offers_take_back",
        "queue.promise": "offers_booking",
        "centres.travel": "mobile mobile_new mobile_stop mobile_change",
        "centres.manage": "offers_calling offers_hours offers_space",
        "voice.answer": "complaints complaint",
        "centres.calendar": "calendar calendar_change",
        "planning.experiment": "laboratory laboratory_ask laboratory_log laboratory_result laboratory_csv",
        "catalogue.read": (
            "services service service_withdraw service_edition draft draft_release draft_trial habits habits_csv"
        ),
        "catalogue.draft": (
            "design design_form design_look design_process design_steps design_decisions design_rows design_file"
            " design_tests design_fee design_eligibility"
        ),
        "monitoring.audit": "audit audit_sample audit_case audit_export audit_receipt audit_ticket audit_verifier",
    },
    "exchange": {
        "queue.book": "listAppointments seeAppointment moveAppointment cancelAppointment",
        "queue.take": "listLine seeQueue takeTicket seeTicket",
        "queue.call": "callNext startTicket finishTicket missTicket holdTicket giveBackTicket",
        "cases.decide": "listCases seeCase seePaper listTasks seeTask completeTask",
        "cases.enter": (
            "listCentreCases seeCentreCase saveAnswers attachPaper seeCentrePaper receiveCase renewCode withdrawCase"
            " seeUpgrade listDocuments listCentreTasks seeCentreTask completeCentreTask"
        ),
        "cases.message": "sendMessage",
        "documents.read": "seeDocument seePdf",
        "payments.take": "listCharges seeCharge settleCharge openDrawer seeDrawer closeDrawer",
        "payments.read": "listReceipts seeReceipt listWaivers seeWaiver listDays seeDay",
        "voice.answer": "listComplaints seeComplaint",
    },
}
OF_SOMEBODY = set(
    (
        "place case task paper document ticket token session transfer charge "
        "receipt drawer number complaint poster commitment draft visit errand help"
    ).split()
)
# About a charge whose waiver is asked for.
OF_WAIVERS = {"desk:cash_answer", "desk:cash_evidence", "exchange:seeWaiver"}
# What a form must say before it is looked at.
BODIES: dict[str, str | bytes] = {
    "desk:document_printed": "came=yes",
    "office:clock": "do=resume",
    "office:extend": "key=k&amount=1&reason=x",
    "exchange:saveAnswers": '{"data": {}}',
    "exchange:receiveCase": "{}",
    "exchange:withdrawCase": "{}",
    "exchange:attachPaper": SCAN,
    "exchange:completeTask": "{}",
    "exchange:completeCentreTask": "{}",
    "exchange:settleCharge": '{"tendered": 40000}',
    "exchange:openDrawer": '{"counter": "1"}',
    "exchange:closeDrawer": "{}",
}
KINDS = {"exchange:attachPaper": "image/png"}
# Found only at a step that this world has not reached: a failed one, the check with the applicant, what is projected.
NOTHING_THERE = {"office:retry", "desk:document_wrong", "console:counter", "console:audit_ticket"}
NOTHING_THERE |= {
    "console:mobile_stop",
    "console:mobile_change",
    "desk:shift",
    "desk:shift_edit",
}  # no unit travels, nobody is planned
# No message failed, nothing is recorded, drawn as this kind or closed, no calendar changed, no table decides.
NOTHING_THERE |= {"desk:message_again", "kiosk:aloud", "kiosk:slip", "console:calendar_change"}
NOTHING_THERE |= {"desk:day_reopen", "console:design_rows"}
NOTHING_THERE |= {
    "console:laboratory_result",
    "console:laboratory_csv",
    "console:laboratory_log",
}  # nothing was tried out here
# The task of this world is the ministry's, and the token the centre's; see the tests of the exchange door.
NOTHING_THERE |= {
    f"exchange:{name}" for name in ("seeTask", "completeTask", "seeCentreTask", "completeCentreTask")
}
ARGUMENT = re.compile(r"<(?:[a-z_]+:)?([a-z_]+)>")
ASKED_WHO, FORBIDDEN, NOT_FOUND, WRONG_METHOD = 401, 403, 404, 405


@dataclass(frozen=True)
class Route:
    """One address and what it asks for."""

    name: str
    address: str
    asked: str
    by_machine: bool

    @property
    def arguments(self) -> set[str]:
        return set(ARGUMENT.findall(self.address))

    def at(self, w: World, *, centre: str) -> str:
        """The address with a centre's code and the world's own objects."""
        held: dict[str, Any] = {
            "centre": centre,
            "counter": "1",
            "place": w.code,
            "province": next(one.code for one in access.ancestors(w.centre) if one.kind == "province"),
            "complaint": w.complaint,
            "poster": w.poster,
            "notice": w.poster,
            "lang": "lo",
            "name": "page-home.mp3",
            "commitment": w.commitment,
            "appointment": w.appointment,
            "ministry": access.unit(w.ministry).code,
            "site": w.code,
            "case": w.draft if "application" in self.name else w.case,
            "task": w.task,
            "paper": w.paper,
            "document": w.document,
            "ticket": w.called,
            "token": w.ticket_token,
            "session": w.session,
            "transfer": w.transfer,
            "charge": w.asked if self.name in OF_WAIVERS else w.charge,
            "receipt": w.receipt,
            "drawer": w.session,
            "day": "2026-02-02",
            "change": UUID(int=7),
            "closure": UUID(int=7),
            "shift": UUID(int=7),
            "stop": UUID(int=7),
            "device": UUID(int=7),
            "experiment": UUID(int=7),
            "number": receipt_number(w),
            "service": access_code(w),
            "step": "finish",
            "visit": w.visit,
            "errand": queue.errands(visit=w.visit)[1].id,
            "help": help_asked(w),
            "turn": "here",
            "section": "child",
            "draft": w.writing,
            "camera": w.camera,
            "look": "citizen",
            "kind": "process",
            "table": "none",
        }
        if self.name == "desk:application_paper":
            held["case"] = w.case
        if self.name == "console:service_edition":
            held["number"] = 1
        if self.name == "exchange:attachPaper":
            held |= {"case": w.draft}
            return ARGUMENT.sub(lambda found: str(held[found.group(1)]), self.address) + "?code=other"
        return ARGUMENT.sub(lambda found: str(held[found.group(1)]), self.address)


def access_code(w: World) -> str:
    """The code of a service that is offered here."""
    from onedoor.domain.catalogue.api import service_by_id

    return service_by_id(w.registry.birth).code


def routes(resolver: URLResolver | None = None, prefix: str = "/", door: str = "") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, address, pattern.namespace or door)
            continue
        assert isinstance(pattern, URLPattern)
        asked: Any = permission_of(pattern.callback)
        name = f"{door}:{pattern.name}".removeprefix(":")
        codes = set(asked.values()) if isinstance(asked, Mapping) else {asked}
        yield Route(
            name, address, " ".join(sorted(map(str, codes))), getattr(pattern.callback, "csrf_exempt", False)
        )


ROUTES = list(routes())
CLOSED = [route for route in ROUTES if route.asked != PUBLIC]


def table() -> dict[str, str]:
    """The rows as written above: the route's name and what it asks for."""
    rows = {
        f"{door}:{name}".removeprefix(":"): PUBLIC for door, names in OPEN.items() for name in names.split()
    }
    for door, asked in GUARDED.items():
        for code, names in asked.items():
            rows |= {f"{door}:{name}": code for name in names.split()}
    return rows


def test_every_route_has_its_row() -> None:
    assert {route.name: route.asked for route in ROUTES} == table()


@pytest.fixture
def at() -> datetime:
    """The doors read the clock, so the world is built now."""
    return now()


@pytest.fixture
def here(db: None, at: datetime) -> World:
    return world(at=at)


def comes(w: World, who: Actor | None) -> Client:
    """A browser of this person, or of nobody."""
    browser = at_work(who) if who is not None else Client()
    browser.raise_request_exception = False
    return browser


def visits(
    w: World, who: Actor | None, chosen: list[Route], *, centre: str
) -> Iterator[tuple[str, int, int]]:
    """The status that each route answers with, and how many letters were written; all undone."""
    browser = comes(w, who)
    for route in chosen:
        headers = (
            {"Authorization": f"Bearer {w.tokens[who.id]}"} if route.by_machine and who is not None else {}
        )
        if route.by_machine:
            headers |= {"Idempotency-Key": str(new_id())}
        before = LetterRow.objects.count()
        with transaction.atomic():
            status = WRONG_METHOD
            for method in ("GET", "POST"):
                if status == WRONG_METHOD:
                    status = ask(browser, method, route, w, centre, headers)
            letters = LetterRow.objects.count() - before
            transaction.set_rollback(True)
        access.forget()
        yield route.name, status, letters


def ask(browser: Client, method: str, route: Route, w: World, centre: str, headers: dict[str, str]) -> int:
    body = BODIES.get(route.name, f'{{"service": "{access_code(w)}"}}' if headers else "")
    kind = KINDS.get(route.name, "application/json" if headers else "application/x-www-form-urlencoded")
    address = route.at(w, centre=centre)
    answer = browser.generic(method, address, body, content_type=kind, headers=headers)
    sent_away = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/")
    return ASKED_WHO if sent_away else answer.status_code


def code_of(unit: UUID) -> str:
    return access.unit(unit).code


def test_anonymous_is_asked_who_it_is(here: World) -> None:
    found = [visit for visit in visits(here, None, CLOSED, centre=here.code) if visit[1:] != (ASKED_WHO, 0)]
    assert not found, found


def test_somebody_of_another_centre_finds_nothing(here: World) -> None:
    chosen = [route for route in CLOSED if "centre" in route.arguments]
    found = [v for v in visits(here, here.stranger, chosen, centre=here.code) if v[1:] != (NOT_FOUND, 0)]
    assert not found, found


def test_an_object_of_this_centre_is_not_found_through_another(here: World) -> None:
    chosen = [route for route in CLOSED if route.arguments & OF_SOMEBODY]
    own = code_of(here.registry.other_centre)
    found = [v for v in visits(here, here.stranger, chosen, centre=own) if v[1:] != (NOT_FOUND, 0)]
    assert not found, found


def test_another_role_is_refused(here: World) -> None:
    found = [v for v in visits(here, here.idle, CLOSED, centre=here.code) if v[1:] != (FORBIDDEN, 0)]
    assert not found, found


def test_the_right_one_comes_in(here: World) -> None:
    chosen = [route for route in CLOSED if route.name not in NOTHING_THERE]
    refused = (ASKED_WHO, FORBIDDEN, NOT_FOUND, WRONG_METHOD)
    found = [v for v in visits(here, here.right, chosen, centre=here.code) if v[1] in refused or v[1] >= 500]
    assert not found, found
