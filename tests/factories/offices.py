"""Units, roles and logins for tests of access, built through the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor

SYSTEM = Actor.system()
BEGIN = date(2021, 1, 1)
PASSWORD = "correct horse battery staple"


def unit(
    code: str,
    *,
    at: datetime,
    kind: str = "province",
    tree: str = "territory",
    parent: UUID | None = None,
    valid_until: date | None = None,
    successors: Sequence[UUID] = (),
    id: UUID | None = None,
) -> UUID:
    """A unit; saved again under the same id it is brought up to date."""
    saved = access.save_unit(
        by=SYSTEM,
        at=at,
        id=id or new_id(),
        code=code,
        kind=kind,
        tree=tree,
        name={"lo": code, "en": code},
        parent=parent,
        valid_from=BEGIN,
        valid_until=valid_until,
        successors=successors,
    )
    return saved.id


def role(code: str, *permissions: str, at: datetime, audience: str = "front") -> str:
    """A role with these permissions."""
    name = {"lo": code, "en": code}
    access.save_role(
        by=SYSTEM, at=at, id=new_id(), code=code, name=name, permissions=permissions, audience=audience
    )
    return code


def staff(
    username: str, *, at: datetime, password: str | None = PASSWORD, demonstration: bool = True
) -> Actor:
    """A login without any role."""
    login = access.save_login(
        by=SYSTEM,
        at=at,
        id=new_id(),
        username=username,
        name={"lo": f"ນາງ {username}", "en": f"Ms {username}"},
        demonstration=demonstration,
        password=password,
    )
    return Actor("staff", login.id)


def give(who: Actor, role: str, unit: UUID, *, at: datetime, until: date | None = None) -> UUID:
    """A grant; gives its id."""
    given = access.grant(
        by=SYSTEM, at=at, login=who.id, role=role, unit=unit, valid_from=BEGIN, valid_until=until
    )
    return given.id
