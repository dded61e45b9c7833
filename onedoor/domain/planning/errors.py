"""Refusals of planning, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


class NoSuchExperiment(Missing):
    """There is none, or it is another ministry's."""

    message = _("There is no such experiment.")


class NoLogHere(Missing):
    """No log of an earlier system was loaded for this service."""

    message = _("No log of an earlier system was loaded for this service.")


class StepsDoNotFollow(Invalid):
    """Only a step that always leads to the other can be merged with it."""

    message = _(
        "These two steps cannot be merged: the first must always lead to the second, and to nothing else."
    )


class LimitIsUnknown(Invalid):
    """The tables have no such limit, or the new one is no number."""

    message = _("The tables of this service have no such limit, or the new one is not a number.")


class NothingToTry(Invalid):
    """Neither a draft, nor an edition, nor a change was chosen."""

    message = _("Choose what to try: a draft, another edition, or a change.")


class TablesHaveGaps(Invalid):
    """The tables no longer hold with this change."""

    message = _("With this change the tables of the service no longer hold.")


class PeriodIsNotClear(Invalid):
    """The days are none, or in the wrong order, or too far apart."""

    message = _("Choose a first and a last day, at most two years apart and not in the future.")


class TooManyExperiments(Conflict):
    """Experiments wait already; they are done one after the other."""

    message = _("Ten experiments wait already. Wait until some of them are done.")
