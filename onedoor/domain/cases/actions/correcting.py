"""A returned application corrected by its applicant herself, away from a counter: by number and secret code."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onedoor.domain.cases.actions.completing import Ending, end_step
from onedoor.domain.cases.actions.drafts import Files, answers, put_papers
from onedoor.domain.cases.actions.sights import PROVED, proved
from onedoor.domain.cases.errors import CorrectedMeanwhile, NothingIsAsked
from onedoor.domain.cases.models import Case, KeptCorrection, hold
from onedoor.domain.cases.queries import task_to_correct
from onedoor.domain.cases.rules import Completed
from onedoor.domain.catalogue.api import form_to_ask
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor, everything

# How long a correction that was begun waits for its applicant, and how many are let go of at once.
KEPT_FOR = timedelta(days=30)
BATCH = 200


def keep_correction(
    *, number: str, code: str, address: str, at: datetime, data: Mapping[str, Any], version: int
) -> None:
    """Keep what the applicant wrote so far, valid or not, until she sends it; the office sees nothing of it.

    Args:
        number, code, address: as for `correct_own`. data: all answers; files are chosen again when it is sent.
        version: of the case when the page was drawn.
    Errors: those of `follow`; NothingIsAsked, NotAsked, Invalid.
    """
    case = proved(number=number, code=code, address=address, at=at)
    with everything(PROVED), transaction.atomic():
        held = Case.objects.select_for_update().get(id=case.id)
        if task_to_correct(held) is None:
            raise NothingIsAsked()
        form = form_to_ask(held.edition_id)
        kept = {"version": version, "data": form.settled(answers(form, data)), "kept_at": at}
        KeptCorrection.objects.update_or_create(case_id=held.id, defaults=kept)


def drop_correction(*, number: str, code: str, address: str, at: datetime) -> None:
    """Let go of what was kept of a correction: she begins again from what she sent. Errors: those of `follow`."""
    case = proved(number=number, code=code, address=address, at=at)
    KeptCorrection.objects.filter(case_id=case.id).delete()


def forget_corrections(*, at: datetime) -> int:
    """Let go of corrections to which nobody came back in time; gives how many, two hundred at most."""
    late = KeptCorrection.objects.filter(kept_at__lte=at - KEPT_FOR).order_by("kept_at")
    ids = list(late.values_list("case_id", flat=True)[:BATCH])
    KeptCorrection.objects.filter(case_id__in=ids, kept_at__lte=at - KEPT_FOR).delete()
    return len(ids)


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
    KeptCorrection.objects.filter(case_id=case.id).delete()
    return end_step(held, ending, units=[held.unit], by=by, at=at)
