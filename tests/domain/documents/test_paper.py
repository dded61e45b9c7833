"""The file itself: PDF/A-3b, embedded fonts, wrapped Lao, an intact signature, and what a changed byte does to it."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from django.conf import settings
from page import validate_pdf_bytes
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from onedoor.domain.documents import api as documents
from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.models import Copy, Document
from onedoor.domain.documents.providers import page, seal
from onedoor.domain.documents.providers.breaks import ZERO_WIDTH_SPACE, breakable
from onedoor.kernel.scope import Actor, everything
from tests.factories.papers import FACTS, LAYOUT, LONG_PLACE, Codes

SYSTEM = Actor.system()
Make = Callable[..., UUID]
CENTRE = {"lo": "ສູນບໍລິການປະຕູດຽວ ເມືອງໄຊເສດຖາ", "en": "One-Door Service Centre, Saysettha"}


@pytest.fixture(autouse=True)
def scoped() -> object:
    """Tests look at documents of all centres."""
    with everything("tests look everywhere"):
        yield


def sheet(**changed: object) -> page.Sheet:
    """A page as it would be printed."""
    fields: dict[str, object] = {
        "layout": LAYOUT,
        "facts": rules.normalise_facts(LAYOUT["rows"], FACTS),
        "centre": CENTRE,
        "number": "0103-1-26-D-000001-7",
        "code": "0123456789ABCDEF",
        "issued_on": date(2026, 3, 2),
        "address": "https://onedoor.example",
    }
    return page.Sheet(**{**fields, **changed})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def set_page() -> bytes:
    """One typeset page, unsigned."""
    return page.typeset(sheet())


def test_the_page_says_that_it_is_pdf_a_3b_and_keeps_to_it(set_page: bytes) -> None:
    signed = seal.sign(set_page, number="0103-1-26-D-000001-7", at=datetime.now().astimezone())
    reader = pypdf.PdfReader(io.BytesIO(signed))
    root = reader.trailer["/Root"].get_object()
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="3"' in metadata or "<pdfaid:part>3<" in metadata
    assert 'pdfaid:conformance="B"' in metadata or "<pdfaid:conformance>B<" in metadata
    intents = root["/OutputIntents"].get_object()
    assert intents[0].get_object()["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intents[0].get_object()
    assert not reader.is_encrypted and "/ID" in reader.trailer
    assert "/OpenAction" not in root and "/JavaScript" not in str(root.get("/Names"))
    fonts = reader.pages[0]["/Resources"].get_object()["/Font"].get_object()
    assert len(reader.pages) == 1 and fonts
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"].get_object()[0].get_object()
        descriptor = inner["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    field = root["/AcroForm"].get_object()["/Fields"].get_object()[0].get_object()
    assert field.get("/F", 0) & 4 and not field.get("/F", 0) & 0b100011  # printed, not hidden, as PDF/A asks


def faults(content: bytes) -> set[str]:
    """The rules of PDF/A-3b that a file breaks, as an independent validator says.

    It takes the last byte of a stream for a line's end where that byte is one, so lengths are measured here.
    """
    for found in re.finditer(rb"/Length (\d+)\b[^>]*>>\s*stream\r?\n", content):
        assert content[found.end() + int(found[1]) :].lstrip(b"\r\n")[:9] == b"endstream"
    report = validate_pdf_bytes(content, profile="3b")
    return {fault.rule_id for fault in report.failures} - {"PDFA3B-STREAM-LENGTH-001"}


def signed(content: bytes) -> bytes:
    return seal.sign(content, number="0103-1-26-D-000001-7", at=datetime.now().astimezone())


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"demonstration": False, "copy": 12},
        {"number": "", "code": "", "issued_on": None},
        {"facts": rules.normalise_facts(LAYOUT["rows"], {**FACTS, "birth_place": LONG_PLACE})},
        {"centre": {"lo": "ສູນ ₭ ໑໒໓ ໜໝ", "en": "Đặng – “Škoda” ₭ 1…"}},
    ],
    ids=["demonstration", "copy", "draft", "dense", "foreign"],
)
def test_an_independent_validator_finds_nothing_against_pdf_a_3b(changed: dict[str, object]) -> None:
    made = page.typeset(sheet(**changed))
    assert faults(made) == set()
    assert faults(signed(made)) == set()


def test_foreign_names_and_the_kip_stand_in_a_face_of_the_build() -> None:
    """Not in whatever face the machine happens to have."""
    made = page.typeset(sheet(centre={"lo": "ສູນ ₭", "en": "Đinh Ăn, Škoda, Łódź: ₭ 1"}))
    fonts = pypdf.PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    assert names and all(name.startswith("Paper-") for name in names), names


def test_a_draft_names_the_signs_that_no_font_can_draw() -> None:
    """Rare scripts: no machine has the fonts of them all. What was issued has its paper all the same."""
    rare = "中𐀀ꥠ𓀀𐤀𒀀"
    facts = rules.normalise_facts(LAYOUT["rows"], {**FACTS, "birth_place": f"Vientiane {rare}"})
    with pytest.raises(errors.NoLetters) as refusal:
        page.typeset(sheet(facts=facts, number="", code="", issued_on=None))
    signs = refusal.value.about["signs"].split()
    assert signs and set(signs) <= set(rare) and signs[0] in str(refusal.value)
    assert page.typeset(sheet(facts=facts)).startswith(b"%PDF-1.7")


Writer = IncrementalPdfFileWriter


def a_script(writer: Writer) -> None:
    action = {"/S": generic.pdf_name("/JavaScript"), "/JS": generic.pdf_string("1")}
    writer.root["/OpenAction"] = generic.DictionaryObject({generic.pdf_name(k): v for k, v in action.items()})


def no_colours(writer: Writer) -> None:
    del writer.root["/OutputIntents"]


def no_metadata(writer: Writer) -> None:
    del writer.root["/Metadata"]


def no_font(writer: Writer) -> None:
    fonts = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    descriptor = next(iter(fonts.values())).get_object()["/DescendantFonts"][0]["/FontDescriptor"]
    for name in {"/FontFile2", "/FontFile3"} & set(descriptor):
        del descriptor[name]
    writer.update_container(descriptor)


@pytest.mark.parametrize("offence", [a_script, no_colours, no_metadata, no_font])
def test_the_validator_sees_what_pdf_a_forbids(set_page: bytes, offence: Callable[[Writer], None]) -> None:
    writer = Writer(io.BytesIO(set_page))
    offence(writer)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert faults(out.getvalue())


def test_the_page_reads_in_both_scripts(set_page: bytes) -> None:
    text = pypdf.PdfReader(io.BytesIO(set_page)).pages[0].extract_text()
    for words in (
        "Birth Certificate",
        "Souksavanh",
        "14 February 2026",
        "0103-1-26-D-000001-7",
        "DEMONSTRATION",
    ):
        assert words in text
    assert any("\u0e80" <= sign <= "\u0eff" for sign in text)


def test_lao_breaks_between_words_only() -> None:
    marked = breakable(LONG_PLACE)
    assert marked.replace(ZERO_WIDTH_SPACE, "") == LONG_PLACE
    assert marked.count(ZERO_WIDTH_SPACE) > 8
    vowels_before, marks = "ເແໂໃໄ", "ະັາຳິີຶືຸູົຼ່້໊໋໌ໍ"
    for part in marked.split(ZERO_WIDTH_SPACE):
        assert part[0] not in marks and part[-1] not in vowels_before
    assert breakable("Vientiane Capital") == "Vientiane Capital"
    assert breakable("") == ""


@pytest.mark.parametrize("script", ["lo", "en"])
def test_a_long_place_takes_several_lines_within_its_column(script: str, tmp_path: Path) -> None:
    """Looks at the ink: the rows of the value's column that a long place adds, and nothing beyond the frame."""
    if shutil.which("pdftoppm") is None:
        pytest.fail("this test looks at the page with pdftoppm (poppler-utils)")
    short = dict.fromkeys(("lo", "en"), "-")
    long = {**short, script: LONG_PLACE if script == "lo" else "Mother and Newborn Hospital, " * 4}
    heights = []
    for name, place in (("short", short), ("long", long)):
        facts = rules.normalise_facts(LAYOUT["rows"], {**FACTS, "birth_place": place})
        plain = sheet(facts=facts, demonstration=False)
        (tmp_path / f"{name}.pdf").write_bytes(page.typeset(plain))
        subprocess.run(
            ["pdftoppm", "-r", "72", "-gray", "-png", "-singlefile", f"{name}.pdf", name],
            cwd=tmp_path,
            check=True,
        )
        with Image.open(tmp_path / f"{name}.png") as drawn:
            left, right = (186, 355) if script == "lo" else (362, 533)
            column = drawn.crop((left, 300, right, 560)).point(lambda grey: 255 if grey < 110 else 0)
            heights.append(
                sum(1 for y in range(column.height) if column.crop((0, y, column.width, y + 1)).getbbox())
            )
    assert heights[1] > heights[0] + 20


def test_a_draft_has_neither_number_nor_code() -> None:
    text = (
        pypdf.PdfReader(io.BytesIO(page.typeset(sheet(number="", code="", issued_on=None))))
        .pages[0]
        .extract_text()
    )
    assert "Draft to be checked" in text and "Verifying code" not in text


def test_facts_cannot_smuggle_markup_or_files_into_the_page() -> None:
    hostile = {"lo": "<img src='file:///etc/passwd'><b>x</b>", "en": "</td><script>1</script>"}
    facts = rules.normalise_facts(LAYOUT["rows"], {**FACTS, "child_name": hostile})
    text = pypdf.PdfReader(io.BytesIO(page.typeset(sheet(facts=facts)))).pages[0].extract_text()
    assert "passwd" in text and "script" in text


def test_our_own_file_is_valid_and_its_signature_whole(issued: Make) -> None:
    content = documents.content(by=SYSTEM, document=issued())
    assert documents.verify_file(content).valid
    assert seal.inspect(content) == seal.Finding(
        ours=True, intact=True, number=documents.verify_file(content).number
    )


def test_any_flipped_byte_is_found(issued: Make) -> None:
    content = documents.content(by=SYSTEM, document=issued())
    for place in range(40, len(content) - 40, len(content) // 25):
        broken = bytearray(content)
        broken[place] ^= 0x01
        verdict = documents.verify_file(bytes(broken))
        assert verdict.state == "altered", (place, verdict)


def test_a_later_save_on_top_is_altered(issued: Make) -> None:
    content = documents.content(by=SYSTEM, document=issued())
    writer = IncrementalPdfFileWriter(io.BytesIO(content))

    writer.root["/PageMode"] = generic.pdf_name("/UseNone")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(content[:1000]) and len(out.getvalue()) > len(content)
    assert documents.verify_file(out.getvalue()).state == "altered"
    assert documents.verify_file(content + b"\n").state == "altered"


def test_a_file_of_somebody_else_is_unknown(set_page: bytes, db: None) -> None:
    stranger = page.typeset(sheet(number="9999-1-26-D-000001-7"))
    assert documents.verify_file(stranger).state == "unknown"
    assert documents.verify_file(b"%PDF-1.7 rubbish").state == "unknown"
    with pytest.raises(errors.NotAPdf):
        documents.verify_file(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(errors.NotAPdf):
        documents.verify_file(b"")


def test_a_signed_file_that_the_register_lost_is_intact_elsewhere(issued: Make) -> None:
    document = issued()
    content = documents.content(by=SYSTEM, document=document)
    Copy.objects.filter(document_id=document).delete()
    assert documents.verify_file(content).state == "elsewhere"


def test_the_authority_lies_in_the_home_for_its_owner_only(issued: Make) -> None:
    issued()
    path = Path(settings.HOME) / "keys" / "document-authority.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"BEGIN CERTIFICATE" in documents.authority() and b"PRIVATE" not in documents.authority()


def test_the_qr_carries_number_and_code_only(issued: Make) -> None:
    with Codes() as codes:
        number = str(Document.objects.get(id=issued()).number)
    made = sheet(number=number, code=codes.drawn[0])
    assert made.check_address == f"https://onedoor.example/verify/{number}/{codes.drawn[0]}/"
