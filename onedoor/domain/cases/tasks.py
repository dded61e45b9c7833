"""What the worker does for cases."""

from datetime import datetime

from onedoor.domain.cases.actions import (
    begin_by_message,
    begin_by_time,
    end_preparations,
    fee_check_batch,
    fire_timers,
    forget_corrections,
    forward_messages,
    hear_messages,
    recount_batch,
    run_services,
)
from onedoor.domain.cases.actions.timers import BATCH
from onedoor.kernel.clock import every

MOST_BATCHES, FEW_BATCHES = 20, 2


@every(seconds=5)
def terms(*, at: datetime) -> int:
    """Fire the terms that have run out, batch by batch while there are full ones."""
    fired = 0
    for _ in range(MOST_BATCHES):
        batch = fire_timers(at=at)
        fired += batch
        if batch < BATCH:
            break
    return fired


@every(seconds=0.5)
def services(*, at: datetime) -> int:
    """Run the service tasks that wait."""
    return run_services(at=at)


@every(seconds=0.5)
def messages(*, at: datetime) -> int:
    """Bring messages to the cases that wait for them, here or at another node; others may begin a case."""
    return hear_messages(at=at) + forward_messages(at=at) + begin_by_message(at=at)


@every(seconds=60)
def starts(*, at: datetime) -> int:
    """Begin the cases whose day has come."""
    return begin_by_time(at=at)


@every(seconds=5)
def recounts(*, at: datetime) -> int:
    """Count due dates anew after a calendar changed, batch by batch."""
    examined = 0
    for _ in range(MOST_BATCHES):
        batch = recount_batch(at=at)
        examined += batch
        if not batch:
            break
    return examined


@every(seconds=1)
def fee_checks(*, at: datetime) -> int:
    """Compare receipts with the fee tables where a check was asked for; few at once, so that terms are not kept waiting."""
    examined = 0
    for _ in range(FEW_BATCHES):
        batch = fee_check_batch(at=at)
        examined += batch
        if not batch:
            break
    return examined


@every(seconds=600)
def preparations(*, at: datetime) -> int:
    """Let go of prepared applications for which nobody came, and of corrections that nobody sent."""
    ended = 0
    for _ in range(MOST_BATCHES):
        batch = end_preparations(at=at)
        ended += batch
        if not batch:
            break
    return ended + forget_corrections(at=at)
