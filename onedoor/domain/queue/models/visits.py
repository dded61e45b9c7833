"""The errands of a visit, and the help that its people asked for."""

from django.db import models
from django.db.models import Q

from onedoor.domain.queue.rules import OPEN_HELP, ErrandState, HelpState
from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.scope import ScopedManager


class Errand(Aggregate):
    """One service for one person of a visit; ``first`` is the one for which its ticket stands in line.

    ``label`` is how the desk tells the people of a family apart; it never leaves this node.
    ``case_id`` is the application that was opened for it, opaque here.
    """

    mirror = Mirror(
        direction="up",
        privacy="open",
        fields=(
            "centre_id",
            "visit",
            "ticket_id",
            "first",
            "person",
            "service_id",
            "state",
            "case_id",
            "asked_at",
            "ended_at",
        ),
    )
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    visit = models.UUIDField()
    ticket_id = models.UUIDField(null=True)
    day = models.DateField()
    first = models.BooleanField(default=False)
    person = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=60, blank=True, default="")
    service_id = models.UUIDField()
    state = models.CharField(max_length=10, default=ErrandState.ASKED.value)
    case_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person", "service_id"],
                condition=~Q(state="dropped"),
                name="errand_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(case_id__isnull=False), name="errand_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ErrandState]), name="errand_state"
            ),
        ]
        indexes = [
            models.Index(fields=["visit", "person", "asked_at"], name="errand_visit"),
            models.Index(
                fields=["centre_id", "day", "service_id"], condition=~Q(state="dropped"), name="errand_day"
            ),
            models.Index(fields=["day"], condition=~Q(label=""), name="errand_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.visit}/{self.person}"


class Help(Aggregate):
    """Help that somebody asked for, and who comes. Nothing of it leaves this node but that it moved."""

    mirror = Mirror(direction="local", privacy="personal")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    day = models.DateField()
    visit = models.UUIDField()
    code = models.CharField(max_length=24)
    state = models.CharField(max_length=10, default=HelpState.ASKED.value)
    helper_id = models.UUIDField(null=True)
    helper_name = models.CharField(max_length=200, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    here_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "code"], condition=~Q(state="withdrawn"), name="help_once_a_visit"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in HelpState]), name="help_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre_id", "day"],
                condition=Q(state__in=[each.value for each in OPEN_HELP]),
                name="help_open",
            ),
            models.Index(fields=["day"], condition=~Q(helper_name=""), name="help_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
