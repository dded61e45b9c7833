"""Which acts an auditor wants to see, and how a random sample is drawn: pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

VOID, WAIVER, REPRINT, OVERRIDE, FAST, REFUSAL = "void", "waiver", "reprint", "override", "fast", "refusal"
KINDS = (VOID, WAIVER, REPRINT, OVERRIDE, FAST, REFUSAL)
CASE, RECEIPT, DOCUMENT, TICKET = "case", "receipt", "document", "ticket"
MOST_DRAWN = 200
LONGEST_SEED = 60


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What a letter says to an auditor; ``sort`` says which act of its kind it was."""

    kind: str
    sort: str
    target: str = ""
    subject: UUID | None = None
    number: str = ""
    code: str = ""
    second: UUID | None = None
    amount: int | None = None
    visit: UUID | None = None


def marked(name: str, aggregate: UUID, said: Mapping[str, Any]) -> Marked | None:
    """What an event of this name and contents is to an auditor; None for the ordinary ones."""
    subject = said.get("subject")
    if name == "payments.receipt_voided":
        return Marked(
            kind=VOID,
            sort="receipt",
            target=RECEIPT,
            subject=subject,
            number=said["number"],
            code=said["reason_code"],
            second=said["second"],
            amount=said["total"],
        )
    if name == "documents.document_revoked":
        return Marked(kind=VOID, sort="document", target=DOCUMENT, subject=subject, number=said["number"])
    if name == "payments.charge_waived":
        code, second = said["ground_code"], said["second"]
        return Marked(kind=WAIVER, sort="fee", target=RECEIPT, subject=subject, code=code, second=second)
    if name == "documents.print_begun" and said["copy"] > 1:
        return Marked(
            kind=REPRINT, sort="document", target=DOCUMENT, number=said["number"], amount=said["copy"]
        )
    if name == "payments.receipt_printed" and said["copy"] > 1:
        return Marked(
            kind=REPRINT, sort="receipt", target=RECEIPT, number=said["number"], amount=said["copy"]
        )
    if name == "queue.ticket_taken" and said.get("priority"):
        return Marked(kind=FAST, sort="priority", target=TICKET, number=said["number"], visit=said["visit"])
    if name == "queue.ticket_held":
        return Marked(kind=FAST, sort="comes_back", target=TICKET, number=said["number"], visit=said["visit"])
    if name == "cases.step_taken" and said["outcome"] == "refuse":
        return Marked(kind=REFUSAL, sort="application", target=CASE, subject=aggregate, code=said["node"])
    if name == "payments.waiver_refused":
        return Marked(kind=REFUSAL, sort="waiver", target=CASE, subject=subject, second=said["second"])
    return _override(name, aggregate, said)


def _override(name: str, aggregate: UUID, said: Mapping[str, Any]) -> Marked | None:
    """What stood was set aside: a code, a failed step, facts, a lost ticket, a turn, the sum of a drawer, lost numbers."""
    if name == "cases.code_renewed":
        return Marked(kind=OVERRIDE, sort="code", target=CASE, subject=aggregate, number=said["number"])
    if name == "cases.service_retried":
        return Marked(kind=OVERRIDE, sort="retried", target=CASE, subject=aggregate, code=said["node"])
    if name == "documents.facts_corrected":
        return Marked(
            kind=OVERRIDE, sort="facts", target=CASE, subject=said["subject"], amount=said["changed"]
        )
    if name == "queue.ticket_reissued":
        return Marked(
            kind=OVERRIDE,
            sort="ticket",
            target=TICKET,
            number=said["number"],
            code=said["former"],
            visit=said["visit"],
        )
    if name == "queue.ticket_out_of_turn":
        return Marked(
            kind=OVERRIDE,
            sort="turn",
            target=TICKET,
            number=said["number"],
            code=said["reason"],
            visit=said["visit"],
        )
    if name == "payments.session_closed" and said["difference"]:
        return Marked(kind=OVERRIDE, sort="drawer", amount=said["difference"])
    if name == "payments.day_closed" and said.get("lost"):
        return Marked(kind=OVERRIDE, sort="numbers", amount=said["lost"])
    return None


def belongings(name: str, aggregate: UUID, said: Mapping[str, Any]) -> dict[UUID, UUID]:
    """Which aggregates belong to a case, as this event tells it."""
    subject = said.get("subject")
    if not isinstance(subject, UUID) or name.split(".")[0] not in ("documents", "payments"):
        return {}
    found = {aggregate: subject}
    if isinstance(said.get("receipt"), UUID):
        found[said["receipt"]] = subject
    return found


def lot(seed: str, case: UUID) -> bytes:
    """The lot of a case under a seed: the sample are those with the smallest lots, so anyone can draw it again."""
    return sha256(f"{seed}|{case}".encode()).digest()
