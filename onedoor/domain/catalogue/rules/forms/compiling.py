"""From JSON Schema 2020-12 with presentation to a form, or to everything that stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from onedoor.domain.catalogue.rules.forms.bounds import schema_faults
from onedoor.domain.catalogue.rules.forms.conditions import Fault, order_faults, read_condition
from onedoor.domain.catalogue.rules.forms.fields import mapping, read_question, rename_faults, spoken
from onedoor.domain.catalogue.rules.forms.form import Form
from onedoor.domain.catalogue.rules.forms.questions import Question, Section

MOST_FIELDS = 200


class FormRefused(ValueError):
    """The form cannot be published; ``faults`` gives (place in the file, reason)."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{place}: {reason}" for place, reason in faults))
        self.faults = faults


def compile_form(schema: Mapping[str, Any], *, published: bool = False) -> Form:
    """Compile a form, or say what stands in the way (FormRefused). Nothing is ever fetched from a network.

    Args:
        published: it was accepted, so that it is not judged again, neither as a schema nor by rules that came later.
    """
    if bombs := schema_faults(schema):
        raise FormRefused(tuple(bombs))
    if not published and (wrong := _no_schema(schema)):
        raise FormRefused((("schema", wrong),))
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        raise FormRefused((("properties", "the form asks nothing"),))
    if len(properties) > MOST_FIELDS:
        raise FormRefused((("properties", f"more than {MOST_FIELDS} questions"),))
    faults: list[Fault] = []
    required = set(schema.get("required", ()))
    questions = {
        name: read_question(name, held, required=name in required, place=f"properties.{name}", faults=faults)
        for name, held in properties.items()
    }
    sections = _sections(schema, questions, faults)
    faults += order_faults(sections)
    faults += rename_faults(questions.values(), "properties")
    faults += _demanded(required, sections, properties)
    document = mapping(schema.get("x-document"), "x-document", faults)
    applicant = mapping(schema.get("x-applicant"), "x-applicant", faults)
    for place, named in (
        ("x-document", mapping(document.get("facts"), "x-document", faults)),
        ("x-applicant", applicant),
    ):
        faults += [
            (place, f"“{name}” is not asked") for name in named.values() if str(name) not in properties
        ]
    if faults and not published:
        raise FormRefused(tuple(faults))
    return Form(
        sections=sections,
        validator=Draft202012Validator(_of_answers(schema, questions)),
        applicant=dict(applicant),
        document=dict(document),
    )


def known_by(schema: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers to a form as rules and fees reckon with them: numbers with decimals are decimals, as `Form.known` has them."""
    if not asks_decimals(schema):
        return data
    try:
        return compile_form(schema, published=True).known(data)
    except FormRefused:  # a draft that asks nothing yet
        return data


def asks_decimals(schema: Mapping[str, Any]) -> bool:
    """Whether a form asks for a number with decimals anywhere."""
    properties = schema.get("properties")
    return isinstance(properties, Mapping) and any(_asks_decimals(held) for held in properties.values())


def _asks_decimals(held: Any) -> bool:
    question = held if isinstance(held, Mapping) else {}
    items = question.get("items")
    inside = items.get("properties") if isinstance(items, Mapping) else None
    rows = inside.values() if isinstance(inside, Mapping) else ()
    return question.get("type") == "number" or any(_asks_decimals(each) for each in rows)


def _of_answers(schema: Mapping[str, Any], questions: Mapping[str, Question]) -> dict[str, Any]:
    """The schema of the answers as they are kept: numbers with decimals are texts, which their kind looks at alone."""
    held = dict(schema)
    exact = [each for each in questions.values() if each.places or any(one.places for one in each.fields)]
    if exact:
        held["properties"] = {**schema["properties"], **{each.name: _kept(schema, each) for each in exact}}
    return held


def _kept(schema: Mapping[str, Any], question: Question) -> dict[str, Any]:
    if question.places:
        return {"type": "string"}
    held = schema["properties"][question.name]
    items = held["items"]
    texts = {each.name: {"type": "string"} for each in question.fields if each.places}
    return {**held, "items": {**items, "properties": {**items["properties"], **texts}}}


@dataclass(frozen=True)
class _Schema:
    """A schema that is told from others by the hash of its content."""

    hash: bytes
    content: Mapping[str, Any] = field(compare=False)


def _no_schema(schema: Mapping[str, Any]) -> str:
    """Why this is no JSON Schema; empty when it is one. Looked at once for each content: it is most of the work."""
    try:
        content = orjson.dumps(schema)
    except TypeError:  # deeper or with larger numbers than it writes
        return _why_none(dict(schema))
    return _looked_at(_Schema(sha256(content).digest(), schema))


@lru_cache(maxsize=64)
def _looked_at(schema: _Schema) -> str:
    return _why_none(dict(schema.content))


def _why_none(schema: dict[str, Any]) -> str:
    try:
        Draft202012Validator.check_schema(schema)
    except (SchemaError, RecursionError) as fault:
        return str(getattr(fault, "message", "nested too deeply"))[:200] or "not valid"
    return ""


def _demanded(
    required: set[str], sections: tuple[Section, ...], properties: Mapping[str, Any]
) -> list[Fault]:
    """What the schema demands of everybody must be asked of everybody."""
    faults = [
        ("required", f"“{name}” is required but not asked") for name in sorted(required - set(properties))
    ]
    some = {
        question.name
        for section in sections
        for question in section.questions
        if question.when is not None or section.when is not None
    }
    return faults + [
        ("required", f"“{name}” is not asked of everybody: write x-required at the question")
        for name in sorted(required & some)
    ]


def _sections(
    schema: Mapping[str, Any], questions: Mapping[str, Question], faults: list[Fault]
) -> tuple[Section, ...]:
    found: list[Section] = []
    asked: list[str] = []
    parts = schema.get("x-sections") or ()
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        place = f"x-sections.{number}"
        held = mapping(part, place, faults)
        fields = held.get("fields")
        names = [str(name) for name in fields] if isinstance(fields, list) else []
        faults += [
            (place, f"“{name}” is not a question of this form") for name in names if name not in questions
        ]
        asked += names
        found.append(
            Section(
                id=str(held.get("id") or number),
                title=spoken(held.get("title"), f"{place}.title", faults),
                help=spoken(held["help"], f"{place}.help", faults) if held.get("help") else {},
                questions=tuple(questions[name] for name in names if name in questions),
                when=read_condition(held.get("x-when"), f"{place}.x-when", faults),
            )
        )
    if len(asked) != len(set(asked)):
        faults.append(("x-sections", "a question stands in two sections"))
    faults += [("x-sections", f"“{name}” stands in no section") for name in questions if name not in asked]
    return tuple(found)
