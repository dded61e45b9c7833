"""What the functions of calling that act in somebody's name are tried with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.domain.queue.api import CallingRule
from tests.house.world import World

CALLING: dict[str, Callable[[World], dict[str, Any]]] = {
    "queue.call_next": lambda w: {"counter": w.counter},
    "queue.call_one": lambda w: {"counter": w.counter, "ticket": w.ticket, "reason": "unwell"},
    "queue.drop_calling_rule": lambda w: {"unit": w.centre},
    "queue.load_calling_rule": lambda w: {"unit": w.centre, "rule": CallingRule()},
    "queue.save_calling_rule": lambda w: {"unit": w.centre, "rule": CallingRule()},
}
