"""Tables of voice. A closed rating knows that there was an answer; an answer knows its centre, day and perhaps service."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import models, transaction

from onedoor.domain.voice import errors
from onedoor.kernel.aggregate import Aggregate, prepared
from onedoor.kernel.letters import LETTER_CTE, Event, letter_values, poke
from onedoor.kernel.mirrors import Local, Mirror
from onedoor.kernel.scope import Actor, ScopedManager


class State(models.TextChoices):
    """What became of the question."""

    OPEN = "open"
    RATED = "rated"
    DECLINED = "declined"
    UNANSWERED = "unanswered"


class Rating(Aggregate):
    """The question how a visit was. What was answered is never here: it goes into the box (decision 0015).

    While it is open it knows its visit and the counter whose tablet shows it; closing it forgets both. What stays is a keyed
    hash of the visit, so that no visit is asked twice.
    """

    mirror = Mirror(direction="up", privacy="personal", fields=("centre_id", "state", "closed_on"))

    centre_id = models.UUIDField()
    service = models.UUIDField(null=True)
    visit = models.UUIDField(null=True)
    counter = models.UUIDField(null=True)
    visit_key = models.BinaryField(max_length=32, unique=True, null=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        db_table = "voice_rating"
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="voice_rating_due"),
            models.Index(fields=["counter"], condition=models.Q(state="open"), name="voice_rating_counter"),
            models.Index(fields=["centre_id", "closed_on"], name="voice_rating_centre"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(visit__isnull=True, counter__isnull=True),
                name="voice_closed_rating_is_anonymous",
            ),
        ]

    def __str__(self) -> str:
        return f"rating {self.id} {self.state}"


class Said(models.Model):
    """What was answered: never by whom, to whom or at which minute."""

    centre_id = models.UUIDField()
    service = models.UUIDField(null=True)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    channel = models.CharField(max_length=10, blank=True)
    day = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.score} on {self.day}"


class Slip(Said):
    """An answer in the box of its centre, under an id of chance, until the day is over and enough others lie with it."""

    mirror = Local("the box of answers: what is in it is told later, under other ids, many together")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        db_table = "voice_slip"
        indexes = [models.Index(fields=["centre_id", "day"], name="voice_slip_centre")]


class Answer(Said, Aggregate):
    """A score that was told, with its words; of the service only where five or more were told together."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    objects = ScopedManager(centre="centre_id")

    class Meta:
        db_table = "voice_answer"
        indexes = [models.Index(fields=["centre_id", "day"], name="voice_answer_centre")]
        constraints = [
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="voice_score_is_one_of_five")
        ]


class Complaint(Aggregate):
    """A complaint about a centre, with the duty to answer it by a day."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    number = models.CharField(max_length=40, unique=True)
    centre_id = models.UUIDField()
    topic = models.CharField(max_length=20)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        db_table = "voice_complaint"
        indexes = [
            models.Index(
                fields=["centre_id", "due_on"],
                condition=models.Q(answered_at__isnull=True),
                name="voice_owed",
            )
        ]

    def __str__(self) -> str:
        return self.number


_ASK = f"""
WITH changed AS (
  INSERT INTO voice_rating (id, owner, epoch, version, centre_id, service, visit, counter, visit_key, token_hash,
                            state, opened_at, due_at)
  VALUES (%(id)s, kernel_this_node(), 1, 1, %(centre)s, %(service)s, %(visit)s, %(counter)s, %(visit_key)s,
          %(token_hash)s, 'open', %(at)s, %(due_at)s)
  ON CONFLICT (visit_key) DO NOTHING RETURNING id, epoch, version),
{LETTER_CTE} SELECT id FROM letter"""


def insert_ratings(ratings: Sequence[tuple[Rating, datetime]], *, event: Event, by: Actor) -> list[bool]:
    """Write open ratings, each opened at an instant, with their letters; one round of statements, as every served ticket asks.

    False where nothing was written because the visit was asked before.
    """
    names = ("id", "service", "visit", "counter", "visit_key", "token_hash", "due_at")
    values = [
        letter_values(event, kind="voice.rating", by=by, at=at, centre=rating.centre_id)
        | {name: getattr(rating, name) for name in names}
        for rating, at in ratings
    ]
    with prepared() as cursor:
        cursor.executemany(_ASK, values, returning=True)
        written = [each.fetchone() is not None for each in cursor.results()]
    if any(written):
        transaction.on_commit(poke)
    return written


def locked_by_token(token_hash: bytes) -> Rating:
    """The rating that is asked for under a token, locked.

    Raises:
        NoSuchRating.
    """
    held = Rating.objects.select_for_update(no_key=True).filter(token_hash=token_hash).first()
    if held is None:
        raise errors.NoSuchRating
    return held


def closed_boxes(*, before: date) -> list[UUID]:
    """The centres in whose boxes answers of earlier days lie."""
    found = Slip.objects.filter(day__lt=before).order_by("centre_id").values_list("centre_id", flat=True)
    return list(found.distinct())


def locked_slips(centre: UUID, *, before: date) -> list[Slip]:
    """What lies in a centre's box of earlier days, locked, by chance; not what somebody else is taking out."""
    found = Slip.objects.select_for_update(skip_locked=True).filter(centre_id=centre, day__lt=before)
    return list(found.order_by("id"))


def locked_complaint(complaint: UUID) -> Complaint:
    """The complaint, locked.

    Raises:
        NoSuchComplaint.
    """
    held = Complaint.objects.select_for_update(no_key=True).filter(id=complaint).first()
    if held is None:
        raise errors.NoSuchComplaint
    return held
