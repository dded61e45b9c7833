"""Papers: which of them this applicant brings, what is taken instead, and what cannot be published."""

from typing import Any

import pytest

from onedoor.domain.catalogue.api import (
    Instead,
    Law,
    Paper,
    decisive,
    for_removal,
    lacking,
    paper_faults,
    to_bring,
)

NAME = {"lo": "ຄຳ", "en": "Word"}
LAW = Law(name=NAME, number="12/NA")


def paper(code: str, **about: Any) -> Paper:
    """A paper; ``when`` is an expression."""
    if isinstance(about.get("when"), str):
        about["when"] = {"if": about["when"], **NAME}
    return Paper(code=code, name=NAME, **about)


NOTICE = paper("notice", law="12/NA", instead=(Instead(code="witnesses", name=NAME),))
HOSPITAL = paper("hospital", when='site = "hospital"')
FAMILY_BOOK = paper("family-book", form="held")
PHOTO = paper("photo", required=False)
ALL = (NOTICE, HOSPITAL, FAMILY_BOOK, PHOTO)


@pytest.mark.parametrize(
    ("answers", "brought"),
    [
        ({"site": "hospital"}, ["notice", "hospital", "photo"]),
        ({"site": "home"}, ["notice", "photo"]),
        ({}, ["notice", "photo"]),
        ({"site": 7}, ["notice", "photo"]),
    ],
)
def test_rules_decide_what_is_brought(answers: dict[str, Any], brought: list[str]) -> None:
    assert [each.code for each in to_bring(ALL, answers)] == brought


@pytest.mark.parametrize(
    ("attached", "missing"),
    [
        (set(), ["notice", "hospital"]),
        ({"witnesses"}, ["hospital"]),
        ({"notice", "hospital"}, []),
        ({"photo", "family-book"}, ["notice", "hospital"]),
    ],
)
def test_what_is_missing_may_be_there_as_something_else(attached: set[str], missing: list[str]) -> None:
    assert [each.code for each in lacking(ALL, {"site": "hospital"}, attached)] == missing


def test_which_answers_matter_and_which_papers_have_no_law() -> None:
    assert decisive(ALL) == {"site"}
    assert [each.code for each in for_removal(ALL)] == ["hospital", "family-book", "photo"]


@pytest.mark.parametrize(
    ("papers", "key", "said"),
    [
        ((paper("a"), paper("a")), "code", "stands twice"),
        ((paper("a"), paper("b", instead=(Instead(code="a", name=NAME),))), "code", "stands twice"),
        ((paper("a", form="scan"),), "form", "none of"),
        ((paper("a", law="99/XX"),), "law", "not the number of a law"),
        ((paper("a", when="site ="),), "when", "character"),
        ((paper("a", when="ghost = 1"),), "when", "does not ask"),
        ((paper("a", when={"if": "site = 1", "lo": "ຄຳ"}),), "when", "lacks words in: en"),
    ],
)
def test_what_cannot_be_published(papers: tuple[Paper, ...], key: str, said: str) -> None:
    faults = list(paper_faults(papers, questions={"site"}, laws=[LAW]))
    assert [(where, said in sentence) for _index, where, sentence in faults] == [(key, True)]


def test_sound_papers_have_no_faults() -> None:
    assert not list(paper_faults(ALL, questions={"site"}, laws=[LAW]))
