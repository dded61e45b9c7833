"""What can go wrong with centres, as sentences."""

from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused
from onedoor.kernel.i18n import format_date


class UnknownCentre(Missing):
    """No centre has this code or id."""

    message = _("There is no such centre.")


class UnknownCounter(Missing):
    """No counter has this id."""

    message = _("There is no such counter.")


class NoCalendar(Missing):
    """Neither the unit nor any unit above it has an office calendar."""

    message = _("No office calendar is set for this place.")


class ServiceIsNotOfferedHere(Conflict):
    """The centre does not offer this service on this day."""

    message = _("This service is not offered at this centre today.")


class CentreIsClosed(Conflict):
    """The centre is not open at this moment."""

    message = _("The centre is closed now.")


class DayIsOver(Invalid):
    """What was due on a day that is over was due; it is no holiday afterwards."""

    message = _("This day is over. A holiday is declared or taken back for today or a later day.")


class HoursAreWrong(Invalid):
    """Opening hours that end before they begin, or overlap."""

    message = _("The opening hours are not possible.")


class CounterIsWrong(Invalid):
    """A counter that cannot be; names the field and the reason."""

    message = _("This counter is not possible.")


class CounterStateIsWrong(Invalid):
    """A counter is open or closed, nothing else."""

    message = _("A counter is either open or closed.")


class OfferIsWrong(Invalid):
    """An offer that cannot be: names the field and the reason."""

    message = _("The offer is not possible.")


class OfferHasEnded(Conflict):
    """There is nothing left to withdraw."""

    message = _("This service is not offered here any more.")


class SpaceIsWrong(Invalid):
    """A count of rooms or posts that cannot be."""

    message = _("This count is not possible.")


class PromiseIsWrong(Invalid):
    """A promise that cannot be: names the field and the reason."""

    message = _("The promise is not possible.")


class PromiseIsSettled(Conflict):
    """A promise that was kept, or taken back before, is history."""

    message = _("This promise was kept or taken back already.")


class UnknownCommitment(Missing):
    """No commitment has this id."""

    message = _("There is no such promise.")


def gone_from_here(*, last_day: date, reason: str, nearest: str) -> Any:
    """The sentence for a service that was withdrawn from a centre: since when, why, and where it still is."""
    about = {"day": format_date(last_day, "full"), "reason": reason, "place": nearest}
    if not nearest:
        return (
            _("This service was withdrawn from this centre. Its last day was %(day)s. Reason: %(reason)s")
            % about
        )
    return (
        _(
            "This service was withdrawn from this centre. Its last day was %(day)s. Reason: %(reason)s"
            " The nearest centre that offers it: %(place)s."
        )
        % about
    )


def not_today(following: date | None) -> Any:
    """The sentence for a service that is not offered today, with the next day on which it is."""
    if following is None:
        return _("This service is not offered at this centre.")
    about = {"day": format_date(following, "full")}
    return _("This service is not offered at this centre today. The next day is %(day)s.") % about


def full_today(following: date | None) -> Any:
    """The sentence for a service whose places of today are taken, with the next day on which it is offered."""
    if following is None:
        return _("All places for this service are taken today.")
    about = {"day": format_date(following, "full")}
    return _("All places for this service are taken today. The next day is %(day)s.") % about


def stop_full(village: str, day: date | None, hours: tuple[time, time] | None) -> Any:
    """The sentence for a stop of a mobile unit that has no room left, with the one after it."""
    if day is None or hours is None:
        return _("This stop is full: as many people are booked or have come as it can serve.")
    about = {
        "village": village,
        "day": format_date(day, "full"),
        "opens": f"{hours[0]:%H:%M}",
        "closes": f"{hours[1]:%H:%M}",
    }
    return _("This stop is full. The unit comes to %(village)s on %(day)s, %(opens)s to %(closes)s.") % about


def closed_now(reason: str, *, evening: bool, again: date | None) -> Any:
    """The sentence for a centre that was closed out of turn, or whose day was ended, with the day on which it opens again."""
    about = {"reason": reason, "day": format_date(again, "full") if again else ""}
    if evening:
        if again is None:
            return _("No more tickets are given today.")
        return _("No more tickets are given today. The centre opens again on %(day)s.") % about
    if again is None:
        return _("The centre is closed: %(reason)s.") % about
    return _("The centre is closed: %(reason)s. It opens again on %(day)s.") % about


class ClosureIsWrong(Invalid):
    """A closure that names no reason, lies in the past or meets another one."""

    message = _("The centre cannot be closed so.")


class ClosureUnknown(Missing):
    """No closure in force has this id."""

    message = _("There is no such closure, or the centre is open again.")


class ShiftIsWrong(Invalid):
    """A shift that cannot be: names the field and the reason."""

    message = _("The shift is not possible.")


class OfficerIsPlanned(Conflict):
    """The officer is planned at these hours already."""

    message = _("This officer is planned at these hours already.")


class CounterIsPlanned(Conflict):
    """Another officer is planned at the counter at these hours."""

    message = _("Another officer is planned at this counter at these hours.")


class UnknownShift(Missing):
    """No planned shift has this id."""

    message = _("There is no such shift, or it was cancelled.")


class NotStaffHere(Invalid):
    """Only who works at the centre is planned there, or said to serve something there."""

    message = _("This officer does not work at this centre.")


class NobodyAsks(Conflict):
    """There is no exchange of this shift to decide on."""

    message = _("Nobody asks to take this shift any more.")


class ShiftIsNotOffered(Conflict):
    """Nobody gives this shift away any more."""

    message = _("This shift is not offered any more.")


class BreakIsWrong(Invalid):
    """A break of less than five minutes or more than two hours."""

    message = _("A break lasts 5 to 120 minutes.")


class NobodySitsHere(Conflict):
    """The officer does not sit at this counter, so she can neither rise nor go for a break."""

    message = _("You have not sat down at this counter today.")


class SkillsAreWrong(Invalid):
    """Skills that cannot be: names the field and the reason."""

    message = _("These skills are not possible.")


class CheckIsWrong(Invalid):
    """A check of what is not on the list, of another day, or of what only a machine measures."""

    message = _("This cannot be checked so.")


class ChecklistIsSigned(Conflict):
    """A signed list stays as it was signed."""

    message = _("This list was signed already.")


class HelperIsWrong(Invalid):
    """A helper or duty that cannot be: names the field and the reason."""

    message = _("The entry is not possible.")


class UnknownHelper(Missing):
    """No helper or duty has this id, or what was kept of them is gone."""

    message = _("There is no such helper.")


class StopIsWrong(Invalid):
    """A stop that cannot be: names the field and the reason."""

    message = _("The stop is not possible.")


class UnknownStop(Missing):
    """No stop has this id."""

    message = _("There is no such stop.")


class StopIsSettled(Conflict):
    """A stop that was cancelled, is open or over is not planned anew."""

    message = _("This stop was cancelled, is open or over.")


class RequestIsWrong(Invalid):
    """A request of a village that cannot be: names the field and the reason."""

    message = _("The request is not possible.")


class TooManyRequests(Refused):
    """One place on the network asked for too many visits today, or too many asked for one district."""

    status = 429
    message = _("Enough requests were sent from here today. Send the next one tomorrow.")
