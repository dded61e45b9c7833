"""Tables of opening and closing: what is to be checked, as data, and what was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Child, Mirror

PHASES = ("opening", "closing")
MEASURES = ("", "float", "link", "clock")


class ChecklistPlan(Aggregate):
    """What the centres of a unit and all below it check before they open and after they close."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit = Reference("access.Unit", related_name="+")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="centres_one_checklist_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.unit_id)


class ChecklistItem(models.Model):
    """One thing to check; ``measure`` where a machine measures it and nobody ticks."""

    mirror = Child(of="plan")

    plan = models.ForeignKey(ChecklistPlan, on_delete=models.CASCADE, related_name="items")
    phase = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    name = models.JSONField()
    measure = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "phase", "code"], name="centres_one_item_a_phase"),
            models.CheckConstraint(condition=Q(phase__in=PHASES), name="centres_item_phase"),
            models.CheckConstraint(condition=Q(measure__in=MEASURES), name="centres_item_measure"),
        ]

    def __str__(self) -> str:
        return self.code


class Checklist(Aggregate):
    """The opening or the closing of a centre on a day; signed when somebody said that it is whole."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    day = models.DateField()
    phase = models.CharField(max_length=10)
    signed_by = Reference("access.Login", null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["centre", "day", "phase"], name="centres_one_checklist_a_day_and_phase"
            ),
            models.CheckConstraint(condition=Q(phase__in=PHASES), name="centres_checklist_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.phase}"


class CheckEntry(models.Model):
    """One thing as it was found: in order or not, by whom and when, with a note; ``value`` where it was measured."""

    mirror = Child(of="checklist")

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="entries")
    item = models.CharField(max_length=40)
    fine = models.BooleanField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    value = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["checklist", "item"], name="centres_one_entry_an_item")
        ]

    def __str__(self) -> str:
        return self.item
