"""What all routers of version 1 share: the api itself, how it reads and writes, and which refusals it knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from onedoor.doors.exchange import problems
from onedoor.doors.exchange.shapes.common import Problem

View = TypeVar("View", bound=Callable[..., Any])
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The sign that JSON can write and the database cannot keep."""

OPEN = {frozenset({400, 404, 422, 429}): Problem}
"""Refusals of a question that anybody may ask."""
POSED = {frozenset({400, 404, 413, 415, 422, 429}): Problem}
"""The same, asked with a body."""
CHANGED = {frozenset({400, 404, 409, 413, 415, 422, 429}): Problem}
"""Refusals of a write that anybody may do who has the right word."""
ASKED = {frozenset({400, 401, 403, 404, 422, 429}): Problem}
"""Refusals of a question that a token asks."""
REFUSALS = {frozenset({400, 401, 403, 404, 409, 413, 415, 422, 429}): Problem}
"""Refusals of a token's write."""


class Reader(Parser):
    """Reads JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as values; nothing is an empty object. What cannot be read is refused with 400."""
        if NUL.search(request.body):
            raise ValueError("a text with a sign that cannot be kept")
        return orjson.loads(request.body or b"{}")


class Writer(BaseRenderer):
    """Writes JSON without escaping Lao."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The values as bytes."""
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)


api = NinjaAPI(
    title="OneDoor",
    version="1",
    urls_namespace="v1",
    docs_url=None,
    openapi_url=None,
    parser=Reader(),
    renderer=Writer(),
)
problems.install(api)


def takes(*kinds: str, most: int) -> Callable[[View], View]:
    """Declare that a view reads a file of one of these media types, of at most so many bytes, in place of JSON."""

    def mark(view: View) -> View:
        view.takes = (frozenset(kinds), most)  # type: ignore[attr-defined]
        return view

    return mark


def tries_a_secret(view: View) -> View:
    """Declare that whoever guesses would ask here: an address may ask less often."""
    view.proof = True  # type: ignore[attr-defined]
    return view


def a_file(*kinds: str) -> dict[str, Any]:
    """How the description says that a body is a file."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}
