"""News that voice hears from below."""

from onedoor.domain.queue.api import TicketServed
from onedoor.domain.voice.actions import open_ratings
from onedoor.domain.voice.rules import Asked
from onedoor.kernel.letters import Told, reaction
from onedoor.kernel.scope import Actor


@reaction(TicketServed, writes="voice.Rating", together=True)
def ask_for_rating(told: Told) -> None:
    """The services at the counters are over, so the people are asked how it was."""
    asked = [
        Asked(
            visit=event.visit,
            centre=letter.centre,
            counter=event.counter,
            service=event.service,
            at=letter.at,
        )
        for letter, event in told
        if letter.centre is not None
    ]
    if asked:
        open_ratings(by=Actor.system(), at=asked[-1].at, asked=asked)
