"""What can go wrong with money, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused


class NoSuchCharge(Missing):
    """There is no such charge, or not in the actor's reach."""

    message = _("There is no such charge.")


class NoSuchReceipt(Missing):
    """There is no such receipt, or number and code do not belong together."""

    message = _("No receipt has this number and code.")


class NoSuchTransfer(Missing):
    """There is no such transfer, or not in the actor's reach."""

    message = _("There is no such transfer.")


class TransferIsAsked(Conflict):
    """One transfer of a drawer at a time."""

    message = _("A transfer of this drawer waits for the second person. It must be answered first.")


class TransferIsAnswered(Conflict):
    """It was confirmed, refused or has lapsed."""

    message = _("This transfer has been answered already.")


class NothingToMove(Invalid):
    """No note was counted."""

    message = _("Count at least one banknote.")


class WayMissing(Invalid):
    """A transfer goes to the safe or to the drawer."""

    message = _("Choose whether the money goes to the safe or to the drawer.")


class NoSuchSession(Missing):
    """There is no such cash session, or not in the actor's reach."""

    message = _("There is no such cash session.")


class NoTariff(Missing):
    """No tariff was loaded."""

    message = _("No tariff has been published yet.")


class AmountInvalid(Invalid):
    """Not a whole number of kip that can be paid in notes."""

    message = _("Write a whole amount in kip that can be paid in notes.")


class NotesInvalid(Invalid):
    """A count of notes that cannot be."""

    message = _("Write how many notes there are, as whole numbers from 0 to 99.999.")


class TooLittle(Invalid):
    """Less was given than is owed."""

    message = _("This is less than the amount to pay.")


class ChangeInvalid(Invalid):
    """More change than is due."""

    message = _("This is more change than is due.")


class ChangeNotInDrawer(Conflict):
    """The drawer does not hold this much."""

    message = _("The drawer does not hold this much change. Record what is missing as owed.")


class NotInTariff(Invalid):
    """Nothing but the two tariffs can be charged."""

    message = _("Only what stands in the public tariff can be charged.")


class AboveCeiling(Invalid):
    """An incidental charge above the ceiling of the tariff."""

    message = _("This is above the ceiling of the public tariff.")


class NothingToPay(Conflict):
    """Neither a fee nor an incidental charge."""

    message = _("There is nothing to pay here.")


class AlreadyPaid(Conflict):
    """The charge was paid or waived before."""

    message = _("This has been paid or waived already. Nothing was charged again.")


class ChargeIsCancelled(Conflict):
    """What was to be paid for fell away."""

    message = _("This charge was cancelled. Nothing is to be paid.")


class NoOpenSession(Conflict):
    """Cash is taken only into an open drawer of one's own."""

    message = _("Open your drawer first: count the float.")


class SessionIsOld(Conflict):
    """Left open overnight: it is closed before anything else."""

    message = _("This drawer was left open on an earlier day. Count and close it first.")


class SessionIsClosed(Conflict):
    """Somebody closed it before."""

    message = _("This drawer has been closed already.")


class OfficerHasSession(Conflict):
    """One open drawer for each officer."""

    message = _("You have an open drawer at another counter. Close it first.")


class DrawerIsOpen(Conflict):
    """One officer for each drawer."""

    message = _("The drawer of this counter is open in another officer's name.")


class DayIsClosed(Conflict):
    """The day of the centre was closed."""

    message = _("The day of this centre is closed. No drawer can be opened before tomorrow.")


class DrawersAreOpen(Conflict):
    """The day cannot be closed while a drawer is open."""

    message = _("There are open drawers. Count and close them first.")


class DayIsNotOver(Invalid):
    """A day in the future."""

    message = _("This day has not come yet.")


class NumbersAreMissing(Invalid):
    """Numbers of the series have no receipt: the head says what is known of them before the day is closed."""

    message = _(
        "Numbers of this series have no receipt here. Write what is known about them, and close again."
    )


class HighestInvalid(Invalid):
    """Not a number of the lost series, or one before its beginning."""

    message = _("Write the whole number as it stands on the slip, or leave this empty.")


class DifferenceNeedsReason(Invalid):
    """A drawer that is over or short is signed with a reason."""

    message = _("The drawer is over or short. Write why, and sign.")


class DifferenceNeedsSignature(Invalid):
    """A drawer that is over or short is signed."""

    message = _("Sign the difference to close the drawer.")


class ReasonMissing(Invalid):
    """A void has a reason."""

    message = _("Choose a reason.")


class GroundMissing(Invalid):
    """A waiver has a ground of the list."""

    message = _("Choose the ground of the waiver.")


class EvidenceMissing(Invalid):
    """A waiver has evidence."""

    message = _("Add the paper that shows the ground.")


class SecondPersonNeeded(Refused):
    """Who took the money, or asked, cannot be the second person."""

    message = _("Another person than the one who took the money or asked must do this.")


class WaiverIsAsked(Conflict):
    """A waiver was asked and is not yet answered."""

    message = _("A waiver was asked for this charge. It must be answered first.")


class NoWaiverAsked(Conflict):
    """Nobody asked, or it was answered."""

    message = _("No waiver waits for an answer here.")


class ReceiptIsVoid(Conflict):
    """The receipt was voided before."""

    message = _("This receipt has been voided already.")


class GoneOn(Conflict):
    """Something was done because it was paid: only with a written ground does the money go back."""

    message = _(
        "The application has gone on since it was paid. Write in the note why the receipt is voided all the same; "
        "nothing goes on until the fee is paid again."
    )


class ResultIsOut(Conflict):
    """What was paid for has been handed over."""

    message = _("The result has been handed over. What was paid for it stays paid.")


class NothingOwed(Conflict):
    """No change is owed on the receipt, or it was paid out."""

    message = _("No change is owed on this receipt any more.")
