"""Messages to people, and the words of each kind. Number and words of a message are sealed under a key of its own."""

from typing import ClassVar
from uuid import UUID

import orjson
from django.db import models

from onedoor.domain.notices import errors
from onedoor.domain.notices.rules import State
from onedoor.kernel.aggregate import Aggregate, prepared
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.mirrors.reference import looked
from onedoor.kernel.scope import ScopedManager

_WORDINGS = "SELECT kind, texts::text FROM notices_wording"


class Wording(Aggregate):
    """The words of one kind of message, by language, with places for its values."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    kind = models.CharField(max_length=20, unique=True)
    texts = models.JSONField()

    class Meta:
        db_table = "notices_wording"

    def __str__(self) -> str:
        return self.kind


class Notice(Aggregate):
    """A message to whoever ``subject`` belongs to. Destroying the key of its id makes number and words unreadable."""

    mirror = Mirror(
        direction="up",
        privacy="personal",
        fields=("centre_id", "kind", "state", "parts", "tries", "fault", "written_at", "sent_at"),
    )
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=[(state, state) for state in State])
    sealed = models.BinaryField(null=True)
    """Number, words and values; null once forgotten."""
    mark = models.BinaryField(max_length=32, unique=True)
    """The same message for the same person is written once."""
    parts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True, default="")
    provider_reference = models.CharField(max_length=100, blank=True, default="")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_at"], condition=models.Q(state=State.WAITING), name="notices_to_be_sent"
            ),
            models.Index(fields=["subject"], name="notices_of_subject"),
            models.Index(fields=["centre_id", "written_at"], name="notices_of_centre"),
            models.Index(
                fields=["due_at"], condition=models.Q(sealed__isnull=False), name="notices_to_be_forgotten"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state=State.WAITING) | models.Q(next_at__isnull=False),
                name="notices_waiting_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


@looked("notices_wording")
def look_at_wordings() -> dict[str, dict[str, str]]:
    """The words of all kinds."""
    with prepared() as cursor:
        return {kind: orjson.loads(texts) for kind, texts in cursor.execute(_WORDINGS)}


def locked_notice(notice: UUID) -> Notice:
    """The message, locked.

    Raises:
        NoSuchNotice.
    """
    held = Notice.objects.select_for_update(no_key=True).filter(id=notice).first()
    if held is None:
        raise errors.NoSuchNotice
    return held
