"""The cover: unit and period, locked; the one switch for a quarter without anything; how far each sheet is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from humas.contract.columns import HIMPUNAN, Himpunan
from humas.contract.tables import column_letter
from humas.periods import tanggal_panjang
from humas.template.model import LEMBAR_DRAF, LEMBAR_PETUNJUK, Kop, template_columns, template_version
from humas.template.reference import Referensi
from humas.template.sheet import BARIS_DATA, BARIS_SAKELAR, BARIS_SIAP, set_print, switch_check

_BARIS_IDENTITAS = 3
_LANGKAH = (
    "Isi lembar Kegiatan, Publikasi, Permohonan Informasi, dan Isu dan Hoaks: satu baris satu catatan.",
    "Lembar yang memang tidak ada isinya: pilih Ya pada NIHIL di bagian atas lembar itu.",
    "Simpan sebagai XLSX, lalu kirim dengan cara biasa. Kesalahan dikembalikan dengan baris dan kolomnya.",
)
_BELUM = "Belum diisi"
_TINGGI = 18


def write_cover(halaman: Any, kop: Kop, referensi: Referensi, bentuk: Mapping[str, Any], *, ada_draf: bool) -> None:
    """Fill the cover."""
    halaman.set_column(0, 0, 26)
    halaman.set_column(1, 1, 34)
    halaman.set_column(2, 2, 70)
    halaman.set_default_row(_TINGGI)
    halaman.set_row(0, 30)
    halaman.write_string(0, 0, "Laporan kehumasan triwulanan", bentuk["judul"])
    halaman.write_string(1, 0, f"{kop.nama} · {kop.triwulan.label} ({kop.triwulan.rentang})", bentuk["keterangan"])
    row = _write_identity(halaman, kop, bentuk)
    row = _write_switch(halaman, row, referensi, bentuk)
    row = _write_progress(halaman, row + 1, bentuk)
    _write_steps(halaman, row + 1, bentuk, ada_draf=ada_draf)
    halaman.hide_gridlines(2)
    halaman.protect("", {"format_columns": True, "format_rows": True})
    set_print(halaman, kop, 1)
    halaman.activate()


def identity(kop: Kop) -> Iterator[tuple[str, str]]:
    """Label and value of the locked lines, as the reader of covers knows them."""
    yield "Lembaga", kop.lembaga.label
    yield "Kode satker", kop.kode
    yield "Nama satker", kop.nama_satker
    yield "Periode", kop.triwulan.label
    yield "Versi templat", template_version()


def _write_identity(sheet: Any, heading: Kop, formats: Mapping[str, Any]) -> int:
    row = _BARIS_IDENTITAS
    for label, value in identity(heading):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.write_string(row, 1, value, formats["nilai"])
        row += 1
    if heading.tenggat:
        sheet.write_string(row, 0, "Kirim paling lambat", formats["label"])
        sheet.write_string(row, 1, tanggal_panjang(heading.tenggat.tanggal), formats["nilai"])
        sheet.write_string(row, 2, heading.tenggat.asumsi, formats["keterangan_menjorok"])
        row += 1
    return row + 1


def _write_switch(sheet: Any, row: int, reference: Referensi, formats: Mapping[str, Any]) -> int:
    sheet.write_string(row, 0, "Nihil", formats["tanda"])
    sheet.write_blank(row, 1, None, formats["sakelar"])
    sentence = "Pilih Ya hanya bila SEMUA lembar kosong pada triwulan ini; laporan nihil lalu siap dikirim."
    sheet.write_string(row, 2, sentence, formats["keterangan_menjorok"])
    sheet.data_validation(row, 1, row, 1, switch_check(reference))
    return row + 1


def _write_progress(sheet: Any, row: int, formats: Mapping[str, Any]) -> int:
    """One line for each sheet: a link to it, and what is in it so far."""
    for position, title in enumerate(("Lembar", "Keadaan", "Isinya")):
        sheet.write_string(row, position, title, formats["kepala"])
    for dataset in HIMPUNAN:
        row += 1
        sheet.write_url(row, 0, f"internal:'{dataset.lembar}'!A{BARIS_DATA + 1}", formats["tautan"], dataset.lembar)
        sheet.write_formula(row, 1, _state(dataset), formats["sel_tebal"], _BELUM)
        sheet.write_string(row, 2, dataset.penjelasan, formats["sel"])
    return row + 1


def _state(dataset: Himpunan) -> str:
    """``12 baris``, ``Nihil`` or ``Belum diisi``, counted in the first column that every row must fill in."""
    position = next(index for index, column in enumerate(template_columns(dataset)) if column.wajib)
    letter, sheet = column_letter(position), f"'{dataset.lembar}'!"
    filled = f"COUNTA({sheet}${letter}${BARIS_DATA + 1}:${letter}${BARIS_DATA + BARIS_SIAP})"
    return f'=IF({filled}>0,{filled}&" baris",IF({sheet}$B${BARIS_SAKELAR + 1}="Ya","Nihil","{_BELUM}"))'


def _write_steps(sheet: Any, row: int, formats: Mapping[str, Any], *, ada_draf: bool) -> None:
    steps = list(_LANGKAH)
    if ada_draf:
        steps.insert(
            1, f"Periksa lembar {LEMBAR_DRAF}: pilih Ya pada Pakai untuk draf yang benar; yang lain tidak dihitung."
        )
    sheet.merge_range(row, 0, row, 2, "Cara mengisi", formats["bagian"])
    for number, sentence in enumerate(
        (*steps, f"Contoh dan arti tiap kolom ada di lembar {LEMBAR_PETUNJUK}."), start=1
    ):
        sheet.write_string(row + number, 0, f"{number}. {sentence}", formats["terkunci"])
