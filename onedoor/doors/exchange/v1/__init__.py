"""Version 1 of the API. The hot addresses, those of tickets, come first: an address is looked for in this order."""

from django.urls import URLPattern, path

from onedoor.doors.exchange.v1 import (
    appointments,
    cases,
    complaints,
    drafts,
    messages,
    money,
    papers,
    places,
    ratings,
    routes,
    scopes,
    services,
    tasks,
    tickets,
)
from onedoor.doors.exchange.v1.base import api
from onedoor.doors.exchange.v1.described import described, description

__all__ = ["addresses", "described"]

for _router in (
    tickets.router,
    appointments.router,
    cases.router,
    drafts.router,
    tasks.router,
    money.router,
    papers.router,
    papers.verifying,
    ratings.router,
    complaints.router,
    messages.router,
    services.router,
    places.router,
    places.units,
    scopes.router,
):
    api.add_router("", _router)


def addresses() -> list[URLPattern]:
    """The routes of version 1."""
    return [*routes.addresses(), path("openapi.json", description, name="description")]
