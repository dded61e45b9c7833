"""The second factors of logins, kept by django-allauth; those of demonstration logins are known."""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt

from onedoor.kernel.crypto import keyring

PERIOD = 30  # seconds, as authenticator apps have it


def prepare(*, login: UUID, username: str) -> None:
    """Give a demonstration login its second factor; the same one whenever the node has the same key."""
    data = {"secret": encrypt(_secret(username))}
    Authenticator.objects.get_or_create(user_id=login, type=Authenticator.Type.TOTP, defaults={"data": data})


def replace(*, login: UUID, secret: str) -> None:
    """Let another app show the codes of a login."""
    Authenticator.objects.filter(user_id=login, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.create(
        user_id=login, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)}
    )


def drop(*, login: UUID) -> None:
    """Forget a login's second factor."""
    Authenticator.objects.filter(user_id=login).delete()


def code(*, username: str, at: datetime) -> str:
    """The six digits that a demonstration login's app would show at this instant."""
    shown: str = format_hotp_value(hotp_value(_secret(username), int(at.timestamp()) // PERIOD))
    return shown


def _secret(username: str) -> str:
    return b32encode(keyring().mac("access.demo-second-factor", username.encode())[:20]).decode()
