"""What was found in another catalogue, as rows of a pack, and what could not be said in one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from onedoor.kernel.money import EXPONENTS, LARGEST
from onedoor.tools.packs.fields import CODE, LAO
from onedoor.tools.packs.writing.texts import Row, spare

LANGUAGES = ("lo", "en")
NOTICE = {
    "lo": "ນຳເຂົ້າຈາກລາຍການບໍລິການອື່ນ ຍັງບໍ່ທັນໄດ້ກວດຄືນ",
    "en": "Taken over from another catalogue; not reviewed yet",
}
OFTEN = ("notice", "life_events", "keywords", "identity", "eligibility")
EMPTY = ("papers", "legal_basis", "duration")


@dataclass
class Found:
    """Rows by code, and what is left to whoever reviews them: (what it was, a sentence)."""

    services: dict[str, Row] = field(default_factory=dict)
    authorities: dict[str, Row] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    offers: list[Row] = field(default_factory=list)
    unmapped: list[tuple[str, str]] = field(default_factory=list)

    def leave(self, thing: object, sentence: str) -> None:
        """Something that a pack cannot say, or that must be decided by a person."""
        self.unmapped.append((str(thing), sentence))


def code_of(said: str, taken: Collection[str] = (), *, otherwise: str = "service") -> str:
    """A code for a thing: what it was called, where that is one; else as near to it as letters and digits come."""
    code = said if CODE.match(said) and ".." not in said else _slug(said)[:60].strip("-") or otherwise
    number, found = 2, code
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found


def _slug(said: str) -> str:
    plain = (
        unicodedata.normalize("NFKD", said.rstrip("/").rpartition("/")[2]).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()


def in_its_language(text: str) -> dict[str, str]:
    """A text of which the language is not said: in Lao letters it is Lao, else English."""
    plain = " ".join(text.split())
    return {("lo" if LAO.search(plain) else "en"): plain} if plain else {}


def minor(amount: object, currency: str) -> int | None:
    """A sum in whole minor units; None where it cannot be one."""
    try:
        sum_ = Decimal(str(amount)[:60]).scaleb(EXPONENTS[currency])
        if not sum_.is_finite() or sum_.adjusted() > 17:  # before it is written out in digits
            return None
        whole = int(sum_)
    except (InvalidOperation, ValueError, OverflowError, KeyError):
        return None
    return whole if whole == sum_ and 0 <= whole <= LARGEST else None


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key by which law-2 comes before law-10."""
    parts = re.split(r"(\d{1,9})", text)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part]


def complete(row: Mapping[str, Any], found: Found) -> Row:
    """A service's row in the order of a pack, with what must be said of what is missing."""
    fees = row["fees"] or [{"state": "to_be_set"}]
    demonstration = row["demonstration"] or any(one["state"] == "to_be_set" for one in fees)
    if demonstration and not row["demonstration"]:
        found.leave(row["code"], "is a demonstration until its fee is set")
    held = {
        **row,
        "fees": fees,
        "demonstration": demonstration,
        "notice": row["notice"] or (NOTICE if demonstration else {}),
    }
    for key in ("name", "summary", "result"):
        lacking = [language for language in LANGUAGES if not held[key].get(language)]
        if lacking:
            found.leave(row["code"], f"“{key}” has no text in {', '.join(lacking)}")
    empty = [key for key in EMPTY if not held[key] or held[key] == {"kind": "unknown"}]
    order = (
        "code name summary authority demonstration notice valid_from life_events keywords not_published papers fees"
        " duration legal_basis identity eligibility eligibility_table result source"
    ).split()
    rest = spare({key: held[key] for key in OFTEN if key in held})
    held = {key: value for key, value in held.items() if key not in OFTEN}
    held |= rest | spare({"not_published": empty})
    return {key: held[key] for key in (*order, *(key for key in held if key not in order)) if key in held}


def grouped(offers: Iterable[Row]) -> list[Row]:
    """Offers that differ in nothing but their centres stand together."""
    groups: dict[str, tuple[Row, list[str]]] = {}
    for one in offers:
        rest = {key: value for key, value in one.items() if key != "centre"}
        groups.setdefault(repr(sorted(rest.items(), key=str)), (rest, []))[1].append(str(one["centre"]))
    return [{"service": rest["service"], "centres": sorted(at), **rest} for rest, at in groups.values()]
