"""How long a service may take: days or hours, by an answer where it goes by one, and how much more time may be given."""

from typing import Any

from onedoor.domain.catalogue.api import DURATION_KINDS, Duration, asked_in, duration_faults
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader


def read_duration(reader: Reader, pack: Pack, fields: Fields, form: dict[str, Any]) -> Duration:
    """How long a service may take, checked against the questions of its form."""
    row = fields.row_of("duration")
    if row is None:
        return Duration()
    one = Fields(row, reader.faults, pack.languages)
    kind = next(known for known in DURATION_KINDS if known == one.choice("kind", DURATION_KINDS))
    times, most = _extension(reader, pack, one)
    warn = one.number("warn", least=0, required=False)
    found = Duration(
        days=one.number("days", least=0, required=False),
        kind=kind,
        note=one.words("note", required=False),
        demonstration=one.flag("demonstration", default=False),
        hours=one.number("hours", least=0, required=False),
        by=one.text("by", required=False),
        choices=_choices(reader, pack, one),
        warn=1 if warn is None else warn,
        extensions=times,
        extension=most,
    )
    for field, sentence in duration_faults(found, asked_in(form)):
        one.fault(field, sentence)
    one.done()
    return found


def _choices(reader: Reader, pack: Pack, fields: Fields) -> dict[str, int]:
    row = fields.row_of("choices", required=False)
    if row is None:
        return {}
    one = Fields(row, reader.faults, pack.languages)
    return {answer: one.number(answer, least=0) or 0 for answer in row}


def _extension(reader: Reader, pack: Pack, fields: Fields) -> tuple[int, int]:
    row = fields.row_of("extend", required=False)
    if row is None:
        return 0, 0
    one = Fields(row, reader.faults, pack.languages)
    found = one.number("times", least=1) or 0, one.number("most", least=1) or 0
    one.done()
    return found
