"""The first login, device and token, from the installation's own console."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

import pytest

from onedoor.domain.access import api as access
from onedoor.kernel.scope import Actor
from onedoor.tools import logins
from onedoor.tools.errors import ToolError
from tests.factories.offices import role, unit

pytestmark = pytest.mark.django_db
TAKE = access.permission("access.test-take", "Take a ticket (of these tests)")


@pytest.fixture(autouse=True)
def centre(at: datetime) -> None:
    unit("01-1", at=at, kind="centre")
    role("administrator", "access.manage", at=at, audience="office")
    role("kiosk", TAKE, at=at, audience="device")


def asked(**changes: str | None) -> Namespace:
    return Namespace(
        **{"username": "first", "name": "First", "role": None, "unit": None, "until": None, **changes}
    )


def password(printed: str) -> str:
    return printed.split("Password:")[1].split()[0]


def test_the_first_manager(capsys: pytest.CaptureFixture[str]) -> None:
    assert logins.login(asked(role="administrator", unit="01-1")) == 0
    held = access.login_by_name("first")
    assert held.check_password(password(capsys.readouterr().out))
    assert access.may(Actor("staff", held.id), "access.manage", at=access.unit_by_code("01-1").id)


def test_a_forgotten_password_is_drawn_anew(capsys: pytest.CaptureFixture[str]) -> None:
    logins.login(asked())
    former = password(capsys.readouterr().out)
    logins.login(asked(name=None))
    held = access.login_by_name("first")
    assert not held.check_password(former)
    assert held.check_password(password(capsys.readouterr().out))
    assert held.name["en"] == "First"


def test_what_cannot_be_is_said_and_nothing_is_kept() -> None:
    with pytest.raises(ToolError, match="nonesuch"):
        logins.login(asked(role="nonesuch", unit="01-1"))
    with pytest.raises(access.UnknownLogin):
        access.login_by_name("first")
    with pytest.raises(ToolError):
        logins.device(Namespace(centre="99", kind="kiosk", name="K"))


def test_a_device_and_a_machine_get_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    logins.device(Namespace(centre="01-1", kind="board", name="Hall"))
    shown = capsys.readouterr().out.split()[-1]
    assert access.bearer(shown) is not None
    logins.token(Namespace(name="Bench", unit="01-1", scopes=[TAKE], role=[]))
    printed = capsys.readouterr().out
    assert "Take a ticket" in printed and "no role" in printed
    who = access.bearer(printed.split("shown only now):")[1].split()[0])
    assert who is not None
    assert who.kind == "machine"


def test_scopes_are_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert logins.token(Namespace(name=None, unit=None, scopes=[], role=[])) == 0
    assert "queue.call: Call a person to a counter and serve them" in capsys.readouterr().out
    assert logins.token(Namespace(name="Bench", unit="01-1", scopes=[], role=[])) == 2
