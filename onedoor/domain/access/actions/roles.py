"""Roles come from the pack."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.errors import UnknownPermission
from onedoor.domain.access.events import RoleSaved
from onedoor.domain.access.models import Role
from onedoor.domain.access.permissions import LOAD, is_declared, require
from onedoor.domain.access.permissions.snapshot import forget
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

AUDIENCES = ("front", "back", "device", "office")


@transaction.atomic
def save_role(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    name: Mapping[str, str],
    permissions: Collection[str],
    audience: str = "front",
) -> Role:
    """Add a role or bring it up to date; what is unchanged is not written.

    Args:
        permissions: codes that contexts declared.
        audience: ``front``, ``back``, ``device``, ``office`` (managers, designers) or ``audit``.

    Raises:
        UnknownPermission: a code that no context declared; ``reason`` names it.
    """
    require(by, LOAD)
    for one in permissions:
        if not is_declared(one):
            raise UnknownPermission(code=one, field="permissions")
    fields = {"code": code, "name": dict(name), "audience": audience, "permissions": sorted(set(permissions))}
    role = Role.objects.select_for_update().filter(id=id).first()
    if role is not None and all(getattr(role, key) == value for key, value in fields.items()):
        return role
    role = role or Role(id=id)
    for key, value in fields.items():
        setattr(role, key, value)
    role.save()
    publish(RoleSaved(code=code), of=role, by=by, at=at)
    forget()
    return role
