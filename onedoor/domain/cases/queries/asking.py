"""What a case asks of its applicant at this moment."""

from onedoor.domain.cases.models import Case, Task
from onedoor.domain.catalogue.api import process_of

AWAITED = "waiting_for_applicant"
HERS = ("front", "applicant")


def task_to_correct(held: Case) -> Task | None:
    """The open task in which the applicant corrects what she said; None where nothing is asked of her."""
    if held.status != AWAITED:
        return None
    process = process_of(held.edition_id)
    for row in Task.objects.filter(case=held, kind="user", state="open", audience__in=HERS):
        node = process.node(row.node)
        if node.edits and node.status == AWAITED:
            return row
    return None
