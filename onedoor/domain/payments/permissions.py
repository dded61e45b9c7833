"""What one may be permitted to do with money."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import permission

TAKE = permission("payments.take", _("Open a drawer at a counter and take fees in cash"))
APPROVE = permission(
    "payments.approve",
    _("Void receipts, approve waivers and close the day of a centre, as the second person"),
)
READ = permission("payments.read", _("See the drawers, receipts and accounts of a centre"))
TARIFF = permission("payments.tariff", _("Publish the tariff of incidental charges"))
