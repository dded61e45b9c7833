"""The server's settings: loopback and socket only, safe by default, and no contents of statements in its log."""

from __future__ import annotations

import os
from pathlib import Path


def server_settings(*, port: int, sockets: Path, throwaway: bool) -> list[str]:
    """Arguments for `postgres`. `throwaway` gives up durability: for tests that are thrown away only."""
    memory = _memory_megabytes()
    settings: dict[str, object] = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": sockets,
        "unix_socket_permissions": "0700",
        "max_connections": 200,
        "shared_buffers": f"{max(64, min(1024, memory // 16))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "checkpoint_timeout": "10min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "autovacuum_naptime": "15s",
        "idle_in_transaction_session_timeout": "60s",
        # An error's statement and detail may carry a person's data: keep both out of the log.
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "log_error_verbosity": "terse",
    }
    if throwaway:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _memory_megabytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_048_576
    except (ValueError, OSError):
        return 2048
