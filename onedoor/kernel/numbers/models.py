"""The tables behind numbers: the counters of series, and the generations of this node."""

from django.db import models

from onedoor.kernel.mirrors.declare import Local


class Series(models.Model):
    """The last serial that was drawn of a series."""

    mirror = Local("each node numbers for itself")
    id = models.BigAutoField(primary_key=True)
    place = models.TextField()
    year = models.PositiveSmallIntegerField()
    series = models.TextField()
    generation = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "kernel_series"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "series", "generation"], name="one_counter_per_series"
            )
        ]


class Generation(models.Model):
    """A life of this node's data: the first, and one more after each restore."""

    mirror = Local("told to the hub by the link")
    number = models.PositiveIntegerField(primary_key=True)
    started_at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        db_table = "kernel_generation_log"
