"""What the functions of cases that act in somebody's name are tried with; a part of `attempts`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.models import Case
from onedoor.domain.catalogue.api import service_by_id
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.registry import BIRTH, SCAN
from tests.house.world import World

QUARTER = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2026, 4, 1, tzinfo=UTC)}
SELF = "answers about the asker"
CHECKED = "no receipt is wrong here; see tests/domain/cases/test_fee_check.py"
COUNTRY = "belongs to the whole country, not to a place"
FAILED = "nothing has failed here; see the tests of cases"
MOVED = "one edition is in force here; see tests/domain/cases/test_editions.py"
LATE = "nothing is late here; see the tests of cases"
LOGS = "no log was loaded here; see tests/tools/xes"
TOKEN = "an unguessable token of its own opens it"


def number_of(case: UUID) -> str:
    """The number by which the world's case is known to people."""
    with everything("a test looks"):
        return str(Case.objects.get(id=case).number)


CASES: dict[str, str | Callable[[World], dict[str, Any]]] = {
    "cases.beside_others": lambda w: {
        "edition": service_by_id(w.registry.birth).version_id,
        **QUARTER,
    },
    "cases.attach": lambda w: {"case": w.draft, "paper": "other", "content": SCAN, "name": "x.png"},
    "cases.audited": lambda w: {"cases": [w.case]},
    "cases.begin_fee_check": COUNTRY,
    "cases.fee_checks": SELF,
    "cases.fee_findings": CHECKED,
    "cases.fee_tallies": CHECKED,
    "cases.case_numbered": lambda w: {"number": number_of(w.case)},
    "cases.case_state": lambda w: {"case": w.case},
    "cases.case_view": lambda w: {"case": w.case},
    "cases.cases_of_visit": lambda w: {"visit": w.visit},
    "cases.collected": lambda w: {"case": w.case},
    "cases.complete": lambda w: {"task": w.task, "outcome": "approve"},
    "cases.draft_of": lambda w: {"ticket": w.called},
    "cases.drafts": lambda w: {"centre": w.centre},
    "cases.escalated": LATE,
    "cases.event_log": LOGS,
    "cases.extend": lambda w: {"case": w.case, "amount": 1, "reason": "A paper comes late."},
    "cases.failed_services": FAILED,
    "cases.find_cases": lambda w: {"text": number_of(w.case)},
    "cases.front_list": lambda w: {"centre": w.centre},
    "cases.hand_over_visit": lambda w: {"visit": w.visit},
    "cases.load_traces": LOGS,
    "cases.count_back": lambda w: {"service": w.registry.birth, **QUARTER},
    "cases.look_back": lambda w: {"service": w.registry.birth, **QUARTER, "why": "experiment"},
    "cases.steps_beside": lambda w: {"service": w.registry.birth, **QUARTER, "people": set()},
    "cases.numbers_back": lambda w: {"cases": [w.case]},
    "cases.log_figures": LOGS,
    "cases.logged_back": lambda w: {"service": w.registry.birth},
    "cases.logs_of": LOGS,
    "cases.numbers_of": lambda w: {"cases": [w.case]},
    "cases.begin_preparation": lambda w: {"service": w.registry.birth, "channel": "phone", "unit": w.centre},
    "cases.save_preparation": TOKEN,
    "cases.forget_preparation": TOKEN,
    "cases.upgrade_preparation": TOKEN,
    "cases.take_over": lambda w: {"case": w.draft, "code": w.prepared},
    "cases.open_draft": lambda w: {"centre": w.centre, "service": w.registry.birth},
    "cases.open_log": lambda w: {"service": w.registry.birth, "centre": w.centre, "name": "L", "header": {}},
    "cases.open_task": lambda w: {"case": w.case, "outcome": "approve"},
    "cases.own_traces": LOGS,
    "cases.pause": lambda w: {"task": w.task, "reason": "A paper is missing."},
    "cases.receive": lambda w: {"case": w.draft},
    "cases.recount": LATE,
    "cases.recounts": LATE,
    "cases.renew_code": lambda w: {"number": number_of(w.case)},
    "cases.move_cases": MOVED,
    "cases.plan_move": MOVED,
    "cases.resume": lambda w: {"task": w.task},
    "cases.retry": FAILED,
    "cases.save_draft": lambda w: {"case": w.draft, "data": BIRTH},
    "cases.upgrade_draft": lambda w: {"case": w.draft},
    "cases.see_case": lambda w: {"case": w.case},
    "cases.see_shared": lambda w: {"case": w.draft},
    "cases.share_facts": lambda w: {"case": w.draft},
    "cases.visit_of": lambda w: {"case": w.case},
    "cases.visit_cases": lambda w: {"visit": w.visit},
    "cases.see_draft": lambda w: {"case": w.draft},
    "cases.see_paper": lambda w: {"case": w.case, "paper": w.paper},
    "cases.upgrade_of": lambda w: {"case": w.draft},
    "cases.standing_of": lambda w: {"case": w.case},
    "cases.send_message": lambda w: {"id": new_id(), "name": "x", "key": "y", "centre": w.centre},
    "cases.task_of": lambda w: {"task": w.task},
    "cases.traces_of": LOGS,
    "cases.withdraw": lambda w: {"case": w.case, "reason": "No longer needed."},
    "cases.lane_work": lambda w: {},
    "cases.worklist": lambda w: {},
}
