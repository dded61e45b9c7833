"""What the pictures need of the demonstration: a kiosk that is paired, a service that is being written, a case with a past."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from uuid import UUID

from onedoor.tools.demo import demonstration_home
from onedoor.tools.environment import database, set_up
from onedoor.tools.opening import live_when_open
from onedoor.tools.screens.pages import CENTRE, DRAFT, DRAWN

NAME = "Pictures"


def kiosk() -> dict[str, str]:
    """The cookie of a device, newly enrolled; the draft of which pictures are taken is begun with it, and a case with a past."""
    base = demonstration_home().path
    os.environ["ONEDOOR_HOME"] = str(base)
    # By the demonstration's clock: what is done for the pictures is done on the day that the demonstration lives.
    live_when_open(base, at=datetime.now(UTC))
    with database():
        set_up()
        from django.conf import settings

        from onedoor.domain.access import api as access
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import Actor
        from onedoor.tools.screens.history import a_case_with_a_past

        by, centre = Actor.system(), access.unit_by_code(CENTRE).id
        _, token = access.enrol_device(by=by, at=now(), centre=centre, kind="kiosk", name=NAME)
        catalogue.begin_draft(by=by, at=now(), id=UUID(DRAFT), code=DRAWN)
        a_case_with_a_past()
        return {"name": settings.DEVICE_COOKIE_NAME, "value": token}
