"""What is published of the rules by which centres call."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class CallingRuleSaved(Event):
    """A centre, or all below a unit, calls by another rule; ``bound`` is how much later anybody overtakes at most, in minutes."""

    name: ClassVar[str] = "queue.calling_rule_saved"
    schema: ClassVar[int] = 1
    revision: int
    bound: int


@dataclass(frozen=True, kw_only=True)
class CallingRuleDropped(Event):
    """A centre follows the rule of the unit above it again."""

    name: ClassVar[str] = "queue.calling_rule_dropped"
    schema: ClassVar[int] = 1
    revision: int


@dataclass(frozen=True, kw_only=True)
class TicketOutOfTurn(Event):
    """Somebody who waited is called before her turn, for a reason from the list; that she is called stands in the next letter."""

    name: ClassVar[str] = "queue.ticket_out_of_turn"
    schema: ClassVar[int] = 1
    visit: UUID
    counter: UUID
    number: str
    reason: str
