"""Files: encrypted, once per content, refused when they are not what they claim, and whole or not at all."""

import errno
import hashlib
import io
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from onedoor.kernel import files
from onedoor.kernel.crypto import Keyring, WrongKey
from onedoor.kernel.files.models import StoredFile
from onedoor.kernel.ids import new_id

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\0\0\x01" * 2 + b"\0" * 9 + b"\0\0\0\0IEND\xaeB`\x82"
VAST = PNG[:16] + (30_000).to_bytes(4, "big") * 2 + PNG[24:]


def segment(marker: int, content: bytes) -> bytes:
    """One part of a JPEG."""
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2, "big") + content


def frame(high: int, wide: int, *, marker: int = 0xC0) -> bytes:
    """The header of a picture of one colour."""
    return segment(marker, b"\x08" + high.to_bytes(2, "big") + wide.to_bytes(2, "big") + b"\x01\x01\x11\0")


def jpeg(*parts: bytes) -> bytes:
    """A JPEG of these parts, as far as a reader of headers looks."""
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x2a\xff\0\x17"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + b"\0" * 9) + b"".join(parts) + scan + b"\xff\xd9"


JPEG = jpeg(frame(600, 800))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, db: None) -> object:
    """A home with a files folder of its own; the keys stay those of the test's home."""
    with patch.object(files, "_root", lambda: tmp_path / "files"):
        yield tmp_path


def stored(home: Path) -> list[Path]:
    """All files below the home's files folder."""
    return [path for path in (home / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PDF, "scan.pdf", "application/pdf"),
        (PNG, "photo.PNG", "image/png"),
        (JPEG, "photo.jpg", "image/jpeg"),
        (JPEG, "photo.jpeg", "image/jpeg"),
        (JPEG, "ຮູບ\x00\n.jpeg", "image/jpeg"),
    ],
)
def test_what_is_stored_comes_back(content: bytes, name: str, found: str, own_home: Path) -> None:
    held = files.store(content, name=name, kind="scan")
    assert files.read(held) == content
    assert (files.about(held).type, files.about(held).size) == (found, len(content))
    (path,) = stored(own_home)
    assert content not in path.read_bytes() and path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "name", "claimed", "fault"),
    [
        (b"", "scan.pdf", "", files.FileIsEmpty),
        (PNG, "scan.pdf", "", files.FileIsNotWhatItClaims),
        (VAST, "scan.png", "", files.PictureTooLarge),
        (PDF, "scan.png", "", files.FileIsNotWhatItClaims),
        (PDF, "scan.pdf", "image/png", files.FileIsNotWhatItClaims),
        (b"MZ\x90\0" + b"\0" * 90, "scan.pdf", "application/pdf", files.FileIsNotWhatItClaims),
        (b"<html>%PDF-1.7", "scan.pdf", "", files.FileIsNotWhatItClaims),
        (PDF[:20], "scan.pdf", "", files.FileIsNotWhatItClaims),
        (b"PK\x03\x04", "scan.docx", "", files.WrongFileType),
        (PDF, "scan", "", files.FileIsNotWhatItClaims),
        (PDF + b"\0" * files.LARGEST, "scan.pdf", "", files.FileTooLarge),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(
    content: bytes, name: str, claimed: str, fault: type[Exception], own_home: Path
) -> None:
    with pytest.raises(fault):
        files.store(content, name=name, kind="scan", claimed=claimed)
    assert not stored(own_home) and not StoredFile.objects.exists()


@pytest.mark.parametrize("marker", [0xC0, 0xC1, 0xC2, 0xC3, 0xC9, 0xCF, 0xDE])
def test_a_vast_jpeg_is_refused_without_decoding_it(marker: int) -> None:
    exif = segment(0xE1, b"Exif\0\0" + jpeg(frame(60, 80)))  # the small picture inside does not count
    with pytest.raises(files.PictureTooLarge):
        files.check(jpeg(exif, frame(65_000, 65_000, marker=marker)), name="scan.jpg")
    assert files.check(jpeg(exif, frame(4_960, 7_016, marker=marker)), name="scan.jpg") == "image/jpeg"


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ([frame(10, 10), frame(60_000, 60_000)], files.PictureTooLarge),
        ([b"\xff" * 90_000, frame(60_000, 60_000)], files.PictureTooLarge),
        ([b"\xff\x01\xff\xd0", frame(60_000, 60_000)], files.PictureTooLarge),
        ([], files.FileIsNotWhatItClaims),
        ([frame(0, 65_000)], files.FileIsNotWhatItClaims),
        ([frame(65_000, 0)], files.FileIsNotWhatItClaims),
        ([frame(9, 9), frame(0, 65_000)], files.FileIsNotWhatItClaims),
        ([b"rubbish", frame(9, 9)], files.FileIsNotWhatItClaims),
        ([b"\xff\xc0\0\x02"], files.FileIsNotWhatItClaims),
        ([b"\xff\xe2\0\0", b"\xff\xe2\0\1"], files.FileIsNotWhatItClaims),
        ([b"\xff\xfe\xff\xff", frame(9, 9)], files.FileIsNotWhatItClaims),
        ([segment(0xC4, b"\x08" + b"\xff" * 20)], files.FileIsNotWhatItClaims),
    ],
)
def test_a_hostile_jpeg_does_not_hide_its_size(parts: list[bytes], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        files.check(jpeg(*parts), name="scan.jpg")


@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes_are_answered(rubbish: bytes, place: int) -> None:
    content = JPEG[:2] + (JPEG[2:-2][:place] + rubbish + JPEG[2:-2][place:]) + JPEG[-2:]
    assert 0 <= files.dots(content, "image/jpeg") <= 65_535**2


def test_a_real_jpeg_and_png_are_measured_like_a_decoder_does() -> None:
    for kind, settings in (("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True})):
        out = io.BytesIO()
        Image.new("RGB", (321, 123)).save(out, kind, **settings)
        assert files.dots(out.getvalue(), f"image/{kind.lower()}") == 321 * 123


def test_the_same_content_is_kept_once_and_its_address_tells_nothing(own_home: Path) -> None:
    first, second = (files.store(PDF, name=name, kind="scan") for name in ("a.pdf", "b.pdf"))
    assert first == second and len(stored(own_home)) == 1
    other = files.store(PDF, name="a.pdf", kind="document")
    assert other != first
    assert hashlib.sha256(PDF).hexdigest() not in {row.address for row in StoredFile.objects.all()}


@pytest.mark.parametrize("moment", ["write", "fsync"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(moment: str, code: int, own_home: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    target = patch.object(files.os, "fsync", full) if moment == "fsync" else patch.object(files, "_put", full)
    with target, pytest.raises(files.StorageFull) as fault:
        files.store(PDF, name="a.pdf", kind="scan")
    assert fault.value.status == 507
    assert not stored(own_home) and not StoredFile.objects.exists()
    assert files.read(files.store(PDF, name="a.pdf", kind="scan")) == PDF


def test_an_altered_or_lost_file_is_damaged_and_can_be_stored_again(own_home: Path) -> None:
    held = files.store(PDF, name="a.pdf", kind="scan")
    (path,) = stored(own_home)
    sealed = bytearray(path.read_bytes())
    sealed[20] ^= 1
    path.write_bytes(bytes(sealed))
    with pytest.raises(files.FileIsDamaged):
        files.read(held)
    path.unlink()
    with pytest.raises(files.FileIsDamaged):
        files.read(held)
    assert files.store(PDF, name="a.pdf", kind="scan") == held
    assert files.read(held) == PDF
    with pytest.raises(files.NoSuchFile):
        files.read(new_id())


def test_a_row_cannot_open_another_rows_file(own_home: Path) -> None:
    one = files.about(files.store(PDF, name="a.pdf", kind="scan"))
    two = files.about(files.store(PNG, name="a.png", kind="scan"))
    two.wrapped_key = one.wrapped_key
    two.save()
    with pytest.raises(files.FileIsDamaged):
        files.read(two.id)


def test_rotation_wraps_every_key_anew(own_home: Path, tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys" / "node.json")
    with patch.object(files, "keyring", lambda: ring):
        held = files.store(PDF, name="a.pdf", kind="scan")
        before = bytes(files.about(held).wrapped_key)
        ring.rotate()
        assert files.rewrap_all() == 1
        ring.retire()
        assert bytes(files.about(held).wrapped_key) != before
        assert files.read(held) == PDF
        with pytest.raises(WrongKey):
            ring.unwrap(before)
