"""What a token may be given: each scope that the API asks for, in a sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from ninja import Router, Schema

from onedoor.domain.access.api import permissions
from onedoor.doors.exchange.shapes.common import Names
from onedoor.doors.exchange.v1.base import OPEN, api
from onedoor.kernel.scope import PUBLIC, permission_of, public
from onedoor.ui.request import Request

router = Router(tags=["scopes"])
BESIDE = frozenset({"people.keep"})
"""Scopes that no address asks for by itself, but some do when they write."""


class ScopeOut(Schema):
    """A scope, what it permits, and the operations that ask for it."""

    code: str
    sentence: Names
    operations: list[str]


class Scopes(Schema):
    """All scopes by code."""

    items: list[ScopeOut]
    next: str | None


@router.get("/scopes", response={200: Scopes, **OPEN}, operation_id="listScopes")
@public
def list_scopes(request: Request) -> dict[str, Any]:
    """The scopes of tokens in words; they are few, so there is one page."""
    return {
        "items": [
            {"code": code, "sentence": sentence(code), "operations": names} for code, names in asked().items()
        ],
        "next": None,
    }


def asked() -> Mapping[str, list[str]]:
    """Each scope with the operations that ask for it."""
    found: dict[str, list[str]] = {code: [] for code in BESIDE}
    for bound in api._get_bound_routers():
        for held in bound.path_operations.values():
            for one in held.operations:
                code = permission_of(one.view_func)
                if code not in (None, PUBLIC):
                    found.setdefault(str(code), []).append(str(one.operation_id))
    return {code: found[code] for code in sorted(found)}


def sentence(code: str) -> Names:
    """A scope's sentence in both languages."""
    said = {}
    for language in ("lo", "en"):
        with translation.override(language):
            said[language] = str(permissions()[code])
    return said
