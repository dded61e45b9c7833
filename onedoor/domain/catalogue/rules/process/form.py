"""Forms: JSON Schema 2020-12 says what is valid, a small presentation layer says how it is asked.

Keywords beside the schema: ``x-sections`` (id, title, help, fields in order), and on each property ``x-label``, ``x-help``,
``x-field`` (text, long-text, person-name, date, unit, choice, phone, number), ``x-labels`` of choices, ``x-unit`` (the
kind of unit), ``x-not-after: today``. ``x-applicant`` and ``x-document`` say which answers make the applicant's record and
the document.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from onedoor.kernel.i18n import format_number

Names = Mapping[str, str]
FIELDS = ("text", "long-text", "person-name", "date", "unit", "choice", "phone", "number")
SCRIPTS = ("lo", "en")
LONGEST = 2_000
MOST_FIELDS = 200
_GROUPED = re.compile(r"^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$")
_PHONE = re.compile(r"^(?:\+?856|0)?(?:20\d{8}|30\d{7})$|^(?:\+?856|0)[2-8]\d{6,8}$")


class FormRefused(ValueError):
    """The form cannot be published; ``faults`` gives (place in the file, reason)."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{place}: {reason}" for place, reason in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form."""

    name: str
    kind: str
    label: Names
    help: Names = field(default_factory=dict)
    required: bool = False
    choices: tuple[tuple[str, Names], ...] = ()
    unit_kind: str = ""
    longest: int = LONGEST
    not_after_today: bool = False
    least: int = 0
    most: int = 0

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs on a page."""
        return (
            tuple(f"{self.name}.{script}" for script in SCRIPTS)
            if self.kind == "person-name"
            else (self.name,)
        )


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together."""

    id: str
    title: Names
    help: Names
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A compiled form."""

    sections: tuple[Section, ...]
    validator: Draft202012Validator
    applicant: Mapping[str, str]
    document: Mapping[str, Any]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def read(self, posted: Mapping[str, Any]) -> dict[str, Any]:
        """The data that inputs of a page stand for; inputs that the form does not have are left out, as are empty ones."""
        data: dict[str, Any] = {}
        for question in self.questions:
            if question.kind == "person-name":
                names = {script: _clean(posted.get(f"{question.name}.{script}")) for script in SCRIPTS}
                value: Any = {script: name for script, name in names.items() if name}
            else:
                value = _clean(posted.get(question.name), lines=question.kind == "long-text")
                value = _as_date(value) if question.kind == "date" else value
                value = _as_number(value) if question.kind == "number" else value
            if value or value == 0:
                data[question.name] = value
        return data

    def inputs(self, data: Mapping[str, Any]) -> dict[str, str]:
        """The values of a page's inputs for data that was kept."""
        values: dict[str, str] = {}
        for question in self.questions:
            held = data.get(question.name)
            if question.kind == "person-name":
                names = held if isinstance(held, Mapping) else {}
                values |= {f"{question.name}.{script}": str(names.get(script, "")) for script in SCRIPTS}
            else:
                shown = "" if held is None else str(held)
                values[question.name] = _as_typed(shown) if question.kind == "date" else shown
        return values

    def faults(
        self, data: Mapping[str, Any], *, today: date, units: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """A sentence for each input that is missing or wrong, in the order of the form; empty when all is right.

        Args:
            units: the codes of the units that may be named (None: not checked here).
        """
        found: dict[str, Any] = {}
        for question in self.questions:
            found |= _faults_of(question, data.get(question.name), today, units)
        if not found:
            for error in self.validator.iter_errors(dict(data)):
                place = ".".join(str(part) for part in error.absolute_path) or next(
                    iter(self.validator.schema["properties"])
                )
                found.setdefault(place, _("This answer is not valid."))
        return found


def _clean(value: Any, *, lines: bool = False) -> str:
    text = unicodedata.normalize("NFC", str(value or ""))[: LONGEST + 1]
    kept = "".join(c for c in text if c.isprintable() or c in "\u200b\u200c\u200d\n\t ")
    return kept.strip() if lines else " ".join(kept.split())


def _as_date(typed: str) -> str:
    """A date as people type it, day first (20/2/2026), in ISO form; anything else stays as it is, to be refused later."""
    found = _DAY_FIRST.match(typed)
    if found is None:
        return typed
    day, month, year = (int(part) for part in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}"


def _as_number(typed: str) -> str | int:
    """A whole number as people type it (10000, 10.000, 10 000); anything else stays as it is, to be refused later."""
    plain = re.sub(r"[., ]", "", typed) if _GROUPED.match(typed) else typed
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 15 else typed


def _as_typed(kept: str) -> str:
    """A kept date day first, as it is typed."""
    try:
        found = date.fromisoformat(kept)
    except ValueError:
        return kept
    return f"{found.day:02d}/{found.month:02d}/{found.year:04d}"


def _faults_of(question: Question, value: Any, today: date, units: frozenset[str] | None) -> dict[str, Any]:
    if question.kind == "person-name":
        return _name_faults(question, value)
    if not value and value != 0:
        return {question.name: _missing(question)} if question.required else {}
    if question.kind == "number":
        return _number_faults(question, value)
    if not isinstance(value, str):
        return {question.name: _("This answer is not valid.")}
    if len(value) > question.longest:
        return {question.name: _("The answer is too long.")}
    if question.kind == "choice" and value not in dict(question.choices):
        return {question.name: _("Choose one of the answers.")}
    if question.kind == "unit" and units is not None and value not in units:
        return {question.name: _("Choose a place from the list.")}
    if question.kind == "date":
        return _date_faults(question, value, today)
    if question.kind == "phone" and not _PHONE.match(re.sub(r"[\s().\-]", "", value)):
        return {question.name: _("A Lao telephone number is 020 and 8 digits, or 030 and 7.")}
    return {}


def _missing(question: Question) -> Any:
    if question.kind in ("choice", "unit"):
        return _("Choose an answer.")
    return _("Enter a date.") if question.kind == "date" else _("Enter an answer.")


def _name_faults(question: Question, value: Any) -> dict[str, Any]:
    names = value if isinstance(value, Mapping) else {}
    if not question.required and not names:
        return {}
    found: dict[str, Any] = {}
    lao, latin = str(names.get("lo", "")), str(names.get("en", ""))
    if not lao:
        found[f"{question.name}.lo"] = _("Enter the name in Lao letters.")
    elif not any("\u0e80" <= c <= "\u0eff" for c in lao):
        found[f"{question.name}.lo"] = _("Write this name in Lao letters.")
    if not latin:
        found[f"{question.name}.en"] = _("Enter the name in Latin letters.")
    elif any("\u0e80" <= c <= "\u0eff" for c in latin):
        found[f"{question.name}.en"] = _("Write this name in Latin letters.")
    for script, name in (("lo", lao), ("en", latin)):
        if len(name) > 200:
            found[f"{question.name}.{script}"] = _("The answer is too long.")
    return found


def _date_faults(question: Question, value: str, today: date) -> dict[str, Any]:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return {question.name: _("This is not a date. Write day, month and year, such as 25/12/2026.")}
    if found.year < 1900:
        return {question.name: _("The year is too far back.")}
    if question.not_after_today and found > today:
        return {question.name: _("The date lies in the future.")}
    return {}


def _number_faults(question: Question, value: Any) -> dict[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int):
        return {question.name: _("Enter a whole number, in digits.")}
    if not question.least <= value <= question.most:
        said = {"least": format_number(question.least), "most": format_number(question.most)}
        return {question.name: _("Enter a number from %(least)s to %(most)s.") % said}
    return {}


def compile_form(schema: Mapping[str, Any]) -> Form:
    """Compile a form, or say what stands in the way (FormRefused). Nothing is ever fetched from a network."""
    faults: list[tuple[str, str]] = []
    try:
        Draft202012Validator.check_schema(dict(schema))
    except (SchemaError, RecursionError) as fault:
        raise FormRefused((("schema", str(getattr(fault, "message", "nested too deeply"))[:200]),)) from fault
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        raise FormRefused((("properties", "the form asks nothing"),))
    if len(properties) > MOST_FIELDS:
        raise FormRefused((("properties", f"more than {MOST_FIELDS} questions"),))
    if _refers(schema):
        faults.append(("$ref", "references are not followed in forms"))
    required = set(schema.get("required", ()))
    questions = {name: _question(name, held, name in required, faults) for name, held in properties.items()}
    sections = _sections(schema, questions, faults)
    faults += [
        ("required", f"“{name}” is required but not asked") for name in sorted(required - set(properties))
    ]
    document = _mapping(schema.get("x-document"), "x-document", faults)
    applicant = _mapping(schema.get("x-applicant"), "x-applicant", faults)
    for place, named in (
        ("x-document", _mapping(document.get("facts"), "x-document", faults)),
        ("x-applicant", applicant),
    ):
        faults += [
            (place, f"“{name}” is not asked") for name in named.values() if str(name) not in properties
        ]
    if faults:
        raise FormRefused(tuple(faults))
    return Form(
        sections=sections,
        validator=Draft202012Validator(dict(schema)),
        applicant=dict(applicant),
        document=dict(document),
    )


def _mapping(value: Any, place: str, faults: list[tuple[str, str]]) -> Mapping[str, Any]:
    """What stands at a place where names lead to values; nothing, with a fault, when something else does."""
    if value and not isinstance(value, Mapping):
        faults.append((place, "names with values are expected here"))
    return value if isinstance(value, Mapping) else {}


def _refers(value: Any, depth: int = 0) -> bool:
    if depth > 30:
        return True
    if isinstance(value, Mapping):
        return any(key in ("$ref", "$dynamicRef") or _refers(held, depth + 1) for key, held in value.items())
    return isinstance(value, list) and any(_refers(held, depth + 1) for held in value)


def _spoken(value: Any, place: str, faults: list[tuple[str, str]]) -> dict[str, str]:
    words = value if isinstance(value, Mapping) else {}
    for language in SCRIPTS:
        if not words.get(language):
            faults.append((place, f"words are missing in {language}"))
    return {language: str(words.get(language, "")) for language in SCRIPTS}


def _question(name: str, held: Any, required: bool, faults: list[tuple[str, str]]) -> Question:
    place = f"properties.{name}"
    held = held if isinstance(held, Mapping) else {}
    kind = str(held.get("x-field") or ("choice" if "enum" in held else "text"))
    if kind not in FIELDS:
        faults.append((place, f"no kind of question is called “{kind}”"))
    if not name.isidentifier():
        faults.append((place, "a question's name is made of letters, digits and underscores"))
    choices: list[tuple[str, Names]] = []
    if kind == "choice":
        labels = _mapping(held.get("x-labels"), f"{place}.x-labels", faults)
        for value in held.get("enum") or ():
            choices.append((str(value), _spoken(labels.get(str(value)), f"{place}.x-labels.{value}", faults)))
        if not choices:
            faults.append((place, "a choice without answers"))
    least, most = held.get("minimum"), held.get("maximum")
    if kind == "number" and not (
        held.get("type") == "integer" and _whole(least) and _whole(most) and least <= most
    ):
        faults.append((place, "a number is an integer with a least and a most of up to 15 digits"))
        least = most = 0
    return Question(
        name=name,
        kind=kind,
        label=_spoken(held.get("x-label"), f"{place}.x-label", faults),
        help=_spoken(held["x-help"], f"{place}.x-help", faults) if held.get("x-help") else {},
        required=required,
        choices=tuple(choices),
        unit_kind=str(held.get("x-unit") or "district") if kind == "unit" else "",
        longest=min(int(held.get("maxLength", LONGEST)), LONGEST),
        not_after_today=held.get("x-not-after") == "today",
        least=least if kind == "number" else 0,
        most=most if kind == "number" else 0,
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _sections(
    schema: Mapping[str, Any], questions: Mapping[str, Question], faults: list[tuple[str, str]]
) -> tuple[Section, ...]:
    found: list[Section] = []
    asked: list[str] = []
    parts = schema.get("x-sections") or ()
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        place = f"x-sections.{number}"
        held = _mapping(part, place, faults)
        fields = held.get("fields")
        names = [str(name) for name in fields] if isinstance(fields, list) else []
        faults += [
            (place, f"“{name}” is not a question of this form") for name in names if name not in questions
        ]
        asked += names
        found.append(
            Section(
                id=str(held.get("id") or number),
                title=_spoken(held.get("title"), f"{place}.title", faults),
                help=_spoken(held["help"], f"{place}.help", faults) if held.get("help") else {},
                questions=tuple(questions[name] for name in names if name in questions),
            )
        )
    if len(asked) != len(set(asked)):
        faults.append(("x-sections", "a question stands in two sections"))
    faults += [("x-sections", f"“{name}” stands in no section") for name in questions if name not in asked]
    return tuple(found)
