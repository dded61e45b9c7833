"""Printing: between begin and confirm nobody knows whether the paper came out, and the row says so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.actions.issuing import make_copy
from onedoor.domain.documents.events import PrintBegun, PrintConfirmed
from onedoor.domain.documents.models import Copy, Document, PrintState, locked
from onedoor.domain.documents.permissions import PRINT
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


def begin_print(*, by: Actor, at: datetime, document: UUID) -> Copy:
    """Send a copy to the printer: the original first, then reprints that say copy n under the same number.

    The copy's state is *unknown* from this commit until `confirm_print`, whatever happens to power or paper.

    Raises:
        NotIssued, AlreadyRevoked, PrintIsUnknown (the last print was never confirmed), Conflict (somebody else prints).
    """
    seen = Document.objects.filter(id=document).first()
    if seen is None:
        raise errors.NoSuchDocument
    require(by, PRINT, at=seen.centre_id)
    wanted = rules.next_print(seen.state, _copies(seen))
    fresh = make_copy(seen, wanted.copy, at=at) if wanted.new else None
    with transaction.atomic():
        held = locked(document)
        if rules.next_print(held.state, _copies(held)) != wanted:
            raise errors.PrintIsUnknown
        copy = fresh or held.copies.get(number=wanted.copy)
        copy.state = PrintState.UNKNOWN
        copy.begun_at = at
        held.save()
        copy.save(force_insert=fresh is not None)
        event = PrintBegun(number=held.number or "", copy=copy.number)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return copy


def confirm_print(*, by: Actor, at: datetime, document: UUID, printed: bool) -> Copy:
    """Say whether the copy came out right; if not, the same copy may be printed again and the spoiled sheet is counted.

    Raises:
        NoPrintBegun: nothing waits for an answer.
    """
    with transaction.atomic():
        held = locked(document)
        require(by, PRINT, at=held.centre_id)
        copy = held.copies.filter(state=PrintState.UNKNOWN).first()
        if copy is None:
            raise errors.NoPrintBegun
        copy.state = PrintState.PRINTED if printed else PrintState.READY
        copy.printed_at = at if printed else None
        copy.spoiled += not printed
        held.save()
        copy.save()
        event = PrintConfirmed(number=held.number or "", copy=copy.number, printed=printed)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return copy


def _copies(document: Document) -> list[tuple[int, str]]:
    return list(document.copies.order_by("number").values_list("number", "state"))
