"""The OpenAPI 3.1 description: what ninja knows of the operations, completed with scopes, refusals, headers and files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja.openapi.schema import OpenAPISchema

from onedoor.doors.exchange.problems import TITLES
from onedoor.doors.exchange.v1.base import api
from onedoor.doors.exchange.v1.scopes import asked, sentence
from onedoor.kernel.scope import PUBLIC, permission_of, public

INTRODUCTION = """
The one-door service centres of a country, for programs.

**Names.** Texts for people come in each language (`lo`, `en`). Codes are stable. Instants are UTC (RFC 3339), days are those of
the centre. Money is whole minor units: kip have none, so 40000 is 40,000 kip.

**Who may.** A token (`Authorization: Bearer …`) belongs to a unit and carries scopes; it reaches that unit and what lies below.
What lies outside is answered as if it did not exist (404); what lies inside, without the scope, by 403. To work on tasks it names
the roles, too, in whose lanes it may act there, as a person has them; a task of another lane of its unit is refused by 403.

**Writes** ask for an `Idempotency-Key`: the same key with the same request is answered by the first answer
(`Idempotency-Replayed: true`) and does nothing; with another request by 409. Keys are remembered for a day at least. What is told
once, such as a secret code, is null in a repeated answer.

**Lists** have `limit` and `after`; `next`, in the body and in the `Link` header, is the `after` of the next page.

**Refusals** are problem documents (RFC 9457): `code` is for programs, `detail` for people (Lao; English where `Accept-Language`
begins with `en`), `field` names what to correct.

**Limits** count by token, or by address where no token is asked for; `RateLimit` says what is left, 429 comes with `Retry-After`.
Wrong tokens are counted by address; a right one from the same address is served all the same.

**Persons' data** that is looked at is written down with the token that looked, as for officers.

## Scopes
"""
SLUG = "^[-a-zA-Z0-9_]+$"
HEADERS = {
    "RateLimit": {
        "description": "What is left of the limit (r), and the seconds until all of it is back (t)."
    },
    "RateLimit-Policy": {"description": "The limit: requests (q) in a window of seconds (w)."},
    "Link": {"description": 'The next page, `rel="next"`, where there is one.'},
    "Idempotency-Replayed": {"description": "`true` when this is the answer that the key got before."},
    "Retry-After": {"description": "Seconds to wait."},
}


@public
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description, as it is committed under docs/openapi."""
    return HttpResponse(described(), content_type="application/json")


@lru_cache(maxsize=1)
def described() -> bytes:
    """The OpenAPI description as bytes, the same at every call."""
    with translation.override("en"):
        whole = OpenAPISchema(api, path_prefix="/api/v1/")
        whole["info"]["description"] = INTRODUCTION.strip() + "\n\n" + _scopes()
        parts = whole["components"]
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        parts["headers"] = {name: {**about, "schema": {"type": "string"}} for name, about in HEADERS.items()}
        parts["responses"] = {str(status): _refusal(status, title) for status, title in TITLES.items()}
        whole["security"] = [{"token": []}]
        codes = dict(_permissions())
        for held in whole["paths"].values():
            for one in held.values():
                _complete(one, codes[one["operationId"]])
    option = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(whole, option=option)


def _scopes() -> str:
    return "\n".join(f"- `{code}`: {sentence(code)['en']}." for code in asked())


def _permissions() -> Iterator[tuple[str, str]]:
    for bound in api._get_bound_routers():
        for held in bound.path_operations.values():
            for one in held.operations:
                yield str(one.operation_id), str(permission_of(one.view_func))


def _complete(one: dict[str, Any], code: str) -> None:
    """Say who may, how refusals look, which headers come, and that a file is a file."""
    if code == PUBLIC:
        one["security"] = []
    else:
        one["security"], one["x-scope"] = [{"token": [code]}], code
        one["description"] = (
            f"{one.get('description', '')}\n\nScope `{code}`: {sentence(code)['en']}.".strip()
        )
    writes = any(held["name"].lower() == "idempotency-key" for held in one["parameters"])
    lists = any(held["name"] == "after" for held in one["parameters"])
    for held in one["parameters"]:
        if held["in"] == "path" and "format" not in held["schema"]:
            held["schema"]["pattern"] = SLUG
    kinds = one.pop("x-file", [])
    for status, answer in one["responses"].items():
        if int(status) >= 400:
            one["responses"][status] = {"$ref": f"#/components/responses/{status}"}
            continue
        if kinds:
            file = {"schema": {"type": "string", "format": "binary"}}
            answer["content"] = dict.fromkeys(kinds, file)
        names = ["RateLimit", "RateLimit-Policy"] + ["Link"] * lists + ["Idempotency-Replayed"] * writes
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusal(status: int, title: str) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    names = ["Retry-After", "RateLimit", "RateLimit-Policy"] if status == 429 else []
    return {
        "description": title,
        "content": {"application/problem+json": problem},
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
    }
