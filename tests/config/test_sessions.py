"""Sessions: read at each request, proved once for each row, never shared between two readers."""

import pytest
from django.contrib.sessions.models import Session

from onedoor.config.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    session = SessionStore()
    session["who"] = {"name": "ບຸນມີ"}
    session.save()
    return str(session.session_key)


def test_two_readers_share_nothing(key: str) -> None:
    first, second = SessionStore(key), SessionStore(key)
    first["who"]["name"] = "changed, and not saved"
    assert second["who"] == {"name": "ບຸນມີ"} == SessionStore(key)["who"]


def test_what_is_saved_or_ended_holds_at_the_next_reading(key: str) -> None:
    changed = SessionStore(key)
    changed["who"] = "somebody else"
    changed.save()
    assert SessionStore(key)["who"] == "somebody else"
    SessionStore(key).flush()
    assert "who" not in SessionStore(key)


def test_a_row_that_this_server_did_not_sign_says_nothing(key: str) -> None:
    row = Session.objects.get(session_key=key)
    assert SessionStore(key)["who"]
    Session.objects.filter(session_key=key).update(session_data=row.session_data[:-1] + "~")
    assert "who" not in SessionStore(key)
