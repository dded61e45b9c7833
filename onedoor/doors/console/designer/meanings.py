"""What answers of a form mean beyond the form: which of them say who applies, and which become facts of the document."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Invalid

# What may be known of an applicant: its name in the form's schema, its words, of which kinds of question.
OF_THE_APPLICANT: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("names", _("Name"), ("person-name", "text")),
    ("phone", _("Telephone"), ("phone", "text")),
    ("sex", _("Sex"), ("choice",)),
    ("birth_date", _("Date of birth"), ("date",)),
    ("disability", _("Disability"), ("choice", "yes-no")),
    ("language", _("Language"), ("choice", "text")),
)
MOST_FACTS = 60


def meanings(form: dict[str, Any]) -> dict[str, Any]:
    """What the page shows: each thing that may be known of an applicant with its question, the document with its facts."""
    applicant, document = _mapping(form.get("x-applicant")), _mapping(form.get("x-document"))
    facts = [(str(code), str(name)) for code, name in _mapping(document.get("facts")).items()]
    asked = _asked(form)
    return {
        "applicant": [
            (name, words, held := str(applicant.get(name) or ""), _offered(asked, held, kinds))
            for name, words, kinds in OF_THE_APPLICANT
        ],
        "document_kind": str(document.get("kind") or ""),
        "facts": [
            (number, code, name, _offered(asked, name, ()))
            for number, (code, name) in enumerate([*facts, ("", ""), ("", "")])
        ],
        "fact_rows": len(facts) + 2,
    }


def _asked(form: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The questions: by name their kind and their words."""
    found = {}
    for name, held in _mapping(form.get("properties")).items():
        question = _mapping(held)
        said = _mapping(question.get("x-label"))
        found[str(name)] = (
            str(question.get("x-field") or "text"),
            str(said.get("lo") or said.get("en") or name),
        )
    return found


def _offered(
    asked: Mapping[str, tuple[str, str]], held: str, kinds: tuple[str, ...]
) -> list[tuple[str, str]]:
    """The questions that may be meant; the one that is named stays one of them."""
    found = [(name, words) for name, (kind, words) in asked.items() if not kinds or kind in kinds]
    return found if not held or held in dict(found) else [*found, (held, asked.get(held, ("", held))[1])]


def change_applicant(form: dict[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The form in which these answers say who applies; what is empty is not asked. Errors: Invalid."""
    found = deepcopy(form)
    held = dict(_mapping(found.get("x-applicant")))
    for name, _words, _kinds in OF_THE_APPLICANT:
        question = said.get(name, "")
        _known(found, question, f"applicant.{name}")
        if question:
            held[name] = question
        else:
            held.pop(name, None)
    _keep(found, "x-applicant", held)
    return found


def change_document(form: dict[str, Any], kind: str, facts: list[tuple[str, str]]) -> dict[str, Any]:
    """The form whose answers become these facts of a document of this kind; without a kind none is made. Errors: Invalid."""
    found = deepcopy(form)
    held = dict(_mapping(found.get("x-document")))
    told: dict[str, str] = {}
    for code, question in facts:
        if not code and not question:
            continue
        if not (code.isidentifier() and code.isascii() and len(code) <= 60):
            raise Invalid(_("A name has small Latin letters, digits and underscores."), field="fact")
        if code in told:
            raise Invalid(_("“%s” stands there twice.") % code[:40], field="fact")
        _known(found, question, "fact", needed=True)
        told[code] = question
    held |= {"kind": kind, "facts": told}
    _keep(found, "x-document", held if kind or told else {})
    return found


def _known(form: dict[str, Any], question: str, field: str, *, needed: bool = False) -> None:
    if (question or needed) and question not in _mapping(form.get("properties")):
        raise Invalid(_("There is no such question in the form."), field=field)


def _keep(form: dict[str, Any], key: str, held: dict[str, Any]) -> None:
    if held:
        form[key] = held
    else:
        form.pop(key, None)


def _mapping(held: Any) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}
