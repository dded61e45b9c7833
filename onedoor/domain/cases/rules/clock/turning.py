"""What people may do to a clock: let it stand still, let it go on, give it more time. Refusals are sentences."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.cases.errors import (
    ExtensionIsTooLong,
    NoMoreExtensions,
    TermDoesNotStandStill,
    TermHasRunOut,
    TermStandsStill,
)
from onedoor.domain.cases.rules.clock.state import ASKED, RETURNED, Clock, Extension, Pause, Shift
from onedoor.domain.cases.rules.words import clean_reason

APPLICANT = "waiting_for_applicant"


def paused(clock: Clock, *, at: datetime, why: str = ASKED, reason: str = "") -> Clock:
    """It stands still from now on. Errors: TermStandsStill."""
    if clock.standing is not None:
        raise TermStandsStill()
    since = max(at, *(each.until or at for each in clock.pauses)) if clock.pauses else at
    return replace(clock, pauses=(*clock.pauses, Pause(since=since, why=why, reason=clean_reason(reason))))


def resumed(clock: Clock, *, at: datetime) -> Clock:
    """It goes on; a pause by the process that took nothing away is forgotten. Errors: TermDoesNotStandStill.

    Args:
        at: where the clock of the machine was set back, the pause ends when it began.
    """
    pause = clock.standing
    if pause is None:
        raise TermDoesNotStandStill()
    ended = replace(pause, until=max(at, pause.since))
    others = tuple(each for each in clock.pauses if each is not pause)
    return replace(clock, pauses=others if _took_nothing(clock, ended) else (*others, ended))


def extended(
    clock: Clock, *, at: datetime, by: UUID, amount: int, reason: str, due: date | None, ends: datetime | None
) -> Clock:
    """It gets more time, as often and as much as the service allows.

    Args:
        due, ends: when it runs out now; None while it stands still.
    Errors: NoMoreExtensions, ExtensionIsTooLong, TermHasRunOut.
    """
    if len(clock.extensions) >= clock.times:
        raise NoMoreExtensions()
    if not 1 <= amount <= clock.most:
        raise ExtensionIsTooLong(most=clock.most)
    if due is not None and ends is not None and at >= ends:
        raise TermHasRunOut()
    more = Extension(at=at, by=by, amount=amount, reason=clean_reason(reason))
    return replace(clock, extensions=(*clock.extensions, more))


def shifted(clock: Clock, shift: Shift) -> Clock:
    """The calendar changed, and the date with it."""
    return replace(clock, shifts=(*clock.shifts, shift))


def _took_nothing(clock: Clock, pause: Pause) -> bool:
    if pause.why != RETURNED or pause.until is None:
        return False
    if clock.kind == "hours":
        return pause.until == pause.since
    zone = ZoneInfo(clock.zone)
    return pause.until.astimezone(zone).date() == pause.since.astimezone(zone).date()


def turned(clock: Clock, *, before: str, after: str, at: datetime) -> Clock | None:
    """The clock after a step between two statuses, where the case passes to the applicant or comes back; None elsewhere."""
    if after == APPLICANT and clock.standing is None:
        return paused(clock, at=at, why=RETURNED)
    if before == APPLICANT and after != APPLICANT and clock.standing and clock.standing.why == RETURNED:
        return resumed(clock, at=at)
    return None
