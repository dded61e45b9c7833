"""What can go wrong with services, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Invalid, Missing


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
