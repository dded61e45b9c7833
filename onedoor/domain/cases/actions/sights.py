"""Looking at a person's data: permitted first, then written down who looked at what and why, then shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import check_code, record_sight, require
from onedoor.domain.cases.errors import NumberOrCodeIsWrong, WaitBeforeTrying
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.permissions import AUDIT
from onedoor.domain.cases.queries import (
    OwnCorrection,
    case_of_number,
    draft_view,
    followed,
    own_correction,
    paper_of,
    task_of,
    view_of,
    visible,
)
from onedoor.domain.cases.queries.visits import offered_to
from onedoor.domain.cases.rules import CaseView, DraftView, Followed, clean_number
from onedoor.domain.cases.rules.sharing import Shared
from onedoor.kernel.files import about, read
from onedoor.kernel.mirrors.state import read_state
from onedoor.kernel.scope import Actor, everything

KIND = "cases.case"
PROVED = "number and code were proved"


def _saw(by: Actor, at: datetime, held: Case, why: str) -> None:
    record_sight(by=by, at=at, subject=held.id, why=why, kind=KIND, centre=held.centre_id)


@transaction.atomic
def see_case(*, by: Actor, at: datetime, case: UUID | None = None, task: UUID | None = None) -> CaseView:
    """Open a case, by one of one's tasks or by itself; the sight is recorded. Errors: NoSuchTask, NoSuchCase."""
    asked = task_of(by, task=task, at=at) if task is not None else None
    held = visible(by, asked.case if asked else case or UUID(int=0))
    _saw(by, at, held, "task" if asked else "case")
    return view_of(held, at=at, task=asked)


@transaction.atomic
def case_state(*, by: Actor, at: datetime, case: UUID) -> dict[str, Any]:
    """A case as its rows are, for an auditor who takes it out with its proof; the sight is recorded.

    Neither its secret code nor the words it is found by go out. Errors: NoSuchCase, Refused.
    """
    held = visible(by, case)
    require(by, AUDIT, at=held.centre_id)
    _saw(by, at, held, "export")
    state = read_state(kind=KIND, aggregate=held.id)
    assert state is not None
    row = {key: value for key, value in state.row.items() if key not in ("code_hash", "words")}
    return {"row": row, "children": state.children}


@transaction.atomic
def see_draft(*, by: Actor, at: datetime, case: UUID) -> DraftView:
    """Open a draft at its centre; the sight is recorded. Errors: NoSuchCase."""
    held = visible(by, case)
    _saw(by, at, held, "draft")
    return draft_view(held)


@transaction.atomic
def see_shared(*, by: Actor, at: datetime, case: UUID) -> tuple[Shared, ...]:
    """What other applications of its visit offer to a draft; the sight of each of them is recorded. Errors: NoSuchCase."""
    held = visible(by, case)
    offered = offered_to(held, by=by)
    for source in dict.fromkeys(one.case for one in offered):
        record_sight(by=by, at=at, subject=source, why="visit", kind=KIND, centre=held.centre_id)
    return offered


@transaction.atomic
def see_paper(*, by: Actor, at: datetime, case: UUID, paper: UUID) -> tuple[bytes, str, str]:
    """A paper's bytes, its name and its media type; the sight is recorded. Errors: NoSuchCase, NoSuchPaper."""
    held = visible(by, case)
    row = paper_of(held, paper)
    _saw(by, at, held, "paper")
    return read(row.file), row.name, about(row.file).type


def follow(*, number: str, code: str, address: str, at: datetime) -> Followed:
    """A case for whoever knows its number and secret code: five tries for each case and address, then growing waits.

    Args:
        address: the network address that asks. Nothing tells an unknown number from a wrong code.
    Errors: NumberOrCodeIsWrong, WaitBeforeTrying.
    """
    held = proved(number=number, code=code, address=address, at=at)
    with everything(PROVED), transaction.atomic():
        _saw(Actor.citizen(held.id), at, held, "follow")
        return followed(held, at=at)


def see_own_correction(*, number: str, code: str, address: str, at: datetime) -> OwnCorrection:
    """What is asked of the applicant of a case, and her answers; the sight is recorded. Errors: as for `follow`."""
    held = proved(number=number, code=code, address=address, at=at)
    with everything(PROVED), transaction.atomic():
        _saw(Actor.citizen(held.id), at, held, "correct")
        return own_correction(held, at=at)


def proved(*, number: str, code: str, address: str, at: datetime) -> Case:
    """The case of whoever knows its number and secret code. Errors: NumberOrCodeIsWrong, WaitBeforeTrying."""
    asked = clean_number(number)
    held = case_of_number(asked)
    hashed = bytes(held.code_hash) if held is not None and held.code_hash else None
    checked = check_code(subject=asked, code=code[:60], expected=hashed, address=address, at=at)
    if checked.wait_until is not None and not checked.right:
        raise WaitBeforeTrying(until=checked.wait_until)
    if not checked.right or held is None:
        raise NumberOrCodeIsWrong(field="code")
    return held
