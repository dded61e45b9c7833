"""Rooms and posts of a centre: what a count may say."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.centres.errors import SpaceIsWrong

POWER = ("none", "generator", "solar", "both")
LINKS = ("none", "mobile", "fibre", "satellite")
COUNTS = ("rooms", "square_metres", "seats", "places")
MOST, LONGEST = 100_000, 300


@dataclass(frozen=True, kw_only=True)
class PostView:
    """How many people of an authority are to work in a role (its code), and how many do."""

    authority: UUID
    role: str
    planned: int
    filled: int


@dataclass(frozen=True, kw_only=True)
class SpaceView:
    """How much room a centre has; None and "" are what nobody counted.

    Args:
        seats: for those who wait. places: at which an officer can serve.
        accessible: whether a wheelchair comes in.
        power: when the grid fails. link: how it is connected.
        counted_on, source: when and by whom.
        version: how often it was counted.
    """

    centre: UUID
    counted_on: date
    source: str
    rooms: int | None = None
    square_metres: int | None = None
    seats: int | None = None
    places: int | None = None
    accessible: bool | None = None
    power: str = ""
    link: str = ""
    demonstration: bool = False
    posts: tuple[PostView, ...] = ()
    version: int = 0

    @property
    def planned(self) -> int:
        """People who are to work here."""
        return sum(one.planned for one in self.posts)

    @property
    def filled(self) -> int:
        """People who do."""
        return sum(one.filled for one in self.posts)

    def counted(self, other: "SpaceView") -> bool:
        """Whether another count says the same."""
        return replace(self, version=0) == replace(other, version=0)


def check_space(space: SpaceView, *, today: date | None) -> SpaceView:
    """The count in order; ``today`` is None for a pack. Raises SpaceIsWrong: names the field and the reason."""
    for field in COUNTS:
        value = getattr(space, field)
        if value is not None and not 0 <= value <= MOST:
            raise SpaceIsWrong(field=field, reason=_("A whole number from 0 to 100,000, or nothing."))
    if space.power not in ("", *POWER) or space.link not in ("", *LINKS):
        field = "power" if space.power not in ("", *POWER) else "link"
        raise SpaceIsWrong(field=field, reason=_("Choose one of the answers."))
    if today is not None and space.counted_on > today:
        raise SpaceIsWrong(field="counted_on", reason=_("This day has not come yet."))
    if not space.source.strip() or len(space.source) > LONGEST:
        raise SpaceIsWrong(field="source", reason=_("Say where this is known from, in at most 300 signs."))
    posts = [one for one in space.posts if one.planned or one.filled]
    for one in posts:
        if not (0 <= one.planned <= MOST and 0 <= one.filled <= MOST):
            raise SpaceIsWrong(field="posts", reason=_("A whole number from 0 to 100,000, or nothing."))
    if len({(one.authority, one.role) for one in posts}) != len(posts):
        raise SpaceIsWrong(field="posts", reason=_("The same ministry and role stand twice."))
    order = sorted(posts, key=lambda one: (str(one.authority), one.role))
    return replace(space, source=" ".join(space.source.split()), posts=tuple(order), version=0)
