"""Calling rules as a pack writes them."""

from __future__ import annotations

from onedoor.tools.packs.calling import TIMES
from onedoor.tools.packs.writing.held import Held
from onedoor.tools.packs.writing.texts import Row, spare


def calling_rules(held: Held) -> list[Row]:
    """The rules of units, by the unit's code; services and counters by their own."""
    rows = [state.row for state in held.states["queue.hallrule"] if state.row["rule"]]
    return sorted((_rule(held, row) for row in rows), key=lambda row: str(row["unit"]))


def _rule(held: Held, row: Row) -> Row:
    rule = row["rule"]
    return spare(
        {
            "unit": held.unit(row["unit_id"]),
            "demonstration": row["demonstration"],
            "source": row["source"] or "set by people",
            "zones": [spare(zone) for zone in rule["zones"]],
            "services": _services(held, rule),
            "counters": [{"code": code, "zones": zones} for code, zones in rule["counters"].items()],
            "grounds": [{"ground": ground, "minutes": most} for ground, most in rule["grounds"].items()],
            **{name: rule[name] for name in TIMES},
        }
    )


def _services(held: Held, rule: Row) -> list[Row]:
    rows = [
        spare(
            {
                "service": held.service(id),
                "minutes": rule["minutes"].get(id),
                "zone": rule["by_hand"].get(id),
            }
        )
        for id in {**rule["minutes"], **rule["by_hand"]}
    ]
    return sorted(rows, key=lambda row: str(row["service"]))
