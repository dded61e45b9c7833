"""What a check finds in the documents of a service before it may be published. No database, no clock; it never raises."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules import IDENTITY_LEVELS, Duration, Identity, Law, Paper
from onedoor.domain.catalogue.rules.deadline import deadline_faults
from onedoor.domain.catalogue.rules.decisions import Decisions, DecisionsRefused, unreadable
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.documents import Documents, unkept
from onedoor.domain.catalogue.rules.eligibility import Criterion, criteria_faults, criterion_read
from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from onedoor.domain.catalogue.rules.keeping import fee_read, law_read, paper_read
from onedoor.domain.catalogue.rules.papers import for_removal, paper_faults
from onedoor.domain.catalogue.rules.process import CompiledProcess, compile_process
from onedoor.domain.catalogue.rules.sentences import in_words
from onedoor.domain.catalogue.rules.tables import asked_in, fee_problems
from onedoor.domain.catalogue.rules.terms import duration_faults
from onedoor.domain.catalogue.rules.typed import misfits
from onedoor.kernel.i18n import Translated, missing_languages

UNREADABLE = (AttributeError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
WORDS = ("name", "summary", "result")
OPTIONAL = frozenset({"identity", "tests", "eligibility"})
LAO = frozenset(map(chr, range(0x0E80, 0x0F00)))


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
    """What the documents may name: handlers, roles, published processes with their decisions, units, authorities, life events."""

    handlers: Collection[str] = ()
    roles: Collection[str] | None = None
    called: Callable[[str, int], bytes | None] = lambda code, number: None
    decided: Callable[[str, int], Decisions | None] = lambda code, number: None
    unit: Callable[[str], bool] = lambda code: True
    authority: Callable[[UUID], bool] = lambda id: True
    without_office: Callable[[str, CompiledProcess], Iterable[tuple[str, int]]] = lambda id, process: ()
    life_events: Collection[str] | None = None


@dataclass
class _Check:
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


def problems(documents: Documents, known: Known) -> tuple[Problem, ...]:
    """Everything that the check finds; first what stops. Whatever garbage the documents hold is a problem itself."""
    check = _Check(documents, known)
    for name in ("content", "form", "process", "decisions"):
        value = getattr(documents, name)
        if isinstance(value, str) != (name in ("process", "decisions")) or unkept(value) is not None:
            check.stop(name, "", _("This cannot be read at all."))
    if check.found:
        return tuple(check.found)
    form = _guarded(check, "form", "", _form) or {}
    fees, duration = _content(check, form)
    decided = _guarded(check, "decisions", "", lambda held: _decisions(held, form))
    asks = not documents.decisions or decided is not None
    process = _guarded(check, "process", "", lambda held: _process(held, decided)) if asks else None
    if process is not None:
        _guarded(check, "process", "", lambda held: _spoken(held, process))
        _guarded(check, "process", "", lambda held: _payable(held, process, fees))
        if duration is not None:
            _guarded(check, "process", "", lambda held: _reachable(held, process, duration))
    return tuple(sorted(check.found, key=lambda each: not each.stops))


def _guarded(check: _Check, document: str, place: str, look: Callable[[_Check], Any]) -> Any:
    """What a look gives; one that stumbles over garbage is a problem of that place."""
    try:
        return look(check)
    except UNREADABLE as fault:
        check.stop(document, place, _("This cannot be read: %s") % str(fault)[:200])
        return None


def _content(check: _Check, form: dict[str, Any]) -> tuple[tuple[Fee, ...], Duration | None]:
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
        _translated(check, key, content.get(key))
    if check.demonstration:
        _translated(check, "notice", content.get("notice"))
    _guarded(check, "content", "authority", _authority)
    _guarded(check, "content", "life_events", _life_events)
    _guarded(check, "content", "identity", _identity)
    laws = _each(check, "legal_basis", law_read, Law)
    papers = _each(check, "papers", paper_read, Paper)
    fees = _each(check, "fees", fee_read, Fee)
    _guarded(check, "content", "legal_basis", lambda held: _laws(held, laws))
    _guarded(check, "content", "papers", lambda held: _papers(held, papers, laws, form))
    _guarded(check, "content", "fees", lambda held: _fees(held, fees, form))
    _guarded(check, "content", "eligibility", lambda held: _eligibility(held, laws, form))
    duration = _guarded(check, "content", "duration", lambda held: _duration(held, form))
    return fees, duration


def _each(check: _Check, key: str, read: Callable[[Any], Any], kind: type) -> tuple[Any, ...]:
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


def _translated(check: _Check, place: str, words: Any) -> None:
    held = words if isinstance(words, Mapping) else {}
    if lacking := _lacking(held):
        check.stop("content", place, _("Words are missing in: %s.") % ", ".join(lacking))


def _lacking(words: Translated) -> tuple[str, ...]:
    said = {key: each for key, each in words.items() if isinstance(each, str)}
    return missing_languages(said)


def _authority(check: _Check) -> None:
    if not check.known.authority(UUID(str(check.documents.content["authority"]))):
        check.stop("content", "authority", _("No ministry or office has this id."))


def _life_events(check: _Check) -> None:
    known = check.known.life_events
    for index, code in enumerate(check.documents.content.get("life_events") or ()):
        if known is not None and code not in known:
            check.stop("content", f"life_events[{index}]", _("There is no life event “%s”.") % str(code)[:40])


def _identity(check: _Check) -> None:
    held = check.documents.content.get("identity")
    if held is None:
        return
    level = Identity(**held).level
    if level and level not in IDENTITY_LEVELS:
        check.stop("content", "identity.level", _("There is no such level of identity."))


def _laws(check: _Check, laws: tuple[Law, ...]) -> None:
    if not check.documents.content.get("legal_basis"):
        check.lawful("legal_basis", _("No law is named on which the service stands."))
    for index, law in enumerate(laws):
        _translated(check, f"legal_basis[{index}].name", law.name)


def _papers(check: _Check, papers: tuple[Paper, ...], laws: tuple[Law, ...], form: dict[str, Any]) -> None:
    for index, key, sentence in paper_faults(papers, questions=form.get("properties") or {}, laws=laws):
        check.stop("content", f"papers[{index}].{key}", sentence)
    removed = for_removal(papers)
    for index, paper in enumerate(papers):
        _translated(check, f"papers[{index}].name", paper.name)
        for place, other in enumerate(paper.instead):
            _translated(check, f"papers[{index}].instead[{place}].name", other.name)
        if paper in removed:
            check.note(
                "content", f"papers[{index}].law", _("No law asks for this paper: it is listed for removal.")
            )


def _fees(check: _Check, fees: tuple[Fee, ...], form: dict[str, Any]) -> None:
    given = check.documents.content.get("fees")
    if given and not fees:  # what could not be read was named already
        return
    for each in fee_problems(fees, asked_in(form)):
        stops = each.stops or (each.lawful and not check.demonstration)
        check.stop("content", each.place, in_words(each.sentence), stops=stops)


def _eligibility(check: _Check, laws: tuple[Law, ...], form: dict[str, Any]) -> None:
    criteria = _each(check, "eligibility", criterion_read, Criterion)
    questions, numbers = form.get("properties") or {}, {law.number for law in laws if law.number}
    for index, key, sentence in criteria_faults(criteria, questions=questions, laws=numbers):
        check.stop("content", f"eligibility[{index}].{key}", sentence)


def _duration(check: _Check, form: dict[str, Any]) -> Duration | None:
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


def _form(check: _Check) -> dict[str, Any]:
    schema = check.documents.form
    if not schema:
        check.note("form", "", _("There is no form: nobody can apply yet."))
        return {}
    try:
        compile_form(schema)
    except FormRefused as refused:
        for place, reason in refused.faults:
            check.stop("form", "/" + place.replace(".", "/"), reason)
    properties = schema.get("properties")
    return schema if isinstance(properties, dict) else {}


def _decisions(check: _Check, form: dict[str, Any]) -> Decisions | None:
    source = check.documents.decisions
    if not source:
        return None
    try:
        found = compile_decisions(source.encode())
    except DecisionsRefused as refused:
        for where, reason in refused.faults:
            check.stop("decisions", str(where), reason)
        return None
    for where, reason in unreadable(found, form.get("properties") or {}):
        check.stop("decisions", str(where), reason)
    for where, reason in found.notes:
        check.note("decisions", str(where), reason)
    return found


def _process(check: _Check, decided: Decisions | None) -> CompiledProcess | None:
    source, known = check.documents.process, check.known
    if not source.strip():
        if source:
            check.stop("process", "", _("This cannot be read at all."))
        else:
            check.note("process", "", _("There is no process: the service is listed, but nobody can apply."))
        return None
    made = compile_process(
        source.encode(),
        handlers=known.handlers,
        roles=known.roles,
        called=known.called,
        decided=known.decided,
        decisions=decided,
    )
    for fault in made.faults:
        check.stop("process", fault.element, fault.reason)
    for node in made.process.nodes.values() if made.process else ():
        for code in node.several.units if node.several else ():
            if not known.unit(code):
                check.stop("process", node.id, _("No unit has the code “%s”.") % code)
    if made.process:
        _offices(check, made.process)
    return made.process


def _offices(check: _Check, process: CompiledProcess) -> None:
    """Whose offices lanes mean is known; where there is none, the next one above does the work, and this is said."""
    for lane in {node.lane.id: node.lane for node in process.nodes.values() if node.lane}.values():
        if lane.of and not check.known.unit(lane.of):
            check.stop("process", lane.id, _("No unit has the code “%s”.") % lane.of)
    answerable = str(check.documents.content.get("authority", ""))
    for id, number in check.known.without_office(answerable, process):
        sentence = _("%d places have no such office: there the next one above does the work.") % number
        check.note("process", id, sentence)


def _spoken(check: _Check, process: CompiledProcess) -> None:
    """What people read of a process is said in both languages: its tasks and the lanes that they stand in."""
    lanes = {node.lane.id: node.lane.names for node in process.nodes.values() if node.lane}
    tasks = {node.id: node.names for node in process.nodes.values() if node.kind == "user"}
    for id, names in {**tasks, **lanes}.items():
        lacking = missing_languages(dict(names))
        if not lacking and any(sign in LAO for sign in names["en"]):  # the Lao name stood in for it
            lacking = ("en",)
        if lacking:
            check.stop("process", id, _("Words are missing in: %s.") % ", ".join(lacking))


def _payable(check: _Check, process: CompiledProcess, fees: tuple[Fee, ...]) -> None:
    if process.payment is not None and (not fees or any(fee.state != "set" or fee.open for fee in fees)):
        check.stop(
            "process", process.payment.id, _("The process waits for a payment, but the fee is not set.")
        )


def _reachable(check: _Check, process: CompiledProcess, duration: Duration) -> None:
    for stops, sentence in deadline_faults(process, duration):
        check.stop("process", process.start, sentence, stops=stops)


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
}


def first_stop(found: tuple[Problem, ...], document: str) -> Iterator[Problem]:
    """The problems of one document that stop it."""
    return (each for each in found if each.stops and each.document == document)
