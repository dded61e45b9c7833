"""Promises of authorities: what may be promised, and whether it was kept, worked out from what is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.centres.errors import PromiseIsWrong
from onedoor.domain.centres.rules import Offer
from onedoor.kernel.i18n import Translated

Standing = Literal["kept", "late", "missed", "open", "withdrawn"]
STANDINGS: tuple[Standing, ...] = ("missed", "open", "late", "kept", "withdrawn")
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    """One centre of a commitment, and when and why it was taken back."""

    centre: UUID
    withdrawn_on: date | None = None
    reason: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CommitmentView:
    """A service at some centres by a day: who promised it when, and in which document."""

    id: UUID
    authority: UUID
    service: UUID
    promised_on: date
    due: date
    document: str
    demonstration: bool = False
    promises: tuple[PromiseView, ...] = ()


def check_promise(commitment: CommitmentView, *, today: date | None) -> None:
    """``today`` is None for a pack. Raises PromiseIsWrong: names the field and the reason."""
    if not commitment.promises:
        raise PromiseIsWrong(field="centres", reason=_("Choose at least one centre."))
    if not commitment.document.strip():
        raise PromiseIsWrong(field="document", reason=_("Name the document in which it was promised."))
    if len(commitment.document) > LONGEST:
        raise PromiseIsWrong(field="document", reason=_("This is longer than 300 signs."))
    if today is not None and commitment.promised_on > today:
        raise PromiseIsWrong(field="promised_on", reason=_("This day has not come yet."))
    if commitment.due < commitment.promised_on:
        raise PromiseIsWrong(field="due", reason=_("It is due before it was promised."))


def began(offers: Iterable[Offer], service: UUID, *, since: date) -> date | None:
    """The first day from ``since`` on on which the service was offered; None when no offer has lasted a day."""
    held = [
        max(one.valid_from, since)
        for one in offers
        if one.service == service
        and (one.valid_until is None or (one.valid_until > since and one.valid_until > one.valid_from))
    ]
    return min(held, default=None)


def standing_of(
    commitment: CommitmentView, promise: PromiseView, offers: Sequence[Offer], *, on: date
) -> tuple[Standing, date | None]:
    """Whether one centre of a commitment got its service, seen from a day, and since when.

    Kept when the offer began by the due date, late when after it; what has not begun is open until the due date and missed
    after it. A promise that was kept stays kept, also when the offer ended later.
    """
    since = began(offers, commitment.service, since=commitment.promised_on)
    if since is not None and since <= min(on, promise.withdrawn_on or on):
        return ("kept" if since <= commitment.due else "late"), since
    if promise.withdrawn_on is not None:
        return "withdrawn", None
    return ("missed" if on > commitment.due else "open"), None
