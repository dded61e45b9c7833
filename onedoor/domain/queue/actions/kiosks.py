"""A kiosk without paper, and one that asks too fast: told once, seen by the reception, the head and the hall."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.queue.events import KioskTold
from onedoor.domain.queue.models import Kiosk
from onedoor.domain.queue.permissions import TAKE
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, open_scope

TOLD_EVERY = timedelta(minutes=1)


def tell_paper(*, by: Actor, at: datetime, centre: UUID, device: UUID, out: bool) -> None:
    """A kiosk has no paper, or has some again; the same again writes nothing. Errors: Refused, Missing."""
    require(by, TAKE, at=centre)
    with transaction.atomic(), open_scope(centre=[centre]):
        held = _locked(centre, device)
        if (held.out_since is not None) == out:
            return
        held.out_since = at if out else None
        held.save()
        state = "out_of_paper" if out else "paper"
        publish(KioskTold(device=device, state=state), of=held, by=by, at=at, centre=centre)


def tell_flood(*, by: Actor, at: datetime, centre: UUID, device: UUID) -> None:
    """A kiosk was stopped for asking too fast; written once a minute at most. Errors: Refused, Missing."""
    require(by, TAKE, at=centre)
    with transaction.atomic(), open_scope(centre=[centre]):
        held = _locked(centre, device)
        if held.flooded_at is not None and at - held.flooded_at < TOLD_EVERY:
            return
        held.flooded_at = at
        held.save()
        publish(KioskTold(device=device, state="flooding"), of=held, by=by, at=at, centre=centre)


def _locked(centre: UUID, device: UUID) -> Kiosk:
    held = Kiosk.objects.select_for_update().filter(device=device, centre_id=centre).first()
    return held or Kiosk(id=named_id(str(device), "kiosk"), centre_id=centre, device=device)
