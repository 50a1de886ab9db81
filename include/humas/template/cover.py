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
    baris = _write_identity(halaman, kop, bentuk)
    baris = _write_switch(halaman, baris, referensi, bentuk)
    baris = _write_progress(halaman, baris + 1, bentuk)
    _write_steps(halaman, baris + 1, bentuk, ada_draf=ada_draf)
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


def _write_identity(halaman: Any, kop: Kop, bentuk: Mapping[str, Any]) -> int:
    baris = _BARIS_IDENTITAS
    for label, nilai in identity(kop):
        halaman.write_string(baris, 0, label, bentuk["label"])
        halaman.write_string(baris, 1, nilai, bentuk["nilai"])
        baris += 1
    if kop.tenggat:
        halaman.write_string(baris, 0, "Kirim paling lambat", bentuk["label"])
        halaman.write_string(baris, 1, tanggal_panjang(kop.tenggat.tanggal), bentuk["nilai"])
        halaman.write_string(baris, 2, kop.tenggat.asumsi, bentuk["keterangan_menjorok"])
        baris += 1
    return baris + 1


def _write_switch(halaman: Any, baris: int, referensi: Referensi, bentuk: Mapping[str, Any]) -> int:
    halaman.write_string(baris, 0, "Nihil", bentuk["tanda"])
    halaman.write_blank(baris, 1, None, bentuk["sakelar"])
    kalimat = "Pilih Ya hanya bila SEMUA lembar kosong pada triwulan ini; laporan nihil lalu siap dikirim."
    halaman.write_string(baris, 2, kalimat, bentuk["keterangan_menjorok"])
    halaman.data_validation(baris, 1, baris, 1, switch_check(referensi))
    return baris + 1


def _write_progress(halaman: Any, baris: int, bentuk: Mapping[str, Any]) -> int:
    """One line for each sheet: a link to it, and what is in it so far."""
    for letak, judul in enumerate(("Lembar", "Keadaan", "Isinya")):
        halaman.write_string(baris, letak, judul, bentuk["kepala"])
    for himpunan in HIMPUNAN:
        baris += 1
        halaman.write_url(
            baris, 0, f"internal:'{himpunan.lembar}'!A{BARIS_DATA + 1}", bentuk["tautan"], himpunan.lembar
        )
        halaman.write_formula(baris, 1, _state(himpunan), bentuk["sel_tebal"], _BELUM)
        halaman.write_string(baris, 2, himpunan.penjelasan, bentuk["sel"])
    return baris + 1


def _state(himpunan: Himpunan) -> str:
    """``12 baris``, ``Nihil`` or ``Belum diisi``, counted in the first column that every row must fill in."""
    letak = next(i for i, kolom in enumerate(template_columns(himpunan)) if kolom.wajib)
    huruf, lembar = column_letter(letak), f"'{himpunan.lembar}'!"
    isi = f"COUNTA({lembar}${huruf}${BARIS_DATA + 1}:${huruf}${BARIS_DATA + BARIS_SIAP})"
    return f'=IF({isi}>0,{isi}&" baris",IF({lembar}$B${BARIS_SAKELAR + 1}="Ya","Nihil","{_BELUM}"))'


def _write_steps(halaman: Any, baris: int, bentuk: Mapping[str, Any], *, ada_draf: bool) -> None:
    langkah = list(_LANGKAH)
    if ada_draf:
        langkah.insert(
            1, f"Periksa lembar {LEMBAR_DRAF}: pilih Ya pada Pakai untuk draf yang benar; yang lain tidak dihitung."
        )
    halaman.merge_range(baris, 0, baris, 2, "Cara mengisi", bentuk["bagian"])
    for nomor, kalimat in enumerate(
        (*langkah, f"Contoh dan arti tiap kolom ada di lembar {LEMBAR_PETUNJUK}."), start=1
    ):
        halaman.write_string(baris + nomor, 0, f"{nomor}. {kalimat}", bentuk["terkunci"])
