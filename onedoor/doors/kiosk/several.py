"""More than the three touches: several people, several services, help that is needed. Closed until somebody opens it."""

from typing import Any

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.ui.request import AtCentre


def wanted_by(request: AtCentre, first: catalogue.ServiceView) -> tuple[queue.Wanted, ...]:
    """The chosen service, and those that are ticked beside it, for as many people as the screen says.

    Raises:
        TicketIsWrong: nobody, or more people than one ticket is for.
    """
    said = request.POST.get("people", "1")
    people = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    queue.refuse_people(people)
    also = [catalogue.service(code[:80]).id for code in request.POST.getlist("also")[:20]]
    return queue.everybody(dict.fromkeys([first.id, *also]), people=people)


def helps_in(request: AtCentre) -> list[str]:
    """The help that was ticked, by code."""
    return [code[:24] for code in request.POST.getlist("help")]


def said_in(request: AtCentre) -> dict[str, Any]:
    """What a refused form said, so that the page says it again; nothing at first."""
    return {
        "said": request.POST,
        "said_also": request.POST.getlist("also")[:20],
        "said_help": helps_in(request),
    }


def asked(offers: list[Any], first: catalogue.ServiceView) -> dict[str, Any]:
    """What the closed part of the page asks."""
    return {
        "others": [service for service, days in offers if days.today and service.id != first.id],
        "help_words": queue.HELP_WORDS.items(),
        "crowd": range(1, 11),
    }
