"""Tables of planning: experiments with everything that is needed to repeat them, and how far the one that runs is."""

from typing import ClassVar

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Local, Mirror

STATES = ("waiting", "done", "failed")


class Experiment(Aggregate):
    """A question about another version of a service, and what was found.

    ``documents`` are those that were tried, as they were then; ``change`` says in which way they differ, where somebody
    changed them by hand. ``fault``: why it failed, as a code.
    """

    mirror = Mirror(direction="local", privacy="open", fields="*")

    service_id = models.UUIDField()
    authority_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10)
    draft_id = models.UUIDField(null=True)
    edition_id = models.UUIDField(null=True)
    documents = models.JSONField()
    change = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField()
    seed = models.PositiveIntegerField()
    assumptions = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting")
    result = models.JSONField(default=dict)
    fault = models.CharField(max_length=80, default="")
    by_kind = models.CharField(max_length=10)
    by = models.UUIDField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "planning_experiment"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="planning_experiment_state"),
            models.CheckConstraint(
                condition=models.Q(since__lte=models.F("until")), name="planning_experiment_period"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority_id", "-at"], name="planning_experiment_newest"),
            models.Index(
                fields=["at"],
                name="planning_experiment_waiting",
                condition=models.Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.since}"


class Progress(models.Model):
    """How far an experiment is that runs: so many of so many."""

    mirror = Local("only the node that runs it knows how far it is")

    experiment = models.OneToOneField(
        Experiment, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
