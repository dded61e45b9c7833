"""The ledger in double entry: accounts, groups of postings that sum to zero, and the plain SQL that writes and reads them.

The database holds everyone to it: a group that does not sum to zero is refused at commit, a drawer never goes below zero, and
what was posted is never changed or deleted (migration 0001). Debit is positive: cash in a drawer is above zero, revenue below.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from onedoor.domain.payments.rules import ACCOUNTS, ENTRIES
from onedoor.kernel.mirrors import Local
from onedoor.kernel.scope import ScopedManager

OURS = "each node keeps its own ledger; drawers, receipts and closed days travel, and it follows from them"


class Account(models.Model):
    """A place of money at a centre. ``balance`` is kept for drawers only; all others are sums of their postings."""

    mirror = Local(OURS)

    id = models.BigAutoField(primary_key=True)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3, default="LAK", db_default="LAK")
    balance = models.BigIntegerField(default=0, db_default=0)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["centre_id", "kind", "key", "currency"], name="payments_account_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=ACCOUNTS), name="payments_account_kind"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="payments_drawer_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()


class Entry(models.Model):
    """A group of postings: one thing that happened to money."""

    mirror = Local(OURS)

    id = models.BigAutoField(primary_key=True)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    session = models.UUIDField(null=True)
    receipt = models.UUIDField(null=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=ENTRIES), name="payments_entry_kind")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre_id", "day"], name="payments_entry_day"),
            models.Index(fields=["session"], name="payments_entry_session"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Posting(models.Model):
    """One line of a group: an amount that an account gained (above zero) or gave (below)."""

    mirror = Local(OURS)

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(amount=0), name="payments_posting_moves")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Line(NamedTuple):
    """A posting that is to be written."""

    kind: str
    key: str
    amount: int


def taking(
    drawer: UUID, *, service: UUID | None, cash: int, fee: int, lines: Iterable[Mapping[str, Any]], owed: int
) -> list[Line]:
    """Cash for a receipt. ``cash`` is what lies in the drawer more than before, told apart from what it is for, so that the
    database's sum finds out whether they agree. The opposite undoes it.
    """
    return [
        Line("drawer", str(drawer), cash),
        Line("fee", str(service), -fee),
        *(
            Line("incidental", line["code"], -line["amount"])
            for line in lines
            if line["kind"] == "incidental"
        ),
        Line("owed", "", -owed),
    ]


def opposite(lines: Iterable[Line]) -> list[Line]:
    """What undoes a group."""
    return [line._replace(amount=-line.amount) for line in lines]


class Standing(NamedTuple):
    """An account and the sum of its postings."""

    kind: str
    key: str
    total: int


_FIND = """
SELECT kind, key, id FROM payments_account
WHERE centre_id = %(centre)s AND currency = %(currency)s
  AND (kind, key) IN (SELECT * FROM unnest(%(kinds)s::text[], %(keys)s::text[]))
"""
_OPEN = """
INSERT INTO payments_account (centre_id, kind, key, currency)
SELECT %(centre)s, k, y, %(currency)s FROM unnest(%(kinds)s::text[], %(keys)s::text[]) AS w (k, y) ORDER BY k, y
ON CONFLICT DO NOTHING
"""
_POST = """
WITH made AS (
  INSERT INTO payments_entry (centre_id, kind, day, at, actor, session, receipt)
  VALUES (%(centre)s, %(entry)s, %(day)s, %(at)s, %(actor)s, %(session)s, %(receipt)s) RETURNING id)
INSERT INTO payments_posting (entry_id, account_id, amount)
SELECT made.id, w.account, w.amount FROM made, unnest(%(accounts)s::bigint[], %(amounts)s::bigint[]) AS w (account, amount)
RETURNING entry_id
"""


def post(
    lines: Iterable[Line],
    *,
    entry: str,
    centre: UUID,
    day: date,
    at: datetime,
    actor: UUID,
    session: UUID | None = None,
    receipt: UUID | None = None,
    currency: str = "LAK",
) -> None:
    """Write a group of postings; lines over nothing are left out. The database refuses one that does not sum to zero."""
    moving = [line for line in lines if line.amount]
    if not moving:
        return
    values: dict[str, Any] = {
        "centre": centre,
        "currency": currency,
        "kinds": [line.kind for line in moving],
        "keys": [line.key for line in moving],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        known = {(kind, key): id for kind, key, id in cursor.fetchall()}
        if len(known) < len({(line.kind, line.key) for line in moving}):
            cursor.execute(_OPEN, values)
            cursor.execute(_FIND, values)
            known = {(kind, key): id for kind, key, id in cursor.fetchall()}
        values |= {
            "entry": entry,
            "day": day,
            "at": at,
            "actor": actor,
            "session": session,
            "receipt": receipt,
            "accounts": [known[line.kind, line.key] for line in moving],
            "amounts": [line.amount for line in moving],
        }
        cursor.execute(_POST, values)


def drawer_holds(session: UUID, *, centre: UUID) -> int:
    """The cash that lies in a drawer by the ledger."""
    rows = _rows(
        "SELECT balance FROM payments_account WHERE centre_id = %s AND kind = 'drawer' AND key = %s",
        [centre, str(session)],
    )
    return int(rows[0][0]) if rows else 0


def standings(*, centre: UUID, day: date | None = None) -> list[Standing]:
    """The sum of every account of a centre, of all time or of one day."""
    rows = _rows(
        "SELECT a.kind, a.key, sum(p.amount)::bigint FROM payments_posting p"
        " JOIN payments_account a ON a.id = p.account_id JOIN payments_entry e ON e.id = p.entry_id"
        " WHERE a.centre_id = %(centre)s AND (%(day)s::date IS NULL OR e.day = %(day)s)"
        " GROUP BY a.kind, a.key ORDER BY a.kind, a.key",
        {"centre": centre, "day": day},
    )
    return [Standing(*row) for row in rows]


_AGAINST_PAPERS = """
WITH held AS (
  SELECT a.centre_id, CASE a.kind WHEN 'waived' THEN 'fee' ELSE a.kind END AS what, sum(p.amount) AS total
  FROM payments_posting p JOIN payments_account a ON a.id = p.account_id
  WHERE a.kind IN ('fee', 'waived', 'incidental', 'owed', 'difference') GROUP BY 1, 2),
said AS (
  SELECT centre_id, 'fee' AS what, -sum(fee) AS total FROM payments_receipt WHERE state = 'valid' GROUP BY 1
  UNION ALL
  SELECT centre_id, 'incidental', -sum(incidental) FROM payments_receipt WHERE state = 'valid' GROUP BY 1
  UNION ALL
  SELECT centre_id, 'owed', -sum(change_owed) FROM payments_receipt
  WHERE state = 'valid' AND owed_paid_at IS NULL GROUP BY 1
  UNION ALL
  SELECT centre_id, 'difference', sum(expected - counted) FROM payments_session WHERE state = 'closed' GROUP BY 1)
SELECT what, centre_id, coalesce(held.total, 0)::bigint, coalesce(said.total, 0)::bigint
FROM held FULL JOIN said USING (centre_id, what) WHERE coalesce(held.total, 0) <> coalesce(said.total, 0)
"""


_MOVED = """
WITH held AS (
  SELECT e.session::text AS key, sum(p.amount) AS total FROM payments_entry e
  JOIN payments_posting p ON p.entry_id = e.id JOIN payments_account a ON a.id = p.account_id AND a.kind = 'drawer'
  WHERE e.kind = 'move' GROUP BY 1),
said AS (
  SELECT session_id::text AS key, sum(CASE way WHEN 'to_drawer' THEN amount ELSE -amount END) AS total
  FROM payments_transfer WHERE state = 'done' GROUP BY 1)
SELECT key, coalesce(held.total, 0)::bigint, coalesce(said.total, 0)::bigint
FROM held FULL JOIN said USING (key) WHERE coalesce(held.total, 0) <> coalesce(said.total, 0)
"""


def ledger_faults() -> list[str]:
    """What is wrong with the ledger of this node, as sentences; empty when every group and every account adds up.

    Groups sum to zero, drawers hold what their postings say, and revenue, owed change, differences and what went to the
    safe or came from it are those of the receipts, the counted drawers and the transfers.
    """
    groups = _rows(
        "SELECT entry_id, sum(amount)::bigint FROM payments_posting GROUP BY entry_id HAVING sum(amount) <> 0",
        [],
    )
    drawers = _rows(
        "SELECT a.key, a.balance, coalesce(sum(p.amount), 0)::bigint FROM payments_account a"
        " LEFT JOIN payments_posting p ON p.account_id = a.id WHERE a.kind = 'drawer'"
        " GROUP BY a.id HAVING a.balance <> coalesce(sum(p.amount), 0) OR coalesce(sum(p.amount), 0) < 0",
        [],
    )
    papers, moved = _rows(_AGAINST_PAPERS, []), _rows(_MOVED, [])
    return [
        *(f"ledger: entry {entry} sums to {total}" for entry, total in groups),
        *(f"ledger: drawer {key} holds {held}, its postings say {said}" for key, held, said in drawers),
        *(
            f"ledger: {what} at {centre} is {held}, the papers say {said}"
            for what, centre, held, said in papers
        ),
        *(f"ledger: {held} was moved at drawer {key}, the transfers say {said}" for key, held, said in moved),
    ]


def wait_for_days(centre: UUID) -> None:
    """Until the transaction ends, nobody else opens a drawer at the centre or closes its day."""
    _rows("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"payments/day/{centre}"])


_HOLES = """
WITH there AS (
  SELECT split_part(number, '-', -2)::int AS serial FROM payments_receipt
  WHERE centre_id = %(centre)s AND starts_with(number, %(prefix)s)),
gone AS (
  SELECT s AS serial, s - row_number() OVER (ORDER BY s) AS island FROM generate_series(1, %(last)s) AS s
  WHERE NOT EXISTS (SELECT 1 FROM there WHERE there.serial = s))
SELECT min(serial)::int, max(serial)::int FROM gone GROUP BY island ORDER BY 1
"""
_HELD = """
SELECT count(*) FROM payments_receipt WHERE centre_id = %(centre)s AND starts_with(number, %(prefix)s)
"""


def holes_in(centre: UUID, *, prefix: str, last: int) -> list[tuple[int, int]]:
    """Serials of a run that were drawn and have no receipt, as ranges (both included); none when all are there."""
    values = {"centre": centre, "prefix": prefix, "last": last}
    if _rows(_HELD, values)[0][0] == last:
        return []
    return [(first, end) for first, end in _rows(_HOLES, values)]


def _rows(statement: str, values: Any) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found
