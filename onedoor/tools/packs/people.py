"""Roles and demonstration staff of a pack."""

from datetime import date

from onedoor.domain.access.api import is_declared
from onedoor.tools.packs.content import LoginRow, Pack, RoleRow
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Items, Reader, Row
from onedoor.tools.packs.units import unit_known

AUDIENCES = ("front", "back", "device", "office", "audit")


def read_roles(reader: Reader, pack: Pack) -> None:
    """Roles into ``pack.roles``; every permission is one that a context declared."""
    path = reader.folder / "roles.yaml"
    held = reader.document(path)
    if held is None:
        return
    if not isinstance(held, Items) or not all(isinstance(row, Row) for row in held):
        reader.faults.add(reader.place(path), "a list of roles is needed")
        return
    for row in held:
        fields = Fields(row, reader.faults, pack.languages)
        code = fields.code("code")
        permissions = fields.texts("permissions", required=True)
        for permission, place in permissions:
            if not is_declared(permission):
                reader.faults.add(place, f"the role “{code}” names the unknown permission “{permission}”")
        role = RoleRow(
            code=code,
            name=fields.words("name"),
            audience=fields.choice("audience", AUDIENCES),
            permissions=[permission for permission, _place in permissions],
        )
        fields.done()
        if code in pack.roles:
            fields.fault("code", f"the role “{code}” stands twice")
        elif code:
            pack.roles[code] = role


def read_staff(reader: Reader, pack: Pack) -> None:
    """Demonstration logins into ``pack.logins``, when the pack has any."""
    path = reader.folder / "staff.yaml"
    if not path.exists():
        return
    row = reader.document(path)
    if not isinstance(row, Row):
        return
    fields = Fields(row, reader.faults, pack.languages)
    pack.staff_from = fields.day("valid_from", required=True) or date.min
    pack.staff_password = fields.text("password")
    seen: set[str] = set()
    for one in fields.rows("logins"):
        login = _login(reader, pack, one)
        if login.username in seen:
            reader.faults.add(one.at("username"), f"the login “{login.username}” stands twice")
        seen.add(login.username)
        pack.logins.append(login)
    fields.done()


def _login(reader: Reader, pack: Pack, row: Row) -> LoginRow:
    fields = Fields(row, reader.faults, pack.languages)
    username, name = fields.code("username"), fields.words("name")
    grants: list[tuple[str, str, date | None]] = []
    for one in fields.rows("grants"):
        given = Fields(one, reader.faults, pack.languages)
        role, unit = given.code("role"), given.code("unit")
        until = given.day("valid_until")
        if until and pack.staff_from and until <= pack.staff_from:
            given.fault("valid_until", f"it ends ({until}) before it begins ({pack.staff_from})")
        given.done()
        if role and role not in pack.roles:
            given.fault("role", f"“{username}” is given the unknown role “{role}”")
        elif role and pack.roles[role].audience == "audit" and until is None:
            given.fault("valid_until", f"“{username}” audits for a time: the grant needs its last day")
        unit_known(pack, unit, given.at("unit"), reader.faults, f"a grant of “{username}”")
        grants.append((role, unit, until))
    fields.done()
    return LoginRow(username=username, name=name, grants=grants)
