"""Why a drawing cannot be read or changed as it was asked."""

from typing import Any


class CannotDraw(ValueError):
    """A change that the drawing does not allow, or a drawing that cannot be read; ``field`` is what was said wrongly."""

    def __init__(self, reason: Any, *, field: str = "process") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field
