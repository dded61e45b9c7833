"""Messages to cases, as the API takes and answers them."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from onedoor.doors.exchange.shapes.common import Said

Word = Annotated[str, StringConstraints(max_length=30, pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")]


class SendMessage(Said):
    """A message for the case of a centre that waits for its name and key; or for one that it begins."""

    id: UUID = Field(strict=False, description="The sender's own: the same one again changes nothing.")
    name: str = Field(min_length=1, max_length=120, description="As the process calls it.")
    key: str = Field(
        min_length=1, max_length=200, description="By which it finds its case, such as its number."
    )
    outcome: Word = Field("", description="A word that the process may read as the outcome.")
    centre: str = Field(min_length=1, max_length=40, description="The centre's code.")
    answers: dict[str, Any] = Field(
        default_factory=dict,
        max_length=200,
        description="Answers of the form, for a case that begins by this message. Nobody keeps them when none does.",
    )


class MessageTaken(Schema):
    """``taken``: false where a message of this id was taken in before."""

    id: UUID
    taken: bool
