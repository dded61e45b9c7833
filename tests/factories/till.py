"""A centre where fees are taken in cash: two counters, officers, a head, a service over 40,000 kip and the tariff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.again import again, day_of
from tests.factories.hall import SYSTEM, Hall, hall, officer
from tests.factories.services import service

NOTES = (500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
FEE = 40_000
FLOAT = {"1000": 20, "5000": 10, "10000": 10, "20000": 5}
FLOAT_TOTAL = 270_000
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TAKE = ["payments.take", "payments.read"]
APPROVE = [*TAKE, "payments.approve"]


@dataclass
class Till:
    """What a test may refer to."""

    centre: UUID
    code: str
    counters: list[UUID]
    service: UUID
    edition: UUID
    free: UUID
    officer: Actor
    colleague: Actor
    head: Actor
    stranger: Actor

    def charge(self, *, at: datetime) -> payments.Charge:
        """Something that costs 40,000 kip."""
        made = payments.charge(
            by=self.officer, at=at, subject=new_id(), visit=None, centre=self.centre, edition=self.edition
        )
        assert made is not None
        return made

    def open(self, *, at: datetime, by: Actor | None = None, counter: int = 0) -> payments.Session:
        """A drawer with the usual float."""
        return payments.open_session(
            by=by or self.officer, at=at, centre=self.centre, counter=self.counters[counter], notes=FLOAT
        )

    def paid(self, *, at: datetime, by: Actor | None = None, tendered: int = 50_000) -> payments.Receipt:
        """A receipt over 40,000 kip."""
        return payments.settle_cash(
            by=by or self.officer, at=at, charge=self.charge(at=at).id, tendered=tendered
        )


def publish_tariff(*, at: datetime) -> None:
    """Copy, form and courier with ceilings; one ground for a waiver."""
    item, name = payments.Item, {"lo": "ສຳເນົາ", "en": "Copy"}
    payments.save_tariff(
        by=SYSTEM,
        at=at,
        id=new_id(),
        code="incidental",
        currency="LAK",
        notes=NOTES,
        items=[
            item(code="copy", name=name, price=1_000, ceiling=20_000),
            item(code="form", name={"lo": "ແບບຟອມ", "en": "Form"}, price=2_500, ceiling=5_000),
        ],
        grounds=[payments.Ground(code="poor", name={"lo": "ຄອບຄົວທຸກຍາກ", "en": "Poor family"})],
    )


@again
def till(*, at: datetime, at_hall: Hall | None = None) -> Till:
    """Build it through the actions; at a hall that is there, or a new one."""
    made = at_hall or hall(at=at, counters=2)
    fee = catalogue.Fee(state="set", amount=FEE)
    with everything("a test builds its world"):
        notary = service(at=at, code="notary", en="Registration of a document", fees=(fee,))
        free = service(at=at, code="gratis", en="Free")
        publish_tariff(at=at)
        people = {
            name: officer(at=at, username=name, unit=made.centre, permissions=rights, role=role)
            for name, rights, role in (
                ("cashier", TAKE, "cashier"),
                ("colleague", TAKE, "cashier"),
                ("head", APPROVE, "head"),
            )
        }
        other = access.unit_by_code(f"{made.code}-other").id
        stranger = officer(at=at, username="foreign", unit=other, permissions=APPROVE, role="head")
    access.forget()
    return Till(
        centre=made.centre,
        code=made.code,
        counters=made.counters,
        service=notary.id,
        edition=notary.version_id,
        free=free.version_id,
        officer=people["cashier"],
        colleague=people["colleague"],
        head=people["head"],
        stranger=stranger,
    )


def a_day_of_cash(made: Till, *, at: datetime) -> None:
    """Something of everything that happens to money in a day."""
    session = made.open(at=at)
    made.paid(at=at)
    wrong = made.paid(at=at)
    payments.void(by=made.head, at=at, receipt=wrong.id, reason="amount")
    short = made.paid(at=at, tendered=500_000)
    payments.pay_owed(by=made.officer, at=at, receipt=short.id)
    for answer in (payments.refuse_waiver, payments.waive):
        poor = made.charge(at=at)
        asked = {"ground": "poor", "content": PDF, "name": "paper.pdf"}
        payments.ask_waiver(by=made.officer, at=at, charge=poor.id, **asked)
        answer(by=made.head, at=at, charge=poor.id)
    payments.sell(by=made.officer, at=at, centre=made.centre, items=[("copy", 2)], tendered=2_000)
    for agreed in (False, True):
        moved = payments.ask_transfer(
            by=made.officer, at=at, session=session.id, way=payments.TO_SAFE, notes={"1000": 2}
        )
        payments.answer_transfer(by=made.head, at=at, transfer=moved.id, agreed=agreed)
    gone = made.charge(at=at)
    payments.cancel_charge(by=made.officer, at=at, subject=gone.subject)
    notes = {"10000": 35}
    payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    payments.day_close(by=made.head, at=at, centre=made.centre, day=day_of(at))


def restore(at: datetime) -> None:
    """What `onedoor restore` does to numbers; undone with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_generation_log (number, started_at, why) VALUES (2, %s, 'a test')", [at]
        )
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kernel_generation() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 2"
        )
        cursor.execute("DISCARD PLANS")
