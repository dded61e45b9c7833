"""What can be read of the catalogue. Services are open data: every one may read them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from onedoor.domain.access.api import today, unit, units
from onedoor.domain.catalogue.errors import FeeNeedsAnswer, NoProcess, NotInForce, UnknownService
from onedoor.domain.catalogue.models import Edition, LifeEvent, Release, look_at_service, matching
from onedoor.domain.catalogue.rules import ServiceView
from onedoor.domain.catalogue.rules.decisions import Decisions
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.fees import Quote, Unanswered, fee_on, reckon
from onedoor.domain.catalogue.rules.forms import (
    Form,
    Options,
    Part,
    Showing,
    asks_decimals,
    compile_form,
    known_by,
    shown,
)
from onedoor.domain.catalogue.rules.keeping import view_read
from onedoor.domain.catalogue.rules.periods import Period, ending, in_force, to_show
from onedoor.domain.catalogue.rules.process import CompiledProcess, loaded
from onedoor.kernel.i18n import Translated, format_date, language, normalise, sort_key, text, toneless

LONGEST_QUERY = 120


@dataclass(frozen=True, kw_only=True)
class ServiceHit:
    """A service found by a query; ``score`` is 0 (nothing in common) to about 1 (the same words)."""

    service: ServiceView
    score: float


@dataclass(frozen=True, kw_only=True)
class LifeEventView:
    """A moment of life and how many services are listed for it."""

    id: UUID
    code: str
    name: Translated
    services: int


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The end of a service: the first day without it, why, and the service that takes its place, where one is named.

    Args:
        over: whether it has come on the day of which was asked.
    """

    since: date
    over: bool
    reason: str
    instead: ServiceView | None


def services(*, life_event: str | None = None, on: date | None = None) -> list[ServiceView]:
    """The editions of all services that are in force for everybody, in the order of the reader's language."""
    rows = _in_force(on)
    if life_event is not None:
        rows = rows.filter(content__life_events__contains=[life_event])
    code = language()
    found = sorted(rows, key=lambda row: row.service.sort_keys.get(code, row.service.code))
    return [view(row) for row in found]


def service(code: str, *, on: date | None = None, centre: UUID | None = None) -> ServiceView:
    """What a reader is shown of a service, by its code: the edition in force, or the last or the coming one.

    Args:
        on: a day of the centre's calendar; None is the day by which rights are judged. centre: None is everybody's.
    Errors: UnknownService.
    """
    return _present(look_at_service(code=code) if "\x00" not in code else None, on, centre)


def service_by_id(service_id: UUID, *, on: date | None = None, centre: UUID | None = None) -> ServiceView:
    """The same by the service's id. Raises UnknownService."""
    return _present(look_at_service(service=service_id), on, centre)


def service_to_open(service_id: UUID, *, on: date, centre: UUID) -> ServiceView:
    """The edition to which a case is opened at a centre on a day. Raises UnknownService, NotInForce."""
    found = look_at_service(service=service_id)
    if found is None:
        raise UnknownService()
    period = in_force(_periods(found), on, centre)
    if period is None:
        raise _not_in_force(service_id, on, centre)
    return service_version(period.edition)


def refuse_ended(service_id: UUID, *, on: date, centre: UUID | None = None) -> None:
    """Refuse a service that was withdrawn by this day, saying since when, why and what instead. Raises NotInForce."""
    ended = ending_of(service_id, on=on, centre=centre)
    if ended is not None and ended.since <= on:
        raise _not_in_force(service_id, on, centre)


def ending_of(service_id: UUID, *, on: date, centre: UUID | None = None) -> Ending | None:
    """How a service ended, or will end, at a centre (None: for everybody); None where it goes on or comes again."""
    found = look_at_service(service=service_id)
    period = None if found is None else ending(_periods(found), on, centre)
    if period is None or period.until is None:
        return None
    instead = services_by_id([period.instead], on=on).get(period.instead) if period.instead else None
    return Ending(since=period.until, over=period.until <= on, reason=period.reason, instead=instead)


def _not_in_force(service_id: UUID, on: date, centre: UUID | None) -> NotInForce:
    ended = ending_of(service_id, on=on, centre=centre)
    if ended is None:
        return NotInForce(field="service")
    about = {"day": format_date(ended.since), "reason": ended.reason.rstrip(".")}
    if ended.instead is None:
        return NotInForce(_("Withdrawn since %(day)s: %(reason)s") % about, field="service")
    about["name"] = text(ended.instead.name)
    said = _("Withdrawn since %(day)s: %(reason)s. Apply for “%(name)s” instead.") % about
    return NotInForce(said, field="service")


def services_by_id(
    service_ids: list[UUID], *, on: date | None = None, centre: UUID | None = None
) -> dict[UUID, ServiceView]:
    """What a reader is shown of several services, by id; unknown ids are left out."""
    day = on or today()
    chosen = {
        period.edition
        for periods in periods_of(service_ids).values()
        if (period := to_show(periods, day, centre)) is not None
    }
    rows = Edition.objects.select_related("service").filter(id__in=chosen)
    return {row.service_id: view(row) for row in rows}


def editions_in_force(*, on: date) -> dict[UUID, list[UUID]]:
    """The editions that hold on a day for everybody or for some centres, by service; `service_to_open` says which at one."""
    found: dict[UUID, list[UUID]] = {}
    held = Release.objects.filter(Q(until=None) | Q(until__gt=on), valid_from__lte=on).order_by("service_id")
    for service_id, edition in held.values_list("service_id", "edition"):
        found.setdefault(service_id, []).append(edition)
    return found


def periods_of(service_ids: Collection[UUID]) -> dict[UUID, tuple[Period, ...]]:
    """When and where which edition of these services applies."""
    found: dict[UUID, list[Period]] = {}
    for row in Release.objects.filter(service_id__in=service_ids).order_by("number", "valid_from"):
        found.setdefault(row.service_id, []).append(period_read(row))
    return {service: tuple(periods) for service, periods in found.items()}


def period_read(row: Release) -> Period:
    """A release as a period."""
    return Period(
        edition=row.edition,
        number=row.number,
        valid_from=row.valid_from,
        until=row.until,
        centres=frozenset(UUID(each) for each in row.centres),
        reason=row.reason,
        instead=row.instead,
    )


@lru_cache(maxsize=512)
def service_version(version_id: UUID) -> ServiceView:
    """One edition, also an older one that a case is pinned to; kept, since an edition never changes. Raises UnknownService."""
    return _one(Edition.objects.select_related("service").filter(id=version_id))


def form_of(version_id: UUID) -> dict[str, Any]:
    """The form (JSON Schema with presentation) of an edition. Raises UnknownService."""
    return service_version(version_id).form


def process_source(version_id: UUID) -> str:
    """The BPMN text of an edition's process; empty when it has none. Raises UnknownService."""
    found = Edition.objects.filter(id=version_id).values_list("process", flat=True).first()
    if found is None:
        raise UnknownService(id=version_id)
    return found


@lru_cache(maxsize=256)
def process_of(version_id: UUID) -> CompiledProcess:
    """The compiled process of an edition; kept, since an edition never changes. Raises UnknownService."""
    source = process_source(version_id)
    if not source:
        raise NoProcess(id=version_id)
    return loaded(
        source.encode(),
        called=published_process,
        decided=published_decisions,
        decisions=decisions_of(version_id),
    )


def edition_numbered(code: str, number: int) -> UUID:
    """The id of one edition of a service. Raises UnknownService."""
    found = Edition.objects.filter(service__code=code, number=number).values_list("id", flat=True).first()
    if found is None:
        raise UnknownService(field="edition")
    return found


def published_process(code: str, number: int) -> bytes | None:
    """The BPMN text of one edition of a service, for a process that calls it; None when there is none."""
    found = Edition.objects.filter(service__code=code, number=number).exclude(process="")
    source = found.values_list("process", flat=True).first()
    return source.encode() if source else None


def published_decisions(code: str, number: int) -> Decisions | None:
    """The decisions of one edition of a service, for a process that calls it; None where it has none."""
    found = Edition.objects.filter(service__code=code, number=number).values_list("id", flat=True).first()
    return decisions_of(found) if found else None


@lru_cache(maxsize=256)
def decisions_of(version_id: UUID) -> Decisions | None:
    """The compiled decisions of an edition, kept as it never changes; None where it has none. Raises UnknownService."""
    source = Edition.objects.filter(id=version_id).values_list("decisions", flat=True).first()
    if source is None:
        raise UnknownService(id=version_id)
    return compile_decisions(source.encode(), published=True) if source else None


@lru_cache(maxsize=512)
def form_to_ask(version_id: UUID) -> Form:
    """The compiled form of an edition, kept in memory as editions never change. Raises UnknownService, FormRefused."""
    return compile_form(form_of(version_id), published=True)


def answers_known(version_id: UUID, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers to an edition's form as its rules reckon with them. Raises UnknownService."""
    if not asks_decimals(form_of(version_id)):
        return answers
    return form_to_ask(version_id).known(answers)


def form_shown(form: Form, about: Showing) -> tuple[Part, ...]:
    """A form as every door shows it, in the reader's language, with the country's places to choose from."""
    return shown(form, about, places=place_options)


def known_places() -> dict[str, str]:
    """The codes of provinces and districts with the code of the unit above each: what answers may name."""
    found = (*units(kind="province"), *units(kind="district"))
    return {each.code: unit(each.parent).code if each.parent else "" for each in found}


def place_options(kind: str, within: str) -> Options:
    """The units of a kind to choose from, under the names of those above them; ``within`` keeps to one of these."""
    return _place_options(kind, within, language(), len(units(kind=kind)))


@lru_cache(maxsize=256)
def _place_options(kind: str, within: str, lang: str, count: int) -> Options:
    """Read anew when the number of units changes; provinces stand under nothing, as there is one country."""
    under: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in units(kind=kind):
        above = unit(each.parent) if each.parent and kind != "province" else None
        code = above.code if above else ""
        if within and code != within:
            continue
        head = (text(above.name, lang) if above else "", code)
        under.setdefault(head, []).append((each.code, text(each.name, lang)))
    heads = sorted(under, key=lambda head: sort_key(head[0]))
    return tuple(
        ("" if within else head[0], tuple(sorted(under[head], key=lambda one: sort_key(one[1]))))
        for head in heads
    )


def quote(
    *, service: UUID, answers: Mapping[str, Any], on: date | None = None, counted: date | None = None
) -> Quote:
    """What an application costs, line by line.

    Args:
        service: the edition (``version_id``) that the application is made to.
        answers: of its form.
        on: the day whose table counts, in the centre's calendar; None takes the newest period.
        counted: the day to which a penalty counts; ``on`` when None.
    Errors: UnknownService, FeeNeedsAnswer.
    """
    return quote_by(service_version(service), answers, on=on, counted=counted)


def quote_by(
    held: ServiceView, answers: Mapping[str, Any], *, on: date | None = None, counted: date | None = None
) -> Quote:
    """The same of a service that may not be published yet. Errors: FeeNeedsAnswer."""
    fee = held.fee if on is None else fee_on(held.fees, on)
    properties = held.form.get("properties", {})
    labels = {name: about["x-labels"] for name, about in properties.items() if about.get("x-labels")}
    try:
        known = known_by(held.form, answers)
        return reckon(fee, known, name=held.name, labels=labels, on=counted or on)
    except Unanswered as fault:
        raise FeeNeedsAnswer(field=fault.question) from fault


def search(
    text: str, *, limit: int = 10, on: date | None = None, centre: UUID | None = None
) -> list[ServiceHit]:
    """Services for what a person typed, best first; wrong or missing tone marks and small slips are forgiven.

    Each is found by the names and words of the edition that is in force.

    Args:
        on: a day of the centre's calendar; None is the day by which rights are judged. centre: None is everybody's.
    """
    words = text[:LONGEST_QUERY]
    plain = toneless(words)
    if not plain:
        return []
    day = on or today()
    scores = matching(normal=normalise(words), toneless=plain, limit=limit, day=day, centre=centre)
    listed = Edition.objects.select_related("service").filter(id__in=[edition for edition, _score in scores])
    found = {row.id: view(row) for row in listed}
    return [ServiceHit(service=found[edition], score=score) for edition, score in scores]


def life_events() -> list[LifeEventView]:
    """All life events in their order, with the number of services listed for each."""
    listed = [
        code
        for content in _in_force(None).values_list("content", flat=True)
        for code in content["life_events"]
    ]
    return [
        LifeEventView(id=row.id, code=row.code, name=row.name, services=listed.count(row.code))
        for row in LifeEvent.objects.order_by("position")
    ]


def view(row: Edition) -> ServiceView:
    """An edition's row as readers get it."""
    return view_read(
        row.content,
        row.form,
        id=row.service_id,
        code=row.service.code,
        version=row.number,
        version_id=row.id,
        valid_from=row.valid_from,
        decisions=row.decisions,
    )


def _in_force(on: date | None) -> QuerySet[Edition]:
    day = on or today()
    held = Release.objects.filter(Q(until=None) | Q(until__gt=day), centres=[], valid_from__lte=day)
    newest = held.order_by("service_id", "-number").distinct("service_id")
    return Edition.objects.select_related("service").filter(id__in=newest.values("edition"))


def _present(found: tuple[UUID, int] | None, on: date | None, centre: UUID | None) -> ServiceView:
    """What was looked up, as it stands; outside a transaction its periods are kept by version."""
    period = None if found is None else to_show(_periods(found), on or today(), centre)
    if period is None:
        raise UnknownService()
    return service_version(period.edition)


def _periods(found: tuple[UUID, int]) -> tuple[Period, ...]:
    if connection.in_atomic_block:
        return periods_of([found[0]]).get(found[0], ())
    return _kept(*found)


@lru_cache(maxsize=512)
def _kept(service_id: UUID, version: int) -> tuple[Period, ...]:
    """The periods of a service as it was at one version; a new version is a new entry, so nothing stale is read."""
    return periods_of([service_id]).get(service_id, ())


def _one(rows: QuerySet[Edition]) -> ServiceView:
    row = rows.first()
    if row is None:
        raise UnknownService()
    return view(row)
