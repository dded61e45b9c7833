"""Numbers of a centre's receipts that have no receipt here and that no closed day has declared yet."""

from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import require, unit
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments.models import Day, holes_in
from onedoor.domain.payments.permissions import READ
from onedoor.domain.payments.queries.drawers import OURS
from onedoor.domain.payments.rules import SERIES, Lost, Missing, lost_of, years_of
from onedoor.kernel.numbers import compose, restored, runs
from onedoor.kernel.scope import Actor, everything


def lost_numbers(*, by: Actor, centre: UUID) -> list[Lost]:
    """What the head of a centre still has to declare at a day's close."""
    require(by, READ, at=centre)
    return undeclared(centre)


def undeclared(centre: UUID) -> list[Lost]:
    """As `lost_numbers`, for callers that have asked for the permission."""
    place, zone = unit(centre).code, ZoneInfo(centre_of(centre).zone)
    drawn = runs(place=place, series=SERIES)
    years = {number: at.astimezone(zone).year for number, at in restored().items()}
    with everything(OURS):
        contents = Day.objects.filter(centre_id=centre, content__has_key="lost")
        told = [each for held in contents.values_list("content", flat=True) for each in held["lost"]]
    holes = [
        Missing(year=run.year, generation=run.generation, first=first, last=last)
        for run in drawn
        for first, last in holes_in(centre, prefix=_prefix(place, run.year, run.generation), last=run.last)
    ]
    return lost_of(
        holes=holes,
        ended=years_of(drawn, years),
        declared={each["key"] for each in told},
        place=place,
        series=SERIES,
    )


def _prefix(place: str, year: int, generation: int) -> str:
    """What every number of a run begins with."""
    return compose(place=place, year=year, series=SERIES, generation=generation, serial=0)[:-8]
