"""Reading the roster of greeters and volunteers."""

from datetime import date
from uuid import UUID

from onedoor.domain.centres.models import Duty, Helper
from onedoor.domain.centres.rules.roster import DutyView, HelperView
from onedoor.kernel.crypto import keyring


def helpers(centre: UUID) -> list[HelperView]:
    """The helpers of a centre by name, those whose time is over last, without those who were forgotten."""
    return [
        helper_view(row) for row in Helper.objects.filter(centre=centre, forgotten_on=None).order_by("name")
    ]


def duties(centre: UUID, first: date, last: date) -> list[DutyView]:
    """Who is on duty at a centre from a day to another, by day and begin; two statements."""
    rows = Duty.objects.filter(centre=centre, day__range=(first, last), cancelled=False)
    listed = list(rows.order_by("day", "starts", "id"))
    known = {
        row.id: helper_view(row) for row in Helper.objects.filter(id__in={one.helper_id for one in listed})
    }
    return [
        DutyView(
            id=row.id,
            helper=known[row.helper_id],
            day=row.day,
            starts=row.starts,
            ends=row.ends,
            place=row.place,
        )
        for row in listed
        if row.helper_id in known
    ]


def helper_view(row: Helper) -> HelperView:
    """A row as readers get it."""
    return HelperView(
        id=row.id,
        centre=row.centre_id,
        kind=row.kind,
        name=row.name,
        languages=tuple(row.languages),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        trained_on=row.trained_on,
        consent_on=row.consent_on,
        phone=keyring().unwrap(bytes(row.phone)).decode() if row.phone else "",
    )
