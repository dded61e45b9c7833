"""The life of a document: facts, number, prints, revocation, verification."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from onedoor.domain.documents import api as documents
from onedoor.domain.documents import errors
from onedoor.domain.documents.models import Document
from onedoor.kernel import files
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything, open_scope
from tests.factories.hall import Hall, officer
from tests.factories.papers import FACTS, LONG_PLACE, Codes

SYSTEM = Actor.system()
Make = Callable[..., UUID]


@pytest.fixture(autouse=True)
def scoped(request: pytest.FixtureRequest) -> object:
    """Tests look at documents of all centres."""
    with everything("tests look everywhere"):
        yield


def test_nothing_is_issued_before_the_applicant_has_checked(prepared: Make, at: datetime) -> None:
    document = prepared()
    with pytest.raises(errors.FactsNotConfirmed):
        documents.issue(by=SYSTEM, at=at, document=document)
    documents.confirm_facts(by=SYSTEM, at=at, document=document)
    held = documents.correct_facts(by=SYSTEM, at=at, document=document, facts={"child_name_en": "Souksavan"})
    assert held.state == "prepared"
    with pytest.raises(errors.FactsNotConfirmed):
        documents.issue(by=SYSTEM, at=at, document=document)
    documents.confirm_facts(by=SYSTEM, at=at, document=document)
    assert documents.issue(by=SYSTEM, at=at, document=document).number == "0103-1-26-D-000001-" + held_digit(
        document
    )


def held_digit(document: UUID) -> str:
    """The check digit of the document's number."""
    return str(Document.objects.get(id=document).number)[-1]


def test_after_the_number_the_facts_are_fixed(issued: Make, at: datetime) -> None:
    document = issued()
    with pytest.raises(errors.FactsAreFixed):
        documents.correct_facts(by=SYSTEM, at=at, document=document, facts={"child_name_en": "Other"})
    with pytest.raises(errors.FactsAreFixed):
        documents.confirm_facts(by=SYSTEM, at=at, document=document)
    before = Document.objects.get(id=document).number
    assert documents.issue(by=SYSTEM, at=at, document=document).number == before


def test_preparing_again_replaces_what_nobody_has_issued(prepared: Make, place: Hall, at: datetime) -> None:
    first = Document.objects.get(id=prepared())
    again = documents.prepare(
        by=SYSTEM,
        at=at,
        subject=first.subject,
        centre=place.centre,
        kind=first.kind,
        facts={**FACTS, "birth_date": "2026-02-15"},
    )
    assert again.id == first.id and again.facts["birth_date"]["lo"] == "2026-02-15"


def test_a_dead_process_leaves_a_numbered_document_that_the_worker_finishes(
    prepared: Make, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    from onedoor.domain.documents.tasks import finish_numbered

    document = prepared()
    documents.confirm_facts(by=SYSTEM, at=at, document=document)
    with django_capture_on_commit_callbacks(execute=False):  # the power went before the page was set
        numbered = documents.issue(by=SYSTEM, at=at, document=document)
    assert numbered.state == "numbered"
    with pytest.raises(errors.NotIssued):
        documents.begin_print(by=SYSTEM, at=at, document=document)
    assert finish_numbered(at=at + timedelta(minutes=1)) == 1
    view = documents.document(by=SYSTEM, document=document)
    assert (view.state, view.number, len(view.copies)) == ("issued", numbered.number, 1)


def test_a_power_cut_in_mid_print_leaves_the_state_unknown(issued: Make, at: datetime) -> None:
    document = issued()
    assert documents.begin_print(by=SYSTEM, at=at, document=document).number == 1
    view = documents.document(
        by=SYSTEM, document=document
    )  # the machine comes back; nobody has said anything
    assert view.print_unknown and view.copies[0].state == "unknown"
    with pytest.raises(errors.PrintIsUnknown):
        documents.begin_print(by=SYSTEM, at=at, document=document)
    documents.confirm_print(by=SYSTEM, at=at, document=document, printed=False)
    assert documents.begin_print(by=SYSTEM, at=at, document=document).number == 1
    documents.confirm_print(by=SYSTEM, at=at, document=document, printed=True)
    copy = documents.document(by=SYSTEM, document=document).copies[0]
    assert (copy.state, copy.spoiled) == ("printed", 1)
    with pytest.raises(errors.NoPrintBegun):
        documents.confirm_print(by=SYSTEM, at=at, document=document, printed=True)


def test_a_reprint_is_copy_two_under_the_same_number(issued: Make, at: datetime) -> None:
    with Codes() as codes:
        document = issued()
        for _ in range(2):
            documents.begin_print(by=SYSTEM, at=at, document=document)
            documents.confirm_print(by=SYSTEM, at=at, document=document, printed=True)
    view = documents.document(by=SYSTEM, document=document)
    assert [copy.number for copy in view.copies] == [1, 2]
    assert len(set(codes.drawn)) == 2
    for number, code in enumerate(codes.drawn, start=1):
        verdict = documents.verify(number=str(view.number), code=code, address="a", at=at)
        assert (verdict.state, verdict.copy) == ("valid", number)


def test_revoking_needs_a_reason_and_shows_at_every_check(issued: Make, at: datetime) -> None:
    with Codes() as codes:
        document = issued()
    number = str(Document.objects.get(id=document).number)
    content = documents.content(by=SYSTEM, document=document)
    with pytest.raises(errors.ReasonIsMissing):
        documents.revoke(by=SYSTEM, at=at, document=document, reason="  ")
    documents.revoke(by=SYSTEM, at=at, document=document, reason="Issued twice")
    assert documents.verify(number=number, code=codes.drawn[0], address="a", at=at).state == "revoked"
    assert documents.verify_file(content).state == "revoked"
    for action in (documents.begin_print, documents.issue):
        with pytest.raises(errors.AlreadyRevoked):
            action(by=SYSTEM, at=at, document=document)
    with pytest.raises(errors.AlreadyRevoked):
        documents.revoke(by=SYSTEM, at=at, document=document, reason="Again")


def test_a_wrong_code_and_a_wrong_number_get_the_same_answer(issued: Make, at: datetime) -> None:
    with Codes() as codes:
        number = str(Document.objects.get(id=issued()).number)
    wrong = documents.verify(number=number, code="A" * 16, address="a", at=at)
    missing = documents.verify(number="0103-1-26-D-999999-9", code=codes.drawn[0], address="a", at=at)
    assert wrong == missing == documents.Verdict(state="unknown")
    found = documents.verify(
        number=number.lower(), code=documents.grouped(codes.drawn[0]), address="a", at=at
    )
    assert found.valid and [fact.code for fact in found.facts] == ["child_name", "birth_date"]


def test_after_five_wrong_codes_an_address_waits(issued: Make, at: datetime) -> None:
    with Codes() as codes:
        number = str(Document.objects.get(id=issued()).number)
    for _ in range(5):
        documents.verify(number=number, code="A" * 16, address="198.51.100.7", at=at)
    with pytest.raises(errors.TooManyTries) as fault:
        documents.verify(number=number, code=codes.drawn[0], address="198.51.100.7", at=at)
    assert fault.value.about["wait"] > 0
    assert documents.verify(number=number, code=codes.drawn[0], address="198.51.100.8", at=at).valid
    later = at + timedelta(minutes=1)
    assert documents.verify(number=number, code=codes.drawn[0], address="198.51.100.7", at=later).valid


def test_letters_carry_no_names(issued: Make, at: datetime) -> None:
    document = issued()
    documents.revoke(by=SYSTEM, at=at, document=document, reason="ຊື່ຜິດ")
    bodies = "".join(LetterRow.objects.filter(aggregate=document).values_list("body", flat=True))
    assert LetterRow.objects.filter(aggregate=document).count() == 5
    for private in (FACTS["child_name"]["lo"], FACTS["child_name"]["en"], LONG_PLACE, "ຊື່ຜິດ"):
        assert private not in bodies


def test_an_officer_of_another_centre_finds_nothing(issued: Make, place: Hall, at: datetime) -> None:
    document = issued()
    with pytest.raises(Missing):
        documents.document(by=place.stranger, document=document)
    with pytest.raises(Missing):
        documents.begin_print(by=place.stranger, at=at, document=document)
    clerk = officer(
        at=at,
        username="clerk",
        unit=place.centre,
        permissions=["documents.check", "documents.issue"],
        role="clerk",
    )
    for action in (documents.confirm_facts, documents.issue):
        with pytest.raises(errors.GuidedByAProcess):  # what a process laid out goes its way by the process
            action(by=clerk, at=at, document=document)
    with pytest.raises(Refused):  # in reach, but the role in this test carries no such permission
        documents.issue(by=place.officer, at=at, document=document)
    with open_scope(centre=[]), pytest.raises(errors.NoSuchDocument):
        documents.revoke(by=SYSTEM, at=at, document=document, reason="x")


def test_one_living_document_per_subject_also_for_plain_sql(prepared: Make) -> None:
    held = Document.objects.get(id=prepared())
    twin = Document(
        subject=held.subject,
        centre_id=held.centre_id,
        kind=held.kind,
        layout=held.layout,
        facts=held.facts,
        prepared_at=held.prepared_at,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_full_disk_holds_up_no_other_document_and_is_tried_again(
    prepared: Make, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    from onedoor.domain.documents.tasks import finish_numbered

    waiting = [prepared(), prepared()]
    for document in waiting:
        documents.confirm_facts(by=SYSTEM, at=at, document=document)
        with django_capture_on_commit_callbacks(execute=False):
            documents.issue(by=SYSTEM, at=at, document=document)
    stored, refused = files.store, []

    def full_once(content: bytes, **about: str) -> UUID:
        if not refused:
            refused.append(1)
            raise files.StorageFull
        return stored(content, **about)

    with patch.object(files, "store", full_once):
        assert finish_numbered(at=at) == 1
    states = [documents.document(by=SYSTEM, document=document).state for document in waiting]
    assert sorted(states) == ["issued", "numbered"]
    assert finish_numbered(at=at) == 1


def test_what_waits_at_a_centre(prepared: Make, issued: Make, place: Hall, at: datetime) -> None:
    def waits() -> set[UUID]:
        return {view.id for view in documents.waiting(by=SYSTEM, centre=place.centre)}

    draft, paper = prepared(), issued()
    assert waits() == {draft, paper}
    documents.begin_print(by=SYSTEM, at=at, document=paper)
    documents.confirm_print(by=SYSTEM, at=at, document=paper, printed=True)
    assert waits() == {draft}
    documents.begin_print(by=SYSTEM, at=at, document=paper)  # the reprint waits for a word, too
    assert waits() == {draft, paper}
    documents.confirm_print(by=SYSTEM, at=at, document=paper, printed=True)
    assert waits() == {draft}


def test_a_check_asks_the_database_as_often_for_a_wrong_number_as_for_a_wrong_code(
    issued: Make, at: datetime, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    number = str(Document.objects.get(id=issued()).number)
    for asked in (number, "0103-1-26-D-999999-9", ""):
        with django_assert_num_queries(3):
            documents.verify(number=asked, code="A" * 16, address="a", at=at)
