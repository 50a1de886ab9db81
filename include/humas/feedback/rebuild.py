"""A workbook made anew from what was read, for files that cannot be edited: same sheets, same rows, same cells."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from humas.contract.cells import as_text, clean_text, fold
from humas.feedback.model import LEMBAR_PERBAIKAN
from humas.feedback.package import CannotPatch

if TYPE_CHECKING:
    from humas.reading.table import Dokumen, TabelMentah

MAKS_SEL = 300_000
"""Cells of a workbook that is made anew; beyond it only the list of findings comes back."""
BATAS_TEKS = 32_767
_PILIHAN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_SAAT = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter wants it naive; a fixed day keeps the bytes the same
_TAK_BOLEH = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LABEL_SAMPUL = {
    "lembaga": "Lembaga",
    "kode_satker": "Kode satker",
    "nama_satker": "Nama satker",
    "periode": "Periode",
    "nihil": "Nihil",
    "versi_kontrak": "Versi templat",
}


@dataclass(frozen=True, slots=True)
class Lembaran:
    """Where a table of the document stands in the workbook.

    nama: of its sheet. geser: physical row of the sheet minus the row that findings name. kunci: column index by key,
    of JSON, whose findings name keys instead of letters.
    """

    nama: str
    geser: int = 0
    kunci: Mapping[str, int] | None = None


def blank() -> bytes:
    """A workbook of one empty sheet."""
    tampung = io.BytesIO()
    buku = xlsxwriter.Workbook(tampung, _PILIHAN)
    buku.set_properties({"created": _SAAT})
    buku.add_worksheet("Kosong")
    buku.close()
    return tampung.getvalue()


def rebuild(dokumen: Dokumen, sampul: Mapping[str, object]) -> tuple[bytes, dict[str, Lembaran]]:
    """The document as a workbook, and where each of its tables went.

    sampul: cover fields to write where the document has none of its own.

    Raises:
        CannotPatch: it has more cells than fit in memory.
    """
    if sum(len(deret) for tabel in dokumen.tabel for deret in tabel.sel) > MAKS_SEL:
        raise CannotPatch("too large")
    tampung = io.BytesIO()
    buku = xlsxwriter.Workbook(tampung, _PILIHAN)
    buku.set_properties({"created": _SAAT})
    bentuk = {
        "label": buku.add_format({"bold": True}),
        date: buku.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: buku.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    _write_cover(buku, dict(sampul) | dict(dokumen.sampul), bentuk)
    letak: dict[str, Lembaran] = {}
    for tabel in dokumen.tabel:
        lembaran = _place(tabel, {"sampul", *(fold(satu.nama) for satu in letak.values())})
        _write_table(buku.add_worksheet(lembaran.nama), tabel, lembaran.geser, bentuk)
        letak[clean_text(tabel.nama)[0]] = lembaran
    buku.close()
    return tampung.getvalue(), letak


def _place(tabel: TabelMentah, dipakai: set[str]) -> Lembaran:
    nama = sheet_name(tabel.nama, dipakai | {fold(LEMBAR_PERBAIKAN)})
    if tabel.baris_pertama:
        return Lembaran(nama)
    kepala = tabel.sel[0] if tabel.sel else ()
    return Lembaran(nama, 1, {as_text(satu): letak for letak, satu in enumerate(kepala)})


def sheet_name(nama: str, dipakai: set[str]) -> str:
    """A name that a spreadsheet program allows and no other sheet bears (``dipakai`` holds folded names)."""
    pokok = _TAK_BOLEH.sub(" ", clean_text(nama)[0].removesuffix(".csv")).strip("' ")[:28] or "Data"
    pilihan = (pokok, *(f"{pokok[:25]} {n}" for n in range(2, 1000)))
    return next(satu for satu in pilihan if fold(satu) not in dipakai)


def _write_cover(buku: Any, sampul: Mapping[str, object], bentuk: Mapping[object, Any]) -> None:
    lembar = buku.add_worksheet("Sampul")
    lembar.set_column(0, 0, 18)
    lembar.set_column(1, 1, 48)
    terisi = ((label, sampul[kunci]) for kunci, label in _LABEL_SAMPUL.items() if sampul.get(kunci) is not None)
    for nomor, (label, isi) in enumerate(terisi):
        lembar.write_string(nomor, 0, label, bentuk["label"])
        lembar.write_string(nomor, 1, as_text(isi)[:BATAS_TEKS])


def _write_table(lembar: Any, tabel: TabelMentah, geser: int, bentuk: Mapping[object, Any]) -> None:
    """Each cell at the place it had."""
    for indeks, deret in enumerate(tabel.sel):
        nomor = tabel.nomor_baris(indeks) + geser - 1
        for kolom, isi in enumerate(deret):
            _write_cell(lembar, nomor, kolom, isi, bentuk)
    lebar = max(map(len, tabel.sel), default=0)
    if lebar:
        lembar.set_column(0, lebar - 1, 18)
    if tabel.tersembunyi:
        lembar.hide()


def _write_cell(lembar: Any, nomor: int, kolom: int, isi: object, bentuk: Mapping[object, Any]) -> None:
    if isi is None or isi == "":
        return
    if isinstance(isi, bool):
        lembar.write_boolean(nomor, kolom, isi)
    elif isinstance(isi, date) and isi.year >= 1900:
        hari = not isinstance(isi, datetime) or isi.time() == datetime.min.time()
        lembar.write_datetime(nomor, kolom, isi, bentuk[date if hari else datetime])
    elif isinstance(isi, int | float) and abs(isi) < 10**15:
        lembar.write_number(nomor, kolom, isi)
    else:
        lembar.write_string(nomor, kolom, as_text(isi)[:BATAS_TEKS])
