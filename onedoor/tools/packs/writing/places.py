"""Units, the calendar, centres with their offers and space, and what ministries promised."""

from __future__ import annotations

from typing import Any

from onedoor.tools.packs.offering import AREAS, COUNTS, POSTS, SPACE
from onedoor.tools.packs.places import CENTRES, HOLIDAYS, IN_LIEU
from onedoor.tools.packs.units import COLUMNS as UNITS
from onedoor.tools.packs.writing.held import Held
from onedoor.tools.packs.writing.texts import Row, csv_text, in_columns, spare, yaml_text


def places(held: Held) -> dict[str, str]:
    """The files, by path."""
    files = {
        "units/territory.csv": csv_text(UNITS, _territory(held)),
        "units/authorities.yaml": yaml_text(_authorities(held)),
        "centres/centres.csv": csv_text(CENTRES, _centres(held)),
        "centres/offers.yaml": yaml_text(_offers(held)),
        **_calendar(held),
    }
    for name, columns, rows in (
        ("units/areas.csv", AREAS, _areas(held)),
        ("centres/space.csv", SPACE, _space(held)),
        ("centres/posts.csv", POSTS, _posts(held)),
    ):
        if rows:
            files[name] = csv_text(columns, rows)
    if promises := _promises(held):
        files["centres/promises.yaml"] = yaml_text(promises)
    return files


def _tree(held: Held, tree: str) -> list[Row]:
    """Units of a tree from the top down, by code; centres have a file of their own."""
    rows = [row for row in held.units.values() if row["tree"] == tree and row["kind"] != "centre"]
    return sorted(rows, key=lambda row: (len(row["path"]), row["code"]))


def _territory(held: Held) -> list[Row]:
    return [
        {
            **{key: row[key] for key in ("code", "kind", "valid_from", "valid_until", "source")},
            "parent": held.unit(row["parent_id"]) if row["parent_id"] else "",
            "successors": " ".join(held.unit(one) for one in row["successors"]),
            **in_columns("name", row["name"], held.languages),
        }
        for row in _tree(held, "territory")
    ]


def _authorities(held: Held) -> list[Row]:
    return [
        spare(
            {
                "code": row["code"],
                "kind": row["kind"],
                "parent": held.unit(row["parent_id"]) if row["parent_id"] else "",
                "name": row["name"],
                "valid_from": row["valid_from"],
                "valid_until": row["valid_until"],
                "successors": [held.unit(one) for one in row["successors"]],
                "source": row["source"],
            }
        )
        for row in _tree(held, "authority")
    ]


def _calendar(held: Held) -> dict[str, str]:
    country = held.about["country"]
    files = {}
    for state in held.states["centres.officecalendar"]:
        unit = held.unit(state.row["unit_id"])
        if unit != country and len(held.states["centres.officecalendar"]) > 1:
            held.notes.append(f"a pack has one calendar: that of {unit} is left out")
            continue
        kept = state.children.get("centres.holiday", [])
        days = [row for row in kept if not row["cancelled"] and not row["given_for"]]
        rows = [
            {
                "date": row["day"],
                **{key: row[key] for key in ("source", IN_LIEU)},
                **in_columns("name", row["name"], held.languages),
            }
            for row in sorted(days, key=lambda row: row["day"])
        ]
        files["calendar/holidays.csv"] = csv_text((*HOLIDAYS, IN_LIEU), rows)
        files["calendar/hours.yaml"] = yaml_text(
            {
                "unit": unit,
                **{key: state.row[key] for key in ("zone", "rest", "confirmed", "source")},
                "hours": _hours(state.row["hours"]),
            }
        )
    return files


def _hours(hours: list[list[Any]]) -> list[Row]:
    days: dict[tuple[str, str], list[int]] = {}
    for weekday, opens, closes in hours:
        days.setdefault((opens, closes), []).append(weekday)
    return [
        {"weekdays": sorted(weekdays), "opens": opens, "closes": closes}
        for (opens, closes), weekdays in sorted(days.items())
    ]


def _centres(held: Held) -> list[Row]:
    counters: dict[str, list[str]] = {}
    for state in held.states["centres.counter"]:
        counters.setdefault(state.row["centre_id"], []).append(state.row["code"])
    rows = []
    for state in held.states["centres.centre"]:
        row, codes = state.row, counters.get(state.row["unit_id"], [])
        if sorted(codes) != sorted(str(number + 1) for number in range(len(codes))):
            held.notes.append(
                f"the counters of {row['code']} are not numbered from 1 on: {', '.join(sorted(codes))}"
            )
        if state.children.get("centres.openinghours"):
            held.notes.append(f"the centre {row['code']} keeps hours of its own, which a pack cannot say")
        rows.append(
            {
                **{key: row[key] for key in ("code", "demonstration", "phone", "source")},
                "district": held.unit(row["district_id"]),
                "counters": len(codes),
                "valid_from": held.units[row["unit_id"]]["valid_from"],
                **in_columns("name", row["name"], held.languages),
                **in_columns("address", row["address"], held.languages),
            }
        )
    return sorted(rows, key=lambda row: str(row["code"]))


OFFER = ("valid_from", "valid_until", "weekdays", "capacity", "demonstration", "withdrawn_on", "reason")


def _offers(held: Held) -> list[Row]:
    """Offers that differ in nothing but their centres stand together."""
    centres = sorted(state.row["code"] for state in held.states["centres.centre"])
    groups: dict[str, tuple[Row, list[str]]] = {}
    for state in sorted(held.states["centres.centre"], key=lambda state: str(state.row["code"])):
        for row in state.children.get("centres.offer", []):
            said = {"service": held.service(row["service_id"]), **{key: row[key] for key in OFFER}}
            if row["counters"]:
                held.notes.append(
                    f"which counters of {state.row['code']} serve {said['service']} is left out"
                )
            groups.setdefault(repr(said), (said, []))[1].append(state.row["code"])
    ordered = sorted(groups.values(), key=lambda one: (one[0]["service"], one[0]["valid_from"], one[1]))
    return [
        spare(
            {
                "service": said["service"],
                "centres": "all" if found == centres else found,
                **{key: said[key] for key in OFFER if key != "demonstration"},
                "demonstration": said["demonstration"] or None,
            }
        )
        for said, found in ordered
    ]


def _areas(held: Held) -> list[Row]:
    keys = ("latitude", "longitude", "population", "year", "source")
    return [
        {"unit": held.unit(row["unit_id"]), **{key: row[key] for key in keys}}
        for state in held.states["centres.survey"]
        for row in state.children.get("centres.area", [])
    ]


def _spaces(held: Held) -> list[Any]:
    return sorted(held.states["centres.space"], key=lambda state: held.unit(state.row["centre_id"]))


def _space(held: Held) -> list[Row]:
    keys = (*COUNTS, "accessible", "power", "link", "counted_on", "demonstration", "source")
    return [
        {"centre": held.unit(state.row["centre_id"]), **{key: state.row[key] for key in keys}}
        for state in _spaces(held)
    ]


def _posts(held: Held) -> list[Row]:
    return [
        {
            "centre": held.unit(state.row["centre_id"]),
            "authority": held.unit(row["authority_id"]),
            **{key: row[key] for key in ("role", "planned", "filled")},
        }
        for state in _spaces(held)
        for row in state.children.get("centres.post", [])
    ]


def _promises(held: Held) -> list[Row]:
    rows = []
    for state in held.states["centres.commitment"]:
        promised = state.children.get("centres.promise", [])
        if any(one["withdrawn_on"] for one in promised):
            held.notes.append(
                f"that a promise of {held.service(state.row['service_id'])} was taken back is left out"
            )
        rows.append(
            spare(
                {
                    "service": held.service(state.row["service_id"]),
                    "centres": [held.unit(one["centre_id"]) for one in promised],
                    **{key: state.row[key] for key in ("promised_on", "due", "document")},
                    "demonstration": state.row["demonstration"] or None,
                }
            )
        )
    return sorted(
        rows,
        key=lambda row: (row["service"], row["promised_on"], row["due"], row["document"], row["centres"]),
    )
