"""What can go wrong when somebody watches, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


class OutOfSight(Missing):
    """The centre, service or province is not among what one may watch (or there is none)."""

    message = _("There is no such place or service among those that you may watch.")


class NotAPeriod(Invalid):
    """A period is a year or a month."""

    message = _("A period is a year, such as 2026, or a month, such as 2026-03.")


class NotAMeasure(Invalid):
    """The measure is none of the list."""

    message = _("There is no such measure.")


class NotAGrouping(Invalid):
    """Figures are grouped in one of a few ways."""

    message = _("Figures cannot be grouped like this.")


class NotAStandard(Invalid):
    """A standard has a known measure, and a share from 1 to 100."""

    message = _("A standard has a limit and a share between 1 and 100.")


class NotATile(Invalid):
    """A tile of the map has a column and a row of its own."""

    message = _("A tile of the map needs a column and a row that no other unit has.")


class NotASample(Invalid):
    """A sample has a seed and a size."""

    message = _("A sample needs a seed of at most 60 signs, and a number of cases from 1 to 200.")


class ProofNotReady(Conflict):
    """The case moved in this minute; the chain's head is signed each minute."""

    message = _("The last steps of this case are sealed within a minute. Try again then.")


class NotACamera(Invalid):
    """A camera has a name of its own in its hall, a kind, and an address without a password; a look has a reason."""

    message = _(
        "A camera needs a name that no other camera of this hall has, and an address that begins with http:// or"
        " https:// and holds no password. To look through it, say why."
    )


class CameraChanged(Conflict):
    """Somebody else changed the camera since it was read."""

    message = _("Somebody else has changed this camera meanwhile. Look at it again.")


class NotADay(Invalid):
    """The instant of a replay is a past day with a time of it."""

    message = _("Choose a day that is over or today, and a time such as 09:30.")
