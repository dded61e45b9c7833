"""What can go wrong when people speak, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


class NoSuchRating(Missing):
    """Nobody is asked for a rating under this token."""

    message = _("There is nothing to rate here.")


class AlreadyAnswered(Conflict):
    """The visit was rated, or the rating declined, before."""

    message = _("This visit has been rated already. Thank you.")


class RatingIsOver(Conflict):
    """The time for an answer has run out."""

    message = _("The time for rating this visit is over.")


class ScoreInvalid(Invalid):
    """A score is a whole number from 1 to 5."""

    message = _("Choose one of the five faces.")


class TextMissing(Invalid):
    """A complaint says something."""

    message = _("Write what happened.")


class AnswerMissing(Invalid):
    """An answer says something."""

    message = _("Write the answer.")


class TextTooLong(Invalid):
    """More than fits."""

    message = _("The text is too long.")


class TopicUnknown(Invalid):
    """The topic is none of the list."""

    message = _("Choose what the complaint is about.")


class NoSuchComplaint(Missing):
    """There is no such complaint, or not in the actor's reach."""

    message = _("There is no such complaint.")


class ComplaintIsAnswered(Conflict):
    """Somebody answered it before."""

    message = _("The complaint has been answered.")
