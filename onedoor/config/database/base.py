"""Before each request Django asks a kept connection for ``SELECT 1``: a fifth of a hot request's CPU. An idle connection from
which nothing can be read was not closed by the server; only one that has something to say is asked.
"""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend that `settings.DATABASES` names."""

    def is_usable(self) -> bool:
        """Whether the connection lives."""
        if self.connection is None:
            return False
        held: Any = self.connection.pgconn
        if self.connection.closed or held.status != 0:
            return False
        poll = select.poll()
        poll.register(held.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        return super().is_usable() if poll.poll(0) else True
