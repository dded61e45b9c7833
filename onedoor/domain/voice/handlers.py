"""News that voice hears from below."""

from onedoor.domain.queue.api import TicketServed
from onedoor.domain.voice.actions import open_rating
from onedoor.kernel.letters import Letter, reaction
from onedoor.kernel.scope import Actor


@reaction(TicketServed, writes="voice.Rating")
def ask_for_rating(letter: Letter, event: TicketServed) -> None:
    """The service at the counter is over, so the person is asked how it was."""
    if letter.centre is None:
        return
    open_rating(
        by=Actor.system(),
        at=letter.at,
        visit=event.visit,
        centre=letter.centre,
        counter=event.counter,
        service=event.service,
    )
