"""Devices and machines prove themselves with tokens that are kept hashed; logins with passwords and codes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import override_settings

from onedoor.domain.access import api as access
from onedoor.domain.access.errors import (
    NameTaken,
    NotInDemonstration,
    NotPermitted,
    OutOfReach,
    RoleWithoutScope,
    UnknownLogin,
    UnknownPermission,
    UnknownRole,
    WeakPassword,
)
from onedoor.domain.access.models import Device, Login, Secret, Token
from onedoor.kernel.errors import Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.offices import PASSWORD, SYSTEM, give, role, staff, unit

TAKE = access.permission("access.test-take", "Take a ticket (of these tests)")

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(at: datetime) -> UUID:
    role("kiosk", TAKE, at=at, audience="device")
    return unit("01-1", at=at, kind="centre")


def test_a_device_comes_in_by_its_token(centre: UUID, at: datetime) -> None:
    device, token = access.enrol_device(by=SYSTEM, at=at, centre=centre, kind="kiosk", name="At the entrance")
    who = access.bearer(token)
    assert who == Actor("device", device.id)
    assert access.may(who, TAKE, at=centre)
    assert token.encode() not in bytes(Device.objects.get().token)
    access.end_device(by=SYSTEM, at=at, device=device.id)
    assert access.bearer(token) is None
    assert not access.may(who, TAKE)
    with pytest.raises(Missing):
        access.end_device(by=SYSTEM, at=at, device=device.id)


def test_a_device_gets_a_role_for_devices_only(centre: UUID, at: datetime) -> None:
    role("officer", TAKE, at=at)
    with pytest.raises(UnknownRole):
        access.enrol_device(by=SYSTEM, at=at, centre=centre, kind="kiosk", name="x", role="officer")


def test_a_machine_gets_scopes_at_a_unit_until_a_day(centre: UUID, at: datetime) -> None:
    token, plain = access.issue_token(by=SYSTEM, at=at, name="Tests", unit=centre, scopes=[TAKE])
    who = access.bearer(plain)
    assert who == Actor("machine", token.id)
    assert access.may(who, TAKE, at=centre)
    assert plain.encode() not in bytes(Token.objects.get().token)
    access.end_token(by=SYSTEM, at=at, token=token.id)
    assert access.bearer(plain) is None

    over, plain = access.issue_token(
        by=SYSTEM, at=at, name="Over", unit=centre, scopes=[TAKE], valid_until=access.today()
    )
    assert not access.may(Actor("machine", over.id), TAKE)
    with pytest.raises(UnknownPermission):
        access.issue_token(by=SYSTEM, at=at, name="Odd", unit=centre, scopes=["queue.fly"])


def test_a_machine_works_in_the_lanes_of_its_roles_and_they_permit_nothing_more(
    centre: UUID, at: datetime
) -> None:
    role("officer", TAKE, "queue.call", at=at)
    role("clerk", "queue.call", at=at)
    token, _ = access.issue_token(
        by=SYSTEM, at=at, name="L", unit=centre, scopes=[TAKE], roles=["officer", "officer"]
    )
    who = Actor("machine", token.id)
    assert access.holding(who).roles == {"officer"} and token.roles == ["officer"]
    assert access.may(who, TAKE, at=centre) and not access.may(who, "queue.call", at=centre)
    with pytest.raises(UnknownRole):
        access.issue_token(by=SYSTEM, at=at, name="L", unit=centre, scopes=[TAKE], roles=["pilot"])
    with pytest.raises(RoleWithoutScope):
        access.issue_token(by=SYSTEM, at=at, name="L", unit=centre, scopes=[TAKE], roles=["clerk"])


def test_an_unknown_token_is_nobody(centre: UUID) -> None:
    assert access.bearer("odd_" + "x" * 40) is None


def test_user_names_are_one_whatever_their_case(at: datetime) -> None:
    staff("Noy", at=at)
    assert Login.objects.get().username == "noy"
    assert access.login_by_name("NOY").username == "noy"
    with pytest.raises(NameTaken):
        staff("nOy", at=at)
    with pytest.raises(UnknownLogin):
        access.login_by_name("nobody")


def test_a_new_password_ends_sessions_and_must_be_strong(at: datetime) -> None:
    who = staff("noy", at=at)
    before = Secret.objects.get().stamp
    login = Login.objects.get()
    assert login.check_password(PASSWORD)
    access.set_password(by=who, at=at, login=who.id, password="another long sentence")
    assert Login.objects.get().check_password("another long sentence")
    assert Secret.objects.get().stamp != before
    for weak in ("short", "123456789012345", "password1234"):
        with pytest.raises(WeakPassword):
            access.set_password(by=SYSTEM, at=at, login=who.id, password=weak)
    with pytest.raises(NotPermitted):
        access.set_password(
            by=Actor("staff", new_id()), at=at, login=who.id, password="another long sentence"
        )


def test_loading_a_demonstration_login_again_keeps_the_password_that_was_changed(at: datetime) -> None:
    who = staff("noy", at=at)
    access.set_password(by=who, at=at, login=who.id, password="another long sentence")
    access.save_login(
        by=SYSTEM,
        at=at,
        id=who.id,
        username="noy",
        name={"lo": "ນ້ອຍ"},
        demonstration=True,
        password=PASSWORD,
    )
    assert Login.objects.get().check_password("another long sentence")
    assert Login.objects.get().version == 2


def test_a_real_login_has_no_password_until_one_is_set(at: datetime) -> None:
    staff("noy", at=at, demonstration=False)
    login = Login.objects.get()
    assert not login.has_usable_password()
    assert not login.check_password(PASSWORD)


def test_codes_of_demonstration_logins_only(at: datetime) -> None:
    staff("noy", at=at)
    staff("real", at=at, demonstration=False)
    code = access.demo_totp("NOY", at=at)
    assert len(code) == 6
    assert code.isdigit()
    assert code == access.demo_totp("noy", at=at + timedelta(seconds=20))
    assert code != access.demo_totp("noy", at=at + timedelta(seconds=90))
    with pytest.raises(NotInDemonstration):
        access.demo_totp("real", at=at)


@override_settings(TESTING=False, DEMO=False)
def test_outside_a_demonstration_its_logins_are_nobody(at: datetime) -> None:
    who = staff("noy", at=at)
    assert access.login(who.id) is None
    assert not Secret.objects.exists()
    with pytest.raises(NotInDemonstration):
        access.demo_totp("noy", at=at)


def test_who_looked_is_seen_by_those_who_may(centre: UUID, at: datetime) -> None:
    who, subject = staff("noy", at=at), new_id()
    access.record_sight(by=who, at=at, subject=subject, why="search", kind="cases.case", centre=centre)
    (sight,) = access.sights(by=SYSTEM, subject=subject)
    assert (sight.actor, sight.why) == (who.id, "search")
    with pytest.raises(NotPermitted):
        access.sights(by=who, subject=subject)


def test_an_auditor_sees_the_log_of_their_own_centres(centre: UUID, at: datetime) -> None:
    role("auditor", "access.look", at=at, audience="office")
    here, there, national, subject = staff("a", at=at), staff("b", at=at), staff("c", at=at), new_id()
    give(here, "auditor", centre, at=at)
    give(there, "auditor", unit("02-1", at=at, kind="centre"), at=at)
    give(national, "auditor", unit("LA", at=at, kind="country"), at=at)
    access.record_sight(by=here, at=at, subject=subject, why="task", centre=centre)
    access.record_sight(by=here, at=at, subject=subject, why="log in")
    assert [one.why for one in access.sights(by=here, subject=subject)] == ["task"]
    assert access.sights(by=there, subject=subject) == ()
    assert [one.why for one in access.sights(by=national, subject=subject)] == ["log in"]


def test_a_manager_manages_logins_that_work_nowhere_else(centre: UUID, at: datetime) -> None:
    role("administrator", "access.manage", at=at, audience="office")
    boss, mine, other = staff("boss", at=at), staff("mine", at=at), staff("other", at=at)
    elsewhere = unit("02-1", at=at, kind="centre")
    give(boss, "administrator", centre, at=at)
    give(mine, "administrator", centre, at=at)
    for where in (centre, elsewhere):
        give(other, "administrator", where, at=at)
    access.reset_second_factor(by=boss, at=at, login=mine.id)
    access.set_password(by=boss, at=at, login=mine.id, password="another long sentence")
    for refused in (
        lambda: access.reset_second_factor(by=boss, at=at, login=other.id),
        lambda: access.set_password(by=boss, at=at, login=other.id, password="another long sentence"),
        lambda: access.close_login(by=boss, at=at, login=other.id),
        lambda: access.save_login(by=boss, at=at, id=other.id, username="x", name={"lo": "x"}),
    ):
        with pytest.raises(OutOfReach):
            refused()
