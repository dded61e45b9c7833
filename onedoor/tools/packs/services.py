"""Services and life events of a pack: one folder a service, with its text, form and process."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from onedoor.domain.catalogue.api import (
    CompiledProcess,
    Decisions,
    DecisionsRefused,
    FormRefused,
    Instead,
    Law,
    Paper,
    compile_decisions,
    compile_form,
    compile_process,
    declared_handlers,
    for_removal,
    paper_faults,
    unreadable,
    without_office,
)
from onedoor.tools.packs.content import Pack, ServiceRow
from onedoor.tools.packs.durations import read_duration
from onedoor.tools.packs.eligibility import read_eligibility, table_known
from onedoor.tools.packs.fees import read_fees
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.identity import read_identity
from onedoor.tools.packs.reading import Items, Reader, Row
from onedoor.tools.packs.units import unit_known


def read_life_events(reader: Reader, pack: Pack) -> None:
    """Life events into ``pack.life_events``, in their order."""
    path = reader.folder / "life_events.yaml"
    held = reader.document(path)
    if held is None:
        return
    if not isinstance(held, Items) or not all(isinstance(row, Row) for row in held):
        reader.faults.add(reader.place(path), "a list of life events is needed")
        return
    for row in held:
        fields = Fields(row, reader.faults, pack.languages)
        code, name = fields.code("code"), fields.words("name")
        fields.done()
        if code in dict(pack.life_events):
            fields.fault("code", f"the life event “{code}” stands twice")
        else:
            pack.life_events.append((code, name))


def read_services(reader: Reader, pack: Pack) -> None:
    """Every folder of ``services/`` into ``pack.services``."""
    folder = reader.folder / "services"
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.is_dir():
            _service(reader, pack, one)
    for row in pack.services.values():
        for paper in row.papers:
            if paper.service and paper.service not in pack.services:
                sentence = f"the paper “{paper.code}” is given by the unknown service “{paper.service}”"
                reader.faults.add(row.place, sentence)


def _service(reader: Reader, pack: Pack, folder: Path) -> None:
    path = folder / "service.yaml"
    row = reader.document(path)
    if not isinstance(row, Row):
        if row is not None:
            reader.faults.add(reader.place(path), "a service must be one row of fields")
        return
    fields = Fields(row, reader.faults, pack.languages)
    code = fields.code("code")
    if code and code != folder.name:
        fields.fault("code", f"the service “{code}” lies in the folder “{folder.name}”")
    authority = fields.code("authority")
    unit_known(pack, authority, fields.at("authority"), reader.faults, f"the service “{code}”")
    demonstration = fields.flag("demonstration")
    form = _form(reader, folder / "form.json")
    fees = read_fees(reader, pack, fields, form)
    if any(fee.open for fee in fees) and not demonstration:
        fields.fault("demonstration", "a service whose fee is to be set can only be a demonstration")
    laws = _laws(reader, pack, fields)
    table = fields.text("eligibility_table", required=False)
    decisions, decided = _decisions(reader, folder / "decisions.dmn", form, advises=table)
    table_known(fields, table, decided, laws, asks=not decisions or decided is not None)
    papers = _papers(reader, pack, fields, form, laws)
    service = ServiceRow(
        code=code,
        name=fields.words("name"),
        summary=fields.words("summary"),
        authority=authority,
        demonstration=demonstration,
        notice=fields.words("notice", required=demonstration),
        valid_from=fields.day("valid_from", required=True) or date.min,
        papers=papers,
        fees=fees,
        duration=read_duration(reader, pack, fields, form),
        legal_basis=laws,
        identity=read_identity(reader, pack, fields),
        eligibility=read_eligibility(reader, pack, fields, form, laws),
        eligibility_table=table,
        result=fields.words("result"),
        keywords=_keywords(reader, pack, fields),
        life_events=_known_events(reader, pack, fields),
        source=fields.text("source"),
        form=form,
        process=_process(
            reader,
            pack,
            folder / "process.bpmn",
            decided,
            asks=not decisions or decided is not None,
            authority=authority,
        ),
        decisions=decisions,
        place=row.place,
    )
    _unknowns(fields, service)
    fields.done()
    if code:
        pack.services[code] = service


def _unknowns(fields: Fields, service: ServiceRow) -> None:
    """What was looked for and not found is said so; an empty list alone could also mean that nothing is needed."""
    empty = {
        "papers": not service.papers,
        "legal_basis": not service.legal_basis,
        "duration": service.duration.kind == "unknown",
    }
    said = fields.texts("not_published")
    for word, place in said:
        if word not in empty:
            fields.faults.add(place, f"“{word}” is none of {', '.join(empty)}")
        elif not empty[word]:
            fields.faults.add(place, f"“{word}” is said not to be published, and is given")
    for key, is_empty in empty.items():
        if is_empty and key not in [word for word, _place in said]:
            fields.fault(
                key, f"“{key}” is empty: name it under not_published if it was looked for and not found"
            )


def _papers(reader: Reader, pack: Pack, fields: Fields, form: dict[str, Any], laws: list[Law]) -> list[Paper]:
    papers: list[Paper] = []
    rows: list[Fields] = []
    for row in fields.rows("papers"):
        one = Fields(row, reader.faults, pack.languages)
        papers.append(
            Paper(
                code=one.code("code"),
                name=one.words("name"),
                note=one.words("note", required=False),
                required=one.flag("required", default=True),
                demonstration=one.flag("demonstration", default=False),
                when=_condition(reader, pack, one),
                form=one.text("form", required=False),
                law=one.text("law", required=False),
                service=one.code("service", required=False),
                instead=tuple(_instead(reader, pack, one)),
            )
        )
        one.done()
        rows.append(one)
    for index, key, sentence in paper_faults(papers, questions=form.get("properties", {}), laws=laws):
        rows[index].fault(key, sentence)
    for paper, one in zip(papers, rows, strict=True):
        if paper in for_removal(papers):
            reader.faults.note(one.at("code"), f"no law is named for the paper “{paper.code}”: for removal")
    return papers


def _condition(reader: Reader, pack: Pack, fields: Fields) -> dict[str, str]:
    row = fields.row_of("when", required=False)
    if row is None:
        return {}
    one = Fields(row, reader.faults, pack.languages)
    held = {"if": one.text("if"), **{code: one.text(code) for code in pack.languages}}
    one.done()
    return held


def _instead(reader: Reader, pack: Pack, fields: Fields) -> Iterator[Instead]:
    for row in fields.rows("instead", required=False):
        one = Fields(row, reader.faults, pack.languages)
        yield Instead(code=one.code("code"), name=one.words("name"), note=one.words("note", required=False))
        one.done()


def _laws(reader: Reader, pack: Pack, fields: Fields) -> list[Law]:
    laws = []
    for row in fields.rows("legal_basis"):
        one = Fields(row, reader.faults, pack.languages)
        laws.append(
            Law(
                name=one.words("name"),
                number=one.text("number", required=False),
                dated=one.day("dated"),
                source=one.text("source", required=False),
            )
        )
        one.done()
    return laws


def _keywords(reader: Reader, pack: Pack, fields: Fields) -> list[str]:
    row = fields.row_of("keywords", required=False)
    if row is None:
        return []
    one = Fields(row, reader.faults, pack.languages)
    words = [word for code in pack.languages for word, _place in one.texts(code)]
    one.done()
    return words


def _known_events(reader: Reader, pack: Pack, fields: Fields) -> list[str]:
    known = dict(pack.life_events)
    found = []
    for code, place in fields.texts("life_events"):
        if code not in known:
            reader.faults.add(place, f"the unknown life event “{code}”")
        found.append(code)
    return found


def _form(reader: Reader, path: Path) -> dict[str, Any]:
    text = reader.text(path) if path.exists() else None
    if text is None:
        return {}
    try:
        form = json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as fault:
        reader.faults.add(reader.place(path, fault.lineno), f"not JSON: {fault.msg}")
        return {}
    except RecursionError:
        reader.faults.add(reader.place(path), "not JSON that a form can be: it is nested too deeply")
        return {}
    except KeyTwice as fault:
        line = _line_of_second(text, fault.key)
        reader.faults.add(reader.place(path, line), f"the key “{fault.key}” stands twice")
        return {}
    except ValueError:
        reader.faults.add(reader.place(path), "not JSON that a form can be: a number is too long")
        return {}
    try:
        compile_form(form if isinstance(form, dict) else {})
    except FormRefused as fault:
        if why := _no_schema(form, text):
            reader.faults.add(reader.place(path, why[0]), why[1])
            return {}
        for named, reason in fault.faults:
            sought = text.find(f'"{named.split(".")[1] if named.startswith("properties.") else named}"')
            line = text[: max(sought, 0)].count("\n") + 1
            reader.faults.add(reader.place(path, line), f"{named}: {reason}")
        return {}
    return form if isinstance(form, dict) else {}


def _no_schema(form: Any, text: str) -> tuple[int, str] | None:
    """In which line, and why, a form that was refused is not even a JSON Schema; None where it is one."""
    try:
        Draft202012Validator.check_schema(form)
    except RecursionError:
        return 1, "not JSON that a form can be: it is nested too deeply"
    except SchemaError as fault:
        where = "/".join(str(part) for part in fault.path)
        last = next((str(part) for part in reversed(fault.path) if isinstance(part, str)), "")
        line = text[: max(text.find(f'"{last}"'), 0)].count("\n") + 1
        return line, f"not a JSON Schema (2020-12) at “{where}”: {fault.message}"
    return None


class KeyTwice(ValueError):
    """A JSON object has a key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for key, value in pairs:
        if key in held:
            raise KeyTwice(key)
        held[key] = value
    return held


def _line_of_second(text: str, key: str) -> int:
    first = text.find(f'"{key}"')
    second = text.find(f'"{key}"', first + 1)
    return text[: max(second, 0)].count("\n") + 1


def _process(
    reader: Reader, pack: Pack, path: Path, decided: Decisions | None, *, asks: bool, authority: str
) -> str:
    text = reader.text(path) if path.exists() else None
    if text is None:
        return ""
    if not asks:  # its decisions have faults of their own; those come first
        return text
    found = compile_process(
        text.encode(), handlers=declared_handlers(), roles=frozenset(pack.roles), decisions=decided
    )
    for fault in found.faults:
        named = f"“{fault.element}”: " if fault.element else ""
        reader.faults.add(reader.place(path, max(fault.line, 1)), named + fault.reason)
    if found.process is not None:
        _offices(reader, pack, path, found.process, authority)
    return text


def _offices(reader: Reader, pack: Pack, path: Path, process: CompiledProcess, authority: str) -> None:
    """Whose offices lanes mean is known; for how many places there is none is said."""
    places = {
        kind: [unit.code for unit in pack.units.values() if unit.kind == kind]
        for kind in ("province", "district")
    }
    for lane in {
        node.lane.id: node.lane for node in process.nodes.values() if node.lane and node.lane.of
    }.values():
        if lane.of not in pack.units:
            reader.faults.add(
                reader.place(path), f"“{lane.id}”: onedoor:of names the unknown unit “{lane.of}”"
            )
    for lane, lacking in without_office(process, authority=authority, units=pack.units, places=places):
        sentence = (
            f"“{lane.id}”: {len(lacking)} places have no such office; there the next one above does the work"
        )
        reader.faults.note(reader.place(path), sentence)


def _decisions(
    reader: Reader, path: Path, form: dict[str, Any], *, advises: str
) -> tuple[str, Decisions | None]:
    """The text, and what it decides, where it can be asked at all."""
    text = reader.text(path) if path.exists() else None
    if not text:
        return "", None
    found = None
    try:
        found = compile_decisions(text.encode())
        faults = unreadable(found, form.get("properties", {}), advises=advises)
    except DecisionsRefused as refused:
        faults = list(refused.faults)
    else:
        for where, reason in found.notes:
            reader.faults.note(reader.place(path, where.line), f"{where}: {reason}")
    for where, reason in faults:
        reader.faults.add(reader.place(path, where.line), f"{where}: {reason}")
    return text, found
