"""The words of messages of a pack: read, checked and loaded. A pack may have none; then nobody is told anything by telephone."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from onedoor.domain.notices.api import KindUnknown, WordingInvalid, check_wording, save_wording
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row

NAME = "notices.yaml"


def read_notices(reader: Reader, pack: Pack) -> None:
    """``notices.yaml`` into ``pack.wordings``."""
    path = reader.folder / NAME
    held = reader.document(path) if path.is_file() else None
    if held is not None and not (isinstance(held, Items) and all(isinstance(row, Row) for row in held)):
        reader.faults.add(reader.place(path), "a list of messages is needed")
        held = None
    for row in held or ():
        _wording(Fields(row, reader.faults, pack.languages), pack)


def _wording(fields: Fields, pack: Pack) -> None:
    kind = fields.text("kind")
    texts = {language: fields.text(language) for language in pack.languages}
    fields.done()
    if kind in pack.wordings:
        fields.fault("kind", f"the message “{kind}” stands twice")
        return
    try:
        check_wording(kind, texts)
    except KindUnknown:
        fields.fault("kind", f"there is no message “{kind}”")
    except WordingInvalid as fault:
        fields.fault(
            fault.field or "kind", "the words are missing, too long, or have a place that this message lacks"
        )
    pack.wordings[kind] = texts


def load_notices(pack: Pack, *, id: Callable[[str, str], UUID], by: Actor, at: datetime) -> int:
    """The words of all messages; gives how many there are."""
    for kind, texts in pack.wordings.items():
        save_wording(by=by, at=at, id=id("notice", kind), kind=kind, texts=texts)
    return len(pack.wordings)
