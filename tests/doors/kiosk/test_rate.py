"""The rating tablet at a counter."""

import re

from django.test import Client

from onedoor.domain.voice import api as voice
from onedoor.domain.voice.models import Rating, Slip
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall
from tests.factories.tablets import tablet_token


def test_the_tablet_waits_asks_and_thanks(here: Hall) -> None:
    tablet, address = paired(tablet_token(here, at=now())), f"/kiosk/{here.code}/rate/1/"
    tablet.cookies["onedoor_language"] = "en"
    waiting = tablet.get(address).content.decode()
    assert "After your visit" in waiting and 'data-idle="4"' in waiting
    voice.open_rating(
        by=Actor.system(), at=now(), visit=new_id(), centre=here.centre, counter=here.counters[0]
    )
    asking = tablet.get(address).content.decode()
    found = re.search(r'name="token" value="(\w+)"', asking)
    assert found and asking.count('name="score"') == 5 and "data:image/svg+xml" in asking
    assert 'name="score"' not in tablet.get(f"/kiosk/{here.code}/rate/2/").content.decode()
    answer = tablet.post(address, {"token": found[1], "score": "5"})
    assert answer.status_code == 302
    assert "Thank you" in tablet.get(answer["Location"]).content.decode()
    again = tablet.post(address, {"token": found[1], "score": "1"})
    assert again.status_code == 409
    with everything("a test looks"):
        held, said = Rating.objects.get(), Slip.objects.get()
    assert (held.state, said.score, said.channel) == ("rated", 5, "tablet")
    letter = LetterRow.objects.get(aggregate=held.id, type="voice.rating_answered")
    assert letter.actor_kind == "public"  # not the tablet, which stands at an officer's counter


def test_who_may_not_look(here: Hall, client: Client) -> None:
    address = f"/kiosk/{here.code}/rate/1/"
    assert client.get(address).status_code in (302, 401, 403)
    assert at_work(here.officer).get(address).status_code == 403
    assert at_work(here.stranger).get(address).status_code == 404
    tablet = paired(tablet_token(here, at=now()))
    assert tablet.get(f"/kiosk/{here.code}/rate/99/").status_code == 404
    assert tablet.post(address, {"token": "0" * 16, "score": "5"}).status_code == 404
    assert tablet.post(address, {}).status_code in (404, 422)
