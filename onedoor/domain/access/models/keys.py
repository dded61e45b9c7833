"""Devices and machines: what proves them is kept hashed, and honoured only by the node that gave it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onedoor.domain.access.models.units import Role, Unit
from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Mirror


class Device(Aggregate):
    """A kiosk, board or tablet that stands in a centre; it shows its token instead of logging in."""

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    centre = Reference(Unit, related_name="+")
    role = Reference(Role, related_name="+")
    token = models.BinaryField(unique=True, help_text="Keyed hash of the token.")
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    mirror: ClassVar[Mirror] = Mirror(direction="local", privacy="secret")

    class Meta:
        db_table = "access_device"

    def __str__(self) -> str:
        return self.name


class Token(Aggregate):
    """A machine's key to the exchange door: some permissions at one unit, until a day; the lanes of some roles, if any."""

    name = models.CharField(max_length=80)
    unit = Reference(Unit, related_name="+")
    scopes = ArrayField(models.CharField(max_length=60))
    roles = ArrayField(models.CharField(max_length=40), default=list, db_default=models.Value([]))
    token = models.BinaryField(unique=True, help_text="Keyed hash of the token.")
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    mirror: ClassVar[Mirror] = Mirror(direction="local", privacy="secret")

    class Meta:
        db_table = "access_token"

    def __str__(self) -> str:
        return self.name
