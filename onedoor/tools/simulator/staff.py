"""Who works at a centre: the pack's demonstration staff, and invented officers where it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.ids import named_id
from onedoor.kernel.scope import Actor

NAMED = {"0103-1": "saysettha", "1603-1": "bachieng", "0901-1": "pek", "0601-1": "luangprabang"}
MINISTRIES = ("MOHA", "MOJ", "MOPS", "MOIC", "MPWT", "MONRE", "MOFA", "MICT", "MOF", "MTC", "MLSW")
OTHERS = ("gov", "mlsw")  # who decides in lanes of other authorities than the service's own


@dataclass(frozen=True)
class Staff:
    """The people of a centre, as actors."""

    reception: Actor
    officers: tuple[Actor, ...]


def centres_to_live(count: int) -> list[centres.CentreView]:
    """The named centres first, then the others by code."""
    order = list(NAMED)
    known = sorted(
        centres.centres(), key=lambda one: (order.index(one.code) if one.code in NAMED else 99, one.code)
    )
    return known[:count]


def staff_of(centre: centres.CentreView) -> Staff:
    """The staff of a centre."""
    short = NAMED.get(centre.code)
    if short:
        try:
            reception, *officers = (
                actor(f"{role}.{short}") for role in ("reception", "officer1", "officer2")
            )
            return Staff(reception, tuple(officers))
        except Missing:
            pass
    officers = [_invented(centre, number) for number in (1, 2)]
    return Staff(officers[0], tuple(officers))


def decider_of(ministry: str) -> Actor | None:
    """The officer of a ministry who decides; None where the pack has none."""
    try:
        return actor(ministry.lower()) if ministry in MINISTRIES else None
    except Missing:
        return None


def others() -> tuple[Actor, ...]:
    """The officers of other authorities whose lanes a case may pass, those that there are."""
    found = []
    for username in OTHERS:
        try:
            found.append(actor(username))
        except Missing:
            continue
    return tuple(found)


def actor(username: str) -> Actor:
    """A login as one who acts. Raises Missing."""
    return Actor("staff", access.login_by_name(username).id)


def _invented(centre: centres.CentreView, number: int) -> Actor:
    """An officer who exists only for the simulation, the same one each time."""
    username = f"simulated{number}.{centre.code}"
    login: UUID = named_id("simulator", f"login/{username}")
    try:
        return actor(username)
    except Missing:
        system, at = Actor.system(), now()
        name = {"lo": f"ພະນັກງານຈຳລອງ {number}", "en": f"Simulated officer {number}"}
        access.save_login(by=system, at=at, id=login, username=username, name=name, demonstration=True)
        access.grant(
            by=system,
            at=at,
            login=login,
            role="officer",
            unit=centre.id,
            valid_from=date(2021, 1, 1),
            source="simulator",
        )
        return Actor("staff", login)
