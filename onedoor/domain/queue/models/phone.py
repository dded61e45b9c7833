"""What people ask for on their own telephones: to be told when their turn comes near; and how many places a telephone took."""

from typing import ClassVar
from uuid import UUID

from django.db import connection, models

from onedoor.kernel.mirrors import Local
from onedoor.kernel.scope import ScopedManager


class Watch(models.Model):
    """Who wants to be told when so many are before them. The number is sealed under a key of this row's id, for a day."""

    mirror = Local("wishes of today's tickets, with sealed numbers; they end with the day")
    objects = ScopedManager(centre="centre_id")

    id = models.UUIDField(primary_key=True, editable=False)
    ticket = models.UUIDField(unique=True)
    centre_id = models.UUIDField()
    day = models.DateField()
    ahead = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=10, default="lo")
    sealed = models.BinaryField(null=True)
    put_off = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queue_watch"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["day", "centre_id"],
                condition=models.Q(told_at=None, ahead__isnull=False),
                name="queue_watch_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.ahead}"


class PhonePlace(models.Model):
    """A ticket that was taken from home by a telephone, which is known by a keyed hash only."""

    mirror = Local("counts the places that a telephone took today")
    objects = ScopedManager(centre="centre_id")

    device = models.BinaryField(max_length=32)
    centre_id = models.UUIDField()
    day = models.DateField()
    ticket = models.UUIDField(unique=True)

    class Meta:
        db_table = "queue_phone_place"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre_id", "day", "device"], name="queue_phone_places")
        ]

    def __str__(self) -> str:
        return f"{self.ticket}"


def one_after_another(*, centre: UUID) -> None:
    """Until the transaction ends nobody else takes a place from home at this centre, so that its limits hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(centre)])
