"""How much room and how many people a centre has, and where the areas of a country lie."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require, roles, units
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import SpaceIsWrong
from onedoor.domain.centres.events import AreasSaved, SpaceSaved
from onedoor.domain.centres.models import Area, Post, Space, Survey
from onedoor.domain.centres.permissions import MANAGE
from onedoor.domain.centres.queries import calendar_of
from onedoor.domain.centres.queries.space import areas_of, space_view
from onedoor.domain.centres.rules.distance import AreaView
from onedoor.domain.centres.rules.space import SpaceView, check_space
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_space(*, by: Actor, at: datetime, space: SpaceView, version: int | None = None) -> SpaceView:
    """Write down the rooms and posts of a centre as they were counted; the same again writes nothing.

    What people counted is never overwritten by the node itself, which brings what a pack says.

    Args:
        version: what the person had seen; 0 when nothing was counted before; None does not ask.

    Errors: UnknownCentre, Refused, Missing, SpaceIsWrong, Conflict when somebody counted since.
    """
    require(by, MANAGE, at=space.centre)
    existing(space.centre)
    row = Space.objects.select_for_update().filter(centre=space.centre).first()
    held = space_view(row) if row else None
    if version is not None and (held.version if held else 0) != version:
        raise Conflict
    people = by.kind != "system"
    wanted = check_space(space, today=calendar_of(space.centre).today(at) if people else None)
    authorities = {one.id for one in units() if one.tree == "authority"}
    if any(one.authority not in authorities for one in wanted.posts):
        raise SpaceIsWrong(field="posts")
    if {one.role for one in wanted.posts} - {one.code for one in roles()}:
        raise SpaceIsWrong(field="posts")
    if row is not None and held is not None and (held.counted(wanted) or (row.declared and not people)):
        return held
    row = row or Space(id=named_id(str(space.centre), "space"), centre_id=space.centre)
    row.rooms, row.square_metres, row.seats, row.places = (
        wanted.rooms,
        wanted.square_metres,
        wanted.seats,
        wanted.places,
    )
    row.accessible, row.power, row.link = wanted.accessible, wanted.power, wanted.link
    row.counted_on, row.source, row.demonstration = wanted.counted_on, wanted.source, wanted.demonstration
    row.declared = people
    row.save()
    row.posts.all().delete()
    Post.objects.bulk_create(
        Post(space=row, authority_id=one.authority, role=one.role, planned=one.planned, filled=one.filled)
        for one in wanted.posts
    )
    publish(SpaceSaved(counted_on=wanted.counted_on), of=row, by=by, at=at, centre=space.centre)
    return space_view(row)


@transaction.atomic
def save_areas(*, by: Actor, at: datetime, unit: UUID, areas: Sequence[AreaView]) -> None:
    """Bring where the areas of a country lie and how many live there; the same again writes nothing. Errors: Refused."""
    require(by, MANAGE, at=unit)
    row = Survey.objects.select_for_update().filter(unit=unit).first()
    if row is not None and areas_of(row) == tuple(areas):
        return
    row = row or Survey(id=named_id(str(unit), "survey"), unit_id=unit)
    row.save()
    row.areas.all().delete()
    Area.objects.bulk_create(
        Area(
            survey=row,
            unit_id=one.unit,
            latitude=one.latitude,
            longitude=one.longitude,
            population=one.population,
            year=one.year,
            source=one.source,
        )
        for one in areas
    )
    publish(AreasSaved(unit=unit), of=row, by=by, at=at)
