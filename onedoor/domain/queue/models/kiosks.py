"""What a kiosk has told: whether it has paper, and when it asked for tickets faster than people can."""

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.scope import ScopedManager


class Kiosk(Aggregate):
    """The state of one kiosk, by the device that it is."""

    mirror = Mirror(direction="up", privacy="open", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    device = models.UUIDField()
    out_since = models.DateTimeField(null=True)
    """Since when it has no paper; null while it prints."""
    flooded_at = models.DateTimeField(null=True)
    """When it was last stopped for asking too fast."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device"], name="queue_one_state_a_kiosk")]
        indexes = [models.Index(fields=["centre_id"], name="queue_kiosks_of_centre")]

    def __str__(self) -> str:
        return str(self.device)
