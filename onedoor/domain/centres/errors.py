"""What can go wrong with centres, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


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


class HoursAreWrong(Invalid):
    """Opening hours that end before they begin, or overlap."""

    message = _("The opening hours are not possible.")


class CounterStateIsWrong(Invalid):
    """A counter is open or closed, nothing else."""

    message = _("A counter is either open or closed.")
