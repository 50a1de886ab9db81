"""The sheet of drafts read from the unit's own news: offered, counted only where the unit says Ya."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from humas.contract.cells import clean_text
from humas.contract.columns import KEGIATAN, Kolom, Tipe
from humas.contract.dates import BukanTanggal, parse_datetime
from humas.contract.vocabulary import load_vocabulary
from humas.template.model import LEMBAR_DRAF, DrafTemplat, Kop, template_columns
from humas.template.reference import Referensi, entries
from humas.template.sheet import BARIS_DATA, BARIS_SAKELAR, Lajur, lane_of, switch_check, write_frame

PAKAI, KEYAKINAN, KATA = "Pakai", "Keyakinan", "Kata penunjuk"
TEKS_TERPANJANG = 32_767
_PENJELASAN = "Draf dibaca dari berita di situs Anda dan belum dihitung."
_AJAKAN = "Pilih Ya pada Pakai bila draf benar (perbaiki dahulu bila perlu). Baris tanpa Ya tidak dihitung."
_PEMISAH = {Tipe.DAFTAR_PILIHAN: ", ", Tipe.DAFTAR_TEKS: "; ", Tipe.DAFTAR_URL: "\n"}


def write_drafts(
    halaman: Any, draf: Sequence[DrafTemplat], kop: Kop, referensi: Referensi, bentuk: Mapping[str, Any]
) -> None:
    """Fill the sheet: the oldest event first, nothing chosen yet."""
    kolom = template_columns(KEGIATAN)
    pakai = switch_check(referensi) | {
        "input_title": PAKAI,
        "input_message": "Ya: draf ini benar dan dihitung. Kosong atau Tidak: tidak dihitung.",
    }
    lajur = [
        Lajur(PAKAI, 10, "teks", False, _AJAKAN, pakai),
        *(lane_of(satu, referensi) for satu in kolom),
        Lajur(KEYAKINAN, 12, "persen", False, "Seberapa yakin mesin; makin rendah, makin perlu diperiksa.", {}),
        Lajur(KATA, 60, "teks", False, "Kata pada berita yang menjadi dasar draf ini.", {}),
    ]
    write_frame(halaman, LEMBAR_DRAF, _PENJELASAN, lajur, kop, bentuk, tetap=2)
    halaman.write_string(BARIS_SAKELAR, 0, _AJAKAN, bentuk["tanda"])
    for nomor, satu in enumerate(sorted(draf, key=_order), start=BARIS_DATA):
        for letak, yang in enumerate(kolom, start=1):
            write_value(halaman, nomor, letak, yang, satu.isi.get(yang.nama), bentuk[lajur[letak].bentuk])
        halaman.write_number(nomor, len(lajur) - 2, round(satu.keyakinan, 2), bentuk["persen"])
        halaman.write_string(nomor, len(lajur) - 1, clean_text(satu.kata)[0][:TEKS_TERPANJANG], bentuk["teks"])


def _order(draf: DrafTemplat) -> tuple[str, str]:
    tanggal = _as_moment(draf.isi.get(KEGIATAN.acuan))
    return tanggal.isoformat() if tanggal else "9", str(draf.isi.get("judul") or "")


def write_value(halaman: Any, baris: int, letak: int, kolom: Kolom, nilai: object, bentuk: Any) -> None:
    """One cell as its sender would write it: dates and numbers as such, labels for stored values, all else as text."""
    if nilai is None or nilai == "":
        return
    saat = _as_moment(nilai) if kolom.tipe in {Tipe.TANGGAL, Tipe.WAKTU} else None
    if saat:
        halaman.write_datetime(baris, letak, saat, bentuk)
    elif isinstance(nilai, int | float) and not isinstance(nilai, bool) and isfinite(nilai):
        halaman.write_number(baris, letak, nilai, bentuk)
    else:
        halaman.write_string(baris, letak, _as_words(kolom, nilai)[:TEKS_TERPANJANG], bentuk)


def _as_moment(nilai: object) -> datetime | None:
    """A date or time, also one written as text; None when it is none."""
    if not isinstance(nilai, str | date):
        return None
    try:
        return parse_datetime(nilai)
    except BukanTanggal:
        return None


def _as_words(kolom: Kolom, nilai: object) -> str:
    satuan = list(nilai) if isinstance(nilai, list | tuple | set | frozenset) else [nilai]
    return _PEMISAH.get(kolom.tipe, "; ").join(_label(kolom, clean_text(str(satu))[0]) for satu in satuan)


def _label(kolom: Kolom, nilai: str) -> str:
    """What the drop-down of the column offers for a stored value."""
    if not kolom.kosakata or nilai in entries(kolom):
        return nilai
    return load_vocabulary()[kolom.kosakata].label(nilai)
