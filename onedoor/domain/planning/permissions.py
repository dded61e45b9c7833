"""What one may be permitted to do in planning, and for whose services: a ministry's own, or all by a right at the country."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import holding, permission, require, unit
from onedoor.kernel.scope import Actor

EXPERIMENT = permission(
    "planning.experiment", _("Try out other versions of a ministry's services on the cases that are over")
)


def may_try(by: Actor, authority: UUID) -> bool:
    """Whether somebody may try out the services of an authority."""
    where = holding(by).where.get(EXPERIMENT, frozenset())
    return authority in where or any(unit(each).kind == "country" for each in where)


def require_trying(by: Actor, authority: UUID) -> None:
    """Refuse who may not. Errors: NotPermitted (nowhere at all), OutOfReach (another ministry's)."""
    require(by, EXPERIMENT)
    if not may_try(by, authority):
        require(by, EXPERIMENT, at=authority)
