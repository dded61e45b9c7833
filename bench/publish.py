"""Compiling a process as it is at publication: read safely, every element checked, every marking walked, compiled.

``compile_ms`` is the process of ten tasks that the other benchmarks run; ``pack_ms`` the slowest of the Lao pack,
``wide_ms`` one of sixty tasks in twelve blocks of five at once.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from bench.harness import ROOT, finish
from bench.permit import HEAD, LANES, process

GOALS = {"compile_ms": ("<=", 5)}
TIMES = 60
BLOCKS, WIDTH = 12, 5


def main() -> None:
    """Compiles each of them many times; the median counts."""
    folder: Path = ROOT / "onedoor" / "packs" / "lao" / "services"
    pack = sorted(folder.glob("*/process.bpmn"))
    figures: dict[str, float | int | str | bool | None] = {
        "compile_ms": round(milliseconds(process().encode()), 2),
        "pack_ms": round(max(milliseconds(path.read_bytes(), decisions_of(path)) for path in pack), 2),
        "wide_ms": round(milliseconds(wide().encode()), 2),
    }
    finish("publish", figures, GOALS)


def decisions_of(path: Path) -> Any:
    """The decisions beside a process, compiled before the clock runs."""
    from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions

    beside = path.with_name("decisions.dmn")
    return compile_decisions(beside.read_bytes()) if beside.exists() else None


def milliseconds(source: bytes, decisions: Any = None) -> float:
    """The median of many compilations, in milliseconds; a process that is refused ends the benchmark."""
    from onedoor.domain.catalogue.rules.process import compiled

    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        compiled(source, decisions=decisions)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1e3


def wide() -> str:
    """Blocks of tasks at once, one behind the other."""
    tasks = [f"t{block}_{place}" for block in range(BLOCKS) for place in range(WIDTH)]
    role, unit, _ = LANES["front"]
    held = "".join(f"<bpmn:flowNodeRef>{task}</bpmn:flowNodeRef>" for task in tasks)
    lane = f'<bpmn:lane id="l" onedoor:role="{role}" onedoor:unit="{unit}" onedoor:audience="front">{held}</bpmn:lane>'
    parts = [
        HEAD,
        f'<bpmn:laneSet id="lanes">{lane}</bpmn:laneSet><bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>',
    ]
    arrows, last = [], "s"
    for block in range(BLOCKS):
        parts.append(f'<bpmn:parallelGateway id="f{block}"/><bpmn:parallelGateway id="j{block}"/>')
        arrows.append((last, f"f{block}"))
        for place in range(WIDTH):
            task = f"t{block}_{place}"
            parts.append(f'<bpmn:userTask id="{task}"/>')
            arrows += [(f"f{block}", task), (task, f"j{block}")]
        last = f"j{block}"
    arrows.append((last, "e"))
    for source, target in arrows:
        parts.append(f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>')
    return "".join([*parts, "</bpmn:process></bpmn:definitions>"])


if __name__ == "__main__":
    main()
