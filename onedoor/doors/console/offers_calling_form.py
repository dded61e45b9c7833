"""A calling rule as a form has it: every field by its name, and back."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue

MOST_ZONES, SERVED = 6, 3
TIMES = ("early", "late", "appointment", "help_after")


def said_of(rule: queue.CallingRule, counters: list[centres.CounterView]) -> dict[str, str]:
    """A rule as the fields of the form."""
    said = {name: str(getattr(rule, name)) for name in TIMES}
    for number, each in enumerate(rule.zones):
        said |= {f"zone_{spoken}-{number}": each.name.get(spoken, "") for spoken in ("lo", "en")}
        said |= {f"zone-{number}": each.code, f"up_to-{number}": str(each.up_to or "")}
    said |= {f"minutes-{service}": str(minutes) for service, minutes in rule.minutes.items()}
    said |= {f"by_hand-{service}": zone for service, zone in rule.by_hand.items()}
    said |= {f"ground_{ground}": str(minutes) for ground, minutes in rule.grounds.items()}
    for counter in counters:
        for place, zone in enumerate(rule.counters.get(counter.code, ())):
            said[f"serves-{counter.code}-{place}"] = zone
    return said


def rule_of(
    said: QueryDict, *, held: queue.CallingRule, services: list[UUID], counters: list[centres.CounterView]
) -> queue.CallingRule:
    """The rule that a form says. Raises CallingRuleIsWrong for what is no number; the rest is for the rules to check."""
    zones = [_zone(said, number) for number in range(MOST_ZONES)]
    minutes = {service: _minutes(said, f"minutes-{service}", "minutes") for service in services}
    hand = {service: said.get(f"by_hand-{service}", "") for service in services}
    serves = {
        one.code: tuple(
            dict.fromkeys(filter(None, (said.get(f"serves-{one.code}-{n}") for n in range(SERVED))))
        )
        for one in counters
    }
    grounds = {ground: _minutes(said, f"ground_{ground}", f"ground_{ground}") for ground in queue.GROUNDS}
    return replace(
        held,
        zones=tuple(zone for zone in zones if zone is not None),
        minutes={service: many for service, many in minutes.items() if many is not None},
        by_hand={service: zone for service, zone in hand.items() if zone},
        counters={code: zones for code, zones in serves.items() if zones},
        grounds={ground: many for ground, many in grounds.items() if many is not None},
        **{name: _needed(said, name) for name in TIMES},
        demonstration=False,
        source="",
    )


def _zone(said: QueryDict, number: int) -> queue.Zone | None:
    code = said.get(f"zone-{number}", "").strip()
    name = {spoken: said.get(f"zone_{spoken}-{number}", "").strip()[:200] for spoken in ("lo", "en")}
    if not code and not any(name.values()):
        return None
    return queue.Zone(code=code[:40], name=name, up_to=_minutes(said, f"up_to-{number}", "zones"))


def _minutes(said: QueryDict, name: str, field: str) -> int | None:
    """Whole minutes, also in Lao digits; None when empty."""
    typed = "".join(str(unicodedata.decimal(one, one)) for one in said.get(name, "").strip()[:20])
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise queue.CallingRuleIsWrong(
            field=field, reason=_("“%(typed)s” is no number of minutes.") % {"typed": typed}
        )
    return int(typed)


def _needed(said: QueryDict, name: str) -> int:
    minutes: Any = _minutes(said, name, name)
    if minutes is None:
        raise queue.CallingRuleIsWrong(field=name, reason=_("Say how many minutes."))
    return int(minutes)
