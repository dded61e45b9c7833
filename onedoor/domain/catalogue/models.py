"""Tables of the catalogue: services, their editions, the words they are found by, life events."""

from datetime import date
from json import dumps
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from onedoor.kernel.aggregate import Aggregate, Reference, prepared
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Child, Mirror
from onedoor.kernel.mirrors.reference import looked


class LifeEvent(Aggregate):
    """A moment of life by which people look for services."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    code = models.SlugField(max_length=40, unique=True)
    name = models.JSONField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return self.code


class Service(Aggregate):
    """What the state offers, by its code. What it asks for and costs stands in its editions."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    code = models.SlugField(max_length=80, unique=True)
    authority = Reference("access.Unit", related_name="+")
    edition = models.PositiveIntegerField()
    demonstration = models.BooleanField()
    sort_keys = models.JSONField()

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """One published version of a service; never changed, since cases are pinned to it."""

    mirror = Child(of="service")

    id = models.UUIDField(primary_key=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    form = models.JSONField()
    process = models.TextField()
    decisions = models.TextField(default="", db_default="")
    draft = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "number"], name="catalogue_edition_number")
        ]

    def __str__(self) -> str:
        return f"{self.service_id}/{self.number}"


class Release(models.Model):
    """That an edition applies: from a day on, at all centres or at the named pilot centres, until a day or its follower."""

    mirror = Child(of="service")

    id = models.UUIDField(primary_key=True, default=new_id)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="releases")
    edition = models.UUIDField()
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    until = models.DateField(null=True)
    centres = models.JSONField(default=list)
    reason = models.TextField(default="", db_default="")
    instead = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.service_id}/{self.number} from {self.valid_from}"


class Term(models.Model):
    """One name or keyword of an edition in its two search forms; names weigh more than keywords.

    ``number``: of the edition that is found by it; 0 (written by an older node) is whichever applies.
    """

    mirror = Child(of="service")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveIntegerField(default=0, db_default=0)
    normal = models.TextField()
    toneless = models.TextField()
    weight = models.FloatField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["toneless"], opclasses=["gin_trgm_ops"], name="catalogue_term_trigrams")
        ]

    def __str__(self) -> str:
        return self.normal


_SEARCH = """
WITH held AS (
  SELECT DISTINCT ON (service_id) service_id, number, edition
    FROM catalogue_release
   WHERE valid_from <= %(day)s AND (until IS NULL OR until > %(day)s)
     AND (centres = '[]'::jsonb OR centres @> %(centre)s::jsonb)
   ORDER BY service_id, number DESC)
SELECT held.edition, max(weight * (
         0.40 * similarity(toneless, %(toneless)s)
       + 0.40 * greatest(word_similarity(%(toneless)s, toneless),
                         CASE WHEN length(toneless) > 3 THEN 0.9 * word_similarity(toneless, %(toneless)s) ELSE 0 END)
       + 0.12 * similarity(normal, %(normal)s)
       + 0.08 * (position(%(toneless)s IN toneless) > 0)::int)) AS score
  FROM catalogue_term term JOIN held ON held.service_id = term.service_id AND term.number IN (0, held.number)
 WHERE toneless %%> %(toneless)s OR toneless <%% %(toneless)s OR toneless LIKE %(inside)s
 GROUP BY held.edition, held.service_id
 ORDER BY score DESC, held.service_id
 LIMIT %(limit)s
"""


def matching(
    *, normal: str, toneless: str, limit: int, day: date, centre: UUID | None
) -> list[tuple[UUID, float]]:
    """The editions in force on a day at a centre (None: for everybody) whose words are nearest to a query, best first."""
    inside = "%" + toneless.replace("\\", "").replace("%", "").replace("_", "") + "%"
    about: dict[str, Any] = {"normal": normal, "toneless": toneless, "inside": inside, "limit": limit}
    about |= {"day": day, "centre": dumps([str(centre)] if centre else [""])}
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, about)
        return [(edition, float(score)) for edition, score in cursor.fetchall()]


@looked("catalogue_service")
def look_at_service(*, service: UUID | None = None, code: str = "") -> tuple[UUID, int] | None:
    """The id and version of a service, by its id or its code; a prepared look, as pages of the counter need it often."""
    with prepared() as cursor:
        if service is not None:
            return cursor.execute(
                "SELECT id, version FROM catalogue_service WHERE id = %s", [service]
            ).fetchone()
        return cursor.execute("SELECT id, version FROM catalogue_service WHERE code = %s", [code]).fetchone()


class ServiceDraft(Aggregate):
    """A service as somebody writes it: its documents, and how far it is on the way to being published.

    ``base``: the edition it was begun from. ``editors``: everybody who began or saved it; none of them may approve it.
    ``edition``: the number under which it was released.
    """

    mirror = Mirror(direction="local", privacy="open")

    code = models.SlugField(max_length=80)
    authority = Reference("access.Unit", related_name="+")
    base = models.PositiveIntegerField(null=True)
    content = models.JSONField()
    form = models.JSONField()
    process = models.TextField()
    decisions = models.TextField()
    state = models.CharField(max_length=10, default="writing")
    editors = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    reason = models.TextField(default="")
    edition = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "state", "code"], name="catalogue_draft_listed")
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
