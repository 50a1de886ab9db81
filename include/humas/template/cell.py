"""What one column asks of the person who fills it in: format, width, drop-down, checks and words of help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from humas.contract.cells import reader
from humas.contract.columns import DAFTAR, Kolom, Tipe
from humas.contract.dates import TAHUN_WAJAR
from humas.contract.vocabulary import load_vocabulary
from humas.template.reference import Daftar, meanings

# Limits of the file format, in characters.
JUDUL_TERPANJANG, PESAN_TERPANJANG = 32, 255
TANDA_WAJIB = " *"
_FORMAT = {Tipe.TANGGAL: "tanggal", Tipe.WAKTU: "waktu", Tipe.BILANGAN: "bilangan"}
_LEBAR = {
    Tipe.TANGGAL: 13, Tipe.WAKTU: 19, Tipe.BILANGAN: 12, Tipe.PILIHAN: 18, Tipe.DAFTAR_PILIHAN: 20,
    Tipe.DAFTAR_TEKS: 24, Tipe.URL: 32, Tipe.DAFTAR_URL: 32, Tipe.KODE: 10,
}  # fmt: skip
_LEBAR_TEKS, _LEBAR_TEKS_PANJANG, _TEKS_PANJANG = 22, 40, 300
_LEBAR_KEPALA = 18
_TERBESAR = 999_999_999_999


def header_of(kolom: Kolom) -> str:
    """The header: the label, a star behind it when a row cannot do without."""
    return kolom.label + TANDA_WAJIB if kolom.wajib else kolom.label


def format_of(kolom: Kolom) -> str:
    """Name of the format of its cells; whatever is no date and no number is text, so that codes stay what they are."""
    return _FORMAT.get(kolom.tipe, "teks")


def width_of(kolom: Kolom) -> int:
    """Width in characters: by kind, and wide enough for the header, in two lines when it is long."""
    text_width = _LEBAR_TEKS_PANJANG if kolom.panjang and kolom.panjang[1] >= _TEKS_PANJANG else _LEBAR_TEKS
    return max(_LEBAR.get(kolom.tipe, text_width), min(len(header_of(kolom)) + 2, _LEBAR_KEPALA))


def example_of(kolom: Kolom) -> str:
    """The contract's example as it is typed here: digits without dots, a choice as its drop-down offers it."""
    if not kolom.contoh or kolom.tipe not in {Tipe.BILANGAN, Tipe.PILIHAN}:
        return kolom.contoh
    value = str(reader(kolom)(kolom.contoh).nilai)
    return load_vocabulary()[kolom.kosakata].label(value) if kolom.kosakata else value


def comment_of(kolom: Kolom) -> str:
    """The note on the header: whether it must be filled in, what to write, an example, and what numbers mean."""
    return "\n".join(_comment_lines(kolom))


def _comment_lines(column: Kolom) -> Iterator[str]:
    yield "Wajib diisi." if column.wajib else "Boleh kosong."
    yield column.penjelasan
    if example := example_of(column):
        yield f"Contoh: {example}"
    vocabulary = meanings(column)
    if vocabulary:
        yield from (f"{term.nilai} = {term.label}" for term in vocabulary.istilah)


def check_of(kolom: Kolom, daftar: Daftar | None) -> dict[str, Any]:
    """The data validation of a column in XlsxWriter's words: its check, what it says before and after a wrong entry."""
    rule = _rule(kolom, daftar)
    return {
        "input_title": kolom.label[:JUDUL_TERPANJANG],
        "input_message": _help(kolom),
        "error_title": "Isian belum dapat dipakai",
        **rule,
    }


def _help(column: Kolom) -> str:
    example = f" Contoh: {example_of(column)}" if column.contoh else ""
    return f"{'Wajib. ' if column.wajib else ''}{column.penjelasan}{example}"[:PESAN_TERPANJANG]


def _rule(column: Kolom, listing: Daftar | None) -> dict[str, Any]:
    if listing:
        return _choice(column, listing)
    if column.tipe in {Tipe.TANGGAL, Tipe.WAKTU}:
        return _date(column)
    if column.tipe is Tipe.BILANGAN:
        return _number(column)
    if column.tipe is Tipe.TEKS and column.panjang:
        return _length(*column.panjang)
    return {"validate": "any"}


def _choice(column: Kolom, listing: Daftar) -> dict[str, Any]:
    """A drop-down; in a cell that takes several values it helps with the first one and refuses nothing."""
    return {
        "validate": "list",
        "source": listing.rujukan,
        "show_error": column.tipe not in DAFTAR,
        "error_message": "Pilih salah satu dari daftar: tekan Alt + panah bawah, atau klik segitiga di kanan sel.",
    }


def _date(column: Kolom) -> dict[str, Any]:
    """Only a warning: where the computer writes the month first it takes ``15/07/2026`` for text, and we can read that."""
    example = "02/07/2026 08.30" if column.tipe is Tipe.WAKTU else "02/07/2026"
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(TAHUN_WAJAR.start, 1, 1),
        "maximum": date(TAHUN_WAJAR.stop - 1, 12, 31),
        "error_type": "warning",
        "error_message": f"Komputer ini tidak membacanya sebagai tanggal. Bila hari, bulan, dan tahunnya sudah benar "
        f"(seperti {example}), pilih Ya. Bila belum, pilih Tidak lalu perbaiki.",
    }


def _number(column: Kolom) -> dict[str, Any]:
    lower, upper = column.minimum or 0, column.maksimum or _TERBESAR
    limits = f" dari {lower} sampai {upper}" if column.maksimum else f", paling kecil {lower}"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": lower,
        "maximum": upper,
        "error_message": f"Tulis bilangan bulat{limits}, tanpa titik ribuan dan tanpa huruf. Misalnya {example_of(column)}.",
    }


def _length(shortest: int, longest: int) -> dict[str, Any]:
    """The server's bounds of a text, as a warning: spaces and breaks are counted differently there."""
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": shortest,
        "maximum": longest,
        "error_type": "warning",
        "error_message": f"Panjang isian sebaiknya {shortest} sampai {longest} huruf. Di luar itu barisnya dapat ditahan.",
    }


def picks_of(kolom: Kolom) -> str:
    """The choices of a column in one line, numbers with their meaning; empty when it has none."""
    vocabulary = meanings(kolom) or (load_vocabulary()[kolom.kosakata] if kolom.kosakata else None)
    if vocabulary is None:
        return ""
    if all(term.nilai.isdecimal() for term in vocabulary.istilah):
        return "; ".join(f"{term.nilai} = {term.label}" for term in vocabulary.istilah)
    return ", ".join(term.label for term in vocabulary.istilah)
