"""A form as inputs of a page: what the templates need of each question, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy

from onedoor.domain.access.api import unit, units
from onedoor.domain.catalogue.api import Form, Question
from onedoor.kernel.i18n import language, sort_key, text

TYPES = {"phone": "tel", "long-text": "textarea"}
DAY_FIRST = gettext_lazy("Day/month/year, such as 25/12/2026")
SCRIPTS = {"lo": gettext_lazy("In Lao letters"), "en": gettext_lazy("In Latin letters")}


@dataclass(frozen=True, kw_only=True)
class Input:
    """One input: the arguments of the field component."""

    name: str
    label: str
    value: str
    kind: str = "text"
    hint: str = ""
    error: Any = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 2000
    autocomplete: str = "off"
    mode: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A question: one input, or a name in both scripts as two of them under one legend."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False
    inputs: tuple[Input, ...] = ()
    pair: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section of the form."""

    id: str
    title: str
    help: str
    groups: tuple[Group, ...] = ()
    faulty: bool = field(default=False)


def parts(form: Form, values: Mapping[str, str], faults: Mapping[str, Any]) -> tuple[Part, ...]:
    """The form's sections with what was typed and what is wrong."""
    found = []
    for section in form.sections:
        groups = tuple(_group(question, values, faults) for question in section.questions)
        faulty = any(each.error for group in groups for each in group.inputs)
        found.append(
            Part(
                id=section.id,
                title=text(section.title),
                help=text(section.help),
                groups=groups,
                faulty=faulty,
            )
        )
    return tuple(found)


def summary(form: Form, faults: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The error summary: the id of each faulty input, and the sentence with the question's label."""
    labels = {name: text(question.label) for question in form.questions for name in question.inputs}
    return [
        (f"id_{name}", f"{labels.get(name, '')}: {sentence}" if name in labels else str(sentence))
        for name, sentence in faults.items()
    ]


def _group(question: Question, values: Mapping[str, str], faults: Mapping[str, Any]) -> Group:
    label, hint, optional = text(question.label), text(question.help), not question.required
    if question.kind == "person-name":
        inputs = tuple(
            Input(
                name=name,
                label=str(SCRIPTS[name.rpartition(".")[2]]),
                value=values.get(name, ""),
                error=faults.get(name, ""),
                longest=200,
            )
            for name in question.inputs
        )
        return Group(name=question.name, label=label, hint=hint, optional=optional, inputs=inputs, pair=True)
    one = Input(
        name=question.name,
        label=label,
        value=values.get(question.name, ""),
        kind=TYPES.get(question.kind, "text"),
        hint=" · ".join(said for said in (hint, str(DAY_FIRST) if question.kind == "date" else "") if said),
        error=faults.get(question.name, ""),
        optional=optional,
        options=_options(question),
        longest=question.longest,
        mode="numeric" if question.kind == "number" else "",
    )
    return Group(name=question.name, label=label, inputs=(one,))


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind == "choice":
        return (("", "–"), *((value, text(label)) for value, label in question.choices))
    if question.kind == "unit":
        return (("", "–"), *_places(question.unit_kind, language(), len(units(kind=question.unit_kind))))
    return ()


@lru_cache(maxsize=16)
def _places(kind: str, lang: str, count: int) -> tuple[tuple[str, str], ...]:
    """All units of a kind with the one above, in the order of the language; read anew when their number changes."""
    rows = []
    for each in units(kind=kind):
        above = unit(each.parent) if each.parent else None
        name = text(each.name, lang)
        rows.append((text(above.name, lang) if above else "", name, each.code))
    rows.sort(key=lambda row: (sort_key(row[0]), sort_key(row[1])))
    return tuple((code, f"{name}, {province}" if province else name) for province, name, code in rows)
