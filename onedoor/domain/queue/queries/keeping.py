"""What ending a day would do, whose places were kept, and for which day a place can be kept."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.keeping import KEPT_AT_ONCE, KEPT_IN_THE_EVENING, Keeping, keeping
from onedoor.kernel.scope import open_scope


def day_after(view: centres.CentreView, *, service: UUID, day: date, at: datetime) -> date | None:
    """The next day for which a place of a day can be kept: today too, for a day that is over, while today's hours last."""
    today = today_of(view, at)
    after = day if day >= today else today - timedelta(days=1) if _lasts(view, today, at) else today
    return centres.next_day_of(view, service=service, after=after)


def would_keep(centre: UUID, *, at: datetime, at_once: bool = False) -> Keeping:
    """What ending the day now would do; ``at_once`` for a closure, at which nobody is served to the end."""
    view = centres.centre(centre)
    day = today_of(view, at)
    rows = _standing(centre, [day], KEPT_AT_ONCE if at_once else KEPT_IN_THE_EVENING)
    return _keeping(view, rows, at=at)


def would_close(centre: UUID, *, days: Collection[date], at: datetime) -> Keeping:
    """Whose places of these days a closure would move, and to when; counted as if the days were closed."""
    view = centres.centre(centre)
    rows = _standing(centre, days, KEPT_AT_ONCE)
    last = max(days)
    after = {service: centres.next_day_of(view, service=service, after=last) for service, _, _ in rows}
    return keeping((service, people, after[service]) for service, people, _ in rows)


def kept_on(centre: UUID, *, day: date) -> list[Ticket]:
    """The places that were kept for a day, in their order; the caller has opened the scope."""
    rows = Ticket.objects.filter(centre_id=centre, day=day, kept_from__isnull=False)
    return list(rows.exclude(status__in=(Status.CARRIED_OVER, Status.LEFT)).order_by("place", "id"))


def last_call(centre: UUID, *, day: date) -> datetime | None:
    """When somebody was called last on a day; None when nobody was."""
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day=day)
        last: datetime | None = rows.aggregate(last=Max("called_at"))["last"]
    return last


def _standing(
    centre: UUID, days: Collection[date], statuses: Iterable[Status]
) -> list[tuple[UUID, int, date]]:
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day__in=days, status__in=list(statuses))
        return list(rows.values_list("service_id", "people", "day"))


def _keeping(view: centres.CentreView, rows: list[tuple[UUID, int, date]], *, at: datetime) -> Keeping:
    until = {(service, day): day_after(view, service=service, day=day, at=at) for service, _, day in rows}
    return keeping((service, people, until[service, day]) for service, people, day in rows)


def _lasts(view: centres.CentreView, day: date, at: datetime) -> bool:
    """Whether a day's hours are not over yet."""
    local = at.astimezone(ZoneInfo(view.zone)).time()
    return any(local < closes for _, closes in centres.opening_of(view, day))
