"""Greeters and volunteers: what may be kept of them, and where they stand. Pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

HELPER_KINDS = ("greeter", "volunteer")
DUTY_PLACES = ("door", "kiosk", "hall", "escort")
MOST_LANGUAGES = 6


@dataclass(frozen=True, kw_only=True)
class HelperView:
    """A greeter or volunteer of a centre; ``trained_on`` when she was trained, ``phone`` only where it may be seen."""

    id: UUID
    centre: UUID
    kind: str
    name: str
    languages: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None
    trained_on: date | None = None
    consent_on: date | None = None
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class DutyView:
    """A helper on duty at a place of the centre for some hours of a day."""

    id: UUID
    helper: HelperView
    day: date
    starts: time
    ends: time
    place: str


def helper_fault(
    *,
    kind: str,
    name: str,
    languages: Sequence[str],
    phone: str | None,
    consent: bool,
    trained_on: date | None,
    valid_from: date,
    valid_until: date | None,
    today: date,
) -> str | None:
    """The first field that cannot be; None when all can. ``phone``: its digits, None where none was told."""
    if not consent:
        return "consent"
    if kind not in HELPER_KINDS:
        return "kind"
    if not 1 <= len(name) <= 200:
        return "name"
    plain = all(2 <= len(one) <= 3 and one.isascii() and one.isalpha() for one in languages)
    if len(languages) > MOST_LANGUAGES or not plain:
        return "languages"
    if phone is not None and not 6 <= len(phone) <= 15:
        return "phone"
    if trained_on is not None and trained_on > today:
        return "trained_on"
    if valid_until is not None and valid_until <= valid_from:
        return "valid_until"
    return None
