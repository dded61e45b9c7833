"""Roles are given to logins at units, and taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from onedoor.domain.access.errors import (
    EndsBeforeItBegins,
    NeedsAnEnd,
    OwnGrant,
    UnknownLogin,
    UnknownRole,
    UnknownUnit,
)
from onedoor.domain.access.events import GrantEnded, GrantGiven
from onedoor.domain.access.models import Grant, Login, Role, Unit
from onedoor.domain.access.permissions import MANAGE, require
from onedoor.domain.access.permissions.snapshot import forget
from onedoor.kernel.errors import Missing
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def grant(
    *,
    by: Actor,
    at: datetime,
    login: UUID,
    role: str,
    unit: UUID,
    valid_from: date,
    valid_until: date | None = None,
    source: str = "",
) -> Grant:
    """Give a login a role at a unit. The same role at the same unit from the same day is the same grant.

    Args:
        role: the role's code.
        valid_until: the first day on which it no longer holds.

    Raises:
        OwnGrant: nobody gives a role to themselves.
        UnknownLogin, UnknownRole, UnknownUnit: there is none.
        EndsBeforeItBegins: the dates cannot be.
        NeedsAnEnd: the role is for auditors, who are let in for a time.
    """
    require(by, MANAGE, at=unit)
    if by == Actor("staff", login):
        raise OwnGrant()
    if not Login.objects.filter(id=login).exists():
        raise UnknownLogin()
    if not Unit.objects.filter(id=unit).exists():
        raise UnknownUnit()
    held = Role.objects.filter(code=role).first()
    if held is None:
        raise UnknownRole(code=role, field="role")
    if valid_until is not None and valid_until <= valid_from:
        raise EndsBeforeItBegins(field="valid_until")
    if held.audience == "audit" and valid_until is None:
        raise NeedsAnEnd(field="valid_until")
    name = uuid5(login, f"{held.id}/{unit}/{valid_from}")
    row = Grant.objects.select_for_update().filter(id=name).first()
    if row is not None and row.valid_until == valid_until:
        return row
    row = row or Grant(id=name, login_id=login, role_id=held.id, unit_id=unit, valid_from=valid_from)
    row.valid_until, row.source = valid_until, source
    row.save()
    publish(GrantGiven(login=login, role=role, unit=unit), of=row, by=by, at=at)
    forget()
    return row


@transaction.atomic
def end_grant(*, by: Actor, at: datetime, grant: UUID, on: date) -> None:
    """Take a role back: from the day ``on`` it no longer holds. A grant that had not begun never will.

    Raises:
        Missing: no such grant.
    """
    row = Grant.objects.select_for_update().filter(id=grant).first()
    if row is None:
        raise Missing()
    require(by, MANAGE, at=row.unit_id)
    row.valid_until = on
    row.save()
    publish(GrantEnded(login=row.login_id, unit=row.unit_id), of=row, by=by, at=at)
    forget()
