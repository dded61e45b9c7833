"""Offers that ministries change and withdraw: who may, what is refused, what a pack may not undo, two at the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.centres.models import Offer as OfferRow
from onedoor.kernel.errors import Conflict, Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall, hall, officer, service
from tests.factories.offices import SYSTEM, unit
from tests.factories.places import open_centre
from tests.factories.races import together

DAY = date(2026, 3, 2)
WHY = {"lo": "ພະນັກງານບໍ່ພຽງພໍ", "en": "Too few officers"}
ONE = timedelta(days=1)


def ministry(here: Hall, at: datetime, unit: object = None) -> Actor:
    """Somebody who may say where the services of the ministry are offered."""
    return officer(
        at=at, username="ministry", unit=unit or here.ministry, permissions=["centres.offer"], role="offering"
    )


def here_offered(here: Hall, service: object) -> tuple[centres.Offer, ...]:
    return centres.of_service(centres.centre(here.centre).offers, service)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_ministry_of_a_service_offers_it_and_nobody_elses(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at)
    offer = centres.Offer(
        service=here.elsewhere, valid_from=DAY, weekdays=(4, 2), capacity=5, counters=("2", "1")
    )
    centres.save_offer(by=who, at=at, centre=here.centre, offer=offer, revision=0)
    held = here_offered(here, here.elsewhere)[0]
    assert (held.weekdays, held.capacity, held.counters, held.revision) == ((2, 4), 5, ("1", "2"), 1)
    letters = LetterRow.objects.count()
    centres.save_offer(by=who, at=at, centre=here.centre, offer=offer, revision=1)
    assert LetterRow.objects.count() == letters, "the same again writes nothing"
    assert LetterRow.objects.latest("id").type == "centres.offer_saved"
    other = unit(at=at, code="MOX", kind="ministry", tree="authority")
    foreign = service(at=at, code="foreign", name={"lo": "ກ", "en": "F"}, authority=other)
    with pytest.raises(Missing):
        centres.save_offer(by=who, at=at, centre=here.centre, offer=replace(offer, service=foreign))
    with pytest.raises(Refused):
        centres.save_offer(by=here.officer, at=at, centre=here.centre, offer=offer)


@pytest.mark.django_db
def test_the_owner_of_the_network_offers_any_service(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at, unit=here.country)
    centres.save_offer(
        by=who, at=at, centre=here.centre, offer=centres.Offer(service=here.elsewhere, valid_from=DAY)
    )
    assert centres.is_offered(centre=here.centre, service=here.elsewhere, on=DAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"valid_from": DAY - ONE}, "valid_from"),
        ({"valid_until": DAY}, "valid_until"),
        ({"weekdays": (0,)}, "weekdays"),
        ({"weekdays": (8,)}, "weekdays"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": -3}, "capacity"),
        ({"capacity": 10**9}, "capacity"),
        ({"counters": ("99",)}, "counters"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_by_field(
    at: datetime, about: dict[str, object], field: str
) -> None:
    here = hall(at=at)
    offer = replace(centres.Offer(service=here.elsewhere, valid_from=DAY), **about)  # type: ignore[arg-type]
    with pytest.raises(centres.OfferIsWrong) as refused:
        centres.save_offer(by=ministry(here, at), at=at, centre=here.centre, offer=offer)
    assert refused.value.field == field and not here_offered(here, here.elsewhere)


@pytest.mark.django_db
def test_an_offer_ends_by_withdrawing_only_and_two_never_meet(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at)
    held = here_offered(here, here.birth)[0]
    for wrong in (
        replace(held, valid_until=DAY + ONE),
        centres.Offer(service=here.birth, valid_from=DAY, weekdays=(2,)),
    ):
        with pytest.raises(centres.OfferIsWrong):
            centres.save_offer(by=who, at=at, centre=here.centre, offer=wrong)
    centres.save_offer(by=who, at=at, centre=here.centre, offer=replace(held, weekdays=(1, 3)))
    centres.save_offer(
        by=who,
        at=at,
        centre=here.centre,
        offer=centres.Offer(service=here.birth, valid_from=DAY, weekdays=(2,)),
    )
    assert centres.revision_of(centres.centre(here.centre).offers, here.birth) == 2


@pytest.mark.django_db
def test_a_withdrawn_service_says_why_and_where_it_still_is(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at)
    other = next(view for view in centres.centres() if view.id != here.centre)
    centres.save_offer(
        by=who, at=at, centre=other.id, offer=centres.Offer(service=here.birth, valid_from=DAY)
    )
    end = DAY + 3 * ONE
    about = {"by": who, "at": at, "centre": here.centre, "service": here.birth, "last_day": end}
    for wrong in (
        {"reason": {"lo": " "}},
        {"reason": {}},
        {"reason": {"lo": "ກ" * 1001}},
        {"last_day": DAY - ONE},
    ):
        with pytest.raises(centres.OfferIsWrong):
            centres.withdraw_offer(**{**about, "reason": WHY, **wrong})  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        centres.withdraw_offer(**about, reason=WHY, revision=7)  # type: ignore[arg-type]
    centres.withdraw_offer(**about, reason=WHY, revision=0)  # type: ignore[arg-type]
    assert LetterRow.objects.latest("id").type == "centres.offer_withdrawn"
    with pytest.raises(centres.OfferHasEnded):
        centres.withdraw_offer(**about, reason=WHY)  # type: ignore[arg-type]
    view = centres.centre(here.centre)
    assert centres.is_offered(centre=here.centre, service=here.birth, on=end)
    assert not centres.is_offered(centre=here.centre, service=here.birth, on=end + ONE)
    with override("en"):
        said = str(centres.why_not(view, service=here.birth, on=end + ONE))
    assert "withdrawn" in said and "Too few officers" in said and "Saysettha" in said
    leaving = centres.stopping_at(view, on=DAY)
    assert [one["offer"].last_day for one in leaving] == [end] and leaving[0]["nearest"][0].id == other.id
    assert [one["centre"].id for one in centres.stopping_of(here.birth, on=DAY)] == [here.centre]
    assert not centres.stopping_at(view, on=end + timedelta(days=400)), "after a year it is history"
    with override("en"):
        gone = str(centres.why_not(view, service=here.birth, on=end + timedelta(days=400)))
    assert gone == "This service is not offered at this centre."


@pytest.mark.django_db
def test_a_service_that_comes_again_is_not_leaving(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at)
    centres.withdraw_offer(
        by=who, at=at, centre=here.centre, service=here.birth, last_day=DAY + ONE, reason=WHY
    )
    again = centres.Offer(service=here.birth, valid_from=DAY + 10 * ONE)
    centres.save_offer(by=who, at=at, centre=here.centre, offer=again)
    assert not centres.stopping_at(centres.centre(here.centre), on=DAY)
    assert len(here_offered(here, here.birth)) == 2, "history stays"


@pytest.mark.django_db
def test_a_pack_does_not_undo_what_people_decided(at: datetime) -> None:
    here = hall(at=at)
    centres.withdraw_offer(
        by=ministry(here, at), at=at, centre=here.centre, service=here.birth, last_day=DAY, reason=WHY
    )
    before, letters = centres.centre(here.centre), LetterRow.objects.count()
    offers = [
        replace(one, valid_until=None, revision=0, withdrawn_on=None, reason={}) for one in before.offers
    ]
    open_centre(here.centre, at=at, district=here.district, offers=offers)
    assert centres.centre(here.centre) == before and LetterRow.objects.count() == letters


@pytest.mark.django_db
def test_the_database_holds_an_offer_to_its_shape(at: datetime) -> None:
    here = hall(at=at)
    rows = OfferRow.objects.filter(centre__unit=here.centre, service=here.birth)
    for wrong in (
        {"valid_until": date(2001, 1, 1)},
        {"capacity": 0},
        {"weekdays": [9]},
        {"withdrawn_on": DAY},
        {"reason": {"lo": "ກ"}},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_offer_one_is_told(at: datetime) -> None:
    here = hall(at=at)
    who = ministry(here, at)
    held = here_offered(here, here.birth)[0]

    def change(capacity: int) -> object:
        return centres.save_offer(
            by=who, at=at, centre=here.centre, offer=replace(held, capacity=capacity), revision=0
        )

    results = together(lambda: change(10), lambda: change(20))
    assert sorted(isinstance(one, Conflict) for one in results) == [False, True], results
    assert here_offered(here, here.birth)[0].revision == 1


@pytest.mark.django_db
def test_whom_the_end_leaves_without(at: datetime) -> None:
    """Two districts of one province and one of another: who goes where, and when the province has nothing left."""
    here = hall(at=at)
    province = next(one.id for one in access.ancestors(here.centre) if one.kind == "province")
    north = unit(at=at, code="0102", kind="district", parent=province)
    far = unit(at=at, code="02", parent=here.country)
    away = unit(at=at, code="0201", kind="district", parent=far)
    other = unit(at=at, code="0201-1", kind="centre", parent=away)
    open_centre(other, at=at, district=away, offers=[centres.Offer(service=here.birth, valid_from=DAY)])
    places = [(here.district, 18.0, 102.0), (north, 18.5, 102.0), (away, 20.0, 102.0)]
    areas = [centres.AreaView(unit=one, latitude=lat, longitude=lon, source="x") for one, lat, lon in places]
    areas.append(
        centres.AreaView(unit=province, latitude=18, longitude=102, population=900, year=2024, source="x")
    )
    centres.save_areas(by=SYSTEM, at=at, unit=here.country, areas=areas)
    letters = LetterRow.objects.count()
    centres.save_areas(by=SYSTEM, at=at, unit=here.country, areas=areas)
    assert LetterRow.objects.count() == letters
    left = centres.left_by(centres.centre(here.centre), service=here.birth, after=DAY)
    assert left.last_in_province and (left.people, left.year, left.nearest) == (900, 2024, other)
    assert left.away == pytest.approx(222.4, abs=0.5)
    assert {one.district: round(one.before) for one in left.districts} == {here.district: 0, north: 56}
    alone = centres.left_by(centres.centre(other), service=here.elsewhere, after=DAY)
    assert alone.nearest is not None, "somebody else offers it"
    nobody = centres.left_by(centres.centre(here.centre), service=new_id(), after=DAY)
    assert nobody.nearest is None and {one.after for one in nobody.districts} == {None}
