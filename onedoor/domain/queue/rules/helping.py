"""Help that people ask for: which kinds there are, how a request goes on, and when one is missing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import HelpHasMoved, HelpIsWrong
from onedoor.domain.queue.rules.people import plain_name

HELP_WORDS: Mapping[str, Any] = {
    "wheelchair": _("A wheelchair"),
    "escort": _("Somebody who goes along"),
    "sign": _("A sign language interpreter"),
    "interpreter:hmn": _("An interpreter for Hmong"),
    "interpreter:kjg": _("An interpreter for Khmu"),
    "interpreter:en": _("An interpreter for English"),
    "interpreter:vi": _("An interpreter for Vietnamese"),
    "interpreter:zh": _("An interpreter for Chinese"),
}
"""What may be asked for, by code. The code never leaves the node, nor for whom it was asked."""
UNBOOKED_AFTER = timedelta(minutes=10)
"""Nobody was found within this time of asking: the request is missing somebody."""
DUE_WITHIN = timedelta(minutes=10)
"""Somebody who is booked should be here this long before the booked time."""


class HelpState(StrEnum):
    """How a request for help stands."""

    ASKED = "asked"
    BOOKED = "booked"
    HERE = "here"
    DONE = "done"
    WITHDRAWN = "withdrawn"


OPEN_HELP = (HelpState.ASKED, HelpState.BOOKED, HelpState.HERE)
COMING_HELP = (HelpState.ASKED, HelpState.BOOKED)
"""Nobody is with the person yet."""
_STEPS: Mapping[HelpState, frozenset[HelpState]] = {
    HelpState.ASKED: frozenset(
        {HelpState.ASKED, HelpState.BOOKED}
    ),  # the appointment moved: who was to come is asked anew
    HelpState.BOOKED: frozenset({HelpState.ASKED, HelpState.BOOKED}),
    HelpState.HERE: frozenset({HelpState.ASKED, HelpState.BOOKED}),
    HelpState.DONE: frozenset({HelpState.HERE}),
    HelpState.WITHDRAWN: frozenset({HelpState.ASKED, HelpState.BOOKED}),
}


def move_help(state: str, *, to: HelpState) -> str:
    """The state after a step.

    Raises:
        HelpHasMoved: the step does not start from this state.
    """
    if state not in _STEPS.get(to, frozenset()):
        raise HelpHasMoved
    return to.value


def known_helps(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes in order, each once.

    Raises:
        HelpIsWrong: one that is not in the list.
    """
    asked = tuple(dict.fromkeys(codes))
    if any(code not in HELP_WORDS for code in asked):
        raise HelpIsWrong(field="help", reason=_("This help is not known."))
    return asked


def helper_name(name: str) -> str:
    """The name of somebody from outside who comes to help, as it is kept.

    Raises:
        NameOrPhoneInvalid: it cannot be a name.
    """
    return plain_name(name)


def is_missing(
    *, state: str, asked_at: datetime, due_at: datetime | None, called: bool, at: datetime
) -> bool:
    """Whether a request wants somebody's attention: nobody found in time, or the person is called and nobody is here.

    Args:
        due_at: the booked time; None for who is here already. called: the person stands at a counter, or should.
    """
    if state not in COMING_HELP:
        return False
    if called:
        return True
    if due_at is not None:
        return at >= due_at - DUE_WITHIN
    return state == HelpState.ASKED and at - asked_at >= UNBOOKED_AFTER
