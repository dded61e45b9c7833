"""Counting due dates anew after the calendar changed: what is still to be looked at, and which cases moved."""

from typing import ClassVar

from django.db import models

from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Local

OURS = Local("each node counts the cases anew that it owns")


class Recount(models.Model):
    """A change of a calendar, and how far the open cases of this node were counted anew; ``day``: the holiday, if it was one.

    ``centre_id``: whose own hours changed, if that was it; then only what counts in office hours there is looked at.
    """

    mirror = OURS

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField()
    day = models.DateField(null=True)
    cancelled = models.BooleanField(default=False)
    centre_id = models.UUIDField(null=True)
    after = models.UUIDField(null=True)
    examined = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["at"], name="cases_recount_waiting", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(fields=["-at"], name="cases_recount_newest"),
        ]

    def __str__(self) -> str:
        return str(self.day or self.at.date())


class Recounted(models.Model):
    """A case whose due date a recount moved."""

    mirror = OURS

    recount = models.ForeignKey(Recount, on_delete=models.CASCADE, related_name="cases")
    case_id = models.UUIDField()
    number = models.CharField(max_length=40)
    centre_id = models.UUIDField()
    authority_id = models.UUIDField()
    was = models.DateField(null=True)
    now = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["recount", "case_id"], name="cases_recounted_once")
        ]

    def __str__(self) -> str:
        return self.number
