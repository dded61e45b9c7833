"""Units of a pack: territory from a table, authorities from YAML; references, dates and circles."""

from datetime import date

from onedoor.tools.packs.content import Pack, UnitRow
from onedoor.tools.packs.faults import Faults, Place
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.offices import read_offices
from onedoor.tools.packs.reading import Items, Reader, Row

COLUMNS = (
    "code",
    "kind",
    "parent",
    "name_lo",
    "name_en",
    "valid_from",
    "valid_until",
    "successors",
    "source",
)
TERRITORY = ("country", "province", "district", "village")
AUTHORITY = ("ministry", "department", "office")
ABOVE = {
    "country": ("",),
    "province": ("country",),
    "district": ("province",),
    "village": ("district",),
    "ministry": ("",),
    "department": ("ministry", "department"),
    "office": ("ministry", "department", "office"),
}


def read_units(reader: Reader, pack: Pack) -> None:
    """Both trees into ``pack.units``."""
    for row in reader.table(reader.folder / "units" / "territory.csv", COLUMNS):
        _add(reader, pack, row, "territory", TERRITORY)
    held = reader.document(reader.folder / "units" / "authorities.yaml")
    if held is not None and not isinstance(held, Items):
        reader.faults.add(
            reader.place(reader.folder / "units" / "authorities.yaml"), "a list of units is needed"
        )
        held = None
    for row in held or ():
        if isinstance(row, Row):
            _add(reader, pack, row, "authority", AUTHORITY)
        else:
            reader.faults.add(held.place, "every item must be a unit")
    read_offices(reader, pack)
    check_units(pack.units, reader.faults)


def _add(reader: Reader, pack: Pack, row: Row, tree: str, kinds: tuple[str, ...]) -> None:
    fields = Fields(row, reader.faults, pack.languages)
    table = tree == "territory"
    code, kind = fields.code("code"), fields.choice("kind", kinds)
    parent = fields.code("parent", required=False)
    name = fields.column_words("name") if table else fields.words("name")
    start, end = fields.period()
    if table:
        words = fields.text("successors", required=False).split()
        successors = [(word, fields.at("successors")) for word in words]
    else:
        successors = fields.texts("successors")
    source = fields.text("source")
    fields.done()
    if code in pack.units:
        fields.fault("code", f"the unit “{code}” stands twice (first at {pack.units[code].place})")
        return
    if successors and end is None:
        fields.fault("successors", f"“{code}” has successors but no last day")
    if code:
        pack.units[code] = UnitRow(
            code=code,
            kind=kind,
            tree=tree,
            parent=parent,
            name=name,
            valid_from=start or date.min,
            valid_until=end,
            successors=successors,
            source=source,
            place=row.at("parent"),
        )


def check_units(units: dict[str, UnitRow], faults: Faults) -> None:
    """Parents and successors exist, kinds fit, nothing lies below itself."""
    for unit in units.values():
        above = units.get(unit.parent)
        if unit.parent and above is None:
            faults.add(unit.place, f"“{unit.code}” lies below the unknown unit “{unit.parent}”")
        elif above and above.tree != unit.tree:
            faults.add(unit.place, f"“{unit.code}” and “{unit.parent}” are in different trees")
        elif (above.kind if above else "") not in ABOVE.get(unit.kind, ("district",)):
            faults.add(unit.place, f"the {unit.kind} “{unit.code}” cannot lie below “{unit.parent}”")
        for successor, place in unit.successors:
            if successor not in units:
                faults.add(place, f"the successor “{successor}” of “{unit.code}” is not a unit of this pack")
    _circles({code: [unit.parent] for code, unit in units.items()}, units, faults, "lies below itself")
    later = {code: [name for name, _place in unit.successors] for code, unit in units.items()}
    _circles(later, units, faults, "succeeds itself")


def _circles(edges: dict[str, list[str]], units: dict[str, UnitRow], faults: Faults, what: str) -> None:
    """Name each circle once, at its first unit. No recursion: a broken pack may be deep."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        waiting = [(start, False)]
        while waiting:
            code, leaving = waiting.pop()
            if leaving:
                done.add(path.pop())
            elif code in path:
                circle = [*path[path.index(code) :], code]
                faults.add(units[code].place, f"“{code}” {what}: {' → '.join(circle)}")
            elif code in edges and code not in done:
                path.append(code)
                waiting.append((code, True))
                waiting += [(other, False) for other in edges[code]]


def unit_known(pack: Pack, code: str, place: Place, faults: Faults, what: str) -> bool:
    """Whether a unit that something refers to exists; a fault otherwise."""
    if code and code not in pack.units and code not in pack.centres:
        faults.add(place, f"{what} names the unknown unit “{code}”")
        return False
    return bool(code)
