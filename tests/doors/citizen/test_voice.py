"""Rating on one's own telephone, and complaining."""

import pytest
from django.test import Client

from onedoor.domain.voice import api as voice
from onedoor.domain.voice.models import Complaint, Rating, Slip
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall, officer


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    """The reader chose English."""
    client.cookies["onedoor_language"] = "en"


@pytest.fixture
def token(here: Hall) -> str:
    """The token of a visit that has just ended."""
    visit = new_id()
    voice.open_rating(by=Actor.system(), at=now(), visit=visit, centre=here.centre, counter=here.counters[0])
    found = voice.token_for(visit)
    assert found is not None
    return found


def held() -> Rating:
    """The one rating there is."""
    with everything("a test looks"):
        return Rating.objects.get()


def test_five_faces_and_thanks(client: Client, token: str) -> None:
    page = client.get(f"/rate/{token}/").content.decode()
    assert page.count('name="score"') == 5 and "Complain" in page and "I do not want to say" in page
    answer = client.post(f"/rate/{token}/", {"score": "4", "comment": "ດີ"})
    assert answer.status_code == 302
    assert "Thank you" in client.get(answer["Location"]).content.decode()
    with everything("a test looks"):
        said = Slip.objects.get()
    assert (held().state, said.score, said.comment, said.channel) == ("rated", 4, "ດີ", "phone")


def test_a_second_rating_is_refused(client: Client, token: str) -> None:
    client.post(f"/rate/{token}/", {"decline": "1"})
    again = client.post(f"/rate/{token}/", {"score": "1"})
    assert again.status_code == 409 and "rated already" in again.content.decode()
    assert held().state == "declined"


def test_a_rating_without_a_face_asks_again(client: Client, token: str) -> None:
    for score in ("", "9", "x"):
        page = client.post(f"/rate/{token}/", {"score": score, "comment": "kept words"})
        assert page.status_code == 422 and "kept words" in page.content.decode()
    assert held().state == "open"


def test_an_unknown_token_is_not_found(client: Client, here: Hall) -> None:
    assert client.get(f"/rate/{'0' * 16}/").status_code == 404


def test_a_complaint_gets_a_number(client: Client, here: Hall) -> None:
    page = client.get(f"/complain/?centre={here.code}").content.decode()
    assert f'<option value="{here.code}" selected>' in page
    sent = {"centre": here.code, "topic": "waiting", "text": "Two hours", "contact": "", "id": str(new_id())}
    first, second = (client.post("/complain/", sent).content.decode() for _ in (1, 2))
    with everything("a test looks"):
        made = Complaint.objects.get()
    assert made.number in first and made.number in second and "owes an answer by" in first
    code = voice.complaint_code(made.id)
    assert code in first and code in second, "a weak link may lose the first answer"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"centre": ""}, "Choose the centre"),
        ({"centre": "nowhere"}, "centre"),
        ({"centre": "\x00"}, "centre"),
        ({"text": "\x00"}, "Write what happened"),
        ({"topic": "x"}, "Choose what the complaint is about"),
        ({"text": "  "}, "Write what happened"),
        ({"text": "x" * 2001}, "too long"),
        ({"contact": "x" * 201}, "too long"),
    ],
)
def test_what_is_missing_is_said(client: Client, here: Hall, changed: dict[str, str], words: str) -> None:
    sent = {
        "centre": here.code,
        "topic": "other",
        "text": "<b>kept</b>",
        "contact": "",
        "id": "nonsense",
        **changed,
    }
    answer = client.post("/complain/", sent)
    page = answer.content.decode()
    assert answer.status_code in (404, 422) and words in page and "<b>kept" not in page
    with everything("a test looks"):
        assert not Complaint.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_complaint_is_followed_by_number_and_code_until_it_is_answered(client: Client) -> None:
    at = now()
    here = hall(at=at, always_open=True)
    made = voice.complain(by=Actor.public(), at=at, centre=here.centre, topic="other", text="<b>words</b>")
    asked = {"number": made.number, "code": voice.complaint_code(made.id)}
    assert 'name="code"' in client.get("/complain/follow/").content.decode()
    page = client.post("/complain/follow/", asked)
    shown = page.content.decode()
    assert (
        "waits for an answer" in shown and "&lt;b&gt;words" in shown and "no-store" in page["Cache-Control"]
    )
    head = officer(at=at, username="head", unit=here.centre, permissions=["voice.answer"], role="head")
    with everything("a test answers"):
        voice.answer(by=head, at=at, complaint=made.id, text="We looked into it.")
    assert "We looked into it." in client.post("/complain/follow/", asked).content.decode()
    for wrong in ({"code": "0"}, {"code": "\x00"}, {"number": ""}, {"number": "\x00", "code": ""}):
        answer = client.post("/complain/follow/", {**asked, **wrong})
        assert answer.status_code == 404 and "words" not in answer.content.decode()
    for _ in range(4):
        last = client.post("/complain/follow/", {**asked, "code": "0"})
    assert last.status_code == 429 and int(last["Retry-After"]) > 0
