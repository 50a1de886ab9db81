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
    b"{\\rtf": "dokumen RTF",
}
# Exports that go by the name of a workbook and that spreadsheet programs open all the same.
_DISGUISED = (
    (re.compile(r"<(?:!doctype\s+html|html|table|body|head)\b", re.IGNORECASE), "halaman web"),
    (re.compile(r"^mime-version:", re.IGNORECASE), "halaman web (MHTML)"),
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet"), "lembar kerja XML 2003"),
)


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
        if samaran := _disguise(isi):
            raise make_error("html", satu, sebab=samaran)
        if kind in {Jenis.MARKUP, Jenis.LAIN} or isi.startswith(tuple(_OTHERS)):
            raise make_error("tak_terbaca", satu, sebab=f"isinya {_name_of(kind, isi)}")
    if all(kind is Jenis.JSON for kind in jenis):
        return read_json(berkas)
    if all(kind is Jenis.CSV for kind in jenis):
        return make_document([read_csv(*satu) for satu in berkas])
    if len(berkas) == 1 and jenis[0] in WORKBOOKS:
        from humas.reading.workbook import read_workbook

        return read_workbook(nama, data, jenis[0])
    raise make_error("bentuk_campuran", nama, sebab=", ".join(sorted({kind.label for kind in jenis})))


def _disguise(data: bytes) -> str:
    """What a text really is that spreadsheet programs would open as a workbook; "" when it is none such."""
    if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        return ""
    teks = head_text(data).lstrip("\ufeff \t\r\n")
    markup = teks.startswith("<") or teks[:5].lower() == "mime-"
    return next((nama for pola, nama in _DISGUISED if pola.search(teks)), "") if markup else ""


def _name_of(kind: Jenis, data: bytes) -> str:
    return next((nama for awal, nama in _OTHERS.items() if data.startswith(awal)), kind.label)
