"""Services of HSDS 3.0 JSON as rows of a pack: by our attributes where they stand, else by the plain fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onedoor.kernel.clock import now
from onedoor.tools.catalogues.exact import restored
from onedoor.tools.catalogues.found import LANGUAGES, Found, code_of, complete, in_its_language, minor
from onedoor.tools.errors import ToolError
from onedoor.tools.packs.writing.texts import Row, spare

BY_ANSWERS = "this sum goes by answers: write the line with its question"
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def from_services(held: Any, *, source: str) -> Found:
    """The services of a page, of a list, or of one service. Errors: ToolError when there are none."""
    listed = held.get("contents", [held]) if isinstance(held, dict) else held
    if not isinstance(listed, list) or not all(isinstance(one, dict) and "name" in one for one in listed):
        raise ToolError(
            "These are no services: a service of HSDS, a list of them, or a page with “contents” is needed."
        )
    found = Found()
    for one in listed:
        about = _About(one)
        code = code_of(about.fact("code") or _string(one, "name").lower(), found.services)
        row = _service(one, about, code, found, source)
        found.services[code] = complete(row, found)
    return found


class _About:
    """The attributes of a thing."""

    def __init__(self, thing: dict[str, Any]) -> None:
        self.held = [one for one in _list(thing, "attributes") if isinstance(one.get("taxonomy_term"), dict)]

    def facts(self, code: str) -> list[str]:
        return [
            _string(one, "value")
            for one in self.held
            if _term(one) == code and one.get("link_type") == "fact"
        ]

    def fact(self, code: str) -> str:
        return next(iter(self.facts(code)), "")

    def words(self, field: str, plain: str = "", other: str = "") -> dict[str, str]:
        said = {language: self.said(f"{field}-{language}") for language in LANGUAGES}
        found = {language: word for language, word in said.items() if word}
        return found or {**in_its_language(other), **in_its_language(plain)}

    def said(self, code: str) -> str:
        texts = [one for one in self.held if one.get("link_type") == "text" and _term(one) == code]
        return " ".join(_string(texts[0], "value").split()) if texts else ""

    def laws(self) -> Iterator[Row]:
        """Laws one after the other: each begins with its words in a language that it does not have yet, or behind a fact."""
        row: Row = {}
        for one in self.held:
            if one.get("link_type") != "law":
                continue
            key, value = _term(one), _string(one, "value")
            language = key.removeprefix("name-")
            if key.startswith("name-") and (language in row.get("name", {}) or len(row) > 1):
                yield row
                row = {}
            if key.startswith("name-"):
                row = {"name": {**row.get("name", {}), language: value}}
            elif key in ("number", "dated", "source"):
                row[key] = value
        if row:
            yield row


def _service(one: dict[str, Any], about: _About, code: str, found: Found, source: str) -> Row:
    authority = _authority(one, found, source)
    for key in (
        "service_areas",
        "contacts",
        "phones",
        "schedules",
        "funding",
        "program",
    ):
        if one.get(key) and key != "service_areas":
            found.leave(code, f"“{key}” has no place in a pack")
    days = about.fact("valid-from")
    row = {
        "code": code,
        "name": about.words("name", _string(one, "name"), _string(one, "alternate_name")),
        "summary": about.words("description", _string(one, "description")),
        "authority": authority,
        "demonstration": about.fact("state") != "in-force",
        "notice": about.words("alert", _string(one, "alert")),
        "valid_from": days if DAY.match(days) else now().date().isoformat(),
        "life_events": _events(about, found),
        "keywords": _keywords(about.facts("keyword")),
        "papers": _papers(one, found),
        "duration": _duration(about),
        "legal_basis": list(about.laws()),
        "identity": {"level": about.fact("identity")} if about.fact("identity") else {},
        "result": about.words("result"),
        "eligibility": _demands(about),
        "source": about.fact("source") or source,
    }
    time = about.fact("duration")
    if time:
        time = f"PT{time}H" if about.fact("duration-kind") == "hours" else f"P{time}D"
    text = next((_string(one, "value") for one in about.held if one.get("link_type") == "exact"), "")
    if one.get("eligibility_description") and not row["eligibility"]:
        found.leave(code, "who may apply is said in words only: write the demand")
    before = len(found.offers)
    row = restored(text, row, fees=lambda: _fees(one, code, found), costs=_costs(one), time=time, found=found)
    if len(found.offers) == before and one.get("service_at_locations"):
        number = len(_list(one, "service_at_locations"))
        found.leave(code, f"is offered at {number} locations: say at which centres in offers.yaml")
    return row


def _demands(about: _About) -> list[Row]:
    """What is demanded of applicants, in words."""
    return [
        {
            "code": each,
            "words": about.words(f"demand-{each}"),
            "instead": about.words(f"demand-{each}-instead"),
        }
        for each in about.facts("demand")
    ]


def _costs(one: dict[str, Any]) -> list[list[Any]]:
    """The sums as they are written: code, kind, currency, amount."""
    found = []
    for cost in _list(one, "cost_options"):
        about, currency, given = _About(cost), _string(cost, "currency").upper(), cost.get("amount")
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        amount = minor(given, currency) if is_number else None
        found.append([about.fact("code"), about.fact("fee-state"), currency, amount])
    return found


def _authority(one: dict[str, Any], found: Found, source: str) -> str:
    unit = one.get("organization")
    if not isinstance(unit, dict) or not _string(unit, "name"):
        found.leave(_string(one, "name"), "names nobody who is answerable for it")
        return ""
    about = _About(unit)
    code = code_of(about.fact("code") or _string(unit, "name").lower(), otherwise="authority")
    kind = _string(unit, "legal_status")
    found.authorities.setdefault(
        code,
        {
            "code": code,
            "kind": kind if kind in ("ministry", "department", "office") else "ministry",
            "name": about.words("name", _string(unit, "name"), _string(unit, "alternate_name")),
            "valid_from": now().date().isoformat(),
            "source": source,
        },
    )
    return code


def _events(about: _About, found: Found) -> list[str]:
    codes = []
    for one in about.held:
        if one.get("link_type") == "life event":
            code = code_of(_term(one), otherwise="event")
            name: dict[str, str] = {}
            for part in _string(one["taxonomy_term"], "description").split(" / "):
                name |= in_its_language(part)
            found.events.setdefault(code, {"code": code, "name": name})
            codes.append(code)
    return codes


def _keywords(words: list[str]) -> Row:
    held: dict[str, list[str]] = {}
    for word in words:
        for language, plain in in_its_language(word).items():
            held.setdefault(language, []).append(plain)
    return {language: held[language] for language in LANGUAGES if language in held}


def _duration(about: _About) -> Row:
    kind, amount = about.fact("duration-kind"), about.fact("duration")
    if kind not in ("working", "calendar", "hours") or not (amount.isdecimal() and len(amount) < 5):
        return {"kind": "unknown"}
    return {"hours" if kind == "hours" else "days": int(amount), "kind": kind}


def _papers(one: dict[str, Any], found: Found) -> list[Row]:
    rows: dict[str, Row] = {}
    for paper in _list(one, "required_documents"):
        about = _About(paper)
        code = code_of(about.fact("code") or _string(paper, "document").lower(), rows, otherwise="paper")
        row = {
            "code": code,
            "name": about.words("document", _string(paper, "document")),
            "note": about.words("note"),
        }
        main = rows.get(about.fact("instead-of"))
        if main is not None:
            main.setdefault("instead", []).append(spare(row))
            continue
        rows[code] = spare(
            {
                **row,
                "required": False if about.fact("paper-need") == "optional" else None,
                "demonstration": True if about.fact("paper-state") == "demonstration" else None,
                "form": about.fact("paper-form"),
                "law": about.fact("law-number"),
                "when": about.words("condition"),
            }
        )
    return list(rows.values())


def _fees(one: dict[str, Any], code: str, found: Found) -> list[Row]:
    costs = _list(one, "cost_options")
    states = [_About(cost).fact("fee-state") for cost in costs]
    if not costs:
        return []
    for cost, state in zip(costs, states, strict=True):
        if state == "by_answers":
            found.leave(_string(cost, "id"), BY_ANSWERS)
    if "by_answers" in states or "to_be_set" in states:
        return [_period(costs[0], state="to_be_set")]
    if "free" in states:
        law: Row = next(_About(costs[0]).laws(), {})
        return [_period(costs[0], state="free", law=law.get("name", {}))]
    lines = [_line(cost, found) for cost in costs]
    given = [line for line in lines if line]
    if len(given) < len(lines):
        return [_period(costs[0], state="to_be_set")]
    if len(costs) > 1 and not all(states):
        found.leave(code, "several sums are named: look whether all of them are charged together")
    if len(given) == 1 and not given[0]["name"]:
        return [_period(costs[0], state="set", amount=given[0]["amount"], law=given[0].get("law", {}))]
    return [_period(costs[0], state="set", lines=given)]


def _period(cost: dict[str, Any], **said: Any) -> Row:
    begin = _string(cost, "valid_from")
    about = _About(cost)
    more = {"currency": _string(cost, "currency").upper(), "source": about.fact("source")}
    return spare({**said, **more, "valid_from": begin if DAY.match(begin) else ""})


def _line(cost: dict[str, Any], found: Found) -> Row | None:
    about, currency = _About(cost), _string(cost, "currency").upper() or "LAK"
    given = cost.get("amount")
    amount = (
        minor(given, currency) if isinstance(given, int | float) and not isinstance(given, bool) else None
    )
    if not amount:
        found.leave(_string(cost, "id"), f"no sum can be read ({given} {currency}): the fee is to be set")
        return None
    if currency != "LAK":
        found.leave(
            _string(cost, "id"), f"a fee in {currency} needs its rate in kip, with the day and the source"
        )
    row: Row = {
        "code": code_of(about.fact("code") or _string(cost, "option").lower(), otherwise="line"),
        "name": about.words("option", _string(cost, "option")),
        "amount": amount,
    }
    law: Row = next(about.laws(), {})
    return {**row, "law": law["name"]} if law.get("name") else row


def _term(one: dict[str, Any]) -> str:
    return _string(one["taxonomy_term"], "code")


def _string(held: dict[str, Any], key: str) -> str:
    value = held.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(held: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = held.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
