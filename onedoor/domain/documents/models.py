"""Tables of documents: templates, documents, their copies, and wrong tries at verification."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, models

from onedoor.domain.documents import errors
from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Child, Local, Mirror
from onedoor.kernel.scope import ScopedManager


class State(models.TextChoices):
    """The life of a document."""

    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    NUMBERED = "numbered"
    ISSUED = "issued"
    REVOKED = "revoked"


class PrintState(models.TextChoices):
    """What is known about a copy on paper."""

    READY = "ready"
    UNKNOWN = "unknown"
    PRINTED = "printed"


class Template(Aggregate):
    """How a kind of document reads: heading, title, rows of facts, legal basis, signer. Data of a pack."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    code = models.CharField(max_length=60, unique=True)
    layout = models.JSONField()

    class Meta:
        db_table = "documents_template"

    def __str__(self) -> str:
        return self.code


class Document(Aggregate):
    """One document about an opaque subject. The layout is frozen with it, so a reprint never changes."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    subject = models.UUIDField(db_index=True)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    layout = models.JSONField()
    facts = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    demonstration = models.BooleanField(default=False)
    guided = models.BooleanField(default=False)
    number = models.CharField(max_length=40, null=True, unique=True)
    prepared_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=500, blank=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        db_table = "documents_document"
        indexes = [models.Index(fields=["centre_id", "state", "prepared_at"], name="documents_by_centre")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=~models.Q(state="revoked"),
                name="documents_one_living_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False) | models.Q(state__in=["prepared", "confirmed"]),
                name="documents_issued_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class Copy(models.Model):
    """A copy of a document: the original (1) or a reprint, each with its own code and its own signed file."""

    mirror = Child(of="document")

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="copies")
    number = models.PositiveSmallIntegerField()
    code_hash = models.BinaryField(max_length=32)
    file = models.UUIDField()
    digest = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=PrintState.choices, default=PrintState.READY)
    spoiled = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "documents_copy"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documents_copy_number")]

    def __str__(self) -> str:
        return f"{self.document_id} copy {self.number}"


class WrongTries(models.Model):
    """How often an address gave a wrong code lately. The address is kept as a blind index only."""

    mirror = Local("counts knocking at this node's own door")

    address = models.BinaryField(primary_key=True, max_length=32)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "documents_wrong_tries"


def locked(document: UUID) -> Document:
    """The document, locked until the transaction ends.

    Raises:
        NoSuchDocument: it is not there, or not in the open scope.
    """
    held = Document.objects.select_for_update(no_key=True).filter(id=document).first()
    if held is None:
        raise errors.NoSuchDocument
    return held


def count_wrong_try(*, address: bytes, at: datetime, forgiven_after: timedelta) -> None:
    """One more wrong code from an address, in one statement; the first again when the last was long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_wrong_tries (address, count, last_at) VALUES (%s, 1, %s) "
            "ON CONFLICT (address) DO UPDATE SET last_at = EXCLUDED.last_at, "
            "count = CASE WHEN documents_wrong_tries.last_at < %s THEN 1 ELSE documents_wrong_tries.count + 1 END",
            [address, at, at - forgiven_after],
        )
