"""Idempotency inside a hot path's own statement: no look-up before, one row with the change, a replay when it clashes.

once = Once(actor=by.id, key=key, body=body, answer=lambda ticket: Answer(200, json_text))
outcome = replaying(once, at=at, act=lambda: action(..., once=once))     # the action's result, or the earlier Answer
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError

from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.inbox.requests import LONGEST_KEY, Answer, remembered, said

Result = TypeVar("Result")

REQUEST_CTE = """
request AS (INSERT INTO kernel_request (day, actor, key, said, status, answer)
            SELECT %(request_day)s, %(request_actor)s, %(request_key)s, %(request_said)s, %(request_status)s,
                   %(request_answer)s FROM changed)
"""
"""A common table expression beside ``changed``; parameters by `request_values`."""


@dataclass(frozen=True)
class Once:
    """A request that acts once: who asks, under which key, what was said, and how the changed thing is answered."""

    actor: UUID
    key: str
    body: bytes
    answer: Callable[[Any], Answer]

    def __post_init__(self) -> None:
        if not self.key or len(self.key) > LONGEST_KEY or not self.key.isprintable():
            raise Invalid(field="Idempotency-Key")


def request_values(once: Once, *, changed: Any, at: datetime) -> dict[str, Any]:
    """The parameters of `REQUEST_CTE`: the answer is made from the thing as it will be."""
    answer = once.answer(changed)
    return {
        "request_day": at.date(),
        "request_actor": once.actor,
        "request_key": once.key,
        "request_said": said(once.body),
        "request_status": answer.status,
        "request_answer": answer.text,
    }


def replaying(once: Once, *, at: datetime, act: Callable[[], Result]) -> Result | Answer:
    """Act; when the key clashes, or the step is refused because it was done before, give the stored answer.

    Keys clash within a day (UTC), so in its first hour yesterday's are looked at before.

    Raises:
        KeyReused: the key stands for another body.
    """
    if at.hour == 0:
        earlier = remembered(actor=once.actor, key=once.key, fingerprint=said(once.body), at=at)
        if earlier is not None:
            return earlier
    try:
        return act()
    except (IntegrityError, DomainError):
        earlier = remembered(actor=once.actor, key=once.key, fingerprint=said(once.body), at=at)
        if earlier is None:
            raise
        return earlier
