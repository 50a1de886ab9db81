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
    columns = template_columns(KEGIATAN)
    use = switch_check(referensi) | {
        "input_title": PAKAI,
        "input_message": "Ya: draf ini benar dan dihitung. Kosong atau Tidak: tidak dihitung.",
    }
    lanes = [
        Lajur(PAKAI, 10, "teks", False, _AJAKAN, use),
        *(lane_of(column, referensi) for column in columns),
        Lajur(KEYAKINAN, 12, "persen", False, "Seberapa yakin mesin; makin rendah, makin perlu diperiksa.", {}),
        Lajur(KATA, 60, "teks", False, "Kata pada berita yang menjadi dasar draf ini.", {}),
    ]
    write_frame(halaman, LEMBAR_DRAF, _PENJELASAN, lanes, kop, bentuk, tetap=2)
    halaman.write_string(BARIS_SAKELAR, 0, _AJAKAN, bentuk["tanda"])
    for row, draft in enumerate(sorted(draf, key=_order), start=BARIS_DATA):
        for position, column in enumerate(columns, start=1):
            write_value(halaman, row, position, column, draft.isi.get(column.nama), bentuk[lanes[position].bentuk])
        halaman.write_number(row, len(lanes) - 2, round(draft.keyakinan, 2), bentuk["persen"])
        halaman.write_string(row, len(lanes) - 1, clean_text(draft.kata)[0][:TEKS_TERPANJANG], bentuk["teks"])


def _order(draft: DrafTemplat) -> tuple[str, str]:
    day = _as_moment(draft.isi.get(KEGIATAN.acuan))
    return day.isoformat() if day else "9", str(draft.isi.get("judul") or "")


def write_value(halaman: Any, baris: int, letak: int, kolom: Kolom, nilai: object, bentuk: Any) -> None:
    """One cell as its sender would write it: dates and numbers as such, labels for stored values, all else as text."""
    if nilai is None or nilai == "":
        return
    moment = _as_moment(nilai) if kolom.tipe in {Tipe.TANGGAL, Tipe.WAKTU} else None
    if moment:
        halaman.write_datetime(baris, letak, moment, bentuk)
    elif isinstance(nilai, int | float) and not isinstance(nilai, bool) and isfinite(nilai):
        halaman.write_number(baris, letak, nilai, bentuk)
    else:
        halaman.write_string(baris, letak, _as_words(kolom, nilai)[:TEKS_TERPANJANG], bentuk)


def _as_moment(value: object) -> datetime | None:
    """A date or time, also one written as text; None when it is none."""
    if not isinstance(value, str | date):
        return None
    try:
        return parse_datetime(value)
    except BukanTanggal:
        return None


def _as_words(column: Kolom, value: object) -> str:
    items = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    return _PEMISAH.get(column.tipe, "; ").join(_label(column, clean_text(str(item))[0]) for item in items)


def _label(column: Kolom, value: str) -> str:
    """What the drop-down of the column offers for a stored value."""
    if not column.kosakata or value in entries(column):
        return value
    return load_vocabulary()[column.kosakata].label(value)
