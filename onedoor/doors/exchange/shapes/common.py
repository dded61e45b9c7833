"""What several resources share: names in both languages, and how a refusal looks."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, StringConstraints

Names = dict[str, str]
"""A text by language: ``lo``, ``en``; a language that is not known is left out."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]


class Said(Schema):
    """What a client sends: nothing else is taken, and a number is no text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(Schema):
    """A refusal (RFC 9457). ``code`` is stable for programs, ``detail`` is for people, ``field`` names what to correct."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    field: str | None = None
    fields: list[dict[str, Any]] | None = None
