"""What a case was charged and why, told against the table of today; and whether a receipt is what its table says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.kernel.i18n import format_date
from onedoor.kernel.money import format_kip

Line = Mapping[str, Any]
Standing = Literal["equal", "different", "unknown", "void", "other"]
STANDINGS: tuple[Standing, ...] = ("equal", "different", "unknown", "void", "other")
WHY_WORDS = {
    "receipt": gettext_lazy("The receipt is over something else than what was charged."),
    "table": gettext_lazy("What was charged is not what the fee table says for these answers."),
    "unset": gettext_lazy("A fee was taken although the fee table sets none."),
    "no_case": gettext_lazy("The case of this receipt is not on this node."),
    "no_edition": gettext_lazy("The edition of the service is not on this node."),
    "no_answers": gettext_lazy("An answer that the fee goes by is no longer kept."),
}


@dataclass(frozen=True, kw_only=True)
class FeeView:
    """The fee of a case: its lines with why, the sum, the day whose table holds, and what is to be said about it.

    Args:
        state: open (something is owed), waived, settled. owed: how much is still to be paid.
        notes: sentences about changes since.
    """

    state: str
    lines: tuple[Line, ...]
    total: int
    fixed_on: date
    owed: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judged:
    """How a receipt stands against its table. ``lines``: code, name, what stands there and what should, where they differ."""

    standing: Standing
    why: str = ""
    found: int = 0
    expected: int = 0
    lines: tuple[Mapping[str, Any], ...] = ()


def fee_notes(
    *, fixed_on: date, total: int, today: int | None, changed: bool, corrected: bool, owed: int | None
) -> Iterable[str]:
    """What is to be said of a fee: that the day of receipt holds, what it would be today, by which table a difference came.

    Args:
        today: the sum by the table of today; None where it cannot be told. changed: whether that table says something else.
        owed: what is still to be paid of the total; None where nothing is.
    """
    day = format_date(fixed_on)
    yield _("The fee is that of the day of receipt, %(day)s.") % {"day": day}
    if corrected:
        yield _(
            "The application was corrected. What was charged more or less goes by the table of %(day)s, too."
        ) % {"day": day}
    if changed and today is not None:
        told = {"today": format_kip(today), "total": format_kip(total)}
        yield (
            _(
                "The fee table has changed since. By the table of today it would be %(today)s;"
                " for this case %(total)s holds."
            )
            % told
        )
    elif changed:
        yield _("The fee table has changed since; this case keeps the fee of its day.")
    if owed is not None and owed < total:
        told = {"done": format_kip(total - owed), "owed": format_kip(owed)}
        yield _("%(done)s is settled, %(owed)s is still to be paid.") % told
    elif owed is not None:
        yield _("It is still to be paid.")


def sums(*groups: Iterable[Line]) -> dict[str, int]:
    """What lines come to by code; those that come to nothing fall away."""
    found: dict[str, int] = {}
    for line in (each for group in groups for each in group):
        found[line["code"]] = found.get(line["code"], 0) + line["amount"]
    return {code: amount for code, amount in found.items() if amount}


def compared(found: Sequence[Line], expected: Sequence[Line]) -> tuple[Mapping[str, Any], ...]:
    """Line by line what differs: code, name, found, expected."""
    is_, should = sums(found), sums(expected)
    names = {line["code"]: dict(line["name"]) for line in (*found, *expected)}
    return tuple(
        {"code": code, "name": names[code], "found": is_.get(code, 0), "expected": should.get(code, 0)}
        for code in names
        if is_.get(code, 0) != should.get(code, 0)
    )


def judged(found: Sequence[Line], expected: Sequence[Line], *, why: str) -> Judged:
    """Whether lines come to what they should; ``why`` is what it means when they do not."""
    differing = compared(found, expected)
    total, wanted = sum(sums(found).values()), sum(sums(expected).values())
    if not differing:
        return Judged(standing="equal", found=total, expected=wanted)
    return Judged(standing="different", why=why, found=total, expected=wanted, lines=differing)


def fee_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines of a receipt that are a fee of the state."""
    return [line for line in lines if line["kind"] == "fee"]
