"""What is said of a wait: from when to when, rounded outwards, never one number as if it were known."""

from datetime import time
from typing import Protocol

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.kernel.i18n import format_time

register = template.Library()
SOON = 3
EXACT, HOURS = 10, 90
"""Minutes up to which each counts, and from which hours are said; between them every five count, then every ten."""


class Told(Protocol):
    """A wait as it is expected, in whole minutes."""

    @property
    def low(self) -> int:
        """Nine of ten wait at least so long."""

    @property
    def high(self) -> int:
        """And at most so long."""


class Seen(Protocol):
    """A day seen from now."""

    @property
    def days(self) -> int:
        """On how many such days it rests."""

    @property
    def now(self) -> str | None:
        """How busy it is."""

    @property
    def quiet_from(self) -> time | None:
        """From when it is quiet."""


def rounded(told: Told) -> tuple[int, int]:
    """The interval as it is said: outwards to 5 or 10 minutes, so that nothing looks more exact than it is."""
    step = 1 if told.high <= EXACT else 5 if told.high <= HOURS else 10
    return told.low // step * step, max(-(-told.high // step), 1) * step


@register.filter
def wait_short(told: Told | None) -> str:
    """``15–25 min``, for figures."""
    if told is None:
        return _("not known")
    low, high = rounded(told)
    if high <= SOON:
        return _("at once")
    if high > HOURS:
        return _("%(low)s–%(high)s h") % {"low": _clock(low), "high": _clock(high)}
    if low == 0:
        return _("up to %(high)s min") % {"high": high}
    return _("%(low)s–%(high)s min") % {"low": low, "high": high}


@register.filter
def wait_said(told: Told | None) -> str:
    """``15–25 minutes``, as a sentence of its own."""
    if told is None:
        return _("No counter is open at the moment, so the wait is not known.")
    low, high = rounded(told)
    if high <= SOON:
        return _("You will be called at once.")
    if high > HOURS:
        return _("You will probably wait %(low)s to %(high)s hours.") % {
            "low": _clock(low),
            "high": _clock(high),
        }
    if low == 0:
        return ngettext(
            "You will probably wait up to %(high)s minute.",
            "You will probably wait up to %(high)s minutes.",
            high,
        ) % {"high": high}
    return _("You will probably wait %(low)s–%(high)s minutes.") % {"low": low, "high": high}


@register.filter
def wait_past(told: Told | None, limit: int | None) -> str:
    """That the standard will be missed, when even the shortest likely wait is beyond it; else nothing."""
    if told is None or not limit or told.low < limit:
        return ""
    return _("This is longer than our standard of %(limit)s minutes. We are sorry.") % {"limit": limit}


@register.filter
def busy_said(day: Seen | None) -> str:
    """``Busy now, quiet after 14:00``; nothing when it is not known yet."""
    if day is None or day.now is None:
        return ""
    if day.now == "quiet":
        return _("Quiet now")
    if day.quiet_from is not None:
        words = (
            _("Busy now, usually quiet after %(time)s")
            if day.now == "busy"
            else _("Some wait now, usually quiet after %(time)s")
        )
        return words % {"time": format_time(day.quiet_from)}
    return _("Busy now") if day.now == "busy" else _("Some wait now")


def _clock(minutes: int) -> str:
    """150: 2:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"
