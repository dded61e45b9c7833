"""The door of documents: prepare, check, issue, print, revoke, verify."""

from onedoor.domain.documents.actions.facts import confirm_facts, correct_facts, prepare
from onedoor.domain.documents.actions.issuing import issue, produce
from onedoor.domain.documents.actions.printing import begin_print, confirm_print
from onedoor.domain.documents.actions.revoking import revoke
from onedoor.domain.documents.actions.sights import see_document, see_file
from onedoor.domain.documents.actions.templates import save_template
from onedoor.domain.documents.actions.verifying import verify
from onedoor.domain.documents.errors import NoLetters
from onedoor.domain.documents.events import (
    DocumentIssued,
    DocumentPrepared,
    DocumentRevoked,
    FactsCorrected,
    PrintBegun,
)
from onedoor.domain.documents.models import Document
from onedoor.domain.documents.providers.letters import unwritable
from onedoor.domain.documents.providers.report import typeset_report
from onedoor.domain.documents.queries.checking import Verdict, authority, verify_file
from onedoor.domain.documents.queries.views import (
    CopyView,
    DocumentView,
    Fact,
    content,
    document,
    of_subject,
    preview,
    waiting,
)
from onedoor.domain.documents.rules import grouped, read_code, read_number

__all__ = [
    "CopyView",
    "Document",
    "DocumentIssued",
    "DocumentPrepared",
    "DocumentRevoked",
    "DocumentView",
    "Fact",
    "FactsCorrected",
    "NoLetters",
    "PrintBegun",
    "Verdict",
    "authority",
    "begin_print",
    "confirm_facts",
    "confirm_print",
    "content",
    "correct_facts",
    "document",
    "grouped",
    "issue",
    "of_subject",
    "prepare",
    "preview",
    "produce",
    "read_code",
    "read_number",
    "revoke",
    "save_template",
    "see_document",
    "see_file",
    "typeset_report",
    "unwritable",
    "verify",
    "verify_file",
    "waiting",
]
