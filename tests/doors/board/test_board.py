"""The hall's screen shows numbers to anybody and names to nobody."""

from pathlib import Path

import pytest
from django.test import Client

from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from onedoor.ui.shared import forget_parts
from tests.factories.hall import Hall
from tests.factories.offices import SYSTEM


@pytest.fixture(autouse=True)
def parts_made_anew() -> None:
    forget_parts()


@pytest.mark.parametrize(("language", "words"), [("en", "Called now"), ("lo", "ກຳລັງເອີ້ນ")])
def test_called_and_next_numbers_without_names(here: Hall, language: str, words: str) -> None:
    for _ in range(3):
        queue.take_ticket(
            by=here.kiosk,
            at=now(),
            centre=here.centre,
            service=here.birth,
            name="ທ້າວ ບຸນມີ",
            phone="02055551234",
        )
    queue.call_next(by=here.officer, at=now(), counter=here.counters[1])
    browser = Client()
    browser.cookies["onedoor_language"] = language
    page = browser.get(f"/board/{here.code}/").content.decode()
    assert words in page and f"/live/centres/{here.centre}" in page
    part = browser.get(f"/board/{here.code}/now/").content.decode()
    assert 'data-call="A001@2@1"' in part and "<li>A002</li>" in part
    assert "ບຸນມີ" not in page + part


def test_an_unknown_hall_is_not_found(here: Hall) -> None:
    assert Client().get("/board/9999-9/").status_code == 404


def test_a_board_is_laid_out_and_shows_texts_in_both_languages(here: Hall) -> None:
    with everything("a test"):
        notices.save_board(
            by=SYSTEM, at=now(), centre=here.centre, code="upstairs", columns=1, zones=["quick"]
        )
        notices.save_poster(
            by=SYSTEM,
            at=now(),
            centre=here.centre,
            kind="lesson",
            texts={"lo": "ບໍ່ຕ້ອງຈ່າຍເງິນເພີ່ມ", "en": "Pay <nothing> more"},
            first=now().date(),
        )
    browser = Client()
    browser.cookies["onedoor_language"] = "en"
    main = browser.get(f"/board/{here.code}/").content.decode()
    assert "Pay &lt;nothing&gt; more" in main and "ບໍ່ຕ້ອງຈ່າຍເງິນເພີ່ມ" in main and "Next" in main
    upstairs = browser.get(f"/board/{here.code}/upstairs/").content.decode()
    assert "part=board.upstairs.en" in upstairs and 'id="next"' not in upstairs and "Pay" not in upstairs
    assert browser.get(f"/board/{here.code}/cellar/").status_code == 404
    for none in ("cellar", "%00"):
        assert browser.get(f"/board/{here.code}/now/?board={none}").status_code == 404


def test_a_board_of_one_zone_shows_no_other(here: Hall) -> None:
    with everything("a test"):
        notices.save_board(by=SYSTEM, at=now(), centre=here.centre, code="quick", columns=2, zones=["quick"])
    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    queue.call_next(by=here.officer, at=now(), counter=here.counters[0])
    assert "data-call" in Client().get(f"/board/{here.code}/").content.decode()
    assert "data-call" not in Client().get(f"/board/{here.code}/quick/").content.decode()


def test_a_board_of_some_zones_tells_the_wait_of_each(here: Hall) -> None:
    lengths = {"quick": 5, "long": None}
    zones = tuple(
        queue.Zone(code=code, name={"lo": code, "en": code.title()}, up_to=most)
        for code, most in lengths.items()
    )
    rule = queue.CallingRule(zones=zones, by_hand={here.birth: "long"}, counters={"1": ("quick",)})
    with everything("a test"):
        queue.save_calling_rule(by=SYSTEM, at=now(), unit=here.centre, rule=rule)
        notices.save_board(
            by=SYSTEM, at=now(), centre=here.centre, code="both", columns=2, zones=["quick", "long"]
        )
        notices.save_board(by=SYSTEM, at=now(), centre=here.centre, code="quick", columns=2, zones=["quick"])
    for _ in range(6):
        queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    told = queue.expect_zones(here.centre, zones=["quick", "long"], at=now())
    quick, long = told["quick"], told["long"]
    assert quick is not None and long is not None and quick.likely == 0 < long.likely
    browser = Client()
    browser.cookies["onedoor_language"] = "en"
    both = browser.get(f"/board/{here.code}/both/").content.decode()
    assert "Quick: Wait, estimated" in both and "Long: Wait, estimated" in both
    assert "Quick: Wait" not in browser.get(f"/board/{here.code}/quick/").content.decode()


def test_a_call_is_said_only_when_every_word_was_recorded(
    here: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.ui.clips.folder", lambda language: tmp_path / language)
    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    queue.call_next(by=here.officer, at=now(), counter=here.counters[1])
    (tmp_path / "lo").mkdir()
    for word in ("ticket", "a", "0", "1", "go_to", "counter"):
        (tmp_path / "lo" / f"{word}.mp3").write_bytes(word.encode())
    assert "data-says" not in Client().get(f"/board/{here.code}/").content.decode(), "2 is missing"
    (tmp_path / "lo" / "2.ogg").write_bytes(b"two")
    forget_parts()
    words = "ticket.mp3 a.mp3 0.mp3 0.mp3 1.mp3 go_to.mp3 counter.mp3 2.ogg".split()
    said = " ".join(f"/board/clips/lo/{word}" for word in words)
    assert f'data-says="{said}"' in Client().get(f"/board/{here.code}/").content.decode()
    answer = Client().get("/board/clips/lo/2.ogg")
    assert b"".join(answer) == b"two" and answer["Content-Type"] == "audio/ogg"
    for none in ("/board/clips/lo/3.mp3", "/board/clips/xx/2.ogg", "/board/clips/lo/..%2Fsecret.mp3"):
        assert Client().get(none).status_code == 404
    (tmp_path / "lo" / "order.txt").write_text("number go_to")
    forget_parts()
    assert f"{words[1]} /board" in Client().get(f"/board/{here.code}/").content.decode()


def test_many_looks_in_a_second_cost_one(here: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(
        "onedoor.doors.board.views.queue.board",
        lambda *a, real=queue.board, **k: asked.append(a) or real(*a, **k),
    )
    for _ in range(5):
        assert Client().get(f"/board/{here.code}/now/").status_code == 200
    assert len(asked) == 1
