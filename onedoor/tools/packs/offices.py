"""Offices of an authority in every province and district, told by one rule each instead of a row each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from onedoor.tools.packs.content import Pack, UnitRow
from onedoor.tools.packs.faults import Place
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row

LEVELS = ("province", "district")
PLACE = "{place}"


def read_offices(reader: Reader, pack: Pack) -> None:
    """The offices that the rules of ``units/offices.yaml`` make, into ``pack.units``; the file may be absent."""
    path = reader.folder / "units" / "offices.yaml"
    held = reader.document(path) if path.is_file() else None
    if held is None:
        return
    if not isinstance(held, Items) or not all(isinstance(row, Row) for row in held):
        reader.faults.add(reader.place(path), "a list of rules is needed")
        return
    made: dict[str, UnitRow] = {}
    for row in held:
        for office in _offices(reader, pack, row):
            if office.code in pack.units or office.code in made:
                reader.faults.add(office.place, f"the unit “{office.code}” stands twice")
            made[office.code] = office
    pack.units |= {code: _handing_over(office, made) for code, office in made.items()}


def _offices(reader: Reader, pack: Pack, row: Row) -> Iterator[UnitRow]:
    fields = Fields(row, reader.faults, pack.languages)
    of, source = fields.code("of"), fields.text("source")
    names = {level: _name(fields, level) for level in LEVELS}
    fields.done()
    authority = pack.units.get(of)
    if of and (authority is None or authority.tree != "authority"):
        fields.fault("of", f"“{of}” is not an authority of this pack")
    if not any(names.values()):
        fields.faults.add(row.place, "a rule names the offices of the provinces, of the districts, or both")
    if authority is None:
        return
    here = [unit for unit in pack.units.values() if unit.tree == "territory" and names.get(unit.kind)]
    for place in sorted(
        here, key=lambda unit: LEVELS.index(unit.kind)
    ):  # provinces first: districts lie below
        below = place.kind == "district" and bool(names["province"])
        yield UnitRow(
            code=f"{of}-{place.code}",
            kind="office",
            tree="authority",
            parent=f"{of}-{place.parent}" if below else of,
            name={code: word.replace(PLACE, place.name[code]) for code, word in names[place.kind].items()},
            valid_from=max(authority.valid_from, place.valid_from),
            valid_until=_sooner(authority.valid_until, place.valid_until),
            successors=[(f"{code}-{place.code}", where) for code, where in authority.successors],
            source=source,
            place=Place(row.place.file, row.at(place.kind).line),
        )


def _name(fields: Fields, level: str) -> dict[str, str]:
    words = fields.words(level, required=False)
    for word in words.values():
        if PLACE not in word:
            fields.fault(level, f"“{word}” has no place for {PLACE}")
    return words


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _handing_over(office: UnitRow, made: Mapping[str, UnitRow]) -> UnitRow:
    """Its successors are the offices of the successors of its authority; where these have none, they themselves."""
    after = [(code if code in made else code.rpartition("-")[0], place) for code, place in office.successors]
    return replace(office, successors=after)
