"""What one may be permitted to do with what is watched."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

SEE = permission(
    "monitoring.see", _("See how centres and services do: a centre, a ministry's services, the country")
)
AUDIT = permission(
    "monitoring.audit",
    _("Look at voids, waivers and refusals, draw samples, take cases out with their proof"),
)
KEEP = permission("monitoring.keep", _("Set the service standards and the tiles of the map"))
WATCH = permission("monitoring.watch", _("Look through a hall's cameras; each look is written down"))
INSTALL = permission("monitoring.install", _("Set up and take down a hall's cameras"))
