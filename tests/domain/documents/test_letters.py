"""Letters that the build's fonts draw, and those they do not."""

import pytest

from onedoor.domain.documents.api import unwritable


@pytest.mark.parametrize(
    "text", ["", "ນາງ ຄຳ ວົງໄຊ ₭ 1.000", "Đinh Ăn, Škoda, Łódź", "e\u0301", "a\u200bb\u00a0c\n", "໐໑໒ · – “x”"]
)
def test_names_of_here_and_of_neighbours_can_be_set(text: str) -> None:
    assert unwritable(text) == ""


def test_other_scripts_are_named_each_sign_once() -> None:
    assert unwritable("ก中 x 中𓀀") == "ก中𓀀"
