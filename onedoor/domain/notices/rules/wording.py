"""What a message says: kinds with their values, wordings as data, and how many parts a telephone needs."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from math import ceil
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onedoor.domain.notices import errors
from onedoor.kernel.i18n.shown import format_date, format_datetime, format_time

# The values that a message of each kind says; `centre` is always known.
KINDS: Mapping[str, tuple[str, ...]] = {
    "reminder": ("when", "code"),
    "moved": ("when", "code"),
    "cancelled": ("when",),
    "stop_cancelled": ("when", "village", "day"),
    "offered": ("when", "until", "code"),
    "list_over": ("day",),
    "ahead": ("number", "ahead"),
    "place_kept": ("number", "day"),
    "instead": ("number", "when", "code"),
    "stop_announced": ("village", "day"),
}
KIND_WORDS = {
    "reminder": _("Reminder of an appointment"),
    "moved": _("Appointment moved"),
    "cancelled": _("Appointment cancelled"),
    "stop_cancelled": _("The mobile centre does not come"),
    "offered": _("A time became free"),
    "list_over": _("No time will become free"),
    "ahead": _("Your turn comes soon"),
    "place_kept": _("Place kept for another day"),
    "instead": _("Appointment instead of a place in line"),
    "stop_announced": _("The mobile centre comes"),
}
MOST_PARTS = 4
LONGEST_VALUE = 40
# One part of a message holds 70 signs beyond the Latin alphabet of telephones, 67 when there are several; else 160 and 153.
WIDE, WIDE_OF_MANY = 70, 67
PLAIN, PLAIN_OF_MANY = 160, 153
_PLAIN_SIGNS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_PLACE = re.compile(r"\{([a-z_]+)\}")


def parts_of(text: str) -> int:
    """How many parts a telephone's message needs: counted in UTF-16 units unless its own alphabet suffices."""
    plain = all(sign in _PLAIN_SIGNS for sign in text)
    length = len(text) if plain else len(text.encode("utf-16-le")) // 2
    one, of_many = (PLAIN, PLAIN_OF_MANY) if plain else (WIDE, WIDE_OF_MANY)
    return 0 if not length else 1 if length <= one else ceil(length / of_many)


def shown(value: object, *, language: str, zone: ZoneInfo) -> str:
    """A value as the message says it: instants and days in the language and the centre's zone, long names cut short."""
    if isinstance(value, Mapping):
        value = value.get(language) or next(iter(value.values()), "")
    if isinstance(value, datetime):
        return format_datetime(value, "short", language, zone)
    if isinstance(value, date):
        return format_date(value, "short", language)
    if isinstance(value, time):
        return format_time(value)
    said = " ".join(str(value).split())
    return said if len(said) <= LONGEST_VALUE else f"{said[: LONGEST_VALUE - 1]}…"


def fill(wording: str, values: Mapping[str, str]) -> str:
    """The sentence with its values.

    Raises:
        ValueIsMissing.
    """
    lacking = [name for name in _PLACE.findall(wording) if name not in values]
    if lacking:
        raise errors.ValueIsMissing(field=lacking[0])
    return _PLACE.sub(lambda place: values[place[1]], wording)


def check_wording(kind: str, texts: Mapping[str, str]) -> None:
    """A kind's words in each language: only its own values, and not longer than four parts with usual values.

    Raises:
        KindUnknown, WordingInvalid (``field`` is the language).
    """
    if kind not in KINDS:
        raise errors.KindUnknown(field="kind")
    known = {"centre", *KINDS[kind]}
    for language in {"lo", "en", *texts}:
        said = texts.get(language, "").strip()
        usual = dict.fromkeys(known, "0" * 16)
        places = set(_PLACE.findall(said))
        if not said or not places <= known or parts_of(fill(said, usual)) > MOST_PARTS:
            raise errors.WordingInvalid(field=language)
        if "{" in _PLACE.sub("", said) or "}" in _PLACE.sub("", said):
            raise errors.WordingInvalid(field=language)
