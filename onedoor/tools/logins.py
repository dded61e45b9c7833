"""`onedoor login`, `device`, `token`: the first people, devices and machines of an installation, from its own console.

Whoever may run commands on the node's machine may do this; later logins are opened by managers.
"""

from __future__ import annotations

import argparse
import secrets
from datetime import date
from uuid import UUID

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper


def login(arguments: argparse.Namespace) -> int:
    """Opens a login, or gives a known one a new password and another role; prints the password once."""
    with database():
        set_up()
        from django.db import transaction

        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.errors import DomainError
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor

        by, at = Actor.system(), now()
        password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
        try:
            with transaction.atomic():
                id = _known(arguments.username) or new_id()
                if arguments.name or not _known(arguments.username):
                    name = {
                        "lo": arguments.name or arguments.username,
                        "en": arguments.name or arguments.username,
                    }
                    access.save_login(by=by, at=at, id=id, username=arguments.username, name=name)
                access.set_password(by=by, at=at, login=id, password=password)
                access.reset_second_factor(by=by, at=at, login=id)
                if arguments.role:
                    unit = access.unit_by_code(arguments.unit or "").id
                    access.grant(
                        by=by,
                        at=at,
                        login=id,
                        role=arguments.role,
                        unit=unit,
                        valid_from=access.today(),
                        valid_until=_day(arguments.until),
                    )
        except DomainError as fault:
            raise _refusal(fault) from fault
    print(f"User name: {arguments.username}")
    print(f"Password:  {password}   (shown only now; it is changed on the page /accounts/password/)")
    print("The second factor is set up at the next log-in.")
    return 0


def _day(written: str | None) -> date | None:
    """The day of an argument. Raises ToolError."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as fault:
        raise ToolError(f"“{written}” is not a day (2027-01-31).") from fault


def device(arguments: argparse.Namespace) -> int:
    """Enrols a kiosk, board or tablet at a centre and prints its token once."""
    with database():
        set_up()
        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.errors import DomainError
        from onedoor.kernel.scope import Actor

        try:
            centre = access.unit_by_code(arguments.centre).id
            _, token = access.enrol_device(
                by=Actor.system(), at=now(), centre=centre, kind=arguments.kind, name=arguments.name
            )
        except DomainError as fault:
            raise _refusal(fault) from fault
    print(f"Open /accounts/device/ on the device and enter this token (shown only now):\n{token}")
    return 0


def token(arguments: argparse.Namespace) -> int:
    """Gives a machine a token for the exchange door and prints it once; without scopes, says which there are."""
    if not arguments.scopes:
        return _scopes(named=bool(arguments.name))
    with database():
        set_up()
        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.errors import DomainError
        from onedoor.kernel.scope import Actor

        try:
            unit = access.unit_by_code(arguments.unit).id
            _, plain = access.issue_token(
                by=Actor.system(),
                at=now(),
                name=arguments.name,
                unit=unit,
                scopes=arguments.scopes,
                roles=arguments.role,
            )
        except DomainError as fault:
            raise _refusal(fault) from fault
        may = [
            f"  {code}: {sentence}"
            for code, sentence in access.permissions().items()
            if code in arguments.scopes
        ]
    lanes = [f"It works in the lanes of: {', '.join(arguments.role) or 'no role'}"]
    print("\n".join([f"Token (shown only now): {plain}", "It may, at this unit and below:", *may, *lanes]))
    return 0


def _scopes(*, named: bool) -> int:
    """Prints each scope that the API asks for in a sentence; 2 when a token was wanted without any."""
    set_up()
    from onedoor.doors.exchange.v1.scopes import asked, sentence

    print("Name the machine, its unit and what it may, of:")
    print("\n".join(f"  {code}: {sentence(code)['en']}" for code in asked()))
    return 2 if named else 0


def _known(username: str) -> UUID | None:
    from onedoor.domain.access.api import UnknownLogin, login_by_name

    try:
        found: UUID = login_by_name(username).id
    except UnknownLogin:
        return None
    return found


def _refusal(fault: Exception) -> ToolError:
    from django.utils.translation import override

    with override("en"):
        return ToolError(str(fault))
