"""Pages of the console by role, its tables for spreadsheets, tokens of machines, and what it refuses."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.access import api as access
from onedoor.domain.monitoring.api import save_standard, save_tile
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.scope import everything
from onedoor.ui.csv import cell
from tests.factories import offices
from tests.factories.browsers import at_work
from tests.factories.hall import SYSTEM, Hall, officer

PAGES = (
    "/console/",
    "/console/figures/",
    "/console/figures/?by=month&measure=satisfied",
    "/console/figures/?by=age",
    "/console/monday/",
)


@pytest.fixture
def lived(here: Hall) -> Hall:
    """Two people served, one waiting, a map of one tile and a standard; the projections have heard it."""
    at = now()
    with everything("a test builds its morning"):
        province = access.unit_by_code("01").id
        label = {"lo": "ນະຄອນຫຼວງ", "en": "Capital"}
        save_tile(by=SYSTEM, at=at, id=new_id(), unit=province, column=2, row=5, label=label)
        name = {"lo": "ເອີ້ນ", "en": "Called"}
        save_standard(by=SYSTEM, at=at, id=new_id(), code="wait", name=name, limit=25, share=80)
        for minutes in (40, 20):
            then = at - timedelta(minutes=minutes)
            ticket = queue.take_ticket(by=here.kiosk, at=then, centre=here.centre, service=here.birth)
            queue.call_next(by=here.officer, at=then + timedelta(minutes=5), counter=here.counters[0])
            queue.start(by=here.officer, at=then + timedelta(minutes=6), ticket=ticket.id)
            queue.finish(by=here.officer, at=then + timedelta(minutes=9), ticket=ticket.id)
        queue.take_ticket(by=here.kiosk, at=at - timedelta(minutes=3), centre=here.centre, service=here.birth)
        seal_batch()
        while follow_batch():
            pass
    return here


def browser(here: Hall, role: str) -> Client:
    """Somebody who may watch: the owner the country, a head the centre, a ministry its services, justice its own."""
    at = now()
    with everything("a test gives a role"):
        if role == "justice":
            unit = offices.unit(at=at, code="MOJ", kind="ministry", tree="authority", parent=None)
        else:
            unit = {"owner": here.country, "head": here.centre, "ministry": here.ministry}[role]
        who = officer(
            at=at, username=f"w-{role}", unit=unit, permissions=["monitoring.see"], role=f"watch-{role}"
        )
    access.forget()
    return at_work(who)


@pytest.mark.parametrize("role", ["owner", "head", "ministry", "justice"])
def test_each_role_has_its_pages(lived: Hall, role: str) -> None:
    client = browser(lived, role)
    for page in PAGES:
        for language in ("lo", "en"):
            client.cookies["onedoor_language"] = language
            answer = client.get(page)
            assert answer.status_code == 200, (page, answer.status_code)
    assert client.get("/console/monday.pdf").content.startswith(b"%PDF")


def test_the_country_shows_its_halls_and_its_map(lived: Hall) -> None:
    client = browser(lived, "owner")
    client.cookies["onedoor_language"] = "en"
    page = client.get("/console/?measure=served").content.decode()
    assert "Saysettha" in page and 'data-live="/live/country"' in page
    assert "01: 2, highest" in page and "Capital" in page and "/console/provinces/01/?measure=served" in page
    assert "measure=served" in client.get("/console/provinces/01/?measure=served").content.decode()
    place = client.get(f"/console/places/{lived.code}/").content.decode()
    assert f"/live/centres/{lived.centre}" in place and f"/console/places/{lived.code}/counters/1/" in place
    assert client.get(f"/console/places/{lived.code}/counters/1/").status_code == 200
    assert client.get(f"/console/places/{lived.code}/counters/99/").status_code == 404


def test_a_head_and_another_ministry_find_nothing_of_others(lived: Hall) -> None:
    head, justice = browser(lived, "head"), browser(lived, "justice")
    other = f"{lived.code}-other"
    assert head.get("/console/").status_code == 200
    for path in (f"/console/places/{other}/", f"/console/figures/?centre={other}", "/console/provinces/77/"):
        assert head.get(path).status_code == 404, path
    for path in ("/console/figures/?service=birth-registration", "/console/figures.csv?ministry=MOHA"):
        assert justice.get(path).status_code == 404, path
    table = justice.get("/console/figures.csv?by=centre").content.decode()
    assert lived.code not in table and "w-justice" not in table
    assert Client().get("/console/").status_code == 302
    assert at_work(lived.officer).get("/console/").status_code == 403


def test_a_token_of_another_ministry_sees_its_own_only(lived: Hall) -> None:
    at = now()
    with everything("a test gives tokens"):
        justice = offices.unit(at=at, code="MOJ", kind="ministry", tree="authority", parent=None)
        tokens = {
            name: access.issue_token(by=SYSTEM, at=at, name=name, unit=unit, scopes=["monitoring.see"])[1]
            for name, unit in (("own", lived.ministry), ("other", justice))
        }
        _, wrong = access.issue_token(
            by=SYSTEM, at=at, name="wrong", unit=lived.ministry, scopes=["queue.take"]
        )

    def asked(token: str, path: str) -> tuple[int, str]:
        answer = Client().get(
            path, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"}
        )
        return answer.status_code, answer.content.decode()

    status, table = asked(tokens["own"], "/console/figures.csv?by=centre")
    assert status == 200 and lived.code in table
    status, table = asked(tokens["other"], "/console/figures.csv?by=centre")
    assert status == 200 and lived.code not in table
    assert asked(tokens["other"], "/console/figures.csv?service=birth-registration")[0] == 404
    assert asked(wrong, "/console/figures.csv")[0] == 403
    assert asked("no-such-token", "/console/figures.csv")[0] in (401, 403)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?by=nonsense", 422),
        ("?measure=%00", 422),
        ("?period=2026-13", 422),
        ("?period=0", 422),
        ("?centre='%20OR%201=1", 404),
        ("?by=sex&centre=0103-1", 422),
        ("?service=" + "x" * 5000, 404),
        ("?by=centre&by=month&unknown=1", 200),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(lived: Hall, query: str, status: int) -> None:
    client = browser(lived, "owner")
    assert client.get(f"/console/figures/{query}").status_code == status
    assert client.get(f"/console/figures.csv{query}").status_code == status


def test_the_table_opens_in_a_spreadsheet_with_its_words(lived: Hall) -> None:
    client = browser(lived, "owner")
    client.cookies["onedoor_language"] = "en"
    answer = client.get("/console/figures.csv?by=centre")
    assert answer["Content-Type"] == "text/csv; charset=utf-8" and answer.content.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:4] == ["Centre", "Code", "Period", "People served"]
    assert row[:2] == ["Saysettha", lived.code] and row[3] == "2"
    client.cookies["onedoor_language"] = "lo"
    assert "ສູນ" in client.get("/console/figures.csv?by=centre").content.decode().splitlines()[0]


def test_a_name_that_is_a_formula_is_shown_and_not_run(lived: Hall) -> None:
    with everything("a test renames"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE centres_centre DISABLE TRIGGER USER")
        cursor.execute(
            """UPDATE centres_centre SET name = '{"lo": "=HYPERLINK(\\"x\\")", "en": "@SUM(1)"}' WHERE code = %s""",
            [lived.code],
        )
        cursor.execute("ALTER TABLE centres_centre ENABLE TRIGGER USER")
    client = browser(lived, "owner")
    for language, shown in (("lo", "'=HYPERLINK"), ("en", "'@SUM(1)")):
        client.cookies["onedoor_language"] = language
        rows = list(csv.reader(io.StringIO(client.get("/console/figures.csv").content.decode("utf-8-sig"))))
        assert rows[1][0].startswith(shown)


@given(st.text(max_size=30))
def test_no_text_begins_a_formula(text: str) -> None:
    made = cell(text)
    assert isinstance(made, str)
    assert not made.lstrip(" \u00a0\u200b\ufeff").startswith(
        ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    )


def test_numbers_stay_numbers() -> None:
    assert cell(-5) == -5 and cell(None) is None and cell("Pek") == "Pek"


def test_the_country_page_asks_a_fixed_number_of_questions(lived: Hall) -> None:
    client = browser(lived, "owner")
    for page, most in (("/console/", 30), ("/console/figures/", 22), ("/console/monday/", 40)):
        client.get(page)
        with CaptureQueriesContext(connection) as held:
            client.get(page)
        assert len(held) <= most, (page, len(held))
