"""Numbers of tickets, and the simplest of waits."""

import math

USUAL_MINUTES = 10.0
"""A service's length while nobody was served yet today."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters of ticket numbers; I and O are left out, as they read like digits."""


def naive_wait(*, people_ahead: int, service_minutes: float, open_counters: int) -> int | None:
    """An estimate, in whole minutes: people ahead times the average service, shared by the open counters.

    None when no counter is open. It knows nothing of who is slow, absent or about to come.
    """
    if open_counters < 1:
        return None
    return math.ceil(max(people_ahead, 0) * max(service_minutes, 0.0) / open_counters)


def letter_of(position: int) -> str:
    """The letter of the series of a centre's service at ``position`` (from 0); past the alphabet they are doubled."""
    rounds, place = divmod(position, len(LETTERS))
    return LETTERS[place] * (rounds + 1)


def ticket_number(letter: str, serial: int) -> str:
    """A012: what is called out and shown."""
    return f"{letter}{serial:03d}"


def series_of(number: str) -> str:
    """The series from which a lost ticket is given anew: that of its number, also of a kept or a paper one."""
    return number.partition("-")[0].rstrip("+0123456789")
