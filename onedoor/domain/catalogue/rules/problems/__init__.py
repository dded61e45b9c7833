"""What a check finds in the documents of a service before it may be published. No database, no clock; it never raises."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.documents import Documents, unkept
from onedoor.domain.catalogue.rules.problems.checking import UNREADABLE, Check, Known, Problem, guarded
from onedoor.domain.catalogue.rules.problems.content import content_of, tests_walked
from onedoor.domain.catalogue.rules.problems.flow import flow_of, form_of
from onedoor.domain.catalogue.rules.problems.places import place_words

__all__ = ["UNREADABLE", "Known", "Problem", "first_stop", "place_words", "problems"]


def problems(documents: Documents, known: Known) -> tuple[Problem, ...]:
    """Everything that the check finds; first what stops. Whatever garbage the documents hold is a problem itself."""
    check = Check(documents, known)
    for name in ("content", "form", "process", "decisions"):
        value = getattr(documents, name)
        if isinstance(value, str) != (name in ("process", "decisions")) or unkept(value) is not None:
            check.stop(name, "", _("This cannot be read at all."))
    if check.found:
        return tuple(check.found)
    form = form_of(check)
    fees, duration = content_of(check, form)
    flow_of(check, form, fees, duration)
    if not any(each.stops for each in check.found):  # what cannot be walked says so already
        guarded(check, "content", "tests", tests_walked)
    return tuple(sorted(check.found, key=lambda each: not each.stops))


def first_stop(found: tuple[Problem, ...], document: str) -> Iterator[Problem]:
    """The problems of one document that stop it."""
    return (each for each in found if each.stops and each.document == document)
