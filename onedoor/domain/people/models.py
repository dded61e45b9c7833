"""Tables of people: names plain, identifiers encrypted and found by a blind index."""

from typing import ClassVar

from django.db import models

from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Child, Mirror


class Person(Aggregate):
    """A person as the centres know her; not a registry of the population."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    names = models.JSONField()
    sort_keys = models.JSONField()
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, default="unknown")
    phone = models.CharField(max_length=20, default="")

    def __str__(self) -> str:
        return str(self.id)


class Identifier(models.Model):
    """A number by which a person is known elsewhere: encrypted, with a blind index to find it by."""

    mirror = Child(of="person")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField()
    blind = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "kind"], name="people_one_identifier_of_a_kind")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "blind"], name="people_identifier_blind")
        ]

    def __str__(self) -> str:
        return self.kind
