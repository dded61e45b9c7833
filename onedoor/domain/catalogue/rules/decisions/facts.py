"""What the decisions of a service may read: the answers of its form, and how the last step of a case ended."""

from collections.abc import Collection

from onedoor.domain.catalogue.rules.decisions.compiler import Decisions
from onedoor.domain.catalogue.rules.decisions.model import Fault, Place

FACTS = ("outcome", "decision", "form")


def unreadable(decisions: Decisions, questions: Collection[str]) -> list[Fault]:
    """Names that no case can give, by the decision that reads them.

    Args:
        questions: of the service's form.
    """
    faults = []
    for name in decisions.names:
        for read in sorted(decisions.needs(name)):
            head, *rest = read.split(".")
            if head not in FACTS:
                faults.append((Place(name), f"nothing is called “{read}”; it may read {', '.join(FACTS)}"))
            elif head == "form" and rest and rest[0] not in questions:
                faults.append((Place(name), f"it reads “{read}”, and the form has no question “{rest[0]}”"))
    return faults
