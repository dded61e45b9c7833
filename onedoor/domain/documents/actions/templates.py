"""Templates of documents, brought by packs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.documents.events import TemplateSaved
from onedoor.domain.documents.models import Template
from onedoor.domain.documents.permissions import TEMPLATE
from onedoor.domain.documents.rules import check_layout
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


def save_template(*, by: Actor, at: datetime, id: UUID, code: str, layout: Mapping[str, Any]) -> UUID:
    """Bring in a template, or change it; the same layout again changes nothing. Issued documents keep theirs.

    Args:
        id: the pack's named id. code: the kind, e.g. ``birth-certificate``.
        layout: heading, title, rows, basis, signer, each text in both languages.

    Raises:
        Invalid: the layout lacks something.
    """
    require(by, TEMPLATE)
    check_layout(layout)
    with transaction.atomic():
        held = Template.objects.select_for_update().filter(id=id).first() or Template(id=id)
        if held.code == code and held.layout == layout:
            return id
        held.code, held.layout = code, dict(layout)
        held.save()
        publish(TemplateSaved(code=code), of=held, by=by, at=at)
    return id
