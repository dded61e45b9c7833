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
from onedoor.domain.queue.models.visits import Errand, Help
from onedoor.domain.queue.models.waits import HallWaits

__all__ = [
    "Errand",
    "Help",
    "HallWaits",
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
