"""Pure decisions about documents: facts, states, codes, copies."""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onedoor.domain.documents import errors
from onedoor.kernel.errors import Invalid

LANGUAGES = ("lo", "en")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nothing that reads like something else
CODE_LENGTH = 16  # 5 bits a sign: 80 bits
FREE_TRIES = 5
LONGEST_FACT = 300
LONGEST_WAIT = timedelta(minutes=15)
FORGIVEN_AFTER = timedelta(hours=1)

Facts = dict[str, dict[str, str]]
Row = Mapping[str, Any]


def normalise_facts(rows: Sequence[Row], given: Mapping[str, Any]) -> Facts:
    """The facts a layout asks for, each in both languages; what it does not ask for is left out.

    Args:
        rows: the layout's rows: ``code``, ``label``, ``kind`` (text or date), ``optional``.
        given: code → text, ``{"lo", "en"}``, or a date; ``code_lo`` and ``code_en`` are read as one fact.

    Raises:
        FactMissing, FactMalformed: name the field.
    """
    facts: Facts = {}
    for row in rows:
        code = row["code"]
        both = _both(code, given)
        if max(len(text) for text in both.values()) > LONGEST_FACT:
            raise errors.FactMalformed(errors.TOO_LONG, field=code)
        if row.get("kind") == "date":
            both = _as_date(code, both)
        if not any(both.values()):
            if not row.get("optional"):
                raise errors.FactMissing(field=code)
            continue
        facts[code] = both
    return facts


def _both(code: str, given: Mapping[str, Any]) -> dict[str, str]:
    value = given.get(code)
    if value is None:
        value = {lang: given.get(f"{code}_{lang}") or "" for lang in LANGUAGES}
    if isinstance(value, Mapping):
        texts = {lang: _clean(value.get(lang) or "") for lang in LANGUAGES}
        present = next((text for text in texts.values() if text), "")
        return {lang: text or present for lang, text in texts.items()}
    text = _clean(value)
    return dict.fromkeys(LANGUAGES, text)


def _clean(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return re.sub(r"\s+", " ", "".join(c for c in str(value) if c.isprintable() or c.isspace())).strip()


def _as_date(code: str, both: dict[str, str]) -> dict[str, str]:
    text = both["lo"]
    if not text:
        return both
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        raise errors.FactMalformed(field=code) from None
    return dict.fromkeys(LANGUAGES, found.isoformat())


def laid_over(held: Facts, given: Mapping[str, Any]) -> dict[str, Any]:
    """The held facts with the given ones in their place; a fact given in one language keeps the other."""
    merged: dict[str, Any] = {code: dict(both) for code, both in held.items()}
    for key, value in given.items():
        code, _, lang = key.rpartition("_")
        if code in merged and lang in LANGUAGES:
            merged[code][lang] = value
        elif isinstance(value, Mapping):
            merged[key] = {**merged.get(key, {}), **value}
        else:
            merged[key] = value
    return merged


def check_layout(layout: Mapping[str, Any]) -> None:
    """A layout has a title, a heading, rows, a signer, each text in both languages.

    Raises:
        Invalid: names what is missing.
    """
    for part in ("title", "signer"):
        _spoken_in_both(part, layout.get(part))
    for place, row in enumerate(layout.get("rows") or [{}]):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", str(row.get("code", ""))):
            raise Invalid(field=f"rows.{place}.code")
        _spoken_in_both(f"rows.{place}.label", row.get("label"))


def _spoken_in_both(field: str, value: Any) -> None:
    if not isinstance(value, Mapping) or not all(value.get(lang) for lang in LANGUAGES):
        raise Invalid(field=field)


def digest(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def changed(before: Facts, after: Facts) -> int:
    """How many facts differ."""
    return sum(before.get(code) != after.get(code) for code in before.keys() | after.keys())


def may_correct(state: str) -> None:
    """Facts change only before the document has its number."""
    if state not in ("prepared", "confirmed"):
        raise errors.FactsAreFixed


def may_act(guided: bool, actor: str) -> None:
    """A document that a process laid out goes its way by the process (the system) only.

    Args:
        actor: the kind of whoever acts.

    Raises:
        GuidedByAProcess.
    """
    if guided and actor != "system":
        raise errors.GuidedByAProcess


def may_issue(state: str) -> bool:
    """Whether a number has to be drawn (True), or the document has one already and only its file may be due (False)."""
    if state == "prepared":
        raise errors.FactsNotConfirmed
    if state == "revoked":
        raise errors.AlreadyRevoked
    return state == "confirmed"


def may_revoke(state: str, reason: str) -> None:
    """Only what was issued can be revoked, once, and for a reason."""
    if state == "revoked":
        raise errors.AlreadyRevoked
    if state != "issued":
        raise errors.NotIssued
    if not reason.strip():
        raise errors.ReasonIsMissing(field="reason")


@dataclass(frozen=True)
class Print:
    """What to send to the printer: an existing copy, or a new one under the next copy number."""

    copy: int
    new: bool


def next_print(state: str, copies: Sequence[tuple[int, str]]) -> Print:
    """Which copy a print makes.

    Args:
        state: of the document. copies: number and print state of each copy, in order.

    Raises:
        NotIssued, AlreadyRevoked, PrintIsUnknown.
    """
    if state == "revoked":
        raise errors.AlreadyRevoked
    if state != "issued" or not copies:
        raise errors.NotIssued
    number, printed = copies[-1]
    if printed == "unknown":
        raise errors.PrintIsUnknown
    if printed == "ready":
        return Print(copy=number, new=False)
    return Print(copy=number + 1, new=True)


def code_of(entropy: bytes) -> str:
    """A verifying code of 80 bits from ten random bytes."""
    value = int.from_bytes(entropy[:10], "big")
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(CODE_LENGTH)))


def read_reason(given: str) -> str:
    """A reason on one line, without control signs, at most 500 signs."""
    return _clean(given)[:500]


def read_code(typed: str) -> str:
    """The code as it was meant: without separators, O read as 0, I and L as 1."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(str.maketrans("OIL", "011"))[:CODE_LENGTH]


def grouped(code: str) -> str:
    """The code as it is printed, in fours."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read_number(typed: str) -> str:
    """The number as it was meant: upper case, any dash a hyphen, everything else left out."""
    dashed = re.sub(r"[‐-―−]", "-", typed.upper())
    return re.sub(r"[^0-9A-Z-]", "", dashed)[:40]


def hash_code(number: str, code: str) -> bytes:
    """What is kept of a code. It has 80 random bits, so a plain hash suffices and any node can check it."""
    return hashlib.sha256(f"onedoor document {number} {code}".encode()).digest()


def code_matches(number: str, code: str, kept: Sequence[bytes]) -> bool:
    """Whether the code belongs to one of the copies; takes the same time whether it does or not."""
    given = hash_code(number, code)
    found = False
    for held in [*kept, b"\0" * 32]:
        found |= hmac.compare_digest(given, bytes(held))
    return found


def wait_after(wrong: int) -> timedelta:
    """How long an address waits after so many wrong tries: nothing for five, then doubling from 2 s up to 15 min."""
    if wrong < FREE_TRIES:
        return timedelta()
    return min(timedelta(seconds=2 ** min(wrong - FREE_TRIES + 1, 20)), LONGEST_WAIT)
