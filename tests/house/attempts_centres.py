"""What the functions of centres, their staff and mobile units that act in somebody's name are tried with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from onedoor.domain.centres.api import Hours, Offer, SpaceView, StopView
from onedoor.kernel.ids import new_id
from tests.factories.offices import BEGIN
from tests.house.world import World

DAY = date(2026, 3, 9)

NAME = {"lo": "ຊື່", "en": "Name"}
SELF = "answers about the asker"

CENTRES: dict[str, Callable[[World], dict[str, Any]] | str] = {
    "centres.announce_stop": "needs a mobile unit; see tests/domain/centres/test_mobile.py",
    "centres.ask_for_stop": "anybody may ask; see tests/domain/centres/test_mobile.py",
    "centres.begin_break": lambda w: {"counter": w.counter, "minutes": 15},
    "centres.cancel_duty": "nobody is on duty here; see tests/domain/centres/test_roster.py",
    "centres.cancel_shift": "nobody is planned here; see tests/domain/centres/test_shifts.py",
    "centres.cancel_stop": "needs a mobile unit; see tests/domain/centres/test_mobile.py",
    "centres.change_shift": "nobody is planned here; see tests/domain/centres/test_shifts.py",
    "centres.copy_week": lambda w: {"centre": w.centre, "source": DAY, "to": date(2026, 3, 16)},
    "centres.end_break": lambda w: {"counter": w.counter},
    "centres.forget_helper": "nobody helps here; see tests/domain/centres/test_roster.py",
    "centres.keep_checklist": lambda w: {"centre": w.centre, "day": DAY, "phase": "opening", "ticks": {}},
    "centres.offer_shift": "nobody is planned here; see tests/domain/centres/test_shifts.py",
    "centres.open_stop": "needs a mobile unit; see tests/domain/centres/test_mobile.py",
    "centres.plan_duty": "nobody helps here; see tests/domain/centres/test_roster.py",
    "centres.plan_shifts": lambda w: {
        "centre": w.centre,
        "officer": new_id(),
        "days": [DAY],
        "starts": time(8),
        "ends": time(12),
    },
    "centres.report_stop": "needs a mobile unit; see tests/domain/centres/test_mobile.py",
    "centres.rise": lambda w: {"counter": w.counter},
    "centres.save_checklist_plan": lambda w: {"unit": w.centre, "items": []},
    "centres.save_helper": lambda w: {"centre": w.centre, "kind": "greeter", "name": "A", "consent": True},
    "centres.save_skills": lambda w: {"centre": w.centre, "officer": new_id(), "rows": []},
    "centres.save_stop": lambda w: {
        "stop": StopView(
            id=None,
            centre=w.centre,
            district=w.registry.ministry,
            village="A",
            day=DAY,
            opens=time(8),
            closes=time(12),
            services=(),
            capacity=1,
        )
    },
    "centres.settle_exchange": "nobody is planned here; see tests/domain/centres/test_shifts.py",
    "centres.sit_down": lambda w: {"counter": w.counter},
    "centres.take_shift": "nobody is planned here; see tests/domain/centres/test_shifts.py",
    "centres.close_centre": lambda w: {"centre": w.centre, "first": DAY, "last": DAY, "reason": NAME},
    "centres.end_day": lambda w: {"centre": w.centre},
    "centres.reopen_centre": "nothing is closed here; see tests/domain/centres/test_closures.py",
    "centres.save_calendar": lambda w: {
        "id": w.calendar,
        "unit": w.centre,
        "zone": "Asia/Vientiane",
        "rest": (6, 7),
        "hours": [Hours(weekday=1, opens=time(8), closes=time(16))],
        "confirmed": False,
        "holidays": [],
    },
    "centres.save_centre": lambda w: {
        "id": w.centre,
        "code": w.code,
        "name": NAME,
        "district": w.registry.ministry,
        "demonstration": True,
        "offers": [],
    },
    "centres.save_counter": lambda w: {"id": new_id(), "centre": w.centre, "code": "2", "name": NAME},
    "centres.save_holiday": lambda w: {"unit": w.centre, "day": DAY, "name": NAME},
    "centres.save_hours": lambda w: {
        "centre": w.centre,
        "hours": [Hours(weekday=1, opens=time(8), closes=time(16))],
        "confirmed": True,
    },
    "centres.may_offer": SELF,
    "centres.require_offering": lambda w: {"service": w.registry.birth, "centres": [w.centre]},
    "centres.promise": lambda w: {
        "id": new_id(),
        "service": w.registry.birth,
        "centres": [w.centre],
        "promised_on": date(2026, 3, 1),
        "due": DAY,
        "document": "Minutes 1",
    },
    "centres.save_areas": lambda w: {"unit": w.centre, "areas": []},
    "centres.save_offer": lambda w: {
        "centre": w.centre,
        "offer": Offer(service=w.registry.birth, valid_from=BEGIN, capacity=5),
    },
    "centres.save_space": lambda w: {
        "space": SpaceView(centre=w.centre, counted_on=date(2026, 3, 1), source="A")
    },
    "centres.withdraw_offer": lambda w: {
        "centre": w.centre,
        "service": w.registry.birth,
        "last_day": date(2100, 1, 1),
        "reason": NAME,
    },
    "centres.withdraw_promise": lambda w: {"commitment": w.commitment, "centres": [w.centre], "reason": NAME},
    "centres.set_counter_state": lambda w: {"counter": w.counter, "state": "closed"},
}
