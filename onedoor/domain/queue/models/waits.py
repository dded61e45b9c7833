"""What was learnt of a hall's waits, and the looks that tell how its line stands."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from onedoor.kernel.aggregate import prepared
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Local
from onedoor.kernel.mirrors.reference import looked

ROW = "service_id, zone, status, place, issued_at, called_at, started_at, ended_at, counter_id"


class HallWaits(models.Model):
    """What the past days of a hall taught of its waits; made anew from its tickets every night.

    ``id`` is a new one each time, so that whoever keeps what was read keeps it by the id.
    """

    mirror = Local("learnt from this node's copy of the tickets, and made anew from them")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    centre_id = models.UUIDField(unique=True)
    learnt_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    taught = models.JSONField()

    def __str__(self) -> str:
        return f"{self.centre_id} {self.learnt_on}"


_LEARNT = "SELECT id FROM queue_hallwaits WHERE centre_id = %s"
MOST_CALLS = 200
"""Calls that tell how fast a hall goes now; older ones of a very busy one are not looked at."""
_NOW = f"""
SELECT {ROW} FROM queue_ticket WHERE centre_id = %(centre)s AND day = %(day)s AND status = 'waiting'
UNION ALL (SELECT {ROW} FROM queue_ticket WHERE centre_id = %(centre)s AND day = %(day)s AND status <> 'waiting'
  AND called_at > %(since)s ORDER BY called_at DESC LIMIT {MOST_CALLS})"""
_PAST = f"""
SELECT day, {ROW} FROM queue_ticket WHERE centre_id = %(centre)s AND day BETWEEN %(since)s AND %(until)s
AND kept_from IS NULL ORDER BY day, issued_at"""
_KEPT = """
SELECT day, count(*), count(*) FILTER (WHERE waited BETWEEN promised_low - 0.5 AND promised_high + 0.5),
  count(*) FILTER (WHERE waited > promised_high + 0.5), avg(waited), avg(abs(waited - (promised_low + promised_high) / 2.0)),
  avg(promised_low), avg(promised_high)
FROM (SELECT day, promised_low, promised_high, extract(epoch FROM called_at - issued_at) / 60 AS waited FROM queue_ticket
  WHERE centre_id = %(centre)s AND day BETWEEN %(since)s AND %(until)s AND called_at IS NOT NULL
  AND promised_high IS NOT NULL AND kept_from IS NULL) AS told
GROUP BY day ORDER BY day"""


@looked("queue_hallwaits")
def look_at_waits(*, centre: UUID) -> UUID | None:
    """The id of what was learnt of a hall; a prepared look, as every ticket needs it."""
    with prepared() as cursor:
        row = cursor.execute(_LEARNT, [centre]).fetchone()
    return None if row is None else row[0]


def see_line(*, centre: UUID, day: date, since: datetime) -> list[tuple[Any, ...]]:
    """Who waits at a centre on a day, and the latest `MOST_CALLS` who were called since an instant: the columns of `ROW`."""
    with prepared() as cursor:
        return cursor.execute(_NOW, {"centre": centre, "day": day, "since": since}).fetchall()


def see_days(*, centre: UUID, since: date, until: date) -> Iterator[tuple[Any, ...]]:
    """All tickets of a centre on these days, both included: the day and the columns of `ROW`, in order."""
    with prepared() as cursor:
        yield from cursor.execute(_PAST, {"centre": centre, "since": since, "until": until}).fetchall()


def see_told(*, centre: UUID, since: date, until: date) -> list[tuple[Any, ...]]:
    """By day: tickets that were told a wait and called, those within it, those who waited longer; means in minutes."""
    with prepared() as cursor:
        return cursor.execute(_KEPT, {"centre": centre, "since": since, "until": until}).fetchall()
