"""What is wrong with the answers of an application: the form says it, and the fonts of the document that it leads to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onedoor.domain.catalogue.api import Form, known_places
from onedoor.domain.documents.api import NoLetters, unwritable


def faults_in(form: Form, data: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """A sentence for each input that is missing or wrong, in the order of the form; empty when all is right."""
    return form.faults(data, today=today, units=known_places()) or dict(_letters(form, data))


def _letters(form: Form, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Answers that would stand on the document with empty boxes: refused while whoever gave them is there."""
    for name in (form.document.get("facts") or {}).values():
        answer = data.get(name)
        parts = answer if isinstance(answer, Mapping) else {"": answer}
        for part, text in parts.items():
            if isinstance(text, str) and (signs := unwritable(text)):
                yield f"{name}.{part}".rstrip("."), NoLetters(" ".join(signs)).message
