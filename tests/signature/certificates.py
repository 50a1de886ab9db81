"""People with certificates of our own making, and PDFs that they sign."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

_USES = dict.fromkeys(
    ([
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]),
    False,
)


@dataclass(frozen=True)
class Person:
    """Somebody with a certificate of their own."""

    store: bytes
    certificate: bytes


@cache
def person(name: str, office: str = "KPU Kota Semarang") -> Person:
    """A person whose certificate nobody but they themselves gave."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, name),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, office),
    ])
    certificate = (
        x509
        .CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **_USES), critical=True)
        .sign(key, hashes.SHA256())
    )
    store = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, NoEncryption())
    return Person(store, certificate.public_bytes(Encoding.PEM))


def signed(content: bytes, by: Person, field: str = "TTE") -> bytes:
    """The PDF with a signature of that person behind it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    signer = signers.SimpleSigner.load_pkcs12_data(by.store, None)
    meta = signers.PdfSignatureMetadata(field_name=field)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), meta, signer=signer).getvalue()


def small_pdf(pages: int = 2) -> bytes:
    """A PDF of a few lines."""
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 100 Td (Kegiatan {number}) Tj ET".encode())
    target = io.BytesIO()
    pdf.save(target, static_id=True, compress_streams=False)
    return target.getvalue()


def saved_anew(content: bytes, change: Callable[[pikepdf.Pdf], None] = lambda pdf: None) -> bytes:
    """The PDF as another program saves it, with a change."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return target.getvalue()


def added_behind(content: bytes, change: Callable[[object], None]) -> bytes:
    """The PDF with a change behind all its bytes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def redraw(writer: object) -> None:
    """Draw another figure on the first page."""
    from pyhanko.pdf_utils import generic

    page = writer.root["/Pages"]["/Kids"][0]  # type: ignore[attr-defined]
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 20 100 Td (Kegiatan 99) Tj ET")
    page[generic.pdf_name("/Contents")] = writer.add_object(stream)  # type: ignore[attr-defined]
    writer.update_container(page)  # type: ignore[attr-defined]
