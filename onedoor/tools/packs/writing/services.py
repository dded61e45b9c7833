"""Services: each as its folder with text, form, process and decisions, as its edition in force keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from onedoor.domain.catalogue.api import Criterion, Duration, Fee, FeeRow, Identity, Instead, Law, Paper, Step
from onedoor.tools.packs.fees import TO_BE_SET
from onedoor.tools.packs.writing.held import Held
from onedoor.tools.packs.writing.texts import Row, spare, yaml_text

LAO = re.compile("[\u0e80-\u0eff]")
ORDER = (
    "code name summary authority demonstration notice valid_from life_events keywords not_published papers fees"
    " duration legal_basis identity eligibility eligibility_table result source"
).split()
EMPTY = ("papers", "legal_basis", "duration")
"""What must be said not to be published where it is empty."""
SPOKEN = ("name", "summary", "result")


def services(held: Held) -> dict[str, str]:
    """The files, by path."""
    files = {}
    for state in held.states["catalogue.service"]:
        edition = next(
            row for row in state.children["catalogue.edition"] if row["number"] == state.row["edition"]
        )
        folder = f"services/{state.row['code']}"
        files[f"{folder}/service.yaml"] = yaml_text(service_row(held, state.row["code"], edition))
        if edition["form"]:
            files[f"{folder}/form.json"] = json.dumps(edition["form"], ensure_ascii=False, indent=2) + "\n"
        if edition["process"]:
            files[f"{folder}/process.bpmn"] = edition["process"]
        if edition["decisions"]:
            files[f"{folder}/decisions.dmn"] = edition["decisions"]
    return files


def service_row(held: Held, code: str, edition: Mapping[str, Any]) -> Row:
    """A service as ``service.yaml`` says it; a part that is not known here is written as it is kept."""
    content = dict(edition["content"])
    found: Row = {
        **spare({key: value for key, value in content.items() if key not in ORDER}),
        **{key: content[key] for key in SPOKEN},
        "code": code,
        "authority": held.unit(content["authority"]),
        "demonstration": content["demonstration"],
        "valid_from": edition["valid_from"],
        "papers": [paper(one) for one in content["papers"]],
        "fees": [fee(one) for one in content["fees"]],
        "duration": duration(content["duration"]),
        "legal_basis": [said(one, Law) for one in content["legal_basis"]],
        **spare(
            {
                "notice": content["notice"],
                "life_events": content["life_events"],
                "keywords": keywords(content["keywords"]),
                "identity": said(content.get("identity", {}), Identity),
                "eligibility": [criterion(one) for one in content.get("eligibility", [])],
                "eligibility_table": content.get("eligibility_table", ""),
                "source": content["source"],
            }
        ),
    }
    found |= spare({"not_published": [key for key in EMPTY if is_empty(found[key])]})
    return {key: found[key] for key in sorted(found, key=_place)}


def is_empty(part: Any) -> bool:
    """Whether papers, laws or a duration say nothing."""
    return not part or part == {"kind": "unknown"} or isinstance(part, dict) and part.get("kind") == "unknown"


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key), "") if key in ORDER else (len(ORDER), key)


def said(kept: Mapping[str, Any], kind: Any, *, always: Iterable[str] = ()) -> Row:
    """A part without what is as usual.

    Args:
        kind: the dataclass that it is read as: what its fields are by default.
        always: fields that are written also when they are as usual.
    """
    usual = {one.name: _usual(one) for one in fields(kind)}
    in_order = [*(name for name in usual if name in kept), *(name for name in kept if name not in usual)]
    return {
        name: kept[name]
        for name in in_order
        if name in always or kept[name] not in (usual.get(name, MISSING), None, {}, [])
    }


def _usual(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return list(field.default) if isinstance(field.default, tuple) else field.default


def paper(kept: Mapping[str, Any]) -> Row:
    """A paper with what is taken instead of it."""
    found = said(kept, Paper)
    if "instead" in found:
        found["instead"] = [said(one, Instead) for one in found["instead"]]
    return found


def criterion(kept: Mapping[str, Any]) -> Row:
    """What is demanded of an applicant."""
    found = said(kept, Criterion)
    return {("if" if key == "demands" else key): value for key, value in found.items()}


def fee(kept: Mapping[str, Any]) -> Row:
    """A period of a fee."""
    found = said(kept, Fee, always=["currency"])
    if "lines" in found:
        found["lines"] = [line(one) for one in found["lines"]]
    return {key: spare(value) if isinstance(value, dict) else value for key, value in found.items()}


def line(kept: Mapping[str, Any]) -> Row:
    """A line of a fee."""
    found = said(kept, FeeRow)
    if "steps" in found:
        found["steps"] = [
            {
                ("from" if key == "start" else key): value
                for key, value in said(one, Step, always=["amount"]).items()
            }
            for one in found["steps"]
        ]
    if "choices" in found:
        found["choices"] = {
            answer: TO_BE_SET if amount is None else amount for answer, amount in found["choices"].items()
        }
    return found


def duration(kept: Mapping[str, Any]) -> Row:
    """How long a service may take, and how often more time may be given."""
    found = said(kept, Duration, always=["kind"])
    times, most = found.pop("extensions", 0), found.pop("extension", 0)
    return {**found, "extend": {"times": times, "most": most}} if times else found


def keywords(words: list[str]) -> Row:
    """Keywords by language: up to the last one in Lao letters they are Lao."""
    lao = max((place for place, word in enumerate(words, start=1) if LAO.search(word)), default=0)
    return spare({"lo": words[:lao], "en": words[lao:]})
