"""Fees of a pack: each kind of line is read, a gap is named, and what a fee lacks is a note."""

from __future__ import annotations

import shutil
from pathlib import Path

from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check

ADDED = """      - code: express
        name: {lo: ຄ່າດ່ວນ, en: Express}
        kind: surcharge
        by: speed
        choices: {ordinary: 0, five_days: 0, three_days: 1000}
        percents: {one_day: "50"}
        of: [issue]
      - code: old
        name: {lo: ຍົກເວັ້ນ, en: Exempt}
        kind: exemption
        percent: "50"
        where: {if: 'speed = "ordinary"', lo: ທຳມະດາ, en: Ordinary}
        law: {lo: ກົດໝາຍ, en: Law}
"""


def test_every_kind_of_line_is_read_and_what_a_fee_lacks_is_a_note(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(LAO, folder)
    path = folder / "services/passport/service.yaml"
    text = path.read_text(encoding="utf-8")
    assert "          one_day: 1000000\n" in text
    path.write_text(
        text.replace("          one_day: 1000000\n", f"          one_day: 1000000\n{ADDED}", 1),
        encoding="utf-8",
    )
    held, faults = check(folder)
    assert list(faults) == []
    issue, express, old = held.services["passport"].fees[0].lines
    assert (express.choices["three_days"], express.percents, express.of) == (
        1000,
        {"one_day": "50"},
        ("issue",),
    )
    assert (old.kind, old.where["en"], issue.kind) == ("exemption", "Ordinary", "choice")
    notes = [str(each) for each in faults.notes if "document-registration" in str(each)]
    assert any("legal basis of the fee is missing" in each for each in notes)
    funding = held.services["document-registration"].fees[0].funding
    assert funding is not None and funding.demonstration and not any("funding" in each for each in notes)
    path.write_text(
        path.read_text(encoding="utf-8").replace('percents: {one_day: "50"}', "percents: {}"),
        encoding="utf-8",
    )
    assert any("no surcharge for “one_day”" in str(each) for each in check(folder)[1])
