"""What is asked of a list, read from the address: pages, filters and forms, each refused by its name where it is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Invalid
from onedoor.ui.request import Request

USUAL = 50
LONGEST_WORDS = 200
FORMS = ("json", "ndjson")
NOT_HERE = ("postcode", "proximity")
"""Filters of the standard that need postcodes, which this country has none of."""
ZONE = ZoneInfo("Asia/Vientiane")


class NotReadable(Invalid):
    """A number of a page, an id, an instant or a flag that is none (400)."""

    status = 400
    message = _("This value cannot be read.")


class NotOffered(Invalid):
    """A filter of the standard that nothing here can be chosen by (400)."""

    status = 400
    message = _("Nothing here can be chosen by this.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader wants of a list; None and False where nothing was said.

    Args:
        since: only what was changed then or later. taxonomy, term: by which it is classified. size: of a page, None for all.
    """

    words: str = ""
    page: int = 1
    size: int | None = USUAL
    full: bool = False
    full_service: bool = False
    minimal: bool = False
    since: datetime | None = None
    organization: UUID | None = None
    taxonomy: UUID | None = None
    term: UUID | None = None
    parent: UUID | None = None
    top_only: bool = False
    ndjson: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it is of a reader's own choosing, and not kept for the next."""
        chosen = (self.words, self.since, self.organization, self.taxonomy, self.term, self.parent)
        return any(chosen)

    def wants(self, changed: datetime) -> bool:
        """Whether something that was changed at an instant is among it."""
        return self.since is None or changed >= self.since


def at_begin_of(day: date) -> datetime:
    """The instant at which a day begins here."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 7 and int(said) > 0):
        raise ValueError(said)
    return int(said)


def _flag(said: str) -> bool:
    if said.lower() not in ("true", "false"):
        raise ValueError(said)
    return said.lower() == "true"


def _instant(said: str) -> datetime:
    """A day, or an instant; one without a zone is of this country."""
    found = datetime.fromisoformat(said.replace(" ", "+"))
    return (found if found.tzinfo else found.replace(tzinfo=ZONE)).astimezone(UTC)


def _words(said: str) -> str:
    if len(said) > LONGEST_WORDS or "\x00" in said:
        raise ValueError(said)
    return said


def _form(said: str) -> bool:
    if said not in FORMS:
        raise ValueError(said)
    return said == "ndjson"


READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "search": ("words", _words),
    "page": ("page", _number),
    "per_page": ("size", _number),
    "full": ("full", _flag),
    "full_service": ("full_service", _flag),
    "minimal": ("minimal", _flag),
    "modified_after": ("since", _instant),
    "organization_id": ("organization", UUID),
    "taxonomy_id": ("taxonomy", UUID),
    "taxonomy_term_id": ("term", UUID),
    "parent_id": ("parent", UUID),
    "top_only": ("top_only", _flag),
    "format": ("ndjson", _form),
}
"""By its name in the address: the field, and what reads it."""


def asked_of(request: Request) -> Asked:
    """What was asked. Errors: NotReadable, NotOffered."""
    said = {name: value for name in request.GET if (value := request.GET.get(name, ""))}
    for name in NOT_HERE:
        if name in said:
            raise NotOffered(field=name)
    found: dict[str, Any] = {}
    for name, (field, read) in READ.items():
        if name in said:
            try:
                found[field] = read(said[name])
            except (ValueError, OverflowError) as fault:
                raise NotReadable(field=name) from fault
    return Asked(**found)
