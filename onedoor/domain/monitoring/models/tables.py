"""Tables of monitoring. All but standards and tiles are projections: local, made from letters, and made anew from them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onedoor.domain.monitoring.rules.tallies import COUNTS
from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Local, Mirror

PROJECTED = Local("a projection: each node makes its own from the letters that reach it")
OPEN = ("waiting", "called", "serving", "held")


class Visit(models.Model):
    """A ticket as its letters tell it; kept for some weeks."""

    mirror = PROJECTED
    id = models.UUIDField(primary_key=True)
    version = models.PositiveBigIntegerField()
    centre = models.UUIDField()
    service = models.UUIDField()
    counter = models.UUIDField(null=True)
    number = models.TextField()
    channel = models.TextField()
    status = models.TextField()
    day = models.DateField()
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    zone = models.TextField(default="", db_default="")
    moves = models.JSONField(default=list, db_default=[])
    """Each status with its instant (seconds of the epoch) and counter, so that the hall can be drawn again."""

    class Meta:
        db_table = "monitoring_visit"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre"], condition=models.Q(status__in=OPEN), name="monitoring_visit_open"
            ),
            models.Index(fields=["centre", "day"], name="monitoring_visit_day"),
            models.Index(fields=["day", "centre"], name="monitoring_visit_films"),
        ]

    def __str__(self) -> str:
        return self.number


class Matter(models.Model):
    """A case as its letters tell it: when it came, when it was due, when it was done.

    ``warned_at``: when its office was reminded of this due date. ``holder``, ``told``, ``level``: once it is late, whose step
    it is, which unit above was told last, and how high.
    """

    mirror = PROJECTED
    id = models.UUIDField(primary_key=True)
    version = models.PositiveBigIntegerField()
    centre = models.UUIDField()
    service = models.UUIDField()
    channel = models.TextField()
    sex = models.TextField(default="")
    age = models.TextField(default="")
    disability = models.TextField(default="")
    language = models.TextField(default="")
    status = models.TextField()
    received_at = models.DateTimeField()
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    holder = models.UUIDField(null=True)
    told = models.UUIDField(null=True)
    level = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "monitoring_matter"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre", "service", "due"],
                condition=models.Q(done_at__isnull=True),
                name="monitoring_matter_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Grievance(models.Model):
    """A complaint as its letters tell it: by when an answer is owed, and when it was given."""

    mirror = PROJECTED
    id = models.UUIDField(primary_key=True)
    centre = models.UUIDField()
    made_at = models.DateTimeField()
    due = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "monitoring_grievance"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre", "due"],
                condition=models.Q(answered_at__isnull=True),
                name="monitoring_grievance_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Hall(models.Model):
    """When a centre was last heard of."""

    mirror = PROJECTED
    centre = models.UUIDField(primary_key=True)
    last_seen = models.DateTimeField()

    class Meta:
        db_table = "monitoring_hall"

    def __str__(self) -> str:
        return str(self.centre)


class Post(models.Model):
    """A counter of a centre, and whether it serves."""

    mirror = PROJECTED
    centre = models.UUIDField()
    code = models.TextField()
    counter = models.UUIDField(null=True)
    is_open = models.BooleanField(default=True)
    version = models.PositiveBigIntegerField(default=0)
    officer = models.UUIDField(null=True)
    free_since = models.DateTimeField(null=True)
    """Since when nobody stands there while it is open; None until an officer has called to it."""

    class Meta:
        db_table = "monitoring_post"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre", "code"], name="monitoring_one_post_a_code")
        ]

    def __str__(self) -> str:
        return self.code


class Till(models.Model):
    """A cash session: when it was opened and closed, and by how much it was off."""

    mirror = PROJECTED
    id = models.UUIDField(primary_key=True)
    centre = models.UUIDField()
    counter = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    difference = models.BigIntegerField(default=0)

    class Meta:
        db_table = "monitoring_till"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "-opened_at"], name="monitoring_till_centre")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Heard(models.Model):
    """Which letter of an aggregate without a row of its own was counted last, so that none is counted twice."""

    mirror = PROJECTED
    aggregate = models.UUIDField(primary_key=True)
    version = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "monitoring_heard"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="monitoring_heard_age")]

    def __str__(self) -> str:
        return str(self.aggregate)


class TallyBase(models.Model):
    """What was counted in a day, month or year: for one centre or all, one service or all, everybody or some."""

    pk = models.CompositePrimaryKey("grain", "dim", "service", "period", "centre", "value")
    grain = models.TextField()
    period = models.DateField()
    centre = models.UUIDField()
    service = models.UUIDField()
    dim = models.TextField()
    value = models.TextField()
    waits = ArrayField(models.IntegerField(), null=True)
    durations = ArrayField(models.IntegerField(), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.grain} {self.period} {self.dim} {self.value}"


for _name in COUNTS:
    TallyBase.add_to_class(_name, models.BigIntegerField(default=0, db_default=0))


class TallyRow(TallyBase):
    """The tallies; written by plain SQL in `models.tallies`."""

    mirror = PROJECTED

    class Meta:
        db_table = "monitoring_tally"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["grain", "dim", "centre", "period"], name="monitoring_tally_centre")
        ]


class Standard(Aggregate):
    """A service standard: a limit, and the share that must keep it (0: any breach is told)."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    code = models.CharField(max_length=40, unique=True)
    name = models.JSONField()
    limit = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    demonstration = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "monitoring_standard"

    def __str__(self) -> str:
        return self.code


class Tile(Aggregate):
    """Where a province stands on the tile map."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit = Reference("access.Unit", related_name="+")
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()
    label = models.JSONField()

    class Meta:
        db_table = "monitoring_tile"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="monitoring_one_tile_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.column}/{self.row}"
