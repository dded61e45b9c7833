"""The fifty oldest tasks of a lane, as a ministry's officer asks for them, with 100 k live and 1 M finished cases.

``p50_ms`` is the page of the lane; ``whole_ms`` is what the office's page asks for: the rows put into words, and how many wait
by when they are due. The officers are of the ministries with the fullest lanes.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from typing import Any
from uuid import UUID

from bench import living
from bench.harness import finish, node

GOALS = {"p50_ms": ("<=", 2)}
TIMES = 200


def main() -> None:
    """Fills the node, asks in turn for each ministry's lane."""
    with node():
        from onedoor.domain.access import api as access
        from onedoor.domain.cases import api as cases
        from onedoor.domain.cases.permissions import lanes_of
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import everything

        at = now()
        counts = living.fill(at=at)
        with everything("a benchmark sets itself up"):
            ministries = sorted({one.authority for one in catalogue.services()})
            officers = [login(f"bench-{place}", unit) for place, unit in enumerate(ministries)]
        access.refresh()
        pages, wholes = [], []
        for turn in range(TIMES):
            who = officers[turn % len(officers)]
            lanes = lanes_of(who)
            began = time.perf_counter()
            rows = page(lanes)
            pages.append((time.perf_counter() - began) * 1e3)
            began = time.perf_counter()
            shown = cases.worklist(who, at=at).rows
            wholes.append((time.perf_counter() - began) * 1e3)
            if [row[0] for row in rows] != [row.task for row in shown]:
                raise SystemExit("the lane and the page are not the same")
        figures = {
            "p50_ms": round(statistics.median(pages), 2),
            "p95_ms": round(statistics.quantiles(pages, n=20)[18], 2),
            "whole_ms": round(statistics.median(wholes), 2),
            "lanes": len(officers),
            **counts,
        }
        finish("worklist", figures, GOALS)


def page(lanes: Any) -> list[Any]:
    """The fifty that are due first."""
    from onedoor.domain.cases.models import lane_page

    about = {
        "audience": "back",
        "any_role": False,
        "roles": sorted(lanes.roles),
        "hand": f'["{lanes.actor}"]',
    }
    first, last = date(1, 1, 1), date(9999, 12, 31)
    return lane_page(
        units=lanes.back, lane=about, first=first, last=last, after=(first, UUID(int=0)), limit=50
    )


def login(username: str, unit: UUID) -> Any:
    """An officer of a ministry."""
    from onedoor.domain.access import api as access
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import new_id
    from onedoor.kernel.scope import Actor

    by, at, id = Actor.system(), now(), new_id()
    access.save_login(by=by, at=at, id=id, username=username, name={"lo": username, "en": username})
    access.grant(by=by, at=at, login=id, role="ministry_officer", unit=unit, valid_from=date(2020, 1, 1))
    return Actor("staff", id)


if __name__ == "__main__":
    main()
