"""How long ago something was, as the console says it, and which entries of the menu somebody has."""

from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.domain.access import api as access
from onedoor.kernel.i18n import format_date, format_time
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor

register = template.Library()


@register.filter
def seen(value: datetime | None, at: datetime) -> str:
    """``{{ row.last_seen|seen:at }}``: just now, some minutes ago, at a time of today, or on a day."""
    if value is None:
        return ""
    minutes = int((at - value).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(number)s min ago", "%(number)s min ago", minutes) % {"number": minutes}
    if value.astimezone(ZONE).date() == at.astimezone(ZONE).date():
        return format_time(value)
    return format_date(value, "short")


@register.filter
def holds(actor: Actor, permission: str) -> bool:
    """``{% if request.actor|holds:"voice.answer" %}``: whether somebody may do this anywhere."""
    return access.may(actor, permission)
