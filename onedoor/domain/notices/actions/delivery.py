"""Messages go out, in batches; what failed is tried again after growing pauses; what is old is destroyed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.notices import errors
from onedoor.domain.notices.events import NoticeFailed, NoticeForgotten, NoticeSent, NoticeTriedAgain
from onedoor.domain.notices.models import Notice, locked_notice, look_at_wordings
from onedoor.domain.notices.permissions import SEND
from onedoor.domain.notices.providers import Fault, Provider, provider
from onedoor.domain.notices.queries import contents
from onedoor.domain.notices.rules import FORGET_AFTER, State, fill, good_until, next_try, parts_of
from onedoor.kernel.letters import publish
from onedoor.kernel.letters.payload import forget_person
from onedoor.kernel.scope import Actor, everything

SILENCE = {"timeout", "unreachable", "disk"}


def deliver(*, at: datetime, limit: int = 50) -> int:
    """Hand over what is due; gives how many the provider took. A provider that is silent ends the batch.

    At least once: a message is written as sent after the provider took it, and its id is the reference by which the provider
    knows it again.
    """
    by = provider()
    if by is None:
        return 0
    sent = 0
    with everything("the worker sends for all centres"):
        due = Notice.objects.filter(state=State.WAITING, next_at__lte=at).order_by("next_at")
        for notice in list(due.values_list("id", flat=True)[:limit]):
            fault = _deliver(notice, by=by, at=at)
            sent += fault == ""
            if fault in SILENCE:
                break
    return sent


@transaction.atomic
def _deliver(notice: UUID, *, by: Provider, at: datetime) -> str | None:
    """Gives the fault, empty when it was sent, None when somebody else has it."""
    rows = Notice.objects.select_for_update(skip_locked=True, no_key=True)
    held = rows.filter(id=notice, state=State.WAITING).first()
    if held is None:
        return None
    known = contents(held)
    try:
        if at > good_until(held.kind, due=held.due_at):
            raise Fault("too_late", final=True)
        if not known:
            raise Fault("forgotten", final=True)
        text = known["text"] or _text(held, known["values"])
        held.provider_reference = by.send(reference=held.id, phone=known["phone"], text=text)
    except Fault as fault:
        _failed(held, fault, at=at)
        return fault.code
    held.state, held.next_at, held.sent_at, held.fault = State.SENT, None, at, ""
    held.tries += 1
    held.parts = parts_of(text)
    held.save()
    event = NoticeSent(kind=held.kind, parts=held.parts, tries=held.tries)
    publish(event, of=held, by=Actor.system(), at=at, centre=held.centre_id)
    return ""


def _text(held: Notice, values: dict[str, str]) -> str:
    """The words, where nobody had written them when the message was."""
    texts = look_at_wordings().get(held.kind, {})
    wording = texts.get(held.language) or texts.get("lo")
    if not wording:
        raise Fault("no_wording")
    try:
        return fill(wording, values)
    except (
        errors.ValueIsMissing
    ) as fault:  # words written since ask for more than was told: others still go out
        raise Fault("value_missing") from fault


def _failed(held: Notice, fault: Fault, *, at: datetime) -> None:
    held.tries += 1
    held.fault = fault.code[:20]
    held.next_at = None if fault.final else next_try(tries=held.tries, at=at)
    held.state = State.WAITING if held.next_at else State.FAILED
    held.save()
    event = NoticeFailed(
        kind=held.kind, fault=held.fault, tries=held.tries, given_up=held.state == State.FAILED
    )
    publish(event, of=held, by=Actor.system(), at=at, centre=held.centre_id)


def try_again(*, by: Actor, at: datetime, notice: UUID) -> Notice:
    """Have a message sent that failed; it begins anew, and from now on it counts as due.

    Raises:
        NoSuchNotice, Refused, NotToBeTriedAgain.
    """
    with transaction.atomic():
        held = locked_notice(notice)
        require(by, SEND, at=held.centre_id)
        if held.state != State.FAILED or held.sealed is None:
            raise errors.NotToBeTriedAgain
        held.state, held.tries, held.fault = State.WAITING, 0, ""
        held.next_at = held.due_at = at
        held.save()
        publish(NoticeTriedAgain(kind=held.kind), of=held, by=by, at=at, centre=held.centre_id)
    return held


def forget_old(*, at: datetime, limit: int = 200) -> int:
    """Destroy number and words of messages that were due thirty days ago; gives how many."""
    done = 0
    with everything("the worker forgets at all centres"):
        old = Notice.objects.filter(sealed__isnull=False, due_at__lt=at - FORGET_AFTER)
        for notice in list(old.order_by("due_at").values_list("id", flat=True)[:limit]):
            with transaction.atomic():
                rows = Notice.objects.select_for_update(skip_locked=True, no_key=True)
                held = rows.filter(id=notice, sealed__isnull=False).first()
                if held is None:
                    continue
                held.sealed = None
                if held.state == State.WAITING:
                    held.state, held.next_at = State.FAILED, None
                held.save()
                forget_person(person=held.id, at=at)
                event = NoticeForgotten(kind=held.kind)
                publish(event, of=held, by=Actor.system(), at=at, centre=held.centre_id)
                done += 1
    return done
