"""Two lanes: at the machines' door no cookie is read or set; on pages everything stands as it did."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_machine_gets_no_cookie_and_none_of_its_cookies_is_read(client: Client) -> None:
    client.cookies["onedoor_session"] = "x" * 32
    answer = client.get("/api/v1/centres/0103-1/queue")
    assert answer.status_code == 401
    assert not answer.cookies
    assert not hasattr(answer.wsgi_request, "session")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_page_has_its_session_its_policy_and_its_form_token(client: Client) -> None:
    answer = client.get(reverse("account_login"))
    assert answer.status_code == 200
    assert hasattr(answer.wsgi_request, "session")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("account_login"), {"login": "a", "password": "b"}).status_code == 403
