"""Drafts: written by some, checked by another, and never lost to somebody who was slower."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from onedoor.domain.catalogue.api import (
    Documents,
    DraftHasChanged,
    DraftHasProblems,
    DraftIsClosed,
    NoSuchDraft,
    ServiceIsNotComplete,
    WroteItThemselves,
    approve_draft,
    begin_draft,
    documents_of,
    draft,
    drafts,
    problems_of,
    return_draft,
    save_draft,
    send_draft,
    service_of,
    withdraw_draft,
)
from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.factories.drafts import begun, edition_of, fee, save, studio
from tests.factories.races import together

pytestmark = pytest.mark.django_db


def letters(id: Any) -> list[str]:
    rows = LetterRow.objects.filter(aggregate=id).order_by("version")
    return [row.type.removeprefix("catalogue.draft_") for row in rows]


def test_a_draft_begins_as_a_copy_of_the_newest_edition(at: datetime) -> None:
    made = studio(at=at)
    id = new_id()
    held = begin_draft(by=made.writer, at=at, id=id, code=made.code)
    before = documents_of(edition_of(made))
    assert (held.documents, held.base, held.state) == (before, 1, "writing")
    assert begin_draft(by=made.writer, at=at, id=id, code=made.code) == held
    with pytest.raises(Conflict):
        begin_draft(by=made.writer, at=at, id=id, code="another", authority=made.registry.ministry)
    assert letters(id) == ["begun"]


def test_a_new_service_begins_empty_and_says_what_it_lacks(at: datetime) -> None:
    made = studio(at=at)
    held = begin_draft(
        by=made.writer, at=at, id=new_id(), code="new-service", authority=made.registry.ministry
    )
    assert held.base is None
    places = {each.place for each in problems_of(held.documents, code=held.code) if each.stops}
    assert {"name", "summary", "result", "fees", "legal_basis", "duration"} <= places
    for code, authority in (("New", made.registry.ministry), ("a" * 81, None), ("fresh", None)):
        with pytest.raises(Invalid):
            begin_draft(by=made.writer, at=at, id=new_id(), code=code, authority=authority)
    with pytest.raises(Invalid):  # a centre answers for no service
        begin_draft(by=made.writer, at=at, id=new_id(), code="fresh", authority=made.registry.centre)


def test_saving_keeps_anything_and_writes_only_changes(at: datetime) -> None:
    made = studio(at=at)
    held = begin_draft(by=made.writer, at=at, id=new_id(), code=made.code)
    saved = save_draft(
        by=made.other_writer, at=at, draft=held.id, version=held.version, process="<", form={"a": [1]}
    )
    assert (saved.documents.process, saved.documents.form) == ("<", {"a": [1]})
    assert saved.documents.content == held.documents.content
    assert saved.editors == {made.writer.id, made.other_writer.id}
    again = save_draft(by=made.writer, at=at, draft=held.id, version=saved.version, process="<")
    assert again == saved
    assert letters(held.id) == ["begun", "saved"]
    kept = save_draft(by=made.writer, at=at, draft=held.id, version=saved.version, content={"authority": "x"})
    assert kept.documents.content == {"authority": str(made.registry.ministry)}


DEEP: dict[str, Any] = {}
for _depth in range(60):
    DEEP = {"a": DEEP}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("content", DEEP),
        ("content", {"a": "x" * 600_000}),
        ("content", {"a": "\x00"}),
        ("content", {"a": "\ud800"}),
        ("content", {"a": float("nan")}),
        ("content", {"a": 10**30}),
        ("content", {"a": object()}),
        ("content", "text"),
        ("form", "text"),
        ("process", {"a": 1}),
        ("process", "\x00"),
        ("decisions", "x" * 2_200_000),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(at: datetime, part: str, value: Any) -> None:
    made = studio(at=at)
    held = begin_draft(by=made.writer, at=at, id=new_id(), code=made.code)
    about: dict[str, Any] = {part: value}
    with pytest.raises(Invalid) as fault:
        save_draft(by=made.writer, at=at, draft=held.id, version=held.version, **about)
    assert fault.value.field == part
    assert draft(by=made.writer, id=held.id) == held


def test_another_ministrys_draft_is_not_there(at: datetime) -> None:
    made = studio(at=at)
    held = begun(made, at=at)
    for act in (
        lambda: draft(by=made.stranger, id=held.id),
        lambda: save_draft(by=made.stranger, at=at, draft=held.id, version=held.version, process=""),
        lambda: send_draft(by=made.stranger, at=at, draft=held.id, version=held.version),
        lambda: begin_draft(by=made.stranger, at=at, id=new_id(), code=made.code),
        lambda: withdraw_draft(by=made.stranger, at=at, draft=held.id),
        lambda: draft(by=made.writer, id=new_id()),
    ):
        with pytest.raises(Missing):
            act()
    assert drafts(by=made.stranger) == []
    assert [each.id for each in drafts(by=made.second, code=made.code)] == [held.id]
    with pytest.raises(NoSuchDraft):
        withdraw_draft(by=made.writer, at=at, draft=new_id())
    with pytest.raises(Refused):
        save_draft(by=made.second, at=at, draft=held.id, version=held.version, process="")


def test_the_second_pair_of_eyes_is_somebody_elses(at: datetime) -> None:
    made = studio(at=at)
    held = begun(made, at=at)
    with pytest.raises(DraftIsClosed):
        approve_draft(by=made.second, at=at, draft=held.id, version=held.version)
    sent = send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    with pytest.raises(DraftIsClosed):  # nobody writes in what lies with the second person
        save(made, sent, at=at, fees=[fee(1)])
    with pytest.raises(Refused):
        approve_draft(by=made.writer, at=at, draft=held.id, version=sent.version)
    with pytest.raises(Invalid):
        return_draft(by=made.second, at=at, draft=held.id, version=sent.version, reason=" ")
    back = return_draft(by=made.second, at=at, draft=held.id, version=sent.version, reason="the fee")
    assert (back.state, back.reason) == ("writing", "the fee")
    sent = send_draft(by=made.writer, at=at, draft=held.id, version=back.version)
    done = approve_draft(by=made.second, at=at, draft=held.id, version=sent.version)
    assert (done.state, done.approved_by) == ("approved", made.second.id)
    assert letters(held.id) == ["begun", "saved", "sent", "returned", "sent", "approved"]


def test_who_wrote_once_may_approve_no_later_version(at: datetime) -> None:
    made = studio(at=at)
    from onedoor.domain.access import api as access
    from tests.factories.offices import BEGIN, SYSTEM

    access.grant(
        by=SYSTEM,
        at=at,
        login=made.other_writer.id,
        role="checker",
        unit=made.registry.ministry,
        valid_from=BEGIN,
    )
    access.forget()
    held = save(made, begun(made, at=at), at=at, by=made.other_writer, fees=[fee(7_000)])
    held = save(made, held, at=at, fees=[fee(8_000)])
    sent = send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    with pytest.raises(WroteItThemselves):
        approve_draft(by=made.other_writer, at=at, draft=held.id, version=sent.version)
    with pytest.raises(WroteItThemselves):  # the node itself is nobody's second person
        approve_draft(by=SYSTEM, at=at, draft=held.id, version=sent.version)


def test_what_has_problems_is_not_sent(at: datetime) -> None:
    made = studio(at=at)
    held = save(made, begun(made, at=at), at=at, name={"lo": "ຊື່", "en": ""})
    with pytest.raises(DraftHasProblems) as fault:
        send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    assert fault.value.field == "name"


def test_a_draft_that_is_given_up_is_over(at: datetime) -> None:
    made = studio(at=at)
    held = withdraw_draft(by=made.writer, at=at, draft=begun(made, at=at).id)
    assert held.state == "withdrawn"
    with pytest.raises(DraftIsClosed):
        save(made, held, at=at, source="x")
    with pytest.raises(DraftIsClosed):
        withdraw_draft(by=made.writer, at=at, draft=held.id)


def test_documents_read_as_a_service(at: datetime) -> None:
    made = studio(at=at)
    held = begun(made, at=at)
    seen = service_of(held.documents, code=held.code)
    assert (seen.fee.amount, seen.code) == (20_000, made.code)
    for change in ({"fees": [{"state": "set"}]}, {"name": 5}, {"papers": [{}]}, {"duration": []}):
        broken = replace(held.documents, content={**held.documents.content, **change})
        with pytest.raises(ServiceIsNotComplete):
            service_of(broken, code="x")
    with pytest.raises(ServiceIsNotComplete):
        service_of(Documents(), code="x")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(at: datetime) -> None:
    made = studio(at=at)
    held = begun(made, at=at)
    results = together(
        lambda: save(made, held, at=at, fees=[fee(1_000)]),
        lambda: save(made, held, at=at, by=made.other_writer, fees=[fee(2_000)]),
    )
    assert sorted(type(each).__name__ for each in results) == ["Draft", "DraftHasChanged"]
    assert draft(by=made.writer, id=held.id).version == held.version + 1
    with pytest.raises(DraftHasChanged):
        save(made, held, at=at, fees=[fee(3_000)])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_is_told(at: datetime) -> None:
    made = studio(at=at)
    held = begun(made, at=at)
    sent = send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    act = lambda: approve_draft(by=made.second, at=at, draft=sent.id, version=sent.version)  # noqa: E731
    assert sorted(type(each).__name__ for each in together(act, act)) == ["Draft", "DraftHasChanged"]
    assert letters(held.id).count("approved") == 1
