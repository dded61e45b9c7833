"""A new secret code for an applicant who lost hers: the old one ends at once."""

from datetime import datetime

from django.db import transaction

from onedoor.domain.access.api import issue_code, require
from onedoor.domain.cases.errors import CaseIsFromALog, NoSuchCase
from onedoor.domain.cases.events import CodeRenewed
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.permissions import ENTER
from onedoor.domain.cases.rules import Received, clean_number
from onedoor.domain.cases.rules.logs import LOG
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def renew_code(*, by: Actor, at: datetime, number: str) -> Received:
    """Give a case a new code, told once; the officer has seen the applicant's identity paper.

    Errors: NoSuchCase (also at another centre), Refused, CaseIsFromALog.
    """
    with everything("the permission is asked at the case's own centre"):
        held = Case.objects.select_for_update().filter(number=clean_number(number)).first()
    if held is None:
        raise NoSuchCase(field="number")
    require(by, ENTER, at=held.centre_id)
    if held.origin == LOG:
        raise CaseIsFromALog()
    plain, hashed = issue_code()
    held.code_hash = hashed
    held.save(update_fields=["code_hash"])
    publish(CodeRenewed(number=held.number or ""), of=held, by=by, at=at, centre=held.centre_id)
    return Received(case=held.id, number=held.number or "", code=plain, due_on=held.due_on)
