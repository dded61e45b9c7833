"""Documents at the counter, over HTTP: check, print, the unknown state, reprint, revoke."""

import io
from uuid import UUID

import pypdf
import pytest
from django.test import Client

from onedoor.domain.access.models import Sight
from onedoor.domain.documents import api as documents
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import SYSTEM, Hall, officer
from tests.factories.papers import FACTS, issue_one, template

RIGHTS = [
    "queue.call",
    "documents.prepare",
    "documents.read",
    "documents.check",
    "documents.issue",
    "documents.print",
    "documents.revoke",
]


@pytest.fixture
def clerk(here: Hall) -> Actor:
    """An officer who may do everything with documents."""
    return officer(at=now(), username="papers", unit=here.centre, permissions=RIGHTS, role="papers")


@pytest.fixture
def desk(clerk: Actor) -> Client:
    """The officer's browser."""
    browser = at_work(clerk)
    browser.cookies["onedoor_language"] = "en"
    return browser


@pytest.fixture
def prepared(here: Hall, clerk: Actor) -> UUID:
    """A document without a case, laid out to be checked."""
    template(at=now())
    return documents.prepare(
        by=clerk, at=now(), subject=new_id(), centre=here.centre, kind="birth-certificate", facts=FACTS
    ).id


@pytest.mark.django_db(transaction=True)
def test_from_the_check_to_the_second_copy(desk: Client, here: Hall, prepared: UUID) -> None:
    root = f"/desk/{here.code}/1/papers/{prepared}/"
    listed = desk.get(f"/desk/{here.code}/1/papers/").content.decode()
    assert "Check with the applicant" in listed and root in listed
    draft = desk.get(f"{root}file/")
    assert draft["Content-Type"] == "application/pdf" and draft.content.startswith(b"%PDF-")
    assert desk.post(f"{root}issue/").status_code == 409  # not before the applicant has looked
    assert desk.post(f"{root}confirm/")["Location"] == root
    assert desk.post(f"{root}issue/").status_code == 302
    page = desk.get(root).content.decode()
    assert "0103-1-" in page and "not printed" in page

    assert desk.post(f"{root}print/").status_code == 302
    page = desk.get(root).content.decode()
    assert "Did the sheet come out right?" in page and ">unknown<" in page
    assert desk.post(f"{root}print/").status_code == 409
    assert desk.post(f"{root}printed/", {"came": "perhaps"}).status_code == 422
    assert desk.post(f"{root}printed/", {"came": "no"}).status_code == 302
    assert "1 spoiled sheet" in desk.get(root).content.decode()
    for _ in range(2):
        assert desk.post(f"{root}print/").status_code == 302
        assert desk.post(f"{root}printed/", {"came": "yes"}).status_code == 302
    assert desk.post(f"{root}printed/", {"came": "yes"}).status_code == 409
    page = desk.get(root).content.decode()
    assert "Copy 2" in page and "Print again, as copy 3" in page
    second = pypdf.PdfReader(io.BytesIO(desk.get(f"{root}file/").content)).pages[0].extract_text()
    assert "Copy 2" in second
    first = desk.get(f"{root}file/?copy=1")
    assert "Copy" not in pypdf.PdfReader(io.BytesIO(first.content)).pages[0].extract_text()
    assert desk.get(f"{root}file/?copy=9").status_code == 409

    assert desk.post(f"{root}revoke/", {"reason": " "}).status_code == 422
    assert desk.post(f"{root}revoke/", {"reason": "Issued twice"}).status_code == 302
    assert "Issued twice" in desk.get(root).content.decode()
    assert desk.post(f"{root}print/").status_code == 409
    assert "Nothing waits here" in desk.get(f"/desk/{here.code}/1/papers/").content.decode()


def test_who_may_not(here: Hall, client: Client) -> None:
    paper = issue_one(at=now(), centre=here.centre)
    root = f"/desk/{here.code}/1/papers/{paper.id}/"
    for address in (root, f"{root}file/", f"/desk/{here.code}/1/papers/"):
        assert client.get(address).status_code in (302, 401, 403)
        assert at_work(here.stranger).get(address).status_code == 404
        assert at_work(here.officer).get(address).status_code == 403
    for step in ("confirm", "wrong", "issue", "print", "printed", "revoke"):
        assert at_work(here.officer).post(f"{root}{step}/").status_code == 403
        assert at_work(here.officer).get(f"{root}{step}/").status_code in (403, 405)
    with everything("a test looks"):
        assert (
            documents.of_subject(documents.document(by=SYSTEM, document=paper.id).subject)[0].state
            == "issued"
        )


def test_a_document_that_is_not_there(desk: Client, here: Hall) -> None:
    root = f"/desk/{here.code}/1/papers/"
    assert desk.get(f"{root}{new_id()}/").status_code == 404
    assert desk.get(f"{root}case/{new_id()}/").status_code == 404
    assert desk.post(f"{root}{new_id()}/print/").status_code == 404


def test_who_looked_is_written_down(desk: Client, here: Hall, clerk: Actor, prepared: UUID) -> None:
    root = f"/desk/{here.code}/1/papers/{prepared}/"
    desk.get(root)
    desk.get(f"{root}file/")
    at_work(here.stranger).get(root)
    with everything("a test looks"):
        subject = documents.document(by=SYSTEM, document=prepared).subject
    seen = Sight.objects.filter(subject=subject).order_by("at").values_list("actor", "why", "centre")
    assert list(seen) == [(clerk.id, "document", here.centre), (clerk.id, "file", here.centre)]


def test_the_desk_cannot_go_round_the_process(desk: Client, here: Hall) -> None:
    template(at=now())
    held = documents.prepare(
        by=SYSTEM, at=now(), subject=new_id(), centre=here.centre, kind="birth-certificate", facts=FACTS
    )
    root = f"/desk/{here.code}/1/papers/{held.id}/"
    page = desk.get(root)
    assert "Everything is right" not in page.content.decode() and page["Refresh"] == "2"
    for step in ("confirm", "issue"):
        assert desk.post(f"{root}{step}/").status_code == 403
    with everything("a test looks"):
        assert documents.of_subject(held.subject)[0].state == "prepared"
