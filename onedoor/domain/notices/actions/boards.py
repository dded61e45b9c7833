"""The head of a centre writes what the hall's screens show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.notices import errors
from onedoor.domain.notices.events import BoardSaved, PosterEnded, PosterSaved
from onedoor.domain.notices.models import Board, Poster
from onedoor.domain.notices.permissions import BOARD
from onedoor.domain.notices.rules import read_plan, read_poster
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_board(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    code: str,
    columns: int,
    zones: Sequence[str] = (),
    notices: bool = True,
    sound: bool = True,
) -> Board:
    """Lay out a screen of a hall; the same again writes nothing.

    Args:
        code: ``main``, or another for a second screen. columns: 1 to 3. zones: whose calls it shows; all when empty.

    Raises:
        Refused, BoardInvalid.
    """
    require(by, BOARD, at=centre)
    plan = read_plan(code=code, columns=columns, zones=zones, notices=notices, sound=sound)
    held = Board.objects.select_for_update(no_key=True).filter(centre_id=centre, code=plan.code).first()
    said = (plan.columns, list(plan.zones), plan.notices, plan.sound)
    if held is None:
        held = Board(id=new_id(), centre_id=centre, code=plan.code)
    elif (held.columns, held.zones, held.notices, held.sound) == said:
        return held
    held.columns, held.zones, held.notices, held.sound = said
    held.save()
    publish(BoardSaved(code=held.code, columns=held.columns), of=held, by=by, at=at, centre=centre)
    return held


@transaction.atomic
def save_poster(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    kind: str,
    texts: Mapping[str, str],
    first: date,
    last: date | None = None,
    id: UUID | None = None,
) -> Poster:
    """Write a notice or a teaching text for a hall's screens, or change the one with ``id``; sent twice it is one.

    Args:
        texts: ``lo`` and ``en``. first, last: the days on which it is shown, both included; open-ended without ``last``.

    Raises:
        Refused, PosterInvalid, NoSuchPoster: the id belongs to another centre's.
    """
    require(by, BOARD, at=centre)
    today = at.astimezone(ZoneInfo(centre_of(centre).zone)).date()
    words = read_poster(texts, kind=kind, first=first, last=last, today=today)
    held = Poster.objects.select_for_update(no_key=True).filter(id=id).first() if id else None
    if held is not None and held.centre_id != centre:
        raise errors.NoSuchPoster
    poster = held or Poster(id=id or new_id(), centre_id=centre)
    said = (kind, words, first, last, False)
    if held and (held.kind, held.texts, held.first, held.last, held.ended) == said:
        return held
    poster.kind, poster.texts, poster.first, poster.last, poster.ended = said
    poster.save()
    publish(PosterSaved(kind=kind), of=poster, by=by, at=at, centre=centre)
    return poster


@transaction.atomic
def end_poster(*, by: Actor, at: datetime, poster: UUID) -> Poster:
    """Take a text from the screens; ending it twice is ending it once.

    Raises:
        NoSuchPoster, Refused.
    """
    held = Poster.objects.select_for_update(no_key=True).filter(id=poster).first()
    if held is None:
        raise errors.NoSuchPoster
    require(by, BOARD, at=held.centre_id)
    if not held.ended:
        held.ended = True
        held.save()
        publish(PosterEnded(kind=held.kind), of=held, by=by, at=at, centre=held.centre_id)
    return held
