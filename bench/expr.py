"""Guards and a decision table of 100 rules, against plain Python closures that make the same comparisons.

A guard reads the answers of a form as a process does at a gateway. The table has three columns: a number cut into fifty
ranges, a text, a truth. The floor walks its rules from the first on and stops at the one that holds; the table makes sure, as
its policy asks, that no second one does. ``table_loose_ms`` is the same table where every cell also compares with a name, so
that no index helps.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import Any

from bench.harness import Figures, Goal, finish, interleaved

GOALS: dict[str, Goal] = {"guard_us": ("<=", 5), "table_100_ms": ("<=", 0.1)}
ROUNDS, TIMES = 9, 4_000
FACTS: dict[str, Any] = {
    "outcome": "approve",
    "decision": "approve",
    "limit": 3,
    "form": {
        "floor_area": 455,
        "height": 12,
        "building_use": "shop",
        "old": True,
        "share": "0.5",
        "name": {"lo": "ດາວ"},
    },
}
GUARDS: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ('outcome = "approve"', lambda c: c["outcome"] == "approve"),
    (
        "form.floor_area >= 10000 or form.height > 20",
        lambda c: c["form"]["floor_area"] >= Decimal(10000) or c["form"]["height"] > Decimal(20),
    ),
    (
        'form.floor_area in [400..10000) and form.building_use in ("shop", "factory")',
        lambda c: (
            Decimal(400) <= c["form"]["floor_area"] < Decimal(10000)
            and c["form"]["building_use"] in ("shop", "factory")
        ),
    ),
    (
        "(form.floor_area * 1.5 + 10) / form.height > 50 and not(form.old = false)",
        lambda c: (
            (Decimal(c["form"]["floor_area"]) * Decimal("1.5") + 10) / Decimal(c["form"]["height"]) > 50
            and c["form"]["old"] is not False
        ),
    ),
    (
        'form.name.lo != null and form.height between 10 and 20 and outcome != "return"',
        lambda c: (
            c["form"]["name"]["lo"] is not None
            and 10 <= c["form"]["height"] <= 20
            and c["outcome"] != "return"
        ),
    ),
]
RANGES = 50
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def main() -> None:
    """Times guards and tables in turn with their floors."""
    subject, floor = Subject(), Floor()
    seen = interleaved(ROUNDS, subject=subject.round, floor=floor.round)
    mine, plain = seen["subject"], seen["floor"]
    figures: Figures = {
        "guard_us": round(mine["guard_us"], 2),
        "table_100_ms": round(mine["table_ms"], 4),
        "table_loose_ms": round(mine["loose_ms"], 4),
        "plain_guard_us": round(plain["guard_us"], 2),
        "plain_table_ms": round(plain["table_ms"], 4),
        "compile_guard_us": round(mine["compile_us"], 1),
        "compile_table_ms": round(subject.compiled_ms, 1),
    }
    finish("expr", figures, GOALS)


def taken(work: Callable[[], object], times: int) -> float:
    """Seconds of the processor for one call; who else works on the machine does not count."""
    began = time.thread_time()
    for _ in range(times):
        work()
    return (time.thread_time() - began) / times


class Subject:
    """The expression language and the tables of the catalogue."""

    def __init__(self) -> None:
        from onedoor.domain.catalogue.rules.decisions import compile
        from onedoor.domain.catalogue.rules.feel import compile_expression

        self.compile = compile_expression
        self.guards = [
            compile_expression(text) for text, plain in GUARDS if agrees(compile_expression(text), plain)
        ]
        began = time.thread_time()
        self.table = compile(written("")).decide
        self.compiled_ms = (time.thread_time() - began) * 1e3
        self.loose = compile(written("limit")).decide
        assert len(self.guards) == len(GUARDS)
        assert self.table("level", FACTS).value == self.loose("level", FACTS).value == Floor().table()

    def round(self) -> dict[str, float]:
        """One guard on the average, one table, one compilation."""
        return {
            "guard_us": sum(taken(lambda guard=guard: guard.holds(FACTS), TIMES) for guard in self.guards)  # type: ignore[misc]
            / len(self.guards)
            * 1e6,
            "table_ms": taken(lambda: self.table("level", FACTS), TIMES) * 1e3,
            "loose_ms": taken(lambda: self.loose("level", FACTS), TIMES // 10) * 1e3,
            "compile_us": taken(lambda: self.compile(GUARDS[2][0]), TIMES // 10) * 1e6,
        }


class Floor:
    """The same comparisons, written down in Python."""

    def __init__(self) -> None:
        self.rules = [
            (low, high, same, number)
            for number, (low, high) in enumerate(
                (Decimal(at * 10), Decimal(at * 10 + 10)) for at in range(RANGES)
            )
            for same in (True, False)
        ]

    def table(self) -> int | None:
        """The first rule that holds."""
        form = FACTS["form"]
        size, use, old = Decimal(form["floor_area"]), form["building_use"], form["old"]
        for low, high, same, number in self.rules:
            if low <= size < high and (use == "shop") is same and old is not None:
                return number
        return None

    def round(self) -> dict[str, float]:
        """One guard on the average, and one table."""
        return {
            "guard_us": sum(taken(lambda plain=plain: plain(FACTS), TIMES) for _text, plain in GUARDS)  # type: ignore[misc]
            / len(GUARDS)
            * 1e6,
            "table_ms": taken(self.table, TIMES) * 1e3,
        }


def agrees(guard: Any, plain: Callable[[dict[str, Any]], Any]) -> bool:
    """Both answer the same; a floor that does something else is none."""
    return bool(guard(FACTS) == plain(FACTS))


def written(other: str) -> bytes:
    """The table of 100 rules as a DMN file; with ``other`` every cell also compares with that name."""
    more = f", {other}" if other else ""
    rules = ""
    for at in range(RANGES):
        for use in (f'"shop"{more}', f'not("shop"{more})'):
            cells = [f"[{at * 10}..{at * 10 + 10}){more}", use, f"not(null{more})"]
            entries = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
            rules += f"<rule>{entries}<outputEntry><text>{at}</text></outputEntry></rule>"
    columns = "".join(
        f'<input><inputExpression typeRef="{type}"><text>form.{name}</text></inputExpression>'
        f"<inputValues><text>{allowed}</text></inputValues></input>"
        for name, type, allowed in (
            ("floor_area", "number", f"[0..{RANGES * 10})"),
            ("building_use", "string", ""),
            ("old", "boolean", ""),
        )
    )
    table = f'<decisionTable>{columns}<output name="level" typeRef="number"/>{rules}</decisionTable>'
    return f'<definitions xmlns="{DMN}"><decision id="level" name="level">{table}</decision></definitions>'.encode()


if __name__ == "__main__":
    main()
