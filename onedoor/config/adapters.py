"""What OneDoor asks of django-allauth: no sign-up, a second factor for everybody, secrets encrypted."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onedoor.config.staff import KEY, begin
from onedoor.domain.access.api import login, record_sight, set_password
from onedoor.kernel.clock import now
from onedoor.kernel.crypto import decrypt, encrypt, keyring
from onedoor.kernel.scope import Actor

KIND = "access.login"
FRESH = 15 * 60  # seconds within which a password counts as given just now


class Accounts(DefaultAccountAdapter):
    """Logins of staff: opened by a manager, never by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes and try again."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "rate_limited": _("Too many wrong tries. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a manager opens logins."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Refuse logins that may not be used here: closed ones, and demonstration ones outside a demonstration."""
        if login(user.pk) is None:
            return HttpResponseRedirect(reverse("account_inactive"))
        sent: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return sent

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Seat whoever proved a second factor; send the others to set one up."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not proved_second_factor(request, user):
            after = urlencode({"next": response.headers.get("Location", "/")})
            return HttpResponseRedirect(f"{reverse('mfa_activate_totp')}?{after}")
        seat_staff(request, user)
        return response

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on to an address; what is no address at all is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that leads on to where one works."""
        return reverse("staff_start")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Everybody logs in anew after a change."""
        return reverse("account_login")

    def set_password(self, user: Any, password: str) -> None:
        """Set one's own new password; every session of the login ends."""
        by, at = Actor("staff", user.pk), now()
        set_password(by=by, at=at, login=user.pk, password=password)
        record_sight(by=by, at=at, subject=user.pk, kind=KIND, why="new password")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A password of a moment ago is enough to set up the first second factor."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < FRESH
        return not fresh or KEY in request.session

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password."""
        address = reverse("account_reauthenticate")
        return [{"id": "reauthenticate", "description": _("Use your password"), "url": address}]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: what happened is seen on the page that follows."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: staff have no mail address here."""


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted under a key that does not rotate, as their codes hang on it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Codes change every 30 seconds; take the one shown now."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return b64encode(encrypt(_key(), text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Reverse of `encrypt`."""
        return decrypt(_key(), b64decode(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Never by oneself: a manager resets a lost second factor."""
        return False


def proved_second_factor(request: HttpRequest, user: Any) -> bool:
    """Whether a code was given in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def seat_staff(request: HttpRequest, user: Any) -> None:
    """Begin to work: the session carries who it is, and the log says so."""
    begin(request, user.pk)
    record_sight(by=Actor("staff", user.pk), at=now(), subject=user.pk, kind=KIND, why="log in")


def _key() -> bytes:
    return keyring().mac("access.second-factor", b"")
