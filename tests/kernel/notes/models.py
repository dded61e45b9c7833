"""A note with lines: an aggregate as contexts have them."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event
from onedoor.kernel.mirrors import Child, Local, Mirror


@dataclass(frozen=True, kw_only=True)
class NoteChanged(Event):
    """A line was added."""

    name: ClassVar[str] = "notes.note_changed"
    schema: ClassVar[int] = 1
    lines: int


class Note(Aggregate):
    """Text with lines."""

    mirror = Mirror("up", "open")
    title = models.TextField(default="")


class Line(models.Model):
    """A line of a note."""

    mirror = Child(of="note")
    id = models.UUIDField(primary_key=True, default=new_id)
    note = models.ForeignKey(Note, models.CASCADE, related_name="lines")
    text = models.TextField()


class Heard(models.Model):
    """What the projection heard."""

    mirror = Local("a projection of the test")
    id = models.BigAutoField(primary_key=True)
    note = models.UUIDField()
    version = models.IntegerField()
