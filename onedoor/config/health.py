"""What a node says about itself: /ready (what is missing, the backlog) and /metrics (Prometheus)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from onedoor.config.observing import registry
from onedoor.domain.cases.api import failed_steps
from onedoor.kernel.letters import backlog, lag

WORKER_LOCK = 0x0D00_0002
WORKER_LIVES = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
Answer = tuple[int, bytes, bytes]
_up_to_date = False


def answer(path: str, local: bool) -> Answer:
    """The answer to /ready or /metrics; the particulars are for people on this machine only."""
    close_old_connections()
    if path == "/metrics":
        if not local:
            return 404, b"", b"text/plain"
        return 200, metrics(), b"text/plain; version=0.0.4; charset=utf-8"
    status, state = ready()
    if not local:
        state = {"ready": state["ready"]}
    return status, json.dumps(state).encode() + b"\n", b"application/json"


def ready() -> tuple[int, dict[str, Any]]:
    """Whether pages can be served (200, else 503), what is missing, and what waits for the worker."""
    missing: list[str] = []
    waiting: dict[str, Any] = {}
    behind: dict[str, int] = {}
    try:
        if not migrated():
            missing.append("migrations")
        else:
            waiting, behind = backlog(), lag()
            if not worker_lives():
                missing.append("worker")
    except DatabaseError:
        missing.append("database")
        connection.close()
    if not settings.TESTING and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        missing.append("screens")
    able = not {"database", "migrations"} & set(missing)
    return (200 if able else 503), {
        "ready": able,
        "missing": missing,
        "backlog": waiting,
        "followers": behind,
    }


def migrated() -> bool:
    """Whether the database is as this version's models; asked until it once was."""
    global _up_to_date
    if not _up_to_date:
        executor = MigrationExecutor(connection)
        _up_to_date = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _up_to_date


def worker_lives() -> bool:
    """Whether a worker holds its lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute(WORKER_LIVES, [WORKER_LOCK])
        return bool(cursor.fetchone()[0])


class Backlog:
    """Gauges read from the database when they are asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The state of this node as gauges."""
        status, state = ready()
        yield GaugeMetricFamily("onedoor_ready", "Pages can be served", value=int(status == 200))
        yield GaugeMetricFamily(
            "onedoor_worker_up", "A worker runs", value=int("worker" not in state["missing"])
        )
        for name, value in state["backlog"].items():
            yield GaugeMetricFamily(f"onedoor_letters_{name}", f"Letters: {name}", value=value)
        if status == 200:
            failed = "Steps of the system that failed and wait for a person"
            yield GaugeMetricFamily("onedoor_failed_steps", failed, value=failed_steps())
        behind = GaugeMetricFamily(
            "onedoor_follower_behind",
            "Sealed letters that a projection has still to hear",
            labels=["follower"],
        )
        for name, value in state["followers"].items():
            behind.add_metric([name], value)
        yield behind


def metrics() -> bytes:
    """Everything in Prometheus' text format, over all processes."""
    gauges = CollectorRegistry()
    gauges.register(Backlog())
    return generate_latest(registry()) + generate_latest(gauges)
