"""For auditors: marking what leaves the ordinary way, and taking a case out with its proof."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.api import case_state, standing_of
from onedoor.domain.monitoring.errors import ProofNotReady
from onedoor.domain.monitoring.models import Belonging, Mark
from onedoor.domain.monitoring.permissions import AUDIT
from onedoor.domain.monitoring.rules.audit import belongings, marked
from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters import Letter, Told
from onedoor.kernel.letters.proof import sealed_archive
from onedoor.kernel.mirrors.state import read_state
from onedoor.kernel.scope import Actor, everything

BESIDE = ("documents.document", "payments.charge", "payments.receipt")
SECRET = frozenset(("code_hash", "words"))


@transaction.atomic
def audit(*, told: Told) -> None:
    """Keep what an auditor wants to see of these letters; hearing one twice changes nothing."""
    marks: list[Mark] = []
    belong: dict[UUID, UUID] = {}
    for letter, event in told:
        said = {each.name: getattr(event, each.name) for each in fields(event)}
        belong |= belongings(event.name, letter.aggregate, said)
        mark = _mark(letter, said)
        if mark is not None:
            marks.append(mark)
    Mark.objects.bulk_create(marks, ignore_conflicts=True)
    Belonging.objects.bulk_create(
        [Belonging(aggregate=aggregate, subject=subject) for aggregate, subject in belong.items()],
        ignore_conflicts=True,
    )


def _mark(letter: Letter, said: dict[str, Any]) -> Mark | None:
    found = marked(letter.type, letter.aggregate, said)
    if found is None or letter.centre is None:
        return None
    asked = said.get("officer") if found.second else None  # the letter is written by the second person
    return Mark(
        letter=letter.id,
        kind=found.kind,
        sort=found.sort,
        at=letter.at,
        centre=letter.centre,
        actor_kind="staff" if asked else letter.actor_kind,
        actor=asked or letter.actor,
        second=found.second,
        target=found.target,
        aggregate=said.get("receipt", letter.aggregate) if found.target == "receipt" else letter.aggregate,
        subject=found.subject,
        visit=found.visit,
        number=found.number,
        code=found.code,
        amount=found.amount,
    )


@transaction.atomic
def take_out(*, by: Actor, at: datetime, case: UUID) -> tuple[str, bytes]:
    """A case whole with its proof, as one archive that is checked without the database; the sight is recorded.

    Errors: NotPermitted, OutOfReach, NoSuchCase, ProofNotReady (its last letters are not under a signed head yet).
    """
    require(by, AUDIT)
    standing = standing_of(by, case=case)
    require(by, AUDIT, at=standing.centre)
    state = case_state(by=by, at=at, case=case)
    with everything("the auditor may read at the case's own centre"):
        belonging = list(
            Belonging.objects.filter(subject=case).order_by("aggregate").values_list("aggregate", flat=True)
        )
        beside = [found for aggregate in belonging for found in _states(aggregate)]
    try:
        content = sealed_archive(
            case=case,
            number=standing.number,
            at=at,
            aggregates=[case, *belonging],
            state={"case": state, "beside": beside},
        )
    except NotYet as wait:
        raise ProofNotReady from wait
    return f"case-{standing.number or case}.zip", content


def _states(aggregate: UUID) -> Sequence[dict[str, Any]]:
    """What belongs to a case, as it is now; files by the hashes that stand in its rows."""
    for kind in BESIDE:
        held = read_state(kind=kind, aggregate=aggregate)
        if held is not None:
            row = {key: value for key, value in held.row.items() if key not in SECRET}
            return [{"kind": kind, "row": row, "children": held.children}]
    return []
