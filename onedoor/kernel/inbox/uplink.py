"""How a node stands with its hub: whether it has a link there, and what waits to be sent over it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_WAITING = """
SELECT count(o.id), min(l.at) FROM kernel_link k
LEFT JOIN kernel_outgoing o ON o.peer = k.peer LEFT JOIN kernel_letter l ON l.id = o.letter
WHERE k.everything GROUP BY k.peer ORDER BY 1 DESC LIMIT 1
"""


@dataclass(frozen=True, kw_only=True)
class Uplink:
    """The link to the hub: how many letters it has not acknowledged, and when the oldest of them was written."""

    waiting: int
    since: datetime | None


def uplink() -> Uplink | None:
    """The link over which this node's letters go to the hub; None where none is set up, as at the hub itself."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        row = cursor.fetchone()
    return Uplink(waiting=row[0], since=row[1]) if row else None
