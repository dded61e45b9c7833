"""What centres check before they open and after they close: read, checked and loaded. A pack may have none."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from onedoor.domain.centres.api import Item, save_checklist_plan
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row

NAME = "checklists.yaml"
MEASURES = ("", "float", "link", "clock")


def read_checklist(reader: Reader, pack: Pack) -> None:
    """``checklists.yaml`` into ``pack.checklist``."""
    path = reader.folder / NAME
    held = reader.document(path) if path.is_file() else None
    if held is not None and not (isinstance(held, Items) and all(isinstance(row, Row) for row in held)):
        reader.faults.add(reader.place(path), "a list of things to check is needed")
        held = None
    for row in held or ():
        _item(Fields(row, reader.faults, pack.languages), pack)


def _item(fields: Fields, pack: Pack) -> None:
    phase = fields.choice("phase", ("opening", "closing"))
    measure = fields.choice("measure", MEASURES, default="")
    code, name = fields.code("code"), fields.words("name")
    fields.done()
    if any((one.phase, one.code) == (phase, code) for one in pack.checklist):
        fields.fault("code", f"“{code}” stands twice")
        return
    pack.checklist.append(
        Item(
            phase="closing" if phase == "closing" else "opening",
            code=code,
            name=name,
            measure=measure,  # type: ignore[arg-type]  # one of its words, or a fault was told
        )
    )


def load_checklist(pack: Pack, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> int:
    """What all centres of the country check; gives how many things: one plan, or none."""
    if pack.checklist:
        unit = id("unit", str(pack.about["country"]))
        save_checklist_plan(by=by, at=at, unit=unit, items=pack.checklist)
    return int(bool(pack.checklist))
