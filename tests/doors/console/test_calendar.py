"""The calendar of the year: who may change it, what is refused, what the change moved."""

from onedoor.domain.access import api as access
from onedoor.domain.cases.models import Recount
from onedoor.domain.centres.models import Holiday
from onedoor.kernel.clock import now
from tests.factories.browsers import at_work
from tests.factories.hall import officer
from tests.factories.registry import registry


def test_a_holiday_is_declared_and_taken_back(db: None) -> None:
    world = registry(at=now(), always_open=True)
    country = access.units(kind="country")[0].id
    owner = officer(at=now(), username="owner", unit=country, permissions=["centres.calendar"], role="owner")
    console = at_work(owner)
    year = now().year + 1
    form = {"day": f"{year}-06-01", "name_lo": "ວັນພັກ", "name_en": "A day", "source": "Notice 1"}
    for wrong in (
        {"day": "x"},
        {"day": "9999-01-01"},
        {"day": "2026-01-05"},
        {"do": "cancel", "day": "2026-01-05"},
        {"day": f"{year}-02-30"},
        {"name_lo": ""},
        {"source": ""},
    ):
        assert console.post("/console/calendar/", {**form, **wrong}).status_code == 422
    assert not Holiday.objects.exists()
    for _ in range(2):  # declared twice is declared once
        assert console.post("/console/calendar/", form).status_code == 302
    assert Holiday.objects.count() == 1
    assert "Notice 1" in console.get(f"/console/calendar/?year={year}").content.decode()
    assert console.get("/console/calendar/?year=x").status_code == 200
    gone = {"do": "cancel", "day": form["day"], "source": "Notice 2"}
    assert console.post("/console/calendar/", gone).status_code == 302
    assert "Notice 1" not in console.get(f"/console/calendar/?year={year}").content.decode()
    change = Recount.objects.create(at=now())
    assert console.get(f"/console/calendar/changes/{change.id}/").status_code == 200
    assert at_work(world.decider).get("/console/calendar/").status_code == 403
