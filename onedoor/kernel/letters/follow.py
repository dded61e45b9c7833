"""Following: projections that read the sealed letters in batches, each from where it stands. See docs/decisions/0008.

The place moves in the transaction of the effect, so a letter is heard once. A letter that cannot be heard becomes a row of
the ordinary delivery and is tried again there, with all later letters of its aggregate behind it; nobody else waits for it.
"""

import logging

from django.db import connection, transaction

from onedoor.kernel.letters.event import Letter
from onedoor.kernel.letters.handler import Handler, followers
from onedoor.kernel.scope import everything

log = logging.getLogger("onedoor.letters")

BEGIN = "INSERT INTO kernel_follower (name, number) VALUES (%s, 0) ON CONFLICT DO NOTHING"
STAND = """
SELECT number, (SELECT coalesce(max(number), 0) FROM kernel_seal) FROM kernel_follower WHERE name = %s FOR UPDATE SKIP LOCKED
"""
READ = """
SELECT l.id, l.origin, l.type, l.schema, l.kind, l.aggregate, l.epoch, l.version, l.actor_kind, l.actor, l.centre, l.at,
       l.body, s.number, EXISTS (SELECT FROM kernel_delivery d WHERE d.handler = %s AND d.aggregate = l.aggregate)
FROM kernel_seal s JOIN kernel_letter l ON l.id = s.letter
WHERE s.number > %s AND s.number <= %s AND l.type = ANY(%s) ORDER BY s.number
"""
LAG = """
SELECT name, (SELECT coalesce(max(number), 0) FROM kernel_seal) - coalesce(number, 0)
FROM unnest(%s::text[]) AS name LEFT JOIN kernel_follower USING (name) ORDER BY name
"""
LATER = """
INSERT INTO kernel_delivery (letter, handler, aggregate)
SELECT letter, %s, aggregate FROM unnest(%s::bigint[], %s::uuid[]) AS late(letter, aggregate) ON CONFLICT DO NOTHING
"""


def follow_batch(*, limit: int = 1000) -> int:
    """Let every follower hear the next sealed letters, at most ``limit`` each; gives how many numbers were passed."""
    return sum(_follow(handler, limit) for handler in followers())


def lag() -> dict[str, int]:
    """How many sealed letters each declared follower has still to pass; all of them where it has not begun yet."""
    with connection.cursor() as cursor:
        cursor.execute(LAG, [[handler.name for handler in followers()]])
        return dict(cursor.fetchall())


def from_the_beginning(name: str) -> None:
    """Let a follower hear everything anew; its caller empties what it wrote next, in this transaction.

    Not before: a batch that is being heard is waited for here, and what it writes must be emptied too.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_follower SET number = 0 WHERE name = %s", [name])
        cursor.execute("DELETE FROM kernel_delivery WHERE handler = %s", [name])


def _follow(handler: Handler, limit: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAND, [handler.name])
        row = cursor.fetchone()
        if row is None:  # somebody else is at it, or it has just been installed
            cursor.execute(BEGIN, [handler.name])
            cursor.execute(STAND, [handler.name])
            row = cursor.fetchone()
        if row is None or row[0] >= row[1]:
            return 0
        since, last = row
        upto = min(since + limit, last)
        cursor.execute(READ, [handler.name, since, upto, [event.name for event in handler.events]])
        rows = cursor.fetchall()
        waiting = [Letter(*values) for *values, behind in rows if behind]
        late = waiting + _hear(handler, [Letter(*values) for *values, behind in rows if not behind])
        if late:
            cursor.execute(LATER, [handler.name, [one.id for one in late], [one.aggregate for one in late]])
        cursor.execute("UPDATE kernel_follower SET number = %s WHERE name = %s", [upto, handler.name])
    return int(upto - since)


def _hear(handler: Handler, letters: list[Letter]) -> list[Letter]:
    """Hear them together; if that fails, one by one. Gives those that could not be heard."""
    if not letters or _heard(handler, letters):
        return []
    late: list[Letter] = []
    for letter in letters:
        if letter.aggregate in {one.aggregate for one in late} or not _heard(handler, [letter]):
            late.append(letter)
    return late


def _heard(handler: Handler, letters: list[Letter]) -> bool:
    try:
        with transaction.atomic(), everything(f"{handler.name} hears letters of every centre"):
            handler.tell([(one, one.event()) for one in letters])
    except Exception as fault:
        extra = {"handler": handler.name, "letter": letters[0].id, "fault": type(fault).__name__}
        log.warning("letters could not be heard", extra=extra)
        return False
    return True
