"""What somebody filled in before she stands at a counter."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Mirror

STATES = ("open", "taken", "ended")


class Preparation(Aggregate):
    """An application that waits for its applicant: opened by its code alone, and for some weeks only.

    ``asked_from``: keyed hash of the network that began it, so that nobody fills the table. ``by``: the device or the officer
    at whose screen it was begun; None at home.
    """

    mirror = Mirror(direction="down", privacy="personal", fields="*")

    code_hash = models.BinaryField(unique=True)
    service_id = models.UUIDField()
    edition_id = models.UUIDField()
    channel = models.CharField(max_length=10)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="open")
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    asked_from = models.BinaryField(default=b"")
    saved_at = models.DateTimeField()
    until = models.DateTimeField()
    case_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="cases_preparation_state"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(data={}), name="cases_preparation_kept_while_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(case_id__isnull=False),
                name="cases_preparation_taken_by_a_case",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["until"], condition=Q(state="open"), name="cases_preparation_until"),
            models.Index(fields=["asked_from", "begun_at"], name="cases_preparation_from"),
        ]

    def __str__(self) -> str:
        return str(self.id)
