"""What one may do with people's records."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

KEEP = permission("people.keep", _("Keep the records of people who apply"))
