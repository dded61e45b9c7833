"""What is wrong with the description of a service: words, laws, papers, fees, who may apply, how long it takes."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules import IDENTITY_LEVELS, Duration, Identity, Law, Paper
from onedoor.domain.catalogue.rules.eligibility import Criterion, criteria_faults, criterion_read
from onedoor.domain.catalogue.rules.expected import tests_kept
from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.keeping import fee_read, law_read, paper_read
from onedoor.domain.catalogue.rules.papers import for_removal, paper_faults
from onedoor.domain.catalogue.rules.problems.checking import UNREADABLE, Check, guarded
from onedoor.domain.catalogue.rules.sentences import in_words
from onedoor.domain.catalogue.rules.tables import asked_in, fee_problems
from onedoor.domain.catalogue.rules.terms import duration_faults
from onedoor.domain.catalogue.rules.typed import misfits
from onedoor.kernel.i18n import Translated

WORDS = ("name", "summary", "result")
OPTIONAL = frozenset({"identity", "tests", "eligibility", "eligibility_table"})
CONTENT: dict[str, Any] = {
    "name": Translated,
    "summary": Translated,
    "authority": str,
    "papers": list[Any],
    "fees": list[Any],
    "duration": Mapping[str, Any],
    "legal_basis": list[Any],
    "result": Translated,
    "keywords": list[str],
    "life_events": list[str],
    "demonstration": bool,
    "notice": Translated,
    "source": str,
    "identity": Mapping[str, Any],
    "tests": list[Any],
    "eligibility": list[Any],
    "eligibility_table": str,
}


def content_of(check: Check, form: dict[str, Any]) -> tuple[tuple[Fee, ...], Duration | None]:
    """What is wrong with the description; its fees, and its duration where they can be reckoned with."""
    content = check.documents.content
    check.demonstration = content.get("demonstration") is True
    for key in sorted(set(content) - set(CONTENT)):
        check.stop("content", str(key)[:80], _("This is no part of a service."))
    for key, hint in CONTENT.items():
        if key not in content and key not in OPTIONAL:
            check.stop("content", key, _("This is missing."))
        elif key in content and hint is not None:
            for place, sentence in misfits(content[key], hint, key):
                check.stop("content", place, sentence)
    for key in WORDS:
        check.translated(key, content.get(key))
    if check.demonstration:
        check.translated("notice", content.get("notice"))
    guarded(check, "content", "authority", _authority)
    guarded(check, "content", "life_events", _life_events)
    guarded(check, "content", "identity", _identity)
    laws = _each(check, "legal_basis", law_read, Law)
    papers = _each(check, "papers", paper_read, Paper)
    fees = _each(check, "fees", fee_read, Fee)
    guarded(check, "content", "legal_basis", lambda held: _laws(held, laws))
    guarded(check, "content", "papers", lambda held: _papers(held, papers, laws, form))
    guarded(check, "content", "fees", lambda held: _fees(held, fees, form))
    guarded(check, "content", "eligibility", lambda held: _eligibility(held, laws, form))
    duration = guarded(check, "content", "duration", lambda held: _duration(held, form))
    return fees, duration


def _each(check: Check, key: str, read: Callable[[Any], Any], kind: type) -> tuple[Any, ...]:
    """The parts of a list that can be read and are of the right types; the others are problems."""
    held = check.documents.content.get(key)
    good = []
    for index, value in enumerate(held if isinstance(held, list) else ()):
        place = f"{key}[{index}]"
        try:
            one = read(value)
        except UNREADABLE as fault:
            check.stop("content", place, _("This cannot be read: %s") % str(fault)[:200])
            continue
        wrong = list(misfits(one, kind, place))
        for where, sentence in wrong:
            check.stop("content", where, sentence)
        if not wrong:
            good.append(one)
    return tuple(good) if isinstance(held, list) and len(good) == len(held) else ()


def _authority(check: Check) -> None:
    if not check.known.authority(UUID(str(check.documents.content["authority"]))):
        check.stop("content", "authority", _("No ministry or office has this id."))


def _life_events(check: Check) -> None:
    known = check.known.life_events
    for index, code in enumerate(check.documents.content.get("life_events") or ()):
        if known is not None and code not in known:
            check.stop("content", f"life_events[{index}]", _("There is no life event “%s”.") % str(code)[:40])


def _identity(check: Check) -> None:
    held = check.documents.content.get("identity")
    if held is None:
        return
    level = Identity(**held).level
    if level and level not in IDENTITY_LEVELS:
        check.stop("content", "identity.level", _("There is no such level of identity."))


def _laws(check: Check, laws: tuple[Law, ...]) -> None:
    if not check.documents.content.get("legal_basis"):
        check.lawful("legal_basis", _("No law is named on which the service stands."))
    for index, law in enumerate(laws):
        check.translated(f"legal_basis[{index}].name", law.name)


def _papers(check: Check, papers: tuple[Paper, ...], laws: tuple[Law, ...], form: dict[str, Any]) -> None:
    for index, key, sentence in paper_faults(papers, questions=form.get("properties") or {}, laws=laws):
        check.stop("content", f"papers[{index}].{key}", sentence)
    removed = for_removal(papers)
    for index, paper in enumerate(papers):
        check.translated(f"papers[{index}].name", paper.name)
        for place, other in enumerate(paper.instead):
            check.translated(f"papers[{index}].instead[{place}].name", other.name)
        if paper in removed:
            check.note(
                "content", f"papers[{index}].law", _("No law asks for this paper: it is listed for removal.")
            )


def _fees(check: Check, fees: tuple[Fee, ...], form: dict[str, Any]) -> None:
    given = check.documents.content.get("fees")
    if given and not fees:  # what could not be read was named already
        return
    for each in fee_problems(fees, asked_in(form), on=check.known.today):
        stops = each.stops or (each.lawful and not check.demonstration)
        check.stop("content", each.place, in_words(each.sentence), stops=stops)


def _eligibility(check: Check, laws: tuple[Law, ...], form: dict[str, Any]) -> None:
    criteria = _each(check, "eligibility", criterion_read, Criterion)
    questions, numbers = form.get("properties") or {}, {law.number for law in laws if law.number}
    for index, key, sentence in criteria_faults(criteria, questions=questions, laws=numbers):
        check.stop("content", f"eligibility[{index}].{key}", sentence)


def _duration(check: Check, form: dict[str, Any]) -> Duration | None:
    held = Duration(**check.documents.content["duration"])
    wrong = list(misfits(held, Duration, "duration"))
    for place, sentence in wrong:
        check.stop("content", place, sentence)
    if wrong:
        return None
    faults = list(duration_faults(held, asked_in(form)))
    for key, sentence in faults:
        check.stop("content", f"duration.{key}", sentence)
    if held.kind == "unknown":
        check.lawful("duration", _("Nothing says how long the service may take."))
    return None if faults else held


def tests_walked(check: Check) -> None:
    """Each test of the draft that does not come out as expected, by its name, with what came of it instead."""
    if check.known.walk is None:
        return
    for index, test in tests_kept(check.documents):
        place = f"tests[{index}]"
        if test is None:
            check.stop("content", place, _("This is not of the kind that is needed here."))
            continue
        found = check.known.walk(check.documents, test)
        wrong = "; ".join(said for good, said in found.looked if not good)
        if not found.good:
            sentence = _("The test “%(name)s” is not as expected: %(what)s")
            check.stop("content", place, sentence % {"name": test.name or test.id, "what": wrong})
