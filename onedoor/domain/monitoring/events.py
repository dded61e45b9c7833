"""What monitoring publishes: its own data only. What it watches is published by others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class StandardSaved(Event):
    """A service standard was set or changed."""

    name: ClassVar[str] = "monitoring.standard_saved"
    schema: ClassVar[int] = 1
    code: str
    limit: int
    share: int


@dataclass(frozen=True, kw_only=True)
class TileSaved(Event):
    """A unit was given its place on the tile map."""

    name: ClassVar[str] = "monitoring.tile_saved"
    schema: ClassVar[int] = 1
    unit: UUID
    column: int
    row: int


@dataclass(frozen=True, kw_only=True)
class CameraSaved(Event):
    """A camera of a hall was set up or changed."""

    name: ClassVar[str] = "monitoring.camera_saved"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class CameraEnded(Event):
    """A camera was taken down."""

    name: ClassVar[str] = "monitoring.camera_ended"
    schema: ClassVar[int] = 1
