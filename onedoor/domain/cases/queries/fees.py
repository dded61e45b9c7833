"""The fee of a case as its pages tell it: fixed at receipt, compared with the table of today."""

from datetime import date, datetime

from onedoor.domain.cases.models import Case
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.cases.rules.fees import FeeView, fee_notes, sums
from onedoor.domain.catalogue.api import (
    FeeNeedsAnswer,
    UnknownService,
    process_of,
    quote,
    service_by_id,
    service_version,
)
from onedoor.domain.payments.api import Charged, charged


def fee_of(held: Case, *, at: datetime) -> FeeView | None:
    """What a case was charged, why, and what the table of today would say; None where nothing was charged.

    A process without a payment is not asked about, so that its pages cost nothing more.
    """
    if held.origin or held.number is None or process_of(held.edition_id).payment is None:
        return None
    found = charged([held.id]).get(held.id)
    if found is None:
        return None
    lines = [line for each in found.charges for line in each.lines]
    corrected = [
        line for each in found.charges for line in (each.lines if each.corrected is None else each.corrected)
    ]
    total = sum(sums(corrected).values())
    owing = [each.lines for each in found.charges if each.state == "open"]
    owed = sum(sums(*owing).values())
    today = None if held.closed_at else _today(held, found, local(at, ZONE))
    waived = all(each.state == "waived" for each in found.charges)
    return FeeView(
        state="open" if owing else "waived" if waived else "settled",
        lines=tuple(lines if len(found.charges) == 1 and found.charges[0].corrected is None else corrected),
        total=total,
        fixed_on=found.fixed_on,
        owed=owed,
        notes=tuple(
            fee_notes(
                fixed_on=found.fixed_on,
                total=total,
                today=today,
                changed=today is not None and today != total,
                corrected=len(found.charges) > 1 or found.charges[0].corrected is not None,
                owed=owed if owing else None,
            )
        ),
    )


def _today(held: Case, found: Charged, day: date) -> int | None:
    """What the newest table would take for the same answers, a penalty counted to the same day; None where it says nothing."""
    try:
        newest = service_by_id(service_version(held.edition_id).id)
        told = quote(service=newest.version_id, answers=held.data or {}, on=day, counted=found.fixed_on)
    except (FeeNeedsAnswer, UnknownService):
        return None
    return told.total if told.state != "to_be_set" else None
