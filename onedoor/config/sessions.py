"""Sessions in the database, read by one plain statement: every staff page begins with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from onedoor.kernel.aggregate import prepared


class SessionStore(DatabaseStore):
    """Django's database sessions with a reading that skips the ORM."""

    def load(self) -> dict[str, Any]:
        """The contents of a session that exists and has not expired, else nothing."""
        if self.session_key:
            with prepared() as cursor:
                cursor.execute(
                    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
                    [self.session_key, datetime.now(UTC)],
                )
                row = cursor.fetchone()
            if row is not None:
                held: dict[str, Any] = self.decode(row[0])
                return held
        self._session_key = None
        return {}
