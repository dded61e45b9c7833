"""The standards and the tiles of the map: open data."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.monitoring.models import Standard, Tile
from onedoor.domain.monitoring.rules.figures import Limit


@dataclass(frozen=True, kw_only=True)
class TileView:
    """Where a province stands on the map; ``label`` is its short name by language."""

    unit: UUID
    column: int
    row: int
    label: Mapping[str, str]


def standards() -> dict[str, Limit]:
    """All standards by code."""
    return {
        row.code: Limit(row.code, row.name, row.limit, row.share, row.demonstration)
        for row in Standard.objects.order_by("code")
    }


def tiles() -> list[TileView]:
    """The map, from the north-west."""
    rows = Tile.objects.order_by("row", "column")
    return [TileView(unit=row.unit_id, column=row.column, row=row.row, label=row.label) for row in rows]
