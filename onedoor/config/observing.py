"""Logs and metrics: JSON lines and counters that never hold personal data (no addresses, no names, no contents)."""

from __future__ import annotations

import json
import logging
import os
import time
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, multiprocess

__all__ = ["LOGGING"]

DOORS = frozenset(("kiosk", "board", "desk", "office", "console", "api", "accounts", "static", "exchange"))
requests = Counter("onedoor_requests", "Requests answered", ["door", "method", "status"])
seconds = Histogram(
    "onedoor_request_seconds",
    "Time to answer",
    ["door"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
log = logging.getLogger("onedoor.web")
SLOW = float(os.environ.get("ONEDOOR_SLOW_SECONDS", "1"))
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

# What a log line may carry beside its text: codes and figures, chosen here, never whatever a caller adds.
CARRIED = (
    "door",
    "method",
    "status",
    "ms",
    "job",
    "process",
    "handler",
    "letter",
    "fault",
    "count",
    "seconds",
)


def registry() -> CollectorRegistry:
    """The metrics of this process, or of all where `serve` runs several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class JsonLines(logging.Formatter):
    """One JSON object a line. Of a fault it tells the kind and the place, not the message, which may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Writes one record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Django's and libraries' messages quote paths and values: only their template is written.
            "text": record.getMessage() if record.name.startswith("onedoor") else str(record.msg),
        }
        for name in CARRIED:
            if name in record.__dict__ and name != "process":
                line[name] = record.__dict__[name]
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = [_place(frame) for frame in traceback.extract_tb(record.exc_info[2])[-12:]]
        return json.dumps(line, ensure_ascii=False, default=str)


def _place(frame: traceback.FrameSummary) -> str:
    file = frame.filename.rsplit("/site-packages/")[-1].rsplit("/onedoor/")[-1]
    return f"{file}:{frame.lineno} {frame.name}"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "onedoor.config.observing.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ONEDOOR_LOG", "WARNING").upper()},
    "loggers": {
        "onedoor": {"level": os.environ.get("ONEDOOR_LOG", "INFO").upper()},
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "CRITICAL"},
        "weasyprint": {"level": "CRITICAL"},
        "pyhanko": {"level": "ERROR"},
    },
}


def door_of(path: str) -> str:
    """Which door a path belongs to: its first part if known; the citizen door stands at the root."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in DOORS else "citizen"


async def observed(
    inner: Callable[..., Awaitable[None]], scope: MutableMapping[str, Any], receive: Any, send: Any
) -> None:
    """Counts and times one request; logs faults and slow answers by door, never by address."""
    began = time.perf_counter()
    status = 500

    async def noted(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        await send(message)

    try:
        await inner(scope, receive, noted)
    finally:
        taken = time.perf_counter() - began
        door = door_of(scope["path"])
        method = scope["method"] if scope["method"] in METHODS else "other"
        requests.labels(door, method, str(status)).inc()
        seconds.labels(door).observe(taken)
        if status >= 500 or taken > SLOW:
            log.warning(
                "slow or failed",
                extra={"door": door, "method": method, "status": status, "ms": round(taken * 1000)},
            )
