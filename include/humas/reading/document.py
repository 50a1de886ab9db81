"""A submission as a document; which format it has is decided by its bytes, not by what the sender claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from humas.reading.csv_file import make_document, read_csv
from humas.reading.galat import make_error
from humas.reading.json_pages import read_json
from humas.sources import WORKBOOKS, Jenis, sniff
from humas.sources.content import head_text

if TYPE_CHECKING:
    from humas.landing.model import Kiriman
    from humas.reading.table import Dokumen


# What officers send instead of a spreadsheet, by its first bytes.
_OTHERS = {
    b"%PDF": "dokumen PDF",
    b"\x89PNG": "gambar",
    b"\xff\xd8\xff": "gambar",
    b"GIF8": "gambar",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"\x1f\x8b": "arsip gzip",
}


class Store(Protocol):
    """Where raw bytes lie by their digest."""

    def read(self, sidik: str) -> bytes:
        """The bytes of a digest."""
        ...


def read_document(kiriman: Kiriman, landing: Store) -> Dokumen:
    """Read a landed submission.

    Raises:
        PengirimError: the file cannot be used; kode tells why (see ``humas.reading.galat``).
        LandingError: the raw bytes are missing or damaged.
    """
    return read_files([(berkas.nama, landing.read(berkas.sidik)) for berkas in kiriman.berkas])


def read_files(berkas: list[tuple[str, bytes]]) -> Dokumen:
    """Read the files (name, bytes) of one submission: JSON pages, CSV files, or one workbook.

    Raises:
        PengirimError: see ``read_document``.
    """
    jenis = [sniff(data) for _, data in berkas]
    nama, data = berkas[0]
    for (satu, isi), kind in zip(berkas, jenis, strict=True):
        if kind is Jenis.KOSONG:
            raise make_error("kosong", satu)
        if kind is Jenis.MARKUP and _is_page(isi):
            raise make_error("html", satu)
        if kind in {Jenis.MARKUP, Jenis.LAIN}:
            raise make_error("tak_terbaca", satu, sebab=f"isinya {_name_of(kind, isi)}")
    if all(kind is Jenis.JSON for kind in jenis):
        return read_json(berkas)
    if all(kind is Jenis.CSV for kind in jenis):
        return make_document([read_csv(*satu) for satu in berkas])
    if len(berkas) == 1 and jenis[0] in WORKBOOKS:
        from humas.reading.workbook import read_workbook

        return read_workbook(nama, data, jenis[0])
    raise make_error("bentuk_campuran", nama, sebab=", ".join(sorted({kind.label for kind in jenis})))


def _is_page(data: bytes) -> bool:
    """Whether markup is a web page, the usual case of which is an export that goes by the name of ``.xls``."""
    return re.search(r"<(?:!doctype\s+html|html|table|body|head)\b", head_text(data), re.IGNORECASE) is not None


def _name_of(kind: Jenis, data: bytes) -> str:
    return next((nama for awal, nama in _OTHERS.items() if data.startswith(awal)), kind.label)
