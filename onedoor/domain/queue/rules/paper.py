"""A paper queue that began before the power came, or went on without it: its lines, checked and in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from onedoor.domain.queue.errors import PaperListIsWrong

MOST_LINES = 200
_NUMBER = re.compile(r"([A-Za-z]?)\s*(\d{1,4})")


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One line of the paper list: the number that the person holds, when they took it, what for, and who if they said so."""

    number: str
    came: datetime
    service: UUID
    name: str = ""
    ground: str = ""
    people: int = 1


def paper_number(number: str) -> str:
    """What is called for a paper number: P-17. Lao and Latin digits are alike; leading noughts say nothing.

    Raises:
        PaperListIsWrong: it is not one letter at most and one to four digits.
    """
    found = _NUMBER.fullmatch(number.strip())
    if found is None or int(found[2]) == 0:
        raise PaperListIsWrong(
            field="number", reason=_("A paper number is 1 to 9999, with a letter before it if it has one.")
        )
    return f"P-{found[1].upper()}{int(found[2])}"


def in_order_of_time(
    lines: Sequence[PaperLine], *, at: datetime, began: datetime, sure: bool = False
) -> list[PaperLine]:
    """The lines by the time on the paper; lines of one minute by their number.

    Args:
        began: today's midnight at the centre: a paper ticket is of today.
        sure: whether somebody looked and says that times which fall while numbers rise are right.

    Raises:
        PaperListIsWrong: names the first line and what is wrong with it.
    """
    if len(lines) > MOST_LINES:
        raise PaperListIsWrong(field="lines", reason=_("At most 200 lines at once."))
    seen: dict[str, PaperLine] = {}
    for line in lines:
        called = paper_number(line.number)
        if called in seen:
            raise _of(line, _("This number stands on the list twice."))
        if line.came > at:
            raise _of(line, _("The time on the paper has not come yet."), field="came")
        if line.came < began:
            raise _of(line, _("The time on the paper is not of today."), field="came")
        seen[called] = line
    ranked = sorted(lines, key=lambda line: (line.came, _rank(line)))
    if not sure:
        _refuse_crossing(lines)
    return ranked


def _refuse_crossing(lines: Sequence[PaperLine]) -> None:
    """Who holds the higher number of one series came later, unless somebody says that it is so."""
    latest: dict[str, PaperLine] = {}
    for line in sorted(lines, key=_rank):
        before = latest.get(_rank(line)[0])
        if before is not None and line.came < before.came:
            reason = _(
                "It came before number %(number)s by the times on the list. Correct them, or say that they are right."
            )
            raise _of(line, reason % {"number": before.number}, field="came")
        latest[_rank(line)[0]] = line


def _rank(line: PaperLine) -> tuple[str, int]:
    found = _NUMBER.fullmatch(line.number.strip())
    return (found[1].upper(), int(found[2])) if found else ("", 0)


def _of(line: PaperLine, reason: str, *, field: str = "number") -> PaperListIsWrong:
    sentence = _("Paper number %(number)s: %(reason)s") % {"number": line.number, "reason": reason}
    return PaperListIsWrong(field=field, reason=sentence, number=line.number)
