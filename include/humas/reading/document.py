"""A submission as a document; which format it has is decided by its bytes, not by what the sender claims."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from humas.periods import bilangan
from humas.reading import limits
from humas.reading.csv_file import make_document, read_csv
from humas.reading.galat import MAX_DOCUMENT_ROWS, make_error, too_many_rows
from humas.reading.json_pages import read_json
from humas.reading.table import CatatanBaca, TabelMentah
from humas.sources import WORKBOOKS, Jenis, sniff
from humas.sources.content import head_text

if TYPE_CHECKING:
    from humas.reading.table import Dokumen


_NOTES = 20
"""Cut cells of one table that are named; more of them tell nothing new."""
_SHORT = 40
"""Cells up to this length are bounded by their number."""
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


def read_here(berkas: list[tuple[str, bytes]], on_measured: Callable[[], None] = lambda: None) -> Dokumen:
    """Read the files (name, bytes) of one submission in this process; strangers' files belong into the reader's.

    on_measured: called once it is known that no far-apart cells make the file larger than it looks.

    Raises:
        PengirimError: the files cannot be used; kode tells why (see ``humas.reading.galat``).
    """
    dokumen = _read(berkas, on_measured)
    check_content(dokumen, berkas[0][0])
    return shorten_cells(dokumen)


def _read(berkas: list[tuple[str, bytes]], on_measured: Callable[[], None]) -> Dokumen:
    jenis = [sniff(data) for _, data in berkas]
    nama, data = berkas[0]
    for (satu, isi), kind in zip(berkas, jenis, strict=True):
        if kind is Jenis.KOSONG:
            raise make_error("kosong", satu)
        if samaran := _disguise(isi):
            raise make_error("html", satu, sebab=samaran)
        if kind in {Jenis.MARKUP, Jenis.LAIN} or isi.startswith(tuple(_OTHERS)):
            raise make_error("tak_terbaca", satu, sebab=f"isinya {_name_of(kind, isi)}")
    if len(berkas) == 1 and jenis[0] in WORKBOOKS:
        from humas.reading.workbook import read_workbook

        return read_workbook(nama, data, jenis[0], on_measured)
    on_measured()
    if all(kind is Jenis.JSON for kind in jenis):
        return read_json(berkas)
    if all(kind is Jenis.CSV for kind in jenis):
        return make_document([read_csv(*satu) for satu in berkas])
    raise make_error("bentuk_campuran", nama, sebab=", ".join(sorted({kind.label for kind in jenis})))


def check_content(dokumen: Dokumen, nama: str) -> None:
    """Refuse a document with more rows, cells or letters than whoever reads on can hold."""
    if (banyak := sum(len(satu.sel) for satu in dokumen.tabel)) > MAX_DOCUMENT_ROWS:
        raise too_many_rows(banyak, nama)
    if sum(len(deret) for satu in dokumen.tabel for deret in satu.sel) > limits.MAX_CELLS:
        raise make_error("terlalu_padat", nama, batas=limits.MAX_CELLS // 1_000_000)
    panjang, dilihat = 0, set[int]()
    for satu in dokumen.tabel:
        for deret in satu.sel:
            for sel in deret:
                if type(sel) is str and len(sel) > _SHORT and id(sel) not in dilihat:
                    dilihat.add(id(sel))
                    panjang += len(sel)
    if panjang > limits.MAX_TEXT:
        raise make_error("terlalu_panjang", nama, batas=limits.MAX_TEXT // 1_000_000)


def shorten_cells(dokumen: Dokumen) -> Dokumen:
    """The document with cells no longer than ``limits.MAX_CELL_TEXT``, each cut one with a remark; the raw bytes stay whole."""
    sampul = {nama: _cut(isi) for nama, isi in dokumen.sampul.items()}
    return replace(dokumen, sampul=sampul, tabel=tuple(map(_with_short_cells, dokumen.tabel)))


def _with_short_cells(tabel: TabelMentah) -> TabelMentah:
    panjang = [
        (indeks, letak, len(sel))
        for indeks, deret in enumerate(tabel.sel)
        for letak, sel in enumerate(deret)
        if isinstance(sel, str) and len(sel) > limits.MAX_CELL_TEXT
    ]
    if not panjang:
        return tabel
    kena = {indeks for indeks, _, _ in panjang}
    sel = [list(map(_cut, deret)) if indeks in kena else deret for indeks, deret in enumerate(tabel.sel)]
    catatan = (_cut_note(tabel, *satu) for satu in panjang[:_NOTES])
    return replace(tabel, sel=sel, catatan=(*tabel.catatan, *catatan))


def _cut(isi: object) -> object:
    if not isinstance(isi, str) or len(isi) <= limits.MAX_CELL_TEXT:
        return isi
    return type(isi)(isi[: limits.MAX_CELL_TEXT])


def _cut_note(tabel: TabelMentah, indeks: int, letak: int, panjang: int) -> CatatanBaca:
    pesan = f"isinya {bilangan(panjang)} huruf; yang dibaca {bilangan(limits.MAX_CELL_TEXT)} huruf pertama."
    return CatatanBaca("K10", pesan, baris=tabel.nomor_baris(indeks), letak=letak)


def _disguise(data: bytes) -> str:
    """What a text really is that spreadsheet programs would open as a workbook; "" when it is none such."""
    if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        return ""
    teks = head_text(data).lstrip("\ufeff \t\r\n")
    markup = teks.startswith("<") or teks[:5].lower() == "mime-"
    return next((nama for pola, nama in _DISGUISED if pola.search(teks)), "") if markup else ""


def _name_of(kind: Jenis, data: bytes) -> str:
    return next((nama for awal, nama in _OTHERS.items() if data.startswith(awal)), kind.label)
