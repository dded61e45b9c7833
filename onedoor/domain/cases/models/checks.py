"""Checks of the country's receipts against the fee tables: how far each came, what it counted, and what it found."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import connection, models

from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Local

OURS = Local("each node checks the receipts that it keeps")
Tallied = tuple[UUID, UUID | None, date]  # centre, service, first day of the month


class FeeCheck(models.Model):
    """One run over the receipts, oldest first; ``after`` is the last one looked at, ``total`` how many there were at first."""

    mirror = OURS

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    since = models.DateField(null=True)
    after = models.UUIDField(null=True)
    examined = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["at"], name="cases_fee_check_waiting", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(fields=["-at"], name="cases_fee_check_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at.date()} {self.examined}"


class FeeTally(models.Model):
    """How many receipts of a service at a centre in a month stood how."""

    mirror = OURS

    check_run = models.ForeignKey(FeeCheck, on_delete=models.CASCADE, related_name="tallies")
    centre_id = models.UUIDField()
    service = models.UUIDField(null=True)
    month = models.DateField()
    standing = models.CharField(max_length=10)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["check_run", "centre_id", "service", "month", "standing"],
                name="cases_fee_tally_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.standing} {self.number}"


class FeeFinding(models.Model):
    """A receipt that is not what its table says, or of which that cannot be told; ``lines``: by how much, line by line."""

    mirror = OURS

    check_run = models.ForeignKey(FeeCheck, on_delete=models.CASCADE, related_name="findings")
    receipt = models.UUIDField()
    number = models.CharField(max_length=40)
    centre_id = models.UUIDField()
    service = models.UUIDField(null=True)
    officer = models.UUIDField()
    day = models.DateField()
    standing = models.CharField(max_length=10)
    why = models.CharField(max_length=20)
    found = models.BigIntegerField(default=0)
    expected = models.BigIntegerField(default=0)
    lines = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["check_run", "receipt"], name="cases_fee_finding_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["check_run", "standing", "-day"], name="cases_fee_finding_newest")
        ]

    def __str__(self) -> str:
        return self.number


_ADD = """
INSERT INTO cases_feetally (check_run_id, centre_id, service, month, standing, number)
SELECT %s, * FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::text[], %s::int[])
ON CONFLICT (check_run_id, centre_id, service, month, standing) DO UPDATE SET number = cases_feetally.number + EXCLUDED.number
"""


def add_tallies(check: UUID, counted: Mapping[tuple[Tallied, str], int]) -> None:
    """Count what a batch found to what was counted before; one statement."""
    if not counted:
        return
    rows = [(*place, standing, number) for (place, standing), number in counted.items()]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [check, *(list(column) for column in zip(*rows, strict=True))])
