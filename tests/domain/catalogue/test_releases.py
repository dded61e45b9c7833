"""Releases: from a day on, to all or to pilot centres; no edition is changed, and what is withdrawn is not opened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue.api import (
    CannotBegin,
    DraftHasProblems,
    DraftIsBehind,
    DraftIsClosed,
    NotInForce,
    WroteItThemselves,
    documents_of,
    draft,
    editions,
    ending_of,
    own_services,
    problems_of,
    refuse_ended,
    release_draft,
    roll_out,
    search,
    send_draft,
    service_by_id,
    service_to_open,
    services,
    services_by_id,
    withdraw_service,
)
from onedoor.domain.catalogue.models import Term
from onedoor.domain.catalogue.rules import expected
from onedoor.domain.centres import api as centres
from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused
from onedoor.kernel.letters import seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.drafts import Studio, approved, begun, edition_of, fee, save, studio
from tests.factories.editions import published_with
from tests.factories.races import together
from tests.factories.registry import received

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LATER = date(2026, 4, 1)


def release(
    made: Studio, *, at: datetime, valid_from: date = TODAY, centres: tuple[UUID, ...] = (), **content: object
) -> int:
    held = approved(made, at=at, **content)
    view = release_draft(
        by=made.second, at=at, draft=held.id, version=held.version, valid_from=valid_from, centres=centres
    )
    return view.version


def number_at(made: Studio, on: date, centre: UUID | None = None) -> int:
    return service_by_id(made.registry.birth, on=on, centre=centre).version


def test_a_release_is_an_edition_from_its_day_on(at: datetime) -> None:
    made = studio(at=at)
    before = documents_of(edition_of(made))
    assert release(made, at=at, valid_from=LATER) == 2
    assert number_at(made, LATER - timedelta(days=1)) == 1
    assert number_at(made, LATER) == 2
    assert documents_of(editions(made.code)[1].id) == before
    assert [one.fee.amount for one in services(on=LATER) if one.code == made.code] == [20_000]
    assert services_by_id([made.registry.birth], on=TODAY)[made.registry.birth].version == 1
    row = LetterRow.objects.filter(type="catalogue.service_published").latest("id")
    assert '"pilot":false' in row.body


def test_a_case_gets_the_edition_of_its_day_and_centre(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    release(made, at=at, centres=(here.centre,), papers=[])
    opened = cases.open_draft(by=here.officer, at=at, centre=here.centre, service=here.birth)
    assert opened.edition_id == service_to_open(here.birth, on=TODAY, centre=here.centre).version_id
    assert (number_at(made, TODAY, here.centre), number_at(made, TODAY, here.other_centre)) == (2, 1)
    assert number_at(made, TODAY) == 1


def test_a_draft_of_before_is_carried_over_where_it_is_tried_out(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    held = cases.open_draft(by=here.officer, at=at, centre=here.centre, service=here.birth)
    release(made, at=at, centres=(here.other_centre,))
    assert cases.upgrade_of(here.officer, case=held.id, at=at) is None
    received(here, at=at)
    release_anew = approved_again(made, at=at)
    release_draft(
        by=made.second,
        at=at,
        draft=release_anew.id,
        version=release_anew.version,
        valid_from=TODAY,
        centres=(here.centre,),
    )
    assert cases.upgrade_of(here.officer, case=held.id, at=at) is not None
    with everything("a test looks"):
        assert (
            cases.upgrade_draft(by=here.officer, at=at, case=held.id).edition_id == editions(made.code)[0].id
        )


def approved_again(made: Studio, *, at: datetime):  # type: ignore[no-untyped-def]  # a draft
    return approved(made, at=at, fees=[fee(30_000)])


def test_a_service_is_found_by_the_words_that_apply_on_the_day_at_the_centre(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    release(made, at=at, centres=(here.centre,), keywords=["zebra"], papers=[])
    release(made, at=at, valid_from=LATER, keywords=["quokka"])

    def found(word: str, on: date, centre: UUID | None = None) -> list[int]:
        return [hit.service.version for hit in search(word, on=on, centre=centre) if hit.score > 0.4]

    assert (found("zebra", TODAY), found("zebra", TODAY, here.centre)) == ([], [2])
    assert (found("quokka", TODAY), found("quokka", LATER)) == ([], [3])
    assert found("zebra", LATER, here.centre) == []
    assert found("birth", TODAY) == [1]
    release(made, at=at + timedelta(days=40), valid_from=date(2026, 5, 1), keywords=["emu"])
    assert set(Term.objects.values_list("number", flat=True).filter(service=here.birth)) == {3, 4}


def test_a_pilot_goes_on_to_all(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    release(made, at=at, centres=(here.centre,))
    with pytest.raises(WroteItThemselves):
        roll_out(by=made.writer, at=at, service=here.birth, number=2, valid_from=LATER)
    with pytest.raises(CannotBegin):
        roll_out(by=made.second, at=at, service=here.birth, number=2, valid_from=date(2026, 3, 1))
    roll_out(by=made.second, at=at, service=here.birth, number=2, valid_from=LATER)
    assert (number_at(made, TODAY), number_at(made, LATER)) == (1, 2)
    with pytest.raises(Conflict):
        roll_out(by=made.second, at=at, service=here.birth, number=2, valid_from=LATER)
    with pytest.raises(Missing):
        roll_out(by=made.second, at=at, service=here.birth, number=9, valid_from=LATER)


def test_none_begins_before_another(at: datetime) -> None:
    made = studio(at=at)
    release(made, at=at, valid_from=LATER)
    held = approved(made, at=at, fees=[fee(1_000)])
    about = {"by": made.second, "at": at, "draft": held.id, "version": held.version}
    for day in (LATER - timedelta(days=1), date(2026, 3, 1)):
        with pytest.raises(CannotBegin) as fault:
            release_draft(**about, valid_from=day)  # type: ignore[arg-type]  # as a test gives them
        assert fault.value.field == "valid_from"
    assert draft(by=made.writer, id=held.id).state == "approved"
    assert release_draft(**about, valid_from=LATER).version == 3  # type: ignore[arg-type]  # as a test gives them


def test_who_wrote_it_does_not_release_it(at: datetime) -> None:
    made = studio(at=at)
    held = approved(made, at=at)
    about = {"at": at, "draft": held.id, "version": held.version, "valid_from": TODAY}
    with pytest.raises(WroteItThemselves):
        release_draft(by=made.writer, **about)  # type: ignore[arg-type]  # as a test gives them
    with pytest.raises(Refused):
        release_draft(by=made.registry.decider, **about)  # type: ignore[arg-type]  # as a test gives them
    for chosen in ((made.registry.ministry,), tuple(UUID(int=each) for each in range(300))):
        with pytest.raises((Invalid, Missing)):
            release_draft(by=made.second, centres=chosen, **about)  # type: ignore[arg-type]  # as a test gives them
    release_draft(by=made.second, **about)  # type: ignore[arg-type]  # as a test gives them
    after = draft(by=made.writer, id=held.id)
    assert (after.state, after.edition) == ("released", 2)
    with pytest.raises(DraftIsClosed):
        release_draft(by=made.second, **{**about, "version": after.version})  # type: ignore[arg-type]  # as a test gives them


def test_a_test_that_is_not_as_expected_stops_each_step(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = studio(at=at)
    invented = {"id": "1", "name": "A daughter", "begin": "2026-03-02", "answers": {}, "check_papers": True}
    held = save(made, begun(made, at=at), at=at, tests=[invented, "garbage"], papers=[])
    with translation.override("en"):
        found = {each.place: str(each.sentence) for each in problems_of(held.documents, code=held.code)}
    assert "“A daughter”" in found["tests[0]"] and "The answers do not fit the form" in found["tests[0]"]
    assert "tests[1]" in found
    with pytest.raises(DraftHasProblems) as fault:
        send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    assert fault.value.field == "tests[0]"
    monkeypatch.setattr(
        expected, "_walkers", [lambda documents, test: expected.Verdict(good=True, looked=())]
    )
    held = approved(made, at=at, tests=[invented])
    came = expected.Verdict(good=False, looked=((True, "It ends"), (False, "Costs 5")))
    monkeypatch.setattr(expected, "_walkers", [lambda documents, test: came])
    with translation.override("en"):
        with pytest.raises(DraftHasProblems) as fault:
            release_draft(by=made.second, at=at, draft=held.id, version=held.version, valid_from=TODAY)
        assert str(fault.value.reason) == "The test “A daughter” is not as expected: Costs 5"


def test_a_draft_of_an_older_edition_is_not_released(at: datetime) -> None:
    made = studio(at=at)
    first, second = approved(made, at=at), approved(made, at=at, fees=[fee(9_000)])
    release_draft(by=made.second, at=at, draft=first.id, version=first.version, valid_from=TODAY)
    with pytest.raises(DraftIsBehind):
        release_draft(by=made.second, at=at, draft=second.id, version=second.version, valid_from=TODAY)


def test_a_withdrawn_service_is_not_opened_and_its_cases_go_on(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    got = received(here, at=at)
    with pytest.raises(Invalid):
        withdraw_service(by=made.second, at=at, service=here.birth, on=LATER, reason=" ")
    with pytest.raises(CannotBegin):
        withdraw_service(by=made.second, at=at, service=here.birth, on=date(2026, 3, 1), reason="x")
    withdraw_service(by=made.second, at=at, service=here.birth, on=TODAY, reason="The law ended.")
    with pytest.raises(NotInForce):
        cases.open_draft(by=here.officer, at=at, centre=here.centre, service=here.birth)
    assert made.code not in {one.code for one in services(on=TODAY)}
    assert service_by_id(here.birth, on=TODAY).code == made.code
    assert made.code not in {hit.service.code for hit in search("birth-registration")}
    assert cases.case_view(by=here.officer, at=at, case=got.case).number == got.number
    own = next(one for one in own_services(by=made.writer) if one.code == made.code)
    assert [each.reason for each in own.periods] == ["The law ended."]
    with pytest.raises(Conflict):
        withdraw_service(by=made.second, at=at, service=here.birth, on=TODAY, reason="again")


def test_a_withdrawal_says_since_when_why_and_what_instead_and_ends_the_offers(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    other = next(one for one in services(on=TODAY) if one.code != made.code)
    act = {"by": made.second, "at": at, "service": here.birth, "reason": "Two offices in one."}
    for wrong in ("nothing", made.code):
        with pytest.raises(Invalid) as fault:
            withdraw_service(**act, on=TODAY, instead=wrong)  # type: ignore[arg-type]  # as a test gives them
        assert fault.value.field == "instead"
    assert ending_of(here.birth, on=TODAY) is None
    withdraw_service(**act, on=LATER, instead=other.code)  # type: ignore[arg-type]  # as a test gives them
    refuse_ended(here.birth, on=TODAY)
    for _again in range(2):
        seal_batch()
        drain(at=at)
    offer = next(one for one in centres.centre(here.centre).offers if one.service == here.birth)
    assert (offer.valid_until, offer.reason) == (LATER, {"lo": "Two offices in one."})
    with translation.override("en"), pytest.raises(NotInForce) as refused:
        service_to_open(here.birth, on=LATER, centre=here.centre)
    assert str(refused.value) == (
        f"Withdrawn since 1 April 2026: Two offices in one. Apply for “{other.name['en']}” instead."
    )
    with pytest.raises(NotInForce):
        cases.begin_preparation(
            by=Actor.public(), at=at + timedelta(days=30), service=here.birth, channel="portal"
        )


def test_where_a_trial_ends_the_older_edition_counts_again(at: datetime) -> None:
    made = studio(at=at)
    here = made.registry
    release(made, at=at, centres=(here.centre,))
    withdraw_service(by=made.second, at=at, service=here.birth, on=LATER, reason="It was slower.", number=2)
    assert (number_at(made, TODAY, here.centre), number_at(made, LATER, here.centre)) == (2, 1)


def test_the_pack_writes_nothing_over_a_release(at: datetime) -> None:
    made = studio(at=at)
    release(made, at=at)
    before = LetterRow.objects.count()
    first = editions(made.code)[1]
    from onedoor.domain.catalogue.api import service_version

    view = service_version(first.id)
    names = (
        "name summary fees papers duration legal_basis result demonstration notice source valid_from keywords"
    )
    same = {name: getattr(view, name) for name in names.split()}
    published_with(made.registry.birth, at=at, **same)
    assert LetterRow.objects.count() == before
    assert number_at(made, TODAY) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_at_once_one_counts(at: datetime) -> None:
    made = studio(at=at)
    first, second = approved(made, at=at), approved(made, at=at, fees=[fee(9_000)])
    acts = [
        lambda held=held: release_draft(
            by=made.second, at=at, draft=held.id, version=held.version, valid_from=TODAY
        )
        for held in (first, second)
    ]
    results = together(*acts)
    assert sorted(type(each).__name__ for each in results) == ["DraftIsBehind", "ServiceView"]
    assert [each.number for each in editions(made.code)] == [2, 1]
