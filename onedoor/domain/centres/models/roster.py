"""Tables of those who help at the door: greeters and volunteers, and when they are on duty. They stay at their centre."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Mirror

HELPER_KINDS = ("greeter", "volunteer")


class Helper(Aggregate):
    """A greeter or volunteer, kept with her consent; when she is forgotten, only that somebody helped remains."""

    mirror = Mirror(direction="local", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200, blank=True)
    phone = models.BinaryField(null=True)
    languages = models.JSONField(default=list)
    trained_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    consent_on = models.DateField()
    forgotten_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre"], condition=Q(forgotten_on=None), name="centres_helpers")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=HELPER_KINDS), name="centres_helper_kind"),
            models.CheckConstraint(
                condition=Q(forgotten_on=None) & ~Q(name="")
                | Q(forgotten_on__isnull=False, name="", phone=None),
                name="centres_forgotten_helper_has_no_name",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="centres_helper_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Duty(Aggregate):
    """Some hours of a day on which a helper is at a place of the centre (the door, the kiosk ...)."""

    mirror = Mirror(direction="local", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    helper = Reference(Helper, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=20)
    cancelled = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "day"], condition=Q(cancelled=False), name="centres_duty_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="centres_duty_ends_later")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts}"
