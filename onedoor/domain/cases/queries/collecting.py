"""Results that wait at the centre for their applicants: a time can be booked for handing them over."""

from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.cases.models import Case, Task
from onedoor.domain.catalogue.api import process_of, service_version
from onedoor.kernel.scope import everything


@dataclass(frozen=True, kw_only=True)
class ToCollect:
    """A result that only waits to be given to its applicant, and where; nothing personal."""

    case: UUID
    number: str
    centre: UUID
    service: str


def to_collect(case: UUID) -> ToCollect | None:
    """What waits to be handed over in a case; None while anything else has to be done, and once it was handed over.

    Whoever asks was shown the case, or holds an address that was made for whoever was.
    """
    with everything("whoever asks was shown the case"):
        held = Case.objects.filter(id=case, status="issued").first()
        if held is None or not waits_for_applicant(held):
            return None
        code = service_version(held.edition_id).code
        return ToCollect(case=held.id, number=held.number or "", centre=held.centre_id, service=code)


def waits_for_applicant(held: Case) -> bool:
    """Whether all that is left to do in a case is giving its result to the applicant."""
    if held.status != "issued":
        return False
    task = Task.objects.filter(case=held, kind="user", audience="front", state="open").first()
    return task is not None and hands_over(task, held)


def hands_over(task: Task, held: Case) -> bool:
    """Whether a step only gives the result to the applicant, with nothing to decide or to enter."""
    node = process_of(held.edition_id).node(task.node)
    gives = held.status == "issued" and len(node.outcomes) == 1
    return gives and not (node.edits or node.waits_for or node.separated)
