"""Fragments drawn once and filled many times: what a step at a counter shows differs by a number, a name and an hour.

A mould is a template drawn with holes where such values stand. All else in it follows from its shape, which is, with the
language, the key under which the drawing is kept: the template is given nothing but the shape and the holes, so that no
drawing can carry what belongs to one person, or what has changed since, into another page. Values are escaped as they are
filled in, as a template does.
"""

import re
import secrets
from collections.abc import Callable, Hashable
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypeVar

from django.template.loader import render_to_string

from onedoor.kernel.i18n import language

KEPT = 512
# Nobody can guess it, so no datum of a page is taken for a hole; only letters, digits and "-", so that addresses take it.
_SIGN = f"hole-{secrets.token_hex(8)}-"
_HOLE = re.compile(rf"{_SIGN}([a-z]+)-")

Shape = TypeVar("Shape", bound=Hashable)
Hole = Callable[[str], str]


def _hole(name: str) -> str:
    """What stands in the template for a value: a text that is there, so what ``{% if %}`` asks for belongs to the shape."""
    return f"{_SIGN}{name}-"


class Mould(Generic[Shape]):
    """A template with the function that makes its context of a shape and of holes by name, and of nothing else."""

    def __init__(self, template: str, context: Callable[[Shape, Hole], dict[str, Any]]) -> None:
        self.template, self.context = template, context
        self._kept = lru_cache(maxsize=KEPT)(self._drawn)

    def filled(self, shape: Shape, **values: object) -> str:
        """The fragment in the reader's language, with these values in its holes.

        Raises:
            KeyError: a hole has no value.
        """
        drawn, names = self._kept(language(), shape)
        escaped = {name: escape(str(value)) for name, value in values.items()}
        parts = drawn.copy()
        parts[1::2] = [escaped[name] for name in names]
        return "".join(parts)

    def _drawn(self, _language: str, shape: Shape) -> tuple[list[str], list[str]]:
        """Texts and holes in turn, and the names of the holes."""
        parts = _HOLE.split(render_to_string(self.template, self.context(shape, _hole)))
        return parts, parts[1::2]
