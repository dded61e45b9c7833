"""Slips for thermal printers: as wide as the paper, Lao in its own font, nothing cut in the middle of a sign."""

import pytest

from onedoor.ui.raster import Line, Rule, Square, _clusters, _length, _wrapped, draw, escpos

NAME = "ທ້າວ ບຸນມີ ພົມມະຈັນ ສຸລິຍະວົງ " * 7


@pytest.mark.parametrize(("millimetres", "dots"), [(58, 384), (80, 576)])
def test_a_slip_is_as_wide_as_the_paper_and_has_ink(millimetres: int, dots: int) -> None:
    slip = draw(
        [Line(text="ສູນບໍລິການ A012", bold=True), Rule(), Square(content="https://x/t/1/")],
        millimetres=millimetres,
    )
    assert slip.mode == "1" and slip.width == dots
    ink = slip.convert("L").histogram()[0] / (slip.width * slip.height)
    assert 0.02 < ink < 0.6


def test_a_name_of_two_hundred_signs_fits_and_says_that_it_was_cut() -> None:
    line = Line(text=NAME[:200], size=26, most=2)
    shown = _wrapped(line, 384)
    assert len(shown) == 2 and shown[-1].endswith("…")
    assert all(_length(one, line) <= 384 for one in shown)
    assert all(not one or ord(one[0]) not in range(0x0EB4, 0x0EBD) for one in shown)
    endless = _wrapped(Line(text="ກ່" * 200, most=50), 384)
    assert "".join(endless) == "ກ່" * 200 and _clusters("ກ່ຂ້") == ["ກ່", "ຂ້"]


def test_a_printer_is_sent_bands_of_dots() -> None:
    slip = draw([Line(text="A012", size=120, bold=True)], millimetres=58)
    sent = escpos(slip)
    assert sent.startswith(b"\x1b@\x1dv0\x00" + (48).to_bytes(2, "little"))
    assert sent.endswith(b"\x1dV\x42\x00")
    bands = -(-slip.height // 256)
    assert len(sent) == 2 + bands * 8 + slip.height * 48 + 8
    assert sent[10] == 0, "white paper is not burnt"
