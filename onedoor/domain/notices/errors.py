"""What can go wrong with messages, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


class NoSuchNotice(Missing):
    """There is no such message, or not in the actor's reach."""

    message = _("There is no such message.")


class KindUnknown(Invalid):
    """Messages are of the kinds of the list."""

    message = _("There is no message of this kind.")


class ValueIsMissing(Invalid):
    """A sentence has places, and each is filled."""

    message = _("A value that the message says is missing.")


class WordingInvalid(Invalid):
    """The words of a message say its values and nothing else, in each language, in four parts at most."""

    message = _("The wording of this message does not fit.")


class NotToBeTriedAgain(Conflict):
    """Only what failed is tried again."""

    message = _("Only a message that failed can be tried again.")


class BoardInvalid(Invalid):
    """A board has a short code, one to three columns, and zones of its centre."""

    message = _("This layout of a board is not possible.")


class PosterInvalid(Invalid):
    """A poster says something short in Lao and English, from a day to a day."""

    message = _("Write a short text in Lao and in English, and days that are still to come.")


class NoSuchPoster(Missing):
    """There is no such poster, or not in the actor's reach."""

    message = _("There is no such text.")
