"""The cameras of halls: where their pictures are fetched from. No picture passes through this program or is kept."""

from typing import ClassVar

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.scope import ScopedManager


class Camera(Aggregate):
    """A camera of a hall; ended when it is taken down."""

    mirror = Mirror(direction="down", privacy="personal", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    address = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "monitoring_camera"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["centre_id", "name"],
                condition=models.Q(ended_at__isnull=True),
                name="monitoring_one_camera_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name
