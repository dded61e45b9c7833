"""The head says what each officer of the centre may serve."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import require
from onedoor.domain.catalogue.api import services
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.actions.shifts import require_staff
from onedoor.domain.centres.errors import SkillsAreWrong
from onedoor.domain.centres.events import SkillsSaved
from onedoor.domain.centres.models import Skill, SkillSet
from onedoor.domain.centres.permissions import STAFF
from onedoor.domain.centres.rules.shifts import SKILL_KINDS, SkillKind
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

MOST = 200
Row = tuple[SkillKind, str, date, date | None]


@transaction.atomic
def save_skills(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    officer: UUID,
    rows: Sequence[Row],
    seen: Sequence[Row] | None = None,
) -> None:
    """Say what an officer may serve at a centre, the whole of it; the same again writes nothing.

    Args:
        rows: (kind, a service's id or a language's code, from, until); none for all services.
        seen: what was said when the form was drawn; something else in the meantime refuses it. None does not ask.

    Errors: Refused, Missing, UnknownCentre, NotStaffHere, SkillsAreWrong, Conflict.
    """
    require(by, STAFF, at=centre)
    existing(centre)
    require_staff(officer, centre=centre)
    _check(rows)
    wanted = sorted(set(rows), key=str)
    row = SkillSet.objects.select_for_update().filter(centre=centre, officer=officer).first()
    held = sorted((_row(one) for one in row.rows.all()), key=str) if row else []
    if seen is not None and sorted(set(seen), key=str) != held:
        raise Conflict
    if row is not None and held == wanted:
        return
    row = row or SkillSet(id=named_id(f"{centre}/{officer}", "skills"), centre_id=centre, officer_id=officer)
    row.save()
    row.rows.all().delete()
    Skill.objects.bulk_create(
        Skill(skills=row, kind=kind, value=value, valid_from=since, valid_until=until)
        for kind, value, since, until in wanted
    )
    publish(SkillsSaved(officer=officer), of=row, by=by, at=at, centre=centre)


def _check(rows: Sequence[Row]) -> None:
    if len(rows) > MOST:
        raise SkillsAreWrong(field="services", reason=_("That is too much for one officer."))
    known = {str(one.id) for one in services()}
    for kind, value, since, until in rows:
        if kind not in SKILL_KINDS or (kind == "service" and value not in known):
            raise SkillsAreWrong(field="services", reason=_("There is no such service."))
        if kind == "language" and not (2 <= len(value) <= 10 and value.isascii() and value.isalpha()):
            raise SkillsAreWrong(field="languages", reason=_("A language is a code of two or three letters."))
        if until is not None and until <= since:
            raise SkillsAreWrong(field="until", reason=_("It ends before it begins."))
    keys = [row[:3] for row in rows]
    if len(set(keys)) != len(set(rows)):
        raise SkillsAreWrong(field="services", reason=_("The same stands twice from one day."))


def _row(one: Skill) -> Row:
    kind: SkillKind = "service" if one.kind == "service" else "language"
    return (kind, one.value, one.valid_from, one.valid_until)
