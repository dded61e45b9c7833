"""Places by the tree of units: one unit, or an address from the province down to the village."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import (
    NOT_VALID,
    About,
    Faults,
    Kind,
    Place,
    Posted,
    clean,
)
from onedoor.domain.catalogue.rules.forms.questions import PARTS, Question, given
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import text

FROM_LIST = _("Choose a place from the list.")
LONGEST_VILLAGE = 200


class Unit(Kind):
    """One unit of a kind, by its code."""

    missing = _("Choose an answer.")

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        return {} if about.knows(value) else {at: FROM_LIST}

    def said(self, question: Question, value: Any, place: Place) -> str:
        return named(value, place)


class Address(Kind):
    """Province and district by their codes, the village in words: no list of villages is complete."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        parts = {part: clean(posted.get(f"{at}.{part}")) for part in PARTS["address"]}
        return {part: value for part, value in parts.items() if value} or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        held = value if isinstance(value, Mapping) else {}
        return {f"{at}.{part}": str(held.get(part) or "") for part in PARTS["address"]}

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, Mapping) and all(
            part in PARTS["address"] and isinstance(said, str) for part, said in value.items()
        )

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if not question.required and not given(value):
            return {}
        if given(value) and not self.fits(question, value):
            return {f"{at}.province": NOT_VALID}
        held = value if isinstance(value, Mapping) else {}
        province, district, village = (str(held.get(part) or "") for part in PARTS["address"])
        found: Faults = {}
        if not province:
            found[f"{at}.province"] = _("Choose a province.")
        elif not about.knows(province):
            found[f"{at}.province"] = FROM_LIST
        if not district:
            found[f"{at}.district"] = _("Choose a district.")
        elif not about.knows(district):
            found[f"{at}.district"] = FROM_LIST
        elif province and not about.lies_in(district, province):
            found[f"{at}.district"] = _("This district does not lie in this province.")
        if not village:
            found[f"{at}.village"] = _("Enter the village.")
        elif len(village) > LONGEST_VILLAGE:
            found[f"{at}.village"] = _("The answer is too long.")
        return found

    def said(self, question: Question, value: Any, place: Place) -> str:
        held = value if isinstance(value, Mapping) else {}
        units = [named(str(held[part]), place) for part in ("district", "province") if held.get(part)]
        return ", ".join([*([str(held["village"])] if held.get("village") else []), *units])


def named(code: Any, place: Place) -> str:
    """A unit's name in the reader's language; the code itself when nobody knows it."""
    try:
        return text(place(str(code)))
    except Missing:
        return str(code)
