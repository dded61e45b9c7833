"""What a counter shows after a step comes from a mould; it must be what the templates draw for this person."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.doors.desk import fragments
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

ONCE = re.compile(r'(?<=name="key" value=")\w+|(?<=name="csrfmiddlewaretoken" value=")\w+')
SYSTEM = Actor.system()


def same(fragment: bytes, template: str, **context: Any) -> bool:
    """Whether the fragment is what the template draws, but for the key and the token, which are new each time."""
    drawn = render_to_string(template, {"key": "k", "csrf_token": "t", **context})
    return ONCE.sub("", fragment.decode()) == ONCE.sub("", drawn)


def shown(here: Hall, ticket: queue.Ticket | None, *, papers_too: bool) -> bool:
    request: Any = RequestFactory().post("/")
    answer = fragments.after(request, here.code, "1", ticket, papers_too=papers_too)
    service = catalogue.service_by_id(ticket.service_id) if ticket else None
    held = {"centre": here.code, "counter": "1", "ticket": ticket, "service": service}
    return same(answer.content, "desk/after.html", papers_too=papers_too, **held)


def take(here: Hall, name: str | None = None) -> queue.Ticket:
    phone = "020 5555 1234" if name else None
    return queue.take_ticket(
        by=here.kiosk, at=now(), centre=here.centre, service=here.birth, name=name, phone=phone
    )


@pytest.mark.parametrize("language", ["lo", "en"])
def test_a_filled_mould_is_what_the_templates_draw(here: Hall, language: str) -> None:
    with override(language):
        assert shown(here, None, papers_too=True)
        for name in (None, "ບຸນມີ <b>&\"'", "ສົມສີ"):
            take(here, name)
            called = queue.call_next(by=SYSTEM, at=now(), counter=here.counters[0])
            assert shown(here, called, papers_too=True)
            again = queue.call_one(by=SYSTEM, at=now(), counter=here.counters[0], ticket=called.id)
            assert again.calls == 2 and shown(here, again, papers_too=True)
            started = queue.start(by=SYSTEM, at=now(), ticket=called.id)
            assert shown(here, started, papers_too=False)
            queue.finish(by=SYSTEM, at=now(), ticket=called.id)


def test_the_slip_is_what_the_template_draws(here: Hall) -> None:
    ticket, service = take(here), catalogue.service_by_id(here.birth)
    answer = fragments.given(here.code, ticket, service)
    held = {
        "centre": here.code,
        "ticket": ticket,
        "service": service,
        "help_words": queue.HELP_WORDS.items(),
    }
    assert same(answer.content, "desk/given.html", **held)
    assert ticket.number in answer.content.decode() and ticket.token in answer.content.decode()


def test_a_new_edition_is_shown_at_once(here: Hall) -> None:
    def slip() -> str:
        return fragments.given(here.code, take(here), catalogue.service_by_id(here.birth)).content.decode()

    with override("lo"):
        assert "ຈົດທະບຽນການເກີດ" in slip()
    renamed = {"lo": "ຊື່ໃໝ່", "en": "New name"}
    catalogue.save_service(
        by=SYSTEM,
        at=now(),
        id=here.birth,
        code="birth-registration",
        name=renamed,
        summary=renamed,
        authority=here.ministry,
        papers=[],
        fees=[],
        duration=catalogue.Duration(),
        legal_basis=[],
        result=renamed,
        demonstration=True,
        valid_from=now().date(),
    )
    with override("lo"):
        assert "ຊື່ໃໝ່" in slip()
