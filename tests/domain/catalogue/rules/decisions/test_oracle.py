"""The index against a plain interpreter that asks every cell of every rule, and the checks against trying every value."""

import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.decisions import DecisionsRefused, compile
from onedoor.domain.catalogue.rules.decisions.model import Table
from onedoor.domain.catalogue.rules.decisions.reader import Reading
from onedoor.domain.catalogue.rules.decisions.regions import Budget, cut
from onedoor.domain.catalogue.rules.decisions.running import run_table
from onedoor.domain.catalogue.rules.decisions.tables import read_table
from onedoor.domain.catalogue.rules.feel import compile_tests
from onedoor.domain.catalogue.rules.process.reader import read_xml
from tests.domain.catalogue.rules.decisions.dmn import SPACE, definitions, faults, table

CELLS = {
    "number": [
        "-",
        "5",
        "< 5",
        ">= 5",
        "[0..10]",
        "(0..10)",
        "]5..20]",
        "not(5)",
        "5, 10",
        "not(< 0, > 20)",
        "null",
        "> n",
        "1.5",
    ],
    "string": ["-", '"a"', '"a", "b"', 'not("a")', '> "a"', '["a".."b"]', "null", "s", "not(null)"],
    "boolean": ["-", "true", "false", "not(true)", "null"],
    "date": [
        "-",
        'date("2026-12-02")',
        '< date("2026-12-02")',
        '[date("2026-01-01")..date("2026-12-02"))',
        "null",
    ],
}
VALUES: dict[str, list[Any]] = {
    "number": [None, -1, 0, 1, 1.5, 5, 7, Decimal("10.0"), 15, 20, 21, "5", True],
    "string": [None, "", "a", "aa", "b", "c", "ກາ", 5],
    "boolean": [None, True, False, "true"],
    "date": [None, "2025-12-31", "2026-01-01", "2026-06-01", "2026-12-02", "2026-12-03", "someday"],
}
POLICIES = ["", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"] + [
    f"COLLECT+{each}" for each in ("SUM", "MIN", "MAX", "COUNT")
]
ANSWERS = ["1", "2", "3"]


@st.composite
def tables(
    draw: st.DrawFn, kinds: list[str], policies: list[str]
) -> tuple[list[str], str, list[list[str]], bool]:
    columns = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
    cells = [st.sampled_from(CELLS[kind]) for kind in columns]
    rules = draw(st.lists(st.tuples(*cells, st.sampled_from(ANSWERS)), min_size=1, max_size=6))
    return columns, draw(st.sampled_from(policies)), [list(rule) for rule in rules], draw(st.booleans())


def written(
    columns: list[str], policy: str, rules: list[list[str]], *, typed: bool = True, default: str = ""
) -> str:
    inputs = [(f"c{number}", kind if typed else "") for number, kind in enumerate(columns)]
    return table(rules, inputs=inputs, outputs=(("o", "number", "3, 1, 2", default),), policy=policy)


def unchecked(xml: str) -> Table:
    """A table that is read and not checked, as gaps and overlaps are wanted here."""
    reading = Reading(SPACE)
    root = read_xml(definitions(xml))
    found = read_table(root.children[0].children[-1], "t", reading)
    assert found is not None, reading.faults
    return found


def interpreted(
    policy: str, rules: list[list[str]], values: list[Any], facts: dict[str, Any], default: str
) -> Any:
    """The answer as the standard tells it, without any cleverness."""
    hits = [
        rule[-1]
        for rule in rules
        if all(
            compile_tests(cell)(value, facts) is True for cell, value in zip(rule[:-1], values, strict=True)
        )
    ]
    found = [int(hit) for hit in hits]
    rank = [3, 1, 2].index
    if policy == "COLLECT+COUNT":
        return len(found)
    if not found:
        lists = policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
        return ([int(default)] if default else []) if lists else (int(default) if default else None)
    return {
        "": found[0] if len(found) == 1 else None,
        "ANY": found[0] if len(set(found)) == 1 else None,
        "PRIORITY": min(found, key=rank),
        "FIRST": found[0],
        "RULE ORDER": found,
        "COLLECT": found,
        "OUTPUT ORDER": sorted(found, key=rank),
        "COLLECT+SUM": sum(found),
        "COLLECT+MIN": min(found),
        "COLLECT+MAX": max(found),
    }[policy]


def held(kind: str, value: Any, typed: bool) -> Any:
    """A value of another kind than the column declares is null."""
    fits: Any = {"number": (int, float, Decimal), "string": str, "boolean": bool, "date": str}[kind]
    if not typed:
        return value
    return (
        value
        if isinstance(value, fits)
        and (kind == "boolean" or not isinstance(value, bool))
        and value != "someday"
        else None
    )


@settings(max_examples=60, deadline=None)
@given(tables(list(CELLS), POLICIES), st.data())
def test_the_index_answers_as_the_interpreter(
    drawn: tuple[list[str], str, list[list[str]], bool], data: st.DataObject
) -> None:
    columns, policy, rules, typed = drawn
    default = data.draw(st.sampled_from(["", "2"]))
    found = unchecked(written(columns, policy, rules, typed=typed, default=default))
    cuts = [
        cut(column, [rule.cells[at] for rule in found.rules], Budget())
        for at, column in enumerate(found.inputs)
    ]
    run = run_table(found, cuts)
    for _ in range(6):
        values = [data.draw(st.sampled_from(VALUES[kind])) for kind in columns]
        facts: dict[str, Any] = {f"c{at}": value for at, value in enumerate(values)} | {"n": 7, "s": "b"}
        kept = [held(kind, value, typed) for kind, value in zip(columns, values, strict=True)]
        assert run(facts).value == interpreted(policy, rules, kept, facts, default)


# Every value that the cells below can tell apart.
TRIED: dict[str, list[Any]] = {
    "number": [-1, 0, Decimal("0.5"), 5, 6, 7, 10, 15, 20, 21],
    "string": ["", "a", "aa", "b", "c"],
    "boolean": [True, False],
    "date": ["2025-06-01", "2026-01-01", "2026-06-01", "2026-12-02", "2027-01-01"],
}
PLAIN = {
    kind: [cell for cell in cells if not {"n", "s"} & {*cell.split()[-1:]} and cell != "1.5"]
    for kind, cells in CELLS.items()
}


@st.composite
def plain(draw: st.DrawFn, policies: list[str]) -> tuple[list[str], str, list[list[str]]]:
    columns = draw(st.lists(st.sampled_from(list(PLAIN)), min_size=1, max_size=2))
    cells = [st.sampled_from(PLAIN[kind]) for kind in columns]
    rules = draw(st.lists(st.tuples(*cells, st.sampled_from(ANSWERS)), min_size=1, max_size=5))
    return columns, draw(st.sampled_from(policies)), [list(rule) for rule in rules]


@settings(max_examples=60, deadline=None)
@given(plain(["", "ANY", "FIRST", "PRIORITY"]))
def test_the_checks_find_what_trying_every_value_finds(drawn: tuple[list[str], str, list[list[str]]]) -> None:
    columns, policy, rules = drawn
    said = faults(written(columns, policy, rules))
    tests = [[compile_tests(cell) for cell in rule[:-1]] for rule in rules]
    gap, clash, answering = False, False, set()
    for values in itertools.product(*(TRIED[kind] + [None] for kind in columns)):
        hits = [
            at
            for at, cells in enumerate(tests)
            if all(c(v) is True for c, v in zip(cells, values, strict=True))
        ]
        gap |= not hits and None not in values
        clash |= len(hits) > 1 and (policy == "" or len({rules[at][-1] for at in hits}) > 1)
        ranks = [[3, 1, 2].index(int(rules[at][-1])) for at in hits]
        answering |= (
            {at for at, rank in zip(hits, ranks, strict=True) if rank == min(ranks)}
            if policy == "PRIORITY"
            else set(hits[:1])
        )
    assert any("no rule holds" in each for each in said) is gap
    if policy in ("", "ANY"):
        assert any("overlap" in each for each in said) is clash
    else:
        silent = {f"rule {at + 1}" for at in range(len(rules)) if at not in answering}
        assert {each.split(", ")[1].split(":")[0] for each in said if "never" in each} == silent


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 400), st.integers(0, 40))
def test_a_broken_file_is_refused_and_nothing_else(rubbish: bytes, at: int, length: int) -> None:
    whole = definitions(table([("< 5", "1"), (">= 5", "2")]))
    try:
        compile(whole[:at] + rubbish + whole[at + length :])
    except DecisionsRefused as refused:
        assert refused.faults


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30),
    st.text('<>=[](),.-0123456789"aX? not', max_size=20),
)
def test_hostile_cells_are_refused_and_nothing_else(first: str, second: str) -> None:
    for cells in ((first, "1"), ("-", second)):
        for line in faults(table([cells], policy="COLLECT")):
            assert "decision “t”" in line


@pytest.mark.parametrize("policy", POLICIES)
def test_deciding_never_raises(policy: str) -> None:
    found = unchecked(written(["number", "string"], policy, [["> n", "-", "n / s"], ["-", '"a"', "s"]]))
    cuts = [
        cut(column, [rule.cells[at] for rule in found.rules], Budget())
        for at, column in enumerate(found.inputs)
    ]
    run = run_table(found, cuts)
    for value in (None, 1, "a", [1], {"a": 1}, object(), float("nan"), 10**9000):
        run({"c0": value, "c1": value, "n": value, "s": value})
    run({})
