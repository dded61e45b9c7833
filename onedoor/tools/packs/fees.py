"""Fees of a service: periods, and lines that find an amount from the answers of the form; a gap is named where it stands."""

from collections.abc import Mapping
from typing import Any

from onedoor.domain.catalogue.api import (
    ADDITIONS,
    FEE_STATES,
    FUNDING_MODELS,
    PERIODS,
    ROW_KINDS,
    Fee,
    FeeRow,
    Funding,
    Rate,
    Step,
    asked_in,
    fee_faults,
    lacking_in,
    line_faults,
)
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.money import EXPONENTS, LARGEST
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.faults import Place
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader, Row

TO_BE_SET = "to_be_set"
Places = dict[tuple[str | int, ...], Place]


def read_fees(reader: Reader, pack: Pack, fields: Fields, form: Mapping[str, Any]) -> list[Fee]:
    """The fee periods of a service in their order, each checked against the questions of its form."""
    before = len(reader.faults)
    fees: list[Fee] = []
    places: list[Places] = []
    for row in fields.rows("fees"):
        fee, where = _fee(reader, pack, row)
        fees.append(fee)
        places.append(where)
    if len(reader.faults) > before:
        return fees
    for index, sentence in fee_faults(tuple(fees), on=now().astimezone(ZONE).date()):
        reader.faults.add(places[index][("amount",)], sentence)
    asked = asked_in(form)
    for fee, where in zip(fees, places, strict=True):
        for path, sentence in line_faults(fee, asked):
            reader.faults.add(_nearest(where, path), sentence)
        for path, sentence, _lawful in lacking_in(fee):
            reader.faults.note(_nearest(where, path), sentence)
    return fees


def _nearest(places: Places, path: tuple[str | int, ...]) -> Place:
    """Where a part of a fee stands, or the smallest part around it whose line is known."""
    while path not in places:
        path = path[:-1]
    return places[path]


def _fee(reader: Reader, pack: Pack, row: Row) -> tuple[Fee, Places]:
    one = Fields(row, reader.faults, pack.languages)
    state = next(known for known in FEE_STATES if known == one.choice("state", FEE_STATES))
    currency = one.text("currency", required=False) or pack.currency
    if currency not in EXPONENTS:
        one.fault("currency", f"“{currency}” is not a known currency")
        currency = pack.currency
    places: Places = {(): row.place, ("amount",): one.at("amount" if "amount" in row else "state")}
    fee = Fee(
        state=state,
        amount=_amount(one, "amount", required=False),
        currency=currency,
        law=one.words("law", required=False),
        valid_from=one.day("valid_from"),
        valid_until=one.day("valid_until"),
        source=one.text("source", required=False),
        lines=tuple(
            _line(reader, pack, line, index, places)
            for index, line in enumerate(one.rows("lines", required=False))
        ),
        rate=_rate(one, places),
        funding=_funding(one, places),
    )
    one.done()
    return fee, places


def _rate(fields: Fields, places: Places) -> Rate | None:
    row = fields.row_of("rate", required=False)
    if row is None:
        return None
    one = Fields(row, fields.faults, fields.languages)
    places[("rate",)] = row.place
    on = one.day("on", required=True)
    kip, source = one.text("kip"), one.text("source")
    one.done()
    return Rate(kip=kip, on=on, source=source) if on else None


def _funding(fields: Fields, places: Places) -> Funding | None:
    row = fields.row_of("funding", required=False)
    if row is None:
        return None
    one = Fields(row, fields.faults, fields.languages)
    places[("funding",)] = row.place
    for key in row:
        places[("funding", key)] = row.at(key)
    model = one.choice("model", FUNDING_MODELS)
    funding = Funding(
        model=next(known for known in FUNDING_MODELS if known == model),
        unit_cost=one.number("unit_cost", least=1, required=False),
        share=one.text("share", required=False),
        demonstration=one.flag("demonstration", default=False),
        source=one.text("source", required=False),
    )
    one.done()
    return funding


def _line(reader: Reader, pack: Pack, row: Row, index: int, places: Places) -> FeeRow:
    one = Fields(row, reader.faults, pack.languages)
    at = ("lines", index)
    places[at] = row.place
    places |= {(*at, key): row.at(key) for key in row}
    kind = next(known for known in ROW_KINDS if known == one.choice("kind", ROW_KINDS, default=ROW_KINDS[0]))
    added, sums = kind in ADDITIONS, kind in ("fixed", "each")
    bounded = kind in ("percent", "surcharge", "penalty")
    period = one.choice("period", PERIODS, default=PERIODS[0]) if kind == "penalty" else PERIODS[0]
    line = FeeRow(
        code=one.code("code"),
        name=one.words("name"),
        kind=kind,
        amount=_amount(one, "amount", required=sums) if sums or added else 0,
        by=one.text("by", required=kind not in ("surcharge",)) if kind not in ("fixed", "exemption") else "",
        steps=_steps(reader, pack, one, at, places)
        if kind == "table" or (kind == "penalty" and "steps" in row)
        else (),
        choices=_choices(one, (*at, "choices"), places)
        if kind == "choice" or (kind == "surcharge" and "choices" in row)
        else {},
        percent=one.text("percent", required=not added) if kind == "percent" or added else "",
        when=_when(one),
        unit=one.words("unit", required=False),
        law=one.words("law", required=False),
        per=(one.number("per", least=1, default=1) or 1) if kind in ("each", "penalty") else 1,
        floor=_amount(one, "floor", required=False) if bounded else 0,
        ceiling=_amount(one, "ceiling", required=False) if bounded else 0,
        of=tuple(code for code, _place in one.texts("of")) if added else (),
        percents=_shares(one) if kind == "surcharge" else {},
        where=_where(one) if added else {},
        period=next(known for known in PERIODS if known == period),
        grace=(one.number("grace", least=0, default=0) or 0) if kind == "penalty" else 0,
        currency=one.text("currency", required=False),
        most_percent=one.text("most_percent", required=False) if kind == "penalty" else "",
        most_periods=(one.number("most_periods", least=1, required=False) or 0) if kind == "penalty" else 0,
    )
    one.done()
    return line


def _shares(fields: Fields) -> dict[str, str]:
    row = fields.row_of("percents", required=False)
    if row is None:
        return {}
    one = Fields(row, fields.faults, fields.languages)
    return {answer: one.text(answer) for answer in row}


def _where(fields: Fields) -> dict[str, str]:
    """A condition with the same in words of each language."""
    row = fields.row_of("where", required=False)
    if row is None:
        return {}
    one = Fields(row, fields.faults, fields.languages)
    found = {key: one.text(key) for key in ("if", *fields.languages)}
    one.done()
    return found


def _steps(
    reader: Reader, pack: Pack, fields: Fields, at: tuple[str | int, ...], places: Places
) -> tuple[Step, ...]:
    steps = []
    for index, row in enumerate(fields.rows("steps")):
        one = Fields(row, reader.faults, pack.languages)
        start = one.number("from", least=0)
        upto = one.number("upto", least=0, required=False)
        places[(*at, "steps", index)] = row.place
        steps.append(Step(start=start or 0, upto=upto, amount=_amount(one, "amount", required=True)))
        one.done()
    return tuple(steps)


def _choices(fields: Fields, at: tuple[str | int, ...], places: Places) -> dict[str, int | None]:
    row = fields.row_of("choices")
    found: dict[str, int | None] = {}
    if row is None:
        return found
    one = Fields(row, fields.faults, fields.languages)
    for answer in row:
        places[(*at, answer)] = row.at(answer)
        if row[answer] == TO_BE_SET:
            found[answer] = None
        else:
            found[answer] = _amount(one, answer, required=True)
    return found


def _when(fields: Fields) -> dict[str, str]:
    row = fields.row_of("when", required=False)
    if row is None:
        return {}
    one = Fields(row, fields.faults, fields.languages)
    return {question: one.text(question) for question in row}


def _amount(fields: Fields, key: str, *, required: bool) -> int:
    """An amount in minor units; a negative one, or one that nobody could pay exactly, is named."""
    amount = fields.number(key, least=0, default=None if required else 0, required=required) or 0
    if amount > LARGEST:
        fields.fault(key, f"the amount is too large: {amount}")
        return LARGEST
    return amount
