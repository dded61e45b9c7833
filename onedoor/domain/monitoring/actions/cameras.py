"""Cameras: set up, changed, taken down; and who looked through one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.access.api import record_sight, require
from onedoor.domain.monitoring.errors import CameraChanged, NotACamera, OutOfSight
from onedoor.domain.monitoring.events import CameraEnded, CameraSaved
from onedoor.domain.monitoring.models import Camera
from onedoor.domain.monitoring.permissions import INSTALL, WATCH
from onedoor.domain.monitoring.rules.cameras import camera_faults
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, open_scope

SIGHT = "monitoring.camera"
ONE_OF_A_NAME = "monitoring_one_camera_a_name"
REASONS = ("crowd", "safety", "complaint", "help")
"""Why somebody looks; kept with the look."""


def save_camera(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    name: str,
    kind: str,
    address: str,
    camera: UUID | None = None,
    version: int | None = None,
) -> UUID:
    """Set up a camera of a hall, or change one; saving what is already so writes nothing.

    Args:
        version: of the camera as it was read, when one is changed.

    Raises:
        NotACamera, OutOfSight, CameraChanged: somebody else changed it since.
    """
    require(by, INSTALL, at=centre)
    camera_faults(name=name, kind=kind, address=address)
    with open_scope(centre=[centre]), _one_of_a_name(), transaction.atomic():
        row = _held(centre, camera) if camera is not None else Camera(id=new_id(), centre_id=centre)
        if camera is not None and version != row.version:
            raise CameraChanged
        said = (" ".join(name.split()), kind, address)
        if (row.name, row.kind, row.address) == said:
            return row.id
        row.name, row.kind, row.address = said
        row.save()
        publish(CameraSaved(kind=kind), of=row, by=by, at=at, centre=centre)
    return row.id


def end_camera(*, by: Actor, at: datetime, centre: UUID, camera: UUID) -> None:
    """A camera is taken down; it is no longer shown.

    Raises:
        OutOfSight.
    """
    require(by, INSTALL, at=centre)
    with open_scope(centre=[centre]), transaction.atomic():
        row = _held(centre, camera)
        row.ended_at = at
        row.save()
        publish(CameraEnded(), of=row, by=by, at=at, centre=centre)


def watch(*, by: Actor, at: datetime, centre: UUID, camera: UUID, why: str) -> None:
    """Write down, for good, that somebody looks through a camera and why; the picture is shown after that only.

    The camera itself stays as it is: a look is a sight like any other, and whoever changes the camera is not overtaken by it.

    Args:
        why: one of `REASONS`.

    Raises:
        NotACamera: the reason is none. OutOfSight.
    """
    require(by, WATCH, at=centre)
    if why not in REASONS:
        raise NotACamera(field="why")
    with open_scope(centre=[centre]), transaction.atomic():
        held = Camera.objects.filter(centre_id=centre, id=camera, ended_at__isnull=True)
        if not held.exists():
            raise OutOfSight
        record_sight(by=by, at=at, subject=camera, why=why, kind=SIGHT, centre=centre)


def _held(centre: UUID, camera: UUID) -> Camera:
    found = Camera.objects.select_for_update().filter(centre_id=centre, id=camera, ended_at__isnull=True)
    row = found.first()
    if row is None:
        raise OutOfSight
    return row


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """The database holds a hall to one camera of a name."""
    try:
        yield
    except IntegrityError as clash:
        if ONE_OF_A_NAME in str(clash):
            raise NotACamera(field="name") from clash
        raise
