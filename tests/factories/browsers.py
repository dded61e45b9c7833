"""Browsers of staff and devices, as the guard meets them."""

from typing import Any

from django.conf import settings
from django.test import Client

from onedoor.config import staff
from onedoor.kernel.scope import Actor


class _Seated:
    """A request as far as seating somebody needs one."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.META = {"REMOTE_ADDR": "127.0.0.1"}


def at_work(who: Actor) -> Client:
    """The browser of somebody of the staff whose password and second factor were proved."""
    browser = Client(enforce_csrf_checks=False)
    session = browser.session
    session["_auth_user_id"] = str(who.id)
    staff.begin(_Seated(session), who.id)  # type: ignore[arg-type]
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def paired(token: str) -> Client:
    """The browser of a paired device."""
    browser = Client()
    browser.cookies[settings.DEVICE_COOKIE_NAME] = token
    return browser
