"""A kiosk of the demonstration, paired for the pictures."""

from __future__ import annotations

import os

from onedoor.tools.demo import demonstration_home
from onedoor.tools.environment import database, set_up
from onedoor.tools.screens.pages import CENTRE

NAME = "Pictures"


def kiosk() -> dict[str, str]:
    """The cookie of a device, newly enrolled."""
    os.environ["ONEDOOR_HOME"] = str(demonstration_home().path)
    with database():
        set_up()
        from django.conf import settings

        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import Actor

        by, centre = Actor.system(), access.unit_by_code(CENTRE).id
        _, token = access.enrol_device(by=by, at=now(), centre=centre, kind="kiosk", name=NAME)
        return {"name": settings.DEVICE_COOKIE_NAME, "value": token}
