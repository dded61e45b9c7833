"""Money: whole minor units with a currency; the kip has exponent 0."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

EXPONENTS = {"LAK": 0, "USD": 2, "THB": 2}
LARGEST = 9_007_199_254_740_991


@dataclass(frozen=True, order=True)
class Money:
    """An amount of one currency.

    Args:
        amount: minor units (for LAK: kip), within what every client can hold exactly.
        currency: ISO 4217.
    """

    amount: int
    currency: str = "LAK"

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise ValueError("money is counted in whole minor units")
        if self.currency not in EXPONENTS:
            raise ValueError(f"unknown currency {self.currency}")
        if abs(self.amount) > LARGEST:
            raise ValueError("the amount is too large")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def share(self, percent: Decimal) -> "Money":
        """``percent`` of the amount, rounded half up once."""
        part = (Decimal(self.amount) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return Money(int(part), self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError("two currencies cannot be added")
        return other.amount


def format_kip(amount: int) -> str:
    """Whole kip as the country writes it: ``₭1.234.568``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}₭{abs(amount):,}".replace(",", ".")
