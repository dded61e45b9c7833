"""A check of documents: what it may look up, what it has found so far, and how it survives garbage. No database, no clock."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.decisions import Decisions
from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.domain.catalogue.rules.expected import Walker
from onedoor.domain.catalogue.rules.process import CompiledProcess
from onedoor.domain.catalogue.rules.sentences import in_words
from onedoor.kernel.i18n import languages_said, missing_languages

UNREADABLE = (AttributeError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that a check found.

    Args:
        document: content, form, process or decisions. place: where in it (``fees[0].law``, an element's id).
        stops: whether it cannot be published so; otherwise it is worth a look.
    """

    document: str
    place: str
    sentence: Any
    stops: bool = True


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the documents may name: handlers, roles, published processes with their decisions, units, authorities, life events.

    ``walk``: who walks the tests of a draft; None: nobody, and they are not looked at. ``today``: the day of the check.
    """

    handlers: Collection[str] = ()
    roles: Collection[str] | None = None
    called: Callable[[str, int], bytes | None] = lambda code, number: None
    decided: Callable[[str, int], Decisions | None] = lambda code, number: None
    unit: Callable[[str], bool] = lambda code: True
    authority: Callable[[UUID], bool] = lambda id: True
    without_office: Callable[[str, CompiledProcess], Iterable[tuple[str, int]]] = lambda id, process: ()
    life_events: Collection[str] | None = None
    walk: Walker | None = None
    today: date | None = None


@dataclass
class Check:
    """The documents that are looked at, what may be looked up, and what was found so far."""

    documents: Documents
    known: Known
    found: list[Problem] = field(default_factory=list)
    demonstration: bool = False

    def stop(self, document: str, place: str, sentence: Any, *, stops: bool = True) -> None:
        said = in_words(sentence)
        self.found.append(Problem(document=document, place=place, sentence=said, stops=stops))

    def note(self, document: str, place: str, sentence: Any) -> None:
        self.stop(document, place, sentence, stops=False)

    def lawful(self, place: str, sentence: Any) -> None:
        """What only a demonstration may lack."""
        self.stop("content", place, sentence, stops=not self.demonstration)

    def translated(self, place: str, words: Any) -> None:
        """Words stand there in every language."""
        held = words if isinstance(words, Mapping) else {}
        said = {key: each for key, each in held.items() if isinstance(each, str)}
        if lacking := missing_languages(said):
            self.stop("content", place, _("Words are missing in: %s.") % languages_said(lacking))


def guarded(check: Check, document: str, place: str, look: Callable[[Check], Any]) -> Any:
    """What a look gives; one that stumbles over garbage is a problem of that place."""
    try:
        return look(check)
    except UNREADABLE as fault:
        check.stop(document, place, _("This cannot be read: %s") % str(fault)[:200])
        return None
