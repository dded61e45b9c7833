"""What each function of appointments is tried with; a part of `attempts`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from onedoor.domain.queue.api import Asking, BookingRule
from tests.house.world import World

INNER = "contexts and handlers call this after their own check; no door may"
BOOKED: dict[str, str | Callable[[World], dict[str, Any]]] = {
    "queue.accept": "an unguessable token of its own opens it",
    "queue.arrive": lambda w: {"centre": w.centre, "appointment": w.appointment},
    "queue.book": lambda w: {"asking": asking(w), "starts": soon()},
    "queue.book_instead": lambda w: {
        "centre": w.centre,
        "ticket": w.ticket,
        "starts": soon(),
        "name": "N",
        "phone": "020 5555 1234",
        "id": uuid4(),
    },
    "queue.cancel": lambda w: {"appointment": w.appointment},
    "queue.end_appointments": INNER,
    "queue.forget_appointments": INNER,
    "queue.join_list": lambda w: {"asking": asking(w), "day": date(2026, 3, 9)},
    "queue.move": lambda w: {"appointment": w.appointment, "starts": soon()},
    "queue.rebook": lambda w: {"appointment": w.appointment},
    "queue.rebook_day": lambda w: {"centre": w.centre, "day": date(2026, 3, 9)},
    "queue.save_booking_rule": lambda w: {"centre": w.centre, "rule": BookingRule(share=20)},
    "queue.see_phone": lambda w: {"appointment": w.appointment, "centre": w.centre},
    "queue.tend_waiting_lists": INNER,
}


def asking(world: World) -> Asking:
    """Somebody who books by telephone."""
    return Asking(
        centre=world.centre,
        service=world.registry.birth,
        name="N",
        phone="020 5555 1234",
        channel="calls",
    )


def soon() -> datetime:
    """The day after tomorrow."""
    return datetime.now(UTC) + timedelta(days=2)
