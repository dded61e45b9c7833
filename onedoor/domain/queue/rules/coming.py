"""What is told of a person who takes a ticket, in order."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import TicketIsWrong

Origin = Literal["", "kiosk", "desk", "phone", "home", "paper", "appointment"]
ORIGINS: tuple[str, ...] = get_args(Origin)
MOST_PEOPLE = 20
HELP_SIGNS = 60
_HELP = re.compile(r"[a-z_]{1,20}(:[a-z_-]{1,12})?")


@dataclass(frozen=True, kw_only=True)
class Coming:
    """How many come, from where, why they go first, what help they asked for, and when they came."""

    people: int = 1
    origin: str = ""
    ground: str = ""
    help: str = ""
    appointment: UUID | None = None
    slot: datetime | None = None
    issued_at: datetime


def coming(
    *,
    at: datetime,
    grounds: Collection[str],
    people: int = 1,
    origin: str = "",
    ground: str = "",
    help: Sequence[str] = (),
    appointment: UUID | None = None,
    slot: datetime | None = None,
    issued_at: datetime | None = None,
) -> Coming:
    """All of it, checked.

    Args:
        grounds: those that the centre's rule knows.
        help: codes such as ``wheelchair`` or ``language:hmn``.
        slot: the booked time of the appointment.
        issued_at: when the person came, where that is earlier than ``at``: the time on a paper ticket.

    Raises:
        TicketIsWrong: names the field and the reason.
    """
    if not 1 <= people <= MOST_PEOPLE:
        reason = _("A ticket is for 1 to %(most)s people.") % {"most": MOST_PEOPLE}
        raise TicketIsWrong(field="people", reason=reason)
    if origin not in ORIGINS:
        raise TicketIsWrong(field="origin", reason=_("Tickets do not come from there."))
    if ground and ground not in grounds:
        raise TicketIsWrong(field="ground", reason=_("Nobody goes first here for this reason."))
    codes = " ".join(dict.fromkeys(help))
    if len(codes) > HELP_SIGNS or any(not _HELP.fullmatch(one) for one in help):
        raise TicketIsWrong(field="help", reason=_("This help is not known."))
    if slot is not None and appointment is None:
        raise TicketIsWrong(field="slot", reason=_("A booked time belongs to an appointment."))
    if issued_at is not None and issued_at > at:
        raise TicketIsWrong(field="issued_at", reason=_("Nobody comes later than now."))
    return Coming(
        people=people,
        origin=origin,
        ground=ground,
        help=codes,
        appointment=appointment,
        slot=slot,
        issued_at=issued_at or at,
    )
