"""What differs in the fees: periods by their first day, lines by their code, amounts that rise or fall."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

from onedoor.domain.catalogue.rules.differences.words import (
    Difference,
    changed,
    day,
    mapping,
    money,
    rows,
    said,
)

DOCUMENT = "content"
STATES = {
    "set": gettext_noop("set"),
    "free": gettext_noop("free by law"),
    "to_be_set": gettext_noop("still to be set"),
}
Row = Mapping[str, Any]


def fee_differences(old: Any, new: Any) -> Iterator[Difference]:
    """Every change of the fees."""
    before, after = rows(old, "valid_from"), rows(new, "valid_from")
    if len(before) == len(after) == 1:  # one period: it is the same one, also when its first day has changed
        before, after = {"0": next(iter(before.values()))}, {"0": next(iter(after.values()))}
    for key in before.keys() - after.keys():
        pattern = gettext_noop("The fee from %(day)s (%(what)s) is no longer listed.")
        yield _of(key, pattern, day=day(before[key].get("valid_from")), what=_what(before[key]))
    for key in [each for each in after if each not in before]:
        pattern = gettext_noop("From %(day)s a new fee applies: %(what)s.")
        yield _of(key, pattern, day=day(after[key].get("valid_from")), what=_what(after[key]))
    for key in [each for each in after if each in before]:
        yield from _period(key, before[key], after[key])


def _of(key: str, pattern: str, **about: Any) -> Difference:
    return said(DOCUMENT, f"fees.{key}", pattern, **about)


def _what(fee: Row) -> Any:
    state = str(fee.get("state") or "")
    if state == "set" and not fee.get("lines"):
        return money(fee.get("amount"), fee.get("currency"))
    words = STATES.get(state)
    return (lambda: gettext(words)) if words else state


def _period(key: str, old: Row, new: Row) -> Iterator[Difference]:
    found = list(changed(old, new))
    if "state" in found:
        pattern = gettext_noop("The fee is now: %(new)s (before: %(old)s).")
        yield _of(key, pattern, new=_what(new), old=_what(old))
    elif "amount" in found or "currency" in found:
        yield _amount(key, old, new, gettext_noop("The fee rises from %(old)s to %(new)s."),
                      gettext_noop("The fee falls from %(old)s to %(new)s."))  # fmt: skip
    if "law" in found:
        yield _of(key, gettext_noop("The law of the fee is now: %(law)s"), law=mapping(new.get("law")))
    for name, pattern in (
        ("valid_from", gettext_noop("The fee now applies from %(day)s.")),
        ("valid_until", gettext_noop("The fee now applies until %(day)s.")),
    ):
        if name in found:
            yield _of(key, pattern, day=day(new.get(name)))
    if "lines" in found:
        yield from _lines(key, rows(old.get("lines"), "code"), rows(new.get("lines"), "code"))
    if "rate" in found:
        yield _of(key, gettext_noop("The rate of the fee's currency has changed."))
    if "funding" in found:
        yield _of(key, gettext_noop("Who bears the cost of the service has changed."))
    for name in found:
        if name not in KNOWN:
            yield _of(key, gettext_noop("“%(part)s” of the fee has changed."), part=name)


KNOWN = frozenset(
    ("state", "amount", "currency", "law", "valid_from", "valid_until", "lines", "rate", "funding")
)


def _amount(key: str, old: Row, new: Row, rises: str, falls: str, **about: Any) -> Difference:
    before, after = old.get("amount"), new.get("amount")
    down = isinstance(before, int) and isinstance(after, int) and after < before
    values = {"old": money(before, old.get("currency")), "new": money(after, new.get("currency"))}
    return _of(key, falls if down else rises, **values, **about)


def _lines(key: str, old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Difference]:
    start = [each for each in new if each not in old]
    for code in old.keys() - new.keys():
        yield _of(key, gettext_noop("The line “%(name)s” is no longer charged."), name=_name(old[code], code))
    for code in start:
        yield _of(key, gettext_noop("The line “%(name)s” is now charged."), name=_name(new[code], code))
    for code in [each for each in new if each in old]:
        yield from _line(key, code, old[code], new[code])
    if set(old) == set(new) and list(old) != list(new):
        yield _of(key, gettext_noop("The lines of the fee stand in another order."))


def _name(row: Row, code: str) -> Any:
    return row["name"] if isinstance(row.get("name"), Mapping) else code


def _line(key: str, code: str, old: Row, new: Row) -> Iterator[Difference]:
    found, name = list(changed(old, new)), _name(new, code)
    if "amount" in found:
        yield _amount(
            key,
            old,
            new,
            gettext_noop("“%(name)s” rises from %(old)s to %(new)s."),
            gettext_noop("“%(name)s” falls from %(old)s to %(new)s."),
            name=name,
        )
    if "percent" in found:
        pattern = gettext_noop("“%(name)s” is now %(new)s percent (before: %(old)s).")
        yield _of(key, pattern, name=name, new=str(new.get("percent")), old=str(old.get("percent")))
    if {"steps", "choices"} & set(found):
        yield _of(key, gettext_noop("The table of “%(name)s” has changed."), name=name)
    if {"when", "by"} & set(found):
        yield _of(key, gettext_noop("When “%(name)s” is charged has changed."), name=name)
    if set(found) - {"amount", "percent", "steps", "choices", "when", "by"}:
        yield _of(key, gettext_noop("How “%(name)s” is charged or called has changed."), name=name)
