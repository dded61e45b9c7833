"""Permissions: which there are, who holds them, and the questions may and require."""

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.permissions.checks import holding, may, reach, require
from onedoor.domain.access.permissions.registry import is_declared, permission, permissions

MANAGE = permission("access.manage", _("Open and end logins, roles, devices and tokens"))
LOOK = permission("access.look", _("See who looked at what"))
LOAD = permission("access.load", _("Load units and roles from a pack"))

__all__ = [
    "LOAD",
    "LOOK",
    "MANAGE",
    "holding",
    "is_declared",
    "may",
    "permission",
    "permissions",
    "reach",
    "require",
]
