"""A node's reference data as the files of a pack: the mirror of what reads them.

What goes down to the centres is what a pack brings, so it is read as it travels (`kernel.mirrors`), and each file is written in
one order. People are not a pack's: logins, their roles and passwords are never written.
"""

from onedoor.tools.packs.writing.held import Held, held_here
from onedoor.tools.packs.writing.others import others
from onedoor.tools.packs.writing.places import places
from onedoor.tools.packs.writing.services import services

__all__ = ["Held", "held_here", "pack_files"]


def pack_files(held: Held) -> dict[str, str]:
    """The text of each file of the pack, by its path."""
    found = {**others(held), **places(held), **services(held)}
    return dict(sorted(found.items()))
