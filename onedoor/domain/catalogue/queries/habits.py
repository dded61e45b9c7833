"""Papers that are asked for by habit: no law is named for them, so they are listed for removal, by service."""

from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.access.api import holding, units
from onedoor.domain.catalogue.permissions import READERS
from onedoor.domain.catalogue.queries.services import services
from onedoor.domain.catalogue.rules import Paper, ServiceView
from onedoor.domain.catalogue.rules.papers import for_removal
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class Habit:
    """A service in force with the papers for which it names no law."""

    service: ServiceView
    authority: UUID
    papers: tuple[Paper, ...]


def papers_by_habit(*, by: Actor) -> list[Habit]:
    """The services in force with their papers without a law: of the ministries for which somebody reads services.

    Who reads for the country sees those of all ministries.
    """
    held = holding(by)
    mine = frozenset().union(*(held.where.get(each, frozenset()) for each in READERS))
    whole = any(one.id in mine for one in units(kind="country"))
    return [
        Habit(
            service=one,
            authority=one.authority,
            papers=for_removal(one.papers),
        )
        for one in services()
        if whole or one.authority in mine
    ]
