"""A returned application corrected by its applicant herself, away from a counter: by number and secret code."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from onedoor.domain.cases.actions.completing import Ending, end_step
from onedoor.domain.cases.actions.drafts import Files, put_papers
from onedoor.domain.cases.actions.sights import PROVED, proved
from onedoor.domain.cases.errors import CorrectedMeanwhile, NothingIsAsked
from onedoor.domain.cases.models import Case, hold
from onedoor.domain.cases.queries import task_to_correct
from onedoor.domain.cases.rules import Completed
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor, everything


def correct_own(
    *,
    number: str,
    code: str,
    address: str,
    at: datetime,
    data: Mapping[str, Any],
    files: Files,
    papers: Files,
    version: int,
    once: Once | None = None,
) -> Completed:
    """Send the corrected application back to the office; its clock goes on, and its fee follows the new answers.

    Args:
        number, code: what proves who asks. address: the network that asks.
        files: of the form, as for `save_draft`. papers: name and content by the code of one of the service's papers.
        version: of the case when the page was drawn. once: the request's key; a repeat is answered the same.
    Errors: those of `follow`; NothingIsAsked, CorrectedMeanwhile (nothing is written), and those of `complete`.
    """
    case = proved(number=number, code=code, address=address, at=at)
    with everything(PROVED), transaction.atomic():
        return _correct(
            case,
            Ending(data=data, files=files, once=once),
            papers=papers,
            version=version,
            by=Actor.citizen(case.id),
            at=at,
        )


def _correct(
    case: Case, ending: Ending, *, papers: Files, version: int, by: Actor, at: datetime
) -> Completed:
    task = task_to_correct(case)
    held = hold(task=task.id, units=None) if task is not None else None
    if held is None or held.state != "open":
        raise NothingIsAsked()
    if held.version != version:
        raise CorrectedMeanwhile()
    put_papers(case, papers, by=by, at=at)
    return end_step(held, ending, units=[held.unit], by=by, at=at)
