"""What a provider of messages to telephones does."""

from typing import Protocol
from uuid import UUID


class Fault(Exception):
    """The message was not taken. ``code`` is short and says nothing of person or words; ``final``: trying again is no use."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.final = code, final


class Provider(Protocol):
    """Carries one message to one telephone, at least once; the same ``reference`` is the same message."""

    def send(self, *, reference: UUID, phone: str, text: str) -> str:
        """Hand over a message; gives the provider's own reference or nothing.

        Raises:
            Fault.
        """
        ...
