"""What ending a day would do, whose places were kept, and for which day a place can be kept."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext as _

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Appointment, Ticket
from onedoor.domain.queue.queries.appointments import code_of
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.appointments import Standing
from onedoor.domain.queue.rules.keeping import KEPT_AT_ONCE, KEPT_IN_THE_EVENING, Keeping, keeping
from onedoor.kernel.i18n import format_date, format_datetime, format_time
from onedoor.kernel.scope import everything, open_scope


def day_after(view: centres.CentreView, *, service: UUID, day: date, at: datetime) -> date | None:
    """The next day for which a place of a day can be kept: today too, for a day that is over, while today's hours last."""
    today = today_of(view, at)
    after = day if day >= today else today - timedelta(days=1) if lasts(view, today, at) else today
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
    after = {
        service: centres.next_day_of(view, service=service, after=last) for service, _people, _day in rows
    }
    return keeping((service, people, after[service]) for service, people, _day in rows)


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


def day_words(ticket: Ticket, *, at: datetime) -> str:
    """What a ticket of another day, or one whose place was kept, has to say to whoever holds it; empty for any other."""
    view = centres.centre(ticket.centre_id)
    today, zone = today_of(view, at), ZoneInfo(view.zone)
    promised = _promised(ticket, zone) if ticket.status == Status.LEFT and ticket.appointment_id else ""
    if promised:
        return promised
    about = {"day": format_date(ticket.day, "full"), "time": format_time(ticket.issued_at.astimezone(zone))}
    if ticket.day < today:
        return _("This ticket was for %(day)s and is over. Take a new one, or ask at the reception.") % about
    if ticket.kept_from is None or ticket.status != Status.WAITING:
        return ""
    if ticket.day > today:
        return (
            _(
                "Your place is kept for %(day)s: you go first from %(time)s, with this ticket. If you are called before "
                "you come, tell the reception; you are called again until closing."
            )
            % about
        )
    return _("Your place was kept from %(from)s: you go first.") % {
        "from": format_date(ticket.kept_from, "full")
    }


def _promised(ticket: Ticket, zone: ZoneInfo) -> str:
    """The appointment that was given in place of the ticket; empty where the ticket was given for an appointment."""
    if ticket.appointment_id is None:
        return ""
    with everything("who holds a ticket reads what became of it"):
        held = Appointment.objects.filter(id=ticket.appointment_id).exclude(visit=ticket.visit).first()
    if held is None or held.standing != Standing.BOOKED or held.starts_at is None:
        return ""
    about = {"when": format_datetime(held.starts_at.astimezone(zone), "short"), "code": code_of(held.id)}
    return _("In place of this ticket you have an appointment: %(when)s. Your code is %(code)s.") % about


def _standing(
    centre: UUID, days: Collection[date], statuses: Iterable[Status]
) -> list[tuple[UUID, int, date]]:
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day__in=days, status__in=list(statuses))
        return list(rows.values_list("service_id", "people", "day"))


def _keeping(view: centres.CentreView, rows: list[tuple[UUID, int, date]], *, at: datetime) -> Keeping:
    until = {
        (service, day): day_after(view, service=service, day=day, at=at) for service, _people, day in rows
    }
    return keeping((service, people, until[service, day]) for service, people, day in rows)


def lasts(view: centres.CentreView, day: date, at: datetime) -> bool:
    """Whether a day of today or later still has hours that are not over."""
    local = at.astimezone(ZoneInfo(view.zone))
    periods = centres.opening_of(view, day)
    return any(day > local.date() or local.time() < closes for _, closes in periods)


def waiting_on(centre: UUID, *, day: date) -> list[Ticket]:
    """Who waits on a day or is held, in the order of the line; the caller has opened the scope."""
    rows = Ticket.objects.filter(centre_id=centre, day=day, status__in=KEPT_IN_THE_EVENING)
    return list(rows.order_by("place", "id"))


def kept_days(centre: UUID, *, since: date) -> list[date]:
    """The days from this one on for which places were kept; the caller has opened the scope."""
    rows = Ticket.objects.filter(centre_id=centre, day__gte=since, kept_from__isnull=False)
    return sorted(
        set(rows.exclude(status__in=(Status.CARRIED_OVER, Status.LEFT)).values_list("day", flat=True))
    )
