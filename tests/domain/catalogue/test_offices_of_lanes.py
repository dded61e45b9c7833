"""Whose office a lane means: an unknown one stops, one that some places do not have is said."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils.translation import override

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from tests.factories.offices import role, unit
from tests.factories.registry import PACK
from tests.factories.services import service

DRAWN = (PACK / "services/birth-registration/process.bpmn").read_text()
BACK = 'onedoor:unit="authority"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bound", "said", "stops"),
    [
        (BACK, "", False),
        ('onedoor:unit="district-office"', "2 places have no such office", False),
        ('onedoor:unit="province-office"', "", False),
        ('onedoor:unit="authority" onedoor:of="NOBODY"', "“NOBODY”", True),
    ],
)
def test_lanes_of_offices_are_looked_at(at: datetime, bound: str, said: str, stops: bool) -> None:
    view = service(at=at, code="small", en="Small")
    role("officer", at=at)
    role("ministry_officer", at=at, audience="back")
    province = unit("77", at=at)
    for code in ("7701", "7702"):
        unit(code, at=at, kind="district", parent=province)
    documents = catalogue.documents_of(view.version_id)
    unit(f"{unit_code(view)}-77", at=at, kind="office", tree="authority", parent=view.authority)
    drawn = replace(documents, process=DRAWN.replace(BACK, bound))
    with override("en"):
        found = [each for each in catalogue.problems_of(drawn) if each.place == "back"]
    assert [each.stops for each in found] == ([stops] if said else [])
    assert said in "".join(str(each.sentence) for each in found)


def unit_code(view: catalogue.ServiceView) -> str:
    """The code of the unit that answers for a service."""
    return access.unit(view.authority).code
