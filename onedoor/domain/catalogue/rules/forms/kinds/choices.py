"""Questions with given answers: one of several, some of several, yes or no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted, clean, several
from onedoor.domain.catalogue.rules.forms.questions import Question, given
from onedoor.kernel.i18n import text

CHOOSE = _("Choose one of the answers.")


class Choice(Kind):
    """One of several."""

    missing = _("Choose an answer.")

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        return {} if value in dict(question.choices) else {at: CHOOSE}

    def said(self, question: Question, value: Any, place: Place) -> str:
        return text(dict(question.choices).get(value, str(value)))


class MultiChoice(Kind):
    """Some of several, in the order of the form."""

    missing = _("Choose at least one of the answers.")

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        chosen = [clean(value) for value in several(posted, at)]
        known = [value for value, _label in question.choices if value in chosen]
        return [*known, *(value for value in chosen if value and value not in known)] or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        return {at: tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()}

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        known = dict(question.choices)
        return {} if all(one in known for one in value) and len(set(value)) == len(value) else {at: CHOOSE}

    def said(self, question: Question, value: Any, place: Place) -> str:
        known = dict(question.choices)
        return (
            "; ".join(text(known.get(one, str(one))) for one in value) if self.fits(question, value) else ""
        )


class YesNo(Kind):
    """Yes or no; no is an answer, too."""

    missing = _("Choose yes or no.")

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = clean(posted.get(at))
        return {"yes": True, "no": False}.get(typed, typed) if typed else None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        return {at: {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""}

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, bool)

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if given(value) and not isinstance(value, bool):
            return {at: self.missing}
        return super().faults(question, value, at, about)

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        return {}

    def said(self, question: Question, value: Any, place: Place) -> str:
        return str(_("Yes") if value is True else _("No"))
