"""The tables of the queue, and the plain SQL of its hot paths."""

from onedoor.domain.queue.models.hot import (
    draw_serial,
    insert_obligations,
    insert_ticket,
    lock_next,
    lock_ticket,
    look_at_ticket,
    recall_ticket,
    update_ticket,
)
from onedoor.domain.queue.models.tables import Obligation, Series, Ticket

__all__ = [
    "Obligation",
    "Series",
    "Ticket",
    "draw_serial",
    "insert_obligations",
    "insert_ticket",
    "lock_next",
    "lock_ticket",
    "look_at_ticket",
    "recall_ticket",
    "update_ticket",
]
