"""The tariff of a pack: notes in use, incidental charges with their ceilings, grounds on which a fee may be waived."""

from onedoor.domain.payments.api import Ground, Item
from onedoor.kernel.money import EXPONENTS, LARGEST
from onedoor.tools.packs.content import Pack, TariffRow
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader, Row


def read_tariff(reader: Reader, pack: Pack) -> None:
    """``tariffs.yaml`` into ``pack.tariff``; a pack without cash has none."""
    path = reader.folder / "tariffs.yaml"
    if not path.is_file():
        return
    row = reader.document(path)
    if not isinstance(row, Row):
        if row is not None:
            reader.faults.add(reader.place(path), "a tariff must be one row of fields")
        return
    fields = Fields(row, reader.faults, pack.languages)
    currency = fields.text("currency")
    if currency not in EXPONENTS:
        fields.fault("currency", f"“{currency}” is not a known currency")
    pack.tariff = TariffRow(
        currency=currency,
        notes=_notes(fields),
        items=[_item(reader, pack, one) for one in fields.rows("incidental")],
        grounds=[_ground(reader, pack, one) for one in fields.rows("grounds")],
        law=fields.words("law", required=False),
        source=fields.text("source", required=False),
    )
    fields.done()
    for what, codes in (
        ("incidental", [item.code for item in pack.tariff.items]),
        ("grounds", [ground.code for ground in pack.tariff.grounds]),
    ):
        for code in sorted({code for code in codes if code and codes.count(code) > 1}):
            fields.fault(what, f"“{code}” stands twice")


def _notes(fields: Fields) -> list[int]:
    notes: list[int] = []
    for text, place in fields.texts("notes", required=True):
        if not (text.isascii() and text.isdecimal() and 0 < len(text) < 9 and int(text)):
            fields.faults.add(place, f"“{text}” is not a note: a whole number above 0 is needed")
        elif int(text) in notes:
            fields.faults.add(place, f"the note “{text}” stands twice")
        else:
            notes.append(int(text))
    return sorted(notes, reverse=True)


def _item(reader: Reader, pack: Pack, row: Row) -> Item:
    fields = Fields(row, reader.faults, pack.languages)
    code, name = fields.code("code"), fields.words("name")
    price = fields.number("price", least=1) or 1
    ceiling = fields.number("ceiling", least=1) or price
    if not price <= ceiling <= LARGEST:
        fields.fault("ceiling", f"the ceiling ({ceiling}) is below the price ({price}), or too large")
    item = Item(
        code=code,
        name=name,
        price=price,
        ceiling=ceiling,
        demonstration=fields.flag("demonstration", default=False),
        source=fields.text("source", required=False),
    )
    fields.done()
    return item


def _ground(reader: Reader, pack: Pack, row: Row) -> Ground:
    fields = Fields(row, reader.faults, pack.languages)
    ground = Ground(
        code=fields.code("code"),
        name=fields.words("name"),
        demonstration=fields.flag("demonstration", default=False),
        source=fields.text("source", required=False),
    )
    fields.done()
    return ground
