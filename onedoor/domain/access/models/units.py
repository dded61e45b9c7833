"""Units, roles and grants: reference data of the network, owned by the hub and mirrored to every centre."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from onedoor.domain.access.rules.tree import Unit as UnitView
from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Mirror


class Unit(Aggregate):
    """A node of the territory or of the authority tree, with its days of validity and its successors."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    tree = models.CharField(max_length=10, choices=[("territory", "territory"), ("authority", "authority")])
    name = models.JSONField()
    parent = Reference("self", null=True, blank=True, related_name="+")
    path = ArrayField(models.UUIDField(), help_text="From the root to the unit itself.")
    valid_from = models.DateField()
    valid_until = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer exists."
    )
    successors = ArrayField(models.UUIDField(), default=list, blank=True)
    source = models.TextField(blank=True)

    mirror: ClassVar[Mirror] = Mirror(direction="down", privacy="open")

    class Meta:
        db_table = "access_unit"
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["path"], name="access_unit_path")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="access_unit_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def view(self) -> UnitView:
        """The unit as the rules and other contexts see it."""
        return UnitView(
            id=self.id,
            code=self.code,
            kind=self.kind,
            tree=self.tree,
            name=self.name,
            parent=self.parent_id,
            path=tuple(self.path),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            successors=tuple(self.successors),
        )


class Role(Aggregate):
    """A named set of permissions, from the pack."""

    code = models.CharField(max_length=40, unique=True)
    name = models.JSONField()
    audience = models.CharField(max_length=10, default="front")
    permissions = ArrayField(models.CharField(max_length=60), default=list)

    mirror: ClassVar[Mirror] = Mirror(direction="down", privacy="open")

    class Meta:
        db_table = "access_role"

    def __str__(self) -> str:
        return self.code


class Grant(Aggregate):
    """A role given to a login at a unit, for a time."""

    login = Reference("access.Login", related_name="+")
    role = Reference(Role, related_name="+")
    unit = Reference(Unit, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)

    mirror: ClassVar[Mirror] = Mirror(direction="down", privacy="personal")

    class Meta:
        db_table = "access_grant"

    def __str__(self) -> str:
        return f"{self.role_id} of {self.login_id} at {self.unit_id}"
