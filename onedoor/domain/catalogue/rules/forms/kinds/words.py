"""Questions that are answered in words: text, telephone numbers, names of people in both scripts."""

import re
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
    digits,
)
from onedoor.domain.catalogue.rules.forms.questions import SCRIPTS, Question, given

_PHONE = re.compile(r"^(?:\+?856|0)?(?:20\d{8}|30\d{7})$|^(?:\+?856|0)[2-8]\d{6,8}$")


class LongText(Kind):
    """Several lines."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        return clean(posted.get(at), lines=True) or None


class Phone(Kind):
    """A Lao telephone number, kept as it was typed, in Latin digits."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        return digits(clean(posted.get(at))) or None

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if len(value) > question.longest or not _PHONE.match(re.sub(r"[\s().\-]", "", value)):
            return {at: _("A Lao telephone number is 020 and 8 digits, or 030 and 7.")}
        return {}


class PersonName(Kind):
    """A name in both scripts: one is not spelled from the other by a machine, as papers of a person have both."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        names = {script: clean(posted.get(f"{at}.{script}")) for script in SCRIPTS}
        return {script: name for script, name in names.items() if name} or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        names = value if isinstance(value, Mapping) else {}
        return {f"{at}.{script}": str(names.get(script) or "") for script in SCRIPTS}

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, Mapping) and all(
            name is None or isinstance(name, str) for name in value.values()
        )

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if not question.required and not given(value):
            return {}
        if given(value) and not self.fits(question, value):
            return {f"{at}.lo": NOT_VALID}
        names = value if isinstance(value, Mapping) else {}
        found: Faults = {}
        lao, latin = names.get("lo") or "", names.get("en") or ""
        if not lao:
            found[f"{at}.lo"] = _("Enter the name in Lao letters.")
        elif not _has_lao(lao):
            found[f"{at}.lo"] = _("Write this name in Lao letters.")
        if not latin:
            found[f"{at}.en"] = _("Enter the name in Latin letters.")
        elif _has_lao(latin):
            found[f"{at}.en"] = _("Write this name in Latin letters.")
        for script, name in (("lo", lao), ("en", latin)):
            if len(name) > 200:
                found[f"{at}.{script}"] = _("The answer is too long.")
        return found

    def said(self, question: Question, value: Any, place: Place) -> str:
        names = value if isinstance(value, Mapping) else {}
        return " · ".join(name for name in (names.get("lo"), names.get("en")) if name)


def _has_lao(name: str) -> bool:
    return any("\u0e80" <= c <= "\u0eff" for c in name)
