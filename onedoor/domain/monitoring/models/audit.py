"""What an auditor looks at first: acts that leave the ordinary way, each with whose it was; and what belongs to a case."""

from typing import ClassVar

from django.db import models

from onedoor.domain.monitoring.models.tables import PROJECTED


class Mark(models.Model):
    """One letter that an auditor wants to see; ``subject`` is a case, or ``visit`` leads to one."""

    mirror = PROJECTED
    letter = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    sort = models.TextField()
    at = models.DateTimeField()
    centre = models.UUIDField()
    actor_kind = models.TextField()
    actor = models.UUIDField()
    second = models.UUIDField(null=True)
    target = models.TextField(default="")
    aggregate = models.UUIDField()
    subject = models.UUIDField(null=True)
    visit = models.UUIDField(null=True)
    number = models.TextField(default="")
    code = models.TextField(default="")
    amount = models.BigIntegerField(null=True)

    class Meta:
        db_table = "monitoring_mark"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "-at", "-letter"], name="monitoring_mark_centre"),
            models.Index(fields=["-at", "-letter"], name="monitoring_mark_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.aggregate}"


class Belonging(models.Model):
    """An aggregate that belongs to a case: a document, a charge, a receipt."""

    mirror = PROJECTED
    aggregate = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)

    class Meta:
        db_table = "monitoring_belonging"

    def __str__(self) -> str:
        return f"{self.aggregate} of {self.subject}"
