"""What the guard of the web server adds to each request, for the doors to say in their signatures; nothing makes one of these."""

from uuid import UUID

from django.http import HttpRequest

from onedoor.kernel.scope import Actor


class Request(HttpRequest):
    """A request after the guard: who asks."""

    actor: Actor


class AtCentre(Request):
    """A request whose address names a centre, which the guard has found in the asker's reach."""

    centre: UUID
