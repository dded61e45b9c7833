"""A message is written, or is not needed any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import IntegrityError, transaction

from onedoor.domain.access.api import unit
from onedoor.domain.centres.api import UnknownCentre
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.notices import errors
from onedoor.domain.notices.events import NoticeWithdrawn, NoticeWritten
from onedoor.domain.notices.models import Notice, look_at_wordings
from onedoor.domain.notices.providers import provider
from onedoor.domain.notices.rules import KINDS, State, fill, parts_of, shown
from onedoor.domain.people.api import clean_phone
from onedoor.kernel.crypto import keyring
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Payload, publish
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is to be told of a subject, and to whom; as the arguments of `tell`."""

    subject: UUID
    kind: str
    values: Mapping[str, object]
    phone: str | None
    language: str
    due: datetime | None = None


def tell(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    subject: UUID,
    kind: str,
    values: Mapping[str, object],
    phone: str | None,
    language: str,
    due: datetime | None = None,
) -> Notice:
    """Tell whoever ``subject`` belongs to something; the caller has asked for the permission.

    The same message (subject, kind, values, number, time) is written once, so handlers may say it twice. Without a number,
    or where no provider is set up, it only stands on the person's page (`told`).

    Args:
        subject: the ticket, appointment, case or stop it is about. values: what the kind says (`KINDS`): instants, days,
            numbers, or words by language. phone: as the person gave it. due: when to send it; at once when None.

    Raises:
        KindUnknown, ValueIsMissing, PhoneIsNotValid.
    """
    message = Message(subject=subject, kind=kind, values=values, phone=phone, language=language, due=due)
    carried = provider() is not None
    notice, contents = drafted(message, centre=centre, zone=zone_of(centre), at=at, carried=carried)
    with transaction.atomic(), everything("whoever tells has asked for the permission"):
        held = Notice.objects.select_for_update(no_key=True).filter(mark=notice.mark).first()
        if held is not None:
            return said_again(held, like=notice, by=by, at=at)
        notice.sealed = Payload(person=notice.id, data=contents).sealed()
        try:
            with transaction.atomic():
                notice.save()
        except IntegrityError:
            return Notice.objects.get(mark=notice.mark)
        event = NoticeWritten(subject=subject, kind=kind, state=notice.state)
        publish(event, of=notice, by=by, at=at, centre=centre)
    return notice


def drafted(
    message: Message, *, centre: UUID, zone: ZoneInfo, at: datetime, carried: bool
) -> tuple[Notice, dict[str, object]]:
    """A message as it will be written, and what is sealed in it; ``carried``: whether anybody carries messages to telephones.

    Raises:
        KindUnknown, ValueIsMissing, PhoneIsNotValid.
    """
    if message.kind not in KINDS:
        raise errors.KindUnknown(field="kind")
    missing = [name for name in KINDS[message.kind] if name not in message.values]
    if missing:
        raise errors.ValueIsMissing(field=missing[0])
    number, moment = clean_phone(message.phone or ""), message.due or at
    said = _said(centre, message.values, language=message.language, zone=zone)
    text = _text(message.kind, said, message.language)
    sent = bool(number) and carried
    notice = Notice(
        id=new_id(),
        centre_id=centre,
        subject=message.subject,
        kind=message.kind,
        language=message.language,
        state=State.WAITING if sent else State.PAGE,
        mark=_mark(message.subject, message.kind, said, number, message.language, message.due),
        parts=parts_of(text),
        written_at=at,
        due_at=moment,
        next_at=moment if sent else None,
    )
    return notice, {"phone": number, "text": text, "values": said}


def said_again(held: Notice, *, like: Notice, by: Actor, at: datetime) -> Notice:
    """The message that was written before; one that was withdrawn holds again, as what it says is so once more."""
    if held.state == State.WITHDRAWN and held.sealed is not None:
        held.state, held.due_at, held.next_at, held.tries = like.state, like.due_at, like.next_at, 0
        held.save()
        event = NoticeWritten(subject=held.subject, kind=held.kind, state=held.state)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


def withdraw_notices(
    *, by: Actor, at: datetime, subject: UUID, kinds: Collection[str] = (), centre: UUID | None = None
) -> int:
    """What was not sent yet about a subject is not sent any more, nor shown; gives how many. The caller has asked.

    Args:
        kinds: these only; all when empty. centre: the subject's, where it is known.
    """
    with transaction.atomic(), everything("whoever withdraws has asked for the permission"):
        rows = Notice.objects.select_for_update(no_key=True).filter(subject=subject)
        rows = rows.filter(state__in=(State.WAITING, State.PAGE, State.FAILED)).order_by("id")
        if centre is not None:
            rows = rows.filter(centre_id=centre)
        held = list(rows.filter(kind__in=kinds) if kinds else rows)
        for notice in held:
            notice.state, notice.next_at = State.WITHDRAWN, None
            notice.save()
            publish(NoticeWithdrawn(kind=notice.kind), of=notice, by=by, at=at, centre=notice.centre_id)
    return len(held)


def zone_of(centre: UUID) -> ZoneInfo:
    """In which a centre says its times; the country's for a unit that is no centre."""
    try:
        return ZoneInfo(centre_of(centre).zone)
    except UnknownCentre:
        return ZONE


def _said(centre: UUID, values: Mapping[str, object], *, language: str, zone: ZoneInfo) -> dict[str, str]:
    all_values = {"centre": unit(centre).name, **values}
    return {name: shown(value, language=language, zone=zone) for name, value in all_values.items()}


def _text(kind: str, said: Mapping[str, str], language: str) -> str:
    """The sentence; empty while nobody has written the kind's words."""
    texts = look_at_wordings().get(kind, {})
    wording = texts.get(language) or texts.get("lo") or ""
    return fill(wording, said)


def _mark(
    subject: UUID, kind: str, said: Mapping[str, str], number: str, language: str, due: datetime | None
) -> bytes:
    parts = [str(subject), kind, dict(said), number, language, due]
    return keyring().blind("notices/once", orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode())
