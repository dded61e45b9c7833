"""A template of a document and the facts that fill it; and the code that stands on a printed copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

from onedoor.domain.documents import api as documents
from onedoor.domain.documents import rules
from onedoor.kernel.ids import named_id, new_id
from onedoor.kernel.scope import Actor, everything

LONG_PLACE = "ໂຮງໝໍແມ່ແລະເດັກເກີດໃໝ່ບ້ານໂພນສະຫວ່າງເມືອງຈັນທະບູລີນະຄອນຫຼວງວຽງຈັນສາທາລະນະລັດປະຊາທິປະໄຕປະຊາຊົນລາວ"
FACTS: dict[str, Any] = {
    "child_name": {"lo": "ທ້າວ ສຸກສະຫວັນ ພົມມະຈັນ", "en": "Souksavanh PHOMMACHANH"},
    "birth_date": "2026-02-14",
    "birth_place": {"lo": LONG_PLACE, "en": "Mother and Newborn Hospital, Vientiane Capital"},
}
LAYOUT: dict[str, Any] = {
    "heading": {
        "country": {"lo": "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ", "en": "Lao People's Democratic Republic"},
        "motto": {"lo": "ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນະຖາວອນ", "en": "Peace Independence"},
        "authority": {"lo": "ກະຊວງພາຍໃນ", "en": "Ministry of Home Affairs"},
    },
    "title": {"lo": "ໃບຢັ້ງຢືນການເກີດ", "en": "Birth Certificate"},
    "signer": {"lo": "ເຈົ້າໜ້າທີ່ທະບຽນຄອບຄົວ", "en": "Family Registration Officer"},
    "rows": [
        {
            "code": "child_name",
            "label": {"lo": "ຊື່", "en": "Name"},
            "check": True,
            "verify": True,
            "main": True,
        },
        {
            "code": "birth_date",
            "kind": "date",
            "label": {"lo": "ວັນເກີດ", "en": "Date of birth"},
            "verify": True,
        },
        {"code": "birth_place", "label": {"lo": "ສະຖານທີ່ເກີດ", "en": "Place of birth"}},
        {"code": "mother_name", "label": {"lo": "ແມ່", "en": "Mother"}, "optional": True},
    ],
}


def template(*, at: datetime, code: str = "birth-certificate") -> None:
    """The template of a birth certificate."""
    documents.save_template(
        by=Actor.system(), at=at, id=named_id("test", f"document/{code}"), code=code, layout=LAYOUT
    )


class Codes:
    """Remembers the verifying codes that are drawn while it is open; they are kept nowhere else."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self._patch = patch.object(rules, "code_of", self._draw)
        self._code_of = rules.code_of

    def _draw(self, entropy: bytes) -> str:
        self.drawn.append(self._code_of(entropy))
        return self.drawn[-1]

    def __enter__(self) -> "Codes":
        self._patch.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._patch.stop()


@dataclass(frozen=True)
class Issued:
    """An issued document with the code that stands on it and its file."""

    id: UUID
    number: str
    code: str
    content: bytes
    by: Actor


def issue_one(*, at: datetime, centre: UUID, subject: UUID | None = None) -> Issued:
    """A birth certificate from the template to the signed file."""
    by = Actor.system()
    template(at=at)
    with everything("a test issues"), Codes() as codes:
        held = documents.prepare(
            by=by, at=at, subject=subject or new_id(), centre=centre, kind="birth-certificate", facts=FACTS
        )
        documents.confirm_facts(by=by, at=at, document=held.id)
        documents.issue(by=by, at=at, document=held.id)
        documents.produce(by=by, at=at, document=held.id)
        view = documents.document(by=by, document=held.id)
        content = documents.content(by=by, document=held.id)
    return Issued(id=held.id, number=str(view.number), code=codes.drawn[0], content=content, by=by)
