"""What one may be permitted to do with the catalogue."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import may, permission, require
from onedoor.kernel.scope import Actor

PUBLISH = permission("catalogue.publish", "Publish a service")
DRAFT = permission("catalogue.draft", _("Write services of one's ministry as drafts"))
APPROVE = permission("catalogue.approve", _("Approve drafts of services as the second person"))
READ = permission("catalogue.read", _("See how services of one's ministry are written, checked and released"))
READERS = (READ, DRAFT, APPROVE, PUBLISH)


def require_reading(by: Actor, authority: UUID) -> None:
    """Refuse unless somebody writes, approves or publishes services of this authority. Errors: OutOfReach, NotPermitted."""
    if not any(may(by, code, at=authority) for code in READERS):
        require(by, DRAFT, at=authority)
