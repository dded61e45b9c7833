"""Logins are opened, changed and closed; their proof is set on the node."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from onedoor.domain.access.actions.sights import record_sight
from onedoor.domain.access.errors import (
    NameTaken,
    NotInDemonstration,
    NotPermitted,
    UnknownLogin,
    WeakPassword,
)
from onedoor.domain.access.events import LoginSaved
from onedoor.domain.access.models import Grant, Login
from onedoor.domain.access.permissions import MANAGE, require
from onedoor.domain.access.permissions.snapshot import demonstrates, forget
from onedoor.domain.access.providers import second_factor
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_login(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    username: str,
    name: Mapping[str, str],
    language: str = "lo",
    demonstration: bool = False,
    password: str | None = None,
) -> Login:
    """Open a login or bring it up to date; what is unchanged is not written.

    Args:
        demonstration: the login works only in demonstration mode, and there has a known second factor.
        password: a first password of a demonstration login, set only while it has none. Others get theirs
            by `set_password`.

    Raises:
        NameTaken: another login has this user name.
    """
    _manages(by, id)
    fields = {
        "username": Login.normalize_username(username),
        "name": dict(name),
        "language": language,
        "demonstration": demonstration,
    }
    if Login.objects.filter(username=fields["username"]).exclude(id=id).exists():
        raise NameTaken()
    login = Login.objects.select_for_update().filter(id=id).first()
    if login is None or any(getattr(login, key) != value for key, value in fields.items()):
        login = login or Login(id=id)
        for key, value in fields.items():
            setattr(login, key, value)
        login.save()
        publish(LoginSaved(active=login.is_active), of=login, by=by, at=at)
    if demonstration and demonstrates():
        if password is not None and not login.has_usable_password():
            login.keep_password(_hash_of_demonstration(password))
        second_factor.prepare(login=id, username=login.username)
    forget()
    return login


def _manages(by: Actor, login: UUID) -> None:
    """Refuse unless the actor manages logins, and this one works nowhere outside what they manage."""
    require(by, MANAGE)
    for unit in Grant.objects.filter(login_id=login).values_list("unit_id", flat=True).distinct():
        require(by, MANAGE, at=unit)


def _managed(by: Actor, login: UUID) -> Login:
    """A login that the actor manages, locked. Raises UnknownLogin."""
    _manages(by, login)
    row = Login.objects.select_for_update().filter(id=login).first()
    if row is None:
        raise UnknownLogin()
    return row


@lru_cache(maxsize=8)
def _hash_of_demonstration(password: str) -> str:
    """One hash for all demonstration logins with one password: hashing is slow on purpose, and they are hundreds."""
    return make_password(password)


@transaction.atomic
def close_login(*, by: Actor, at: datetime, login: UUID) -> None:
    """Close a login; its sessions end with it.

    Raises:
        UnknownLogin: there is none.
    """
    row = _managed(by, login)
    if row.is_active:
        row.is_active = False
        row.save()
        publish(LoginSaved(active=False), of=row, by=by, at=at)
    forget()


@transaction.atomic
def set_password(*, by: Actor, at: datetime, login: UUID, password: str) -> None:
    """Set a login's password on this node, one's own or as a manager; every session of the login ends.

    Raises:
        UnknownLogin: there is none.
        WeakPassword: too short, too common, or the user name.
    """
    row = Login.objects.select_for_update().filter(id=login, is_active=True).first()
    if row is None:
        raise UnknownLogin()
    if by != Actor("staff", login):
        _manages(by, login)
    try:
        validate_password(password, row)
    except ValidationError as fault:
        raise WeakPassword(field="password", reason=" ".join(fault.messages)) from fault
    row.set_password(password)
    forget()


@transaction.atomic
def reset_second_factor(*, by: Actor, at: datetime, login: UUID) -> None:
    """Forget a lost second factor: at the next password the login sets up a new one. Its sessions end.

    Raises:
        UnknownLogin: there is none.
    """
    row = _managed(by, login)
    second_factor.drop(login=login)
    row.end_sessions()
    forget()


@transaction.atomic
def change_second_factor(*, by: Actor, at: datetime, login: UUID, secret: str) -> None:
    """Move one's own second factor to another app, whose first code was checked; every session of the login ends.

    Args:
        secret: what the new app was given, in base 32.

    Raises:
        NotPermitted: it is somebody else's (a manager only resets), or one whose codes the demonstration knows.
        UnknownLogin: there is none.
    """
    if by != Actor("staff", login):
        raise NotPermitted()
    row = Login.objects.select_for_update().filter(id=login, is_active=True).first()
    if row is None:
        raise UnknownLogin()
    if row.demonstration:
        raise NotPermitted()
    second_factor.replace(login=login, secret=secret)
    row.end_sessions()
    record_sight(by=by, at=at, subject=login, kind="access.login", why="new second factor")
    forget()


def demo_totp(login: str, *, at: datetime) -> str:
    """The present one-time code of a demonstration login, by user name.

    Raises:
        NotInDemonstration: this installation is no demonstration, or the login is a real one.
        UnknownLogin: there is none.
    """
    row = Login.objects.filter(username=Login.normalize_username(login), is_active=True).first()
    if row is None:
        raise UnknownLogin()
    if not (row.demonstration and demonstrates()):
        raise NotInDemonstration()
    return second_factor.code(username=row.username, at=at)
