"""Parts of our own services that others' forms have no terms for, taken back while those terms still say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onedoor.domain.catalogue.api import Identity
from onedoor.tools.catalogues.found import Found
from onedoor.tools.packs.writing.services import criterion, duration, fee, keywords, said
from onedoor.tools.packs.writing.texts import Row, spare

NOT_CARRIED = (
    "its form, its process and its decisions are not carried: take them from its pack, or write them"
)
BY_TABLE = "who may apply is said in words only: write the demand, or its decision table"
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def restored(
    text: str,
    row: Row,
    *,
    fees: Callable[[], list[Row]],
    costs: Iterable[list[Any]],
    time: str,
    found: Found,
) -> Row:
    """The row of a service with the parts that its text carries.

    Args:
        row: by the standard's terms alone, but for its fees. fees: read by these terms, where the text does not carry them.
        costs, time: what these terms say of sums (as `exchange.exact.costs`) and of the duration.
    What was changed there since, or cannot be read, stays as the standard says it, and is named.
    """
    restoring = _Restoring({}, dict(row), found)
    try:
        if text:
            restoring.all(json.loads(text), costs=sorted(costs, key=str), time=time)
    except UNREADABLE:
        found.leave(row["code"], "its exact data cannot be read and are left out")
        restoring = _Restoring({}, dict(row), found)
    made = restoring.row
    return _without_words({**made, "fees": made["fees"] if "fees" in made else fees()}, found)


def _without_words(row: Row, found: Found) -> Row:
    """Conditions and demands that are said in words only are left to a person."""
    papers = []
    for paper in row["papers"]:
        if paper.get("when") and "if" not in paper["when"]:
            found.leave(
                f"{row['code']}/{paper['code']}", "a condition is said in words only: write it as one"
            )
            paper = {key: value for key, value in paper.items() if key != "when"}
        papers.append(paper)
    for one in row["eligibility"]:
        if "if" not in one:
            found.leave(f"{row['code']}/{one['code']}", BY_TABLE)
    return {**row, "papers": papers, "eligibility": [one for one in row["eligibility"] if "if" in one]}


class _Restoring:
    def __init__(self, held: Mapping[str, Any], row: Row, found: Found) -> None:
        self.held, self.row, self.found = held, row, found

    def all(self, held: Mapping[str, Any], *, costs: list[list[Any]], time: str) -> None:
        """Every part. Errors: those of reading what somebody else wrote."""
        self.held = held
        self.order("keywords", keywords)
        self.order("life_events", list)
        self.papers()
        self.demands()
        self.fees(costs)
        self.duration(time)
        self.rest()
        self.found.leave(self.row["code"], NOT_CARRIED)

    def order(self, key: str, made: Any) -> None:
        """Words in the order in which they stood, while they are the same."""
        kept, now = made(self.held[key]), self.row[key]
        if _unordered(kept) == _unordered(now):
            self.row[key] = kept

    def papers(self) -> None:
        """Conditions as they are reckoned; their words are the standard's."""
        by_code = {paper["code"]: paper for paper in self.row["papers"]}
        codes = [code for code, _more in self.held["papers"]]
        for code, more in self.held["papers"]:
            paper = by_code.get(code)
            if paper is None:
                continue
            words = paper.pop("when", {})
            if "if" in more:
                paper["when"] = {"if": more["if"], **words}
            if "service" in more:
                paper["service"] = more["service"]
        if sorted(codes) == sorted(by_code):
            self.row["papers"] = [by_code[code] for code in codes]

    def demands(self) -> None:
        """What is demanded of applicants; the words are the standard's, where it says them."""
        by_code = {one["code"]: one for one in self.row["eligibility"]}
        rows = [
            criterion({"code": code, **by_code.pop(code), **more}) for code, more in self.held["eligibility"]
        ]
        by_table = self.held["more"].get("eligibility_table")  # its rules come back with the decisions
        self.row["eligibility"] = [*map(spare, rows), *(() if by_table else by_code.values())]

    def fees(self, costs: list[list[Any]]) -> None:
        """All periods with every line, while the sums are those that were written."""
        if sorted(self.held["costs"], key=str) == costs:
            self.row["fees"] = [fee(one) for one in self.held["fees"]]
        else:
            self.found.leave(
                self.row["code"], "its sums were changed by somebody: its exact fees are left out"
            )

    def duration(self, time: str) -> None:
        """The time with its choices and extensions, while it is the one that was written."""
        if self.held["time"] == time:
            self.row["duration"] = duration(self.held["duration"])
        else:
            self.found.leave(
                self.row["code"], "its time was changed by somebody: its exact duration is left out"
            )

    def rest(self) -> None:
        """How she shows who she is, where it is offered, and what no form of others has a place for."""
        kept = said(self.held["identity"], Identity)
        if kept.get("level", "") == self.row["identity"].get("level", ""):
            self.row["identity"] = kept
        self.row |= {key: value for key, value in self.held["more"].items() if key not in self.row}
        self.found.offers += [
            {**one, "service": self.row["code"], "centre": str(one["centre"])} for one in self.held["offers"]
        ]


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: sorted(words) for key, words in value.items()}
    return sorted(value)
