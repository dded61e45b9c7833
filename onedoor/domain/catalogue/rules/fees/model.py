"""What a fee is made of: periods, lines, steps, who bears the cost; and what a quote is made of. Plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import Money

FeeState = Literal["set", "free", "to_be_set"]
RowKind = Literal["fixed", "table", "choice", "each", "percent", "surcharge", "exemption", "penalty"]
FundingModel = Literal["free", "subsidised", "partly_subsidised", "cost_recovery", "cost_plus"]
Period = Literal["day", "month", "year"]
FEE_STATES: tuple[FeeState, ...] = ("set", "free", "to_be_set")
ROW_KINDS: tuple[RowKind, ...] = (
    "fixed",
    "table",
    "choice",
    "each",
    "percent",
    "surcharge",
    "exemption",
    "penalty",
)
# What is added to, or taken off, other lines; the rest stand on their own.
ADDITIONS: frozenset[RowKind] = frozenset({"surcharge", "exemption", "penalty"})
FUNDING_MODELS: tuple[FundingModel, ...] = (
    "free",
    "subsidised",
    "partly_subsidised",
    "cost_recovery",
    "cost_plus",
)
PERIODS: tuple[Period, ...] = ("day", "month", "year")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stretch of a fee table: both ends belong to it; without ``upto`` it has no end."""

    start: int
    upto: int | None = None
    amount: int = 0


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """One line of a fee and how its amount is found.

    Args:
        code: names the line on receipts and in reports.
        kind: fixed (``amount``), table (``steps`` by a number), choice (``choices`` by an answer; None is to be set),
            each (``amount`` for each begun ``per`` of a number), percent (``percent`` of a sum, rounded half up once);
            surcharge (by an answer: ``choices`` or ``percents`` of other lines; or one of ``amount`` and ``percent``),
            exemption (``percent``, 100 by default, or ``amount`` off other lines), penalty (by a date: ``amount``,
            ``percent`` of other lines or ``steps`` for each begun ``per`` of days, months or years behind it).
        by: the question of the form whose answer counts.
        when: answers under which the line is charged at all; where: ``if`` (S-FEEL) with the same in words, of additions.
        of: the lines that an addition is a part of; none: all before it that are no exemption and no penalty.
        floor, ceiling: never less and never more than this; 0 is no bound.
        most_percent, most_periods: a penalty is never more than this share of its lines, and never for more periods.
        period, grace: what a penalty counts, and how many days behind the date are forgiven.
        currency: of its amounts, where it is another one than that of the fee.
        unit: what the number counts, for readers.
    """

    code: str
    name: Translated
    kind: RowKind = "fixed"
    amount: int = 0
    by: str = ""
    steps: tuple[Step, ...] = ()
    choices: Mapping[str, int | None] = field(default_factory=dict)
    percent: str = ""
    when: Mapping[str, str] = field(default_factory=dict)
    unit: Translated = field(default_factory=dict)
    law: Translated = field(default_factory=dict)
    per: int = 1
    floor: int = 0
    ceiling: int = 0
    of: tuple[str, ...] = ()
    percents: Mapping[str, str] = field(default_factory=dict)
    where: Translated = field(default_factory=dict)
    period: Period = "day"
    grace: int = 0
    currency: str = ""
    most_percent: str = ""
    most_periods: int = 0


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many kip one unit of the fee's currency is, on which day, and who says so."""

    kip: str
    on: date
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Who bears what a service costs: the model, what one case costs the state, and the share of it that the state pays.

    Args:
        unit_cost: in minor units of the country's money; None where nobody has worked it out.
        share: percent of the unit cost that the state pays, as text; empty where it is not known.
    """

    model: FundingModel
    unit_cost: int | None = None
    share: str = ""
    demonstration: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What the state charges from a day on: set, free by a law that is cited, or to be set.

    A fee that is set has an ``amount``, or ``lines`` that find it from the answers of the form.
    ``valid_until`` is the first day on which it no longer applies. With a ``rate`` it is charged in kip.
    """

    state: FeeState
    amount: int = 0
    currency: str = "LAK"
    law: Translated = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    lines: tuple[FeeRow, ...] = ()
    rate: Rate | None = None
    funding: Funding | None = None

    @property
    def money(self) -> Money | None:
        """The amount, when it is set and the same for everyone."""
        return Money(self.amount, self.currency) if self.state == "set" and not self.lines else None

    @property
    def open(self) -> bool:
        """Whether all of it, or a part of it, is still to be set."""
        return self.state == "to_be_set" or any(None in row.choices.values() for row in self.lines)

    def currency_of(self, row: FeeRow) -> str:
        """The currency in which a line's amounts are written."""
        return row.currency or self.currency


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a line came to before it was changed into kip: minor units of its currency, and by which rate of which day."""

    currency: str
    amount: int
    rate: str
    on: date
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One line that is charged: whole minor units, the law where it is known, and why it is this much.

    An exemption is a line below 0, or of 0 where nothing was to be paid.
    """

    code: str
    name: Translated
    amount: int
    currency: str = "LAK"
    law: Translated = field(default_factory=dict)
    because: Translated = field(default_factory=dict)
    kind: RowKind = "fixed"
    original: Original | None = None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What an application costs: lines only when all of it is set. ``since``: the first day of the table, where it says one."""

    state: FeeState
    lines: tuple[FeeLine, ...] = ()
    currency: str = "LAK"
    since: date | None = None

    @property
    def total(self) -> int:
        """The sum of the lines in minor units."""
        return sum(line.amount for line in self.lines)


class Unanswered(ValueError):
    """A fee depends on an answer that is missing or outside its table; ``question`` names it."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question
