"""Service standards and the tile map of a pack: read, checked and loaded. A pack may have neither."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from onedoor.domain.monitoring.api import save_standard, save_tile
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.content import Pack, StandardRow, TileRow
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row
from onedoor.tools.packs.units import unit_known

COLUMNS = ("unit", "column", "row", "label_lo", "label_en")


def read_standards(reader: Reader, pack: Pack) -> None:
    """``standards.yaml`` into ``pack.standards``, ``map.csv`` into ``pack.tiles``."""
    path = reader.folder / "standards.yaml"
    held = reader.document(path) if path.is_file() else None
    if held is not None and not (isinstance(held, Items) and all(isinstance(row, Row) for row in held)):
        reader.faults.add(reader.place(path), "a list of standards is needed")
        held = None
    for row in held or ():
        _standard(Fields(row, reader.faults, pack.languages), pack)
    path = reader.folder / "map.csv"
    taken: dict[tuple[int, int], str] = {}
    for row in reader.table(path, COLUMNS) if path.is_file() else ():
        _tile(Fields(row, reader.faults, pack.languages), pack, taken)


def _standard(fields: Fields, pack: Pack) -> None:
    code = fields.code("code")
    row = StandardRow(
        code=code,
        name=fields.words("name"),
        limit=fields.number("limit", least=0) or 0,
        share=fields.number("share", least=0) or 0,
        demonstration=fields.flag("demonstration", default=False),
        source=fields.text("source"),
    )
    fields.done()
    if row.share > 100:
        fields.fault("share", f"a share is at most 100 per cent: {row.share}")
    elif code in pack.standards:
        fields.fault("code", f"the standard “{code}” stands twice")
    elif code:
        pack.standards[code] = row


def _tile(fields: Fields, pack: Pack, taken: dict[tuple[int, int], str]) -> None:
    unit = fields.code("unit")
    row = TileRow(
        unit=unit,
        column=fields.number("column", least=1) or 1,
        row=fields.number("row", least=1) or 1,
        label=fields.column_words("label"),
    )
    fields.done()
    other = taken.setdefault((row.column, row.row), unit)
    if other != unit:
        fields.fault("column", f"“{unit}” and “{other}” stand on the same tile")
    if unit_known(pack, unit, fields.at("unit"), fields.faults, "the map"):
        pack.tiles.append(row)


def load_standards(pack: Pack, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> int:
    """Standards and tiles; gives how many there are."""
    for row in pack.standards.values():
        save_standard(
            by=by,
            at=at,
            id=id("standard", row.code),
            code=row.code,
            name=row.name,
            limit=row.limit,
            share=row.share,
            demonstration=row.demonstration,
            source=row.source,
        )
    for tile in pack.tiles:
        save_tile(
            by=by,
            at=at,
            id=id("tile", tile.unit),
            unit=id("unit", tile.unit),
            column=tile.column,
            row=tile.row,
            label=tile.label,
        )
    return len(pack.standards) + len(pack.tiles)
