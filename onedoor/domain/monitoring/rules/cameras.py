"""Pictures of cameras: what an address may be."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from onedoor.domain.monitoring.errors import NotACamera

Kind = Literal["hls", "mjpeg"]
KINDS: tuple[Kind, ...] = ("mjpeg", "hls")
LONGEST_NAME, LONGEST_ADDRESS = 80, 300


@dataclass(frozen=True, kw_only=True)
class CameraView:
    """A camera of a hall, and the origin from which the browser fetches its picture."""

    id: UUID
    centre: UUID
    name: str
    kind: str
    address: str
    version: int

    @property
    def origin(self) -> str:
        """Scheme, host and port of its address, for the page's security policy."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def camera_faults(*, name: str, kind: str, address: str) -> None:
    """Refuse what cannot be a camera.

    An address may hold no password: whoever sees the picture sees the address too.

    Raises:
        NotACamera: naming the field.
    """
    if not 1 <= len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise NotACamera(field="name")
    if kind not in KINDS:
        raise NotACamera(field="kind")
    if not _is_plain(address):
        raise NotACamera(field="address")


def _is_plain(address: str) -> bool:
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return False
    if any(sign in address for sign in " ;,'\"<>\\*"):  # they would mean something in a security policy
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return whole and parts.username is None and parts.password is None
