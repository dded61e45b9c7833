"""All cases: found, narrowed, turned page by page; one case with its history; the look is recorded."""

from pathlib import Path

import pytest

from onedoor.domain.access.models import Sight
from onedoor.domain.cases.models import Case
from onedoor.doors.office import finding
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from onedoor.tools.xes.replay import load
from tests.factories.browsers import at_work
from tests.factories.registry import Registry, received
from tests.tools.xes.logs import log, written


def test_the_list_the_search_and_the_case(world: Registry) -> None:
    got = received(world, at=now())
    office = at_work(world.decider)
    for query in (
        "",
        "?q=vongxay",
        f"?q={got.number}",
        f"?service={world.birth}&due=",
        "?status=in_progress",
    ):
        page = office.get(f"/office/cases/{query}")
        assert page.status_code == 200 and got.number in page.content.decode(), query
        assert "Dao" not in page.content.decode()
    assert got.number not in office.get("/office/cases/?q=nobody").content.decode()
    before = Sight.objects.count()
    shown = office.get(f"/office/cases/{got.case}/").content.decode()
    assert "Dao Vongxay" in shown and Sight.objects.count() == before + 1
    assert at_work(world.other_decider).get(f"/office/cases/{got.case}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=a",
        "status=x",
        "due=x",
        "service=x",
        "since=yesterday",
        "until=9999-99-99",
        "until=9999-12-31",
        "after=x",
        "since=0001-01-01",
    ],
)
def test_what_is_no_filter_is_said_and_nothing_is_listed(world: Registry, query: str) -> None:
    page = at_work(world.decider).get(f"/office/cases/?{query}")
    assert page.status_code == 422 and "error-summary" in page.content.decode()


def test_pages_follow_each_other(world: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 1)
    first, second = (received(world, at=now()).number for _ in range(2))
    office = at_work(world.decider)
    page = office.get("/office/cases/").content.decode()
    assert second in page and first not in page
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    page = office.get(more).content.decode()
    assert first in page and second not in page and 'rel="next"' not in page


def test_a_case_of_an_earlier_system_shows_its_history(world: Registry, tmp_path: Path) -> None:
    load(written(tmp_path, log()), service=world.birth, centre=world.centre, name=None, at=now())
    with everything("a test looks at all"):
        case = Case.objects.get(trace__name="A-2")
    office = at_work(world.decider)
    assert "A-2" in office.get("/office/cases/?q=A-2").content.decode()
    office.cookies["onedoor_language"] = "en"
    left_open = office.get("/office/cases/?q=A-3").content.decode()
    assert "from a log" in left_open and "verdue by" not in left_open and "days late" not in left_open
    shown = office.get(f"/office/cases/{case.id}/").content.decode()
    assert shown.count("receive") == 2 and shown.count("check</p>") + shown.count("check <") >= 2
    assert "A-2" in shown and "R2" in shown
