"""Devices are enrolled at centres and machines get tokens; a token is shown once and kept hashed."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.errors import RoleWithoutScope, UnknownPermission, UnknownRole, UnknownUnit
from onedoor.domain.access.events import DeviceEnded, DeviceEnrolled, TokenEnded, TokenIssued
from onedoor.domain.access.models import Device, Role, Token, Unit
from onedoor.domain.access.permissions import MANAGE, is_declared, require
from onedoor.domain.access.permissions.snapshot import forget
from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import Invalid, Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

KINDS = ("kiosk", "board", "tablet")


@transaction.atomic
def enrol_device(
    *, by: Actor, at: datetime, centre: UUID, kind: str, name: str, role: str = "kiosk"
) -> tuple[Device, str]:
    """Enrol a device at a centre; gives it with its token, which cannot be shown again.

    Args:
        kind: ``kiosk``, ``board`` or ``tablet``.
        role: code of a role for devices; decides what the device may do.

    Raises:
        UnknownUnit, UnknownRole: there is none.
    """
    require(by, MANAGE, at=centre)
    if kind not in KINDS:
        raise Invalid(field="kind")
    held = Role.objects.filter(code=role).first()
    if held is None or held.audience != "device":
        raise UnknownRole(code=role, field="role")
    if not Unit.objects.filter(id=centre).exists():
        raise UnknownUnit()
    token, digest = _draw("odd")
    device = Device(
        id=new_id(), kind=kind, name=name, centre_id=centre, role_id=held.id, token=digest, enrolled_at=at
    )
    device.save()
    publish(DeviceEnrolled(kind=kind), of=device, by=by, at=at, centre=centre)
    forget()
    return device, token


@transaction.atomic
def end_device(*, by: Actor, at: datetime, device: UUID) -> None:
    """Honour a device's token no longer.

    Raises:
        Missing: no such device, or it has ended.
    """
    row = Device.objects.select_for_update().filter(id=device, ended_at=None).first()
    if row is None:
        raise Missing()
    require(by, MANAGE, at=row.centre_id)
    row.ended_at = at
    row.save()
    publish(DeviceEnded(kind=row.kind), of=row, by=by, at=at, centre=row.centre_id)
    forget()


@transaction.atomic
def issue_token(
    *,
    by: Actor,
    at: datetime,
    name: str,
    unit: UUID,
    scopes: Collection[str],
    roles: Collection[str] = (),
    valid_until: date | None = None,
) -> tuple[Token, str]:
    """Give a machine a token for the exchange door; gives it with the plain token, which cannot be shown again.

    Args:
        scopes: permissions that the machine gets at the unit and below.
        roles: codes of the roles whose lanes it works in there; what is bound to a lane asks for scope and role.
        valid_until: the first day on which it is no longer honoured.

    Raises:
        UnknownPermission: a scope that no context declared. UnknownRole: there is none.
        RoleWithoutScope: nothing that the role permits is among the scopes.
    """
    require(by, MANAGE, at=unit)
    for scope in scopes:
        if not is_declared(scope):
            raise UnknownPermission(code=scope, field="scopes")
    _check_roles(roles, scopes)
    token, digest = _draw("odt")
    row = Token(
        id=new_id(),
        name=name,
        unit_id=unit,
        scopes=sorted(set(scopes)),
        roles=sorted(set(roles)),
        token=digest,
        issued_at=at,
        valid_until=valid_until,
    )
    row.save()
    publish(TokenIssued(unit=unit), of=row, by=by, at=at)
    forget()
    return row, token


@transaction.atomic
def end_token(*, by: Actor, at: datetime, token: UUID) -> None:
    """Honour a machine's token no longer.

    Raises:
        Missing: no such token, or it has ended.
    """
    row = Token.objects.select_for_update().filter(id=token, ended_at=None).first()
    if row is None:
        raise Missing()
    require(by, MANAGE, at=row.unit_id)
    row.ended_at = at
    row.save()
    publish(TokenEnded(unit=row.unit_id), of=row, by=by, at=at)
    forget()


def _check_roles(roles: Collection[str], scopes: Collection[str]) -> None:
    known = dict(Role.objects.filter(code__in=roles).values_list("code", "permissions"))
    for role in roles:
        if role not in known:
            raise UnknownRole(code=role, field="roles")
        if not set(known[role]) & set(scopes):
            raise RoleWithoutScope(field="roles")


def _draw(prefix: str) -> tuple[str, bytes]:
    plain = f"{prefix}_{secrets.token_urlsafe(32)}"
    return plain, keyring().mac("access.token", plain.encode())
