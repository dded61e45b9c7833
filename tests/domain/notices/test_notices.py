"""Messages to people: written once, sealed, sent at least once, tried again, destroyed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.notices import api as notices
from onedoor.domain.notices.models import Notice
from onedoor.domain.notices.providers.base import Fault
from onedoor.domain.notices.providers.http import HttpProvider
from onedoor.domain.people.api import PhoneIsNotValid
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import everything
from tests.factories.offices import SYSTEM
from tests.factories.places import Place, place

PHONE = "020 5555 1234"
WORDS = {"lo": "ບັດ {number}: ອີກ {ahead} ຄົນ", "en": "Ticket {number}: {ahead} before you"}


@pytest.fixture
def here(db: None, at: datetime) -> Place:
    made = place(at=at, code="SY")
    notices.save_wording(by=SYSTEM, at=at, id=new_id(), kind="ahead", texts=WORDS)
    return made


@pytest.fixture
def outbox(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(settings, "HOME", settings.HOME)
    monkeypatch.setitem(settings.SMS, "provider", "file")
    path = settings.HOME / "sms" / "outbox.jsonl"
    path.unlink(missing_ok=True)
    return path


def tell(here: Place, at: datetime, subject: UUID | None = None, **about: Any) -> notices.Notice:
    asked: dict[str, Any] = {
        "kind": "ahead",
        "values": {"number": "A012", "ahead": 3},
        "phone": PHONE,
        "language": "en",
    }
    return notices.tell(by=SYSTEM, at=at, centre=here.centre, subject=subject or new_id(), **(asked | about))


def look(notice: notices.Notice) -> Notice:
    with everything("a test looks"):
        return Notice.objects.get(id=notice.id)


def test_a_message_goes_to_the_telephone_once(here: Place, at: datetime, outbox: Any) -> None:
    subject = new_id()
    first, again = tell(here, at, subject), tell(here, at + timedelta(seconds=5), subject)
    assert first.id == again.id
    assert notices.deliver(at=at) == 1 and notices.deliver(at=at) == 0
    (line,) = [orjson.loads(each) for each in outbox.read_bytes().splitlines()]
    assert line == {"reference": str(first.id), "to": "+8562055551234", "text": "Ticket A012: 3 before you"}
    held = look(first)
    assert (held.state, held.tries, held.parts) == ("sent", 1, 1)
    assert [told.text for told in notices.told(subject, at=at)] == ["Ticket A012: 3 before you"]
    assert outbox.stat().st_mode & 0o077 == 0


def test_without_a_number_or_a_provider_it_stands_on_the_page(
    here: Place, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = new_id()
    assert tell(here, at, subject, phone=None, language="lo").state == "page"
    monkeypatch.setitem(settings.SMS, "provider", "")
    assert tell(here, at, new_id()).state == "page"
    assert notices.deliver(at=at) == 0
    assert [told.text for told in notices.told(subject, at=at)] == ["ບັດ A012: ອີກ 3 ຄົນ"]


def test_what_is_told_is_checked(here: Place, at: datetime) -> None:
    with pytest.raises(notices.KindUnknown):
        tell(here, at, kind="joke")
    with pytest.raises(notices.ValueIsMissing):
        tell(here, at, values={"number": "A1"})
    with pytest.raises(PhoneIsNotValid):
        tell(here, at, phone="12")
    with everything("a test looks"):
        assert not Notice.objects.exists()


def test_words_that_ask_for_more_hold_up_nobody(
    here: Place, at: datetime, outbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message waits for words; those that are written ask for what it has not: the next one still goes out."""
    waits = tell(here, at, kind="stop_announced", values={"village": "Ban Phon", "day": "1"})
    later = tell(here, at)
    texts = {"stop_announced": {"lo": "{village} {hall}", "en": "{village} {hall}"}}
    monkeypatch.setattr("onedoor.domain.notices.actions.delivery.look_at_wordings", lambda: texts)
    assert notices.deliver(at=at) == 1
    assert (look(waits).state, look(waits).fault, look(later).state) == ("waiting", "value_missing", "sent")


def test_neither_words_nor_number_are_readable_in_the_database(
    here: Place, at: datetime, outbox: Any
) -> None:
    notice = tell(here, at)
    notices.deliver(at=at)
    held = look(notice)
    assert b"5551234" not in bytes(held.sealed) and b"A012" not in bytes(held.sealed)
    bodies = " ".join(LetterRow.objects.values_list("body", flat=True))
    assert "5551234" not in bodies and "A012" not in bodies


def test_old_messages_are_destroyed(here: Place, at: datetime, outbox: Any) -> None:
    subject = new_id()
    notice = tell(here, at, subject)
    notices.deliver(at=at)
    assert notices.forget_old(at=at + timedelta(days=29)) == 0
    later = at + timedelta(days=31)
    assert notices.forget_old(at=later) == 1 and notices.forget_old(at=later) == 0
    assert look(notice).sealed is None and look(notice).state == "sent"
    assert notices.told(subject, at=later) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM kernel_person_key WHERE person = %s", [notice.id])
        assert cursor.fetchone() == (None,)


def test_what_is_withdrawn_is_not_sent(here: Place, at: datetime, outbox: Any) -> None:
    subject, due = new_id(), at + timedelta(hours=2)
    tell(here, at, subject, due=due)
    assert notices.deliver(at=at) == 0, "it is not due yet"
    assert notices.withdraw_notices(by=SYSTEM, at=at, subject=subject, kinds=["ahead"]) == 1
    assert notices.deliver(at=due) == 0 and notices.told(subject, at=due) == []


def test_what_was_withdrawn_and_is_so_again_is_sent_after_all(here: Place, at: datetime, outbox: Any) -> None:
    subject, due = new_id(), at + timedelta(hours=2)
    first = tell(here, at, subject, due=due)
    notices.withdraw_notices(by=SYSTEM, at=at, subject=subject)
    assert tell(here, at, subject, due=due).id == first.id
    assert look(first).state == "waiting"
    assert notices.deliver(at=due) == 1 and len(notices.told(subject, at=due)) == 1
    assert notices.withdraw_notices(by=SYSTEM, at=due, subject=subject) == 0, "what was sent is sent"


def test_what_comes_too_late_is_not_sent(here: Place, at: datetime, outbox: Any) -> None:
    notice = tell(here, at)
    assert notices.deliver(at=at + timedelta(minutes=16)) == 0
    assert (look(notice).state, look(notice).fault) == ("failed", "too_late")


def test_words_that_are_written_later_are_still_sent(here: Place, at: datetime, outbox: Any) -> None:
    notice = tell(here, at, kind="moved", values={"when": at, "code": "X1"})
    assert notices.deliver(at=at) == 0 and look(notice).fault == "no_wording"
    words = {"lo": "ຍ້າຍ {when}", "en": "Moved to {when}"}
    notices.save_wording(by=SYSTEM, at=at, id=new_id(), kind="moved", texts=words)
    assert notices.deliver(at=at + timedelta(minutes=2)) == 1
    assert b"Moved to 2 Mar 2026, 09:00" in outbox.read_bytes()


class Gateway(BaseHTTPRequestHandler):
    """Answers as the test says, and remembers what it was asked."""

    answers: list[int] = []
    asked: list[tuple[dict[str, Any], str | None, str | None]] = []

    def do_POST(self) -> None:
        body = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((body, self.headers["Authorization"], self.headers["Idempotency-Key"]))
        self.send_response(self.answers.pop(0))
        self.send_header("Location", "http://169.254.169.254/secret")
        self.end_headers()
        self.wfile.write(b'{"id": "gw-1"}')

    def log_message(self, *_: Any) -> None:
        """Tests say nothing."""


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Gateway]]:
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    Gateway.answers, Gateway.asked = [], []
    held = {
        "provider": "http",
        "address": f"http://127.0.0.1:{server.server_port}/sms",
        "secret": "s3cret",
        "timeout": 2.0,
    }
    for name, value in held.items():
        monkeypatch.setitem(settings.SMS, name, value)
    yield Gateway
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_gateway_is_tried_again_with_the_same_reference(
    here: Place, at: datetime, gateway: type[Gateway]
) -> None:
    gateway.answers = [503, 302, 200]
    notice = tell(here, at)
    assert notices.deliver(at=at) == 0 and notices.deliver(at=at) == 0, "not before the pause is over"
    assert notices.deliver(at=at + timedelta(minutes=1)) == 0, (
        "an answer that points elsewhere is not followed"
    )
    assert look(notice).fault == "http_302"
    assert notices.deliver(at=at + timedelta(minutes=7)) == 1
    held = look(notice)
    assert (held.state, held.tries, held.provider_reference, held.fault) == ("sent", 3, "gw-1", "")
    assert {(secret, key) for _, secret, key in gateway.asked} == {("Bearer s3cret", str(notice.id))}
    assert len(gateway.asked) == 3


def test_what_a_gateway_refuses_is_given_up_and_sent_again_by_the_head(
    here: Place, at: datetime, gateway: type[Gateway]
) -> None:
    gateway.answers = [400, 200]
    notice = tell(here, at)
    notices.deliver(at=at)
    assert look(notice).state == "failed"
    with everything("a test"):
        notices.try_again(by=SYSTEM, at=at + timedelta(hours=1), notice=notice.id)
    assert notices.deliver(at=at + timedelta(hours=1)) == 1
    with everything("a test"), pytest.raises(notices.NotToBeTriedAgain):
        notices.try_again(by=SYSTEM, at=at, notice=notice.id)


def test_a_silent_gateway_ends_the_batch(here: Place, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"provider": "http", "address": "http://127.0.0.1:9/", "timeout": 0.2}.items():
        monkeypatch.setitem(settings.SMS, name, value)
    held = [tell(here, at), tell(here, at)]
    assert notices.deliver(at=at) == 0
    assert sorted(look(each).tries for each in held) == [0, 1]


def test_a_gateway_is_an_address_of_the_web() -> None:
    with pytest.raises(Fault) as fault:
        HttpProvider(address="file:///etc/passwd", secret="", timeout=1).send(
            reference=new_id(), phone="1", text="x"
        )
    assert fault.value.code == "address" and fault.value.final


def test_many_are_told_and_not_told_any_more_by_the_same_number_of_statements(
    here: Place, at: datetime, outbox: Any
) -> None:
    asked = []
    for people in (1, 4):
        subjects = [new_id() for _ in range(people)]
        listed = [
            notices.Message(
                subject=one, kind="ahead", values={"number": "A012", "ahead": 3}, phone=PHONE, language="en"
            )
            for one in subjects
        ]
        with CaptureQueriesContext(connection) as seen:
            assert notices.tell_each(by=SYSTEM, at=at, centre=here.centre, messages=listed) == people
            off = {"by": SYSTEM, "at": at, "centre": here.centre, "kinds": ("ahead",)}
            assert notices.withdraw_each(**off, subjects=subjects) == people
        asked.append(len(seen))
        assert notices.withdraw_each(**off, subjects=subjects) == 0
        assert not notices.told(subjects[0], at=at)
        assert notices.tell_each(by=SYSTEM, at=at, centre=here.centre, messages=listed) == 0
        assert [one.text for one in notices.told(subjects[0], at=at)] == ["Ticket A012: 3 before you"]
        letters = LetterRow.objects.filter(type__startswith="notices.notice").values_list(
            "aggregate", "version"
        )
        assert len(set(letters)) == letters.count(), "one letter for each change"
    assert asked[1] <= asked[0]
