"""What the hall's screen shows and says: plans of boards, posters, and the words of a call."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.domain.notices import errors

MAIN = "main"
LONGEST_POSTER = 240
MOST_ZONES = 10
NOTICE, LESSON = "notice", "lesson"
"""What the centre announces; a short text that teaches (which papers, what is free, how to complain)."""
_CODE = re.compile(r"[a-z0-9_-]{1,20}")
_NEVER = {"now", "clips"}  # addresses of their own
# The words of a call in the order in which each language says them; a folder of clips may bring its own.
ORDER: Mapping[str, tuple[str, ...]] = {
    "lo": ("ticket", "number", "go_to", "place", "place_number"),
    "en": ("ticket", "number", "go_to", "place", "place_number"),
}
PLACES = ("counter", "booth")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one board of a centre looks: columns (1: calls only; 2: and who is next; 3: and notices), zones, sound."""

    code: str = MAIN
    columns: int = 3
    zones: tuple[str, ...] = ()
    notices: bool = True
    sound: bool = True


def read_plan(
    *, code: str, columns: int, zones: Sequence[str], notices: bool, sound: bool, known: Sequence[str] = ()
) -> Plan:
    """A plan as somebody typed it.

    Args:
        known: the centre's zones; any code when empty.

    Raises:
        BoardInvalid, with the field.
    """
    if not _CODE.fullmatch(code) or code in _NEVER:
        raise errors.BoardInvalid(field="code")
    if columns not in (1, 2, 3):
        raise errors.BoardInvalid(field="columns")
    wanted = tuple(dict.fromkeys(zone for zone in zones if zone))
    if len(wanted) > MOST_ZONES or any(
        not _CODE.fullmatch(zone) or (known and zone not in known) for zone in wanted
    ):
        raise errors.BoardInvalid(field="zones")
    return Plan(code=code, columns=columns, zones=wanted, notices=notices, sound=sound)


def read_poster(
    texts: Mapping[str, str], *, kind: str, first: date, last: date | None, today: date
) -> dict[str, str]:
    """The words of a poster in both languages; gives them without control signs.

    Raises:
        PosterInvalid, with the field.
    """
    if kind not in (NOTICE, LESSON):
        raise errors.PosterInvalid(field="kind")
    if last is not None and (last < first or last < today):
        raise errors.PosterInvalid(field="last")
    clean = {}
    for language in ("lo", "en"):
        said = " ".join("".join(s if s.isprintable() else " " for s in texts.get(language, "")).split())
        if not said or len(said) > LONGEST_POSTER:
            raise errors.PosterInvalid(field=f"text_{language}")
        clean[language] = said
    return clean


def words_of(
    number: str, *, place: str, place_number: str, order: Sequence[str] = (), language: str = "lo"
) -> list[str]:
    """The slots of a call, one a word: letters and digits are said one by one. Nothing for an order that is not known."""
    slots: list[str] = []
    for word in order or ORDER.get(language, ORDER["lo"]):
        if word == "number":
            slots += [sign.lower() for sign in number if sign.isascii() and sign.isalnum()]
        elif word == "place":
            slots.append(place if place in PLACES else "counter")
        elif word == "place_number":
            slots += [sign.lower() for sign in place_number if sign.isascii() and sign.isalnum()]
        else:
            slots.append(word)
    return slots
