"""What can go wrong, as sentences. A context's ``errors.py`` subclasses these; a door shows them with the right status."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that a person can understand. ``message`` is translated, ``code`` is for machines."""

    status = 422
    message: Any = _("This could not be done.")

    def __init__(self, message: Any = None, **about: Any) -> None:
        if message is not None:
            self.message = message
        self.about = about
        super().__init__(self.code)

    @property
    def code(self) -> str:
        """The class's name in snake_case, stable for machines."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def __str__(self) -> str:
        return str(self.message)


class Invalid(DomainError):
    """A value that cannot be: names the field and the reason (422)."""

    message = _("A value is not valid.")

    def __init__(self, message: Any = None, *, field: str = "", reason: Any = None, **about: Any) -> None:
        super().__init__(message if message is not None else reason, field=field, **about)
        self.field = field
        self.reason = reason if reason is not None else self.message


class Refused(DomainError):
    """The actor may not do this (403)."""

    status = 403
    message = _("You are not permitted to do this.")


class Missing(DomainError):
    """It does not exist, or the actor cannot know that it does (404)."""

    status = 404
    message = _("This was not found.")


class Conflict(DomainError):
    """Somebody was faster, or the state no longer allows it (409)."""

    status = 409
    message = _("This has changed in the meantime. Nothing was saved; look again.")


_LOST = {"23505": "unique", "23P01": "exclusion", "40P01": "deadlock", "40001": "serialization"}
"""What the database says, by its code, to the second of two who wrote the same at one instant."""


def race_lost(fault: BaseException) -> str:
    """How a writer lost against another who wrote at the same instant, as the database says it; empty for any other fault."""
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return _LOST.get(getattr(fault, "sqlstate", None) or "", "")


class NotYet(Exception):
    """A handler's reference has not arrived; its delivery waits and is tried again."""
