"""By what an applicant shows who she is, as a service of the pack says it."""

from onedoor.domain.catalogue.api import IDENTITY_LEVELS, Identity
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader


def read_identity(reader: Reader, pack: Pack, fields: Fields) -> Identity:
    """The row ``identity`` of a service; where it is left out, no source says."""
    row = fields.row_of("identity", required=False)
    if row is None:
        return Identity()
    one = Fields(row, reader.faults, pack.languages)
    held = Identity(
        level=one.choice("level", tuple(IDENTITY_LEVELS)),
        demonstration=one.flag("demonstration", default=False),
    )
    one.done()
    return held
