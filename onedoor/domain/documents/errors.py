"""What can go wrong with a document, as sentences."""

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Conflict, DomainError, Invalid, Missing, Refused

NO_LETTERS = _("The paper cannot show: %(signs)s. Write the text in Lao or Latin letters.")
TOO_LONG = _("A fact is too long for the page; shorten it.")


class NoSuchDocument(Missing):
    """There is no such document, or not in the actor's reach."""

    message = _("There is no such document.")


class NoSuchTemplate(Missing):
    """No pack has brought a template of this kind."""

    message = _("There is no template for this kind of document.")


class FactMissing(Invalid):
    """A fact that the template asks for is empty."""

    message = _("A fact that stands on the document is missing.")


class FactMalformed(Invalid):
    """A fact is not what the template says it is, e.g. a date that does not exist."""

    message = _("A fact is not written as it should be.")


class NoLetters(Invalid):
    """The draft has signs that no font on this machine can draw: the paper would show empty boxes."""

    message = _("The paper cannot show some signs. Write the text in Lao or Latin letters.")

    def __init__(self, signs: str) -> None:
        super().__init__(NO_LETTERS % {"signs": signs}, signs=signs)


class FactsNotConfirmed(Conflict):
    """The applicant has not yet checked what will be printed."""

    message = _("The applicant has to check the facts before the document is issued.")


class FactsAreFixed(Conflict):
    """The document has its number; its facts can no longer change."""

    message = _("The document is issued; its facts can no longer be changed. Revoke it and issue a new one.")


class NotIssued(Conflict):
    """Only an issued document can be printed or revoked."""

    message = _("The document is not issued yet.")


class AlreadyRevoked(Conflict):
    """The document was revoked before."""

    message = _("The document has been revoked.")


class PrintIsUnknown(Conflict):
    """A print was begun and nobody has said whether it came out."""

    message = _("Say first whether the last print came out right.")


class NoPrintBegun(Conflict):
    """Nobody is waiting to hear about a print."""

    message = _("No print has been begun.")


class ReasonIsMissing(Invalid):
    """A revocation needs a reason."""

    message = _("Give the reason.")


class TooManyTries(DomainError):
    """Too many wrong codes from one address; wait and try again."""

    status = 429
    message = _("Too many tries. Wait a little and try again.")


class NotAPdf(Invalid):
    """What was handed in for checking is not a PDF."""

    message = _("This is not a PDF file.")


class CannotTypeset(DomainError):
    """The node lacks what setting a page needs (Pango, or the fonts of the build)."""

    status = 503
    message = _("Documents cannot be produced on this machine; tell the administrator.")


class GuidedByAProcess(Refused):
    """What a process laid out is confirmed, corrected and issued by the process only, or nobody would have decided it."""

    message = _("This document belongs to a case: finish the step of the case instead.")
