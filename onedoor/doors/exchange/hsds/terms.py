"""Identifiers of parts, and the taxonomies by which HSDS things are classified and said in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import LifeEventView
from onedoor.kernel.i18n import Translated
from onedoor.kernel.ids import named_id

TAXONOMIES: dict[str, tuple[str, str]] = {
    "texts": ("Texts by language", "What a field says in a language; the value is the text"),
    "facts": ("Facts of a service", "What the state knows of a service; the value is the fact"),
    "life-events": ("Life events", "Moments of life by which people look for services"),
    "exact": ("Exact data", "What only the import of this network reads; the value is JSON"),
    "laws": ("Legal basis", "The laws that a service, a paper or a fee rests on"),
}
FACTS = {
    "code": "The code that names the thing here",
    "state": "Whether a service is in force or a demonstration",
    "valid-from": "The first day of the published version",
    "source": "Where the datum is known from",
    "keyword": "A word by which people look for it",
    "duration-kind": "working, calendar (days) or hours",
    "duration": "How many days or hours it may take",
    "demand": "The code of something that is demanded of an applicant",
    "identity": "By what an applicant shows who she is",
    "paper-form": "original, copy, held (by the state) or instead (of another)",
    "paper-need": "required or optional",
    "paper-state": "Whether a paper is a demonstration value",
    "instead-of": "The paper in the place of which this one is taken",
    "fee-state": "fixed, free (by law), to_be_set, or by_answers",
    "law-number": "The number of a law",
    "law-date": "The date of a law",
}


def part(owner: UUID, key: str) -> UUID:
    """The id of a part of a thing, the same at every asking."""
    return named_id(str(owner), f"hsds/{key}")


def taxonomy_id(code: str) -> UUID:
    """The id of one of our taxonomies."""
    return named_id("hsds", f"taxonomy/{code}")


def term_id(taxonomy: str, code: str) -> UUID:
    """The id of a term of one of our taxonomies."""
    return named_id("hsds", f"term/{taxonomy}/{code}")


def taxonomy(code: str) -> dict[str, Any]:
    """One of our taxonomies."""
    name, about = TAXONOMIES[code]
    return {"id": str(taxonomy_id(code)), "name": name, "description": about}


def term(
    taxonomy_code: str, code: str, *, name: str = "", about: str = "", language: str = ""
) -> dict[str, Any]:
    """A term of one of our taxonomies."""
    held: dict[str, Any] = {
        "id": str(term_id(taxonomy_code, code)),
        "code": code,
        "name": name or code,
        "description": about or FACTS.get(code, name or code),
        "taxonomy": TAXONOMIES[taxonomy_code][0],
        "taxonomy_id": str(taxonomy_id(taxonomy_code)),
    }
    return {**held, "language": language} if language else held


def listed(events: Iterable[LifeEventView]) -> Iterator[dict[str, Any]]:
    """The terms that a list of them has: the life events, and the facts."""
    for event in events:
        yield term(
            "life-events", event.code, name=event.name.get("en", ""), about=" / ".join(event.name.values())
        )
    for code in FACTS:
        yield term("facts", code)


class Attributes:
    """The attributes of one thing.

    Args:
        owner: its id; entity: the table it stands in.
    """

    def __init__(self, owner: UUID, entity: str) -> None:
        self.owner, self.entity = owner, entity
        self.held: list[dict[str, Any]] = []

    def add(self, of: dict[str, Any], *, value: str = "", label: str = "", kind: str = "") -> None:
        """A term that applies to the thing."""
        one = {
            "id": str(part(self.owner, f"attribute/{len(self.held)}/{of['code']}")),
            "link_id": str(self.owner),
            "link_entity": self.entity,
            "link_type": kind,
            "taxonomy_term_id": of["id"],
            "value": value,
            "label": label,
            "taxonomy_term": of,
        }
        self.held.append({key: value for key, value in one.items() if value})

    def fact(self, code: str, value: object) -> None:
        """A fact, where there is one."""
        if value is not None and value != "":
            self.add(term("facts", code), value=str(value), kind="fact")

    def texts(self, field: str, words: Translated) -> None:
        """What a field says in each language."""
        for language, word in words.items():
            if word:
                of = term("texts", f"{field}-{language}", about=f"{field} in “{language}”", language=language)
                self.add(of, value=word, label=field, kind="text")
