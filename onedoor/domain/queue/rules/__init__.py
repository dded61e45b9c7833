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
from onedoor.domain.queue.rules.helping import (
    HELP_WORDS,
    OPEN_HELP,
    HelpState,
    helper_name,
    is_missing,
    known_helps,
    move_help,
)
from onedoor.domain.queue.rules.line import (
    LETTERS,
    USUAL_MINUTES,
    letter_of,
    naive_wait,
    series_of,
    ticket_number,
)
from onedoor.domain.queue.rules.people import plain_name, plain_phone
from onedoor.domain.queue.rules.promises import Promise
from onedoor.domain.queue.rules.steps import AT_COUNTER, OPEN, Status, Step, decide, may_call_from
from onedoor.domain.queue.rules.transfers import TRANSFER_WORDS, known_reason, one_target
from onedoor.domain.queue.rules.visits import (
    MOST_ERRANDS,
    ErrandState,
    Wanted,
    errands_of,
    everybody,
    may_drop,
    place_after_missing,
    refuse_people,
)

__all__ = [
    "ANYWHERE",
    "AT_COUNTER",
    "GROUNDS",
    "HELP_WORDS",
    "LETTERS",
    "MOST_ERRANDS",
    "MOST_PEOPLE",
    "OPEN",
    "OPEN_HELP",
    "ORIGINS",
    "TRANSFER_WORDS",
    "USUAL_MINUTES",
    "CallingRule",
    "Coming",
    "ErrandState",
    "HelpState",
    "Promise",
    "Status",
    "Step",
    "Wanted",
    "Zone",
    "coming",
    "decide",
    "errands_of",
    "everybody",
    "helper_name",
    "is_missing",
    "keeps_slot",
    "known_helps",
    "known_reason",
    "letter_of",
    "may_call_from",
    "may_drop",
    "move_help",
    "naive_wait",
    "one_target",
    "place_after_missing",
    "place_in_line",
    "plain_name",
    "plain_phone",
    "refuse_people",
    "series_of",
    "ticket_number",
    "zone_of",
]
