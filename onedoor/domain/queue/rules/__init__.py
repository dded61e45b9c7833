"""What a queue decides, without a database and without a clock."""

from onedoor.domain.queue.rules.line import (
    LETTERS,
    PRIORITY_START,
    USUAL_MINUTES,
    letter_of,
    naive_wait,
    place_in_line,
    ticket_number,
)
from onedoor.domain.queue.rules.people import plain_name, plain_phone
from onedoor.domain.queue.rules.promises import Promise
from onedoor.domain.queue.rules.steps import AT_COUNTER, OPEN, Status, Step, decide, may_call_from

__all__ = [
    "AT_COUNTER",
    "LETTERS",
    "OPEN",
    "PRIORITY_START",
    "USUAL_MINUTES",
    "Promise",
    "Status",
    "Step",
    "decide",
    "letter_of",
    "may_call_from",
    "naive_wait",
    "place_in_line",
    "plain_name",
    "plain_phone",
    "ticket_number",
]
