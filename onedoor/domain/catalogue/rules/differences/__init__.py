"""What differs between two versions of a service, in words: sentence by sentence, in Lao and English. No database, no clock.

Each document has its comparison; where one finds no words for a change, a plain sentence names the document, so that no
change is passed over in silence.
"""

from onedoor.domain.catalogue.rules.differences.content import content_differences
from onedoor.domain.catalogue.rules.differences.decisions import decision_differences
from onedoor.domain.catalogue.rules.differences.forms import form_differences
from onedoor.domain.catalogue.rules.differences.processes import process_differences
from onedoor.domain.catalogue.rules.differences.words import Difference
from onedoor.domain.catalogue.rules.documents import Documents

__all__ = ["Difference", "differences"]


def differences(old: Documents, new: Documents) -> tuple[Difference, ...]:
    """Everything that a new version changes, by document; nothing where they are the same. Never raises."""
    return (
        *content_differences(old.content, new.content),
        *form_differences(old.form, new.form),
        *process_differences(old.process, new.process),
        *decision_differences(old.decisions, new.decisions),
    )
