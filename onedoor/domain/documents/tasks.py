"""What the worker does for documents."""

from datetime import datetime

from onedoor.domain.documents.actions.issuing import produce
from onedoor.domain.documents.queries.views import numbered
from onedoor.kernel.clock import every
from onedoor.kernel.scope import Actor


@every(seconds=15)
def finish_numbered(*, at: datetime) -> int:
    """Make the files of documents whose process died, or whose machine lost power, after the number was drawn."""
    return sum(produce(by=Actor.system(), at=at, document=document) for document in numbered())
