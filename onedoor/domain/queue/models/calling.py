"""The rules by which centres call. Reference data: every call needs one, none changes often."""

from uuid import UUID

from django.db import models

from onedoor.kernel.aggregate import Aggregate, prepared
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.mirrors.reference import looked


class HallRule(Aggregate):
    """How a centre calls, or every centre below a unit that has no rule of its own.

    ``rule`` as `rules.written` writes it; none where the centre follows the unit above again.
    """

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit_id = models.UUIDField()
    rule = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)
    demonstration = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_id"], name="one_hall_rule_a_unit")]

    def __str__(self) -> str:
        return str(self.unit_id)


_RULES = "SELECT unit_id, id, version FROM queue_hallrule WHERE rule IS NOT NULL AND unit_id = ANY(%s)"


@looked("queue_hallrule")
def look_at_rules(*, units: tuple[UUID, ...]) -> dict[UUID, tuple[UUID, int]]:
    """The rules of these units: row and version by unit; a prepared look, as every call needs it."""
    with prepared() as cursor:
        return {unit: (key, version) for unit, key, version in cursor.execute(_RULES, [list(units)])}
