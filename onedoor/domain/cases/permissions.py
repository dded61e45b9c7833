"""What one may do with cases, and which lanes an actor works in: the one predicate for listing and completing a task."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import holding, permission, require, unit
from onedoor.domain.cases.errors import NoSuchTask, NotInThisLane
from onedoor.kernel.scope import Actor

ENTER = permission(
    "cases.enter", _("Enter and receive applications at a centre, and do the front office's steps")
)
PREPARE = permission(
    "cases.prepare", _("Fill in applications with people before their visit, on the telephone or at a kiosk")
)
MESSAGE = permission(
    "cases.message", _("Send messages to the applications of a centre, or begin one by a message")
)
DECIDE = permission("cases.decide", _("Decide applications in the back office of an authority"))
MEND = permission("cases.mend", _("See failed steps and have them tried again"))
AUDIT = permission("cases.audit", "Read every case at the centres, to audit it")
EXTEND = permission("cases.extend", _("Give a case of one's offices more time, with a reason"))
OVERSEE = permission(
    "cases.oversee", _("See which cases of one's offices are past their due date, and who had them")
)
LOOK_BACK = permission(
    "cases.look_back", _("Read the cases of one's services that are over, as a whole, to try out a reform")
)
CHECK_FEES = permission(
    "cases.check_fees", _("Compare every receipt of the country with the fee tables, and see what differs")
)
LOAD = permission("cases.load", _("Load cases of an earlier system from its event log"))

MOVE = "catalogue.publish"  # who may publish a process may bring its live cases onto it
CALENDAR = "centres.calendar"  # who declares holidays sees what they moved

NOWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Lanes:
    """Where an actor works: front lanes of which centres, back lanes of which authorities, in which roles."""

    actor: UUID
    front: frozenset[UUID]
    back: frozenset[UUID]
    roles: frozenset[str]
    mend: frozenset[UUID] = NOWHERE
    everyone: bool = False

    @property
    def units(self) -> frozenset[UUID]:
        """All units of which some task may be held."""
        return self.front | self.back

    def works(self, *, audience: str, unit: UUID, role: str) -> bool:
        """Whether tasks of such a lane are this actor's to see."""
        held = {"front": self.front, "back": self.back}.get(audience, NOWHERE)
        return unit in held and (self.everyone or role in self.roles)

    def admit(self, *, audience: str, unit: UUID, role: str) -> None:
        """Refuse a lane that is not this actor's. Errors: NoSuchTask (of another office), NotInThisLane (of one's own)."""
        if self.works(audience=audience, unit=unit, role=role):
            return
        if unit in {"front": self.front, "back": self.back}.get(audience, NOWHERE):
            raise NotInThisLane()
        raise NoSuchTask()


def require_looking_back(by: Actor, authority: UUID) -> None:
    """Refuse who may not read an authority's cases as a whole; a right at the country holds for all. Errors: Refused."""
    where = holding(by).where.get(LOOK_BACK, NOWHERE)
    if not any(unit(each).kind == "country" for each in where):
        require(by, LOOK_BACK, at=authority)


def lanes_of(by: Actor) -> Lanes:
    """The lanes of an actor, from the rights of this moment: permission at the unit and role, for people and machines alike.

    The node itself works in all.
    """
    held = holding(by)
    return Lanes(
        actor=by.id,
        front=held.where.get(ENTER, NOWHERE),
        back=held.where.get(DECIDE, NOWHERE),
        roles=held.roles,
        mend=held.where.get(MEND, NOWHERE),
        everyone=by.kind == "system",
    )
