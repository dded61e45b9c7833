"""Handlers that have documents laid out and issued: the answers of the form become the facts of the document."""

from collections.abc import Mapping
from typing import Any

from onedoor.domain.access.api import ancestors, unit_by_code
from onedoor.domain.cases.errors import FeeIsOwed, NothingToIssue
from onedoor.domain.cases.providers.base import Call, service
from onedoor.domain.catalogue.api import KINDS, Form, Question, form_to_ask, service_version
from onedoor.domain.documents import api as documents
from onedoor.domain.payments.api import owed_for
from onedoor.kernel.i18n import spoken
from onedoor.kernel.scope import Actor

# Answers that a document tells as a reader says them.
IN_WORDS = frozenset({"address", "multi-choice", "yes-no", "money", "group"})


@service("documents.prepare")
def prepare(call: Call) -> None:
    """Lay out the document that the form names, for the applicant to check; again replaces what was laid out."""
    form = form_to_ask(call.edition)
    documents.prepare(
        by=Actor.system(),
        at=call.at,
        subject=call.case,
        centre=call.centre,
        kind=form.document.get("kind", ""),
        facts=facts_of(form, call.data),
        demonstration=service_version(call.edition).demonstration,
    )


@service("documents.issue")
def issue(call: Call) -> None:
    """Confirm what the applicant confirmed at the counter, and issue the document under its number; not while a fee is owed."""
    if owed_for(call.case):
        raise FeeIsOwed()
    kind = form_to_ask(call.edition).document.get("kind", "")
    found = next(
        (each for each in documents.of_subject(call.case) if each.kind == kind and each.state != "revoked"),
        None,
    )
    if found is None:
        raise NothingToIssue()
    if found.state == "prepared":
        documents.confirm_facts(by=Actor.system(), at=call.at, document=found.id)
    documents.issue(by=Actor.system(), at=call.at, document=found.id)


def facts_of(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """The document's facts in both scripts: names as given, choices by their labels, places by their units' names."""
    questions = {question.name: question for question in form.questions}
    facts: dict[str, Any] = {}
    for code, answer in (form.document.get("facts") or {}).items():
        held, question = data.get(answer), questions[answer]
        if held is None:
            continue
        if question.kind == "choice":
            facts[code] = dict(dict(question.choices).get(held, {}))
        elif question.kind == "unit":
            facts[code] = place(str(held))
        elif question.kind in IN_WORDS or (question.kind == "date" and question.partial):
            facts[code] = _in_words(question, held)
        else:
            facts[code] = held
    return facts


def _in_words(question: Question, held: Any) -> dict[str, str]:
    said = {}
    for language in ("lo", "en"):
        with spoken(language):
            said[language] = KINDS[question.kind].said(question, held, place)
    return said


def place(code: str) -> dict[str, str]:
    """A place in both languages, from the smallest unit up to the province."""
    smallest = unit_by_code(code)
    path = [smallest, *reversed(ancestors(smallest.id))]
    return {
        language: ", ".join(each.name.get(language, each.code) for each in path if each.kind != "country")
        for language in ("lo", "en")
    }
