"""The case and its rows: where its tokens stand, who has which task, which terms run, which papers lie with it."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Child, Local, Mirror
from onedoor.kernel.scope import ScopedManager

FAR = "9999-12-31"
OPEN, OVER = Q(closed_at__isnull=True), Q(closed_at__isnull=False)


class Case(Aggregate):
    """One application to one service, from the draft to the result; pinned to the edition that was in force."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    number = models.CharField(max_length=40, unique=True, null=True)
    code_hash = models.BinaryField(null=True)
    centre_id = models.UUIDField(db_index=True)
    authority_id = models.UUIDField()
    service_id = models.UUIDField()
    edition_id = models.UUIDField()
    visit = models.UUIDField(null=True, db_index=True)
    ticket = models.UUIDField(null=True)
    errand = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    status = models.CharField(max_length=30, default="draft")
    outcome = models.CharField(max_length=30, default="")
    data = models.JSONField(default=dict)
    hands = models.JSONField(default=list)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_why = models.JSONField(default=dict)
    steps = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, default="", db_default="")
    words = models.TextField(default="", db_default="")
    kept = models.JSONField(default=dict, db_default={})
    shown = models.JSONField(default=dict, db_default={}, help_text="By what she showed who she is.")

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(number__isnull=False),
                name="cases_received_has_number",
            ),
            models.UniqueConstraint(
                fields=["ticket", "service_id"],
                condition=Q(status="draft", ticket__isnull=False, errand__isnull=True),
                name="cases_one_draft_for_a_ticket",
            ),
            models.UniqueConstraint(
                fields=["errand"],
                condition=Q(status="draft", errand__isnull=False),
                name="cases_one_draft_for_an_errand",
            ),
        ]
        # For lists, newest first. Only closing moves a case between them: a step stays a cheap update.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority_id", "received_at", "id"], name="cases_list_authority"),
            models.Index(fields=["centre_id", "received_at", "id"], name="cases_list_centre"),
            models.Index(
                fields=["authority_id", "service_id", "received_at", "id"], name="cases_list_service"
            ),
            models.Index(
                fields=["authority_id", "received_at", "id"], name="cases_open_authority", condition=OPEN
            ),
            models.Index(fields=["centre_id", "received_at", "id"], name="cases_open_centre", condition=OPEN),
            models.Index(
                fields=["authority_id", "status", "received_at", "id"],
                name="cases_over_authority",
                condition=OVER,
            ),
            models.Index(
                fields=["centre_id", "status", "received_at", "id"], name="cases_over_centre", condition=OVER
            ),
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="cases_words_trigrams"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class Token(models.Model):
    """Where the process stands: one row for each place at which it waits now.

    ``parent``: the token inside whose subprocess it stands; ``mark``: the arrow by which it came, or its place among several.
    """

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tokens")
    node = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    parent = models.UUIDField(null=True)
    mark = models.CharField(max_length=120, default="", db_default="")

    def __str__(self) -> str:
        return self.node


class Task(models.Model):
    """One step of a case for one lane: waiting, done, stopped or failed. Rows stay as the case's history."""

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    token = models.UUIDField(unique=True)
    place = models.PositiveIntegerField()
    node = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    audience = models.CharField(max_length=10)
    role = models.CharField(max_length=40)
    unit_id = models.UUIDField()
    separated = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    due_order = models.DateField()
    due_why = models.JSONField(default=dict)
    overdue_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=30, default="")
    reason = models.TextField(default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "place"], name="cases_task_place"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "stopped", "failed"]), name="cases_task_state"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["unit_id", "due_order", "id"],
                name="cases_task_worklist",
                condition=Q(state="open", kind="user"),
            ),
            models.Index(
                fields=["try_at"], name="cases_task_service", condition=Q(state="open", kind="service")
            ),
            models.Index(fields=["unit_id"], name="cases_task_failed", condition=Q(state="failed")),
            models.Index(
                fields=["unit_id", "done_at"], name="cases_task_done", condition=Q(state="done", kind="user")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.place}"


class Timer(models.Model):
    """A term that runs beside a token; ``due_at`` was reckoned when the token came. ``again``: how often it comes back."""

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    token = models.UUIDField()
    node = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    again = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="cases_timer_due", condition=Q(state="waiting")),
            models.Index(fields=["token"], name="cases_timer_token"),
        ]

    def __str__(self) -> str:
        return self.node


class Wait(models.Model):
    """A message for which a token waits: its name, and the key by which it finds this case."""

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waits")
    token = models.UUIDField()
    node = models.CharField(max_length=120)
    message = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message", "key"], name="cases_wait_key", condition=Q(state="waiting")),
            models.Index(fields=["token"], name="cases_wait_token"),
        ]

    def __str__(self) -> str:
        return f"{self.message}/{self.key}"


class Message(models.Model):
    """A message that came; kept until a case waits for it, and afterwards so that a repeat changes nothing.

    ``answers``: for a case that it may begin; gone when it was heard. ``sought_at``: when it was looked at for a case to begin,
    ``fault``: why it began none though a process starts by it.
    """

    mirror = Local("a message is heard at the node that has the case; one for another node goes on by letter")

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    outcome = models.CharField(max_length=30, default="")
    centre_id = models.UUIDField(null=True)
    came_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    heard_by = models.UUIDField(null=True)
    answers = models.JSONField(default=dict, db_default={})
    sought_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["name", "key"], name="cases_message_unheard", condition=Q(heard_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}/{self.key}"


class Forward(Aggregate):
    """A message that was passed on to the node that has its case; ``id`` is the message's."""

    mirror = Mirror(direction="local", privacy="open")

    node = models.UUIDField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Escalation(models.Model):
    """A case past its due date, told to the unit above the office that had it: which step, since when, and how high."""

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    task = models.UUIDField()
    unit_id = models.UUIDField()
    above_id = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    held_since = models.DateTimeField()
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["task", "level"], name="cases_escalated_once_a_level")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["above_id", "due_on"], name="cases_escalated_above")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.level}"


class Paper(models.Model):
    """A scanned paper of a case: which one it is, and the file."""

    mirror = Child(of="case")

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    code = models.CharField(max_length=80)
    file = models.UUIDField()
    name = models.CharField(max_length=200)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
