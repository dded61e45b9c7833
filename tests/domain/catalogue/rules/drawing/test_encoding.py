"""Files in other encodings keep their letters; what no modeler writes is refused by its name."""

import pytest

from onedoor.domain.catalogue.rules.drawing import CannotDraw, text_of

TEXT = "<?xml version='1.0' encoding='%s'?>\n<definitions name='é · Müller'/>"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-16", "UTF-8", "utf8"])
def test_a_file_is_read_in_the_encoding_that_it_declares_and_kept_in_utf_8(encoding: str) -> None:
    text = text_of((TEXT % encoding).encode(encoding))
    assert "é · Müller" in text
    assert encoding.lower().startswith("utf-8") or "UTF-8" in text or encoding == "utf8"


def test_a_text_without_a_declaration_is_utf_8() -> None:
    assert text_of("\ufeff<a>ລາວ</a>".encode()) == "<a>ລາວ</a>"


@pytest.mark.parametrize("encoding", ["utf-7", "rot13", "zlib", "cp037", "no-such-encoding"])
def test_other_encodings_are_refused_by_name(encoding: str) -> None:
    with pytest.raises(CannotDraw, match=encoding):
        text_of((TEXT % encoding).encode())


def test_letters_that_are_not_what_was_declared_are_refused() -> None:
    with pytest.raises(CannotDraw, match="UTF-8"):
        text_of((TEXT % "UTF-8").encode("latin-1"))
