"""What a schema may not be: too large, too deep, leading to itself, or with a pattern that takes any number of steps."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

LARGEST = 256 * 1024
DEEPEST = 20
MOST_PARTS = 20_000
MOST_CHOICES = 500
LONGEST_PATTERN = 200
MOST_REPEATS = 2_000
MOST_WAYS = 1_000
REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_REPEAT = re.compile(r"\{(\d{1,5})(,(\d{0,5}))?\}")
Fault = tuple[str, str]


def schema_faults(schema: Mapping[str, Any]) -> list[Fault]:
    """Where a schema is more than a form can be: (place, reason). Nothing in it has been interpreted yet."""
    faults: list[Fault] = []
    parts = size = 0
    waiting: list[tuple[str, Any, int]] = [("", schema, 0)]
    while waiting:
        place, held, depth = waiting.pop()
        parts += 1
        size += len(held) if isinstance(held, str) else 8
        if parts > MOST_PARTS or size > LARGEST:
            return [*faults, ("schema", f"larger than {MOST_PARTS} parts or {LARGEST // 1024} KB")]
        if depth > DEEPEST:
            return [*faults, (place, f"nested deeper than {DEEPEST}")]
        faults += _part_faults(place, held)
        waiting += [(f"{place}.{key}".lstrip("."), inner, depth + 1) for key, inner in _inside(held)]
    return faults


def _inside(held: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(held, Mapping):
        yield from held.items()
    elif isinstance(held, list):
        yield from enumerate(held)


def _part_faults(place: str, held: Any) -> Iterator[Fault]:
    if not isinstance(held, Mapping) or place == "properties" or place.endswith(".properties"):
        return
    for key in REFERENCES & set(held):
        yield f"{place}.{key}".lstrip("."), "references are not followed in forms"
    if isinstance(held.get("enum"), list) and len(held["enum"]) > MOST_CHOICES:
        yield f"{place}.enum", f"more than {MOST_CHOICES} answers"
    if isinstance(held.get("pattern"), str) and (reason := pattern_fault(held["pattern"])):
        yield f"{place}.pattern", reason
    if isinstance(held.get("patternProperties"), Mapping):
        yield f"{place}.patternProperties".lstrip("."), "the names of questions are written out in forms"


def pattern_fault(pattern: str) -> str:
    """Why a pattern is not taken; empty when every text is matched within a known number of steps."""
    if len(pattern) > LONGEST_PATTERN:
        return f"a pattern longer than {LONGEST_PATTERN} characters"
    if not (pattern.startswith("^") and pattern.endswith("$")):
        return "a pattern begins with ^ and ends with $"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        return f"not a pattern: {fault}"
    return _step_fault(pattern)


def _step_fault(pattern: str) -> str:
    """Reads the pattern sign by sign: repeats are bounded and stand after one character or one set, never after brackets."""
    place, before, repeats, ways = 0, "", 0, 1
    while place < len(pattern):
        sign = pattern[place]
        found = _REPEAT.match(pattern, place)
        if sign in "*+":
            return f"“{sign}” repeats without end: write how often, such as {{0,40}}"
        if sign == "?" or found:
            if before in ("", ")", "("):
                return "brackets are not repeated in the pattern of a form"
            least, most = _times(found)
            if most is None:
                return "a repeat without an end: write how often at most, such as {1,40}"
            repeats, ways = repeats + most, ways * (most - least + 1)
            place, before = place + (len(found[0]) if found else 1), ""
            continue
        if sign == "(" and pattern.startswith("(?", place) and not pattern.startswith("(?:", place):
            return "only plain brackets are taken in the pattern of a form"
        if sign == "\\" and pattern[place + 1 : place + 2].isdigit():
            return "a pattern does not look back at itself"
        width = _width(pattern, place)
        before, place = ("x" if sign not in "()" else sign), place + width
    if repeats > MOST_REPEATS or ways > MOST_WAYS:
        return "the pattern can be matched in too many ways"
    return ""


def _times(found: re.Match[str] | None) -> tuple[int, int | None]:
    if found is None:
        return 0, 1
    least = int(found[1])
    if found[2] is None:
        return least, least
    return least, int(found[3]) if found[3] else None


def _width(pattern: str, place: int) -> int:
    """How many characters one sign takes: an escape two, a set up to its closing bracket."""
    if pattern[place] == "\\":
        return 2
    if pattern.startswith("(?:", place):
        return 3
    if pattern[place] != "[":
        return 1
    end = place + 1 + (pattern[place + 1 : place + 2] == "^")
    end += pattern[end : end + 1] == "]"
    while end < len(pattern) and pattern[end] != "]":
        end += 2 if pattern[end] == "\\" else 1
    return end - place + 1
