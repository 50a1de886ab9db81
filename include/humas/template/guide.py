"""The sheet of help: every column with its meaning, an example and its choices.

Columns of the data sets stand here as lines, one below the other, so that no example can be read as a row of data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from humas.contract.columns import HIMPUNAN, Kolom
from humas.template.cell import example_of, picks_of
from humas.template.model import Kop, template_columns
from humas.template.sheet import set_print

_KEPALA = (("Kolom", 22), ("Wajib", 8), ("Cara mengisi", 36), ("Contoh", 32), ("Pilihan", 56))
_TINGGI_BARIS, _HURUF = 14, 1.2
"""Points of one line of text, and letters of it that one unit of a column's width holds."""
_UMUM = (
    "Tanggal: hari dulu, misalnya 02/07/2026. Sel menampilkannya dengan nama bulan, sehingga tanggal yang tertukar langsung terlihat.",
    "Bilangan: angka saja, misalnya 1007; tanpa titik ribuan dan tanpa kata.",
    "Beberapa pilihan dalam satu sel dipisah koma, misalnya Laman, Instagram. Beberapa nama dipisah titik koma.",
    "Jangan tulis nama pemohon, NIK, NPWP, rekening, telepon atau surel pribadi di kolom mana pun; baris yang memuatnya ditahan.",
    "Baris boleh disisipkan, diurutkan, disaring, dan dihapus. Lembar terkunci tanpa kata sandi agar judul kolom tidak berubah.",
    "Contoh di lembar ini hanya contoh; tidak pernah dihitung.",
)


def write_guide(halaman: Any, kop: Kop, bentuk: Mapping[str, Any]) -> None:
    """Fill the sheet of help."""
    for letak, (_, lebar) in enumerate(_KEPALA):
        halaman.set_column(letak, letak, lebar)
    halaman.set_row(0, 26)
    halaman.write_string(0, 0, "Petunjuk pengisian", bentuk["judul"])
    baris = 2
    for kalimat in _UMUM:
        halaman.write_string(baris, 0, f"• {kalimat}", bentuk["terkunci"])
        baris += 1
    for himpunan in HIMPUNAN:
        baris = _write_section(halaman, baris + 1, f"Lembar {himpunan.lembar}", template_columns(himpunan), bentuk)
    halaman.hide_gridlines(2)
    halaman.protect("", {"format_columns": True, "format_rows": True})
    set_print(halaman, kop, 1)


def _write_section(halaman: Any, baris: int, judul: str, kolom: tuple[Kolom, ...], bentuk: Mapping[str, Any]) -> int:
    halaman.merge_range(baris, 0, baris, len(_KEPALA) - 1, judul, bentuk["bagian"])
    for letak, (kepala, _) in enumerate(_KEPALA):
        halaman.write_string(baris + 1, letak, kepala, bentuk["kepala"])
    baris += 2
    for satu in kolom:
        garis = tuple(_line(satu))
        halaman.set_row(baris, _TINGGI_BARIS * _lines(garis) + 4)
        for letak, isi in enumerate(garis):
            halaman.write_string(baris, letak, isi, bentuk["sel_tebal" if letak == 0 else "sel"])
        baris += 1
    return baris


def _lines(isi: Sequence[str]) -> int:
    """Lines the fullest cell of a line takes; LibreOffice does not work that out for a file it did not write."""
    return max(ceil(len(satu) / (lebar * _HURUF)) for satu, (_, lebar) in zip(isi, _KEPALA, strict=True))


def _line(kolom: Kolom) -> Iterator[str]:
    yield kolom.label
    yield "wajib" if kolom.wajib else "–"
    yield kolom.penjelasan
    yield example_of(kolom) or "–"
    yield picks_of(kolom) or "–"
