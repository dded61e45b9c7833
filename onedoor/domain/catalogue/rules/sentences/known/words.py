"""Words and short phrases that stand in the places of sentences."""

from django.utils.translation import gettext_noop as _

PATTERNS = (
    _("process"),
    _("subprocess"),
    _("condition"),
    _("number"),
    _("key"),
    _("date"),
    _("event"),
    _("timer"),
    _("message"),
    _("error"),
    _("completion condition"),
    _("another text"),
    _("a text between %(low)s and %(high)s"),
    _("a text"),
    _("true or false"),
    _("a number"),
    _("a date"),
    _("an instant"),
    _("a duration of days and time"),
    _("a duration of years and months"),
    _("a list"),
    _("a context"),
    _("a range"),
    _("a whole number"),
    _("no namespace"),
    _("hours"),
    _("days"),
)
