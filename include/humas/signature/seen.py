"""What a PDF's signatures say, and whether that can be believed."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import OperatorError, SenderError, os_reason

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate, Name
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_MAX_SIGNATURES = 20
"""A report is signed by a few; each signature of a file costs a look at the whole of it."""
_NOISY = ("pyhanko", "pyhanko_certvalidator")


class Trust(StrEnum):
    """Whether the certificate was given by an issuer that this installation was told to trust."""

    YES = "dipercaya"
    NO = "tidak_dipercaya"
    UNKNOWN = "belum_diperiksa"
    """No issuers were named, so nothing can be said."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. signer, issuer: as the certificate names them. signed_at: by the signer's own clock, if told.

    intact: the signed bytes and the signature belong together. unchanged: nothing was added after it but what signing
    itself adds.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    unchanged: bool
    trust: Trust


def load_issuers(folder: Path | None) -> tuple[Certificate, ...]:
    """The certificates (PEM or DER) of the issuers that an installation trusts; none where no folder is set.

    Raises:
        OperatorError: the folder or a file of it cannot be read.
    """
    if folder is None:
        return ()
    from pyhanko import keys

    load: Any = keys.load_certs_from_pemder
    try:
        files = sorted(str(path) for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        return tuple(load(files))
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else "ada berkas yang bukan sertifikat"
        raise OperatorError(
            "penerbit_tte_tak_terbaca",
            f"Sertifikat penerbit di {folder} tidak dapat dibaca: {cause}.",
            "isi HUMAS_TTE_PENERBIT dengan folder yang hanya berisi sertifikat PEM atau DER.",
        ) from error


def signatures_in(content: bytes, issuers: Sequence[Certificate] = ()) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order in which they were made; none when it bears none. Nothing is fetched.

    Raises:
        SenderError: it is no PDF that can be read.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    for name in _NOISY:  # a certificate that cannot be traced is an answer here, no fault to log with its trace
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        found = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
        return tuple(_judged(one, issuers) for one in found[:_MAX_SIGNATURES])
    except Exception as error:  # whatever a stranger's file does to a parser, it is a file that cannot be read
        raise SenderError(
            "pdf_tak_terbaca",
            f"PDF itu tidak dapat dibaca ({type(error).__name__}).",
            "kirim berkas yang keluar dari aplikasi tanda tangan, tanpa disimpan ulang oleh program lain.",
        ) from error


def _judged(embedded: EmbeddedPdfSignature, issuers: Sequence[Certificate]) -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    status: Any = validate_pdf_signature(embedded, ValidationContext(trust_roots=list(issuers), allow_fetching=False))
    level = status.modification_level
    unchanged = bool(status.docmdp_ok) and level is not None and level <= ModificationLevel.FORM_FILLING
    trust = Trust.UNKNOWN if not issuers else Trust.YES if status.trusted else Trust.NO
    certificate = status.signing_cert
    return Signature(
        _named(certificate.subject),
        _named(certificate.issuer),
        status.signer_reported_dt,
        bool(status.intact and status.valid),
        unchanged,
        trust,
    )


def _named(name: Name) -> str:
    """A name of a certificate as people write it: the common name and the organisation, on one line."""
    parts = name.native
    told = [parts.get(key) for key in ("common_name", "organization_name")]
    text = ", ".join(part if isinstance(part, str) else " ".join(part) for part in told if part) or name.human_friendly
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]
