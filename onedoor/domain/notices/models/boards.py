"""What the hall's screens show: plans of boards and posters, kept at their centre."""

from typing import ClassVar

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.scope import ScopedManager


class Board(Aggregate):
    """How one screen of a hall is laid out; a hall without any has one with three columns and everything on it."""

    mirror = Mirror(direction="up", privacy="open", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    code = models.CharField(max_length=20)
    columns = models.PositiveSmallIntegerField()
    zones = models.JSONField(default=list)
    notices = models.BooleanField()
    sound = models.BooleanField()

    class Meta:
        db_table = "notices_board"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre_id", "code"], name="notices_one_board_a_code"),
            models.CheckConstraint(condition=models.Q(columns__in=(1, 2, 3)), name="notices_board_columns"),
        ]

    def __str__(self) -> str:
        return self.code


class Poster(Aggregate):
    """A notice or a short teaching text of a centre, from a day to a day."""

    mirror = Mirror(direction="up", privacy="open", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    texts = models.JSONField()
    first = models.DateField()
    last = models.DateField(null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "notices_poster"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre_id", "first"], condition=models.Q(ended=False), name="notices_posters_shown"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last=None) | models.Q(last__gte=models.F("first")),
                name="notices_poster_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.kind
