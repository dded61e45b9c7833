"""A question that is answered by a file: the answer is the paper that was put to the application, never what a page says."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted
from onedoor.domain.catalogue.rules.forms.questions import Question


class File(Kind):
    """A scan or a photograph."""

    missing = _("Choose a file first.")

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        return None

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        return {}

    def said(self, question: Question, value: Any, place: Place) -> str:
        return str(_("attached"))
