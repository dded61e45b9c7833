"""What can go wrong with a case, as sentences."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused


class NoSuchCase(Missing):
    """There is no such case, or it is not for this actor to see."""

    message = _("This case was not found.")


class NoSuchTask(Missing):
    """There is no such task, or it lies in another office."""

    message = _("This task was not found.")


class NoSuchStart(Invalid):
    """The process has no start of this id."""

    message = _("This service does not begin in this way.")


class NotInThisLane(Refused):
    """The task lies in one's own office, in a lane of another role."""

    message = _("This step is done in another role. Yours is not bound to it.")


class NoSuchPaper(Missing):
    """The case has no such paper."""

    message = _("This paper was not found.")


class CaseIsNotADraft(Conflict):
    """It was handed in already."""

    message = _("This application was already received. It can no longer be changed here.")


class BeginsByItself(Conflict):
    """Its process has no start at a counter or door: a message or a date begins it."""

    message = _("This application begins by itself. Nobody can hand it in.")


class CaseIsFromALog(Conflict):
    """It was handled by an earlier system: here it is only read."""

    message = _("This case comes from an earlier system. It can be read here and not changed.")


class TaskWaitsForPayment(Conflict):
    """It is done by itself when the fee is paid or waived."""

    message = _("The fee must be paid first. This step is done when the receipt is written.")


class FeeIsOwed(Conflict):
    """The fee of the case is owed: its receipt was voided, or a correction made it higher."""

    message = _("A fee is owed for this application. Nothing goes on until it is paid.")


class NothingToHandOver(Conflict):
    """No result of the visit is ready, or all were handed over before."""

    message = _("No result is ready to be handed over. Nothing was changed.")


class TaskIsDone(Conflict):
    """Somebody completed it before."""

    message = _("This step was already completed. Nothing was changed.")


class NothingIsAsked(Conflict):
    """The applicant has nothing to correct: it was sent already, or nobody asked."""

    message = _("Nothing is to be corrected now. Nothing was changed.")


class CorrectedMeanwhile(Conflict):
    """The case is not as it was when the page was opened."""

    message = _("The application changed after you opened this page. Nothing of this page was sent.")


class DecidedByTheReceiver(Refused):
    """Front and back office are separated: who received or entered a case never decides it."""

    message = _("You received or entered this application, so another officer must decide it.")


class NotOfferedHere(Invalid):
    """The service is not offered at this centre on this day."""

    message = _("This service is not offered at this centre.")


class CentreIsNotOurs(Conflict):
    """The case lies at another centre than the one that was named."""

    message = _("This application belongs to another centre.")


class NotAsked(Invalid):
    """An answer to a question that the form does not have; ``field`` names it."""

    status = 400
    message = _("The form does not ask this. Nothing was saved.")


class EditionIsOld(Conflict):
    """The service was published anew since the draft was begun."""

    message = _(
        "This service was published anew since the application was begun. Take over the new form first."
    )


class IdentityIsNotShown(Invalid):
    """The service asks for more than what was shown of who the applicant is."""

    message = _("This service needs more proof of who the applicant is. The application stays a draft.")


class MayNotApply(Conflict):
    """The law of the service forbids to receive such an application: by the words of the demand and its law."""

    message = _("By law this application cannot be received.")

    def __init__(self, *, words: str, law: str) -> None:
        said = _("By law (%(law)s) this cannot be received: %(words)s") % {"law": law, "words": words}
        super().__init__(said, law=law)


class WhoVouches(Invalid):
    """Nobody is named who vouches for the applicant, or not enough."""

    message = _("Write the name of the village head, or the names of two witnesses.")


class FormIsNotValid(Invalid):
    """The form has faults; ``faults`` gives a sentence for each field."""

    message = _("The application is not complete. Correct the fields that are named.")

    def __init__(self, faults: dict[str, Any]) -> None:
        super().__init__(self.message, field=next(iter(faults), ""))
        self.faults = faults


class PaperIsMissing(Invalid):
    """A required paper was not attached."""

    message = _("A required paper is missing.")


class OutcomeIsUnknown(Invalid):
    """The task does not end in this way."""

    message = _("This step does not have that outcome.")


class ReasonIsMissing(Invalid):
    """A refusal or a return needs its reason."""

    message = _("Say the reason, so that the applicant understands it.")


class NotFailed(Conflict):
    """The service task is not in the failed state."""

    message = _("This step has not failed. There is nothing to try again.")


class NothingToIssue(Missing):
    """The case has no document that was prepared."""

    message = _("There is no prepared document to issue.")


class MessageIsNotClear(Invalid):
    """A message without a name or key, or with a word that is none."""

    message = _("A message needs its name, the key of its case, and at most one word.")


class EditionsDiffer(Invalid):
    """Cases move between editions of one service only."""

    message = _("Cases can be moved only to another edition of the same service.")


class NumberOrCodeIsWrong(Missing):
    """The number and the code do not belong together; which of them is wrong is not told."""

    message = _("The number and the code do not belong together. Check both and try again.")


class WaitBeforeTrying(Refused):
    """Too many wrong codes from one address; ``until`` says when the next try is looked at."""

    status = 429
    message = _("Too many wrong tries. Wait a while before trying again.")

    def __init__(self, *, until: Any) -> None:
        super().__init__(until=until)
        self.until = until


class TooShortToLookFor(Invalid):
    """One sign is no search."""

    message = _("Type at least two letters or digits.")


class NoSuchLog(Missing):
    """No log of this name was loaded for this service at this centre."""

    message = _("This event log was not found.")


class NoTermRuns(Conflict):
    """No law or definition names a time for this case, or the offices have answered."""

    message = _("No due date runs for this case.")


class TermStandsStill(Conflict):
    """The applicant has the case already."""

    message = _("The clock already stands still. Let it go on first.")


class TermDoesNotStandStill(Conflict):
    """Nobody stopped the clock, or the process did and lets it go on by itself."""

    message = _("The clock is running. There is nothing to let go on.")


class TermHasRunOut(Conflict):
    """What is late stays late: more time is given before the due date, or not at all."""

    message = _("The due date has passed. A term can be extended only before it ends.")


class NoMoreExtensions(Conflict):
    """The service does not allow it, or not once more."""

    message = _("This service does not allow more time, or not again.")


class ExtensionIsTooLong(Invalid):
    """More than the service allows at once."""

    message = _("Give a whole number of days, from 1 to what the service allows.")

    def __init__(self, *, most: int) -> None:
        super().__init__(field="amount", most=most)


class NothingPrepared(Missing):
    """No open preparation belongs to this code."""

    message = _(
        "Nothing is prepared under this code. It may have been taken over at a counter, or its time is over."
    )


class CodeIsWrong(Invalid):
    """No open preparation has this code; whether one ever had is not told."""

    message = _("Nothing is prepared under this code. Look at each letter once more.")


class AnotherService(Conflict):
    """The code opens what was prepared for another service."""

    message = _("What was prepared under this code is for another service.")


class TooManyBegun(Conflict):
    """One network began too many applications in an hour."""

    status = 429
    message = _("Many applications were begun from your network within an hour. Please try again later.")
