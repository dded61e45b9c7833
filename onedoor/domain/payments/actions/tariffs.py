"""Publishing the tariff: which notes there are, what incidental work may cost, on which grounds a fee is waived."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.events import TariffSaved
from onedoor.domain.payments.models import Tariff
from onedoor.domain.payments.permissions import TARIFF
from onedoor.domain.payments.rules import Ground, Item
from onedoor.kernel.i18n import Translated
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_tariff(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    currency: str,
    notes: Sequence[int],
    items: Sequence[Item],
    grounds: Sequence[Ground],
    law: Translated | None = None,
    source: str = "",
) -> None:
    """Publish the tariff of a currency; nothing is written when nothing has changed. Errors: Refused, AmountInvalid."""
    require(by, TARIFF)
    if any(note <= 0 for note in notes) or any(
        item.price <= 0 or item.ceiling < item.price for item in items
    ):
        raise errors.AmountInvalid(field="items")
    row = Tariff.objects.select_for_update().filter(id=id).first() or Tariff(id=id)
    said = {
        "code": code,
        "currency": currency,
        "notes": list(notes),
        "items": [asdict(item) for item in items],
        "grounds": [asdict(ground) for ground in grounds],
        "law": dict(law or {}),
        "source": source,
    }
    if all(getattr(row, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    publish(TariffSaved(code=code), of=row, by=by, at=at)
