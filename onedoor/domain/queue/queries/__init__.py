"""What can be read of a queue.

Numbers of a hall are open to all, so those reads open their own scope; what shows tickets themselves needs the scope
that the guard opened, or the ticket's unguessable address.
"""

from onedoor.domain.queue.queries.calling import calling_rule
from onedoor.domain.queue.queries.days import counter_now, letter_at, today_at, today_of, today_rows
from onedoor.domain.queue.queries.hall import (
    BoardView,
    Called,
    LineView,
    at_counter,
    board,
    line,
    waiting_by_zone,
    waiting_count,
    waiting_counts,
)
from onedoor.domain.queue.queries.helping import HelpView, help_of, helps_coming, helps_of, helps_today
from onedoor.domain.queue.queries.obligations import open_obligations
from onedoor.domain.queue.queries.tickets import (
    Stay,
    find_lost,
    phone_mark,
    stays,
    taken_on,
    ticket,
    ticket_by_token,
    tickets,
)
from onedoor.domain.queue.queries.visits import errands, errands_among, visit_ticket
from onedoor.domain.queue.queries.waits import people_ahead

__all__ = [
    "BoardView",
    "Called",
    "HelpView",
    "LineView",
    "Stay",
    "at_counter",
    "board",
    "calling_rule",
    "counter_now",
    "errands",
    "errands_among",
    "find_lost",
    "help_of",
    "helps_coming",
    "helps_of",
    "helps_today",
    "letter_at",
    "line",
    "open_obligations",
    "people_ahead",
    "phone_mark",
    "stays",
    "taken_on",
    "ticket",
    "ticket_by_token",
    "tickets",
    "today_at",
    "today_of",
    "today_rows",
    "visit_ticket",
    "waiting_by_zone",
    "waiting_count",
    "waiting_counts",
]
