"""The tables of the queue, and the plain SQL of its hot paths."""

from onedoor.domain.queue.models.calling import HallRule, look_at_rules
from onedoor.domain.queue.models.hot import (
    draw_serial,
    insert_obligations,
    insert_ticket,
    lock_ticket,
    look_at_ticket,
    recall_ticket,
    update_ticket,
)
from onedoor.domain.queue.models.tables import Obligation, Series, Ticket
from onedoor.domain.queue.models.turns import lock_next, see_next
from onedoor.domain.queue.models.visits import Errand, Help
from onedoor.domain.queue.models.waits import HallWaits

__all__ = [
    "see_next",
    "look_at_rules",
    "HallRule",
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
