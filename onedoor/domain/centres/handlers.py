"""News that centres hear from below: a service is withdrawn."""

from onedoor.domain.catalogue.api import ServiceWithdrawn, ending_of
from onedoor.domain.centres.actions.offers import end_offers
from onedoor.kernel.letters import Letter, reaction
from onedoor.kernel.scope import Actor


@reaction(ServiceWithdrawn, writes="centres.Centre")
def end_what_is_withdrawn(letter: Letter, event: ServiceWithdrawn) -> None:
    """Centres stop offering a service that was withdrawn as a whole, with its reason; an edition alone ends no offer."""
    ended = ending_of(letter.aggregate, on=event.on) if event.number is None else None
    if ended is None:  # one edition of several, or the service comes again
        return
    reason = {"lo": ended.reason}
    end_offers(by=Actor.system(), at=letter.at, service=letter.aggregate, on=event.on, reason=reason)
