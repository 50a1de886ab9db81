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
    panjang = _LEBAR_TEKS_PANJANG if kolom.panjang and kolom.panjang[1] >= _TEKS_PANJANG else _LEBAR_TEKS
    return max(_LEBAR.get(kolom.tipe, panjang), min(len(header_of(kolom)) + 2, _LEBAR_KEPALA))


def example_of(kolom: Kolom) -> str:
    """The contract's example as it is typed here: digits without dots, a choice as its drop-down offers it."""
    if not kolom.contoh or kolom.tipe not in {Tipe.BILANGAN, Tipe.PILIHAN}:
        return kolom.contoh
    nilai = str(reader(kolom)(kolom.contoh).nilai)
    return load_vocabulary()[kolom.kosakata].label(nilai) if kolom.kosakata else nilai


def comment_of(kolom: Kolom) -> str:
    """The note on the header: whether it must be filled in, what to write, an example, and what numbers mean."""
    return "\n".join(_comment_lines(kolom))


def _comment_lines(kolom: Kolom) -> Iterator[str]:
    yield "Wajib diisi." if kolom.wajib else "Boleh kosong."
    yield kolom.penjelasan
    if contoh := example_of(kolom):
        yield f"Contoh: {contoh}"
    kosakata = meanings(kolom)
    if kosakata:
        yield from (f"{istilah.nilai} = {istilah.label}" for istilah in kosakata.istilah)


def check_of(kolom: Kolom, daftar: Daftar | None) -> dict[str, Any]:
    """The data validation of a column in XlsxWriter's words: its check, what it says before and after a wrong entry."""
    aturan = _rule(kolom, daftar)
    return {
        "input_title": kolom.label[:JUDUL_TERPANJANG],
        "input_message": _help(kolom),
        "error_title": "Isian belum dapat dipakai",
        **aturan,
    }


def _help(kolom: Kolom) -> str:
    contoh = f" Contoh: {example_of(kolom)}" if kolom.contoh else ""
    return f"{'Wajib. ' if kolom.wajib else ''}{kolom.penjelasan}{contoh}"[:PESAN_TERPANJANG]


def _rule(kolom: Kolom, daftar: Daftar | None) -> dict[str, Any]:
    if daftar:
        return _choice(kolom, daftar)
    if kolom.tipe in {Tipe.TANGGAL, Tipe.WAKTU}:
        return _date(kolom)
    if kolom.tipe is Tipe.BILANGAN:
        return _number(kolom)
    if kolom.tipe is Tipe.TEKS and kolom.panjang:
        return _length(*kolom.panjang)
    return {"validate": "any"}


def _choice(kolom: Kolom, daftar: Daftar) -> dict[str, Any]:
    """A drop-down; in a cell that takes several values it helps with the first one and refuses nothing."""
    return {
        "validate": "list",
        "source": daftar.rujukan,
        "show_error": kolom.tipe not in DAFTAR,
        "error_message": "Pilih salah satu dari daftar: tekan Alt + panah bawah, atau klik segitiga di kanan sel.",
    }


def _date(kolom: Kolom) -> dict[str, Any]:
    """Only a warning: where the computer writes the month first it takes ``15/07/2026`` for text, and we can read that."""
    contoh = "02/07/2026 08.30" if kolom.tipe is Tipe.WAKTU else "02/07/2026"
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(TAHUN_WAJAR.start, 1, 1),
        "maximum": date(TAHUN_WAJAR.stop - 1, 12, 31),
        "error_type": "warning",
        "error_message": f"Komputer ini tidak membacanya sebagai tanggal. Bila hari, bulan, dan tahunnya sudah benar "
        f"(seperti {contoh}), pilih Ya. Bila belum, pilih Tidak lalu perbaiki.",
    }


def _number(kolom: Kolom) -> dict[str, Any]:
    bawah, atas = kolom.minimum or 0, kolom.maksimum or _TERBESAR
    batas = f" dari {bawah} sampai {atas}" if kolom.maksimum else f", paling kecil {bawah}"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": bawah,
        "maximum": atas,
        "error_message": f"Tulis bilangan bulat{batas}, tanpa titik ribuan dan tanpa huruf. Misalnya {example_of(kolom)}.",
    }


def _length(pendek: int, panjang: int) -> dict[str, Any]:
    """The server's bounds of a text, as a warning: spaces and breaks are counted differently there."""
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": pendek,
        "maximum": panjang,
        "error_type": "warning",
        "error_message": f"Panjang isian sebaiknya {pendek} sampai {panjang} huruf. Di luar itu barisnya dapat ditahan.",
    }


def picks_of(kolom: Kolom) -> str:
    """The choices of a column in one line, numbers with their meaning; empty when it has none."""
    kosakata = meanings(kolom) or (load_vocabulary()[kolom.kosakata] if kolom.kosakata else None)
    if kosakata is None:
        return ""
    if all(istilah.nilai.isdecimal() for istilah in kosakata.istilah):
        return "; ".join(f"{istilah.nilai} = {istilah.label}" for istilah in kosakata.istilah)
    return ", ".join(istilah.label for istilah in kosakata.istilah)
