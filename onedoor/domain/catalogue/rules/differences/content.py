"""What differs in the text of a service: words, papers, fees, time, laws, who may apply."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from onedoor.domain.catalogue.rules.differences.fees import fee_differences
from onedoor.domain.catalogue.rules.differences.words import (
    Difference,
    changed,
    day,
    mapping,
    rows,
    said,
    same,
)

DOCUMENT = "content"
WORDS = {
    "name": gettext_noop("The name is now “%(new)s”; it was “%(old)s”."),
    "summary": gettext_noop("The summary is now: “%(new)s”."),
    "result": gettext_noop("The result is now “%(new)s”; it was “%(old)s”."),
    "notice": gettext_noop("The notice to readers is now: “%(new)s”."),
    "source": gettext_noop("The source is now “%(new)s”; it was “%(old)s”."),
}
FORMS = {
    "original": gettext_noop("the original"),
    "copy": gettext_noop("a copy"),
    "held": gettext_noop("nothing, as the state holds it"),
    "": gettext_noop("original or copy, not said which"),
}
LEVELS = {
    "registry": gettext_noop("a registry's answer"),
    "document": gettext_noop("a document"),
    "vouched": gettext_noop("somebody who vouches"),
    "none": gettext_noop("no proof of who she is"),
    "": gettext_noop("not said"),
}
KINDS: Mapping[str, Callable[[int], str]] = {
    "working": lambda count: ngettext("%(amount)s working day", "%(amount)s working days", count),
    "calendar": lambda count: ngettext("%(amount)s calendar day", "%(amount)s calendar days", count),
    "hours": lambda count: ngettext("%(amount)s hour", "%(amount)s hours", count),
    "unknown": lambda _count: gettext("a time that is not known"),
}


def content_differences(old: Any, new: Any) -> Iterator[Difference]:
    """Every change of the content."""
    before, after = mapping(old), mapping(new)
    for key in changed(before, after):
        compare = COMPARED.get(key)
        found = list(compare(before.get(key), after.get(key))) if compare else []
        if key in WORDS and not found:
            found = [said(DOCUMENT, key, WORDS[key], old=_words(before.get(key)), new=_words(after.get(key)))]
        yield from found or [
            said(DOCUMENT, key, gettext_noop("“%(part)s” of the service has changed."), part=key)
        ]


def _words(value: Any) -> Any:
    return mapping(value) if isinstance(value, Mapping) else str(value or "")


def _papers(old: Any, new: Any) -> Iterator[Difference]:
    before, after = rows(old, "code"), rows(new, "code")
    for code in before.keys() - after.keys():
        yield _paper(code, before[code], gettext_noop("The paper “%(name)s” is no longer asked for."))
    for code in [each for each in after if each not in before]:
        yield _paper(code, after[code], gettext_noop("The paper “%(name)s” is now asked for."))
    for code in [each for each in after if each in before]:
        yield from _paper_changes(code, before[code], after[code])
    if list(before) != list(after) and set(before) == set(after):
        yield said(DOCUMENT, "papers", gettext_noop("The papers stand in another order."))


def _paper(code: str, held: Mapping[str, Any], pattern: str, **about: Any) -> Difference:
    return said(DOCUMENT, f"papers.{code}", pattern, name=_named(held, code), **about)


def _named(held: Mapping[str, Any], code: str) -> Any:
    return held["name"] if isinstance(held.get("name"), Mapping) else code


def _paper_changes(code: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key in changed(old, new):
        if key == "form":
            pattern = gettext_noop("Of the paper “%(name)s” is now brought: %(new)s (before: %(old)s).")
            about = {"new": _choice(FORMS, new.get(key)), "old": _choice(FORMS, old.get(key))}
            yield _paper(code, new, pattern, **about)
        elif key == "required":
            yield _paper(
                code,
                new,
                gettext_noop("The paper “%(name)s” must now be brought.")
                if new.get(key, True)
                else gettext_noop("The paper “%(name)s” need no longer be brought."),
            )
        elif key == "when":
            yield _paper(code, new, gettext_noop("Who brings the paper “%(name)s” has changed."))
        elif key == "law":
            pattern = gettext_noop("The paper “%(name)s” is now asked for by: %(new)s (before: %(old)s).")
            yield _paper(code, new, pattern, new=str(new.get(key) or ""), old=str(old.get(key) or ""))
        elif key == "instead":
            yield _paper(
                code, new, gettext_noop("What is taken instead of the paper “%(name)s” has changed.")
            )
        elif key == "name":
            yield _paper(
                code,
                new,
                gettext_noop("The paper “%(old)s” is now called “%(name)s”."),
                old=_named(old, code),
            )
        else:
            yield _paper(code, new, gettext_noop("“%(part)s” of the paper “%(name)s” has changed."), part=key)


def _choice(words: Mapping[str, str], value: Any) -> Any:
    held = words.get(str(value or ""))
    return (lambda: gettext(held)) if held else str(value)


def _laws(old: Any, new: Any) -> Iterator[Difference]:
    before, after = rows(old, "number"), rows(new, "number")
    for key in before.keys() - after.keys():
        yield _law(key, before[key], gettext_noop("The law “%(name)s” is no longer named."))
    for key in [each for each in after if each not in before]:
        yield _law(key, after[key], gettext_noop("The law “%(name)s” was added."))
    for key in [each for each in after if each in before and not same(before[each], after[each])]:
        pattern = gettext_noop("The law “%(name)s” has changed: number %(number)s, dated %(dated)s.")
        held = after[key]
        yield _law(key, held, pattern, number=str(held.get("number") or ""), dated=day(held.get("dated")))


def _law(key: str, held: Mapping[str, Any], pattern: str, **about: Any) -> Difference:
    return said(DOCUMENT, f"legal_basis.{key}", pattern, name=_named(held, key), **about)


def _duration(old: Any, new: Any) -> Iterator[Difference]:
    before, after = mapping(old), mapping(new)
    usual = {"kind", "days", "hours"}
    found = set(changed(before, after))
    if found & usual:
        pattern = gettext_noop("The service may now take %(new)s (before: %(old)s).")
        yield said(DOCUMENT, "duration", pattern, new=_time(after), old=_time(before))
    if found & {"by", "choices"}:
        yield said(DOCUMENT, "duration", gettext_noop("The table of times by answer has changed."))
    if found & {"extensions", "extension"}:
        pattern = gettext_noop("More time may now be given %(times)s, at most %(most)s each time.")
        about = {"times": _often(after.get("extensions", 0)), "most": after.get("extension", 0)}
        yield said(DOCUMENT, "duration", pattern, **about)
    if "warn" in found:
        pattern = gettext_noop("The office is now reminded %(time)s before the end.")
        yield said(DOCUMENT, "duration", pattern, time=_warned(after.get("warn", 1)))
    if found - usual - {"by", "choices", "extensions", "extension", "warn"}:
        yield said(DOCUMENT, "duration", gettext_noop("What is said about the time has changed."))


def _time(held: Mapping[str, Any]) -> Any:
    kind = str(held.get("kind") or "unknown")
    amount = held.get("hours") if kind == "hours" else held.get("days")
    pattern = KINDS.get(kind)
    about = {"amount": "–" if amount is None else amount}
    return lambda: (pattern(1 if amount == 1 else 2) if pattern else "%(amount)s") % about


def _often(times: Any) -> Any:
    return lambda: ngettext("%(count)s time", "%(count)s times", 1 if times == 1 else 2) % {"count": times}


def _warned(days: Any) -> Any:
    return lambda: (
        ngettext("%(days)s day (or hour)", "%(days)s days (or hours)", 1 if days == 1 else 2)
        % {"days": "–" if days in (None, "") else days}
    )


def _listed(part: str, added: str, removed: str, order: str) -> Any:
    def compare(old: Any, new: Any) -> Iterator[Difference]:
        before = [str(each) for each in old] if isinstance(old, list) else []
        after = [str(each) for each in new] if isinstance(new, list) else []
        for word in [each for each in before if each not in after]:
            yield said(DOCUMENT, part, removed, word=word)
        for word in [each for each in after if each not in before]:
            yield said(DOCUMENT, part, added, word=word)
        if before != after and sorted(before) == sorted(after):
            yield said(DOCUMENT, part, order)

    return compare


def _demonstration(_old: Any, new: Any) -> Iterator[Difference]:
    pattern = (
        gettext_noop("The service is now shown as a demonstration.")
        if new is True
        else gettext_noop("The service is no longer a demonstration.")
    )
    yield said(DOCUMENT, "demonstration", pattern)


def _identity(old: Any, new: Any) -> Iterator[Difference]:
    before, after = mapping(old).get("level"), mapping(new).get("level")
    if before != after:
        pattern = gettext_noop("By what somebody shows who she is: %(new)s (before: %(old)s).")
        yield said(DOCUMENT, "identity", pattern, new=_choice(LEVELS, after), old=_choice(LEVELS, before))


def _eligibility(old: Any, new: Any) -> Iterator[Difference]:
    before, after = rows(old, "code"), rows(new, "code")
    for code in before.keys() - after.keys():
        held = _words(before[code].get("words")) or code
        yield said(DOCUMENT, f"eligibility.{code}", gettext_noop("No longer demanded: %(what)s"), what=held)
    for code in [each for each in after if each not in before]:
        held = _words(after[code].get("words")) or code
        yield said(DOCUMENT, f"eligibility.{code}", gettext_noop("Now demanded: %(what)s"), what=held)
    for code in [each for each in after if each in before and not same(before[each], after[each])]:
        held = _words(after[code].get("words")) or code
        yield said(DOCUMENT, f"eligibility.{code}", gettext_noop("A demand has changed: %(what)s"), what=held)


COMPARED = {
    "papers": _papers,
    "fees": fee_differences,
    "duration": _duration,
    "legal_basis": _laws,
    "identity": _identity,
    "eligibility": _eligibility,
    "demonstration": _demonstration,
    "keywords": _listed(
        "keywords",
        gettext_noop("It is now found by “%(word)s”."),
        gettext_noop("It is no longer found by “%(word)s”."),
        gettext_noop("The words by which it is found stand in another order."),
    ),
    "life_events": _listed(
        "life_events",
        gettext_noop("It is now listed under the life event “%(word)s”."),
        gettext_noop("It is no longer listed under the life event “%(word)s”."),
        gettext_noop("The moments of life stand in another order."),
    ),
}
