"""The tables of letters. They are written by plain SQL in this package; these classes own the schema."""

from django.db import models
from django.db.models.functions import Now

from onedoor.kernel.mirrors.declare import Local

TRAVELS = Local("letters travel by links, not as mirrors")


class LetterRow(models.Model):
    """A letter as it is kept: never changed, never deleted (a trigger refuses both)."""

    mirror = TRAVELS
    id = models.BigAutoField(primary_key=True)
    origin = models.UUIDField()
    addressee = models.UUIDField(null=True)
    type = models.TextField()
    schema = models.PositiveSmallIntegerField()
    kind = models.TextField()
    aggregate = models.UUIDField()
    epoch = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    actor_kind = models.TextField()
    actor = models.UUIDField()
    centre = models.UUIDField(null=True)
    at = models.DateTimeField()
    body = models.TextField()
    person = models.UUIDField(null=True)
    payload = models.BinaryField(null=True)

    class Meta:
        db_table = "kernel_letter"
        constraints = [
            models.UniqueConstraint(fields=["aggregate", "epoch", "version"], name="one_letter_per_version")
        ]


class Unsealed(models.Model):
    """A committed letter that has no number yet."""

    mirror = TRAVELS
    letter = models.OneToOneField(
        LetterRow, models.CASCADE, primary_key=True, db_column="letter", db_constraint=False
    )
    written = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "kernel_unsealed"


class Seal(models.Model):
    """A letter's dense number and the hash of the chain up to it."""

    mirror = TRAVELS
    number = models.PositiveBigIntegerField(primary_key=True)
    letter = models.OneToOneField(LetterRow, models.DO_NOTHING, db_column="letter", db_constraint=False)
    hash = models.BinaryField()

    class Meta:
        db_table = "kernel_seal"


class Head(models.Model):
    """The chain's end at an instant, signed by the node."""

    mirror = Local("heads go to the hub with the link's own messages")
    number = models.PositiveBigIntegerField(primary_key=True)
    hash = models.BinaryField()
    at = models.DateTimeField()
    generation = models.PositiveIntegerField()
    public_key = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        db_table = "kernel_head"


class Delivery(models.Model):
    """A letter that a handler has still to hear; the row goes in the transaction of the handler's effect."""

    mirror = Local("each node delivers for itself")
    id = models.BigAutoField(primary_key=True)
    letter = models.ForeignKey(
        LetterRow, models.CASCADE, db_column="letter", db_constraint=False, db_index=False
    )
    handler = models.TextField()
    aggregate = models.UUIDField()
    due = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    error = models.TextField(default="", db_default="")
    written = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "kernel_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["handler", "aggregate", "letter"], name="one_delivery_per_handler"
            )
        ]
        indexes = [models.Index(fields=["letter"], name="delivery_by_letter")]


class Follower(models.Model):
    """How far a projection has followed the sealed numbers; from 0 it hears everything anew."""

    mirror = Local("each node follows for itself")
    name = models.TextField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "kernel_follower"


class PersonKey(models.Model):
    """The key under which one person's payloads are encrypted; retention destroys it and the chain stays whole."""

    mirror = Local("keys never leave the node")
    person = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_person_key"
