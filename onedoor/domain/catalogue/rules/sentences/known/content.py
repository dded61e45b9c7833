"""What the check of papers, times and conditions says is wrong."""

from django.utils.translation import gettext_noop as _

PATTERNS = (
    _("a duration in %(unit)s needs their number"),
    _("a duration in %(unit)s has no %(other)s"),
    _("the office is reminded 0 or more days before the end"),
    _("say how often more time may be given, and how much at most each time"),
    _("the form has no question “%(question)s” with choices"),
    _("an unknown duration has no days"),
    _("a duration is 0 to %(most)s %(unit)s, not %(amount)s"),
    _("a table of times names the question that it goes by"),
    _("the time for “%(answer)s” is missing"),
    _("“%(answer)s” is no answer to “%(question)s”"),
    _("a duration is 0 to %(most)s, not %(amount)s"),
    _("the condition lacks words in: %(languages)s"),
    _("the condition reads “%(name)s”, which the form does not ask"),
    _("the condition: %(fault)s"),
    _("the paper “%(code)s” stands twice"),
    _("“%(law)s” is not the number of a law under legal_basis"),
    _("“%(sign)s” means nothing here"),
)
