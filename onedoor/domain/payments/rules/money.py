"""Pure decisions about money: notes, change, what may be charged, what a code is. Amounts are whole kip."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onedoor.domain.payments import errors
from onedoor.kernel.i18n import Translated

ACCOUNTS = ("safe", "drawer", "owed", "fee", "incidental", "waived", "difference")
ENTRIES = ("open", "settle", "void", "owed", "waive", "close", "move")
SERIES = "R"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TO_SAFE, TO_DRAWER = "to_safe", "to_drawer"
LARGEST = 100_000_000_000  # above any fee: 2 % of the dearest land that a form can name is 20 milliard kip
MOST_NOTES = 99_999
MOST_OF_A_LINE = 999
LONGEST = 500

VOID_WORDS: Mapping[str, Any] = {
    "amount": _("The amount is wrong"),
    "service": _("The wrong service or application"),
    "returned": _("The person no longer wants the service"),
    "money": _("The money was not good"),
    "corrected": _("The application was corrected and costs less"),
    "other": _("Another reason"),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of the public tariff of incidental charges: its price for one, and the most that one receipt may hold of it."""

    code: str
    name: Translated
    price: int
    ceiling: int
    demonstration: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A ground on which a fee may be waived, with its law where one is known."""

    code: str
    name: Translated
    demonstration: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class TariffView:
    """The tariff as everybody may read it. ``notes`` are the denominations, largest first."""

    currency: str
    notes: tuple[int, ...]
    items: tuple[Item, ...]
    grounds: tuple[Ground, ...]
    law: Translated = field(default_factory=dict)
    source: str = ""

    def ground(self, code: str) -> Ground:
        """The ground of this code. Raises GroundMissing."""
        for each in self.grounds:
            if each.code == code:
                return each
        raise errors.GroundMissing(field="ground")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What is to be paid: the lines as the receipt prints them, and their two totals."""

    lines: tuple[dict[str, Any], ...]
    fee: int
    incidental: int

    @property
    def total(self) -> int:
        """Fee and incidental charges."""
        return self.fee + self.incidental


@dataclass(frozen=True, kw_only=True)
class Paid:
    """How cash was taken: what was given, given back, and is still owed."""

    tendered: int
    given: int
    owed: int


def local(at: datetime, zone: str) -> date:
    """The day at the centre."""
    return at.astimezone(ZoneInfo(zone)).date()


def whole(value: Any, *, field: str, most: int = LARGEST) -> int:
    """A whole amount from 0 to ``most``; dots and spaces between thousands are read as people write them.

    Raises:
        AmountInvalid: a fraction, a sign, a letter, too large.
    """
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise errors.AmountInvalid(field=field)
    if isinstance(value, str):
        plain = value.strip().removeprefix("₭").replace(" ", "").replace("\u00a0", "")
        groups = plain.replace(",", ".").split(".")
        grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        )
        digits = "".join(groups)
        if not grouped or not digits.isascii() or not digits.isdecimal() or len(digits) > 16:
            raise errors.AmountInvalid(field=field)
        value = int(digits)
    if not 0 <= value <= most:
        raise errors.AmountInvalid(field=field)
    return int(value)


def counted(notes: Mapping[Any, Any], known: Sequence[int]) -> tuple[dict[str, int], int]:
    """Notes by denomination, cleaned, and their sum; an empty count is 0.

    Raises:
        NotesInvalid: a denomination that does not exist, or a count that is not a whole number in range.
    """
    held: dict[str, int] = {}
    for note, number in notes.items():
        text = str(number).strip() or "0"
        if str(note) not in {str(each) for each in known}:
            raise errors.NotesInvalid(field=f"note-{note}")
        if isinstance(number, bool) or not text.isascii() or not text.isdecimal() or len(text) > 5:
            raise errors.NotesInvalid(field=f"note-{note}")
        if int(text):
            held[str(note)] = int(text)
    return held, sum(int(note) * number for note, number in held.items())


def in_notes(amount: int, known: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    """The fewest notes for an amount, largest first, and what no note can make up."""
    handed: list[tuple[int, int]] = []
    for note in sorted(known, reverse=True):
        if number := amount // note:
            handed.append((note, number))
            amount -= note * number
    return handed, amount


def quick_tenders(total: int, known: Sequence[int]) -> list[int]:
    """What people are likely to hand over for an amount: exactly, and rounded up to each larger note; four at most."""
    rounded = {-(-total // note) * note for note in known}
    return [total, *sorted(each for each in rounded if each > total)][:4]


def add_up(
    fees: Iterable[Mapping[str, Any]], *, items: Iterable[tuple[str, Any]], tariff: TariffView | None
) -> Sum:
    """The lines of a receipt: the state's fees as charged, and incidental charges by code and number. Nothing else exists.

    Raises:
        NotInTariff, AboveCeiling, AmountInvalid.
    """
    lines = [dict(line) for line in fees]
    known = {item.code: item for item in (tariff.items if tariff else ())}
    seen: set[str] = set()
    for code, number in items:
        item, many = known.get(code), whole(number, field=f"item-{code[:40]}", most=MOST_OF_A_LINE)
        if item is None or code in seen:
            raise errors.NotInTariff(field=f"item-{code[:40]}")
        seen.add(code)
        if not many:
            continue
        if item.price * many > item.ceiling:
            raise errors.AboveCeiling(field=f"item-{code}")
        lines.append(
            {
                "kind": "incidental",
                "code": code,
                "name": dict(item.name),
                "number": many,
                "price": item.price,
                "amount": item.price * many,
            }
        )
    fee = sum(line["amount"] for line in lines if line["kind"] == "fee")
    total = sum(line["amount"] for line in lines)
    return Sum(lines=tuple(lines), fee=fee, incidental=total - fee)


def take(total: int, *, tendered: int, given: int | None, drawer: int, known: Sequence[int]) -> Paid:
    """How a payment is taken: full change where the drawer holds it; what it does not hold is owed to the person.

    Args:
        given: the change that was handed back; None: as much as the drawer holds.
        drawer: the cash in the drawer before this payment.

    Raises:
        AmountInvalid: not payable in notes. TooLittle. ChangeInvalid: more than is due. ChangeNotInDrawer.
    """
    smallest = min(known) if known else 1
    if tendered % smallest:
        raise errors.AmountInvalid(field="tendered")
    if tendered < total:
        raise errors.TooLittle(field="tendered")
    due = tendered - total
    if given is None:
        given = min(due, drawer)
        given -= given % smallest
    if given > due:
        raise errors.ChangeInvalid(field="given")
    if given % smallest:
        raise errors.AmountInvalid(field="given")
    if given > drawer:
        raise errors.ChangeNotInDrawer(field="given")
    return Paid(tendered=tendered, given=given, owed=due - given)


def clean(text: str) -> str:
    """What somebody wrote, without control signs, not longer than fits."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign.isprintable() or sign == "\n")
    return kept.strip()[:LONGEST]


def code_of(mac: bytes) -> str:
    """The code of a receipt: 80 bits of a keyed hash, in letters that nobody mistakes."""
    value = int.from_bytes(mac[:10], "big")
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(16)))


def hash_code(code: str) -> bytes:
    """By which a receipt's code is checked; the code itself is not kept."""
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(f"onedoor receipt {plain}".encode()).digest()
