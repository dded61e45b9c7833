"""Areas, space, posts and promises of a pack: read, checked and loaded. A pack may have none of them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.centres.api import (
    LINKS,
    POWER,
    AreaView,
    PostView,
    SpaceView,
    promise,
    save_areas,
    save_space,
)
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.content import AreaRow, Pack, PostRow, PromiseRow, SpaceRow
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row

AREAS = ("unit", "latitude", "longitude", "population", "year", "source")
COUNTS = ("rooms", "square_metres", "seats", "places")
SPACE = ("centre", *COUNTS, "accessible", "power", "link", "counted_on", "demonstration", "source")
POSTS = ("centre", "authority", "role", "planned", "filled")
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,6})?")


def read_offering(reader: Reader, pack: Pack) -> None:
    """``units/areas.csv``, ``centres/space.csv``, ``centres/posts.csv`` and ``centres/promises.yaml``."""
    seen: set[str] = set()
    for fields in _table(reader, pack, "units/areas.csv", AREAS):
        _area(fields, pack, seen)
    for fields in _table(reader, pack, "centres/space.csv", SPACE):
        _space(fields, pack)
    for fields in _table(reader, pack, "centres/posts.csv", POSTS):
        _post(fields, pack)
    path = reader.folder / "centres" / "promises.yaml"
    held = reader.document(path) if path.is_file() else None
    if held is not None and not (isinstance(held, Items) and all(isinstance(row, Row) for row in held)):
        reader.faults.add(reader.place(path), "a list of promises is needed")
        held = None
    for row in held or ():
        _promise(Fields(row, reader.faults, pack.languages), pack)


def _table(reader: Reader, pack: Pack, name: str, columns: tuple[str, ...]) -> list[Fields]:
    path = reader.folder / name
    rows = reader.table(path, columns) if path.is_file() else []
    return [Fields(row, reader.faults, pack.languages) for row in rows]


def _area(fields: Fields, pack: Pack, seen: set[str]) -> None:
    unit = fields.code("unit")
    held = pack.units.get(unit)
    if held is None or held.tree != "territory":
        fields.fault("unit", f"“{unit}” is not a unit of the territory")
    elif unit in seen:
        fields.fault("unit", f"the area “{unit}” stands twice")
    seen.add(unit)
    population, year = (fields.number(key, least=1, required=False) for key in ("population", "year"))
    if (population is None) != (year is None):
        fields.fault("year", "people are counted in a year: give both or neither")
    area = AreaRow(
        unit=unit,
        latitude=_degrees(fields, "latitude", 90),
        longitude=_degrees(fields, "longitude", 180),
        population=population,
        year=year,
        source=fields.text("source"),
    )
    if held is not None:
        pack.areas.append(area)


def _degrees(fields: Fields, key: str, most: int) -> float:
    word = fields.text(key)
    if word and not (DEGREES.fullmatch(word) and abs(float(word)) <= most):
        fields.fault(key, f"“{word}” is not a number of degrees from -{most} to {most}")
        return 0.0
    return float(word or 0)


def _space(fields: Fields, pack: Pack) -> None:
    centre = fields.code("centre")
    if centre not in pack.centres:
        fields.fault("centre", f"the space of the unknown centre “{centre}” is counted")
    elif centre in pack.spaces:
        fields.fault("centre", f"the space of “{centre}” stands twice")
    accessible = fields.text("accessible", required=False)
    if accessible not in ("", "yes", "no"):
        fields.fault("accessible", f"“{accessible}” is none of yes, no")
    pack.spaces[centre] = SpaceRow(
        counts={key: fields.number(key, least=0, required=False) for key in COUNTS},
        accessible={"yes": True, "no": False}.get(accessible),
        power=_one_of(fields, "power", POWER),
        link=_one_of(fields, "link", LINKS),
        counted_on=fields.day("counted_on", required=True) or date.min,
        demonstration=fields.flag("demonstration"),
        source=fields.text("source"),
    )


def _one_of(fields: Fields, key: str, known: tuple[str, ...]) -> str:
    word = fields.text(key, required=False)
    if word and word not in known:
        fields.fault(key, f"“{word}” is none of {', '.join(known)}")
        return ""
    return word


def _post(fields: Fields, pack: Pack) -> None:
    centre, authority, role = fields.code("centre"), fields.code("authority"), fields.code("role")
    row = PostRow(
        authority=authority,
        role=role,
        planned=fields.number("planned", least=0) or 0,
        filled=fields.number("filled", least=0) or 0,
    )
    space, unit = pack.spaces.get(centre), pack.units.get(authority)
    if space is None:
        fields.fault("centre", f"posts need the space of “{centre}” in space.csv")
    elif unit is None or unit.tree != "authority":
        fields.fault("authority", f"“{authority}” is not an authority of this pack")
    elif role not in pack.roles:
        fields.fault("role", f"“{role}” is not a role of this pack")
    elif any((one.authority, one.role) == (authority, role) for one in space.posts):
        fields.fault("role", f"the post “{role}” of “{authority}” at “{centre}” stands twice")
    else:
        space.posts.append(row)


def _promise(fields: Fields, pack: Pack) -> None:
    service = fields.code("service")
    if service and service not in pack.services:
        fields.fault("service", f"the unknown service “{service}” is promised")
    named: list[str] = []
    for code, place in fields.texts("centres", required=True):
        if code not in pack.centres:
            fields.faults.add(place, f"{service} is promised at the unknown centre “{code}”")
        named.append(code)
    row = PromiseRow(
        service=service,
        centres=named,
        promised_on=fields.day("promised_on", required=True) or date.min,
        due=fields.day("due", required=True) or date.max,
        document=fields.text("document"),
        demonstration=fields.flag("demonstration", default=False),
    )
    fields.done()
    if row.due < row.promised_on:
        fields.fault("due", f"it is due ({row.due}) before it was promised ({row.promised_on})")
    if not named:
        fields.fault("centres", "a promise names at least one centre")
    pack.promises.append(row)


def load_offering(pack: Pack, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> int:
    """Areas, space with posts, and promises; gives how many there are. What people counted since stays."""
    country = next((row.code for row in pack.units.values() if row.kind == "country"), None)
    if pack.areas and country:
        save_areas(
            by=by,
            at=at,
            unit=id("unit", country),
            areas=[
                AreaView(
                    unit=id("unit", row.unit),
                    latitude=row.latitude,
                    longitude=row.longitude,
                    population=row.population,
                    year=row.year,
                    source=row.source,
                )
                for row in pack.areas
            ],
        )
    for code, space in pack.spaces.items():
        _load_space(code, space, id=id, by=by, at=at)
    for row in pack.promises:
        key = f"{row.service}/{row.promised_on}/{row.due}/{row.document}/{' '.join(sorted(row.centres))}"
        promise(
            by=by,
            at=at,
            id=id("promise", key),
            service=id("service", row.service),
            centres=[id("unit", code) for code in row.centres],
            promised_on=row.promised_on,
            due=row.due,
            document=row.document,
            demonstration=row.demonstration,
        )
    return bool(pack.areas) + len(pack.spaces) + len(pack.promises)


def _load_space(code: str, row: SpaceRow, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> None:
    posts = tuple(
        PostView(authority=id("unit", one.authority), role=one.role, planned=one.planned, filled=one.filled)
        for one in row.posts
    )
    save_space(
        by=by,
        at=at,
        space=SpaceView(
            centre=id("unit", code),
            counted_on=row.counted_on,
            source=row.source,
            accessible=row.accessible,
            power=row.power,
            link=row.link,
            demonstration=row.demonstration,
            posts=posts,
            rooms=row.counts["rooms"],
            square_metres=row.counts["square_metres"],
            seats=row.counts["seats"],
            places=row.counts["places"],
        ),
    )
