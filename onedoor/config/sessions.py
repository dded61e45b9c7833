"""Sessions in the database, read by one plain statement: every staff page begins with it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from onedoor.kernel.aggregate import prepared
from onedoor.kernel.mirrors.reference import STAMP

LOAD = f"SELECT session_data, {STAMP} FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's database sessions with a reading that skips the ORM; the stamp of reference data comes along."""

    stamp: str | None = None

    def load(self) -> dict[str, Any]:
        """The contents of a session that exists and has not expired, else nothing."""
        if self.session_key:
            with prepared() as cursor:
                cursor.execute(LOAD, [self.session_key, datetime.now(UTC)])
                row = cursor.fetchone()
            if row is not None:
                self.stamp = row[1]
                held: dict[str, Any] = orjson.loads(_contents(row[0]))
                return held
        self._session_key = None
        return {}


@lru_cache(maxsize=4096)
def _contents(signed: str) -> bytes:
    """The contents of a row as JSON, its signature proved: the same row says the same, so each is proved once."""
    return orjson.dumps(SessionStore().decode(signed))
