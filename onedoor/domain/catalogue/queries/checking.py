"""What a check finds in documents, with the roles, units, processes and life events that there are; documents as a service."""

from datetime import date
from uuid import UUID

from onedoor.domain.access.api import UnknownUnit, roles, today, unit, unit_by_code, units
from onedoor.domain.catalogue.errors import ServiceIsNotComplete
from onedoor.domain.catalogue.models import LifeEvent
from onedoor.domain.catalogue.queries.services import published_decisions, published_process
from onedoor.domain.catalogue.rules import ServiceView
from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.domain.catalogue.rules.expected import declared_walker
from onedoor.domain.catalogue.rules.keeping import view_read
from onedoor.domain.catalogue.rules.problems import UNREADABLE, Known, Problem, first_stop, problems
from onedoor.domain.catalogue.rules.process import CompiledProcess, declared_handlers, without_office
from onedoor.domain.catalogue.rules.typed import misfits

NOBODY = UUID(int=0)
NO_DAY = date(1, 1, 1)


def problems_of(documents: Documents, *, code: str = "") -> tuple[Problem, ...]:
    """Everything that the check finds in the documents of a service; first what stops. Never raises.

    Args:
        code: of the service, where it has one.
    """
    known = Known(
        handlers=declared_handlers(),
        roles=frozenset(role.code for role in roles()),
        called=published_process,
        decided=published_decisions,
        unit=_is_unit,
        authority=_is_authority,
        without_office=_without_office,
        walk=declared_walker(),
        today=today(),
        life_events=frozenset(LifeEvent.objects.values_list("code", flat=True)),
    )
    return problems(documents, known)


def service_of(documents: Documents, *, code: str) -> ServiceView:
    """The documents as readers would get them, for previews. Raises ServiceIsNotComplete when they cannot be read."""
    try:
        found = view_read(
            documents.content,
            documents.form,
            id=NOBODY,
            code=code,
            version=0,
            version_id=NOBODY,
            valid_from=NO_DAY,
            decisions=documents.decisions,
        )
        wrong = next(misfits(found, ServiceView), None)
    except UNREADABLE as fault:
        stopping = next(first_stop(problems_of(documents, code=code), "content"), None)
        field, reason = (stopping.place, stopping.sentence) if stopping else ("content", str(fault))
        raise ServiceIsNotComplete(field=field, reason=reason) from fault
    if wrong is not None:
        raise ServiceIsNotComplete(field=wrong[0], reason=wrong[1])
    return found


def _without_office(authority: str, process: CompiledProcess) -> list[tuple[str, int]]:
    """The lanes for which some place has no office, and for how many; none where nobody knows who answers."""
    try:
        answers = unit(UUID(authority)).code
    except (UnknownUnit, ValueError):
        return []
    day = today()
    known = frozenset(each.code for each in units())
    places = {kind: [each.code for each in units(kind=kind, on=day)] for kind in ("province", "district")}
    found = without_office(process, authority=answers, units=known, places=places)
    return [(lane.id, len(lacking)) for lane, lacking in found]


def _is_unit(code: str) -> bool:
    try:
        unit_by_code(code)
    except UnknownUnit:
        return False
    return True


def _is_authority(id: UUID) -> bool:
    try:
        return unit(id).tree == "authority"
    except UnknownUnit:
        return False
