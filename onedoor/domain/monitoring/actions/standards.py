"""Standards and the map: data of the pack that the network's owner keeps."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require, units
from onedoor.domain.monitoring.errors import NotAStandard, NotATile
from onedoor.domain.monitoring.events import StandardSaved, TileSaved
from onedoor.domain.monitoring.models import Standard, Tile
from onedoor.domain.monitoring.permissions import KEEP
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


def _require_for_all(by: Actor) -> None:
    """Standards and the map belong to the whole country."""
    for country in units(kind="country") or (None,):
        require(by, KEEP, at=country.id if country else None)


@transaction.atomic
def save_standard(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    name: Mapping[str, str],
    limit: int,
    share: int,
    demonstration: bool = False,
    source: str = "",
) -> None:
    """Set a service standard; writing the same again writes nothing.

    Args:
        limit: what must be kept: minutes or days, by the standard's name. share: by how many per cent.

    Raises:
        NotAStandard.
    """
    _require_for_all(by)
    if limit < 0 or not 0 <= share <= 100:
        raise NotAStandard(field="share")
    row = Standard.objects.select_for_update().filter(id=id).first() or Standard(id=id)
    said = (code, dict(name), limit, share, demonstration, source)
    if (row.code, row.name, row.limit, row.share, row.demonstration, row.source) == said:
        return
    row.code, row.name, row.limit, row.share, row.demonstration, row.source = said
    row.save()
    publish(StandardSaved(code=code, limit=limit, share=share), of=row, by=by, at=at)


@transaction.atomic
def save_tile(
    *, by: Actor, at: datetime, id: UUID, unit: UUID, column: int, row: int, label: Mapping[str, str]
) -> None:
    """Give a unit its place on the tile map; writing the same again writes nothing.

    Raises:
        NotATile: another unit stands there.
    """
    _require_for_all(by)
    if not (0 < column < 100 and 0 < row < 100):
        raise NotATile(field="column")
    if Tile.objects.filter(column=column, row=row).exclude(id=id).exists():
        raise NotATile(field="column")
    tile = Tile.objects.select_for_update().filter(id=id).first() or Tile(id=id)
    said = (unit, column, row, dict(label))
    if (tile.unit_id, tile.column, tile.row, tile.label) == said:
        return
    tile.unit_id, tile.column, tile.row, tile.label = said
    tile.save()
    publish(TileSaved(unit=unit, column=column, row=row), of=tile, by=by, at=at)
