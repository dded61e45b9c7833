"""Many people are told, or not told any more, at once: the same number of statements for one as for a whole day."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from onedoor.domain.notices.actions.messages import Message, drafted, said_again, zone_of
from onedoor.domain.notices.events import NoticeWithdrawn, NoticeWritten
from onedoor.domain.notices.models import Notice
from onedoor.domain.notices.providers import provider
from onedoor.domain.notices.rules import State
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.letters import Payload, sealed_each
from onedoor.kernel.letters.many import Happened, publish_many
from onedoor.kernel.scope import Actor, everything

KIND = "notices.notice"


def tell_each(*, by: Actor, at: datetime, centre: UUID, messages: Sequence[Message]) -> int:
    """Tell many people of one centre, each as `tell` does; gives how many messages are new.

    Raises:
        KindUnknown, ValueIsMissing, PhoneIsNotValid: and nobody is told.
    """
    carried = provider() is not None
    zone = zone_of(centre)
    listed = [drafted(one, centre=centre, zone=zone, at=at, carried=carried) for one in messages]
    drafts = {bytes(notice.mark): (notice, contents) for notice, contents in listed}
    with transaction.atomic(), everything("whoever tells has asked for the permission"):
        for held in Notice.objects.select_for_update(no_key=True).filter(mark__in=drafts).order_by("id"):
            like, _contents = drafts.pop(bytes(held.mark))
            said_again(held, like=like, by=by, at=at)
        new = [notice for notice, _contents in drafts.values()]
        payloads = [Payload(person=notice.id, data=contents) for notice, contents in drafts.values()]
        for notice, sealed in zip(new, sealed_each(payloads), strict=True):
            notice.sealed, notice.owner = sealed, this_node()
        Notice.objects.bulk_create(new)
        if new:
            publish_many([_written(one, at) for one in new], kind=KIND, by=by, centre=centre)
    return len(new)


def withdraw_each(
    *, by: Actor, at: datetime, centre: UUID, subjects: Collection[UUID], kinds: Collection[str]
) -> int:
    """What was not sent yet about these subjects is not sent any more, nor shown; gives how many. The caller has asked."""
    with transaction.atomic(), everything("whoever withdraws has asked for the permission"):
        rows = Notice.objects.select_for_update(no_key=True).filter(subject__in=subjects, centre_id=centre)
        rows = rows.filter(state__in=(State.WAITING, State.PAGE, State.FAILED), kind__in=kinds)
        held = list(rows.order_by("id").defer("sealed"))
        if not held:
            return 0
        Notice.objects.filter(id__in=[one.id for one in held]).update(
            state=State.WITHDRAWN, next_at=None, version=F("version") + 1
        )
        news = [
            Happened(one.id, one.version + 1, NoticeWithdrawn(kind=one.kind), at, epoch=one.epoch)
            for one in held
        ]
        publish_many(news, kind=KIND, by=by, centre=centre)
    return len(held)


def _written(notice: Notice, at: datetime) -> Happened:
    event = NoticeWritten(subject=notice.subject, kind=notice.kind, state=notice.state)
    return Happened(notice.id, notice.version, event, at)
