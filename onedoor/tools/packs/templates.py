"""Templates of documents of a pack: how each kind of paper reads, one file a kind."""

from pathlib import Path
from typing import Any

from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader, Row

HEADING = ("country", "motto", "authority")


def read_templates(reader: Reader, pack: Pack) -> None:
    """Every file of ``documents/`` into ``pack.templates``; then each form's document must have its template."""
    folder = reader.folder / "documents"
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        _template(reader, pack, path)
    for service in pack.services.values():
        document = service.form.get("x-document")
        kind = document.get("kind") if isinstance(document, dict) else None
        if kind and kind not in pack.templates:
            sentence = f"the service “{service.code}” issues “{kind}”, but there is no documents/{kind}.yaml"
            reader.faults.add(service.place, sentence)


def _template(reader: Reader, pack: Pack, path: Path) -> None:
    row = reader.document(path)
    if not isinstance(row, Row):
        if row is not None:
            reader.faults.add(reader.place(path), "a template must be one row of fields")
        return
    fields = Fields(row, reader.faults, pack.languages)
    code = fields.code("code")
    if code and code != path.stem:
        fields.fault("code", f"the template “{code}” lies in the file “{path.name}”")
    layout: dict[str, Any] = {"title": fields.words("title"), "signer": fields.words("signer")}
    if basis := fields.words("basis", required=False):
        layout["basis"] = basis
    held = fields.row_of("heading")
    if held is not None:
        heading = Fields(held, reader.faults, pack.languages)
        layout["heading"] = {part: heading.words(part) for part in HEADING}
        heading.done()
    layout["rows"] = [_fact(reader, pack, one) for one in fields.rows("rows")]
    codes = [one["code"] for one in layout["rows"]]
    for one in {one for one in codes if codes.count(one) > 1}:
        fields.fault("rows", f"the fact “{one}” stands twice")
    fields.done()
    pack.templates[code or path.stem] = layout


def _fact(reader: Reader, pack: Pack, row: Row) -> dict[str, Any]:
    fields = Fields(row, reader.faults, pack.languages)
    fact: dict[str, Any] = {"code": fields.code("code"), "label": fields.words("label")}
    kind = fields.choice("kind", ("text", "date"), default="text")
    if kind != "text":
        fact["kind"] = kind
    for flag in ("check", "verify", "main", "optional"):
        if fields.flag(flag, default=False):
            fact[flag] = True
    fields.done()
    return fact
