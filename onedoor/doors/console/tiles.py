"""The tile map: eighteen provinces coloured by one chosen measure, each with its number and a word."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.words import VERDICTS, value_text
from onedoor.kernel.i18n import format_number, text

WIDTH, HEIGHT, GAP = 112, 84, 6
LEVELS = (
    gettext_lazy("none"),
    gettext_lazy("low"),
    gettext_lazy("medium"),
    gettext_lazy("high"),
    gettext_lazy("highest"),
)
OF_VERDICT = {"met": "good", "open": "mid", "missed": "bad", "none": "nothing"}
Rows = list[monitoring.HallRow]


@dataclass(frozen=True)
class Choice:
    """A measure that the map can be coloured by; with a standard it is judged, else shaded from low to high."""

    code: str
    label: Any
    number: Callable[[Rows], float | None]
    show: Callable[[float | None], str]
    figure: str = ""


def _whole(value: float | None) -> str:
    return "–" if value is None else format_number(int(value))


def _minutes(value: float | None) -> str:
    return "–" if value is None else _("%(number)s min") % {"number": format_number(int(value))}


def _figure(code: str) -> tuple[Callable[[Rows], float | None], Callable[[float | None], str], str]:
    measure = monitoring.MEASURES[code]
    return (
        lambda rows: monitoring.summed([row.month for row in rows]).value(code),
        lambda value: value_text(measure, value),
        code,
    )


CHOICES = {
    one.code: one
    for one in (
        Choice(
            "waiting",
            gettext_lazy("People waiting now"),
            lambda rows: sum(row.waiting for row in rows),
            _whole,
        ),
        Choice(
            "longest",
            gettext_lazy("Longest wait now"),
            lambda rows: max((row.longest for row in rows), default=0),
            _minutes,
        ),
        Choice(
            "counters",
            gettext_lazy("Counters open now"),
            lambda rows: sum(row.counters_open for row in rows if row.is_open),
            _whole,
        ),
        Choice(
            "served",
            gettext_lazy("Served today"),
            lambda rows: sum(row.today.count("served") for row in rows),
            _whole,
        ),
        Choice("late", gettext_lazy("Overdue cases"), lambda rows: sum(row.late for row in rows), _whole),
        Choice("wait_share", gettext_lazy("Called within the standard, this month"), *_figure("wait_share")),
        Choice("on_time", gettext_lazy("Cases on time, this month"), *_figure("on_time")),
        Choice("satisfied", gettext_lazy("Satisfied people, this month"), *_figure("satisfied")),
    )
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A tile as it is drawn: where, how coloured, what it says."""

    x: int
    y: int
    code: str
    label: str
    name: str
    shade: str
    number: str
    word: str
    centres: int

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + WIDTH // 2

    @property
    def lines(self) -> tuple[int, int, int]:
        """The base lines of label, number and word."""
        return self.y + 22, self.y + 51, self.y + 73


@dataclass(frozen=True, kw_only=True)
class Map:
    """The whole map with its legend."""

    choice: Choice
    shapes: list[Shape]
    legend: list[tuple[str, str]]
    width: int
    height: int
    tile: tuple[int, int] = (WIDTH, HEIGHT)


def tile_map(floor: monitoring.Floor, measure: str) -> Map:
    """The map of what one may watch, coloured by a measure (people waiting, when it is none of the list)."""
    choice = CHOICES.get(measure, CHOICES["waiting"])
    groups: dict[UUID, Rows] = {}
    for row in floor.rows:
        groups.setdefault(row.province.id, []).append(row)
    found = monitoring.tiles()
    values = {unit: choice.number(rows) for unit, rows in groups.items()}
    top = max((value for value in values.values() if value), default=0)
    known = {unit.id: unit for unit in floor.sight.provinces()}
    judged = choice.figure and monitoring.MEASURES[choice.figure].standard in floor.limits
    shapes = []
    for tile in found:
        rows = groups.get(tile.unit, [])
        value = values.get(tile.unit)
        shade, word = "nothing", _("no centre") if not rows else _("no figures")
        if value is not None and judged:
            verdict = monitoring.summed([row.month for row in rows]).verdict(choice.figure, floor.limits)
            shade, word = OF_VERDICT[verdict], str(VERDICTS[verdict])
        elif value is not None:
            level = 0 if not value else min(4, 1 + int(4 * value / top * 0.999))
            shade, word = f"q{level}", str(LEVELS[level])
        unit = known.get(tile.unit)
        shapes.append(
            Shape(
                x=(tile.column - 1) * (WIDTH + GAP),
                y=(tile.row - 1) * (HEIGHT + GAP),
                code=unit.code if unit and rows else "",
                label=text(tile.label),
                name=text(unit.name) if unit else text(tile.label),
                shade=shade,
                number=choice.show(value),
                word=word,
                centres=len(rows),
            )
        )
    return Map(
        choice=choice,
        shapes=shapes,
        legend=_legend(choice, bool(judged), top),
        width=max((shape.x for shape in shapes), default=0) + WIDTH,
        height=max((shape.y for shape in shapes), default=0) + HEIGHT,
    )


def _legend(choice: Choice, judged: bool, top: float) -> list[tuple[str, str]]:
    if judged:
        return [(OF_VERDICT[code], str(VERDICTS[code])) for code in ("met", "open", "missed")] + [
            ("nothing", _("no figures"))
        ]
    if not top:
        return [("q0", str(LEVELS[0]))]
    edges = [top * step / 4 for step in range(5)]
    spans = [f"{choice.show(low)} – {choice.show(high)}" for low, high in zip(edges, edges[1:], strict=False)]
    return [("q0", str(LEVELS[0]))] + [
        (f"q{step}", f"{LEVELS[step]}: {span}") for step, span in enumerate(spans, start=1)
    ]
