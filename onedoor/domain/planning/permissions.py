"""What one may be permitted to do in planning."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

EXPERIMENT = permission(
    "planning.experiment", _("Try out other versions of a ministry's services on the cases that are over")
)
