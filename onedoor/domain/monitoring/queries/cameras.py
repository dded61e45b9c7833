"""The cameras of a hall, for those who may watch it."""

from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.monitoring.errors import OutOfSight
from onedoor.domain.monitoring.models import Camera
from onedoor.domain.monitoring.permissions import WATCH
from onedoor.domain.monitoring.rules.cameras import CameraView
from onedoor.kernel.scope import Actor, open_scope


def cameras(*, by: Actor, centre: UUID) -> list[CameraView]:
    """The cameras of a hall by name.

    Raises:
        NotPermitted.
    """
    require(by, WATCH, at=centre)
    with open_scope(centre=[centre]):
        rows = Camera.objects.filter(centre_id=centre, ended_at__isnull=True).order_by("name")
        return [_view(row) for row in rows]


def camera(*, by: Actor, centre: UUID, camera: UUID) -> CameraView:
    """One of them.

    Raises:
        NotPermitted, OutOfSight.
    """
    require(by, WATCH, at=centre)
    with open_scope(centre=[centre]):
        row = Camera.objects.filter(centre_id=centre, id=camera, ended_at__isnull=True).first()
    if row is None:
        raise OutOfSight
    return _view(row)


def _view(row: Camera) -> CameraView:
    return CameraView(
        id=row.id,
        centre=row.centre_id,
        name=row.name,
        kind=row.kind,
        address=row.address,
        version=row.version,
    )
