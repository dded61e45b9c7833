"""What access refuses, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused


class NotPermitted(Refused):
    """None of the actor's roles at this unit carries the permission."""

    message = _("Your role does not permit this.")


class OutOfReach(Missing):
    """The unit lies outside everything that the actor was granted, so it does not exist for them."""


class UnknownUnit(Missing):
    """No unit has this id or code."""

    message = _("No such unit is known.")


class UnknownLogin(Missing):
    """No login has this id or user name."""

    message = _("No such login is known.")


class Unknown(Invalid):
    """Something named by its code is not known; the sentence ends with the code."""

    def __init__(self, *, code: str, field: str) -> None:
        super().__init__(f"{self.message} ({code})", field=field)


class UnknownRole(Unknown):
    """No role has this code."""

    message = _("No such role is known.")


class RoleWithoutScope(Invalid):
    """A token would get the lanes of a role without a scope to work in them."""

    message = _(
        "This role's lanes ask for none of the scopes. Give the token one of them, or leave the role out."
    )


class UnknownPermission(Unknown):
    """No context declared this permission."""

    message = _("No such permission is known.")


class UnitInsideItself(Invalid):
    """A unit would become its own ancestor."""

    message = _("A unit cannot lie inside itself.")


class UnitChangesTree(Invalid):
    """A unit and its parent belong to different trees, or a unit would leave its tree."""

    message = _("A unit cannot lie in another tree than its parent.")


class NeedsAnEnd(Invalid):
    """An auditor's grant has a last day."""

    message = _("An auditor is let in for a time: give the day on which it ends.")


class EndsBeforeItBegins(Invalid):
    """A validity that ends on or before its first day."""

    message = _("The last day lies before the first day.")


class SuccessorOfAValidUnit(Invalid):
    """A unit names successors though it has no end."""

    message = _("A unit with successors needs the day on which it ends.")


class OwnGrant(Refused):
    """Nobody gives a role to themselves."""

    message = _("You cannot give a role to yourself.")


class NameTaken(Conflict):
    """Another login has this user name."""

    message = _("This user name is already in use.")


class WeakPassword(Invalid):
    """The password is too short or too common."""

    message = _("Choose a longer password that is not a common word.")


class NotInDemonstration(Refused):
    """Codes of demonstration logins exist only in demonstration mode."""

    message = _("This works only in the demonstration.")
