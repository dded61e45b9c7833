"""What the hall's screens show: plans, posters with their days, and the words of a call."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.domain.notices import api as notices
from onedoor.domain.notices.rules import read_plan, read_poster
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall, hall
from tests.factories.offices import SYSTEM

TODAY = date(2026, 3, 2)
TEXTS = {"lo": "ມື້ອື່ນປິດ", "en": "Closed tomorrow"}


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"columns": 4}, "columns"),
        ({"columns": 0}, "columns"),
        ({"code": "now"}, "code"),
        ({"code": "A B"}, "code"),
        ({"zones": ["x" * 21]}, "zones"),
        ({"zones": ["long"], "known": ["quick"]}, "zones"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(about: dict[str, object], field: str) -> None:
    asked = {"code": "main", "columns": 3, "zones": [], "notices": True, "sound": True} | about
    with pytest.raises(notices.BoardInvalid) as fault:
        read_plan(**asked)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_a_poster_is_short_bilingual_and_still_to_come() -> None:
    day = timedelta(days=1)
    said = read_poster({"lo": " ກ\n ຂ ", "en": "A\x00b"}, kind="lesson", first=TODAY, last=TODAY, today=TODAY)
    assert said == {"lo": "ກ ຂ", "en": "A b"}
    for texts, first, last, field in (
        ({**TEXTS, "en": " "}, TODAY, None, "text_en"),
        ({**TEXTS, "lo": "ກ" * 241}, TODAY, None, "text_lo"),
        (TEXTS, TODAY, TODAY - day, "last"),
        (TEXTS, TODAY - 3 * day, TODAY - day, "last"),
    ):
        with pytest.raises(notices.PosterInvalid) as fault:
            read_poster(texts, kind="notice", first=first, last=last, today=TODAY)
        assert fault.value.field == field


def test_a_call_is_said_word_by_word() -> None:
    assert notices.words_of("A012", place="booth", place_number="3") == [
        *("ticket", "a", "0", "1", "2", "go_to", "booth", "3")
    ]
    own = notices.words_of("B7", place="counter", place_number="1", order=("place", "place_number", "number"))
    assert own == ["counter", "1", "b", "7"]


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


def test_posters_are_shown_on_their_days(here: Hall, at: datetime) -> None:
    with everything("a test"):
        key = new_id()
        for _ in range(2):
            poster = notices.save_poster(
                by=SYSTEM, at=at, id=key, centre=here.centre, kind="lesson", texts=TEXTS, first=TODAY
            )
        assert poster.version == 1, "sent twice, written once"
        tomorrow = TODAY + timedelta(days=1)
        notices.save_poster(
            by=SYSTEM, at=at, centre=here.centre, kind="notice", texts=TEXTS, first=tomorrow, last=tomorrow
        )
        with pytest.raises(notices.NoSuchPoster):
            notices.poster_at(by=SYSTEM, centre=here.district, poster=key)
    kinds = [
        [one.kind for one in notices.posters_on(here.centre, day=TODAY + timedelta(days=n))] for n in range(3)
    ]
    assert kinds == [["lesson"], ["notice", "lesson"], ["lesson"]]
    with everything("a test"):
        notices.end_poster(by=SYSTEM, at=at, poster=key)
    assert notices.posters_on(here.centre, day=TODAY) == []


def test_a_hall_has_a_usual_board_and_others_that_are_laid_out(here: Hall, at: datetime) -> None:
    usual = notices.plan_of(here.centre)
    assert usual is not None and usual.columns == 3 and notices.plan_of(here.centre, "upstairs") is None
    for _ in range(2):
        with everything("a test"):
            held = notices.save_board(
                by=SYSTEM, at=at, centre=here.centre, code="upstairs", columns=1, zones=["quick", "quick"]
            )
    assert held.version == 1
    assert [plan.code for plan in notices.plans_of(here.centre)] == ["main", "upstairs"]
    plan = notices.plan_of(here.centre, "upstairs")
    assert plan is not None and plan.zones == ("quick",) and plan.columns == 1
