"""What happened to a person's record: references only."""

from dataclasses import dataclass
from typing import ClassVar

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class PersonSaved(Event):
    """A person's record was made or changed; the contents stand beside the letter, encrypted."""

    name: ClassVar[str] = "people.person_saved"
    schema: ClassVar[int] = 1
    new: bool
