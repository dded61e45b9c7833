"""The node's keys: wrapping, keyed hashes, blind indexes and signatures.

The keyring lies in the home (``keys/node.json``, mode 0600). Rotation adds a generation of wrapping key and keeps the
older ones until everything is wrapped anew; the keys for keyed hashes and for signing stay, as addresses and heads hang on them.
"""

import hmac
import json
import os
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class WrongKey(Exception):
    """What was to be unwrapped was not wrapped by this node, or was altered."""


def encrypt(key: bytes, plain: bytes, *, context: bytes = b"") -> bytes:
    """AES-256-GCM: 12 random bytes, then ciphertext and tag; ``context`` is bound to it but not kept in it."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, sealed: bytes, *, context: bytes = b"") -> bytes:
    """Reverse of `encrypt`.

    Raises:
        WrongKey: the key, the context or a byte is not what it was.
    """
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], context)
    except (InvalidTag, ValueError) as fault:
        raise WrongKey from fault


class Keyring:
    """The node's keys, read once from their file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: dict[str, Any] = json.loads(path.read_text()) if path.exists() else self._first()

    def _first(self) -> dict[str, Any]:
        held: dict[str, Any] = {
            "current": 1,
            "wrapping": {"1": _fresh()},
            "mac": _fresh(),
            "signing": b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode(),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write_once(self.path, json.dumps(held))
        except FileExistsError:
            return json.loads(self.path.read_text())  # type: ignore[no-any-return]
        return held

    @property
    def generation(self) -> int:
        """The generation of the wrapping key in use."""
        return int(self._held["current"])

    def wrap(self, plain: bytes) -> bytes:
        """Encrypt a small secret under the present wrapping key; two leading bytes name its generation."""
        stamp = self.generation.to_bytes(2, "big")
        return stamp + encrypt(self._wrapping(self.generation), plain, context=stamp)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Reverse of `wrap`, by whichever generation wrapped it."""
        stamp = wrapped[:2]
        return decrypt(self._wrapping(int.from_bytes(stamp, "big")), wrapped[2:], context=stamp)

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same secret under the present generation; unchanged when it already is."""
        if int.from_bytes(wrapped[:2], "big") == self.generation:
            return wrapped
        return self.wrap(self.unwrap(wrapped))

    def rotate(self) -> int:
        """Add a wrapping key and make it the present one; gives its generation."""
        wrapping = dict(self._held["wrapping"])
        wrapping[str(self.generation + 1)] = _fresh()
        self._save({**self._held, "wrapping": wrapping, "current": self.generation + 1})
        return self.generation

    def retire(self) -> None:
        """Forget the wrapping keys before the present one; only after everything was wrapped anew."""
        present = str(self.generation)
        self._save({**self._held, "wrapping": {present: self._held["wrapping"][present]}})

    def mac(self, purpose: str, content: bytes) -> bytes:
        """HMAC-SHA-256 under a key of its own for each purpose (32 bytes)."""
        key = hmac.digest(b64decode(str(self._held["mac"])), purpose.encode(), sha256)
        return hmac.digest(key, content, sha256)

    def blind(self, purpose: str, value: str) -> bytes:
        """An index by which an encrypted value can be found by equality but not read."""
        return self.mac(f"blind/{purpose}", value.encode())

    def sign(self, content: bytes) -> bytes:
        """An Ed25519 signature of the node (64 bytes)."""
        return self._signing().sign(content)

    @property
    def public_key(self) -> bytes:
        """The node's Ed25519 public key (32 bytes)."""
        return self._signing().public_key().public_bytes_raw()

    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(b64decode(str(self._held["signing"])))

    def _wrapping(self, generation: int) -> bytes:
        if str(generation) not in self._held["wrapping"]:
            self._held = json.loads(self.path.read_text())  # another process rotated
        try:
            return b64decode(self._held["wrapping"][str(generation)])
        except KeyError as fault:
            raise WrongKey from fault

    def _save(self, held: dict[str, object]) -> None:
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        _write_once(draft, json.dumps(held))
        draft.replace(self.path)
        self._held = held


def signed_by(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether ``signature`` is that of the holder of ``public_key`` over ``content``."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4)
def _keyring(path: Path) -> Keyring:
    return Keyring(path)


def keyring() -> Keyring:
    """This node's keyring."""
    return _keyring(settings.HOME / "keys" / "node.json")


def forget_keyring() -> None:
    """Read the keyring from its file at the next use; after a restore."""
    _keyring.cache_clear()


def _fresh() -> str:
    return b64encode(os.urandom(32)).decode()


def _write_once(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
