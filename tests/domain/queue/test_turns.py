"""Calling by a centre's rule: the database's answer against the pure one, reasons out of turn, rules saved and refused."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import F

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import lock_next
from onedoor.domain.queue.models.turns import statement_of
from onedoor.domain.queue.queries import today_at
from onedoor.domain.queue.rules import CallingRule
from onedoor.domain.queue.rules.turns import Waiting, next_of
from onedoor.kernel.errors import Conflict, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.domain.queue.test_calling import HALL
from tests.factories import offices
from tests.factories.hall import Hall
from tests.factories.offices import SYSTEM

pytestmark = pytest.mark.usefixtures("scope")


def ruled(here: Hall, at: datetime, **changed: object) -> CallingRule:
    """The hall with a quick zone for births and a long one for documents; counter 1 serves both, counter 2 long ones."""
    rule = replace(HALL, minutes={here.birth: 3, here.document: 12}, by_hand={}, **changed)
    return queue.save_calling_rule(by=SYSTEM, at=at, unit=here.centre, rule=rule)


def take(here: Hall, at: datetime, service: str = "birth", **more: object) -> queue.Ticket:
    wanted = getattr(here, service)
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=wanted, **more)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_a_ticket_gets_its_zone_and_place_when_it_is_taken(here: Hall, at: datetime) -> None:
    ruled(here, at)
    first = take(here, at, "document", ground="older", people=5, origin="desk", help=["wheelchair"])
    assert (first.zone, first.ground, first.priority, first.people) == ("long", "older", True, 5)
    assert first.place == at - minutes(20)
    letter = LetterRow.objects.get(aggregate=first.id)
    assert "long" in letter.body and "older" not in letter.body and "wheelchair" not in letter.body
    assert take(here, at, issued_at=at - minutes(45)).place == at - minutes(45), "the time on the paper"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("people", {"people": 0}),
        ("people", {"people": 21}),
        ("origin", {"origin": "moon"}),
        ("ground", {"ground": "rich"}),
        ("help", {"help": ["<b>"]}),
        ("slot", {"slot": datetime(2026, 3, 2, 3, 0).astimezone()}),
        ("issued_at", {"issued_at": datetime(2026, 3, 3, 2, 0).astimezone()}),
        ("issued_at", {"issued_at": datetime(2026, 2, 27, 2, 0).astimezone()}),
    ],
)
def test_what_cannot_be_told_of_a_person_is_refused_by_name(
    here: Hall, at: datetime, field: str, told: dict[str, object]
) -> None:
    with pytest.raises(queue.TicketIsWrong) as refusal:
        take(here, at, **told)
    assert refusal.value.field == field and str(refusal.value.reason)
    assert not queue.Ticket.objects.exists()


def test_counters_call_by_zones(here: Hall, at: datetime) -> None:
    ruled(here, at)
    long, quick = take(here, at, "document"), take(here, at + minutes(1))
    assert queue.call_next(by=here.officer, at=at + minutes(2), counter=here.counters[0]).id == quick.id
    assert queue.call_next(by=here.officer, at=at + minutes(2), counter=here.counters[1]).id == long.id
    take(here, at + minutes(3))
    queue.start(by=here.officer, at=at + minutes(3), ticket=long.id)
    queue.finish(by=here.officer, at=at + minutes(3), ticket=long.id)
    with pytest.raises(queue.NobodyForThisCounter):
        queue.call_next(by=here.officer, at=at + minutes(4), counter=here.counters[1])


def test_a_service_of_one_counter_is_called_there_only(here: Hall, at: datetime) -> None:
    begin = centres.centre(here.centre).offers[1].valid_from
    offer = centres.Offer(service=here.document, valid_from=begin, counters=("2",))
    centres.save_offer(by=SYSTEM, at=at, centre=here.centre, offer=offer)
    take(here, at, "document")
    with pytest.raises(queue.NobodyForThisCounter):
        queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    assert queue.call_next(by=here.officer, at=at, counter=here.counters[1]).number == "B001"


def test_the_database_answers_as_the_pure_rule_does(here: Hall, at: datetime) -> None:
    """Many lines of people of every kind, called empty by three counters: each time both name the same person."""
    ruled(here, at)
    dice, day = Random(7), today_at(centre=here.centre, at=at)
    for _ in range(12):
        queue.Ticket.objects.update(status="left", version=F("version") + 1)
        for _ in range(8):
            ticket = take(here, at + minutes(dice.randrange(40)), dice.choice(["birth", "document"]))
            fields = {
                "zone": dice.choice(["quick", "long", "", "gone"]),
                "help": dice.choice(["", "", "wheelchair", "language:hmn", "sign_language:x language:kmu"]),
                "only_counter_id": dice.choice([None, None, None, here.counters[1], new_id()]),
                "not_before": dice.choice([None, None, at + minutes(30)]),
            }
            queue.Ticket.objects.filter(id=ticket.id).update(version=2, **fields)
        for number, counter in enumerate(here.counters * 3):
            view, now = centres.counter(counter), at + minutes(dice.randrange(60))
            reach = replace(
                queue.reach(view, at=now),
                without=dice.choice([(), (here.document,)]),
                languages=dice.choice([None, (), ("hmn", "lo")]),
            )
            found = lock_next(centre=here.centre, day=day, reach=reach)
            wanted = next_of(_line(here), reach=reach)
            assert (found and found.id) == (wanted and wanted.id), (number, reach)
            if found is not None:
                queue.Ticket.objects.filter(id=found.id).update(status="served", version=F("version") + 1)


def _line(here: Hall) -> list[Waiting]:
    return [
        Waiting(
            id=one.id,
            service=one.service_id,
            place=one.place,
            zone=one.zone,
            help=one.help,
            only_counter=one.only_counter_id,
            not_before=one.not_before,
        )
        for one in queue.Ticket.objects.filter(centre_id=here.centre, status="waiting")
    ]


def test_calling_walks_the_index_of_the_line(here: Hall, at: datetime) -> None:
    ruled(here, at)
    here_now = queue.reach(centres.counter(here.counters[0]), at=at)
    reach = replace(here_now, languages=("lo",), without=(new_id(),))
    statement, values = statement_of(reach, centre=here.centre, day=today_at(centre=here.centre, at=at))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # a hall of three people is quickly sorted
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "ticket_line" in plan and "Seq Scan" not in plan, plan


def test_who_still_waits_is_called_by_name_only_for_a_reason(here: Hall, at: datetime) -> None:
    take(here, at)
    second = take(here, at)
    asked = {"by": here.officer, "at": at, "counter": here.counters[0], "ticket": second.id}
    for reason in ("", "friend"):
        with pytest.raises(queue.ReasonNeeded):
            queue.call_one(**asked, reason=reason)
    called = queue.call_one(**asked, reason="unwell")
    assert called.out_of_turn == "unwell" and '"unwell"' in _called_letter(called).body
    queue.miss(by=here.officer, at=at, ticket=second.id)
    again = queue.call_one(**asked)
    assert again.out_of_turn == "unwell", "the reason of the first call stays in the list"
    day = today_at(centre=here.centre, at=at)
    assert [one.id for one in queue.called_out_of_turn(here.centre, day=day)] == [second.id]


def _called_letter(ticket: queue.Ticket) -> LetterRow:
    return LetterRow.objects.filter(aggregate=ticket.id, type="queue.ticket_out_of_turn").get()


def test_who_was_sent_to_another_counter_is_not_called_by_name(here: Hall, at: datetime) -> None:
    sent = take(here, at)
    queue.Ticket.objects.filter(id=sent.id).update(only_counter_id=here.counters[1], version=2)
    asked = {"by": here.officer, "at": at, "ticket": sent.id, "reason": "unwell"}
    with pytest.raises(queue.TicketIsForAnotherCounter):
        queue.call_one(**asked, counter=here.counters[0])
    assert queue.call_one(**asked, counter=here.counters[1]).counter_id == here.counters[1]


def test_a_rule_is_kept_by_revision_and_dropped(here: Hall, at: datetime) -> None:
    assert queue.calling_rule(here.centre) == CallingRule() and queue.own_rule(here.centre) is None
    country = queue.save_calling_rule(by=SYSTEM, at=at, unit=here.country, rule=CallingRule(help_after=33))
    assert queue.calling_rule(here.centre).help_after == country.help_after
    before = LetterRow.objects.count()
    queue.save_calling_rule(by=SYSTEM, at=at, unit=here.country, rule=CallingRule(help_after=33))
    assert LetterRow.objects.count() == before, "the same again writes nothing"
    ruled(here, at)
    assert queue.calling_rule(here.centre).help_after == HALL.help_after
    with pytest.raises(Conflict):
        queue.drop_calling_rule(by=SYSTEM, at=at, unit=here.centre, seen=7)
    queue.drop_calling_rule(by=SYSTEM, at=at, unit=here.centre)
    assert queue.calling_rule(here.centre).help_after == 33
    with pytest.raises(Refused):
        queue.save_calling_rule(by=here.officer, at=at, unit=here.centre, rule=CallingRule())


def test_a_pack_does_not_undo_what_people_changed(here: Hall, at: datetime) -> None:
    head = replace(HALL, minutes={}, by_hand={}, help_after=44)
    queue.load_calling_rule(by=SYSTEM, at=at, unit=here.centre, rule=replace(head, help_after=11))
    offices.role("head", "centres.manage", at=at)
    chief = offices.staff("chief", at=at)
    offices.give(chief, "head", here.centre, at=at)
    queue.save_calling_rule(by=chief, at=at, unit=here.centre, rule=head, seen=0)
    queue.load_calling_rule(by=SYSTEM, at=at, unit=here.centre, rule=replace(head, help_after=11))
    assert queue.calling_rule(here.centre).help_after == 44
    assert queue.rule_revision(here.centre) == 1


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("zones", {"zones": (replace(HALL.zones[0], code="Quick!"), HALL.zones[1])}),
        ("zones", {"zones": (HALL.zones[1], HALL.zones[0])}),
        ("zones", {"zones": (HALL.zones[0], replace(HALL.zones[1], code="quick"))}),
        ("zones", {"zones": (HALL.zones[0], replace(HALL.zones[1], name={"lo": "ຍາວ"}))}),
        ("zones", {"zones": (replace(HALL.zones[0], up_to=0), HALL.zones[1])}),
        ("by_hand", {"zones": (), "counters": {}, "by_hand": {new_id(): "quick"}}),
        ("minutes", {"minutes": {new_id(): 0}}),
        ("counters", {"counters": {"9": ("quick",)}}),
        ("counters", {"counters": {"1": ("quick", "slow")}}),
        ("counters", {"counters": dict.fromkeys(("1", "2", "3"), ("long",))}),
        ("grounds", {"grounds": {"rich": 10}}),
        ("ground_older", {"grounds": {"older": 121}}),
        ("ground_older", {"grounds": {"older": -1}}),
        ("early", {"early": 61}),
        ("late", {"late": -1}),
        ("appointment", {"appointment": 999}),
        ("help_after", {"help_after": 0}),
    ],
)
def test_a_rule_by_which_nobody_could_call_is_refused_by_name(
    here: Hall, at: datetime, field: str, changed: dict[str, object]
) -> None:
    rule = replace(HALL, **{"minutes": {}, "by_hand": {}, **changed})
    with pytest.raises(queue.CallingRuleIsWrong) as refusal:
        queue.save_calling_rule(by=SYSTEM, at=at, unit=here.centre, rule=rule)
    assert refusal.value.field == field and str(refusal.value.reason)


def test_an_officer_is_given_only_whom_she_may_serve(
    here: Hall, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt = centres.Skills(rows=(("service", str(here.document), at.date(), None),))
    monkeypatch.setattr(centres, "skills_of", lambda officer, centre: learnt)
    birth, document = take(here, at), take(here, at, "document")
    seen = queue.line(here.centre, counter=here.counters[0], at=at, officer=here.officer)
    assert [one.id for one in seen.next] == [document.id] and seen.waiting == 2
    asked = {"by": here.officer, "at": at, "counter": here.counters[0]}
    with pytest.raises(queue.ServiceNotLearnt):
        queue.call_one(**asked, ticket=birth.id, reason="unwell")
    assert queue.call_next(**asked).id == document.id


def test_a_counter_elsewhere_calls_people_of_this_hall(here: Hall, at: datetime) -> None:
    booth = {"lo": "ຫ້ອງໂທ 2", "en": "Booth 2"}
    name = {"lo": "ຈາກສຳນັກງານ", "en": "From the office"}
    place = {"by": SYSTEM, "at": at, "centre": here.centre}
    far = centres.save_counter(**place, id=new_id(), code="V1", name=name, remote=booth)
    assert far.is_virtual and not centres.counter(here.counters[0]).is_virtual
    ticket = take(here, at)
    queue.call_next(by=here.officer, at=at, counter=far)
    called = queue.board(here.centre, at=at).called[0]
    assert (called.number, called.code, called.remote) == (ticket.number, "V1", booth)
    kept = centres.save_counter(**place, id=far.id, code="V1", name={**name, "en": "Far"})
    assert kept.remote == booth, "renaming leaves where to go"
    for field, wrong in (
        ("code", {"code": "V 1"}),
        ("remote", {"remote": {"lo": "ຫ້ອງ"}}),
        ("code", {"code": "1"}),
    ):
        with pytest.raises(centres.CounterIsWrong) as refusal:
            centres.save_counter(**{**place, "id": far.id, "code": "V1", "name": name, **wrong})
        assert refusal.value.field == field
