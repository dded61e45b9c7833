"""The guard: marks, actors, centres, scopes, refusals."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client, override_settings

from onedoor.config.guard import UnmarkedRoute
from onedoor.domain.access import api as access
from tests.config.conftest import Place
from tests.config.entering import enter
from tests.factories.offices import SYSTEM, give, role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.routes")]


def test_anybody_may_open_a_public_route(place: Place, client: Client) -> None:
    answer = client.get("/")
    assert answer.json()["kind"] == "public"
    assert "onedoor_session" not in answer.cookies, "no session for a reader"


def test_an_unmarked_route_is_refused(place: Place, client: Client) -> None:
    with pytest.raises(UnmarkedRoute):
        client.get("/forgotten/")
    with override_settings(TESTING=False):
        assert client.get("/forgotten/").status_code == 403


def test_anonymous_people_are_sent_to_the_log_in_and_come_back(place: Place, client: Client) -> None:
    answer = client.get("/here/01-1/?day=2")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fhere%2F01-1%2F%3Fday%3D2"


def test_anonymous_machines_are_told(place: Place, client: Client) -> None:
    answer = client.get("/api/thing/")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "not_logged_in"


def test_htmx_is_told_where_to_go(place: Place, client: Client) -> None:
    answer = client.get("/here/01-1/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_the_officer_sees_their_centre_only(place: Place, client: Client) -> None:
    enter(client)
    told = client.get("/here/01-1/").json()
    assert told == {
        "kind": "staff",
        "id": str(place.officer.id),
        "centre": str(place.centre),
        "seen": [str(place.centre)],
    }
    assert client.get("/here/02-1/").status_code == 404
    assert client.get("/here/nonesuch/").status_code == 404
    assert client.get("/head/01-1/").status_code == 403


def test_without_a_centre_the_scope_holds_those_of_the_permission(
    place: Place, client: Client, at: datetime
) -> None:
    role("head", "access.test-head", at=at)
    give(place.officer, "head", place.other, at=at)
    enter(client)
    assert client.get("/anywhere/").json()["seen"] == [str(place.centre)]


def test_a_revoked_role_is_out_at_the_next_request(place: Place, client: Client, at: datetime) -> None:
    enter(client)
    assert client.get("/here/01-1/").status_code == 200
    from onedoor.domain.access.models import Grant

    access.end_grant(by=SYSTEM, at=at, grant=Grant.objects.get().id, on=access.today())
    assert client.get("/here/01-1/").status_code == 404


def test_a_kiosk_in_the_same_browser_does_what_the_officer_may_not(place: Place, client: Client) -> None:
    client.cookies["onedoor_device"] = place.kiosk_token
    assert client.get("/here/01-1/").json()["kind"] == "device"
    enter(client)
    assert client.get("/here/01-1/").json()["kind"] == "staff"
    client.post("/accounts/lock/")


def test_a_machine_comes_by_bearer_token_only(place: Place, client: Client) -> None:
    bearer = {"Authorization": f"Bearer {place.machine_token}"}
    assert client.get("/api/thing/", headers=bearer).json()["kind"] == "machine"
    assert client.get("/api/thing/", headers={"Authorization": "Bearer odt_wrong"}).status_code == 401
    assert client.get("/here/02-1/", headers=bearer).status_code == 404


def test_a_route_exempt_from_csrf_checks_takes_no_session(place: Place, client: Client) -> None:
    enter(client)
    assert client.get("/api/thing/").status_code == 401


def test_a_route_may_ask_for_a_permission_per_method(place: Place, client: Client) -> None:
    bearer = {"Authorization": f"Bearer {place.kiosk_token}"}
    assert client.get("/api/thing/", headers=bearer).status_code == 200
    assert client.head("/api/thing/", headers=bearer).status_code == 200
    assert client.post("/api/thing/", headers=bearer).status_code == 403
    with pytest.raises(UnmarkedRoute):
        client.delete("/api/thing/", headers=bearer)


def test_posting_needs_the_token_of_the_form(place: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/accounts/login/", {"login": "noy", "password": "x"}).status_code == 403


@pytest.mark.parametrize(("address", "status"), [("/clash/", 409), ("/misfit/", 422)])
def test_a_sentence_of_the_domain_becomes_a_page_or_a_problem(
    place: Place, client: Client, address: str, status: int
) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert "<h1>" in page.content.decode()
    problem = client.get(address, headers={"Accept": "application/json"})
    assert problem.status_code == status
    assert problem.json()["status"] == status
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()


def test_a_problem_names_the_field(place: Place, client: Client) -> None:
    problem = client.get("/misfit/", headers={"Accept": "application/json"}).json()
    assert problem["field"] == "phone"
    assert problem["detail"] == "Nine digits, please."
    assert problem["type"] == "urn:onedoor:problem:invalid"


def test_a_staff_page_costs_one_query_before_the_view(
    place: Place, client: Client, django_assert_max_num_queries: object
) -> None:
    enter(client)
    client.get("/here/01-1/")
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        client.get("/here/01-1/")  # the session, and in tests each time the stamp of rights


def test_personal_pages_are_not_kept_by_browsers(place: Place, client: Client) -> None:
    enter(client)
    assert client.get("/here/01-1/").headers["Cache-Control"] == "private, no-store"


def test_the_slower_of_two_is_told_that_the_other_was_faster(place: Place, client: Client) -> None:
    answer = client.get("/api/twice/")
    assert answer.status_code == 409 and answer.json()["code"] == "conflict"
    client.raise_request_exception = False
    assert client.get("/api/broken/").status_code == 500, "what is no race stays a fault"
