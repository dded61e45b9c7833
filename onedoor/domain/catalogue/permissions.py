"""What one may be permitted to do with the catalogue."""

from onedoor.domain.access.api import permission

PUBLISH = permission("catalogue.publish", "Publish a service")
