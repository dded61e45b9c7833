"""What can go wrong in a queue, as sentences."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing


class TicketUnknown(Missing):
    """No such ticket here, or one that was replaced."""

    message = _("This ticket is not known here.")


class TicketNotFound(Missing):
    """Nobody with this name and telephone number waits here today."""

    message = _(
        "No ticket of today was found with this name and telephone number. Please ask at the reception."
    )


class CounterUnknown(Missing):
    """No such counter in this centre."""

    message = _("This counter does not exist in this centre.")


class CentreIsClosed(Conflict):
    """The centre takes nobody in at this hour."""

    message = _("The centre is closed now. No tickets are given.")


class CounterIsClosed(Conflict):
    """A closed counter calls nobody."""

    message = _("This counter is closed. Open it before you call.")


class CounterIsBusy(Conflict):
    """The counter has a person already."""

    message = _("A person is already called to this counter. Finish with them first.")


class NobodyWaits(Conflict):
    """The line is empty."""

    message = _("Nobody is waiting.")


class NobodyForThisCounter(NobodyWaits):
    """Some wait, but this counter may call none of them."""

    message = _("Nobody is waiting whom this counter may call.")


class TicketIsForAnotherCounter(Conflict):
    """The person was sent to one counter, and it is not this one."""

    message = _("This person was sent to another counter.")


class ServiceNotLearnt(Conflict):
    """The officer has not learnt the service for which the person waits."""

    message = _("You are not entered as somebody who gives this service.")


class ReasonNeeded(Invalid):
    """Who waits is called out of turn only for a reason from the list."""

    message = _("Say why this person is called out of turn.")


class CallingRuleIsWrong(Invalid):
    """A rule by which nobody could call; names the field and the reason."""

    message = _("This calling rule is not possible.")


class TicketHasMoved(Conflict):
    """The ticket is no longer where this step starts from."""

    message = _("This ticket has moved on in the meantime. Look at the screen again.")


class ServiceNotOfferedHere(Invalid):
    """The centre does not give this service."""

    message = _("This service is not given at this centre.")


class ServiceIsFullToday(Conflict):
    """As many people as the centre serves with this service in a day have taken a ticket."""

    message = _("All places for this service are taken today.")


class StopIsFull(ServiceIsFullToday):
    """A mobile unit's stop has as many people as it can serve, of all its services together."""

    message = _("This stop is full: as many people are booked or have come as it can serve.")


class NameOrPhoneInvalid(Invalid):
    """A name or a telephone number that cannot be."""

    message = _("This name or telephone number is not valid.")


class TicketIsWrong(Invalid):
    """Something told of who comes cannot be; names the field and the reason."""

    message = _("This ticket is not possible.")


class ObligationUnknown(Missing):
    """The visit carries no such open obligation."""

    message = _("This visit has no such open obligation.")


class VisitUnknown(Missing):
    """No ticket was given for this visit."""

    message = _("This visit is not known here.")


class ErrandUnknown(Missing):
    """The visit has no such errand."""

    message = _("This visit has no such service.")


class ErrandIsThere(Conflict):
    """The same service is on the list for the same person already."""

    message = _("This person has this service on the list already.")


class ErrandHasBegun(Conflict):
    """An application stands behind the errand: paid or not, it is no longer only a wish."""

    message = _("An application was opened for this already. Withdraw the application instead.")


class ErrandIsWrong(Invalid):
    """A list of errands that cannot be; names the field and the reason."""

    message = _("This list of services is not possible.")


class TransferIsWrong(Invalid):
    """Nobody can be sent there, or for this reason."""

    message = _("The person cannot be sent there.")


class HelpUnknown(Missing):
    """No such request for help at this centre."""

    message = _("This request for help is not known here.")


class HelpHasMoved(Conflict):
    """The request is no longer where this step starts from."""

    message = _("This request has moved on in the meantime. Look at the list again.")


class HelpIsWrong(Invalid):
    """Help that there is not, or nobody, or two, to give it."""

    message = _("Say which help, and who gives it: one person.")


class PaperListIsWrong(Invalid):
    """A line of a paper list that cannot be: names the line and the reason."""

    message = _("This line of the paper list cannot be taken over.")


class BookingRuleIsWrong(Invalid):
    """A centre's booking rule holds a value that cannot be."""

    message = _("This booking rule cannot be.")


class AppointmentUnknown(Missing):
    """No such appointment, or a code that is not one's own; nothing tells which."""

    message = _("This appointment is not known. Check the code, or ask at the reception.")


class SlotIsTaken(Conflict):
    """Somebody was faster, or the time is not given any more."""

    message = _("This time has just been taken. Please choose another one.")


class NothingIsFree(Conflict):
    """No time is free as far ahead as may be booked."""

    message = _("No time is free in the coming weeks.")


class DayIsNotFull(Conflict):
    """The waiting list is for days that are full."""

    message = _("This day still has free times. Please choose one of them.")


class DayCannotBeBooked(Invalid):
    """A day on which nothing is promised, with the reason."""

    message = _("Nothing can be booked on this day.")


class BookingIsWrong(Invalid):
    """A value of a booking that cannot be."""

    message = _("This value is not valid.")


class AppointmentHasMoved(Conflict):
    """It is no longer where this step starts from."""

    message = _("This appointment has changed in the meantime. Look at it again.")


class TooManyAppointments(Conflict):
    """One telephone number holds as many as it may, or one address has booked as often as it may today."""

    message = _("This telephone number already has as many appointments as one may have.")


class BookedAlready(Conflict):
    """A time for handing over this case is booked, or waited for."""

    message = _("A time for this hand-over is already booked. Follow the case to see or change it.")


class TooEarly(Conflict):
    """Come too early to be let in; says from when on."""

    message = _("It is too early for this appointment.")

    @property
    def opens(self) -> datetime:
        """From when on the person is let in."""
        opens: datetime = self.about["opens"]
        return opens


class BookingRuleHasChanged(Conflict):
    """Somebody else changed what the centre promises since the form was shown."""

    message = _("What this centre promises has been changed in the meantime. Look at it again.")


class PutOffTooOften(Conflict):
    """Ten more minutes are given twice."""

    message = _("Ten more minutes can be asked for twice. Please come now, or give up the place.")


class NotHereYet(Conflict):
    """Who took a place from home is not called before they came."""

    message = _("You are not called before you have shown your ticket at the centre.")


class AheadInvalid(Invalid):
    """One can be told at 1 to 20 people before one."""

    message = _("Choose a number from 1 to 20.")


class PhoneHasEnough(Conflict):
    """A telephone takes two places a day at a centre."""

    message = _("This telephone has taken two places here today. Please take a ticket at the centre.")


class HomePlacesFull(Conflict):
    """Too many have a place and have not come yet."""

    message = _("Many people have taken a place from home at the moment. Please come to the centre.")


class WaitBeforeNextCode(Conflict):
    """Too many wrong codes came from this address; says until when it waits."""

    status = 429
    message = _("Too many wrong codes. Please wait a little, or ask at the reception.")

    @property
    def until(self) -> datetime:
        """Until when nothing is looked at."""
        until: datetime = self.about["until"]
        return until
