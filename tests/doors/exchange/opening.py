"""A catalogue with one of everything, for tests of open data."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.rules.fees import Rate
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.hall import SYSTEM, Hall

Fee, FeeRow = catalogue.Fee, catalogue.FeeRow


def words(lo: str, en: str) -> dict[str, str]:
    return {"lo": lo, "en": en}


FORM: dict[str, Any] = {
    "type": "object",
    "x-sections": [{"title": words("ລົດ", "Vehicle"), "fields": ["engine", "speed"]}],
    "required": ["engine", "speed"],
    "properties": {
        "engine": {"type": "integer", "minimum": 1, "maximum": 5000, "x-label": words("ເຄື່ອງຈັກ", "Engine")},
        "speed": {
            "type": "string",
            "enum": ["usual", "fast"],
            "x-label": words("ຄວາມໄວ", "Speed"),
            "x-labels": {"usual": words("ທຳມະດາ", "Usual"), "fast": words("ດ່ວນ", "Fast")},
        },
    },
}
LAW = catalogue.Law(name=words("ກົດໝາຍ", "A law"), number="12/NA", dated=date(2009, 7, 2), source="gazette")
RATE = Rate(kip="21500", on=date(2026, 1, 5), source="a bank")
LINES = (
    FeeRow(code="form", name=words("ແບບຟອມ", "Form"), amount=15_000),
    FeeRow(
        code="tax",
        name=words("ພາສີ", "Tax"),
        kind="table",
        by="engine",
        unit=words("ຊີຊີ", "cc"),
        steps=(
            catalogue.Step(start=1, upto=110, amount=15_000),
            catalogue.Step(start=111, amount=12_345_678),
        ),
    ),
    FeeRow(
        code="speed",
        name=words("ດ່ວນ", "Speed"),
        kind="choice",
        by="speed",
        choices={"usual": 200, "fast": 500},
    ),
)
PAPERS = (
    catalogue.Paper(
        code="title",
        name=words("ໃບຕາດິນ", "Land title"),
        note=words("ຕົ້ນສະບັບ", "the original"),
        form="original",
        law="12/NA",
        when={"if": 'speed = "fast"', **words("ເມື່ອດ່ວນ", "when fast")},
        instead=(catalogue.Instead(code="receipt", name=words("ໃບຮັບ", "Receipt")),),
    ),
    catalogue.Paper(
        code="photo", name=words("ຮູບ", "Photograph"), required=False, demonstration=True, form="copy"
    ),
)


def publish(
    code: str, *, authority: UUID, fees: tuple[catalogue.Fee, ...], **more: Any
) -> catalogue.ServiceView:
    """A service whose texts differ from those of others."""
    given: dict[str, Any] = {
        "name": words(f"ບໍລິການ {code}", f"Service {code}"),
        "summary": words("ສະຫຼຸບ", "Summary"),
        "papers": (),
        "duration": catalogue.Duration(),
        "legal_basis": (),
        "result": words("ໃບຢັ້ງຢືນ", "Certificate"),
        "demonstration": False,
        "valid_from": date(2021, 1, 1),
        "source": "a test",
    } | more
    with everything("a test builds its world"):
        return catalogue.save_service(
            by=SYSTEM, at=now(), id=new_id(), code=code, authority=authority, fees=fees, **given
        )


def one_of_everything(here: Hall) -> None:
    """A service that has all a service can have, a free one, one whose fee is to be set, and their life event."""
    with everything("a test builds its world"):
        catalogue.save_life_event(
            by=SYSTEM, at=now(), id=new_id(), code="birth", name=words("ມີລູກ", "Having a child"), position=1
        )
        catalogue.save_life_event(
            by=SYSTEM, at=now(), id=new_id(), code="business", name=words("ທຸລະກິດ", "Business"), position=2
        )
    publish(
        "whole",
        authority=here.ministry,
        fees=(Fee(state="set", source="a table", lines=LINES),),
        form=FORM,
        papers=PAPERS,
        legal_basis=(LAW,),
        keywords=("ລົດ", "car"),
        life_events=("birth", "business"),
        duration=catalogue.Duration(days=3, kind="working"),
        identity=catalogue.Identity(level="vouched"),
    )
    free = Fee(state="free", law=words("ກົດໝາຍ", "A law"))
    publish("free", authority=here.ministry, fees=(free,), duration=catalogue.Duration(hours=4, kind="hours"))
    publish(
        "unset",
        authority=here.ministry,
        fees=(Fee(state="to_be_set"),),
        demonstration=True,
        notice=words("ສາທິດ", "A demonstration"),
    )
    publish(
        "dollars", authority=here.ministry, fees=(Fee(state="set", amount=1_050, currency="USD", rate=RATE),)
    )
    assert access.unit(here.ministry).tree == "authority"
