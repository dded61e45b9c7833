"""What the queue asks a role for."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

TAKE = permission("queue.take", _("Give a ticket, and find a lost one"))
CALL = permission("queue.call", _("Call a person to a counter and serve them"))
BOOK = permission("queue.book", _("Book appointments for people, move and cancel them"))
PROMISE = permission("queue.promise", _("Say which times a centre promises, and to whom"))
