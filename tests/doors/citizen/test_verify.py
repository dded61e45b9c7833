"""Checking a document as a citizen: by number and code, by QR, by file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onedoor.domain.documents import api as documents
from onedoor.kernel.clock import now
from onedoor.kernel.files import LARGEST
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall
from tests.factories.papers import Issued, issue_one


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    """The reader chose English."""
    client.cookies["onedoor_language"] = "en"


@pytest.fixture
def paper(here: Hall) -> Issued:
    """A document that was issued at the centre."""
    return issue_one(at=now(), centre=here.centre)


def test_the_form_leads_to_the_address_of_the_qr(client: Client, paper: Issued) -> None:
    page = client.get("/verify/")
    assert page.status_code == 200 and b'name="number"' in page.content
    typed = {"number": f" {paper.number.lower()} ", "code": documents.grouped(paper.code).lower()}
    answer = client.post("/verify/", typed)
    assert answer["Location"] == f"/verify/{paper.number}/{paper.code}/"
    found = client.get(answer["Location"]).content.decode()
    assert "The document is valid" in found and "Souksavanh PHOMMACHANH" in found and paper.number in found
    assert "Demonstration" in found and "no-store" in client.get(answer["Location"])["Cache-Control"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We do not know this document"), ("lo", "ບໍ່ພົບໃບຢັ້ງຢືນນີ້")]
)
def test_wrong_number_and_wrong_code_look_the_same(
    client: Client, paper: Issued, language: str, words: str
) -> None:
    client.cookies["onedoor_language"] = language
    pages = [
        client.get(address).content.decode()
        for address in (f"/verify/{paper.number}/{'A' * 16}/", f"/verify/0103-1-26-D-999999-1/{paper.code}/")
    ]
    for page in pages:
        assert words in page and "Souksavanh" not in page
    assert len({page.split("<main")[1].split("</main>")[0] for page in pages}) == 1


def test_a_revoked_document_says_so(client: Client, paper: Issued) -> None:
    with everything("a test revokes"):
        documents.revoke(by=paper.by, at=now(), document=paper.id, reason="ອອກສອງເທື່ອ")
    page = client.get(f"/verify/{paper.number}/{paper.code}/").content.decode()
    assert "has been revoked" in page and "ອອກສອງເທື່ອ" not in page


def test_too_many_wrong_codes_have_to_wait(client: Client, paper: Issued) -> None:
    for _ in range(5):
        assert client.get(f"/verify/{paper.number}/{'B' * 16}/").status_code == 200
    refused = client.get(f"/verify/{paper.number}/{paper.code}/")
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0


@pytest.mark.parametrize("number", ["x" * 400, "%00", "..%2f", "0103-1-26-D-000001-7'--"])
def test_nonsense_is_unknown_and_never_a_fault(client: Client, here: Hall, number: str) -> None:
    assert client.get(f"/verify/{number}/AAAA/").status_code in (200, 404)
    assert client.post("/verify/", {"number": number, "code": "\x00"}).status_code in (302, 422)
    assert client.post("/verify/", {}).status_code == 422


def test_a_file_is_whole_or_altered_or_not_ours(client: Client, paper: Issued) -> None:
    def ask(content: bytes, name: str = "a.pdf") -> tuple[int, str]:
        given = SimpleUploadedFile(name, content)
        answer = client.post("/verify/file/", {"file": given})
        return answer.status_code, answer.content.decode()

    status, page = ask(paper.content)
    assert status == 200 and "exactly as it was signed" in page and paper.number in page
    broken = bytearray(paper.content)
    broken[len(broken) // 2] ^= 1
    assert "Do not rely on this file" in ask(bytes(broken))[1]
    assert "not a file that we signed" in ask(b"%PDF-1.7 something else %%EOF")[1]
    assert ask(b"GIF89a")[0] == 422
    assert ask(b"%PDF-" + b"0" * LARGEST)[0] == 413
    assert client.post("/verify/file/").status_code == 422
    assert client.get("/verify/file/").status_code == 405


def test_the_certificate_is_for_everybody(client: Client, paper: Issued) -> None:
    answer = client.get("/verify/authority.pem")
    assert answer.status_code == 200 and answer.content.startswith(b"-----BEGIN CERTIFICATE")
    assert b"PRIVATE" not in answer.content
