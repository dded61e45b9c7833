"""The boxes of the fee editor: what a period asks for, and what each kind of line asks for."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.i18n import text
from onedoor.kernel.money import EXPONENTS

MOST_PERIODS, MOST_LINES, MOST_STEPS = 20, 40, 60
STATES = (("set", lazy("Set")), ("free", lazy("Free by law")), ("to_be_set", lazy("To be set")))
TO_BE_SET = "?"
# What each kind of line asks for beside its name, law and condition.
LINE_FIELDS: dict[str, tuple[str, ...]] = {
    "fixed": ("amount",),
    "table": ("by", "unit", "steps"),
    "choice": ("by", "answers"),
    "each": ("by", "amount", "per", "unit"),
    "percent": ("by", "percent", "floor", "ceiling"),
    "surcharge": ("by", "answers", "amount", "percent", "of", "floor", "ceiling", "where"),
    "exemption": ("amount", "percent", "of", "where"),
    "penalty": (
        *("by", "period", "per", "grace", "amount", "percent", "of", "steps"),
        *("ceiling", "most_percent", "most_periods", "where"),
    ),
}
Groups = list[tuple[Any, list["Box"]]]


@dataclass
class Box:
    """One box of the page: its name, what it is called, what stands in it, and what is wrong with it."""

    name: str
    label: Any
    value: Any = ""
    options: tuple[tuple[str, Any], ...] = ()
    type: str = "text"
    hint: Any = ""
    place: str = ""
    lang: str = ""
    trio: bool = False
    problems: list[Any] = field(default_factory=list)


def money_typed(amount: Any, currency: str) -> str:
    """A sum as it is typed: whole kip, dollars with their cents."""
    if not isinstance(amount, int) or not amount:
        return ""
    exponent = EXPONENTS.get(currency, 0)
    return f"{Decimal(amount).scaleb(-exponent):.{exponent}f}"


def period_boxes(at: str, fee: dict[str, Any]) -> Groups:
    """The boxes of a period: when and what, the law, the rate, who bears the cost."""
    rate, funding, currency = row_of(fee, "rate"), row_of(fee, "funding"), str(fee.get("currency") or "LAK")
    currencies = tuple((code, code) for code in EXPONENTS)
    first = [
        Box(f"{at}.state", _("State of the fee"), fee.get("state", ""), (("", "–"), *STATES), place="state"),
        Box(
            f"{at}.valid_from",
            _("From which day"),
            fee.get("valid_from") or "",
            type="date",
            place="valid_from",
        ),
        Box(
            f"{at}.valid_until",
            _("Until the day before"),
            fee.get("valid_until") or "",
            type="date",
            place="valid_until",
        ),
        Box(
            f"{at}.amount",
            _("One amount for everybody"),
            money_typed(fee.get("amount"), currency),
            hint=_("Leave it empty where the fee has lines."),
            place="amount",
        ),
        *_pair(f"{at}.law", _("Law that sets it"), row_of(fee, "law"), "law"),
    ]
    if not fee:
        return [("", first)]
    money = [
        Box(f"{at}.currency", _("Currency"), currency, currencies, place="currency"),
        Box(
            f"{at}.rate.kip",
            _("Kip for one of it"),
            rate.get("kip", ""),
            hint=_("Only where it is not in kip"),
        ),
        Box(f"{at}.rate.on", _("Rate of which day"), rate.get("on", ""), type="date"),
        Box(f"{at}.rate.source", _("Who gave the rate out"), rate.get("source", "")),
    ]
    models = tuple((code, said[0]) for code, said in catalogue.FUNDING_WORDS.items())
    bears = [
        Box(
            f"{at}.funding.model",
            _("Who bears the cost"),
            funding.get("model", ""),
            (("", _("not said")), *models),
            place="funding.model",
        ),
        Box(
            f"{at}.funding.unit_cost",
            _("What one case costs the state, in kip"),
            money_typed(funding.get("unit_cost"), "LAK"),
            place="funding.unit_cost",
        ),
        Box(
            f"{at}.funding.share",
            _("Percent of it that the state pays"),
            funding.get("share", ""),
            place="funding.share",
        ),
        Box(f"{at}.source", _("Known from"), fee.get("source", "")),
    ]
    return [("", first), (_("In another currency"), money), (_("Who bears the cost"), bears)]


def line_boxes(at: str, row: dict[str, Any], fee: dict[str, Any], asked: dict[str, Any]) -> Groups:
    """The boxes of a line, by its kind; a new one asks for its kind, code and name first."""
    kind = str(row.get("kind") or "fixed")
    kinds = tuple(catalogue.KIND_WORDS.items())
    first = [
        Box(
            f"{at}.kind",
            _("Kind of line"),
            kind if row else "",
            kinds if row else (("", "–"), *kinds),
            place="kind",
        ),
        Box(
            f"{at}.code",
            _("Code"),
            row.get("code", ""),
            hint=_("Small Latin letters and hyphens"),
            place="code",
        ),
        *_pair(f"{at}.name", _("Name"), row_of(row, "name"), "name"),
    ]
    if not row:
        return [("", first)]
    currency = str(row.get("currency") or fee.get("currency") or "LAK")
    wanted = LINE_FIELDS.get(kind, ())
    for name in wanted:
        first += _boxes(name, at, row, currency, asked)
    first += _pair(f"{at}.law", _("Law, where it is another one"), row_of(row, "law"), "law")
    if row.get("currency") or row_of(fee, "rate"):
        currencies = (("", _("as the fee")), *((code, code) for code in EXPONENTS))
        label = _("Currency, where it is another one")
        first.append(Box(f"{at}.currency", label, row.get("currency", ""), currencies, place="currency"))
    groups: Groups = [("", first)]
    if "answers" in wanted and row.get("by"):
        groups.append((_("For each answer"), _answer_boxes(at, row, currency, asked)))
    if "steps" in wanted:
        groups.append((_("Steps of the table"), _step_boxes(at, row, currency)))
    groups.append((_("Only for certain answers"), [_when_box(at, row), *_where_boxes(at, row, wanted)]))
    return groups


def _boxes(name: str, at: str, row: dict[str, Any], currency: str, asked: dict[str, Any]) -> list[Box]:
    questions = (("", "–"), *((code, _label(asked, code)) for code in asked))
    value = row.get(name)
    if name in ("steps", "answers", "where"):
        return []
    if name == "by":
        return [Box(f"{at}.by", _("Question that it goes by"), value or "", questions, place="by")]
    if name == "unit":
        return _pair(f"{at}.unit", _("What is counted"), row_of(row, "unit"), "unit")
    if name == "period":
        periods = (("day", _("days")), ("month", _("months")), ("year", _("years")))
        return [Box(f"{at}.period", _("Counted in"), value or "day", periods, place="period")]
    if name == "of":
        said = ", ".join(value) if isinstance(value, list) else ""
        hint = _("Codes of lines above, with commas; empty: all of them")
        return [Box(f"{at}.of", _("Of which lines"), said, hint=hint, place="of")]
    labels = {
        "amount": _("Amount"),
        "percent": _("Percent"),
        "floor": _("At least"),
        "ceiling": _("At most"),
        "per": _("How many count together, once begun"),
        "grace": _("Days that are forgiven"),
        "most_percent": _("At most so many percent of the fee"),
        "most_periods": _("At most so many times"),
    }
    money = name in ("amount", "floor", "ceiling")
    shown = money_typed(value, currency) if money else value or ""
    return [Box(f"{at}.{name}", labels[name], shown, place=name)]


def _pair(at: str, label: Any, held: dict[str, Any], place: str) -> list[Box]:
    """The same in Lao and in English."""
    told = ((_("in Lao"), "lo"), (_("in English"), "en"))
    return [
        Box(
            f"{at}_{code}",
            f"{label}, {said}",
            held.get(code, ""),
            place=place if code == "lo" else "",
            lang=code,
        )
        for said, code in told
    ]


def _answer_boxes(at: str, row: dict[str, Any], currency: str, asked: dict[str, Any]) -> list[Box]:
    amounts, shares = row_of(row, "choices"), row_of(row, "percents")
    held = asked.get(str(row.get("by")))
    question: dict[str, Any] = held if isinstance(held, dict) else {}
    answers = [str(each) for each in question.get("enum") or ()]
    boxes = []
    for answer in dict.fromkeys([*answers, *amounts, *shares]):
        name = text((question.get("x-labels") or {}).get(answer, {})) or answer
        amount = amounts.get(answer, "")
        shown = TO_BE_SET if answer in amounts and amount is None else _or_zero(amount, currency)
        hint = _("A sum; %s for to be set") % TO_BE_SET
        if row.get("kind") == "surcharge":
            shown = f"{shares[answer]} %" if answer in shares else shown
            hint = _("A sum, or a share such as 50 %; 0 for none")
        boxes.append(Box(f"{at}.answer.{answer}", name, shown, hint=hint, place=f"choices.{answer}"))
    return boxes


def _or_zero(amount: Any, currency: str) -> str:
    return "0" if amount == 0 and amount != "" else money_typed(amount, currency)


def _step_boxes(at: str, row: dict[str, Any], currency: str) -> list[Box]:
    held = row.get("steps") if isinstance(row.get("steps"), list) else []
    steps = [each for each in held or () if isinstance(each, dict)][:MOST_STEPS]
    boxes = []
    for index, step in enumerate([*steps, {}, {}]):
        upto = step.get("upto")
        about = {"number": index + 1}
        boxes += [
            Box(
                f"{at}.step.{index}.start",
                _("Step %(number)s: from") % about,
                step.get("start", ""),
                place=f"steps[{index}]",
                trio=True,
            ),
            Box(f"{at}.step.{index}.upto", _("up to"), "" if upto is None else upto),
            Box(f"{at}.step.{index}.amount", _("Amount"), money_typed(step.get("amount"), currency)),
        ]
    return boxes


def _when_box(at: str, row: dict[str, Any]) -> Box:
    said = ", ".join(f"{name} = {value}" for name, value in row_of(row, "when").items())
    hint = _("question = answer, with commas; empty: for everybody")
    return Box(f"{at}.when", _("When"), said, hint=hint, place="when")


def _where_boxes(at: str, row: dict[str, Any], wanted: tuple[str, ...]) -> list[Box]:
    if "where" not in wanted:
        return []
    held = row_of(row, "where")
    hint = _("A condition over answers of the form, such as age >= 60")
    return [
        Box(f"{at}.where.if", _("Condition"), held.get("if", ""), hint=hint, place="where"),
        *_pair(f"{at}.where", _("The same in words"), held, ""),
    ]


def row_of(held: dict[str, Any], key: str) -> dict[str, Any]:
    value = held.get(key)
    return value if isinstance(value, dict) else {}


def _label(asked: dict[str, Any], name: str) -> str:
    question = asked.get(name)
    return (text(question.get("x-label") or {}) if isinstance(question, dict) else "") or name
