"""How the centres of a pack call people: read, checked and loaded. A pack may have no rule: then there is one line for all."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from onedoor.domain.queue.api import (
    GROUNDS,
    CallingRule,
    CallingRuleIsWrong,
    Zone,
    check_rule,
    load_calling_rule,
)
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.content import CallingRow, Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row
from onedoor.tools.packs.units import unit_known

TIMES = ("early", "late", "appointment", "help_after")


def read_calling(reader: Reader, pack: Pack) -> None:
    """``calling.yaml`` into ``pack.calling``."""
    path = reader.folder / "calling.yaml"
    held = reader.document(path) if path.is_file() else None
    if held is not None and not (isinstance(held, Items) and all(isinstance(row, Row) for row in held)):
        reader.faults.add(reader.place(path), "a list of calling rules is needed")
        held = None
    for row in held or ():
        _rule(reader, Fields(row, reader.faults, pack.languages), pack)


def _rule(reader: Reader, fields: Fields, pack: Pack) -> None:
    unit = fields.code("unit")
    row = CallingRow(
        unit=unit,
        zones=[_zone(reader, pack, one) for one in fields.rows("zones", required=False)],
        minutes={},
        by_hand={},
        counters={},
        grounds={},
        times={name: fields.number(name, least=0) or 0 for name in TIMES},
        demonstration=fields.flag("demonstration", default=False),
        source=fields.text("source"),
    )
    for one in fields.rows("services", required=False):
        _service(reader, pack, one, row)
    for one in fields.rows("counters", required=False):
        counter = Fields(one, reader.faults, pack.languages)
        row.counters[counter.text("code")] = tuple(
            zone for zone, _place in counter.texts("zones", required=True)
        )
        counter.done()
    for one in fields.rows("grounds"):
        ground = Fields(one, reader.faults, pack.languages)
        row.grounds[ground.choice("ground", tuple(GROUNDS))] = ground.number("minutes", least=0) or 0
        ground.done()
    fields.done()
    try:
        check_rule(_as_rule(row, {code: UUID(int=0) for code in (*row.minutes, *row.by_hand)}.__getitem__))
    except CallingRuleIsWrong as fault:
        fields.fault("unit", f"{fault.field}: {fault.reason}")
    if unit in pack.calling:
        fields.fault("unit", f"the calling rule of “{unit}” stands twice")
    elif unit_known(pack, unit, fields.at("unit"), fields.faults, "the calling rule"):
        pack.calling[unit] = row


def _zone(reader: Reader, pack: Pack, row: Row) -> Zone:
    fields = Fields(row, reader.faults, pack.languages)
    zone = Zone(
        code=fields.text("code"),
        name=fields.words("name"),
        up_to=fields.number("up_to", least=1, required=False),
    )
    fields.done()
    return zone


def _service(reader: Reader, pack: Pack, row: Row, rule: CallingRow) -> None:
    fields = Fields(row, reader.faults, pack.languages)
    code = fields.code("service")
    minutes, zone = fields.number("minutes", least=1, required=False), fields.text("zone", required=False)
    fields.done()
    if code and code not in pack.services:
        fields.fault("service", f"“{code}” is not a service of this pack")
        return
    if minutes is not None:
        rule.minutes[code] = minutes
    if zone:
        rule.by_hand[code] = zone


def _as_rule(row: CallingRow, service: Callable[[str], UUID]) -> CallingRule:
    return CallingRule(
        zones=tuple(row.zones),
        minutes={service(code): minutes for code, minutes in row.minutes.items()},
        by_hand={service(code): zone for code, zone in row.by_hand.items()},
        counters=row.counters,
        grounds=row.grounds,
        demonstration=row.demonstration,
        source=row.source,
        **row.times,
    )


def load_calling(pack: Pack, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> int:
    """The calling rules, except where people have changed them; gives how many there are."""
    for unit, row in pack.calling.items():
        rule = _as_rule(row, lambda code: id("service", code))
        load_calling_rule(by=by, at=at, unit=id("unit", unit), rule=rule)
    return len(pack.calling)
