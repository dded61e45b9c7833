"""What one may be permitted to do with messages."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

SEND = permission("notices.send", _("See which messages a centre sent, and try those that failed again"))
KEEP = permission("notices.keep", _("Keep the words of messages"))
BOARD = permission("notices.board", _("Write what a hall's screen shows, and how it is laid out"))
