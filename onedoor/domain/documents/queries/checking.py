"""What can be said about a document that somebody holds, by its number and code or by its file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.models import Copy, Document, State
from onedoor.domain.documents.providers import seal
from onedoor.domain.documents.queries.views import Fact, facts_of
from onedoor.kernel.scope import everything


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer to "is this document real?".

    ``state``: valid; revoked; unknown (no such document, or not with this code); altered (a file of ours that was changed);
    elsewhere (our signature is intact, but this node has no record of the document).
    """

    state: str
    number: str = ""
    title: dict[str, str] | None = None
    centre: UUID | None = None
    issued_on: date | None = None
    copy: int = 0
    facts: tuple[Fact, ...] = ()
    revoked_at: datetime | None = None
    demonstration: bool = False
    signed: bool = False

    @property
    def valid(self) -> bool:
        """Whether the document counts."""
        return self.state == "valid"


def verdict_on(document: Document, *, code: str = "", digest: str = "") -> Verdict:
    """The verdict on a document that was found, with the facts to compare with the paper."""
    copy = next((held for held in document.copies.all() if _is(held, document, code, digest)), None)
    if copy is None or document.state not in (State.ISSUED, State.REVOKED):
        return Verdict(state="unknown")
    shown = {row["code"] for row in document.layout["rows"] if row.get("verify")}
    return Verdict(
        state="valid" if document.state == State.ISSUED else "revoked",
        number=document.number or "",
        title=document.layout["title"],
        centre=document.centre_id,
        issued_on=document.issued_on,
        copy=copy.number,
        facts=tuple(fact for fact in facts_of(document) if fact.code in shown),
        revoked_at=document.revoked_at,
        demonstration=document.demonstration,
        signed=bool(digest),
    )


def _is(copy: Copy, document: Document, code: str, digest: str) -> bool:
    if digest:
        return copy.digest == digest
    return rules.code_matches(document.number or "", code, [bytes(copy.code_hash)])


def verify_file(content: bytes) -> Verdict:
    """Whether a PDF is one of ours, byte for byte, and whether the document still counts.

    Raises:
        NotAPdf: it is no PDF at all.
    """
    if not content.lstrip()[:5] == b"%PDF-":
        raise errors.NotAPdf(field="file")
    digest = rules.digest(content)
    with everything("anyone who holds the file may check it"):
        copy = Copy.objects.filter(digest=digest).select_related("document").first()
        if copy is not None:
            return verdict_on(copy.document, digest=digest)
        finding = seal.inspect(content)
        if finding.ours and finding.intact:
            return Verdict(state="elsewhere", number=finding.number, signed=True)
        known = bool(finding.number) and Document.objects.filter(number=finding.number).exists()
        if finding.ours or known:
            return Verdict(state="altered", number=finding.number if known else "")
    return Verdict(state="unknown")


def authority() -> bytes:
    """The certificate of the node's authority (PEM), with which anyone can check a signature offline."""
    return seal.authority()
