"""From cells as written to values of the contract's types, one distinct value at a time.

A cell that cannot be read is no exception but a ``Masalah`` at its position: validation names the row and goes on.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from humas.contract.columns import Kolom, Tipe, all_columns
from humas.contract.dates import HARI, BukanTanggal, Tanggal, read_dates
from humas.contract.numbered import is_tick
from humas.contract.numbers import BukanBilangan, read_number
from humas.contract.vocabulary import load_vocabulary
from humas.contract.words import choices as choices
from humas.contract.words import find_choice, find_choices, meanings, nearest_labels
from humas.contract.words import fold as fold
from humas.reading.table import SelRusak

_KOSONG = frozenset({"", "-", "--", "---", "–", "—", "n/a", "n.a", "n.a.", "null", "none", ".", "…"})
_TANPA_ISI = frozenset({
    "nihil",
    "tidakada",
    "tdkada",
    "takada",
    "belumada",
    "kosong",
    "nil",
    "tidaktersedia",
    "belumtersedia",
})
_TAK_TAMPAK = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u061c\ud800-\udfff"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_KODE_UTUH = re.compile(r"\d{2}(?:\.\d{2})?")
_BIT_TERBANYAK = 256
_GALAT_SEL = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_KATA_KOSONG_TERPANJANG = 24
_PILIHAN_DITULIS = 8
KOSAKATA_BERNOMOR = {"strategi_utama": "strategi", "strategi_lain": "strategi"}
"""Columns that hold numbers of a vocabulary, whose words are read as well."""
_CARA_BILANGAN = "Tulis bilangan bulat tanpa huruf, misalnya"
_PISAH_TEKS = re.compile(r"\s*[;\n|]\s*")
_PISAH_URL = re.compile(r"[\s;|]+|,(?=\s*https?:)")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9\-]{1,62}|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE
)
_URL_BIASA = re.compile(r"https?://(?:[a-z0-9][a-z0-9\-]{0,61}\.){1,8}[a-z]{2,20}(?:[/?#][!-~]*)?")
PANJANG_URL = 2000


class Masalah(NamedTuple):
    """Why a cell cannot be used. jenis: ``tanggal``, ``bilangan``, ``pilihan``, ``tautan`` or ``rumus``.

    asing: an unknown choice as written; :func:`remedy_of` looks for the nearest ones, which takes its time.
    """

    jenis: str
    pesan: str
    cara: str
    asing: str = ""


class Terbaca(NamedTuple):
    """One distinct cell read: its value, and what is to be said of it.

    catatan: code of a rule to remark, ket: the remark in words, "" for the general ones. akhir: end of a span of dates.
    tanggal: a date whose year is not written, so that ``masalah`` stands until the period tells the year.
    """

    nilai: object
    masalah: Masalah | None = None
    catatan: str = ""
    ket: str = ""
    akhir: object = None
    tanggal: Tanggal | None = None


@dataclass(frozen=True)
class KolomTerbaca:
    """A column read, kept as its distinct cells: ``unik[kode[i]]`` is what was read in row ``i``.

    Values are datetime for dates and times, int for numbers, JSON text for lists, else text; None is empty or unreadable.
    """

    unik: list[Terbaca]
    kode: np.ndarray[Any, np.dtype[np.intp]]

    @cached_property
    def nilai(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The values by row."""
        return self._spread([reading.nilai for reading in self.unik])

    @cached_property
    def masalah(self) -> dict[int, Masalah]:
        """Rows that could not be read."""
        return {int(i): self.unik[self.kode[i]].masalah for i in self._rows_of("masalah")}

    @cached_property
    def catatan(self) -> dict[int, str]:
        """Rows with a remark code (K11 characters removed, K21 code written as a number, K40 words interpreted)."""
        return {int(i): self.unik[self.kode[i]].catatan for i in self._rows_of("catatan")}

    @cached_property
    def ket(self) -> dict[int, str]:
        """Rows whose remark has words of its own."""
        return {int(i): self.unik[self.kode[i]].ket for i in self._rows_of("ket")}

    @property
    def terisi(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Rows where something stands, readable or not."""
        present = [bool(reading.masalah) or reading.nilai is not None for reading in self.unik]
        return np.asarray(np.array(present, bool)[self.kode], bool)

    def filled_from(self, lain: KolomTerbaca) -> KolomTerbaca:
        """This column with the other's values in its empty rows; of a span of dates its end."""
        source = np.where(self.terisi, self.kode, lain.kode + len(self.unik))
        return KolomTerbaca([*self.unik, *(Terbaca(reading.akhir or reading.nilai) for reading in lain.unik)], source)

    def with_years(self, rentang: Callable[[int], tuple[date, date]]) -> KolomTerbaca:
        """This column with dates that state no year put into the period of their row, where they fit into it.

        rentang: first and last day of the period of a row, by the row's position.
        """
        lacking = self._rows_of("tanggal")
        if not len(lacking):
            return self
        distinct, codes = list(self.unik), self.kode.copy()
        positions: dict[tuple[int, date], int] = {}
        for i in lacking.tolist():
            start, end = rentang(i)
            key = (int(self.kode[i]), start)
            if key not in positions:
                positions[key] = len(distinct)
                distinct.append(_with_year(self.unik[key[0]], start, end))
            codes[i] = positions[key]
        return KolomTerbaca(distinct, codes)

    def _rows_of(self, attribute: str) -> np.ndarray[Any, np.dtype[np.intp]]:
        present = np.array([bool(getattr(reading, attribute)) for reading in self.unik], bool)
        return np.flatnonzero(present[self.kode]) if present.any() else np.empty(0, np.intp)

    def _spread(self, values: list[object]) -> np.ndarray[Any, np.dtype[np.object_]]:
        holder = np.empty(len(values), object)
        holder[:] = values
        return np.asarray(holder[self.kode], object)


def read_column(kolom: Kolom, sel: Sequence[object]) -> KolomTerbaca:
    """Read all cells of a column; each distinct cell value is read once."""
    read = reader(kolom)
    known: dict[object, int] = {}
    plain = set(map(type, sel)) <= {str, type(None)}
    keys = sel if plain else list(map(_key, sel))
    # The default is evaluated before the key is added, so a new value gets the next number.
    codes = np.fromiter((known.setdefault(key, len(known)) for key in keys), np.intp, len(sel))
    first = np.unique(codes, return_index=True)[1]
    return KolomTerbaca([read(sel[i]) for i in first], codes)


def _key(cell: object) -> object:
    """What tells distinct cells apart: 1, 1.0, True and "1" are four."""
    if type(cell) is str:
        return cell
    if isinstance(cell, dict):
        return (dict, tuple((_key(name), _key(content)) for name, content in cell.items()))
    return (type(cell), tuple(map(_key, cell)) if isinstance(cell, list) else cell)


def reader(kolom: Kolom) -> Callable[[object], Terbaca]:
    """The function that reads one cell of a column."""
    read = _READERS[kolom.tipe]

    def read_cell(cell: object) -> Terbaca:
        if is_blank(cell):
            return Terbaca(kolom.bawaan)
        if isinstance(cell, str):
            if isinstance(cell, SelRusak) or (cell[0] in "#E" and _GALAT_SEL.fullmatch(cell.strip())):
                return _read_broken(kolom, cell)
            if len(cell) < _KATA_KOSONG_TERPANJANG and fold(cell) in _TANPA_ISI and not _allows(kolom, cell):
                return Terbaca(kolom.bawaan)
        return read(kolom, cell)

    return read_cell


def _allows(column: Kolom, cell: str) -> bool:
    """Whether a word for nothing is a value of the column: ``tidak ada`` answers a question for yes or no."""
    return column.kosakata is not None and fold(cell) in choices(column.kosakata)


def _read_broken(column: Kolom, cell: str) -> Terbaca:
    """A formula that gives nothing: in a number or a date it holds the row back, elsewhere the cell counts as empty."""
    if cell.startswith("="):
        message, remedy = "rumus yang belum dihitung", "Buka berkas di aplikasi lembar kerja, simpan, lalu kirim ulang."
    else:
        message, remedy = "galat rumus", "Perbaiki rumusnya atau tulis nilainya langsung."
    if column.tipe in {Tipe.TEKS, Tipe.KODE, Tipe.DAFTAR_TEKS}:
        return Terbaca(column.bawaan, catatan="K41", ket=f"adalah {message}; isian ini tidak dipakai")
    value = cell if column.tipe is Tipe.PILIHAN else None
    return Terbaca(value, Masalah("rumus", f"adalah {message}", remedy))


def is_blank(isi: object) -> bool:
    """Whether a cell says nothing: empty, spaces, a dash, an empty list."""
    if isi is None:
        return True
    if isinstance(isi, str):
        return not isi or isi.isspace() or (len(isi) < 8 and isi.strip().lower() in _KOSONG)
    return isinstance(isi, list) and all(map(is_blank, isi))


def clean_text(teks: str) -> tuple[str, bool]:
    """Text in NFC with single spaces and without control, bidirectional and invisible characters; whether any were there."""
    if teks.isascii() and teks.isprintable() and "  " not in teks:
        return teks.strip(), False
    clean = _TAK_TAMPAK.sub("", unicodedata.normalize("NFC", teks))
    return " ".join(clean.split()), _TAK_TAMPAK.search(teks) is not None


def as_text(isi: object) -> str:
    """A cell of any type as its writer saw it."""
    if isinstance(isi, bool):
        return "Ya" if isi else "Tidak"
    if isinstance(isi, float) and isi.is_integer() and abs(isi) < 10**16:
        return str(int(isi))
    if isinstance(isi, int) and isi.bit_length() > _BIT_TERBANYAK:
        return "bilangan yang sangat panjang"
    if isinstance(isi, datetime):
        return isi.strftime("%d/%m/%Y" if isi.time() == datetime.min.time() else "%d/%m/%Y %H.%M")
    if isinstance(isi, date):
        return isi.strftime("%d/%m/%Y")
    if isinstance(isi, list):
        return "; ".join(map(as_text, isi))
    if isinstance(isi, dict):
        return "; ".join(f"{as_text(name)}: {as_text(content)}" for name, content in isi.items())
    return str(isi)


def _visible(cell: object) -> object:
    """A cell without the invisible characters that come along when dates and numbers are copied from chats and pages."""
    return clean_text(cell)[0] if isinstance(cell, str) and not cell.isascii() else cell


def _read_text(column: Kolom, cell: object) -> Terbaca:
    clean, dirty = clean_text(as_text(cell))
    return Terbaca(clean or column.bawaan, catatan="K11" if dirty else "")


def _read_code(column: Kolom, cell: object) -> Terbaca:
    """A code stays text; a number is taken for what the spreadsheet program shows of it, worth a remark when whole."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Terbaca(as_text(cell), catatan="K21" if _KODE_UTUH.fullmatch(as_text(cell)) else "")
    clean, dirty = clean_text(as_text(cell))
    return Terbaca(clean.lstrip("'").strip(), catatan="K11" if dirty else "")


def _read_date(column: Kolom, cell: object) -> Terbaca:
    """A date; a span where the contract has a start and an end, a year-less one to be completed by the period."""
    try:
        reading = read_dates(_visible(cell))
    except BukanTanggal as error:
        return Terbaca(None, Masalah("tanggal", error.pesan, error.cara))
    if not reading.bertahun:
        problem = Masalah("tanggal", "tidak menyebut tahun", "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026.")
        return Terbaca(None, problem, tanggal=reading)
    return _of_date(column, reading)


def _of_date(column: Kolom, reading: Tanggal) -> Terbaca:
    start, end = (_midnight(moment) for moment in (reading.mulai, reading.selesai))
    code, wording = _date_remark(reading)
    if start == end:
        return Terbaca(start, catatan=code, ket=wording)
    if column.bawaan_dari:
        return Terbaca(end, catatan="K40", ket=f"memuat dua tanggal; dipakai yang akhir, {end:%d/%m/%Y}")
    if column.nama in _starts():
        span = f"memuat dua tanggal; dibaca mulai {start:%d/%m/%Y} selesai {end:%d/%m/%Y}"
        return Terbaca(start, catatan=code or "K40", ket=wording or span, akhir=end)
    return Terbaca(None, Masalah("tanggal", "menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026."))


@cache
def _starts() -> frozenset[str]:
    """Columns whose value another one takes when it is empty: starts of spans."""
    return frozenset(column.bawaan_dari for _, column in all_columns() if column.bawaan_dari)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), datetime.min.time())


def _date_remark(reading: Tanggal) -> tuple[str, str]:
    """Rule and words of what is to be said of a date; a weekday that does not fit weighs most."""
    if reading.hari_meleset and reading.hari is not None:
        weekday = HARI[reading.mulai.weekday()]
        return (
            "V10",
            f"{reading.mulai:%d/%m/%Y} adalah {weekday}, tertulis {HARI[reading.hari]}; tanggalnya tetap dipakai",
        )
    return ("K40", f"{reading.catatan}; dibaca {reading.mulai:%d/%m/%Y}") if reading.catatan else ("", "")


def _with_year(reading: Terbaca, first_day: date, last_day: date) -> Terbaca:
    """A date without a year as the period places it, with the remark that it was inferred (V11)."""
    complete = reading.tanggal.with_year(first_day, last_day) if reading.tanggal else None
    if complete is None:
        return reading
    start, end = (_midnight(moment) for moment in (complete.mulai, complete.selesai))
    code, wording = _date_remark(complete)
    if code != "V10":
        code, wording = "V11", f"tahun tidak tertulis; dibaca {start:%d/%m/%Y} menurut periode laporan"
    return Terbaca(start, catatan=code, ket=wording, akhir=None if start == end else end)


def _read_datetime(column: Kolom, cell: object) -> Terbaca:
    remedy = "Tulis tanggal dan jam, misalnya 13/08/2026 08.30."
    try:
        reading = read_dates(_visible(cell))
    except BukanTanggal as error:
        return Terbaca(None, Masalah("tanggal", error.pesan, remedy if error.pesan == "bukan tanggal" else error.cara))
    if not reading.bertahun:
        return Terbaca(None, Masalah("tanggal", "tidak menyebut tahun", remedy), tanggal=reading)
    if reading.mulai.date() != reading.selesai.date():
        return Terbaca(None, Masalah("tanggal", "menyebut dua tanggal", remedy))
    code, wording = _date_remark(reading)
    return Terbaca(reading.mulai, catatan=code, ket=wording)


def _read_number(column: Kolom, cell: object) -> Terbaca:
    try:
        figure = read_number(_visible(cell))
    except BukanBilangan as error:
        if column.nama in KOSAKATA_BERNOMOR:
            return _read_numbered(column, cell)
        return Terbaca(
            None, Masalah("bilangan", error.pesan, error.cara or f"{_CARA_BILANGAN} {column.contoh.replace('.', '')}.")
        )
    return Terbaca(figure.nilai, catatan="K40" if figure.catatan else "", ket=figure.catatan)


def _read_numbered(column: Kolom, cell: object) -> Terbaca:
    """The number of a numbered vocabulary by its words: ``Strategi III``, ``2. Menyelenggarakan pertemuan``."""
    written = clean_text(as_text(cell))[0].strip("'\"` ")
    choice = find_choice(KOSAKATA_BERNOMOR[column.nama], written)
    if choice is None:
        return Terbaca(None, unknown_choice(column, written))
    wording = f"dibaca sebagai {choice.nilai}" if choice.catatan else ""
    return Terbaca(int(choice.nilai), catatan="K40" if wording else "", ket=wording)


def _read_choice(column: Kolom, cell: object) -> Terbaca:
    """An unknown choice keeps its text, so that the expectation on the vocabulary sees it."""
    written = clean_text(as_text(cell))[0].strip("'\"` ")
    choice = find_choice(column.kosakata or "", written)
    if choice is None:
        return Terbaca(written or None, unknown_choice(column, written))
    return Terbaca(choice.nilai, catatan="K40" if choice.catatan else "", ket=choice.catatan)


def _read_choices(column: Kolom, cell: object) -> Terbaca:
    parts = [as_text(part) for part in cell] if isinstance(cell, list) else re.split(r"[\r\n]+", as_text(cell))
    found = find_choices(column.kosakata or "", [clean_text(part)[0] for part in parts if not is_blank(part)])
    problem = unknown_choice(column, found.asing) if found.asing else None
    return Terbaca(_as_json(list(found.nilai)), problem, "K40" if found.catatan else "", found.catatan)


def _read_texts(column: Kolom, cell: object) -> Terbaca:
    cleaned = [clean_text(part) for part in _parts(cell, _PISAH_TEKS)]
    return Terbaca(_as_json([text for text, _ in cleaned]), catatan="K11" if any(dirty for _, dirty in cleaned) else "")


def _read_url(column: Kolom, cell: object) -> Terbaca:
    address = clean_text(as_text(cell))[0]
    problem = _url_problem(address)
    return Terbaca(None if problem else address, problem)


def _read_urls(column: Kolom, cell: object) -> Terbaca:
    parts = _parts(cell, _PISAH_URL)
    problems = [_url_problem(part) for part in parts]
    good = [part for part, problem in zip(parts, problems, strict=True) if not problem]
    return Terbaca(_as_json(good), next(filter(None, problems), None))


_READERS: dict[Tipe, Callable[[Kolom, object], Terbaca]] = {
    Tipe.TEKS: _read_text,
    Tipe.KODE: _read_code,
    Tipe.TANGGAL: _read_date,
    Tipe.WAKTU: _read_datetime,
    Tipe.BILANGAN: _read_number,
    Tipe.PILIHAN: _read_choice,
    Tipe.DAFTAR_PILIHAN: _read_choices,
    Tipe.DAFTAR_TEKS: _read_texts,
    Tipe.URL: _read_url,
    Tipe.DAFTAR_URL: _read_urls,
}


def _parts(cell: object, separator: re.Pattern[str]) -> list[str]:
    """A list cell as its parts: a JSON list as it is, text split at its separators; every part once."""
    raw = map(as_text, cell) if isinstance(cell, list) else separator.split(as_text(cell))
    return list(dict.fromkeys(stripped for part in raw if (stripped := part.strip()) and not is_blank(stripped)))


def _as_json(parts: list[str]) -> str | None:
    return json.dumps(parts, ensure_ascii=False) if parts else None


def _url_problem(address: str) -> Masalah | None:
    """Only a whole http(s) address of a named host is a link; credentials in it are refused."""
    if _URL_BIASA.fullmatch(address) and len(address) <= PANJANG_URL:
        return None
    remedy = "Tulis alamat lengkap yang diawali https://."
    if not re.match(r"https?://", address, re.IGNORECASE):
        return Masalah("tautan", "bukan alamat http(s)", remedy)
    try:
        parsed = urlsplit(address)
        host, credentials = parsed.hostname or "", parsed.username is not None
    except ValueError:
        return Masalah("tautan", "bukan alamat yang sah", remedy)
    if credentials:
        return Masalah("tautan", "memuat nama pengguna atau sandi", "Hapus bagian sebelum tanda @ pada alamat.")
    if len(address) > PANJANG_URL or any(letter.isspace() for letter in address) or not _HOST.fullmatch(host):
        return Masalah("tautan", "bukan alamat yang sah", remedy)
    return None


def unknown_choice(kolom: Kolom, tertulis: str) -> Masalah:
    """What to say of a choice that is not in the vocabulary."""
    if kolom.nama in KOSAKATA_BERNOMOR:
        return _unknown_number(kolom, tertulis)
    labels = [term.label for term in load_vocabulary()[kolom.kosakata or ""].istilah]
    offered = f"{', '.join(labels[:_PILIHAN_DITULIS])}{', …' if len(labels) > _PILIHAN_DITULIS else ''}"
    return Masalah("pilihan", f"tidak dikenal sebagai {kolom.label.lower()}", f"Pilih: {offered}.", tertulis)


def remedy_of(kolom: Kolom, masalah: Masalah) -> str:
    """What to do about a cell that cannot be used; of an unknown choice, the nearest ones where there are any."""
    nearest = nearest_labels(kolom.kosakata or "", masalah.asing) if masalah.asing else []
    return f"Mungkin maksudnya {' atau '.join(nearest)}. Tulis salah satu." if nearest else masalah.cara


def _unknown_number(column: Kolom, written: str) -> Masalah:
    name = KOSAKATA_BERNOMOR[column.nama]
    message = f"tidak dikenal sebagai {column.label.lower()}"
    if len(meant := meanings(name, written)) > 1:
        message = f"dapat berarti {name} {' atau '.join(meant)}"
    elif is_tick(written):
        message = f"dapat berarti {name} 5 atau tanda centang"
    return Masalah("pilihan", message, numbered_remedy(column))


def numbered_remedy(kolom: Kolom) -> str:
    """The numbers to choose from, each with its short name."""
    terms = load_vocabulary()[KOSAKATA_BERNOMOR[kolom.nama]].istilah
    what = "satu nomor" if kolom.tipe is Tipe.BILANGAN else "nomornya"
    return f"Tulis {what}: {', '.join(f'{term.nilai} {term.ringkas}' for term in terms)}."
