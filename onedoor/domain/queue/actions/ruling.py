"""The rule by which a centre calls, set by its head or brought by a pack."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.events.calling import CallingRuleDropped, CallingRuleSaved
from onedoor.domain.queue.models import HallRule
from onedoor.domain.queue.rules import CallingRule
from onedoor.domain.queue.rules.written import check_rule, written
from onedoor.kernel.errors import Conflict, Missing
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_calling_rule(
    *, by: Actor, at: datetime, unit: UUID, rule: CallingRule, seen: int | None = None
) -> CallingRule:
    """Set the rule of a centre, or of all centres below a unit; the same again writes nothing.

    Args:
        rule: its ``revision`` is not asked for. seen: the revision that the person changed; None does not ask.

    Raises:
        CallingRuleIsWrong, Conflict when somebody else changed it since, Refused, Missing.
    """
    require(by, centres.MANAGE, at=unit)
    row = _locked(unit, seen)
    wanted = check_rule(rule, counters=_counters(unit))
    kept = written(wanted)
    about = (rule.demonstration, rule.source)
    if row.rule == kept and (row.demonstration, row.source) == about:
        return wanted
    row.rule, (row.demonstration, row.source) = kept, about
    row.revision += 0 if by.kind == "system" else 1
    row.save()
    publish(CallingRuleSaved(revision=row.revision, bound=wanted.bound), of=row, by=by, at=at, centre=unit)
    return wanted


def load_calling_rule(*, by: Actor, at: datetime, unit: UUID, rule: CallingRule) -> CallingRule:
    """The same for a pack: what people changed stays as they left it."""
    require(by, centres.MANAGE, at=unit)
    held = HallRule.objects.filter(unit_id=unit).first()
    if held is not None and held.revision:
        return rule
    return save_calling_rule(by=by, at=at, unit=unit, rule=rule)


@transaction.atomic
def drop_calling_rule(*, by: Actor, at: datetime, unit: UUID, seen: int | None = None) -> None:
    """Follow the rule of the unit above again; a centre without a rule of its own does so already.

    Raises:
        Conflict, Refused, Missing.
    """
    require(by, centres.MANAGE, at=unit)
    row = _locked(unit, seen)
    if row.rule is None:
        return
    row.rule, row.demonstration, row.source = None, False, ""
    row.revision += 1
    row.save()
    publish(CallingRuleDropped(revision=row.revision), of=row, by=by, at=at, centre=unit)


def _locked(unit: UUID, seen: int | None) -> HallRule:
    row = HallRule.objects.select_for_update().filter(unit_id=unit).first()
    if seen is not None and (row.revision if row else 0) != seen:
        raise Conflict
    return row or HallRule(id=named_id(str(unit), "calling"), unit_id=unit)


def _counters(unit: UUID) -> Collection[str] | None:
    """The codes of a centre's counters; None for a unit that is no centre."""
    try:
        centres.centre(unit)
    except Missing:
        return None
    return [counter.code for counter in centres.counters(unit)]
