"""The words of messages: data of the pack that the network's owner keeps."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require, units
from onedoor.domain.notices.events import WordingSaved
from onedoor.domain.notices.models import Wording
from onedoor.domain.notices.permissions import KEEP
from onedoor.domain.notices.rules import check_wording
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_wording(*, by: Actor, at: datetime, id: UUID, kind: str, texts: Mapping[str, str]) -> None:
    """Set the words of a kind of message, in Lao and English at least; writing the same again writes nothing.

    Args:
        texts: by language, with places such as ``{when}`` for the kind's values.

    Raises:
        KindUnknown, WordingInvalid, Refused.
    """
    for country in units(kind="country") or (None,):
        require(by, KEEP, at=country.id if country else None)
    check_wording(kind, texts)
    row = Wording.objects.select_for_update().filter(kind=kind).first() or Wording(id=id, kind=kind)
    if row.texts == dict(texts):
        return
    row.texts = dict(texts)
    row.save()
    publish(WordingSaved(kind=kind), of=row, by=by, at=at)
