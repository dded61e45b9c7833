"""What can go wrong with a person's record, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Invalid, Missing


class UnknownPerson(Missing):
    """There is no such person here."""

    message = _("This person was not found.")


class NameIsMissing(Invalid):
    """A person needs a name in at least one script."""

    message = _("A name is needed, in Lao or in Latin script.")


class NotASex(Invalid):
    """The value is not one that the register knows."""

    message = _("This value is not known here.")


class BirthDateIsInTheFuture(Invalid):
    """Nobody is born tomorrow."""

    message = _("The date of birth lies in the future.")


class PhoneIsNotValid(Invalid):
    """Not a Lao telephone number."""

    message = _("A Lao telephone number is 020 and 8 digits, or 030 and 7.")
