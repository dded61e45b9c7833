"""What was sent, and what a person was told. The words are shown to whom they are for, and to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from onedoor.domain.access.api import require
from onedoor.domain.notices.models import Notice, Wording
from onedoor.domain.notices.permissions import SEND
from onedoor.domain.notices.rules import State
from onedoor.kernel.letters.payload import read_payload
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message as the person sees it on their page."""

    kind: str
    text: str
    at: datetime
    state: str


def contents(held: Notice) -> Mapping[str, Any]:
    """Number, words and values of a message; empty once they were destroyed."""
    if held.sealed is None:
        return {}
    return read_payload(person=held.id, sealed=bytes(held.sealed)) or {}


def told(subject: UUID, *, at: datetime, limit: int = 10) -> list[Told]:
    """What whoever ``subject`` belongs to was told until now, the newest first; whoever asks has proved that it is theirs."""
    with everything("the page of the person whom the message is for"):
        rows = Notice.objects.filter(subject=subject, due_at__lte=at, sealed__isnull=False)
        held = list(rows.exclude(state=State.WITHDRAWN).order_by("-due_at", "-id")[:limit])
    found = [(one, str(contents(one).get("text", ""))) for one in held]
    return [Told(kind=one.kind, text=text, at=one.due_at, state=one.state) for one, text in found if text]


def notices_at(
    *,
    by: Actor,
    centre: UUID,
    states: tuple[str, ...] = (),
    limit: int = 50,
    after: tuple[datetime, UUID] | None = None,
) -> list[Notice]:
    """Messages of a centre, the newest first; what they say is not among it.

    Args:
        states: these only. after: when and which the last page ended with.
    """
    require(by, SEND, at=centre)
    rows = Notice.objects.filter(centre_id=centre).defer("sealed", "mark")
    if states:
        rows = rows.filter(state__in=states)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(written_at__lt=at) | Q(written_at=at, id__lt=last))
    return list(rows.order_by("-written_at", "-id")[:limit])


def counts_at(*, by: Actor, centre: UUID, since: datetime) -> dict[str, int]:
    """How many messages of a centre are in which state since an instant."""
    require(by, SEND, at=centre)
    rows = Notice.objects.filter(centre_id=centre, written_at__gte=since)
    return dict(rows.values_list("state").annotate(n=Count("id")).order_by())


def wordings() -> dict[str, dict[str, str]]:
    """The words of all kinds, by language."""
    return dict(Wording.objects.order_by("kind").values_list("kind", "texts"))
