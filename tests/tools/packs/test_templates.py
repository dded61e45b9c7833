"""Templates of documents in a pack: what is missing is named by file and line, and loading brings them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onedoor.domain.documents.rules import check_layout
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check

FILE = "documents/birth-certificate.yaml"


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """The faults of the Lao pack after one change in the template."""

    def change(before: str, after: str) -> list[str]:
        copy = tmp_path / "pack"
        shutil.copytree(LAO, copy)
        text = (copy / FILE).read_text(encoding="utf-8")
        assert before in text
        (copy / FILE).write_text(text.replace(before, after, 1), encoding="utf-8")
        return [str(fault) for fault in check(copy)[1]]

    return change


def test_the_lao_template_is_sound() -> None:
    pack, faults = check(LAO)
    assert not list(faults)
    check_layout(pack.templates["birth-certificate"])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("title: {lo: ໃບຢັ້ງຢືນການເກີດ, en: Birth Certificate}", "title: {lo: ໃບຢັ້ງຢືນການເກີດ}", "“title”"),
        ("kind: date", "kind: day", "none of text, date"),
        ("code: sex", "code: child_name", "stands twice"),
        ("code: birth-certificate", "code: death-certificate", "lies in the file"),
        ("motto:", "slogan:", "“motto” is missing"),
        ("optional: true", "optional: perhaps", "must be true or false"),
    ],
)
def test_a_fault_is_named(
    broken: Callable[[str, str], list[str]], before: str, after: str, words: str
) -> None:
    faults = broken(before, after)
    assert any(fault.startswith(f"{FILE}:") and words in fault for fault in faults), faults


def test_a_service_that_issues_what_nobody_laid_out(tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(LAO, copy)
    (copy / FILE).unlink()
    faults = [str(fault) for fault in check(copy)[1]]
    assert any("there is no documents/birth-certificate.yaml" in fault for fault in faults), faults
