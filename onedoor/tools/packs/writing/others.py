"""What a pack says of itself, life events, roles, tariff, templates of documents, standards, and the map."""

from __future__ import annotations

from onedoor.tools.packs.standards import COLUMNS as TILES
from onedoor.tools.packs.templates import HEADING
from onedoor.tools.packs.writing.calling import calling_rules
from onedoor.tools.packs.writing.held import Held
from onedoor.tools.packs.writing.texts import Row, csv_text, in_columns, spare, yaml_text


def others(held: Held) -> dict[str, str]:
    """The files, by path; one that would be empty and that a pack may leave out is left out."""
    about = held.about
    files = {
        "pack.yaml": yaml_text(spare({"pack": held.code, "name": about["name"], **about})),
        "life_events.yaml": yaml_text(_events(held)),
        "roles.yaml": yaml_text(_roles(held)),
    }
    standards, tiles = _standards(held), _tiles(held)
    if standards:
        files["standards.yaml"] = yaml_text(standards)
    if tiles:
        files["map.csv"] = csv_text(TILES, tiles)
    wordings = _wordings(held)
    if wordings:
        files["notices.yaml"] = yaml_text(wordings)
    checks = _checklist(held)
    if checks:
        files["checklists.yaml"] = yaml_text(checks)
    calling = calling_rules(held)
    if calling:
        files["calling.yaml"] = yaml_text(calling)
    for state in held.states["payments.tariff"]:
        if state.row["currency"] == about["currency"]:
            files["tariffs.yaml"] = yaml_text(_tariff(state.row))
        else:
            held.notes.append(f"a pack has one tariff: that in {state.row['currency']} is left out")
    for state in held.states["documents.template"]:
        files[f"documents/{state.row['code']}.yaml"] = yaml_text(_template(state.row))
    return files


def _events(held: Held) -> list[Row]:
    rows = sorted(
        (state.row for state in held.states["catalogue.lifeevent"]), key=lambda row: row["position"]
    )
    return [{"code": row["code"], "name": row["name"]} for row in rows]


def _roles(held: Held) -> list[Row]:
    rows = sorted((state.row for state in held.states["access.role"]), key=lambda row: row["code"])
    return [{key: row[key] for key in ("code", "audience", "name", "permissions")} for row in rows]


def _standards(held: Held) -> list[Row]:
    rows = sorted((state.row for state in held.states["monitoring.standard"]), key=lambda row: row["code"])
    return [
        spare({key: row[key] for key in ("code", "name", "limit", "share", "demonstration", "source")})
        for row in rows
    ]


def _wordings(held: Held) -> list[Row]:
    rows = sorted((state.row for state in held.states["notices.wording"]), key=lambda row: row["kind"])
    return [{"kind": row["kind"], **row["texts"]} for row in rows]


def _checklist(held: Held) -> list[Row]:
    rows = [
        row
        for state in held.states["centres.checklistplan"]
        if held.unit(state.row["unit_id"]) == held.about["country"]
        for row in state.children.get("centres.checklistitem", [])
    ]
    return [spare({key: row[key] for key in ("phase", "code", "measure", "name")}) for row in rows]


def _tiles(held: Held) -> list[Row]:
    rows = [
        {
            "unit": held.unit(state.row["unit_id"]),
            "column": state.row["column"],
            "row": state.row["row"],
            **in_columns("label", state.row["label"], held.languages),
        }
        for state in held.states["monitoring.tile"]
    ]
    return sorted(rows, key=lambda row: str(row["unit"]))


def _tariff(row: Row) -> Row:
    return spare(
        {
            "currency": row["currency"],
            "notes": sorted(row["notes"], reverse=True),
            "law": row["law"],
            "source": row["source"],
        }
    ) | {
        "incidental": [spare(one) for one in row["items"]],
        "grounds": [spare(one) for one in row["grounds"]],
    }


def _template(row: Row) -> Row:
    layout = row["layout"]
    order = ("code", "kind", "label", "check", "verify", "main", "optional")
    found: Row = {"code": row["code"], "title": layout["title"]}
    if layout.get("heading"):
        found["heading"] = {part: layout["heading"][part] for part in HEADING}
    found["rows"] = [{key: one[key] for key in order if key in one} for one in layout["rows"]]
    return found | spare({"basis": layout.get("basis"), "signer": layout["signer"]})
