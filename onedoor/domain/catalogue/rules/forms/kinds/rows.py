"""A group of questions that is answered once for each of several things: children, parcels, partners."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import NOT_VALID, About, Faults, Kind, Place, Posted
from onedoor.domain.catalogue.rules.forms.questions import MOST_ROWS, Question, given
from onedoor.kernel.i18n import format_number, text


class Rows(Kind):
    """Rows of answers; the kinds of their questions are looked up in ``kinds``. Rows without any answer are left out."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = str(posted.get(f"{at}.rows") or "0")
        if (count := _count(typed)) is None:
            return typed[:20]
        rows = []
        for number in range(count):
            here = f"{at}.{number}"
            row = {
                each.name: value
                for each in question.fields
                if given(value := self.kinds[each.kind].read(each, posted, f"{here}.{each.name}"))
            }
            if row and here != without:
                rows.append(row)
        return rows or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        rows = value if isinstance(value, list) else []
        values: dict[str, Any] = {f"{at}.rows": str(len(rows))}
        for number, row in enumerate(rows):
            held = row if isinstance(row, Mapping) else {}
            for each in question.fields:
                kind = self.kinds[each.kind]
                values |= kind.typed(each, held.get(each.name), f"{at}.{number}.{each.name}")
        return values

    def known(self, question: Question, value: Any) -> Any:
        if not isinstance(value, list) or not any(each.places for each in question.fields):
            return value
        return [self.row_known(question, row) if isinstance(row, Mapping) else row for row in value]

    def row_known(self, question: Question, row: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of one row as rules reckon with them."""
        known = dict(row)
        for each in question.fields:
            if each.places and each.name in known:
                known[each.name] = self.kinds[each.kind].known(each, known[each.name])
        return known

    def fits(self, question: Question, value: Any) -> bool:
        if not isinstance(value, list) or len(value) > MOST_ROWS:
            return False
        fields = {each.name: each for each in question.fields}
        return all(
            isinstance(row, Mapping)
            and all(
                name in fields and self.kinds[fields[name].kind].fits(fields[name], held)
                for name, held in row.items()
                if given(held) or name not in fields
            )
            for row in value
        )

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if given(value) and not isinstance(value, list):
            return {at: NOT_VALID}
        rows = value if given(value) else []
        found: Faults = {}
        if not rows and not question.required:
            return {}
        least = max(question.least, 1)
        if len(rows) < least:
            found[at] = _("Enter at least %(least)s.") % {"least": format_number(least)}
        if len(rows) > question.most:
            return {at: _("Enter at most %(most)s.") % {"most": format_number(question.most)}}
        for number, row in enumerate(rows):
            if not isinstance(row, Mapping):
                found[at] = NOT_VALID
                continue
            for each in question.fields:
                if each.when is None or each.when.holds(self.row_known(question, row)):
                    here = f"{at}.{number}.{each.name}"
                    found |= self.kinds[each.kind].faults(each, row.get(each.name), here, about)
        return found

    def said(self, question: Question, value: Any, place: Place) -> str:
        lines = []
        for number, row in enumerate(value if isinstance(value, list) else [], start=1):
            said = [
                f"{text(each.label)}: {self.kinds[each.kind].said(each, row[each.name], place)}"
                for each in question.fields
                if isinstance(row, Mapping) and given(row.get(each.name))
            ]
            lines.append(f"{number}. " + "; ".join(said))
        return "\n".join(lines)


def _count(typed: str) -> int | None:
    """How many rows a page says it has; None when that is no number, or more than any group may have."""
    known = typed.isascii() and typed.isdecimal() and len(typed) < 4
    return int(typed) if known and int(typed) <= MOST_ROWS else None
