"""What differs in a form: questions that are asked, no longer asked, asked of others or in other words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from onedoor.domain.catalogue.rules.differences.words import Difference, changed, mapping, said, same

DOCUMENT = "form"
Schema = Mapping[str, Any]


def form_differences(old: Any, new: Any) -> Iterator[Difference]:
    """Every change of the form."""
    before, after = mapping(old), mapping(new)
    if same(before, after):
        return
    found = list(_questions(before, after))
    if not same(_under_new_names(before, after), after.get("x-sections")):
        found += list(_sections(before, after))
    rest = [key for key in changed(before, after) if key not in ("properties", "required", "x-sections")]
    if rest or not found:
        part = ", ".join(str(each) for each in rest) or "–"
        found.append(
            said(DOCUMENT, "", gettext_noop("The form has changed otherwise (%(part)s)."), part=part)
        )
    yield from found


def _questions(old: Schema, new: Schema) -> Iterator[Difference]:
    before, after = mapping(old.get("properties")), mapping(new.get("properties"))
    renamed = _renamed(before, after)
    for name in [each for each in before if each not in after and each not in renamed]:
        yield _of(name, before[name], gettext_noop("“%(label)s” is no longer asked."))
    for name in [each for each in after if each not in before and each not in renamed.values()]:
        yield _of(name, after[name], gettext_noop("“%(label)s” is now asked."))
    for was, name in renamed.items():
        yield _of(name, after[name], gettext_noop("“%(label)s” is renamed; it was “%(was)s”."), was=was)
        now = {key: said for key, said in mapping(after[name]).items() if key != "x-was"}
        yield from _question(name, mapping(before[was]), now)
    needed = _required(old), _required(new)
    for name in [each for each in after if each in before]:
        if (name in needed[0]) != (name in needed[1]):
            pattern = (
                gettext_noop("“%(label)s” must now be answered.")
                if name in needed[1]
                else gettext_noop("“%(label)s” need no longer be answered.")
            )
            yield _of(name, after[name], pattern)
        if not same(before[name], after[name]):
            yield from _question(name, mapping(before[name]), mapping(after[name]))
    if not same(list(before), list(after)) and set(before) == set(after):
        yield said(DOCUMENT, "/properties", gettext_noop("The questions stand in another order in the file."))


def _renamed(before: Schema, after: Schema) -> dict[str, str]:
    """The questions that go on under another name, which says what it was: its new name by the former."""
    found: dict[str, str] = {}
    for name, held in after.items():
        said = mapping(held).get("x-was", ())
        for was in (said,) if isinstance(said, str) else said if isinstance(said, list) else ():
            if isinstance(was, str) and name not in before and was in before and was not in after:
                found.setdefault(was, name)
    return found


def _under_new_names(old: Schema, new: Schema) -> Any:
    """The former sections with today's names of questions: a name that changed rearranges nothing."""
    sections = old.get("x-sections")
    names = _renamed(mapping(old.get("properties")), mapping(new.get("properties")))
    if not names or not isinstance(sections, list):
        return sections
    return [
        {
            **each,
            "fields": [names.get(name, name) if isinstance(name, str) else name for name in each["fields"]],
        }
        if isinstance(each, dict) and isinstance(each.get("fields"), list)
        else each
        for each in sections
    ]


def _required(schema: Schema) -> frozenset[str]:
    held = schema.get("required")
    return frozenset(str(each) for each in held) if isinstance(held, list) else frozenset()


def _of(name: Any, held: Any, pattern: str, **about: Any) -> Difference:
    label = mapping(held).get("x-label")
    return said(
        DOCUMENT,
        f"/properties/{name}",
        pattern,
        label=label if isinstance(label, Mapping) and label else str(name),
        **about,
    )


def _question(name: str, old: Schema, new: Schema) -> Iterator[Difference]:
    found = set(changed(old, new))
    if "x-label" in found:
        pattern = gettext_noop("The question “%(old)s” now reads “%(label)s”.")
        label = old.get("x-label")
        yield _of(name, new, pattern, old=label if isinstance(label, Mapping) else name)
    if "enum" in found:
        yield from _choices(name, old, new)
    if found & {"x-when", "x-required"}:
        yield _of(name, new, gettext_noop("Of whom “%(label)s” is asked has changed."))
    if found & {"minimum", "maximum", "maxLength", "minLength", "pattern", "x-not-after"}:
        yield _of(name, new, gettext_noop("Which answers “%(label)s” takes has changed."))
    if found & {"type", "x-field", "items", "format"}:
        yield _of(name, new, gettext_noop("How “%(label)s” is answered has changed."))
    known = {"x-label", "enum", "x-when", "x-required", "minimum", "maximum", "maxLength", "minLength"}
    if found - known - {"pattern", "x-not-after", "type", "x-field", "items", "format"}:
        yield _of(
            name, new, gettext_noop("The help or the words of the answers of “%(label)s” have changed.")
        )


def _choices(name: str, old: Schema, new: Schema) -> Iterator[Difference]:
    before = old["enum"] if isinstance(old.get("enum"), list) else []
    after = new["enum"] if isinstance(new.get("enum"), list) else []
    gone = [each for each in before if each not in after]
    come = [each for each in after if each not in before]
    for each in gone:
        word = mapping(old.get("x-labels")).get(str(each)) or str(each)
        yield _of(
            name, new, gettext_noop("“%(label)s” can no longer be answered with “%(answer)s”."), answer=word
        )
    for each in come:
        word = mapping(new.get("x-labels")).get(str(each)) or str(each)
        yield _of(name, new, gettext_noop("“%(label)s” can now be answered with “%(answer)s”."), answer=word)
    if not gone and not come:
        yield _of(name, new, gettext_noop("The answers of “%(label)s” stand in another order."))


def _sections(old: Schema, new: Schema) -> Iterator[Difference]:
    before, after = old.get("x-sections"), new.get("x-sections")
    titles = [
        [mapping(mapping(each).get("title")) for each in part] if isinstance(part, list) else []
        for part in (before, after)
    ]
    for title in [each for each in titles[0] if each not in titles[1]]:
        yield said(
            DOCUMENT, "/x-sections", gettext_noop("There is no section “%(title)s” any more."), title=title
        )
    for title in [each for each in titles[1] if each not in titles[0]]:
        yield said(DOCUMENT, "/x-sections", gettext_noop("There is a section “%(title)s” now."), title=title)
    if titles[0] == titles[1]:
        yield said(DOCUMENT, "/x-sections", gettext_noop("The questions are arranged in another way."))
