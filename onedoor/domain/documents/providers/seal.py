"""The seal: PAdES B-B signatures by this node's demonstration authority (pyHanko), and what can be read off a signature.

pyHanko is loaded with the first signature: it takes a third of the time in which every command and server starts.
"""

import contextlib
import io
import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

FIELD = "OneDoor"
MARK = re.compile(rb"OneDoor ([0-9A-Z-]{10,40}) copy \d+")
LIFETIME = timedelta(days=3653)


@dataclass(frozen=True)
class Finding:
    """What a file's signature says: made by this authority; covering every byte, unbroken; the number it claims."""

    ours: bool
    intact: bool
    number: str = ""


@dataclass(frozen=True)
class Authority:
    """The demonstration authority: its own certificate, and a signing key with its certificate."""

    root: bytes
    certificate: bytes
    key: bytes


def sign(content: bytes, *, number: str, at: datetime) -> bytes:
    """The same document with a certifying signature that allows no change after it.

    Args:
        content: PDF/A without a signature. number: of the document, named as the reason.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    held = _authority(at)
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(held.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(held.key),
        cert_registry=SimpleCertificateStore.from_certs([asn1_x509.Certificate.load(held.root)]),  # type: ignore[no-untyped-call]
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=f"Issued under number {number}",
        name="OneDoor demonstration authority",
    )
    out = io.BytesIO()
    signers.PdfSigner(metadata, signer=signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), output=out
    )
    return out.getvalue()


def inspect(content: bytes) -> Finding:
    """What the last signature of a file says. A file that cannot be read has no signature; nothing is fetched."""
    number = match[1].decode() if (match := MARK.search(content)) else ""
    loud = logging.getLogger("pyhanko")
    before, loud.disabled = loud.disabled, True
    try:
        return _inspect(content, number)
    except Exception:  # a hostile or broken file can fail anywhere in the parser, and that is an answer, too
        return Finding(ours=False, intact=False, number=number)
    finally:
        loud.disabled = before


def _inspect(content: bytes, number: str) -> Finding:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    signatures = list(reader.embedded_signatures)
    if not signatures:
        return Finding(ours=False, intact=False, number=number)
    signature = signatures[-1]
    root = _root()
    certificate = signature.signer_cert
    ours = root is not None and certificate is not None and certificate.issuer == root.subject
    if not ours:
        return Finding(ours=False, intact=False, number=number)
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    status: Any = validate_pdf_signature(signature, signer_validation_context=context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Finding(ours=status.trusted or ours, intact=bool(status.bottom_line and whole), number=number)


def authority() -> bytes:
    """The certificate of the authority (PEM); empty before the first document was signed."""
    root = _root()
    if root is None:
        return b""
    return x509.load_der_x509_certificate(root.dump()).public_bytes(serialization.Encoding.PEM)


def _folder() -> Path:
    return Path(settings.HOME) / "keys"


def _authority(at: datetime) -> Authority:
    path = _folder() / "document-authority.pem"
    if not path.exists():
        _write_once(path, _fresh(at))
    return _load(str(path), path.stat().st_mtime_ns)


def _root() -> Any:
    path = _folder() / "document-authority.pem"
    if not path.exists():
        return None
    return asn1_x509.Certificate.load(_load(str(path), path.stat().st_mtime_ns).root)


@lru_cache(maxsize=4)
def _load(path: str, changed: int) -> Authority:
    content = Path(path).read_bytes()
    root, certificate = x509.load_pem_x509_certificates(content)[:2]
    key = serialization.load_pem_private_key(content[content.index(b"-----BEGIN PRIVATE") :], password=None)
    return Authority(
        root=root.public_bytes(serialization.Encoding.DER),
        certificate=certificate.public_bytes(serialization.Encoding.DER),
        key=key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def _fresh(at: datetime) -> bytes:
    """A new authority as PEM: root certificate, signing certificate, signing key. The root's key is not kept."""
    root_key, signing_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("OneDoor demonstration authority")
    root = (
        _builder(subject=root_name, issuer=root_name, key=root_key.public_key(), at=at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        _builder(
            subject=_name("OneDoor documents (demonstration)"),
            issuer=root_name,
            key=signing_key.public_key(),
            at=at,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signing_key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    return (
        root.public_bytes(serialization.Encoding.PEM)
        + certificate.public_bytes(serialization.Encoding.PEM)
        + signing_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "OneDoor"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(*, subject: x509.Name, issuer: x509.Name, key: Any, at: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + LIFETIME)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _write_once(path: Path, content: bytes) -> None:
    """Write a key file whole, mode 0600; whoever is first wins, and the others read the winner's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
