"""What the hall's screens show: open to anybody, as the screens are."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from onedoor.domain.access.api import require
from onedoor.domain.notices import errors
from onedoor.domain.notices.models import Board, Poster
from onedoor.domain.notices.permissions import BOARD
from onedoor.domain.notices.rules import MAIN, Plan
from onedoor.kernel.scope import Actor, open_scope

MOST_SHOWN = 12


def plan_of(centre: UUID, code: str = MAIN) -> Plan | None:
    """How a screen is laid out; the usual way for ``main`` where nobody said another; None for any other code."""
    if not code.isprintable():  # the database refuses some control signs even in a question
        return None
    with open_scope(centre=[centre]):
        held = Board.objects.filter(centre_id=centre, code=code).first()
    if held is not None:
        return _plan(held)
    return Plan() if code == MAIN else None


def plans_of(centre: UUID) -> list[Plan]:
    """All screens of a hall, the main one first."""
    with open_scope(centre=[centre]):
        held = [_plan(one) for one in Board.objects.filter(centre_id=centre).order_by("code")]
    main = [one for one in held if one.code == MAIN] or [Plan()]
    return main + [one for one in held if one.code != MAIN]


def posters_on(centre: UUID, *, day: date) -> list[Poster]:
    """What is shown on a day: notices first, then what teaches."""
    with open_scope(centre=[centre]):
        rows = Poster.objects.filter(centre_id=centre, ended=False, first__lte=day)
        rows = rows.filter(Q(last=None) | Q(last__gte=day))
        return sorted(rows.order_by("first", "id")[:MOST_SHOWN], key=lambda one: one.kind != "notice")


def posters_at(*, by: Actor, centre: UUID, since: date) -> list[Poster]:
    """The texts that a head edits: shown now or later."""
    require(by, BOARD, at=centre)
    rows = Poster.objects.filter(centre_id=centre, ended=False).filter(Q(last=None) | Q(last__gte=since))
    return list(rows.order_by("first", "id")[:100])


def poster_at(*, by: Actor, centre: UUID, poster: UUID) -> Poster:
    """One text of a centre, to be edited.

    Raises:
        Refused, NoSuchPoster.
    """
    require(by, BOARD, at=centre)
    held = Poster.objects.filter(centre_id=centre, id=poster).first()
    if held is None:
        raise errors.NoSuchPoster
    return held


def _plan(held: Board) -> Plan:
    return Plan(
        code=held.code,
        columns=held.columns,
        zones=tuple(held.zones),
        notices=held.notices,
        sound=held.sound,
    )
