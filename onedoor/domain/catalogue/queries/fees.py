"""The national fee table: what each service costs on a day, by which law, who bears the cost; and what it cost before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.domain.access.api import unit
from onedoor.domain.catalogue.models import Edition
from onedoor.domain.catalogue.queries.services import services
from onedoor.domain.catalogue.rules import ServiceView
from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.fees.telling import Told, told
from onedoor.domain.catalogue.rules.keeping import fee_read
from onedoor.kernel.i18n import Translated, toneless

LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class NationalFee:
    """A service in the fee table: its fee of the day, its lines as people read them, and the ministry that answers for it."""

    service: ServiceView
    fee: Fee
    lines: tuple[Told, ...]
    authority: Translated
    authority_id: UUID

    @property
    def state(self) -> str:
        """set, free, to_be_set; or partly, where one of its answers is still to be set."""
        return "partly" if self.fee.open and self.fee.state == "set" else self.fee.state


@dataclass(frozen=True, kw_only=True)
class FormerFee:
    """A fee as an edition had it: from which edition, and whether it is that of today."""

    edition: int
    published: date
    fee: Fee
    lines: tuple[Told, ...]


def national_fees(*, on: date, words: str = "", state: str = "", authority: str = "") -> list[NationalFee]:
    """Every service with its fee on a day, in the order of the reader's language.

    Args:
        words: in a name, a keyword, a code, a law or the ministry's name; tone marks do not matter.
        state: set, partly, free or to_be_set; authority: a unit's code; all when empty.
    """
    found = [_row(each, on) for each in services()]
    plain = toneless(words[:LONGEST]) if words else ""
    return [
        each
        for each in found
        if (not state or each.state == state)
        and (not authority or unit(each.authority_id).code == authority)
        and (not plain or plain in _text(each))
    ]


def _row(service: ServiceView, on: date) -> NationalFee:
    fee = service.fee_on(on)
    return NationalFee(
        service=service,
        fee=fee,
        lines=tuple(told(fee, service.form)),
        authority=unit(service.authority).name,
        authority_id=service.authority,
    )


def _text(row: NationalFee) -> str:
    laws = [word for law in row.service.legal_basis for word in (*law.name.values(), law.number)]
    parts = [
        row.service.code,
        *row.service.name.values(),
        *row.service.keywords,
        *row.authority.values(),
        *row.fee.law.values(),
        *laws,
    ]
    return "\n".join(toneless(part) for part in parts)


def fee_history(code: str) -> list[FormerFee]:
    """What a service cost by its editions, the newest first; editions that changed nothing in the fee are left out."""
    rows = Edition.objects.filter(service__code=code).order_by("number")
    found: list[FormerFee] = []
    before = None
    for number, published, content, form in rows.values_list("number", "valid_from", "content", "form"):
        fees = content.get("fees", [])
        if fees == before:
            continue
        before = fees
        periods = [fee_read(each) for each in fees] or [Fee(state="to_be_set")]
        found += [
            FormerFee(edition=number, published=published, fee=fee, lines=tuple(told(fee, form)))
            for fee in periods
        ]
    return found[::-1]
