"""What can go wrong with services, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused


class UnknownService(Missing):
    """No service has this code or id."""

    message = _("There is no such service.")


class ServiceIsNotComplete(Invalid):
    """A service cannot be published as it stands; the reason says what is missing."""

    message = _("The service is not complete.")


class NoProcess(Missing):
    """The service is listed, but nobody has drawn its process: no case can be opened."""

    message = _("This service cannot be applied for here yet.")


class FeeNeedsAnswer(Invalid):
    """The fee goes by an answer that is missing or outside the fee table; the field names the question."""

    message = _("The fee cannot be worked out: this answer is missing or outside the fee table.")


class NoSuchDraft(Missing):
    """No draft has this id, or it is another ministry's."""

    message = _("There is no such draft.")


class DraftHasChanged(Conflict):
    """Somebody else saved the draft since it was read."""

    message = _("Somebody else has saved this draft in the meantime. Nothing was saved; look again.")


class DraftIsClosed(Conflict):
    """The draft is not in the state that this needs: it was sent, approved, released or given up."""

    message = _("This draft is not open for this any more.")


class DraftHasProblems(Invalid):
    """The check found something that stops the draft."""

    message = _("The check found problems that must be mended first.")


class WroteItThemselves(Refused):
    """Who wrote in a draft neither approves nor releases it."""

    message = _("Whoever wrote in a draft cannot approve or release it: a second person must.")


class DraftIsBehind(Conflict):
    """Another edition was published after the draft was begun."""

    message = _(
        "Another edition was published after this draft was begun. Begin a new draft from it and carry the changes over."
    )


class NotInForce(Conflict):
    """No edition of the service applies on this day at this centre: it comes later, is tried out elsewhere, or was withdrawn."""

    message = _("This service is not open here on this day.")


class CannotBegin(Invalid):
    """An edition cannot begin on this day: it lies in the past, or before another one begins or ends."""

    message = _("The edition cannot begin on this day.")
