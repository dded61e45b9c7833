"""Files: each under a random key of its own (AES-256-GCM) that the node's key wraps; found by a keyed hash of the content.

The bytes lie below ``ONEDOOR_HOME/files``. A file is written whole (draft, fsync, rename) before its row exists, so a power cut
or a full disk leaves a stray draft at most, never a row without its file.
"""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from onedoor.kernel.crypto import WrongKey, decrypt, encrypt, keyring
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.files.models import StoredFile
from onedoor.kernel.files.pictures import dots

LARGEST = 10 * 1024 * 1024
MOST_DOTS = 150_000_000  # an A3 sheet at 600 dots per inch has 70 million
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileTooLarge(Invalid):
    """More than the limit of 10 MB."""

    status = 413
    message = _("The file is larger than 10 MB. Scan it at a lower resolution.")


class PictureTooLarge(Invalid):
    """A small file that unpacks to more dots than a browser can show."""

    status = 413
    message = _("The picture has too many dots. Scan it at a lower resolution.")


class FileIsEmpty(Invalid):
    """No bytes at all."""

    message = _("The file is empty.")


class WrongFileType(Invalid):
    """Not a PDF, JPEG or PNG by its first and last bytes."""

    status = 415
    message = _("Only PDF, JPEG and PNG files can be attached.")


class FileIsNotWhatItClaims(Invalid):
    """The name or the declared type says one thing, the bytes another."""

    status = 415
    message = _("The file is not what its name says. Scan or save it again.")


class StorageFull(DomainError):
    """The disk is full; nothing was kept."""

    status = 507
    message = _("There is no room left on this machine. Nothing was saved; tell the administrator.")


class NoSuchFile(Missing):
    """No file with this id."""

    message = _("There is no such file.")


class FileIsDamaged(DomainError):
    """The bytes on disk were altered, or are gone."""

    status = 500
    message = _("The stored file is damaged. Tell the administrator; the backup has a copy.")


ENDINGS = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


def sniff(content: bytes) -> str | None:
    """The type by the bytes: PDF, JPEG or PNG, each by its beginning and its end; None for anything else."""
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        return "application/pdf" if b"%%EOF" in content[-1024:] else None
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg" if b"\xff\xd9" in content[-64:] else None
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "image/png" if b"IEND" in content[-64:] else None
    return None


def check(content: bytes, *, name: str, claimed: str = "") -> str:
    """The sniffed type of a file that may be kept.

    Args:
        name: as uploaded; its ending must agree with the bytes. claimed: the declared media type, if any.

    Raises:
        FileIsEmpty, FileTooLarge, PictureTooLarge, WrongFileType, FileIsNotWhatItClaims.
    """
    if not content:
        raise FileIsEmpty(field="file")
    if len(content) > LARGEST:
        raise FileTooLarge(field="file")
    found = sniff(content)
    ending = ENDINGS.get(Path(name).suffix.lower())
    if found is None:
        raise (FileIsNotWhatItClaims if ending else WrongFileType)(field="file")
    if ending != found or claimed not in ("", "application/octet-stream", found):
        raise FileIsNotWhatItClaims(field="file")
    if found.startswith("image/"):
        _bounded(dots(content, found))
    return found


def _bounded(size: int) -> None:
    """Refuse a picture of more dots than a browser can show, and one that does not say how many it has."""
    if not size:
        raise FileIsNotWhatItClaims(field="file")
    if size > MOST_DOTS:
        raise PictureTooLarge(field="file")


def store(content: bytes, *, name: str, kind: str, claimed: str = "") -> UUID:
    """Keep a file and give its id; the same content under the same kind is kept once.

    Args:
        name: as uploaded, at most 200 characters are kept. kind: what it is for, e.g. ``scan``, ``document``.

    Raises:
        FileIsEmpty, FileTooLarge, PictureTooLarge, WrongFileType, FileIsNotWhatItClaims: it cannot be kept.
        StorageFull: the disk is full; nothing half-written stays.
    """
    found = check(content, name=name, claimed=claimed)
    address = keyring().mac(f"files/{kind}", content).hex()
    held = StoredFile.objects.filter(address=address).first()
    if held is not None:
        if not _path(held).exists():  # lost from the disk; here it is again
            _write(
                _path(held),
                encrypt(keyring().unwrap(bytes(held.wrapped_key)), content, context=address.encode()),
            )
        return held.id
    key = os.urandom(32)
    row = StoredFile(
        address=address,
        type=found,
        size=len(content),
        name="".join(sign for sign in Path(name).name if sign.isprintable())[:200],
        kind=kind,
        wrapped_key=keyring().wrap(key),
    )
    _write(_path(row), encrypt(key, content, context=address.encode()))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody else stored the same bytes in this moment
        _path(row).unlink(missing_ok=True)
        return StoredFile.objects.get(address=address).id
    return row.id


def read(id: UUID) -> bytes:
    """The content of a file.

    Raises:
        NoSuchFile; FileIsDamaged: its bytes are not those that were stored.
    """
    row = about(id)
    try:
        key = keyring().unwrap(bytes(row.wrapped_key))
        return decrypt(key, _path(row).read_bytes(), context=row.address.encode())
    except (OSError, WrongKey) as fault:
        raise FileIsDamaged from fault


def about(id: UUID) -> StoredFile:
    """A file's row: ``type``, ``size``, ``name``, ``kind``.

    Raises:
        NoSuchFile.
    """
    row = StoredFile.objects.filter(id=id).first()
    if row is None:
        raise NoSuchFile
    return row


def rewrap_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """Wrap every file's key under the present node key (after ``onedoor keys rotate``); gives how many. Safe to repeat."""
    done = 0
    ids = list(StoredFile.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), 500):
        with transaction.atomic():
            for row in StoredFile.objects.select_for_update().filter(id__in=ids[start : start + 500]):
                row.wrapped_key = keyring().rewrap(bytes(row.wrapped_key))
                row.save(update_fields=["wrapped_key"])
                done += 1
        progress(done)
    return done


def _path(row: StoredFile) -> Path:
    """By the content's address, and by the row, so that a file whose row was rolled back is in nobody's way."""
    return _root() / row.address[:2] / f"{row.address[2:]}.{row.id.hex}"


def _root() -> Path:
    return Path(settings.HOME) / "files"


def _write(path: Path, sealed: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageFull.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(draft, sealed)
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as fault:
        if fault.errno in FULL:
            raise StorageFull from fault
        raise
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _put(draft: Path, sealed: bytes) -> None:
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
