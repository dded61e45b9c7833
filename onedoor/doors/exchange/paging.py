"""Lists by keyset: ``limit``, ``after``, and ``next`` in the body and in a `Link` header (RFC 8288).

A cursor is a mark (`kernel.ids`) or, in lists that are ordered by a name, the name that a page ended with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpResponse
from ninja import Query

from onedoor.kernel.ids import mark
from onedoor.ui.request import Request

Item = TypeVar("Item")
Limit = Query(50, ge=1, le=200, description="At most so many items of a page.")
After = Query("", max_length=200, description="`next` of the page before; empty for the first page.")


def page(
    request: Request,
    response: HttpResponse,
    found: Sequence[Item],
    *,
    limit: int,
    cursor: Callable[[Item], str],
    shown: Callable[[Item], Any],
) -> dict[str, Any]:
    """A page of what was found.

    Args:
        found: in order, one more than ``limit`` where there is a next page.
        cursor: where a page ends that ends with this item.
        shown: the item as the answer has it.
    """
    items = found[:limit]
    following = cursor(items[-1]) if len(found) > limit else None
    return {"items": [shown(item) for item in items], "next": linked(request, response, following)}


def newest(
    request: Request,
    response: HttpResponse,
    found: Sequence[Any],
    *,
    limit: int,
    instant: str,
    shown: Callable[[Any], Any],
) -> dict[str, Any]:
    """A page of rows that are ordered by an instant of theirs, which it names, and their id."""

    def cursor(one: Any) -> str:
        return mark(getattr(one, instant), one.id)

    return page(request, response, found, limit=limit, cursor=cursor, shown=shown)


def linked(request: Request, response: HttpResponse, following: str | None) -> str | None:
    """Put the address of the next page into the header; gives the cursor."""
    if following is not None:
        asked = request.GET.copy()
        asked["after"] = following
        response["Link"] = f'<{request.path}?{asked.urlencode()}>; rel="next"'
    return following


def behind(named: Sequence[Item], *, after: str, key: Callable[[Item], str], limit: int) -> list[Item]:
    """Of few items, ordered by a name: those behind ``after``, one more than ``limit``."""
    ordered = sorted(named, key=key)
    return [item for item in ordered if key(item) > after][: limit + 1]
