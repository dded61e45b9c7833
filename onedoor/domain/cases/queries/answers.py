"""What is wrong with the answers of an application: the form says it, and the fonts of the document that it leads to."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import Form, form_to_ask
from onedoor.domain.documents.api import NoLetters, unwritable


def faults_in(
    edition: UUID,
    data: Mapping[str, Any],
    *,
    today: date,
    units: Collection[str] | Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A sentence for each input that is missing or wrong, in the order of the form; empty when all is right.

    Args:
        units: as for `Form.faults`.
    """
    form = form_to_ask(edition)
    return form.faults(data, today=today, units=units) or dict(_letters(form, data))


def _letters(form: Form, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Answers that would stand on the document with empty boxes: refused while whoever gave them is there."""
    for name in (form.document.get("facts") or {}).values():
        answer = data.get(name)
        parts = answer if isinstance(answer, Mapping) else {"": answer}
        for part, text in parts.items():
            if isinstance(text, str) and (signs := unwritable(text)):
                yield f"{name}.{part}".rstrip("."), NoLetters(" ".join(signs)).message
