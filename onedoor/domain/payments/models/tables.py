"""Tables of money: drawers, charges, receipts, closed days, the tariff. Amounts are whole minor units (kip)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value

from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.scope import ScopedManager


class Tariff(Aggregate):
    """The notes in use, what incidental work may cost, and the grounds on which a fee may be waived."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    code = models.SlugField(max_length=40, unique=True)
    currency = models.CharField(max_length=3)
    notes = models.JSONField()
    items = models.JSONField()
    grounds = models.JSONField()
    law = models.JSONField(default=dict)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code


class Session(Aggregate):
    """A drawer in one officer's hands, from the counted float to the counted close."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    centre_id = models.UUIDField()
    counter = models.UUIDField()
    officer = models.UUIDField()
    day = models.DateField()
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    float_notes = models.JSONField()
    float_total = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    counted_notes = models.JSONField(default=dict)
    counted = models.BigIntegerField(null=True)
    expected = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(state="open"), name="payments_one_open_for_an_officer"
            ),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(state="open"), name="payments_one_open_for_a_drawer"
            ),
            models.CheckConstraint(condition=Q(float_total__gte=0), name="payments_float_not_negative"),
            models.CheckConstraint(
                condition=Q(state="open", counted__isnull=True, closed_at__isnull=True)
                | Q(state="closed", counted__gte=0, expected__gte=0, closed_at__isnull=False),
                name="payments_closed_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True) | Q(counted=F("expected")) | ~Q(reason=""),
                name="payments_difference_has_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre_id", "day"], name="payments_session_day")
        ]

    def __str__(self) -> str:
        return f"session {self.id} {self.state}"

    @property
    def difference(self) -> int:
        """Counted less expected: above 0 is over, below 0 short; 0 while it is open."""
        return (self.counted or 0) - (self.expected or 0)

    @property
    def off(self) -> int:
        """By how much it is over or short."""
        return abs(self.difference)


class Transfer(Aggregate):
    """Notes that go from a drawer to the safe of its centre, or come from it, in the hands of two people."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    session = Reference(Session, related_name="transfers")
    centre_id = models.UUIDField()
    day = models.DateField()
    way = models.CharField(max_length=10)
    notes = models.JSONField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, default="asked")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_transfer_moves"),
            models.CheckConstraint(
                condition=Q(way__in=["to_safe", "to_drawer"]), name="payments_transfer_way"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_by__isnull=True)
                | Q(state__in=["refused", "lapsed"], answered_by__isnull=False)
                | (Q(state="done", answered_by__isnull=False) & ~Q(answered_by=F("asked_by"))),
                name="payments_transfer_by_two",
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="asked"), name="payments_one_transfer_asked"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre_id", "day"], name="payments_transfer_day")
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.amount}"

    @property
    def counted(self) -> list[tuple[int, int]]:
        """Each note with how many of it, the largest first."""
        return sorted(((int(note), number) for note, number in self.notes.items()), reverse=True)


class Charge(Aggregate):
    """What is owed for a subject that only its own context understands. The fee is that of a published edition.

    A sale of incidental charges alone has no edition and no fee, and is settled in the moment in which it is made.
    """

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    subject = models.UUIDField(db_index=True)
    visit = models.UUIDField(null=True)
    centre_id = models.UUIDField()
    service = models.UUIDField(null=True)
    edition = models.UUIDField(null=True)
    currency = models.CharField(max_length=3, default="LAK")
    lines = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    fee = models.BigIntegerField()
    corrected = models.JSONField(null=True)
    state = models.CharField(max_length=10, default="open")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    waiver = models.CharField(max_length=10, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    evidence = models.UUIDField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(fee__gte=0), name="payments_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(edition__isnull=False, service__isnull=False) | Q(fee=0),
                name="payments_fee_of_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "settled", "waived", "cancelled"]),
                name="payments_charge_state",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="open"), name="payments_one_open_for_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(waiver="") | Q(evidence__isnull=False, asked_by__isnull=False),
                name="payments_waiver_has_evidence",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre_id", "made_at"], condition=Q(state="open"), name="payments_charge_open"
            ),
            models.Index(
                fields=["visit"], condition=Q(state="open", visit__isnull=False), name="payments_charge_visit"
            ),
            models.Index(
                fields=["centre_id", "asked_at"], condition=~Q(waiver=""), name="payments_charge_waiver"
            ),
        ]

    def __str__(self) -> str:
        return f"charge {self.id} {self.state}"


class Receipt(Aggregate):
    """The proof: a number of its series, what was paid, what was given back and what is still owed."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    number = models.CharField(max_length=40, unique=True)
    code_hash = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="valid")
    charge = Reference(Charge, related_name="receipts")
    session = Reference(Session, null=True, related_name="receipts")
    subject = models.UUIDField()
    centre_id = models.UUIDField()
    counter = models.UUIDField(null=True)
    service = models.UUIDField(null=True)
    officer = models.UUIDField()
    day = models.DateField()
    issued_at = models.DateTimeField()
    currency = models.CharField(max_length=3, default="LAK")
    lines = models.JSONField()
    fee = models.BigIntegerField()
    incidental = models.BigIntegerField()
    total = models.BigIntegerField()
    tendered = models.BigIntegerField()
    change_given = models.BigIntegerField()
    change_owed = models.BigIntegerField()
    owed_paid_at = models.DateTimeField(null=True)
    owed_paid_by = models.UUIDField(null=True)
    key = models.CharField(max_length=80, null=True)
    together = models.UUIDField(null=True)
    """The first receipt of the payment by which several charges of a visit were paid at once."""
    ground = models.CharField(max_length=40, blank=True)
    evidence = models.UUIDField(null=True)
    second = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=20, blank=True)
    void_note = models.TextField(blank=True)
    prints = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["officer", "key"], name="payments_receipt_once"),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(state="valid"), name="payments_one_valid_for_a_charge"
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0, incidental__gte=0, change_given__gte=0, change_owed__gte=0)
                & Q(total=F("fee") + F("incidental"))
                & Q(tendered=F("total") + F("change_given") + F("change_owed")),
                name="payments_receipt_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(kind="cash", session__isnull=False, total__gt=0)
                | Q(kind="waived", total=0, tendered=0, second__isnull=False, evidence__isnull=False),
                name="payments_receipt_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="valid", voided_at__isnull=True)
                | Q(state="void", voided_at__isnull=False, second__isnull=False),
                name="payments_void_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("officer")), name="payments_second_is_another"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre_id", "day"], name="payments_receipt_day"),
            models.Index(fields=["session"], name="payments_receipt_session"),
            models.Index(fields=["subject"], name="payments_receipt_subject"),
            models.Index(
                fields=["together"],
                condition=Q(together__isnull=False),
                name="payments_receipt_together",
            ),
            models.Index(
                fields=["centre_id", "voided_at"],
                condition=Q(voided_at__isnull=False),
                name="payments_receipt_voided",
            ),
            models.Index(
                fields=["centre_id"],
                condition=Q(change_owed__gt=0, owed_paid_at__isnull=True, state="valid"),
                name="payments_receipt_owed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def owes(self) -> int:
        """The change that is still owed to the person."""
        return 0 if self.owed_paid_at or self.state == "void" else self.change_owed


class Day(Aggregate):
    """The closed day of a centre: what was taken, by service and officer, and what was handed in."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    centre_id = models.UUIDField()
    day = models.DateField()
    total = models.BigIntegerField()
    content = models.JSONField()
    closed_by = models.UUIDField()
    closed_at = models.DateTimeField()

    objects = ScopedManager(centre="centre_id")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre_id", "day"], name="payments_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day}"
