"""What HSDS 3.0 asks of each of its tables, in our own words: the fields, which must be there, and what each holds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

CHECKER = FormatChecker(["uuid", "email", "date"])
PLACES = ["physical", "postal", "virtual"]
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "uuid": {"type": "string", "format": "uuid"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": r"^\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$"},
    "currency": {"type": "string", "pattern": "^[A-Za-z]{3}$"},
    "country": {"type": "string", "pattern": "^([A-Z]{2})?$"},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
    "state": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "place": {"enum": PLACES},
    "freq": {"enum": ["WEEKLY", "MONTHLY"]},
    "wkst": {"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]},
    "days": {"type": "string", "pattern": r"^(-?\d*(MO|TU|WE|TH|FR|SA|SU))(,-?\d*(MO|TU|WE|TH|FR|SA|SU))*$"},
    "phone": {"enum": ["text", "voice", "fax", "cell", "video", "pager", "textphone"]},
}
"""What a field may hold; the forms of dates, times, days and codes are those that the fields' descriptions ask for."""
LISTS = {
    "attributes": "attribute",
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "addresses": "address",
    "locations": "location",
    "services": "service",
}
NESTED = {
    "organization": "organization",
    "location": "location",
    "taxonomy_term": "taxonomy_term",
    "taxonomy_detail": "taxonomy",
}
TABLES: dict[str, str] = {
    "service": """id! name! status!=state organization_id=uuid program_id=uuid alternate_name description url=uri
        email=email interpretation_services application_process fees_description wait_time fees accreditations
        eligibility_description minimum_age=number maximum_age=number assured_date=date assurer_email=email licenses
        alert phones schedules service_areas service_at_locations languages organization cost_options
        required_documents attributes""",
    "organization": """id! name! description! alternate_name email=email website=uri tax_status tax_id
        year_incorporated=number legal_status logo uri=uri parent_organization_id=uuid phones locations services attributes""",
    "location": """id! location_type!=place url=uri organization_id=uuid name alternate_name description transportation
        latitude=number longitude=number external_identifier external_identifier_type languages addresses phones
        schedules attributes""",
    "service_at_location": """id! service_id=uuid location_id=uuid description service_areas phones schedules
        location attributes""",
    "schedule": """id! service_id=uuid location_id=uuid service_at_location_id=uuid valid_from=date valid_to=date
        dtstart=date timezone=number until=date count=number wkst=wkst freq=freq interval=number byday=days byweekno
        bymonthday byyearday description opens_at=time closes_at=time schedule_link=uri attending_type notes
        attributes""",
    "cost_option": """id! service_id=uuid valid_from=date valid_to=date option currency=currency amount=number
        amount_description attributes""",
    "required_document": "id! service_id=uuid document uri=uri attributes",
    "address": """id! address_1! city! state_province! postal_code! country!=country address_type!=place
        location_id=uuid attention address_2 region attributes""",
    "phone": """id! number! location_id=uuid service_id=uuid organization_id=uuid contact_id=uuid
        service_at_location_id=uuid extension=number type=phone description languages attributes""",
    "service_area": "id! service_id=uuid name description extent extent_type uri attributes",
    "language": "id! service_id=uuid location_id=uuid phone_id=uuid name code=language note attributes",
    "attribute": "id! link_id=uuid taxonomy_term_id=uuid link_type link_entity value label taxonomy_term",
    "taxonomy_term": """id! name! description! code parent_id=uuid taxonomy taxonomy_detail language=language
        taxonomy_id=uuid term_uri=uri""",
    "taxonomy": "id! name! description! uri=uri version",
    "about": "version profile=uri openapi_url=uri",
}
"""The fields of each table: `!` must be there, `=` what it holds (text, where nothing is said; ids are UUIDs).

Left out are those that are never ours: contacts, funding, programs, accessibility, other identifiers, provenance.
"""
PAGE = {
    "required": ["empty"],
    "properties": {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), {"type": "integer"}),
        **dict.fromkeys(("first_page", "last_page", "empty"), {"type": "boolean"}),
    },
}


@CHECKER.checks("uri")
def is_address(value: object) -> bool:
    """A whole address, without spaces."""
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return bool(parts.scheme and parts.netloc) and not any(one.isspace() for one in value)


def fields(table: str) -> dict[str, tuple[bool, str]]:
    """By field: whether it must be there, and what it holds."""
    found = {}
    for one in TABLES[table].split():
        name, _, kind = one.partition("=")
        bare = name.removesuffix("!")
        found[bare] = name != bare, kind or ("uuid" if bare == "id" else "text")
    return found


def holds(field: str, kind: str) -> dict[str, Any]:
    """The schema of one field."""
    if field in LISTS:
        return {"type": "array", "items": {"$ref": f"#/$defs/{LISTS[field]}"}}
    return {"$ref": f"#/$defs/{NESTED[field]}"} if field in NESTED else KINDS[kind]


def schema(table: str) -> dict[str, Any]:
    """The schema of a thing of a table; fields that are not listed are refused, as misspelt ones are."""
    return {
        "$defs": {
            name: {
                "type": "object",
                "required": [field for field, (needed, _kind) in fields(name).items() if needed],
                "properties": {field: holds(field, kind) for field, (_needed, kind) in fields(name).items()},
                "additionalProperties": False,
            }
            for name in TABLES
        },
        "$ref": f"#/$defs/{table}",
    }


VALIDATORS = {table: Draft202012Validator(schema(table), format_checker=CHECKER) for table in TABLES}


def offences(thing: object, table: str) -> list[str]:
    """What is wrong with a thing, and where."""
    return [f"{one.json_path}: {one.message}" for one in VALIDATORS[table].iter_errors(thing)]
