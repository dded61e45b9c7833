"""What the worker does for documents."""

import logging
from datetime import datetime

from onedoor.domain.documents.actions.issuing import produce
from onedoor.domain.documents.queries.views import numbered
from onedoor.kernel.clock import every
from onedoor.kernel.scope import Actor

log = logging.getLogger("onedoor.documents")


@every(seconds=15)
def finish_numbered(*, at: datetime) -> int:
    """Make the files of documents whose process died, or whose machine lost power, after the number was drawn.

    One that cannot be made (a full disk, a missing font) stays numbered, is tried again, and holds up no other.
    """
    made = 0
    for document in numbered():
        try:
            made += produce(by=Actor.system(), at=at, document=document)
        except Exception as fault:
            log.error(
                "a document's file could not be made",
                extra={"document": str(document), "fault": type(fault).__name__},
            )
    return made
