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
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from humas.contract.columns import Kolom, Tipe
from humas.contract.dates import BukanTanggal, parse_date, parse_datetime
from humas.contract.numbers import BukanBilangan, parse_number
from humas.contract.vocabulary import Kosakata, load_vocabulary

_KOSONG = frozenset({"", "-", "--", "–", "—", "n/a", "null", "none"})
_TAK_TAMPAK = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c\ud800-\udfff]"
)
_KODE_UTUH = re.compile(r"\d{2}(?:\.\d{2})?")
_BIT_TERBANYAK = 256
_BUKAN_HURUF = re.compile(r"[\W_]+")
_PISAH_PILIHAN = re.compile(r"\s*[;,\n|]\s*")
_PISAH_TEKS = re.compile(r"\s*[;\n|]\s*")
_PISAH_URL = re.compile(r"[\s;|]+|,(?=\s*https?:)")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9\-]{1,62}|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE
)
_URL_BIASA = re.compile(r"https?://(?:[a-z0-9][a-z0-9\-]{0,61}\.){1,8}[a-z]{2,20}(?:[/?#][!-~]*)?")
PANJANG_URL = 2000


class Masalah(NamedTuple):
    """Why a cell cannot be used. jenis: ``tanggal``, ``bilangan``, ``pilihan`` or ``tautan``."""

    jenis: str
    pesan: str
    cara: str


class Terbaca(NamedTuple):
    """One distinct cell read: its value, and what is to be said of it."""

    nilai: object
    masalah: Masalah | None = None
    catatan: str = ""


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
        return self._spread([satu.nilai for satu in self.unik])

    @cached_property
    def masalah(self) -> dict[int, Masalah]:
        """Rows that could not be read."""
        return {int(i): self.unik[self.kode[i]].masalah for i in self._rows_of("masalah")}

    @cached_property
    def catatan(self) -> dict[int, str]:
        """Rows with a remark code (K11 characters removed, K21 code written as a number)."""
        return {int(i): self.unik[self.kode[i]].catatan for i in self._rows_of("catatan")}

    @property
    def terisi(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Rows where something stands, readable or not."""
        ada = [bool(satu.masalah) or satu.nilai is not None for satu in self.unik]
        return np.asarray(np.array(ada, bool)[self.kode], bool)

    def filled_from(self, lain: KolomTerbaca) -> KolomTerbaca:
        """This column with the other's values in its empty rows."""
        sumber = np.where(self.terisi, self.kode, lain.kode + len(self.unik))
        return KolomTerbaca([*self.unik, *(Terbaca(satu.nilai) for satu in lain.unik)], sumber)

    def _rows_of(self, bagian: str) -> np.ndarray[Any, np.dtype[np.intp]]:
        ada = np.array([bool(getattr(satu, bagian)) for satu in self.unik], bool)
        return np.flatnonzero(ada[self.kode]) if ada.any() else np.empty(0, np.intp)

    def _spread(self, nilai: list[object]) -> np.ndarray[Any, np.dtype[np.object_]]:
        wadah = np.empty(len(nilai), object)
        wadah[:] = nilai
        return np.asarray(wadah[self.kode], object)


def read_column(kolom: Kolom, sel: Sequence[object]) -> KolomTerbaca:
    """Read all cells of a column; each distinct cell value is read once."""
    baca = reader(kolom)
    kenal: dict[object, int] = {}
    polos = set(map(type, sel)) <= {str, type(None)}
    kunci = sel if polos else list(map(_key, sel))
    # The default is evaluated before the key is added, so a new value gets the next number.
    kode = np.fromiter((kenal.setdefault(satu, len(kenal)) for satu in kunci), np.intp, len(sel))
    pertama = np.unique(kode, return_index=True)[1]
    return KolomTerbaca([baca(sel[i]) for i in pertama], kode)


def _key(isi: object) -> object:
    """What tells distinct cells apart: 1, 1.0, True and "1" are four."""
    if type(isi) is str:
        return isi
    return (type(isi), repr(isi) if isinstance(isi, (list, dict)) else isi)


def reader(kolom: Kolom) -> Callable[[object], Terbaca]:
    """The function that reads one cell of a column."""
    baca = _READERS[kolom.tipe]

    def read_cell(isi: object) -> Terbaca:
        if is_blank(isi):
            return Terbaca(kolom.bawaan)
        return baca(kolom, isi)

    return read_cell


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
    bersih = _TAK_TAMPAK.sub("", unicodedata.normalize("NFC", teks))
    return " ".join(bersih.split()), _TAK_TAMPAK.search(teks) is not None


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
    return str(isi)


def _read_text(kolom: Kolom, isi: object) -> Terbaca:
    bersih, kotor = clean_text(as_text(isi))
    return Terbaca(bersih or kolom.bawaan, catatan="K11" if kotor else "")


def _read_code(kolom: Kolom, isi: object) -> Terbaca:
    """A code stays text; a number is taken for what the spreadsheet program shows of it, worth a remark when whole."""
    if isinstance(isi, (int, float)) and not isinstance(isi, bool):
        return Terbaca(as_text(isi), catatan="K21" if _KODE_UTUH.fullmatch(as_text(isi)) else "")
    bersih, kotor = clean_text(as_text(isi))
    return Terbaca(bersih.lstrip("'").strip(), catatan="K11" if kotor else "")


def _read_date(kolom: Kolom, isi: object) -> Terbaca:
    try:
        return Terbaca(datetime.combine(parse_date(isi), datetime.min.time()))
    except BukanTanggal as galat:
        return Terbaca(None, Masalah("tanggal", galat.pesan, galat.cara))


def _read_datetime(kolom: Kolom, isi: object) -> Terbaca:
    try:
        return Terbaca(parse_datetime(isi))
    except BukanTanggal as galat:
        cara = "Tulis tanggal dan jam, misalnya 13/08/2026 08.30." if galat.pesan == "bukan tanggal" else galat.cara
        return Terbaca(None, Masalah("tanggal", galat.pesan, cara))


def _read_number(kolom: Kolom, isi: object) -> Terbaca:
    try:
        return Terbaca(parse_number(isi))
    except BukanBilangan as galat:
        return Terbaca(None, Masalah("bilangan", galat.pesan, galat.cara))


def _read_choice(kolom: Kolom, isi: object) -> Terbaca:
    """An unknown choice keeps its text, so that the expectation on the vocabulary sees it."""
    tertulis = clean_text(as_text(isi))[0]
    nilai = choices(kolom.kosakata or "").get(fold(tertulis))
    return Terbaca(nilai) if nilai else Terbaca(tertulis or None, unknown_choice(kolom, tertulis))


def _read_choices(kolom: Kolom, isi: object) -> Terbaca:
    kenal = choices(kolom.kosakata or "")
    bagian = _parts(isi, _PISAH_PILIHAN)
    if isinstance(isi, str) and fold(isi) in kenal:
        bagian = [isi]
    nilai = [kenal.get(fold(satu)) for satu in bagian]
    asing = next((satu for satu, dapat in zip(bagian, nilai, strict=True) if not dapat), "")
    return Terbaca(_as_json([satu for satu in nilai if satu]), unknown_choice(kolom, asing) if asing else None)


def _read_texts(kolom: Kolom, isi: object) -> Terbaca:
    bersih = [clean_text(satu) for satu in _parts(isi, _PISAH_TEKS)]
    return Terbaca(_as_json([teks for teks, _ in bersih]), catatan="K11" if any(kotor for _, kotor in bersih) else "")


def _read_url(kolom: Kolom, isi: object) -> Terbaca:
    alamat = clean_text(as_text(isi))[0]
    masalah = _url_problem(alamat)
    return Terbaca(None if masalah else alamat, masalah)


def _read_urls(kolom: Kolom, isi: object) -> Terbaca:
    bagian = _parts(isi, _PISAH_URL)
    masalah = [_url_problem(satu) for satu in bagian]
    baik = [satu for satu, salah in zip(bagian, masalah, strict=True) if not salah]
    return Terbaca(_as_json(baik), next(filter(None, masalah), None))


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


def _parts(isi: object, pisah: re.Pattern[str]) -> list[str]:
    """A list cell as its parts: a JSON list as it is, text split at its separators; every part once."""
    mentah = map(as_text, isi) if isinstance(isi, list) else pisah.split(as_text(isi))
    return list(dict.fromkeys(bersih for satu in mentah if (bersih := satu.strip()) and not is_blank(bersih)))


def _as_json(bagian: list[str]) -> str | None:
    return json.dumps(bagian, ensure_ascii=False) if bagian else None


def _url_problem(alamat: str) -> Masalah | None:
    """Only a whole http(s) address of a named host is a link; credentials in it are refused."""
    if _URL_BIASA.fullmatch(alamat) and len(alamat) <= PANJANG_URL:
        return None
    cara = "Tulis alamat lengkap yang diawali https://."
    if not re.match(r"https?://", alamat, re.IGNORECASE):
        return Masalah("tautan", "bukan alamat http(s)", cara)
    try:
        urai = urlsplit(alamat)
        host, bersandi = urai.hostname or "", urai.username is not None
    except ValueError:
        return Masalah("tautan", "bukan alamat yang sah", cara)
    if bersandi:
        return Masalah("tautan", "memuat nama pengguna atau sandi", "Hapus bagian sebelum tanda @ pada alamat.")
    if len(alamat) > PANJANG_URL or any(h.isspace() for h in alamat) or not _HOST.fullmatch(host):
        return Masalah("tautan", "bukan alamat yang sah", cara)
    return None


def unknown_choice(kolom: Kolom, tertulis: str) -> Masalah:
    """What to say of a choice that is not in the vocabulary, with the nearest one."""
    kosakata = load_vocabulary()[kolom.kosakata or ""]
    label = [istilah.label for istilah in kosakata.istilah]
    dekat = get_close_matches(tertulis.casefold(), [satu.casefold() for satu in label], n=1, cutoff=0.6)
    if dekat:
        saran = next(satu for satu in label if satu.casefold() == dekat[0])
        cara = f"Mungkin maksudnya {saran}."
    else:
        cara = f"Pilih: {', '.join(label[:8])}{', …' if len(label) > 8 else ''}."
    return Masalah("pilihan", f"tidak dikenal sebagai {kolom.label.lower()}", cara)


def fold(teks: str) -> str:
    """Letters and digits only, lower case: how a choice or a header is compared."""
    rapi = teks if teks.isascii() else unicodedata.normalize("NFKC", teks)
    return _BUKAN_HURUF.sub("", rapi.casefold())


@cache
def choices(nama: str) -> dict[str, str]:
    """Folded words of a vocabulary → stored value: values and labels first, synonyms never override them."""
    kosakata: Kosakata = load_vocabulary()[nama]
    kenal = {fold(kata): i.nilai for i in kosakata.istilah for kata in i.sinonim}
    return kenal | {fold(kata): i.nilai for i in kosakata.istilah for kata in (i.label, i.nilai)}
