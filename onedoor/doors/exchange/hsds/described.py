"""The OpenAPI description of the HSDS API: which of the standard's lists are here, and by what each can be narrowed."""

from __future__ import annotations

from typing import Any

SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"
PAGING = ("page", "per_page", "format")
CLASSED = ("taxonomy_id", "taxonomy_term_id")
LISTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "services": (
        "Services that one can apply for",
        "service",
        ("search", *PAGING, *CLASSED, "organization_id", "modified_after", "minimal", "full"),
    ),
    "organizations": (
        "Who answers for services",
        "organization",
        ("search", *PAGING, *CLASSED, "full", "full_service"),
    ),
    "service_at_locations": (
        "Services at the centres that offer them",
        "service_at_location",
        ("search", *PAGING, *CLASSED, "organization_id", "modified_after", "full"),
    ),
    "taxonomies": ("Our taxonomies", "taxonomy", ("search", *PAGING)),
    "taxonomy_terms": (
        "Life events and facts",
        "taxonomy_term",
        ("search", *PAGING, "taxonomy_id", "parent_id", "top_only"),
    ),
}
ID = {"type": "string", "format": "uuid"}
COUNT = {"type": "integer", "minimum": 1}
PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("Words, in Lao or English.", {"type": "string", "maxLength": 200}),
    "page": ("Which page; the first is 1.", COUNT),
    "per_page": ("How many on a page: at most 200, of whole services 25.", COUNT),
    "format": ("`ndjson`: all of it, a thing a line, without pages.", {"enum": ["json", "ndjson"]}),
    "taxonomy_id": ("Only what is classified by a term of this taxonomy.", ID),
    "taxonomy_term_id": ("Only what is classified by this term.", ID),
    "organization_id": ("Only services of this organization.", ID),
    "modified_after": (
        "Only what became as it is then or later: a day or an instant; without a zone it is this country's.",
        {"type": "string", "format": "date-time"},
    ),
    "minimal": ("Only `id` and `modified_date`, all on one page.", {"type": "boolean"}),
    "full": ("With everything that belongs to it.", {"type": "boolean"}),
    "full_service": ("With its services, whole.", {"type": "boolean"}),
    "parent_id": ("Only terms below this one; none is.", ID),
    "top_only": ("Only terms that stand below none; all do.", {"type": "boolean"}),
}
PAGE: dict[str, Any] = {
    "type": "object",
    "required": ["empty"],
    "properties": {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), {"type": "integer"}),
        **dict.fromkeys(("first_page", "last_page", "empty"), {"type": "boolean"}),
    },
}


def described(address: str) -> dict[str, Any]:
    """The description; ``address``: of this network."""
    paths: dict[str, Any] = {"/": {"get": _operation("about", "What this API is", {"type": "object"})}}
    for name, (about, table, narrowed) in LISTS.items():
        items = {"type": "array", "items": {"$ref": _schema(table, f"{table}_list")}}
        page = {"allOf": [{"$ref": "#/components/schemas/Page"}], "properties": {"contents": items}}
        paths[f"/{name}"] = {
            "get": _operation(f"list_{name}", about, page, parameters=[_parameter(one) for one in narrowed])
        }
        more = [_parameter("full_service")] if name == "organizations" else []
        one = {"in": "path", "name": "id", "required": True, "schema": ID}
        paths[f"/{name}/{{id}}"] = {
            "get": _operation(
                f"get_{table}",
                f"{about}: one",
                {"$ref": _schema(table, table)},
                parameters=[one, *more],
                missing=True,
            )
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "OneDoor: the catalogue as HSDS", "version": "3.0"},
        "servers": [{"url": f"{address}/api/hsds"}],
        "paths": paths,
        "components": {
            "schemas": {"Page": PAGE},
            "parameters": {
                name: {"name": name, "in": "query", "description": about, "schema": schema}
                for name, (about, schema) in PARAMETERS.items()
            },
        },
    }


def _schema(table: str, compiled: str) -> str:
    """Where the standard keeps the schema of a table; taxonomies hold nothing, so they need no compiled one."""
    return f"{SCHEMAS}{table}.json" if table.startswith("taxonomy") else f"{SCHEMAS}compiled/{compiled}.json"


def _parameter(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _operation(
    name: str,
    about: str,
    schema: dict[str, Any],
    *,
    parameters: list[dict[str, Any]] | None = None,
    missing: bool = False,
) -> dict[str, Any]:
    refusals = {"400": "A value that cannot be read; `field` names it."} if parameters else {}
    refusals |= {"404": "There is no such thing."} if missing else {}
    return {
        "operationId": name,
        "summary": about,
        **({"parameters": parameters} if parameters else {}),
        "responses": {
            "200": {"description": about, "content": {"application/json": {"schema": schema}}},
            **{status: {"description": said} for status, said in refusals.items()},
        },
    }
