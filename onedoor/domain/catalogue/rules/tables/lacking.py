"""What a fee still lacks before it can be published from a draft: law, dates, who bears the cost. No database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_noop as _

from onedoor.domain.catalogue.rules.fees import ADDITIONS, FUNDING_MODELS, Fee, FeeRow, Funding, sum_said
from onedoor.domain.catalogue.rules.sentences import Sentence, sentence
from onedoor.domain.catalogue.rules.tables.additions import unlooked
from onedoor.domain.catalogue.rules.tables.asked import Asked
from onedoor.domain.catalogue.rules.tables.lines import line_faults
from onedoor.domain.catalogue.rules.tables.periods import fee_faults
from onedoor.domain.catalogue.rules.tables.steps import Where
from onedoor.kernel.i18n import missing_languages
from onedoor.kernel.money import LARGEST

# By how much a fee and the cost that it is to cover may differ before somebody should look.
NEAR = Decimal("0.10")
HALF, WHOLE = Decimal(50), Decimal(100)


@dataclass(frozen=True, kw_only=True)
class FeeProblem:
    """One thing to mend in a fee.

    Args:
        place: ``fees[0].lines[1].law``. stops: it cannot be published so. lawful: only a demonstration may lack it.
    """

    place: str
    sentence: Sentence
    stops: bool = False
    lawful: bool = False


def fee_problems(
    fees: tuple[Fee, ...], asked: Mapping[str, Asked], *, on: date | None = None
) -> list[FeeProblem]:
    """All that is wrong with the fees of a draft, and all that they lack."""
    if not fees:
        pattern = _("say what it costs, that it is free by law, or that this is still to be set")
        return [FeeProblem(place="fees", sentence=sentence(pattern), lawful=True)]
    found = [
        FeeProblem(place=_at(index), sentence=said, stops=True) for index, said in fee_faults(fees, on=on)
    ]
    for index, fee in enumerate(fees):
        faults = line_faults(fee, asked)
        found += [FeeProblem(place=_at(index, where), sentence=said, stops=True) for where, said in faults]
        found += [
            FeeProblem(place=_at(index, where), sentence=said, lawful=lawful)
            for where, said, lawful in lacking_in(fee)
        ]
        doubts = () if faults else unlooked(fee, asked)
        found += [FeeProblem(place=_at(index, where), sentence=said) for where, said in doubts]
    return found


def _at(index: int, where: Where = ()) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return f"fees[{index}]{path}"


def lacking_in(fee: Fee) -> Iterator[tuple[Where, Sentence, bool]]:
    """What one period lacks: (place, sentence, whether only a demonstration may lack it)."""
    if fee.open:
        yield ("state",), sentence(_("the fee, or a part of it, is still to be set")), True
    if fee.state == "to_be_set":
        return
    if fee.state == "set" and missing_languages(fee.law) and not _each_has_law(fee.lines):
        yield ("law",), sentence(_("the legal basis of the fee is missing")), True
    if fee.valid_from is None:
        yield ("valid_from",), sentence(_("the first day on which the fee applies is missing")), True
    for index, row in enumerate(fee.lines):
        bounded = row.ceiling or row.steps or row.most_percent or row.most_periods
        if row.kind == "penalty" and not bounded:
            yield (
                ("lines", index, "ceiling"),
                sentence(_("the penalty grows without end: say its most")),
                False,
            )
    if fee.funding is None:
        yield ("funding",), sentence(_("say who bears the cost: the funding model is missing")), False
        return
    for where, said in funding_doubts(fee, fee.funding):
        yield ("funding", *where), said, False


def _each_has_law(rows: tuple[FeeRow, ...]) -> bool:
    return bool(rows) and not any(missing_languages(row.law) for row in rows)


def funding_doubts(fee: Fee, funding: Funding) -> Iterator[tuple[Where, Sentence]]:
    """Where a funding model does not agree with the fee, the unit cost or the share of the state."""
    if funding.model not in FUNDING_MODELS:
        yield ("model",), sentence(_("there is no such funding model"))
        return
    if (funding.model == "free") != (fee.state == "free"):
        yield ("model",), sentence(_("a service is funded as free when its fee is free, and only then"))
    share = _share(funding.share)
    if funding.share and share is None:
        pattern = _("the state pays 0 to 100 percent, not “%(share)s”")
        yield ("share",), sentence(pattern, share=funding.share)
    elif share is not None and not _share_fits(funding.model, share):
        pattern = _("the state pays %(share)s percent: that is another funding model")
        yield ("share",), sentence(pattern, share=funding.share)
    if funding.unit_cost is None or not 0 < funding.unit_cost <= LARGEST:
        yield ("unit_cost",), sentence(_("what one case costs the state has not been worked out"))
        return
    if fee.state == "set":
        yield from _against_cost(fee, funding.model, funding.unit_cost, share)


def _share(text: str) -> Decimal | None:
    try:
        share = Decimal(text)
        return share if 0 <= share <= WHOLE else None
    except InvalidOperation:
        return None


def _share_fits(model: str, share: Decimal) -> bool:
    if model == "free":
        return share == WHOLE
    if model == "subsidised":
        return HALF <= share < WHOLE
    if model == "partly_subsidised":
        return 0 < share < HALF
    return share == 0


def _against_cost(fee: Fee, model: str, cost: int, share: Decimal | None) -> Iterator[tuple[Where, Sentence]]:
    """The fee that everybody pays beside what one case costs; a fee that goes by answers is not compared."""
    paid = the_same_for_all(fee)
    if paid is None or model == "free":
        return
    said = {"paid": sum_said(paid, "LAK"), "cost": sum_said(cost, "LAK")}
    if model == "cost_plus":
        if paid <= cost:
            pattern = _("cost-plus takes more than the cost: the fee is %(paid)s, the cost %(cost)s")
            yield ("model",), sentence(pattern, **said)
        return
    wanted = Decimal(cost) * (WHOLE - (share or 0)) / WHOLE
    if model == "cost_recovery" and abs(paid - wanted) > wanted * NEAR:
        pattern = _("cost recovery takes what it costs: the fee is %(paid)s, the cost %(cost)s")
        yield ("model",), sentence(pattern, **said)
    elif share is not None and abs(paid - wanted) > wanted * NEAR:
        pattern = _("with the state's share the fee would be %(wanted)s, but it is %(paid)s")
        yield ("share",), sentence(pattern, wanted=sum_said(int(wanted), "LAK"), paid=said["paid"])
    elif share is None and model != "cost_recovery" and paid >= cost:
        pattern = _("a subsidised fee is below the cost: the fee is %(paid)s, the cost %(cost)s")
        yield ("model",), sentence(pattern, **said)


def the_same_for_all(fee: Fee) -> int | None:
    """What everybody pays in kip before surcharges, exemptions and penalties; None where it goes by answers or another money."""
    rows = [row for row in fee.lines if row.kind not in ADDITIONS]
    if fee.rate or fee.currency != "LAK" or any(row.kind != "fixed" or row.when for row in rows):
        return None
    return sum(row.amount for row in rows) if rows else fee.amount
