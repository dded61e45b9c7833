"""The tables of what arrives once: people's requests by key, and other nodes' letters by link number."""

from django.db import models

from onedoor.kernel.mirrors.declare import Local

LINKS = Local("the link's own bookkeeping")


class Request(models.Model):
    """A writing request that was answered: its key, what it said and what was answered. Partitioned by day."""

    mirror = Local("a client repeats its request at the same node")
    pk = models.CompositePrimaryKey("day", "actor", "key")
    day = models.DateField()
    actor = models.UUIDField()
    key = models.TextField()
    said = models.BinaryField()
    status = models.PositiveSmallIntegerField()
    answer = models.TextField()

    class Meta:
        db_table = "kernel_request"


class Link(models.Model):
    """A one-way link between two nodes: the last number that was given to it, and whether it carries all letters."""

    mirror = LINKS
    id = models.BigAutoField(primary_key=True)
    peer = models.UUIDField(unique=True)
    everything = models.BooleanField()
    last = models.PositiveBigIntegerField(default=0, db_default=0)
    public_key = models.BinaryField(null=True)

    class Meta:
        db_table = "kernel_link"


class Outgoing(models.Model):
    """A sealed letter's dense number on a link; kept until the other side's watermark passes it."""

    mirror = LINKS
    id = models.BigAutoField(primary_key=True)
    peer = models.UUIDField()
    generation = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    letter = models.PositiveBigIntegerField()

    class Meta:
        db_table = "kernel_outgoing"
        constraints = [models.UniqueConstraint(fields=["peer", "generation", "number"], name="dense_by_link")]


class Received(models.Model):
    """The last link number that was applied, moved in the transaction of the effect; nothing before it is missing."""

    mirror = LINKS
    id = models.BigAutoField(primary_key=True)
    peer = models.UUIDField()
    generation = models.PositiveIntegerField()
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "kernel_received"
        constraints = [models.UniqueConstraint(fields=["peer", "generation"], name="one_mark_per_generation")]


class ParkedMirror(models.Model):
    """A state or letter of an epoch that has passed: kept for a person to look at, never applied."""

    mirror = LINKS
    id = models.BigAutoField(primary_key=True)
    peer = models.UUIDField()
    kind = models.TextField()
    aggregate = models.UUIDField()
    epoch = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    what = models.TextField()
    body = models.TextField()

    class Meta:
        db_table = "kernel_parked"
        constraints = [
            models.UniqueConstraint(fields=["aggregate", "epoch", "version", "what"], name="parked_once"),
        ]
