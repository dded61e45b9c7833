"""Verifying by number and code: the same answer, in the same time, for a wrong number and for a wrong code."""

from datetime import datetime

from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.models import Copy, Document, WrongTries, count_wrong_try
from onedoor.domain.documents.queries.checking import Verdict, verdict_on
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import everything


def verify(*, number: str, code: str, address: str, at: datetime) -> Verdict:
    """Whether a document with this number and code counts: valid, revoked or unknown.

    Args:
        number, code: as typed or scanned. address: where the question comes from; kept as a blind index only.

    Raises:
        TooManyTries: the address gave more than five wrong codes and has to wait (seconds in ``about["wait"]``).
    """
    number, code = rules.read_number(number), rules.read_code(code)
    knocking = keyring().blind("documents/verify", f"{address} {number}")
    _refuse_while_waiting(knocking, at)
    with everything("anyone who holds number and code may check a document"):
        # One statement, whether the number exists or not, so that the time tells nothing.
        copies = list(Copy.objects.filter(document__number=number).values_list("document_id", "code_hash"))
        if rules.code_matches(number, code, [bytes(kept) for _, kept in copies]):
            document = Document.objects.prefetch_related("copies").get(id=copies[0][0])
            return verdict_on(document, code=code)
    count_wrong_try(address=knocking, at=at, forgiven_after=rules.FORGIVEN_AFTER)
    return Verdict(state="unknown")


def _refuse_while_waiting(knocking: bytes, at: datetime) -> None:
    tries = WrongTries.objects.filter(address=knocking).first()
    if tries is None or at - tries.last_at > rules.FORGIVEN_AFTER:
        return
    left = tries.last_at + rules.wait_after(tries.count) - at
    if left.total_seconds() > 0:
        raise errors.TooManyTries(wait=int(left.total_seconds()) + 1)
