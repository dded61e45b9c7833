"""Which papers this applicant brings, and what is wrong with a list of papers. No database, no clock."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from onedoor.domain.catalogue.rules import Law, Paper
from onedoor.domain.catalogue.rules.feel import Expression, ExpressionError, compile_expression
from onedoor.kernel.i18n import missing_languages

PAPER_FORMS = ("original", "copy", "held")


@lru_cache(maxsize=512)
def _condition(text: str) -> Expression:
    return compile_expression(text)


def holds(paper: Paper, answers: Mapping[str, Any]) -> bool:
    """Whether a paper is for somebody with these answers; while they are missing it is not."""
    return not paper.when or _condition(paper.when["if"]).holds(answers)


def to_bring(papers: Iterable[Paper], answers: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The papers that somebody with these answers brings; what the state holds itself is asked of nobody."""
    return tuple(paper for paper in papers if paper.form != "held" and holds(paper, answers))


def lacking(
    papers: Iterable[Paper], answers: Mapping[str, Any], attached: Collection[str]
) -> tuple[Paper, ...]:
    """The required papers of which neither they nor what is taken instead is there."""
    return tuple(
        paper
        for paper in to_bring(papers, answers)
        if paper.required and not paper.codes.intersection(attached)
    )


def decisive(papers: Iterable[Paper]) -> frozenset[str]:
    """The questions on which papers depend."""
    return frozenset(
        name.partition(".")[0]
        for paper in papers
        if paper.when
        for name in _condition(paper.when["if"]).names
    )


def for_removal(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers for which no law is named: they are asked for by habit until somebody names one."""
    return tuple(paper for paper in papers if not paper.law)


def paper_faults(
    papers: Iterable[Paper], *, questions: Collection[str], laws: Iterable[Law]
) -> Iterator[tuple[int, str, str]]:
    """What cannot be published: (index of the paper, key, sentence)."""
    numbers = {law.number for law in laws if law.number}
    seen: set[str] = set()
    for index, paper in enumerate(papers):
        for code in sorted(paper.codes & seen):
            yield index, "code", f"the paper “{code}” stands twice"
        seen |= paper.codes
        if paper.form and paper.form not in PAPER_FORMS:
            yield index, "form", f"“{paper.form}” is none of {', '.join(PAPER_FORMS)}"
        if paper.law and paper.law not in numbers:
            yield index, "law", f"“{paper.law}” is not the number of a law under legal_basis"
        if paper.when:
            yield from ((index, "when", sentence) for sentence in _when_faults(paper.when, questions))


def _when_faults(when: Mapping[str, str], questions: Collection[str]) -> Iterator[str]:
    if lacking_words := missing_languages({key: said for key, said in when.items() if key != "if"}):
        yield f"the condition lacks words in: {', '.join(lacking_words)}"
    try:
        named = _condition(when.get("if", "")).names
    except ExpressionError as fault:
        yield f"the condition: {fault}"
        return
    for name in sorted({each.partition(".")[0] for each in named} - set(questions)):
        yield f"the condition reads “{name}”, which the form does not ask"
