"""News that notices hear from below: a stop of a mobile unit is announced, or moved to another day."""

from datetime import datetime

from onedoor.domain.centres.api import StopAnnounced, StopMoved, askers_of, stop
from onedoor.domain.notices.actions import tell
from onedoor.kernel.errors import Missing
from onedoor.kernel.letters import Letter, reaction
from onedoor.kernel.scope import Actor


@reaction(StopAnnounced, writes="notices.Notice")
def tell_who_asked(letter: Letter, event: StopAnnounced) -> None:
    """Who asked for a visit of this village, and left a number, is told of it; a number that is none is passed over."""
    _tell_of_stop(letter)


@reaction(StopMoved, writes="notices.Notice")
def tell_who_asked_of_another_day(letter: Letter, event: StopMoved) -> None:
    """Who was told of a stop that moved is told when and where it is now, also when it moved back."""
    _tell_of_stop(letter, due=letter.at)


def _tell_of_stop(letter: Letter, *, due: datetime | None = None) -> None:
    try:
        held = stop(letter.aggregate)
    except Missing:  # made known by a node whose stops do not come here
        return
    for request, phone, language in askers_of(letter.aggregate):
        tell(
            by=Actor.system(),
            at=letter.at,
            centre=held.centre,
            subject=request,
            kind="stop_announced",
            values={"village": held.village, "day": held.day},
            phone=phone,
            language=language or "lo",
            due=due,
        )
