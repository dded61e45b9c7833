"""A projection that must hear each letter once, in the order of its note."""

from onedoor.kernel.letters import Letter, projection
from tests.kernel.notes.models import Heard, NoteChanged


@projection(NoteChanged, writes="notes.Heard")
def count(letter: Letter, event: NoteChanged) -> None:
    """Keep the version that was heard."""
    Heard.objects.get_or_create(note=letter.aggregate, version=letter.version)
