"""Reads a whole pack and names everything that is wrong with it, by file and line."""

from pathlib import Path

from onedoor.kernel.money import EXPONENTS
from onedoor.tools.packs.calling import read_calling
from onedoor.tools.packs.checklists import read_checklist
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.faults import Faults, Place
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.notices import read_notices
from onedoor.tools.packs.offering import read_offering
from onedoor.tools.packs.people import read_roles, read_staff
from onedoor.tools.packs.places import check_zone, read_calendar, read_centres, read_offers
from onedoor.tools.packs.reading import Reader, Row
from onedoor.tools.packs.services import read_life_events, read_services
from onedoor.tools.packs.standards import read_standards
from onedoor.tools.packs.tariffs import read_tariff
from onedoor.tools.packs.templates import read_templates
from onedoor.tools.packs.units import read_units, unit_known

NEEDED = (
    "units/territory.csv",
    "units/authorities.yaml",
    "calendar/hours.yaml",
    "calendar/holidays.csv",
    "centres/centres.csv",
    "centres/offers.yaml",
    "life_events.yaml",
    "roles.yaml",
)


def check(folder: Path) -> tuple[Pack, Faults]:
    """The pack of a folder as far as it can be read, and its faults (none: it can be loaded)."""
    faults, pack = Faults(), Pack()
    reader = Reader(folder, faults)
    about = folder / "pack.yaml"
    if not about.is_file():
        faults.add(Place("pack.yaml", 1), "there is no pack.yaml: this folder is not a pack")
        return pack, faults
    for name in NEEDED:
        if not (folder / name).is_file():
            faults.add(Place(name, 1), "the file is missing")
    head = reader.document(about)
    if not isinstance(head, Row):
        faults.add(Place("pack.yaml", 1), "the pack must be one row of fields")
        return pack, faults
    fields = _read_about(head, pack, faults)
    for read in (read_units, read_roles, read_life_events, read_calendar, read_centres, read_services):
        read(reader, pack)
    read_offers(reader, pack)
    read_offering(reader, pack)
    read_templates(reader, pack)
    read_tariff(reader, pack)
    read_standards(reader, pack)
    read_calling(reader, pack)
    read_notices(reader, pack)
    read_checklist(reader, pack)
    read_staff(reader, pack)
    _check_owner(fields, pack, faults)
    return pack, _existing_files(faults)


def _read_about(row: Row, pack: Pack, faults: Faults) -> Fields:
    fields = Fields(row, faults)
    pack.code = fields.code("pack")
    languages = [word for word, _place in fields.texts("languages", required=True)]
    for needed in ("lo", "en"):
        if needed not in languages:
            fields.fault("languages", f"“{needed}” must be among the languages")
    pack.languages = tuple(languages) or pack.languages
    fields.languages = pack.languages
    pack.about["name"] = fields.words("name")
    pack.counter_name = fields.words("counter_name")
    for word in pack.counter_name.values():
        if "{number}" not in word:
            fields.fault("counter_name", f"“{word}” has no place for {{number}}")
    pack.zone = fields.text("zone")
    check_zone(pack.zone, fields, "zone")
    pack.currency = fields.text("currency")
    if pack.currency not in EXPONENTS:
        fields.fault("currency", f"“{pack.currency}” is not a known currency")
        pack.currency = "LAK"
    return fields


def _check_owner(fields: Fields, pack: Pack, faults: Faults) -> None:
    country = fields.code("country")
    pack.about |= {
        "languages": list(pack.languages),
        "country": country,
        "currency": pack.currency,
        "zone": pack.zone,
        "counter_name": pack.counter_name,
    }
    unit_known(pack, country, fields.at("country"), faults, "the country")
    row = fields.row_of("owner")
    if row is not None:
        owner = Fields(row, faults, pack.languages)
        pack.about["owner"] = {"unit": owner.code("unit"), "confirmed": owner.flag("confirmed")}
        unit_known(pack, pack.about["owner"]["unit"], owner.at("unit"), faults, "the owner of the network")
        owner.done()
    fields.done()


def _existing_files(faults: Faults) -> Faults:
    """A missing file is named once, not again as unreadable."""
    missing = {fault.place.file for fault in faults.found if fault.sentence == "the file is missing"}
    faults.found = {
        fault
        for fault in faults.found
        if fault.place.file not in missing or fault.sentence == "the file is missing"
    }
    return faults
