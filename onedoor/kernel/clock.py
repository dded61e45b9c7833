"""The only clock, and the list of what the worker does periodically. The domain never reads the time itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

Job = Callable[..., int | None]


def now() -> datetime:
    """The present instant in UTC; for doors, tools and tests. A demonstration may live at another hour than the wall clock."""
    return datetime.now(UTC) + settings.CLOCK_SHIFT


def machine_seconds() -> float:
    """This machine's own clock in seconds since 1970, whatever hour a demonstration lives at; for measuring the clock."""
    return datetime.now(UTC).timestamp()


@dataclass(frozen=True)
class Periodic:
    """A job of the one worker: its name, how often it runs (seconds), and what it calls with ``at=``."""

    name: str
    seconds: float
    job: Job


_periodic: dict[str, Periodic] = {}


def every(*, seconds: float) -> Callable[[Job], Job]:
    """Declare a context's task to be run by the worker about every ``seconds``; the task takes ``at``."""

    def register(job: Job) -> Job:
        name = f"{job.__module__}.{job.__name__}"
        _periodic[name] = Periodic(name=name, seconds=seconds, job=job)
        return job

    return register


def periodic_jobs() -> tuple[Periodic, ...]:
    """All declared jobs, in the order of their declaration."""
    return tuple(_periodic.values())
