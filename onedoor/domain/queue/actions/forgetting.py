"""What was left with tickets, so that a lost one is found or help comes, is destroyed when nobody can ask for it any more."""

from datetime import date, datetime

from django.db import transaction

from onedoor.domain.queue.events import ErrandForgotten, HelpForgotten, TicketForgotten
from onedoor.domain.queue.models import Errand, Help, Ticket, lock_ticket, update_ticket
from onedoor.domain.queue.rules import OPEN
from onedoor.domain.queue.rules.appointments import RETENTION
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

BATCH = 200
OURS = "the worker forgets at all centres"


def forget_tickets(*, by: Actor, at: datetime) -> int:
    """What was said of people thirty days ago goes, as it goes from appointments: at most 200 of each kind; gives how many.

    Names and telephone marks, why somebody went first and what help they needed; how the desk told a family apart, and the
    names of helpers from outside.
    """
    before = (at - RETENTION).date()
    return _tickets(before, by=by, at=at) + _errands(before, by=by, at=at) + _helps(before, by=by, at=at)


def _tickets(before: date, *, by: Actor, at: datetime) -> int:
    with everything(OURS):
        old = Ticket.objects.filter(day__lt=before).exclude(name="", phone_mark=None, ground="", help="")
        listed = list(old.order_by("day").exclude(status__in=OPEN).values_list("id", "centre_id")[:BATCH])
    done = 0
    for ticket, centre in listed:
        with transaction.atomic():
            held = lock_ticket(centres=(centre,), ticket=ticket)
            if held is None or held.status in OPEN:
                continue
            held.name, held.phone_mark, held.ground, held.help = "", None, "", ""
            event = TicketForgotten(visit=held.visit)
            done += update_ticket(held, centre=centre, event=event, by=by, at=at, once=None)
    return done


@transaction.atomic
def _errands(before: date, *, by: Actor, at: datetime) -> int:
    with everything(OURS):
        old = Errand.objects.select_for_update(no_key=True).filter(day__lt=before).exclude(label="")
        held = list(old.order_by("day")[:BATCH])
        for row in held:
            row.label = ""
            row.save()
            publish(ErrandForgotten(visit=row.visit), of=row, by=by, at=at, centre=row.centre_id)
    return len(held)


@transaction.atomic
def _helps(before: date, *, by: Actor, at: datetime) -> int:
    with everything(OURS):
        old = Help.objects.select_for_update(no_key=True).filter(day__lt=before).exclude(helper_name="")
        held = list(old.order_by("day")[:BATCH])
        for row in held:
            row.helper_name = ""
            row.save()
            publish(HelpForgotten(visit=row.visit), of=row, by=by, at=at, centre=row.centre_id)
    return len(held)
