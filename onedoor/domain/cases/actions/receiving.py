"""Receiving: a valid draft gets its number and its secret code, and goes to the first office."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import issue_code, unit
from onedoor.domain.cases.actions.drafts import locked_draft
from onedoor.domain.cases.actions.moving import Ground, joined
from onedoor.domain.cases.actions.paying import charge_fee
from onedoor.domain.cases.actions.ringing import first_ring
from onedoor.domain.cases.errors import (
    BeginsByItself,
    EditionIsOld,
    FormIsNotValid,
    IdentityIsNotShown,
    MayNotApply,
    NotOfferedHere,
    PaperIsMissing,
)
from onedoor.domain.cases.events import CaseReceived
from onedoor.domain.cases.models import Case, Paper, Task, Timer, Token, Wait
from onedoor.domain.cases.providers import inline_handlers
from onedoor.domain.cases.queries import faults_in
from onedoor.domain.cases.queries.clock import office_days
from onedoor.domain.cases.rules import Received, begin, due_of, leave, legal_clock, local
from onedoor.domain.cases.rules.finding import names_in, search_words
from onedoor.domain.cases.rules.rows import Row, facts, rows_of
from onedoor.domain.cases.rules.traits import self_declared, traits
from onedoor.domain.cases.rules.vouching import Voucher, vouched
from onedoor.domain.catalogue.api import (
    IDENTITY_LEVELS,
    Form,
    ServiceView,
    answers_known,
    eligibility,
    form_to_ask,
    lacking,
    process_of,
    service_to_open,
    service_version,
)
from onedoor.domain.centres.api import is_offered
from onedoor.domain.people.api import save_person
from onedoor.domain.queue.api import finish_errand
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Payload, publish
from onedoor.kernel.numbers import draw
from onedoor.kernel.scope import Actor

FAR = date(9999, 12, 31)
NOTHING: Mapping[str, str] = {}


@transaction.atomic
def receive(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    told: Mapping[str, str] = NOTHING,
    identity: str = "",
    vouchers: Sequence[Voucher] = (),
) -> Received:
    """Receive a draft and hand it on: number, secret code (told once), legal due date, first tasks.

    Args:
        told: what she said of herself for the figures only (`rules.traits.ASKED`); it is kept beside the letter and nowhere else.
        identity: by what she showed who she is: registry, document, vouched or none; empty where nobody looked.
        vouchers: who vouches for her: the village head or two witnesses; kept with the case and in no letter.
    Errors: NoSuchCase, Refused, CaseIsNotADraft, NotOfferedHere, EditionIsOld, BeginsByItself, FormIsNotValid,
        PaperIsMissing, IdentityIsNotShown, WhoVouches, MayNotApply, Invalid.
    """
    declared = self_declared(told)
    held = locked_draft(case, by=by)
    edition = service_version(held.edition_id)
    _refuse_incomplete(held, edition, local(at, centre_zone(held.centre_id)))
    if not process_of(held.edition_id).by_hand:
        raise BeginsByItself()
    if identity and identity not in IDENTITY_LEVELS:
        raise Invalid(field="identity")
    if not edition.identity.met_by(identity):
        raise IdentityIsNotShown(field="identity")
    held.shown = vouched(identity, vouchers)
    _refuse_barred(edition, held.data, local(at, centre_zone(held.centre_id)))
    received = set_going(held, edition, by=by, at=at, declared=declared, identity=identity)
    if held.visit is not None:
        finish_errand(by=by, at=at, case=held.id)
    return received


def _refuse_barred(edition: ServiceView, answers: Mapping[str, Any], today: date) -> None:
    """What a named law forbids is not received; everything else that a service demands is advice."""
    for demand in eligibility(
        edition.eligibility, answers_known(edition.version_id, answers), today=today
    ).barred:
        raise MayNotApply(words=text(demand.words), law=demand.law)


def centre_zone(centre: UUID) -> str:
    """The zone of a centre's days."""
    return office_days(centre, centre)[0].zone


def set_going(
    held: Case,
    edition: ServiceView,
    *,
    by: Actor,
    at: datetime,
    declared: Mapping[str, str] = NOTHING,
    identity: str = "",
    start: str = "",
) -> Received:
    """The case gets its number, its clock and its first tasks, and is handed on.

    Args:
        declared, identity: what was said and shown at the counter. start: the start event, where it is not the usual one.
    """
    ground = Ground(centre=held.centre_id, authority=held.authority_id, at=at)
    today = local(at, ground.days(held.centre_id).zone)
    form = form_to_ask(held.edition_id)
    person = _applicant(held, form, by=by, at=at)
    office = ground.days(held.authority_id)
    clock = legal_clock(
        edition.duration, held.data, at=at, zone=office.zone, calendar=held.authority_id not in ground.bare
    )
    office = ground.days(held.authority_id, hours=True) if clock and clock.kind == "hours" else office
    due = due_of(clock, office)
    plain, hashed = issue_code()
    held.hands = list(joined(held.hands, by.id))
    held.received_by, held.received_at, held.person_id = by.id, at, person
    held.due_on, held.due_why, held.code_hash = due.on, dict(due.why), hashed
    if process_of(
        held.edition_id
    ).listens:  # a message may find its case by the number, which else is drawn last
        held.number = _number(held, today)
    rows, done = _first_rows(held, ground, start)
    rows.bound(due.on)
    held.steps = len(rows.tasks)
    held.number = held.number or _number(held, today)
    held.words = search_words(held.number, *names_in(held.data.get(form.applicant.get("names", ""))))
    held.save()
    Token.objects.bulk_create(Token(case=held, entered_at=at, **row) for row in rows.tokens)
    Task.objects.bulk_create(_task(held, row, at, by if row["id"] in done else None) for row in rows.tasks)
    terms = [Timer(case=held, **row) for row in rows.timers]
    Timer.objects.bulk_create([*terms, *first_ring(held, days=office)])
    Wait.objects.bulk_create(Wait(case=held, since=at, **row) for row in rows.waits)
    event = CaseReceived(
        number=held.number,
        service=held.service_id,
        authority=held.authority_id,
        visit=held.visit,
        person=person,
        due=due.on.isoformat() if due.on else "",
        identity=identity,
    )
    beside = _groups(held, form, declared, today=today)
    publish(event, of=held, by=by, at=at, centre=held.centre_id, payload=beside)
    charge_fee(held, by=by, at=at)
    return Received(case=held.id, number=held.number, code=plain, due_on=due.on)


def _number(held: Case, today: date) -> str:
    return draw(place=unit(held.centre_id).code, year=today.year, series="C")


def _refuse_incomplete(held: Case, edition: ServiceView, today: date) -> None:
    """The service is offered here today, the form is valid, every paper that this applicant must bring lies with it."""
    if not is_offered(centre=held.centre_id, service=held.service_id, on=today):
        raise NotOfferedHere(field="service")
    in_force = service_to_open(held.service_id, on=today, centre=held.centre_id)
    if in_force.version_id != held.edition_id:
        raise EditionIsOld(field="service")
    faults = faults_in(form_to_ask(held.edition_id), held.data, today=today)
    if faults:
        raise FormIsNotValid(faults)
    attached = set(Paper.objects.filter(case=held).values_list("code", flat=True))
    for paper in lacking(edition.papers, answers_known(edition.version_id, held.data), attached):
        raise PaperIsMissing(field=f"paper-{paper.code}", paper=paper.code)


def _applicant(held: Case, form: Form, *, by: Actor, at: datetime) -> UUID | None:
    """The applicant's record, from the answers that the form marks as hers."""
    said: dict[str, Any] = {key: held.data.get(name) for key, name in form.applicant.items()}
    if not isinstance(said.get("names"), Mapping):
        return None
    birth = said.get("birth_date")
    person = save_person(
        by=by,
        at=at,
        names=said["names"],
        birth_date=date.fromisoformat(birth) if birth and len(birth) == 10 else None,  # not of a year alone
        sex=said.get("sex") or "unknown",
        phone=said.get("phone") or "",
        identifiers={key: said[key] for key in ("national_id", "family_book") if said.get(key)},
        centre=held.centre_id,
    )
    return person.id


def _groups(held: Case, form: Form, declared: Mapping[str, str], *, today: date) -> Payload | None:
    """What figures may know of her stands beside the letter, encrypted with her key, and never in it."""
    if held.person_id is None:
        return None
    answered = {key: held.data.get(name) for key, name in form.applicant.items()}
    said = traits({**answered, **declared}, today=today)
    return Payload(held.person_id, said) if said else None


def _first_rows(held: Case, ground: Ground, start: str) -> tuple[Any, set[UUID]]:
    """The first tokens and tasks. Where the first task is the receiving itself, it is done by this very step."""
    process = process_of(held.edition_id)
    known = facts(
        outcome="done", decision="", data=answers_known(held.edition_id, held.data), number=held.number or ""
    )
    ground.facts = known
    move = begin(process, facts=known, ids=new_id, inline=inline_handlers(), start=start)
    rows = rows_of(process, move, ground=ground, steps=0)
    done: set[UUID] = set()
    if process.intake_after(start or process.start) is not None:
        done = {rows.tasks[0]["id"]}
        token = move.born[0].id
        ground.facts = known = {**known, **move.kept}
        move = leave(
            process, marking=move.born, token=token, facts=known, ids=new_id, inline=inline_handlers()
        )
        then = rows_of(process, move, ground=ground, steps=1)
        rows.tokens, rows.timers, rows.waits = then.tokens, then.timers, then.waits
        rows.tasks += then.tasks
    held.status = move.status or "received"
    held.kept = dict(move.kept)
    if move.ended:
        held.closed_at = ground.at
    return rows, done


def _task(held: Case, row: Row, at: datetime, done_by: Actor | None) -> Task:
    task = Task(case=held, opened_at=at, due_order=row["due_on"] or FAR, **row)
    if done_by is not None:
        task.state, task.done_at, task.done_by, task.outcome = "done", at, done_by.id, "done"
    return task
