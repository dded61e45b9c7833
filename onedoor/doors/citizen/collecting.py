"""A time for the hand-over: from a case that is ready to its booking, without the case's secret code in an address."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import reverse

from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import Missing

SALT = "citizen/collect"
LASTS = 24 * 60 * 60
"""Seconds for which the address books; whoever comes later follows the case again."""
MOST_SIGNED = 200


def to_book(held: cases.Followed) -> dict[str, Any]:
    """What a followed case shows of its hand-over: the time that is booked, or where one is booked."""
    ready = cases.to_collect(held.case) if held.collects and held.case else None
    if ready is None:
        return {}
    booked = queue.appointment_of_subject(ready.case)
    if booked is not None:
        return {"collects": ready, "booked": booked, "booked_token": queue.token_of(booked.id)}
    centre = centres.centre(ready.centre).code
    signed = signing.dumps(str(ready.case), salt=SALT)
    return {
        "collects": ready,
        "book": f"{reverse('citizen:book_days', args=(ready.service, centre))}?for={signed}",
    }


def collected(signed: str, *, centre: UUID) -> cases.ToCollect:
    """The result that an address was made for, while it waits at this centre.

    Raises:
        Missing: the address is older than a day, or nobody made it; or the result was handed over.
    """
    try:
        case = UUID(signing.loads(signed, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError) as fault:
        raise Missing() from fault
    found = cases.to_collect(case)
    if found is None or found.centre != centre:
        raise Missing()
    return found
