"""The editions of a service in time, and the services of one's ministries with what applies of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.domain.access.api import holding
from onedoor.domain.catalogue.errors import UnknownService
from onedoor.domain.catalogue.models import Edition, Service
from onedoor.domain.catalogue.permissions import READERS
from onedoor.domain.catalogue.queries.services import periods_of
from onedoor.domain.catalogue.rules.periods import Period
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """One edition and when it applies where. ``draft``: what it was released from; None where a pack published it."""

    id: UUID
    number: int
    valid_from: date
    draft: UUID | None
    demonstration: bool
    periods: tuple[Period, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """A service as it stands in a list of those who publish."""

    id: UUID
    code: str
    name: Translated
    authority: UUID
    demonstration: bool
    periods: tuple[Period, ...]


def editions(code: str) -> list[EditionView]:
    """The editions of a service, the newest first. Raises UnknownService."""
    service = Service.objects.filter(code=code).first() if "\x00" not in code else None
    if service is None:
        raise UnknownService()
    periods = periods_of([service.id]).get(service.id, ())
    return [
        EditionView(
            id=row.id,
            number=row.number,
            valid_from=row.valid_from,
            draft=row.draft,
            demonstration=row.content["demonstration"],
            periods=tuple(each for each in periods if each.number == row.number),
        )
        for row in Edition.objects.filter(service=service).order_by("-number")
    ]


def own_services(*, by: Actor) -> list[ServiceRow]:
    """The services of the ministries for which somebody writes, approves or publishes, by code."""
    held = holding(by)
    mine = frozenset().union(*(held.where.get(each, frozenset()) for each in READERS))
    rows = list(Service.objects.filter(authority_id__in=mine).order_by("code"))
    periods = periods_of([row.id for row in rows])
    newest = {row.id: row.edition for row in rows}
    names = {
        edition.service_id: edition
        for edition in Edition.objects.filter(service__in=newest)
        if edition.number == newest[edition.service_id]
    }
    return [
        ServiceRow(
            id=row.id,
            code=row.code,
            name=names[row.id].content["name"],
            authority=row.authority_id,
            demonstration=row.demonstration,
            periods=periods.get(row.id, ()),
        )
        for row in rows
    ]
