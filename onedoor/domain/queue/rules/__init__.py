"""What a queue decides, without a database and without a clock."""

from onedoor.domain.queue.rules.calling import (
    ANYWHERE,
    GROUNDS,
    CallingRule,
    Zone,
    keeps_slot,
    place_in_line,
    zone_of,
)
from onedoor.domain.queue.rules.coming import MOST_PEOPLE, ORIGINS, Coming, coming
from onedoor.domain.queue.rules.line import LETTERS, USUAL_MINUTES, letter_of, naive_wait, ticket_number
from onedoor.domain.queue.rules.people import plain_name, plain_phone
from onedoor.domain.queue.rules.promises import Promise
from onedoor.domain.queue.rules.steps import AT_COUNTER, OPEN, Status, Step, decide, may_call_from

__all__ = [
    "ANYWHERE",
    "AT_COUNTER",
    "GROUNDS",
    "LETTERS",
    "MOST_PEOPLE",
    "OPEN",
    "ORIGINS",
    "USUAL_MINUTES",
    "CallingRule",
    "Coming",
    "Promise",
    "Status",
    "Step",
    "Zone",
    "coming",
    "decide",
    "keeps_slot",
    "letter_of",
    "may_call_from",
    "naive_wait",
    "place_in_line",
    "plain_name",
    "plain_phone",
    "ticket_number",
    "zone_of",
]
