"""Who may what, where, and from when a revocation holds."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from onedoor.domain.access import api as access
from onedoor.domain.access.errors import NotPermitted, OutOfReach, OwnGrant, UnknownPermission, UnknownRole
from onedoor.domain.access.models import Grant
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.offices import SYSTEM, give, role, staff, unit

CALL = access.permission("access.test-call", "Call a person to a counter (of these tests)")
HEAD = access.permission("access.test-head", "Open and close counters (of these tests)")


class Country:
    """Two provinces with a centre each, and a ministry."""

    def __init__(self, at: datetime) -> None:
        self.country = unit("LA", at=at, kind="country")
        self.here = unit("01", at=at, parent=self.country)
        self.there = unit("02", at=at, parent=self.country)
        self.centre = unit("01-1", at=at, kind="centre", parent=self.here)
        self.other = unit("02-1", at=at, kind="centre", parent=self.there)
        self.ministry = unit("MOJ", at=at, kind="ministry", tree="authority")
        role("officer", CALL, at=at)
        role("head", CALL, HEAD, at=at)


@pytest.fixture
def country(db: None, at: datetime) -> Country:
    return Country(at)


@pytest.mark.parametrize(
    ("role_name", "granted", "asked", "at_unit", "outcome"),
    [
        ("officer", "centre", CALL, "centre", None),
        ("officer", "centre", CALL, None, None),
        ("officer", "centre", HEAD, "centre", NotPermitted),
        ("officer", "centre", HEAD, None, NotPermitted),
        ("officer", "centre", CALL, "other", OutOfReach),
        ("officer", "centre", CALL, "here", OutOfReach),
        ("officer", "centre", CALL, "ministry", OutOfReach),
        ("head", "here", HEAD, "centre", None),
        ("head", "here", HEAD, "other", OutOfReach),
        ("head", "country", HEAD, "other", None),
        ("head", "country", HEAD, "ministry", OutOfReach),
        ("officer", "ministry", CALL, "ministry", None),
        ("officer", "ministry", CALL, "centre", OutOfReach),
    ],
)
def test_the_matrix(
    country: Country,
    at: datetime,
    role_name: str,
    granted: str,
    asked: str,
    at_unit: str | None,
    outcome: type[Exception] | None,
) -> None:
    who = staff("noy", at=at)
    give(who, role_name, getattr(country, granted), at=at)
    where = getattr(country, at_unit) if at_unit else None
    assert access.may(who, asked, at=where) == (outcome is None)
    if outcome is None:
        access.require(who, asked, at=where)
    else:
        with pytest.raises(outcome):
            access.require(who, asked, at=where)


def test_the_node_itself_may_all_and_strangers_nothing(country: Country) -> None:
    assert access.may(SYSTEM, HEAD, at=country.other)
    for actor in (
        Actor.public(),
        Actor.citizen(new_id()),
        Actor("staff", new_id()),
        Actor("device", new_id()),
    ):
        assert not access.may(actor, CALL)
        assert not access.reach(actor).units
    assert access.reach(SYSTEM).authorities == {country.ministry}


def test_an_undeclared_permission_is_a_fault_of_the_program(country: Country) -> None:
    with pytest.raises(LookupError):
        access.may(SYSTEM, "queue.fly")


def test_reach_keeps_the_trees_apart(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    give(who, "officer", country.here, at=at)
    give(who, "officer", country.ministry, at=at)
    held = access.reach(who)
    assert held.units == {country.here, country.centre}
    assert held.authorities == {country.ministry}
    assert access.centres_of(who, CALL) == (country.centre,)
    assert access.centres_of(who, HEAD) == ()


def test_a_role_at_one_centre_is_no_role_at_another(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    give(who, "head", country.centre, at=at)
    give(who, "officer", country.other, at=at)
    assert access.may(who, HEAD, at=country.centre)
    with pytest.raises(NotPermitted):
        access.require(who, HEAD, at=country.other)
    assert access.centres_of(who, HEAD) == (country.centre,)


def test_a_grant_ends_on_its_day(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    give(who, "officer", country.centre, at=at, until=access.today())
    assert not access.may(who, CALL)
    give(who, "officer", country.other, at=at, until=access.today() + timedelta(days=1))
    assert access.may(who, CALL, at=country.other)


def test_taking_a_role_back_holds_at_once(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    given = give(who, "officer", country.centre, at=at)
    assert access.may(who, CALL, at=country.centre)
    access.end_grant(by=SYSTEM, at=at, grant=given, on=access.today())
    assert not access.may(who, CALL, at=country.centre)


def test_a_closed_login_holds_nothing(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    give(who, "officer", country.centre, at=at)
    access.close_login(by=SYSTEM, at=at, login=who.id)
    assert not access.may(who, CALL, at=country.centre)
    assert access.login(who.id) is None


def test_a_change_by_plain_sql_is_noticed(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    given = give(who, "officer", country.centre, at=at)
    assert access.may(who, CALL, at=country.centre)
    assert not access.refresh(), "nothing changed, nothing is read"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_grant SET valid_until = %s, version = version + 1 WHERE id = %s",
            [access.today(), given],
        )
    assert access.refresh()
    assert not access.may(who, CALL, at=country.centre)


@pytest.mark.django_db(transaction=True)
def test_another_thread_notices_when_it_compares(at: datetime) -> None:
    country = Country(at)
    who = staff("noy", at=at)
    given = give(who, "officer", country.centre, at=at)
    ready, ended = threading.Event(), threading.Event()
    seen: list[bool] = []

    def other_thread() -> None:
        seen.append(access.may(who, CALL, at=country.centre))
        ready.set()
        ended.wait(10)
        deadline = time.monotonic() + 5
        while access.may(who, CALL, at=country.centre) and time.monotonic() < deadline:
            time.sleep(0.05)
            access.refresh()
        seen.append(access.may(who, CALL, at=country.centre))
        connection.close()

    thread = threading.Thread(target=other_thread)
    thread.start()
    assert ready.wait(10)
    access.end_grant(by=SYSTEM, at=at, grant=given, on=access.today())
    ended.set()
    thread.join()
    assert seen == [True, False]


def test_a_thousand_questions_cost_no_query(
    country: Country, at: datetime, django_assert_num_queries: object
) -> None:
    who = staff("noy", at=at)
    give(who, "officer", country.centre, at=at)
    access.may(who, CALL, at=country.centre)
    with django_assert_num_queries(0):  # type: ignore[operator]
        for _ in range(1000):
            access.require(who, CALL, at=country.centre)


def test_officers_of_a_merged_ministry_reach_the_cases_of_the_old_one(country: Country, at: datetime) -> None:
    merged = unit("MAE", at=at, kind="ministry", tree="authority")
    old = unit(
        "MONRE",
        at=at,
        kind="ministry",
        tree="authority",
        valid_until=date(2025, 3, 1),
        successors=[merged],
    )
    department = unit("MONRE-LAND", at=at, kind="department", tree="authority", parent=old)
    newcomer, veteran = staff("new", at=at), staff("old", at=at)
    give(newcomer, "officer", merged, at=at)
    give(veteran, "officer", old, at=at)
    for who in (newcomer, veteran):
        assert access.reach(who).authorities == {merged, old, department}
        access.require(who, CALL, at=department)


def test_a_successor_reaches_nothing_before_the_day(country: Country, at: datetime) -> None:
    merged = unit("MAE", at=at, kind="ministry", tree="authority")
    tomorrow = access.today() + timedelta(days=1)
    old = unit("OLD", at=at, kind="ministry", tree="authority", valid_until=tomorrow, successors=[merged])
    who = staff("new", at=at)
    give(who, "officer", merged, at=at)
    assert access.reach(who).authorities == {merged}
    with pytest.raises(OutOfReach):
        access.require(who, CALL, at=old)


def test_nobody_gives_roles_to_themselves_or_beyond_their_reach(country: Country, at: datetime) -> None:
    role("administrator", "access.manage", at=at, audience="office")
    boss, clerk = staff("boss", at=at), staff("clerk", at=at)
    give(boss, "administrator", country.here, at=at)

    def by_boss(login: UUID, where: UUID) -> Grant:
        return access.grant(
            by=boss, at=at, login=login, role="officer", unit=where, valid_from=date(2021, 1, 1)
        )

    by_boss(clerk.id, country.centre)
    with pytest.raises(OwnGrant):
        by_boss(boss.id, country.centre)
    with pytest.raises(OutOfReach):
        by_boss(clerk.id, country.other)
    with pytest.raises(NotPermitted):
        access.grant(
            by=clerk, at=at, login=boss.id, role="head", unit=country.centre, valid_from=date(2021, 1, 1)
        )


def test_the_same_grant_twice_is_one(country: Country, at: datetime) -> None:
    who = staff("noy", at=at)
    assert give(who, "officer", country.centre, at=at) == give(who, "officer", country.centre, at=at)
    assert Grant.objects.count() == 1


def test_roles_name_declared_permissions(country: Country, at: datetime) -> None:
    with pytest.raises(UnknownPermission):
        role("odd", "queue.fly", at=at)
    with pytest.raises(UnknownRole):
        give(staff("noy", at=at), "nonesuch", country.centre, at=at)


def test_an_auditor_is_let_in_for_a_time(country: Country, at: datetime) -> None:
    role("auditor", CALL, at=at, audience="audit")
    who = staff("auditor", at=at)
    with pytest.raises(access.NeedsAnEnd):
        give(who, "auditor", country.centre, at=at)
    give(who, "auditor", country.centre, at=at, until=date(9000, 1, 1))
    assert access.may(who, CALL, at=country.centre)
    give(who, "auditor", country.centre, at=at, until=date(2022, 1, 1))
    assert not access.may(who, CALL, at=country.centre)


def test_who_holds_a_role_at_a_unit_is_named_as_long_as_she_holds_it(country: Country, at: datetime) -> None:
    head, deputy, gone, above = (staff(name, at=at) for name in ("b-head", "a-deputy", "gone", "above"))
    for who in (head, deputy):
        give(who, "head", country.centre, at=at)
    ended = give(gone, "head", country.centre, at=at)
    access.end_grant(by=SYSTEM, at=at, grant=ended, on=access.today())
    give(above, "head", country.here, at=at)
    give(above, "officer", country.other, at=at)
    found = access.holders({country.centre, country.other}, permission=HEAD)
    assert [one.name["en"] for one in found[country.centre]] == ["Ms a-deputy", "Ms b-head"]
    assert found[country.centre][0].role == {"lo": "head", "en": "head"}
    assert found[country.other] == ()
    access.close_login(by=SYSTEM, at=at, login=head.id)
    (left,) = access.holders([country.centre], permission=HEAD)[country.centre]
    assert left.name["en"] == "Ms a-deputy"
