"""A mobile unit that brings a hall's services, and its stops."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from onedoor.domain.centres import api as centres
from tests.factories import offices
from tests.factories.hall import Hall
from tests.factories.offices import SYSTEM


def unit(here: Hall, at: datetime) -> UUID:
    """A mobile unit that may bring the hall's two services."""
    id = offices.unit(at=at, code="M-01", kind="centre", tree="territory", parent=here.district)
    offers = [
        centres.Offer(service=one, valid_from=date(2024, 1, 1), capacity=30)
        for one in (here.birth, here.document)
    ]
    centres.save_centre(
        by=SYSTEM,
        at=at,
        id=id,
        code="M-01",
        name={"lo": "ໜ່ວຍເຄື່ອນທີ່", "en": "Mobile unit"},
        district=here.district,
        demonstration=True,
        offers=offers,
        kind="mobile",
    )
    return id


def stop(here: Hall, unit: UUID, day: date, **about: object) -> centres.StopView:
    """A stop in a village of the hall's district, as it is proposed."""
    held = centres.StopView(
        id=None,
        centre=unit,
        district=here.district,
        village="ບ້ານ ນາໄຊ",
        day=day,
        opens=time(9),
        closes=time(15),
        services=(here.birth,),
        capacity=20,
    )
    return replace(held, **about)  # type: ignore[arg-type]
