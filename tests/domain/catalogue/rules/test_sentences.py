"""Whatever the compilers say is wrong is said in both languages; what stands in a sentence stays, or is said too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import onedoor.domain.catalogue.rules as rules
from onedoor.domain.catalogue.rules.sentences import in_words, recognised
from onedoor.domain.catalogue.rules.sentences.known import PATTERNS
from onedoor.ui.messages import merged

ROOT = Path(rules.__file__).parent
SAYING = ("process", "feel", "decisions", "forms", "terms.py", "papers.py", "eligibility.py", "advised.py")
MARKED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
ENGLISH = re.compile(r"[a-z]{2,} [a-z“(]|“ [a-z]|” [a-z]|[a-z] “| [a-z]{2,}")
# Of the language of expressions and of files, not of ours; and how a compiled value is written again.
NOT_SAID = re.compile(
    r"date and time|(years and months|days and time) duration|(string|upper|lower|list|starts|ends|substring|round|not)"
    r" \w+( \w+)?|if \{\} then .*|date and time\(.*|7 between 7 and 7|7 in \(7\)|decision “7”|column “7”"
    r"|(description|dataObject) .*"
)


def raised() -> Iterator[tuple[str, str]]:
    """Each English text of the compilers, with 7 where something stands, and its place."""
    for name in SAYING:
        for path in sorted((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else [ROOT / name]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((text, f"{path.name}:{line}") for text, line in texts(tree))


def texts(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKED:
        return
    if isinstance(node, ast.JoinedStr):
        yield (
            "".join(str(each.value) if isinstance(each, ast.Constant) else "7" for each in node.values),
            node.lineno,
        )
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                yield from texts(each.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, node.lineno
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def test_each_text_of_the_compilers_is_a_sentence_that_we_know() -> None:
    said = [
        (text, place) for text, place in raised() if ENGLISH.search(text) and not NOT_SAID.fullmatch(text)
    ]
    assert len(said) > 200
    unknown = [f"{place}: {text}" for text, place in said if recognised(text) is None]
    assert unknown == [], "say them in rules/sentences/known and in locale/parts/reasons.po"


def test_each_pattern_is_said_in_lao_with_the_same_places() -> None:
    lao = merged()
    for pattern in PATTERNS:
        message = lao.get(pattern)
        assert message is not None and message.string, pattern
        places = sorted(re.findall(r"%\(\w+\)s", pattern))
        assert sorted(re.findall(r"%\(\w+\)s", str(message.string))) == places, pattern


@pytest.mark.parametrize(
    ("english", "kept"),
    [
        ("no role is called “judge”", ["“judge”"]),
        ("the condition “a +”: a value is expected (character 4)", ["“a +”", "4"]),
        ("it overlaps with rule 3: both hold for “Area” = 5", ["3", "“Area” = 5"]),
        ("“x” is none of LAK, USD", ["“x”", "LAK, USD"]),
    ],
)
def test_what_stands_in_a_sentence_stays(english: str, kept: list[str]) -> None:
    shown = in_words(english)
    with translation.override("en"):
        assert str(shown) == english
    with translation.override("lo"):
        found = str(shown)
    assert (
        found != english
        and re.search("[\u0e80-\u0eff]", found)
        and not re.search(r"is expected|is called", found)
    )
    assert all(each in found for each in kept)


def test_other_texts_stay_as_they_are() -> None:
    for text in ("", "ok", "x" * 5_000, "“" * 900, "a: b: c: d (e)"):
        assert str(in_words(text)) == text
