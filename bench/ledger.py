"""Taking cash: postings a second through `payments.settle_cash`, against the same rows written by prepared SQL alone.

Four officers with a drawer each take 40,000 kip again and again at one centre, so they share its series of receipts. A
payment is three postings (drawer, fee, change that is owed), a receipt with its number, the charge's new state, and two
letters; each is one durable commit.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

from bench.harness import finish, interleaved, node, open_always, say

GOALS = {"postings_per_s": (">=", 150), "ratio_to_raw": ("<=", 6), "faults": ("==", 0)}
CENTRE, SERVICE = "0103-1", "document-registration"
DRAWERS, PAYMENTS, ROUNDS = 4, 25, 5
POSTINGS = 3
TENDERED = 500_000  # more than the drawer can change, so that each payment also posts what is owed


def main() -> None:
    """Fills a node, lets both take turns, and sums the ledger up at the end."""
    with node():
        open_always(CENTRE)
        subject = Subject()
        floor = Floor(subject)
        subject.round()
        floor.round()
        seen = interleaved(ROUNDS, subject=subject.round, floor=floor.round)
        faults = subject.faults()
        for fault in faults[:5]:
            say(fault)
        figures = {
            "postings_per_s": round(seen["subject"]["per_s"]),
            "raw_postings_per_s": round(seen["floor"]["per_s"]),
            "ratio_to_raw": round(seen["floor"]["per_s"] / seen["subject"]["per_s"], 2),
            "receipt_ms": round(seen["subject"]["ms"], 2),
            "faults": len(faults),
        }
        finish("ledger", figures, GOALS)


def together(work: Callable[[int], None], pool: ThreadPoolExecutor) -> dict[str, float]:
    """All drawers at once: postings a second over all, and milliseconds a payment at one of them."""
    began = time.perf_counter()
    list(pool.map(work, range(DRAWERS)))
    taken = time.perf_counter() - began
    return {"per_s": DRAWERS * PAYMENTS * POSTINGS / taken, "ms": taken / PAYMENTS * 1e3}


class Subject:
    """Payments as the desk takes them."""

    def __init__(self) -> None:
        from onedoor.domain.access import api as access
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.domain.centres import api as centres
        from onedoor.domain.payments import api as payments
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import everything

        self.pool = ThreadPoolExecutor(DRAWERS)
        with everything("a benchmark sets itself up"):
            self.centre = access.unit_by_code(CENTRE).id
            self.edition = catalogue.service(SERVICE).version_id
            self.officers = [self._login(f"bench-cash-{number}") for number in range(DRAWERS)]
            access.forget()
            places = centres.counters(self.centre)
            self.drawers = [
                payments.open_session(
                    by=by, at=now(), centre=self.centre, counter=place.id, notes={"5000": 1}
                ).id
                for by, place in zip(self.officers, places, strict=False)
            ]

    def _login(self, username: str) -> Any:
        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor

        by, at, id = Actor.system(), now(), new_id()
        access.save_login(by=by, at=at, id=id, username=username, name={"lo": username, "en": username})
        access.grant(by=by, at=at, login=id, role="officer", unit=self.centre, valid_from=date(2020, 1, 1))
        return Actor("staff", id)

    def charges(self) -> list[UUID]:
        """Fees that are owed, for one drawer's round."""
        from onedoor.domain.payments import api as payments
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor

        made = [
            payments.charge(
                by=Actor.system(),
                at=now(),
                subject=new_id(),
                visit=None,
                centre=self.centre,
                edition=self.edition,
            )
            for _ in range(PAYMENTS)
        ]
        return [one.id for one in made if one is not None]

    def round(self) -> dict[str, float]:
        """Every drawer takes its payments."""
        from onedoor.domain.payments import api as payments
        from onedoor.kernel.clock import now

        waiting = [self.charges() for _ in range(DRAWERS)]

        def work(drawer: int) -> None:
            for charge in waiting[drawer]:
                payments.settle_cash(
                    by=self.officers[drawer],
                    at=now(),
                    charge=charge,
                    tendered=TENDERED,
                    given=0,
                    key=charge.hex,
                )

        return together(work, self.pool)

    def faults(self) -> list[str]:
        """What does not add up afterwards, among the payments of this contestant and of the floor."""
        from onedoor.domain.payments import api as payments
        from onedoor.kernel.scope import everything

        with everything("a benchmark sums up"):
            return payments.ledger_faults()


class Floor:
    """The same rows from psycopg itself: one prepared statement and one commit a payment."""

    def __init__(self, subject: Subject) -> None:
        import psycopg

        self.subject = subject
        self.pool = ThreadPoolExecutor(DRAWERS)
        self.connections = [psycopg.connect(os.environ["DATABASE_URL"]) for _ in range(DRAWERS)]
        self.statement, self.known = "", {}

    def round(self) -> dict[str, float]:
        """Every drawer's rows; everything that Python has to find out is known before."""
        from onedoor.kernel.ids import new_id

        self._learn()
        waiting = [[(charge, new_id()) for charge in self.subject.charges()] for _ in range(DRAWERS)]

        def work(drawer: int) -> None:
            connection, values = self.connections[drawer], dict(self.known)
            values["drawer"] = self._account("drawer", str(self.subject.drawers[drawer]))
            connection.commit()
            for charge, receipt in waiting[drawer]:
                values |= {"charge": charge, "receipt": receipt, "key": charge.hex}
                connection.execute(self.statement, values, prepare=True)
                connection.commit()

        return together(work, self.pool)

    def _learn(self) -> None:
        """A receipt and its letters as the subject wrote them; their copies differ in ids, number and key."""
        if self.statement:
            return
        one = self.connections[0]
        receipt, officer, charge = one.execute(
            "SELECT id, officer, charge_id FROM payments_receipt ORDER BY issued_at LIMIT 1"
        ).fetchone()  # type: ignore[misc]
        letters = one.execute(
            "SELECT id FROM kernel_letter WHERE aggregate = ANY(%s) ORDER BY id DESC LIMIT 2",
            [[receipt, charge]],
        ).fetchall()
        self.known = {
            "like": receipt,
            "issued": letters[1][0],
            "settled": letters[0][0],
            "fee": self._account("fee", None),
            "owed": self._account("owed", None),
        }
        given = {"id": "%(receipt)s", "charge_id": "%(charge)s", "key": "%(key)s", "number": "drawn.number"}
        self.statement = SQL.format(
            receipt_columns=", ".join(columns := self._columns("payments_receipt")),
            receipt_values=", ".join(given.get(name, f"r.{name}") for name in columns),
            letter_columns=", ".join(columns := self._columns("kernel_letter", "id")),
            letter_values=", ".join(
                {"aggregate": "w.aggregate", "version": "w.version"}.get(name, f"l.{name}")
                for name in columns
            ),
        )

    def _columns(self, table: str, *without: str) -> list[str]:
        rows = self.connections[0].execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in rows if name not in without]

    def _account(self, kind: str, key: str | None) -> int:
        found = self.connections[0].execute(
            "SELECT id FROM payments_account WHERE kind = %s AND (%s::text IS NULL OR key = %s) LIMIT 1",
            [kind, key, key],
        )
        return int(found.fetchone()[0])  # type: ignore[index]


SQL = """
WITH drawn AS (
  INSERT INTO kernel_series (place, year, series, generation, last)
  VALUES ('0103-1', 2026, 'RAW', kernel_generation(), 1)
  ON CONFLICT (place, year, series, generation) DO UPDATE SET last = kernel_series.last + 1
  RETURNING 'raw-' || last AS number),
receipt AS (
  INSERT INTO payments_receipt ({receipt_columns})
  SELECT {receipt_values} FROM payments_receipt r, drawn WHERE r.id = %(like)s),
charge AS (
  UPDATE payments_charge SET state = 'settled', version = version + 1, ended_at = now()
  WHERE id = %(charge)s RETURNING version),
entry AS (
  INSERT INTO payments_entry (centre_id, kind, day, at, actor, session, receipt)
  SELECT r.centre_id, 'settle', r.day, r.issued_at, r.officer, r.session_id, %(receipt)s
  FROM payments_receipt r WHERE r.id = %(like)s RETURNING id),
postings AS (
  INSERT INTO payments_posting (entry_id, account_id, amount)
  SELECT entry.id, p.account, p.amount
  FROM entry, (VALUES (%(drawer)s::bigint, 500000), (%(fee)s, -40000), (%(owed)s, -460000)) AS p (account, amount)),
letters AS (
  INSERT INTO kernel_letter ({letter_columns})
  SELECT {letter_values} FROM kernel_letter l
  JOIN (SELECT %(issued)s::bigint AS id, %(receipt)s::uuid AS aggregate, 1 AS version
        UNION ALL SELECT %(settled)s, %(charge)s, version FROM charge) AS w ON w.id = l.id
  RETURNING id, aggregate),
unsealed AS (INSERT INTO kernel_unsealed (letter) SELECT id FROM letters)
INSERT INTO kernel_delivery (letter, handler, aggregate)
SELECT letters.id, 'bench.nobody', letters.aggregate FROM letters LIMIT 1
"""

if __name__ == "__main__":
    main()
