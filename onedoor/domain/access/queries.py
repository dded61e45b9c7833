"""Reads of access: units from memory, logins and the log of who looked from the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from onedoor.domain.access.errors import UnknownLogin, UnknownUnit
from onedoor.domain.access.models import Device, Grant, Login, Origin, Role, Sight
from onedoor.domain.access.permissions import LOOK, require
from onedoor.domain.access.permissions.snapshot import Known, demonstrates, snapshot
from onedoor.domain.access.rules import codes
from onedoor.domain.access.rules.tree import Unit, is_valid
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who holds a role at a unit; names by language."""

    name: dict[str, str]
    role: dict[str, str]
    login: UUID


def today() -> date:
    """The date by which rights are judged now."""
    return snapshot().today


def unit(id: UUID) -> Unit:
    """The unit with this id, valid or ended.

    Raises:
        UnknownUnit: there is none.
    """
    found = snapshot().forest.by_id.get(id)
    if found is None:
        raise UnknownUnit()
    return found


def unit_by_code(code: str) -> Unit:
    """The unit with this code, valid or ended.

    Raises:
        UnknownUnit: there is none.
    """
    found = snapshot().forest.by_code.get(code)
    if found is None:
        raise UnknownUnit()
    return found


def units(*, kind: str | None = None, on: date | None = None) -> tuple[Unit, ...]:
    """All units by code, of one kind if named, only those that exist on ``on`` if given."""
    found = snapshot().forest.by_id.values()
    kept = (u for u in found if (kind is None or u.kind == kind) and (on is None or u.is_valid(on)))
    return tuple(sorted(kept, key=lambda u: u.code))


def children(id: UUID) -> tuple[Unit, ...]:
    """The units directly below, by code."""
    forest = snapshot().forest
    return tuple(sorted((forest.by_id[child] for child in forest.children(id)), key=lambda u: u.code))


def descendants(id: UUID) -> frozenset[UUID]:
    """The unit itself and everything below it."""
    return snapshot().forest.descendants(id)


def ancestors(id: UUID) -> tuple[Unit, ...]:
    """The units above, from the root down, without the unit itself."""
    forest = snapshot().forest
    return tuple(forest.by_id[above] for above in forest.ancestors(id))


def heirs(id: UUID) -> frozenset[UUID]:
    """The unit and, when it has ended, whoever took over from it."""
    held = snapshot()
    return held.forest.heirs(id, held.today)


def office_of(authority: UUID, place: UUID, *, level: str, of: str = "") -> UUID:
    """The office that an authority (or the one whose code is ``of``) has for a place; where it has none, the next one above."""
    return snapshot().forest.office(authority, place, level=level, of=of)


def centres_of(by: Actor, code: str) -> tuple[UUID, ...]:
    """The centres at which an actor holds a permission; what a page may show is narrowed to these."""
    return snapshot().centres(by, code)


def login(id: UUID) -> Known | None:
    """The login if it may be used now, from memory."""
    return snapshot().known(id)


def login_by_name(username: str) -> Login:
    """The login of this user name, in any letter case.

    Raises:
        UnknownLogin: there is none.
    """
    found = Login.objects.filter(username=Login.normalize_username(username)).first()
    if found is None:
        raise UnknownLogin()
    return found


def bearer(token: str) -> Actor | None:
    """The device or machine that proves itself with this token, or None."""
    return snapshot().bearer(token)


def device(id: UUID) -> Device | None:
    """The device, while it is enrolled."""
    return Device.objects.filter(id=id, ended_at=None).first()


def roles() -> tuple[Role, ...]:
    """All roles, by code."""
    return tuple(sorted(snapshot().roles.values(), key=lambda role: role.code))


def origins() -> dict[str, dict[str, Any]]:
    """What the packs that this node was set up from say of themselves, by their codes."""
    return dict(Origin.objects.order_by("pack").values_list("pack", "about"))


def holders(units: Collection[UUID], *, permission: str) -> dict[UUID, tuple[Holder, ...]]:
    """Who may do something today by a role at these very units (not at one above them), by user name; perhaps nobody."""
    held = snapshot()
    roles = {role.id: role for role in held.roles.values() if permission in role.permissions}
    grants = Grant.objects.filter(unit_id__in=units, role_id__in=roles, login__is_active=True)
    found: dict[UUID, list[Holder]] = {unit: [] for unit in units}
    for grant in grants.select_related("login").order_by("login__username"):
        if not is_valid(grant.valid_from, grant.valid_until, held.today):
            continue
        if not grant.login.demonstration or demonstrates():
            found[grant.unit_id].append(
                Holder(name=grant.login.name, role=roles[grant.role_id].name, login=grant.login_id)
            )
    return {unit: tuple(these) for unit, these in found.items()}


def sights(*, by: Actor, subject: UUID) -> tuple[Sight, ...]:
    """Who looked at a subject, newest first, at most 200: at the centres of which the actor may see the log.

    What was seen at no centre, such as a log-in, is shown to those who may see the log of the whole country.

    Raises:
        NotPermitted: the actor may see no log at all.
    """
    require(by, LOOK)
    held = snapshot()
    units = held.holding(by).where[LOOK]
    seen = Q(centre__in=units)
    if any(held.forest.by_id[unit].kind == "country" for unit in units):
        seen |= Q(centre=None)
    return tuple(Sight.objects.filter(seen, subject=subject).order_by("-at", "-id")[:200])


def code_kept(code: str) -> bytes:
    """The keyed hash of a code as it was typed: by it a thing is found that has no number, only its code."""
    return keyring().mac("access.code", codes.normalise(code).encode())


def network_kept(address: str) -> bytes:
    """The keyed hash of the network that an address lies in: tries are counted by it, and nobody is named."""
    return keyring().mac("access.address", codes.network_of(address).encode())
