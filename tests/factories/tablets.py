"""A rating tablet at a centre."""

from datetime import datetime

from onedoor.domain.access import api as access
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall


def tablet_token(here: Hall, *, at: datetime) -> str:
    """Pairs a tablet that may show the rating page, and gives its token."""
    by = Actor.system()
    with everything("a test builds its world"):
        access.save_role(
            by=by,
            at=at,
            id=new_id(),
            code="tablet",
            name={"lo": "ແທັບເລັດ", "en": "Tablet"},
            permissions=["voice.ask"],
            audience="device",
        )
        _, token = access.enrol_device(
            by=by, at=at, kind="kiosk", name="Tablet", centre=here.centre, role="tablet"
        )
    access.forget()
    return token
