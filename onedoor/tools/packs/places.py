"""Calendar, centres and offers of a pack."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onedoor.domain.centres.api import Hours, hours_faults
from onedoor.tools.packs.content import CalendarRow, CentreRow, OfferRow, Pack
from onedoor.tools.packs.faults import Place
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row
from onedoor.tools.packs.units import unit_known

HOLIDAYS = ("date", "name_lo", "name_en", "source")
IN_LIEU = "in_lieu"
CENTRES = (
    "code",
    "district",
    "name_lo",
    "name_en",
    "demonstration",
    "counters",
    "valid_from",
    "address_lo",
    "address_en",
    "phone",
    "source",
)


def read_calendar(reader: Reader, pack: Pack) -> None:
    """Hours and holidays into ``pack.calendar``."""
    path = reader.folder / "calendar" / "hours.yaml"
    row = reader.document(path)
    if not isinstance(row, Row):
        if row is not None:
            reader.faults.add(reader.place(path), "the calendar must be one row of fields")
        return
    fields = Fields(row, reader.faults, pack.languages)
    unit, zone = fields.code("unit"), fields.text("zone")
    unit_known(pack, unit, fields.at("unit"), reader.faults, "the calendar")
    check_zone(zone, fields, "zone")
    rest = weekdays(fields, "rest")
    if len(set(rest)) == 7:
        fields.fault("rest", "a calendar needs a working weekday")
    confirmed, source = fields.flag("confirmed"), fields.text("source")
    hours = _hours(reader, fields, pack)
    fields.done()
    pack.calendar = CalendarRow(
        unit=unit, zone=zone, rest=rest, hours=hours, confirmed=confirmed, source=source
    )
    _holidays(reader, pack)


def check_zone(zone: str, fields: Fields, key: str) -> None:
    """A time zone by its name in the tz database."""
    try:
        if zone:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        fields.fault(key, f"“{zone}” is not a time zone")


def weekdays(fields: Fields, key: str) -> list[int]:
    """Weekdays 1 (Monday) to 7 (Sunday)."""
    found = []
    for word, place in fields.texts(key):
        if word in ("1", "2", "3", "4", "5", "6", "7"):
            found.append(int(word))
        else:
            fields.faults.add(place, f"“{word}” is not a weekday (1 is Monday, 7 is Sunday)")
    return found


def _hours(reader: Reader, fields: Fields, pack: Pack) -> list[Hours]:
    hours: list[Hours] = []
    places: list[Place] = []
    for row in fields.rows("hours"):
        one = Fields(row, reader.faults, pack.languages)
        days, opens, closes = weekdays(one, "weekdays"), one.clock("opens"), one.clock("closes")
        one.done()
        if opens and closes:
            hours += [Hours(weekday=day, opens=opens, closes=closes) for day in days]
            places += [one.at("opens")] * len(days)
    for index, sentence in hours_faults(hours):
        reader.faults.add(places[index], sentence)
    return hours


def _holidays(reader: Reader, pack: Pack) -> None:
    assert pack.calendar is not None
    seen: dict[date, Place] = {}
    for row in reader.table(reader.folder / "calendar" / "holidays.csv", HOLIDAYS, spare=(IN_LIEU,)):
        fields = Fields(row, reader.faults, pack.languages)
        day, name, source = (
            fields.day("date", required=True),
            fields.column_words("name"),
            fields.text("source"),
        )
        given = fields.flag(IN_LIEU, default=False)
        if day in seen:
            fields.fault("date", f"the holiday {day} stands twice (first at {seen[day]})")
        elif day:
            seen[day] = row.place
            pack.calendar.holidays.append((day, name, source))
            if given:
                pack.calendar.in_lieu.add(day)


def read_centres(reader: Reader, pack: Pack) -> None:
    """Centres into ``pack.centres``."""
    for row in reader.table(reader.folder / "centres" / "centres.csv", CENTRES):
        fields = Fields(row, reader.faults, pack.languages)
        code, district = fields.code("code"), fields.code("district")
        held = pack.units.get(district)
        if district and (held is None or held.kind != "district"):
            fields.fault("district", f"the centre “{code}” lies in the unknown district “{district}”")
        centre = CentreRow(
            code=code,
            district=district,
            name=fields.column_words("name"),
            address=fields.column_words("address", required=False),
            phone=fields.text("phone", required=False),
            demonstration=fields.flag("demonstration"),
            counters=fields.number("counters", least=1) or 1,
            valid_from=fields.day("valid_from", required=True) or date.min,
            source=fields.text("source"),
            place=row.place,
        )
        if code in pack.centres or code in pack.units:
            fields.fault("code", f"the code “{code}” is taken by another unit")
        elif code:
            pack.centres[code] = centre


def read_offers(reader: Reader, pack: Pack) -> None:
    """Offers into ``pack.offers``; services and centres are known by now."""
    path = reader.folder / "centres" / "offers.yaml"
    held = reader.document(path)
    if held is None:
        return
    if not isinstance(held, Items) or not all(isinstance(row, Row) for row in held):
        reader.faults.add(reader.place(path), "a list of offers is needed")
        return
    taken: dict[tuple[str, str, date], Place] = {}
    for row in held:
        offer = _offer(reader, pack, row)
        for centre in offer.centres or pack.centres:
            key = (centre, offer.service, offer.valid_from)
            if key in taken:
                reader.faults.add(
                    offer.place, f"{offer.service} at {centre} is offered twice (also {taken[key]})"
                )
            taken[key] = offer.place
        pack.offers.append(offer)


def _offer(reader: Reader, pack: Pack, row: Row) -> OfferRow:
    fields = Fields(row, reader.faults, pack.languages)
    service = fields.code("service")
    if service and service not in pack.services:
        fields.fault("service", f"the unknown service “{service}” is offered")
    named: list[str] = []
    if row.get("centres") == "all":
        fields.text("centres")
    else:
        for code, place in fields.texts("centres", required=True):
            if code not in pack.centres:
                reader.faults.add(place, f"{service} is offered at the unknown centre “{code}”")
            named.append(code)
    start, end = fields.period()
    withdrawn, reason = fields.day("withdrawn_on"), fields.words("reason", required=False)
    if bool(withdrawn) != bool(reason) or (withdrawn and not end):
        fields.fault("withdrawn_on", "a withdrawn offer has “valid_until”, “withdrawn_on” and a “reason”")
    offer = OfferRow(
        service=service,
        centres=named,
        valid_from=start or date.min,
        valid_until=end,
        weekdays=tuple(weekdays(fields, "weekdays")),
        capacity=fields.number("capacity", least=1, required=False),
        demonstration=fields.flag("demonstration", default=False),
        place=row.place,
        withdrawn_on=withdrawn,
        reason=reason,
    )
    fields.done()
    return offer
