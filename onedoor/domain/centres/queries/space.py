"""Space, posts, promises and areas as readers get them. All of it is open data."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from uuid import UUID

from onedoor.domain.centres.errors import UnknownCommitment
from onedoor.domain.centres.models import Commitment, Space, Survey
from onedoor.domain.centres.rules.distance import AreaView
from onedoor.domain.centres.rules.promises import CommitmentView, PromiseView
from onedoor.domain.centres.rules.space import PostView, SpaceView


def space_of(centre: UUID) -> SpaceView | None:
    """The rooms and posts of a centre; None when nobody counted them."""
    row = Space.objects.prefetch_related("posts").filter(centre=centre).first()
    return space_view(row) if row else None


def spaces() -> dict[UUID, SpaceView]:
    """The rooms and posts of every centre that was counted: two statements."""
    return {row.centre_id: space_view(row) for row in Space.objects.prefetch_related("posts")}


def commitments(*, services: Iterable[UUID] | None = None) -> list[CommitmentView]:
    """All promises, or those of some services, by the day on which they are due: two statements."""
    rows = Commitment.objects.prefetch_related("promises").order_by("due", "promised_on", "id")
    return [
        commitment_view(row)
        for row in (rows if services is None else rows.filter(service__in=list(services)))
    ]


def commitment(id: UUID) -> CommitmentView:
    """One of them. Raises UnknownCommitment."""
    row = Commitment.objects.prefetch_related("promises").filter(id=id).first()
    if row is None:
        raise UnknownCommitment(id=id)
    return commitment_view(row)


def areas() -> Mapping[UUID, AreaView]:
    """Where each area lies and how many live there, by its unit; one statement, and one more after a change."""
    found: dict[UUID, AreaView] = {}
    for id, version in Survey.objects.values_list("id", "version"):
        found |= _areas(id, version)
    return found


@lru_cache(maxsize=8)
def _areas(id: UUID, version: int) -> Mapping[UUID, AreaView]:
    """A survey as it was at one version; a new version is a new entry, so nothing stale is read."""
    return {one.unit: one for one in areas_of(Survey.objects.get(id=id))}


def areas_of(row: Survey) -> tuple[AreaView, ...]:
    """The areas of a survey in their order."""
    return tuple(
        AreaView(
            unit=one.unit_id,
            latitude=one.latitude,
            longitude=one.longitude,
            population=one.population,
            year=one.year,
            source=one.source,
        )
        for one in row.areas.all()
    )


def space_view(row: Space) -> SpaceView:
    """A row as readers get it."""
    return SpaceView(
        centre=row.centre_id,
        rooms=row.rooms,
        square_metres=row.square_metres,
        seats=row.seats,
        places=row.places,
        accessible=row.accessible,
        power=row.power,
        link=row.link,
        counted_on=row.counted_on,
        source=row.source,
        demonstration=row.demonstration,
        posts=tuple(
            PostView(authority=one.authority_id, role=one.role, planned=one.planned, filled=one.filled)
            for one in row.posts.all()
        ),
        version=row.version,
    )


def commitment_view(row: Commitment) -> CommitmentView:
    """A row as readers get it."""
    return CommitmentView(
        id=row.id,
        authority=row.authority_id,
        service=row.service_id,
        promised_on=row.promised_on,
        due=row.due,
        document=row.document,
        demonstration=row.demonstration,
        promises=tuple(
            PromiseView(centre=one.centre_id, withdrawn_on=one.withdrawn_on, reason=one.reason)
            for one in row.promises.all()
        ),
    )
