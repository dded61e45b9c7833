"""What each function that acts in somebody's name is tried with; whoever adds such a function adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import Duration, service_by_id
from onedoor.domain.monitoring.api import Asked, AuditAsked
from onedoor.domain.payments.models import Receipt
from onedoor.domain.queue import api as queue
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.papers import FACTS
from tests.factories.till import PDF
from tests.house.attempts_booked import BOOKED
from tests.house.attempts_calling import CALLING
from tests.house.attempts_cases import CASES
from tests.house.attempts_centres import CENTRES
from tests.house.world import World

NAME = {"lo": "ຊື່", "en": "Name"}
DAY = date(2026, 3, 9)
QUARTER = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2026, 4, 1, tzinfo=UTC)}
SELF = "answers about the asker"
COUNTRY = "belongs to the whole country, not to a place"
INNER = "contexts and handlers call this after their own check; no door may"
FAILED = "nothing has failed here; see the tests of cases"
LOGS = "no log was loaded here; see tests/tools/xes"
UNMARKED = "no ticket was marked here; see tests/doors/console"
TOKEN = "an unguessable token of its own opens it"
ANYBODY = "anybody may do this at any centre"


POSTER = {"kind": "notice", "texts": {"lo": "ປິດມື້ອື່ນ", "en": "Closed tomorrow"}, "first": DAY}


def receipt_number(w: World) -> str:
    """The number of the world's receipt."""
    with everything("a test looks"):
        return str(Receipt.objects.get(id=w.receipt).number)


def the_receipt(w: World) -> Receipt:
    """The world's receipt."""
    with everything("a test looks"):
        return Receipt.objects.get(id=w.receipt)


def help_asked(w: World) -> UUID:
    """The help that was asked for with the world's ticket."""
    return queue.helps_of(visit=w.visit)[0].id


# What an attempt hands over besides `by` and `at`; a sentence instead says why a function has no place to ask about.

ATTEMPTS: dict[str, str | Callable[[World], dict[str, Any]]] = {
    "access.centres_of": SELF,
    "access.holding": SELF,
    "access.may": SELF,
    "access.reach": SELF,
    "access.require": SELF,
    "access.change_second_factor": "one's own only",
    "access.record_sight": "writes down what the asker did",
    "access.save_role": COUNTRY,
    "access.note_origin": COUNTRY,
    "access.close_login": lambda w: {"login": w.registry.both.id},
    "access.reset_second_factor": lambda w: {"login": w.registry.both.id},
    "access.set_password": lambda w: {"login": w.registry.both.id, "password": "another long sentence"},
    "access.save_login": lambda w: {"id": w.registry.both.id, "username": "renamed", "name": NAME},
    "access.end_device": lambda w: {"device": w.device},
    "access.end_token": lambda w: {"token": w.token},
    "access.end_grant": lambda w: {"grant": w.grant, "on": DAY},
    "access.enrol_device": lambda w: {"centre": w.centre, "kind": "kiosk", "name": "K"},
    "access.issue_token": lambda w: {"name": "M", "unit": w.centre, "scopes": ["queue.take"]},
    "access.grant": lambda w: {
        "login": w.registry.both.id,
        "role": "idle",
        "unit": w.centre,
        "valid_from": DAY,
    },
    "access.save_unit": lambda w: {
        "id": new_id(),
        "code": "0103-1-x",
        "kind": "centre",
        "tree": "territory",
        "name": NAME,
        "parent": w.centre,
        "valid_from": DAY,
    },
    "access.sights": lambda w: {"subject": w.case},
    "catalogue.save_life_event": COUNTRY,
    "catalogue.save_service": lambda w: {
        "id": new_id(),
        "code": "another",
        "name": NAME,
        "summary": NAME,
        "authority": w.ministry,
        "papers": [],
        "fees": [],
        "duration": Duration(),
        "legal_basis": [],
        "result": NAME,
        "demonstration": True,
        "valid_from": DAY,
    },
    "catalogue.begin_draft": lambda w: {"id": new_id(), "code": "another", "authority": w.ministry},
    "catalogue.draft": lambda w: {"id": w.writing},
    "catalogue.drafts": lambda w: {},
    "catalogue.save_draft": lambda w: {"draft": w.writing, "version": 1, "process": "<"},
    "catalogue.send_draft": lambda w: {"draft": w.writing, "version": 1},
    "catalogue.approve_draft": lambda w: {"draft": w.writing, "version": 1},
    "catalogue.return_draft": lambda w: {"draft": w.writing, "version": 1, "reason": "The fee."},
    "catalogue.own_services": SELF,
    "catalogue.papers_by_habit": SELF,
    "catalogue.release_draft": lambda w: {"draft": w.writing, "version": 1, "valid_from": DAY},
    "catalogue.roll_out": lambda w: {"service": w.registry.birth, "number": 1, "valid_from": DAY},
    "catalogue.withdraw_service": lambda w: {
        "service": w.registry.birth,
        "on": DAY,
        "reason": "The law ended.",
    },
    "catalogue.withdraw_draft": lambda w: {"draft": w.writing},
    "monitoring.satisfaction_beside": lambda w: {
        "service": w.registry.birth,
        "since": date(2026, 1, 1),
        "until": date(2026, 2, 1),
        "centres": [],
    },
    **CASES,
    "documents.begin_print": lambda w: {"document": w.document},
    "documents.confirm_facts": lambda w: {"document": w.document},
    "documents.confirm_print": lambda w: {"document": w.document, "printed": True},
    "documents.content": lambda w: {"document": w.document},
    "documents.correct_facts": lambda w: {"document": w.document, "facts": FACTS},
    "documents.document": lambda w: {"document": w.document},
    "documents.issue": lambda w: {"document": w.document},
    "documents.prepare": lambda w: {
        "subject": new_id(),
        "centre": w.centre,
        "kind": "birth-certificate",
        "facts": FACTS,
    },
    "documents.preview": lambda w: {"document": w.document},
    "documents.produce": INNER,
    "documents.revoke": lambda w: {"document": w.document, "reason": "A mistake."},
    "documents.save_template": COUNTRY,
    "documents.see_document": lambda w: {"document": w.document},
    "documents.see_file": lambda w: {"document": w.document},
    "documents.waiting": lambda w: {"centre": w.centre},
    "notices.counts_at": lambda w: {"centre": w.centre, "since": QUARTER["since"]},
    "notices.end_poster": lambda w: {"poster": w.poster},
    "notices.notices_at": lambda w: {"centre": w.centre},
    "notices.poster_at": lambda w: {"centre": w.centre, "poster": w.poster},
    "notices.posters_at": lambda w: {"centre": w.centre, "since": DAY},
    "notices.save_board": lambda w: {"centre": w.centre, "code": "main", "columns": 3},
    "notices.save_poster": lambda w: {"centre": w.centre, **POSTER},
    "notices.save_wording": COUNTRY,
    "notices.tell": INNER,
    "notices.tell_each": INNER,
    "notices.try_again": FAILED,
    "notices.withdraw_each": INNER,
    "notices.withdraw_notices": INNER,
    "payments.accounts": lambda w: {"centre": w.centre},
    "payments.ask_waiver": lambda w: {"charge": w.charge, "ground": "poor", "content": PDF, "name": "a.pdf"},
    "payments.cancel_charge": INNER,
    "payments.cash_in": lambda w: {"session": w.session},
    "payments.charge": INNER,
    "payments.recharge": INNER,
    "payments.ask_transfer": lambda w: {"session": w.session, "way": "to_safe", "notes": {"1000": 1}},
    "payments.answer_transfer": lambda w: {"transfer": w.transfer, "agreed": True},
    "payments.preview_sale": lambda w: {"centre": w.centre, "items": [("copy", 1)]},
    "payments.sell": lambda w: {"centre": w.centre, "items": [("copy", 1)], "tendered": 1000},
    "payments.transfer_of": lambda w: {"transfer": w.transfer},
    "payments.transfers_asked": lambda w: {"centre": w.centre},
    "payments.transfers_of": lambda w: {"session": w.session},
    "payments.corrections": lambda w: {"centre": w.centre},
    "payments.lost_numbers": lambda w: {"centre": w.centre},
    "payments.charge_of": lambda w: {"charge": w.charge},
    "payments.close_session": lambda w: {"session": w.session, "notes": {}},
    "payments.day_close": lambda w: {"centre": w.centre, "day": DAY},
    "payments.day_of": lambda w: {"centre": w.centre, "day": DAY},
    "payments.days": lambda w: {"centre": w.centre},
    "payments.due": lambda w: {"centre": w.centre},
    "payments.left_open": lambda w: {"centre": w.centre},
    "payments.note_print": lambda w: {"receipt": w.receipt},
    "payments.open_session": lambda w: {"centre": w.centre, "counter": w.counter, "notes": {}},
    "monitoring.audited_centres": SELF,
    "monitoring.camera": lambda w: {"centre": w.centre, "camera": w.camera},
    "monitoring.cameras": lambda w: {"centre": w.centre},
    "monitoring.course_of": lambda w: {"centre": w.code, "day": date(2026, 3, 2)},
    "monitoring.end_camera": lambda w: {"centre": w.centre, "camera": w.camera},
    "monitoring.hall_at": lambda w: {"centre": w.code},
    "monitoring.open_work": lambda w: {"centre": w.code},
    "monitoring.save_camera": lambda w: {
        "centre": w.centre,
        "name": "n",
        "kind": "hls",
        "address": "http://camera.example/",
    },
    "monitoring.watch": lambda w: {"centre": w.centre, "camera": w.camera, "why": "crowd"},
    "monitoring.counters_now": lambda w: {"centre": w.code},
    "monitoring.floor_now": lambda w: {"centre": w.code},
    "monitoring.hours_today": lambda w: {"centre": w.code},
    "monitoring.marks": lambda w: {"asked": AuditAsked(centre=w.code)},
    "monitoring.monday": SELF,
    "monitoring.report": lambda w: {"asked": Asked(centre=w.code)},
    "monitoring.sample": lambda w: {"seed": "s", "size": 5, "asked": AuditAsked(centre=w.code)},
    "monitoring.save_standard": COUNTRY,
    "monitoring.save_tile": COUNTRY,
    "monitoring.sight_of": SELF,
    "monitoring.take_out": lambda w: {"case": w.case},
    "monitoring.ticket_seen": UNMARKED,
    "payments.open_session_of": SELF,
    "payments.owed": lambda w: {"centre": w.centre},
    "payments.pay_owed": lambda w: {"receipt": w.receipt},
    "payments.preview": lambda w: {"charge": w.charge, "items": []},
    "payments.receipt_numbered": lambda w: {"centre": w.centre, "number": receipt_number(w)},
    "payments.receipt_of": lambda w: {"receipt": w.receipt},
    "payments.receipts": lambda w: {"centre": w.centre, "day": DAY},
    "payments.refuse_waiver": lambda w: {"charge": w.asked},
    "payments.save_tariff": COUNTRY,
    "payments.see_evidence": lambda w: {"charge": w.asked},
    "payments.session_at": lambda w: {"centre": w.centre, "counter": w.counter},
    "payments.session_of": lambda w: {"session": w.session},
    "payments.open_of_visit": lambda w: {"centre": w.centre, "visit": w.visit},
    "payments.paid_together": lambda w: {"receipt": the_receipt(w)},
    "payments.preview_together": lambda w: {
        "centre": w.centre,
        "visit": w.visit,
        "charges": [w.charge],
        "items": [],
    },
    "payments.settle_together": lambda w: {
        "centre": w.centre,
        "visit": w.visit,
        "charges": [w.charge],
        "tendered": 40_000,
        "key": "k1",
    },
    "payments.settle_cash": lambda w: {"charge": w.charge, "tendered": 40_000},
    "payments.void": lambda w: {"receipt": w.receipt, "reason": "amount"},
    "payments.waive": lambda w: {"charge": w.asked},
    "payments.waiver_of": lambda w: {"centre": w.centre, "charge": w.asked},
    "payments.waivers_of": lambda w: {"centre": w.centre},
    "payments.waivers": lambda w: {"centre": w.centre},
    "people.save_person": lambda w: {"names": NAME, "centre": w.centre},
    "planning.begin_experiment": lambda w: {
        "id": new_id(),
        "service": w.registry.birth,
        "since": DAY,
        "until": DAY,
        "change": {"time": 1},
    },
    "planning.choices": lambda w: {"code": service_by_id(w.registry.birth).code, **QUARTER},
    "planning.experiment": "no experiment was begun here; see tests/domain/planning",
    "planning.experiments": SELF,
    "planning.logged_choices": LOGS,
    "planning.logs_to_try": SELF,
    "planning.services_to_try": SELF,
    "queue.add_errand": lambda w: {
        "centre": w.centre,
        "ticket": w.ticket,
        "wanted": queue.Wanted(service=w.registry.birth, person=3),
    },
    "queue.ask_help": lambda w: {"centre": w.centre, "visit": w.visit, "codes": ["escort"]},
    **BOOKED,
    "queue.book_help": lambda w: {"centre": w.centre, "help": help_asked(w), "name": "H"},
    **CALLING,
    **CENTRES,
    "queue.come_back": lambda w: {"ticket": w.ticket, "centre": w.centre},
    "queue.drop_errand": lambda w: {"centre": w.centre, "errand": queue.errands(visit=w.visit)[1].id},
    "queue.end_help": lambda w: {"centre": w.centre, "help": help_asked(w)},
    "queue.adopt_paper": lambda w: {"centre": w.centre, "lines": []},
    "queue.close_centre": lambda w: {"centre": w.centre, "first": DAY, "last": DAY, "reason": NAME},
    "queue.end_day": lambda w: {"centre": w.centre},
    "queue.reopen_centre": "nothing is closed here; see tests/domain/queue/test_keeping.py",
    "queue.finish": lambda w: {"ticket": w.called},
    "queue.finish_errand": INNER,
    "queue.give_back": lambda w: {"ticket": w.called},
    "queue.help_here": lambda w: {"centre": w.centre, "help": help_asked(w)},
    "queue.hold": lambda w: {"ticket": w.called},
    "queue.leave": TOKEN,
    "queue.miss": lambda w: {"ticket": w.called},
    "queue.name_ticket": TOKEN,
    "queue.oblige": INNER,
    "queue.oblige_each": INNER,
    "queue.open_errand": INNER,
    "queue.put_helps": INNER,
    "queue.reissue": lambda w: {"ticket": w.ticket},
    "queue.settle": INNER,
    "queue.start": lambda w: {"ticket": w.called},
    "queue.come_in": lambda w: {"ticket": w.ticket, "centre": w.centre},
    "queue.take_from_home": ANYBODY,
    "queue.ten_more_minutes": TOKEN,
    "queue.watch_ticket": TOKEN,
    "queue.tell_flood": lambda w: {"centre": w.centre, "device": w.device},
    "queue.tell_paper": lambda w: {"centre": w.centre, "device": w.device, "out": True},
    "queue.take_ticket": lambda w: {"centre": w.centre, "service": w.registry.birth},
    "queue.take_visit": lambda w: {
        "centre": w.centre,
        "wanted": [queue.Wanted(service=w.registry.birth)],
    },
    "queue.transfer": lambda w: {
        "ticket": w.called,
        "centre": w.centre,
        "reason": "goes_on",
        "service": w.registry.birth,
    },
    "voice.answer": lambda w: {"complaint": w.complaint, "text": "We are sorry."},
    "voice.asked_at": lambda w: {"centre": w.centre, "counter": w.counter},
    "voice.comments": lambda w: {"centre": w.centre},
    "voice.complain": ANYBODY,
    "voice.complaints_at": lambda w: {"centre": w.centre},
    "voice.complaint": lambda w: {"complaint": w.complaint},
    "voice.complaints": SELF,
    "voice.see_complaint": lambda w: {"complaint": w.complaint},
    "voice.decline": TOKEN,
    "voice.open_rating": INNER,
    "voice.owed": lambda w: {"centre": w.centre},
    "voice.rate": TOKEN,
}
