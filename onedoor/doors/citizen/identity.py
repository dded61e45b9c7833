"""By what somebody shows who she is, in the reader's words: what is needed, and what else is taken."""

from django.utils.translation import gettext as _

from onedoor.domain.catalogue.api import Identity
from onedoor.doors.citizen.words import Said


def identity_said(identity: Identity) -> Said | None:
    """What is needed and what is taken in its place; None where no source says."""
    if not identity.level:
        return None
    said = {
        "registry": Said(
            _("The officer looks you up in the registry."), _("An identity paper alone is not enough.")
        ),
        "document": Said(
            _("Bring an identity paper."), _("Without one, the officer may look you up in the registry.")
        ),
        "vouched": Said(
            _("Bring an identity paper, if you have one."),
            _("Without one, come with the head of your village or with two witnesses who vouch for you."),
        ),
        "none": Said(_("You need not show who you are.")),
    }
    return said[identity.level]
