"""Promises kept, late, missed, open and taken back; space and posts; the coverage matrix and its number of statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.api import service_by_id
from onedoor.domain.catalogue.models import Release
from onedoor.domain.centres import api as centres
from onedoor.domain.centres.models import Promise
from onedoor.domain.centres.rules.coverage import SERVED, cover
from onedoor.kernel.errors import Conflict, Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.factories.hall import hall, officer
from tests.factories.offices import SYSTEM, unit
from tests.factories.places import open_centre

DAY = date(2026, 3, 2)
ONE = timedelta(days=1)
WHY = {"lo": "ບໍ່ມີງົບປະມານ"}
SERVICE, HERE = new_id(), new_id()


def offered(start: date, end: date | None = None) -> centres.Offer:
    return centres.Offer(service=SERVICE, valid_from=start, valid_until=end)


def promised(*, due: date, taken_back: date | None = None) -> centres.CommitmentView:
    place = centres.PromiseView(centre=HERE, withdrawn_on=taken_back, reason=WHY if taken_back else {})
    return centres.CommitmentView(
        id=new_id(),
        authority=new_id(),
        service=SERVICE,
        promised_on=DAY,
        due=due,
        document="x",
        promises=(place,),
    )


@pytest.mark.parametrize(
    ("offers", "taken_back", "day", "standing"),
    [
        ([], None, 5, "open"),
        ([], None, 10, "open"),
        ([], None, 11, "missed"),
        ([offered(DAY + 9 * ONE)], None, 9, "kept"),
        ([offered(DAY + 9 * ONE)], None, 8, "open"),
        ([offered(DAY + 10 * ONE)], None, 10, "kept"),
        ([offered(DAY + 12 * ONE)], None, 11, "missed"),
        ([offered(DAY + 12 * ONE)], None, 12, "late"),
        ([offered(DAY + 5 * ONE, DAY + 6 * ONE)], None, 30, "kept"),
        ([offered(DAY + 5 * ONE, DAY + 5 * ONE)], None, 30, "missed"),
        ([offered(DAY - 9 * ONE, DAY - ONE)], None, 30, "missed"),
        ([offered(DAY - 9 * ONE)], None, 0, "kept"),
        ([], 7, 30, "withdrawn"),
        ([offered(DAY + 5 * ONE)], 7, 30, "kept"),
        ([offered(DAY + 9 * ONE)], 7, 30, "withdrawn"),
    ],
)
def test_a_promise_is_kept_when_the_offer_begins(
    offers: list[centres.Offer], taken_back: int | None, day: int, standing: str
) -> None:
    back = None if taken_back is None else DAY + taken_back * ONE
    held = promised(due=DAY + 10 * ONE, taken_back=back)
    assert centres.standing_of(held, held.promises[0], offers, on=DAY + day * ONE)[0] == standing


def view(*offers: centres.Offer) -> centres.CentreView:
    return centres.CentreView(
        id=HERE, code="x", name={"lo": "ກ"}, district=new_id(), demonstration=True, offers=offers
    )


@pytest.mark.parametrize(
    ("offers", "promise", "pilot", "state"),
    [
        ([offered(DAY)], None, False, "offered"),
        ([replace(offered(DAY), weekdays=(2,))], None, False, "some"),
        ([offered(DAY)], None, True, "pilot"),
        ([offered(DAY + ONE)], None, False, "promised"),
        ([], DAY + ONE, False, "promised"),
        ([], DAY, False, "promised"),
        ([offered(DAY - 9 * ONE, DAY)], None, False, "gap"),
        ([], None, False, "gap"),
        ([], None, True, "gap"),
    ],
)
def test_a_cell_of_the_matrix(
    offers: list[centres.Offer], promise: date | None, pilot: bool, state: str
) -> None:
    held = [promised(due=promise)] if promise else []
    pilots = {SERVICE: {HERE}} if pilot else {}
    found = cover([SERVICE], [view(*offers)], held, pilots=pilots, on=DAY)
    assert found.cell(SERVICE, HERE).state == state
    assert found.share().served == (state in SERVED) and found.share().cells == 1


def test_a_missed_promise_is_seen_in_its_cell() -> None:
    held = replace(promised(due=DAY), promised_on=DAY - 9 * ONE)
    found = cover([SERVICE], [view()], [held], pilots={}, on=DAY + ONE)
    assert (found.cell(SERVICE, HERE).state, found.cell(SERVICE, HERE).by) == ("missed", DAY)
    assert found.counts()["missed"] == 1 and found.share().missed == 1


@settings(max_examples=40, deadline=None)
@given(starts=st.lists(st.integers(-20, 20), max_size=3), due=st.integers(0, 15), day=st.integers(-5, 30))
def test_a_cell_is_served_exactly_when_an_offer_runs(starts: list[int], due: int, day: int) -> None:
    offers = [offered(DAY + start * ONE, DAY + (start + 4) * ONE) for start in starts]
    on = DAY + day * ONE
    found = cover([SERVICE], [view(*offers)], [promised(due=DAY + due * ONE)], pilots={}, on=on)
    assert found.cell(SERVICE, HERE).served == any(one.holds_on(on) for one in offers)
    assert sum(found.counts().values()) == 1


@pytest.mark.django_db
def test_promises_are_made_once_and_taken_back_with_a_reason(at: datetime) -> None:
    here = hall(at=at)
    who = officer(at=at, username="m", unit=here.ministry, permissions=["centres.offer"], role="offering")
    other = next(one.id for one in centres.centres() if one.id != here.centre)
    about = {
        "by": who,
        "at": at,
        "id": new_id(),
        "service": here.elsewhere,
        "centres": [here.centre, other],
        "promised_on": DAY,
        "due": DAY + 30 * ONE,
        "document": "Minutes 12",
    }
    for wrong, fault in (
        ({"centres": []}, centres.PromiseIsWrong),
        ({"document": " "}, centres.PromiseIsWrong),
        ({"due": DAY - ONE}, centres.PromiseIsWrong),
        ({"promised_on": DAY + ONE}, centres.PromiseIsWrong),
        ({"centres": [new_id()]}, Missing),
        ({"by": here.officer}, Refused),
    ):
        with pytest.raises(fault):
            centres.promise(**{**about, **wrong})  # type: ignore[arg-type]
    held = centres.promise(**about)  # type: ignore[arg-type]
    letters = LetterRow.objects.count()
    assert centres.promise(**about) == held and LetterRow.objects.count() == letters  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        centres.promise(**{**about, "due": DAY})  # type: ignore[arg-type]
    back = {"by": who, "at": at, "commitment": held.id, "centres": [here.centre]}
    with pytest.raises(centres.PromiseIsWrong):
        centres.withdraw_promise(**back, reason={"lo": ""})  # type: ignore[arg-type]
    with pytest.raises(centres.PromiseIsSettled):
        centres.withdraw_promise(**{**back, "centres": [other]}, reason=WHY)  # type: ignore[arg-type]
    left = centres.withdraw_promise(**back, reason=WHY)  # type: ignore[arg-type]
    assert [one.withdrawn_on for one in left.promises] == [DAY, None] and left.promises[0].reason == WHY
    with pytest.raises(centres.PromiseIsSettled):
        centres.withdraw_promise(**back, reason=WHY)  # type: ignore[arg-type]
    assert centres.commitment(held.id) == left and centres.commitments() == [left]
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.update(withdrawn_on=None)


@pytest.mark.django_db
def test_space_and_posts_are_counted_with_a_source(at: datetime) -> None:
    here = hall(at=at)
    head = officer(at=at, username="h", unit=here.centre, permissions=["centres.manage"], role="head")
    posts = (centres.PostView(authority=here.ministry, role="officer", planned=3, filled=1),)
    space = centres.SpaceView(
        centre=here.centre, counted_on=DAY, source="Counted by the head", rooms=4, power="solar", posts=posts
    )
    assert centres.space_of(here.centre) is None
    held = centres.save_space(by=head, at=at, space=space, version=0)
    assert (held.rooms, held.seats, held.accessible, held.planned, held.filled) == (4, None, None, 3, 1)
    assert centres.save_space(by=head, at=at, space=space, version=1) == held, "the same writes nothing"
    with pytest.raises(Conflict):
        centres.save_space(by=head, at=at, space=replace(space, rooms=5), version=0)
    wrongs: list[tuple[dict[str, object], str]] = [
        ({"rooms": -1}, "rooms"),
        ({"seats": 10**9}, "seats"),
        ({"power": "steam"}, "power"),
        ({"link": "string"}, "link"),
        ({"source": " "}, "source"),
        ({"counted_on": DAY + ONE}, "counted_on"),
        ({"posts": posts * 2}, "posts"),
        ({"posts": (replace(posts[0], role="nobody"),)}, "posts"),
        ({"posts": (replace(posts[0], authority=here.centre),)}, "posts"),
        ({"posts": (replace(posts[0], planned=-1),)}, "posts"),
    ]
    for wrong, field in wrongs:
        with pytest.raises(centres.SpaceIsWrong) as refused:
            centres.save_space(by=head, at=at, space=replace(space, **wrong))  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(Refused):
        centres.save_space(by=here.officer, at=at, space=space)
    assert centres.spaces() == {here.centre: held}


@pytest.mark.django_db
def test_the_matrix_takes_as_many_statements_for_one_centre_as_for_three(at: datetime) -> None:
    here = hall(at=at)
    services = [here.birth, here.document, here.elsewhere]

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            centres.coverage(services, on=DAY)
        return len(found)

    def commit(place: UUID) -> None:
        centres.promise(
            by=SYSTEM, at=at, id=new_id(), service=here.elsewhere, centres=[place], promised_on=DAY,
            due=DAY, document="x",
        )  # fmt: skip

    commit(here.centre)
    one = statements()
    for number in range(3):
        place = unit(at=at, code=f"0103-{number + 5}", kind="centre", parent=here.district)
        open_centre(place, at=at, district=here.district, offers=[])
        commit(place)
    assert statements() == one <= 7
    assert len(centres.coverage(services, on=DAY).cells) == 15
    assert len(centres.coverage(services, on=DAY, among=[here.centre]).cells) == 3


@pytest.mark.django_db
def test_a_service_released_to_named_centres_is_on_trial_there(at: datetime) -> None:
    here = hall(at=at)
    other = next(one.id for one in centres.centres() if one.id != here.centre)
    centres.save_offer(
        by=SYSTEM, at=at, centre=other, offer=centres.Offer(service=here.birth, valid_from=DAY)
    )
    edition = service_by_id(here.birth)
    Release.objects.create(
        service_id=here.birth,
        edition=edition.version_id,
        number=edition.version + 1,
        valid_from=DAY,
        centres=[str(other)],
    )
    found = centres.coverage([here.birth], on=DAY)
    assert found.cell(here.birth, other).state == "pilot"
    assert found.cell(here.birth, here.centre).state == "offered"
