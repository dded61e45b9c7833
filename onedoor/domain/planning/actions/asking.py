"""Asking for an experiment: what is tried, on which cases, under which assumptions; the worker does it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.catalogue.api import (
    Documents,
    documents_of,
    draft,
    service_by_id,
    service_of,
    service_version,
)
from onedoor.domain.planning.actions.versions import process_in
from onedoor.domain.planning.errors import (
    NothingToTry,
    PeriodIsNotClear,
    StepsDoNotFollow,
    TooManyExperiments,
)
from onedoor.domain.planning.events import ExperimentBegun
from onedoor.domain.planning.models import Experiment
from onedoor.domain.planning.permissions import require_trying
from onedoor.domain.planning.rules.changes import (
    label_of_limit,
    merged,
    pairs,
    with_limit,
    with_time,
    without_paper,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

LONGEST = timedelta(days=731)
MOST_WAITING = 10
LONGEST_TIME = 3_660
MOST_PEOPLE = 50


@transaction.atomic
def begin_experiment(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    service: UUID,
    since: date,
    until: date,
    draft_id: UUID | None = None,
    edition: UUID | None = None,
    change: Mapping[str, Any] | None = None,
    assumptions: Mapping[str, Any] | None = None,
    seed: int = 1,
) -> UUID:
    """Ask what a draft, another edition or a changed service would have made of the cases of some days.

    Args:
        id: made by the asker; asking again with it changes nothing. since, until: local days, both included.
        change: ``paper`` (a code), ``merge`` (two steps), ``time`` (a number), ``limit`` and ``limit_to``, ``people`` (by
            role), ``prepared`` (how many of a hundred would come with a prepared application); of the cases of a log ``gone``
            (activities) and ``together`` (two of them). They are done in this order.
        assumptions: as `rules.version.Assumptions`, as plain data; ``errand``: each paper that only one version asks for is a
            trip of its own.
    Errors: NotPermitted, OutOfReach, UnknownService, NoSuchDraft, NothingToTry, PeriodIsNotClear, StepsDoNotFollow,
        LimitIsUnknown, TablesHaveGaps, ServiceIsNotComplete, TooManyExperiments.
    """
    held = service_by_id(service)
    require_trying(by, held.authority)
    if Experiment.objects.filter(id=id).exists():
        return id
    if not since <= until or until > at.date() + timedelta(days=1) or until - since > LONGEST:
        raise PeriodIsNotClear(field="since")
    if Experiment.objects.filter(state="waiting").count() >= MOST_WAITING:
        raise TooManyExperiments()
    changed = clean_change(change or {})
    base = _base(by, held.id, held.code, held.version_id, draft_id, edition)
    if draft_id is None and edition is None and not changed:
        raise NothingToTry(field="paper")
    documents = changed_by(base, changed, code=held.code)
    if "limit" in changed:
        changed["limit_of"] = label_of_limit(base.decisions, changed["limit"])
    row = Experiment(
        id=id,
        service_id=service,
        authority_id=held.authority,
        kind="draft" if draft_id else "edition" if edition else "change",
        draft_id=draft_id,
        edition_id=edition,
        documents=asdict(documents),
        change=changed,
        since=since,
        until=until,
        seed=seed % 2**31,
        assumptions=_assumed(assumptions or {}, documents_of(held.version_id), documents),
        by_kind=by.kind,
        by=by.id,
        at=at,
    )
    row.save()
    begun = ExperimentBegun(service=service, kind=row.kind, since=since.isoformat(), until=until.isoformat())
    publish(begun, of=row, by=by, at=at)
    return id


def clean_change(change: Mapping[str, Any]) -> dict[str, Any]:
    """What is changed by hand, without what was left empty. Errors: Invalid (time, people)."""
    found: dict[str, Any] = {}
    for key in ("paper", "limit"):
        if change.get(key):
            found[key] = str(change[key])[:200]
    if found.get("limit"):
        found["limit_to"] = str(change.get("limit_to", "")).strip()
    for key in ("merge", "together"):
        if change.get(key):
            pair = [str(one)[:200] for one in change[key]]
            if len(pair) != 2:
                raise StepsDoNotFollow(field=key)
            found[key] = pair
    if change.get("time") not in (None, ""):
        found["time"] = _number(change["time"], 0, LONGEST_TIME, "time")
    people = {
        str(role): _number(more, -MOST_PEOPLE, MOST_PEOPLE, "people")
        for role, more in dict(change.get("people") or {}).items()
    }
    if any(people.values()):
        found["people"] = {role: more for role, more in people.items() if more}
    if change.get("prepared") not in (None, "", "0", 0):
        found["prepared"] = _number(change["prepared"], 0, 100, "prepared")
    if change.get("gone"):
        found["gone"] = [str(one)[:200] for one in change["gone"]][:50]
    return found


def changed_by(documents: Documents, change: Mapping[str, Any], *, code: str) -> Documents:
    """The documents with everything changed that is named, and still of a kind that can be replayed."""
    if "paper" in change:
        if change["paper"] not in {paper.get("code") for paper in documents.content.get("papers", [])}:
            raise Invalid(field="paper")
        documents = without_paper(documents, change["paper"])
    if "merge" in change and documents.process:
        first, second = change["merge"]
        if (first, second) not in {(one.id, two.id) for one, two in pairs(process_in(documents))}:
            raise StepsDoNotFollow(field="merge")
        documents = merged(documents, first, second)
    if "time" in change:
        documents = with_time(documents, change["time"])
    if "limit" in change:
        documents = with_limit(documents, change["limit"], change["limit_to"])
    service_of(documents, code=code)
    if documents.process:
        process_in(documents)
    return documents


def _base(
    by: Actor, service: UUID, code: str, current: UUID, draft_id: UUID | None, edition: UUID | None
) -> Documents:
    """The documents that are tried, or changed by hand."""
    if draft_id is not None:
        found = draft(by=by, id=draft_id)
        if found.code != code:
            raise NothingToTry(field="draft")
        return found.documents
    if edition is not None:
        if service_version(edition).id != service:
            raise NothingToTry(field="edition")
        return documents_of(edition)
    return documents_of(current)


def _assumed(said: Mapping[str, Any], base: Documents, tried: Documents) -> dict[str, Any]:
    """What is assumed, as it is kept. Errors: Invalid."""
    found: dict[str, Any] = {
        name: _number(said[name], 0, most, name)
        for name, most in (
            ("work_minutes", 480),
            ("rest_hours", 2_000),
            ("paper_minutes", 60),
            ("prepared_minutes", 120),
        )
        if said.get(name) not in (None, "")
    }
    if said.get("merging") == "longer":
        found["merging"] = "longer"
    if said.get("errand"):
        asked = [
            {str(paper.get("code")) for paper in each.content.get("papers", [])} for each in (base, tried)
        ]
        found["errands"] = sorted(asked[0] ^ asked[1])
    return found


def _number(said: Any, least: int, most: int, field: str) -> int:
    try:
        number = int(str(said))
    except ValueError as fault:
        raise Invalid(field=field) from fault
    if not least <= number <= most:
        raise Invalid(field=field)
    return number
