"""The kinds of questions: each reads, checks and says its own answers; a form names them by ``x-field``."""

from onedoor.domain.catalogue.rules.forms.kinds.amounts import Money, Number
from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted
from onedoor.domain.catalogue.rules.forms.kinds.choices import Choice, MultiChoice, YesNo
from onedoor.domain.catalogue.rules.forms.kinds.dates import Day
from onedoor.domain.catalogue.rules.forms.kinds.files import File
from onedoor.domain.catalogue.rules.forms.kinds.places import Address, Unit
from onedoor.domain.catalogue.rules.forms.kinds.rows import Rows
from onedoor.domain.catalogue.rules.forms.kinds.words import LongText, PersonName, Phone

KINDS: dict[str, Kind] = {
    "text": Kind(),
    "long-text": LongText(),
    "person-name": PersonName(),
    "date": Day(),
    "unit": Unit(),
    "address": Address(),
    "choice": Choice(),
    "multi-choice": MultiChoice(),
    "yes-no": YesNo(),
    "phone": Phone(),
    "number": Number(),
    "money": Money(),
    "file": File(),
}
ROWS = Rows(KINDS)
KINDS["group"] = ROWS
# What a row of a group cannot hold: rows in rows, and files, which belong to the application and not to a row.
NOT_IN_ROWS = frozenset({"group", "file"})

__all__ = ["KINDS", "NOT_IN_ROWS", "ROWS", "About", "Faults", "Kind", "Place", "Posted"]
