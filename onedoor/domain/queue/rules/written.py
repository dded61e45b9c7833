"""A calling rule in order, and as it is written down."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from onedoor.domain.queue.errors import CallingRuleIsWrong
from onedoor.domain.queue.rules.calling import GROUNDS, CallingRule, Zone
from onedoor.kernel.i18n import missing_languages

MOST_ZONES, NAME_SIGNS = 6, 60
HEAD_START, BOOKED, HELP_AFTER, AT_COUNTER = 120, 60, 120, 480
"""The most minutes of a ground's head start, of an appointment's times, of waiting for help, of a service at the counter."""
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,19}")


def check_rule(
    rule: CallingRule, *, counters: Collection[str] | None = None, services: Collection[UUID] | None = None
) -> CallingRule:
    """The rule in order.

    Args:
        counters: the codes of the centre's counters; None for a rule of many centres.
        services: those of the centre; None does not ask.

    Raises:
        CallingRuleIsWrong: names the field and the reason.
    """
    _check_zones(rule)
    _check_services(rule, services)
    _check_counters(rule, counters)
    unknown = next((ground for ground in rule.grounds if ground not in GROUNDS), None)
    if unknown is not None:
        raise CallingRuleIsWrong(field="grounds", reason=_("“%(word)s” is no ground.") % {"word": unknown})
    for ground, minutes in rule.grounds.items():
        _check_minutes(f"ground_{ground}", minutes, 0, HEAD_START)
    _check_minutes("early", rule.early, 0, BOOKED)
    _check_minutes("late", rule.late, 0, BOOKED)
    _check_minutes("appointment", rule.appointment, 0, BOOKED)
    _check_minutes("help_after", rule.help_after, 1, HELP_AFTER)
    return replace(rule, grounds={one: rule.grounds[one] for one in GROUNDS if one in rule.grounds})


def _check_zones(rule: CallingRule) -> None:
    if len(rule.zones) > MOST_ZONES:
        reason = _("A hall has at most %(most)s zones.") % {"most": MOST_ZONES}
        raise CallingRuleIsWrong(field="zones", reason=reason)
    codes = [zone.code for zone in rule.zones]
    if any(not _CODE.fullmatch(code) for code in codes):
        reason = _("The code of a zone is a small Latin letter, then at most 19 letters, digits, - or _.")
        raise CallingRuleIsWrong(field="zones", reason=reason)
    if len(set(codes)) < len(codes):
        raise CallingRuleIsWrong(field="zones", reason=_("Two zones have the same code."))
    for zone in rule.zones:
        if missing_languages(zone.name) or any(len(word) > NAME_SIGNS for word in zone.name.values()):
            reason = _("A zone needs a name of at most %(most)s signs in each language.") % {
                "most": NAME_SIGNS
            }
            raise CallingRuleIsWrong(field="zones", reason=reason)
    limits = [zone.up_to for zone in rule.zones]
    if rule.zones and (limits[-1] is not None or any(limit is None for limit in limits[:-1])):
        reason = _("Every zone but the last has a limit in minutes: the last takes all that is longer.")
        raise CallingRuleIsWrong(field="zones", reason=reason)
    short = [limit for limit in limits if limit is not None]
    if any(not 1 <= limit <= AT_COUNTER for limit in short) or short != sorted(set(short)):
        reason = _("The limits of zones are 1 to %(most)s minutes and rise from zone to zone.")
        raise CallingRuleIsWrong(field="zones", reason=reason % {"most": AT_COUNTER})


def _check_services(rule: CallingRule, services: Collection[UUID] | None) -> None:
    for minutes in rule.minutes.values():
        _check_minutes("minutes", minutes, 1, AT_COUNTER)
    known = {zone.code for zone in rule.zones}
    if set(rule.by_hand.values()) - known:
        raise CallingRuleIsWrong(
            field="by_hand", reason=_("A service was put into a zone that there is not.")
        )
    if services is not None and (set(rule.minutes) | set(rule.by_hand)) - set(services):
        raise CallingRuleIsWrong(field="minutes", reason=_("This service is not given at this centre."))


def _check_counters(rule: CallingRule, counters: Collection[str] | None) -> None:
    known = {zone.code for zone in rule.zones}
    for code, served in rule.counters.items():
        if counters is not None and code not in counters:
            reason = _("This centre has no counter “%(code)s”.") % {"code": code}
            raise CallingRuleIsWrong(field="counters", reason=reason)
        if set(served) - known or len(set(served)) < len(served):
            reason = _("Counter %(code)s names a zone twice, or one that there is not.") % {"code": code}
            raise CallingRuleIsWrong(field="counters", reason=reason)
    if counters and all(rule.counters.get(code) for code in counters):
        served_zones = {zone for code in counters for zone in rule.counters[code]}
        alone = next((zone for zone in rule.zones if zone.code not in served_zones), None)
        if alone is not None:
            reason = _("No counter serves the zone “%(code)s”: its people would never be called.")
            raise CallingRuleIsWrong(field="counters", reason=reason % {"code": alone.code})


def _check_minutes(field: str, minutes: int, least: int, most: int) -> None:
    if not least <= minutes <= most:
        reason = _("%(least)s to %(most)s minutes.") % {"least": least, "most": most}
        raise CallingRuleIsWrong(field=field, reason=reason)


def written(rule: CallingRule) -> dict[str, Any]:
    """The rule as it is kept: names and numbers only, services by their ids."""
    return {
        "zones": [{"code": z.code, "name": dict(z.name), "up_to": z.up_to} for z in rule.zones],
        "minutes": {str(service): minutes for service, minutes in sorted(rule.minutes.items())},
        "by_hand": {str(service): zone for service, zone in sorted(rule.by_hand.items())},
        "counters": {code: list(zones) for code, zones in sorted(rule.counters.items()) if zones},
        "grounds": {ground: rule.grounds[ground] for ground in GROUNDS if ground in rule.grounds},
        "early": rule.early,
        "late": rule.late,
        "appointment": rule.appointment,
        "help_after": rule.help_after,
    }


def read(kept: Mapping[str, Any], *, demonstration: bool, source: str = "", revision: int) -> CallingRule:
    """The rule that was kept."""
    return CallingRule(
        zones=tuple(Zone(code=z["code"], name=z["name"], up_to=z["up_to"]) for z in kept["zones"]),
        minutes={UUID(service): minutes for service, minutes in kept["minutes"].items()},
        by_hand={UUID(service): zone for service, zone in kept["by_hand"].items()},
        counters={code: tuple(zones) for code, zones in kept["counters"].items()},
        grounds=dict(kept["grounds"]),
        early=kept["early"],
        late=kept["late"],
        appointment=kept["appointment"],
        help_after=kept["help_after"],
        demonstration=demonstration,
        source=source,
        revision=revision,
    )
