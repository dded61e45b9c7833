"""Two lanes through the middleware: what pages need for people does not run for machines.

The exchange door (`/api/`) takes bearer tokens only: no session, no form token, no message, no cookie, no compressed page.
Skipping these is less work (a quarter of a hot request's time) and less to be wrong: a cookie cannot matter there.
"""

from __future__ import annotations

from typing import Any, cast

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from onedoor.ui.compression import Smaller

MACHINES = "/api/"


def for_machines(request: HttpRequest) -> bool:
    """Whether a program asks, at the door that is theirs."""
    return request.path_info.startswith(MACHINES)


class _Pages:
    """Stands before a middleware that only pages need."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if for_machines(request):
            return cast(HttpResponseBase, self.get_response(request))
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class Static(_Pages, WhiteNoiseMiddleware):
    """Files of the screens."""


class Compression(_Pages, Smaller):
    """Smaller pages for slow links."""


class Sessions(_Pages, SessionMiddleware):
    """Who logged in."""


class FormTokens(_Pages, CsrfViewMiddleware):
    """Forms that were made by this server."""


class Users(_Pages, AuthenticationMiddleware):
    """`request.user`, as the login pages need it."""


class Messages(_Pages, MessageMiddleware):
    """What one page leaves for the next to say."""


class Frames(_Pages, XFrameOptionsMiddleware):
    """No page stands in another's frame."""


class Policy(CSPMiddleware):
    """The content security policy, written once at start; a view that changes it has it built for its answer."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """No nonces: nothing is inline here."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header."""
        changed = any(name.startswith("_csp_") for name in response.__dict__)
        if changed:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
