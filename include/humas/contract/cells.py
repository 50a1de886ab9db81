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
        return self._spread([satu.nilai for satu in self.unik])

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
        ada = [bool(satu.masalah) or satu.nilai is not None for satu in self.unik]
        return np.asarray(np.array(ada, bool)[self.kode], bool)

    def filled_from(self, lain: KolomTerbaca) -> KolomTerbaca:
        """This column with the other's values in its empty rows; of a span of dates its end."""
        sumber = np.where(self.terisi, self.kode, lain.kode + len(self.unik))
        return KolomTerbaca([*self.unik, *(Terbaca(satu.akhir or satu.nilai) for satu in lain.unik)], sumber)

    def with_years(self, rentang: Callable[[int], tuple[date, date]]) -> KolomTerbaca:
        """This column with dates that state no year put into the period of their row, where they fit into it.

        rentang: first and last day of the period of a row, by the row's position.
        """
        kurang = self._rows_of("tanggal")
        if not len(kurang):
            return self
        unik, kode = list(self.unik), self.kode.copy()
        letak: dict[tuple[int, date], int] = {}
        for i in kurang.tolist():
            awal, akhir = rentang(i)
            kunci = (int(self.kode[i]), awal)
            if kunci not in letak:
                letak[kunci] = len(unik)
                unik.append(_with_year(self.unik[kunci[0]], awal, akhir))
            kode[i] = letak[kunci]
        return KolomTerbaca(unik, kode)

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
    if isinstance(isi, dict):
        return (dict, tuple((_key(nama), _key(satu)) for nama, satu in isi.items()))
    return (type(isi), tuple(map(_key, isi)) if isinstance(isi, list) else isi)


def reader(kolom: Kolom) -> Callable[[object], Terbaca]:
    """The function that reads one cell of a column."""
    baca = _READERS[kolom.tipe]

    def read_cell(isi: object) -> Terbaca:
        if is_blank(isi):
            return Terbaca(kolom.bawaan)
        if isinstance(isi, str):
            if isinstance(isi, SelRusak) or (isi[0] in "#E" and _GALAT_SEL.fullmatch(isi.strip())):
                return _read_broken(kolom, isi)
            if len(isi) < _KATA_KOSONG_TERPANJANG and fold(isi) in _TANPA_ISI and not _allows(kolom, isi):
                return Terbaca(kolom.bawaan)
        return baca(kolom, isi)

    return read_cell


def _allows(kolom: Kolom, isi: str) -> bool:
    """Whether a word for nothing is a value of the column: ``tidak ada`` answers a question for yes or no."""
    return kolom.kosakata is not None and fold(isi) in choices(kolom.kosakata)


def _read_broken(kolom: Kolom, isi: str) -> Terbaca:
    """A formula that gives nothing: in a number or a date it holds the row back, elsewhere the cell counts as empty."""
    if isi.startswith("="):
        pesan, cara = "rumus yang belum dihitung", "Buka berkas di aplikasi lembar kerja, simpan, lalu kirim ulang."
    else:
        pesan, cara = "galat rumus", "Perbaiki rumusnya atau tulis nilainya langsung."
    if kolom.tipe in {Tipe.TEKS, Tipe.KODE, Tipe.DAFTAR_TEKS}:
        return Terbaca(kolom.bawaan, catatan="K41", ket=f"adalah {pesan}; isian ini tidak dipakai")
    nilai = isi if kolom.tipe is Tipe.PILIHAN else None
    return Terbaca(nilai, Masalah("rumus", f"adalah {pesan}", cara))


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
    if isinstance(isi, dict):
        return "; ".join(f"{as_text(nama)}: {as_text(satu)}" for nama, satu in isi.items())
    return str(isi)


def _visible(isi: object) -> object:
    """A cell without the invisible characters that come along when dates and numbers are copied from chats and pages."""
    return clean_text(isi)[0] if isinstance(isi, str) and not isi.isascii() else isi


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
    """A date; a span where the contract has a start and an end, a year-less one to be completed by the period."""
    try:
        terbaca = read_dates(_visible(isi))
    except BukanTanggal as galat:
        return Terbaca(None, Masalah("tanggal", galat.pesan, galat.cara))
    if not terbaca.bertahun:
        masalah = Masalah("tanggal", "tidak menyebut tahun", "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026.")
        return Terbaca(None, masalah, tanggal=terbaca)
    return _of_date(kolom, terbaca)


def _of_date(kolom: Kolom, terbaca: Tanggal) -> Terbaca:
    mulai, selesai = (_midnight(satu) for satu in (terbaca.mulai, terbaca.selesai))
    kode, ket = _date_remark(terbaca)
    if mulai == selesai:
        return Terbaca(mulai, catatan=kode, ket=ket)
    if kolom.bawaan_dari:
        return Terbaca(selesai, catatan="K40", ket=f"memuat dua tanggal; dipakai yang akhir, {selesai:%d/%m/%Y}")
    if kolom.nama in _starts():
        dibaca = f"memuat dua tanggal; dibaca mulai {mulai:%d/%m/%Y} selesai {selesai:%d/%m/%Y}"
        return Terbaca(mulai, catatan=kode or "K40", ket=ket or dibaca, akhir=selesai)
    return Terbaca(None, Masalah("tanggal", "menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026."))


@cache
def _starts() -> frozenset[str]:
    """Columns whose value another one takes when it is empty: starts of spans."""
    return frozenset(kolom.bawaan_dari for _, kolom in all_columns() if kolom.bawaan_dari)


def _midnight(waktu: datetime) -> datetime:
    return datetime.combine(waktu.date(), datetime.min.time())


def _date_remark(terbaca: Tanggal) -> tuple[str, str]:
    """Rule and words of what is to be said of a date; a weekday that does not fit weighs most."""
    if terbaca.hari_meleset and terbaca.hari is not None:
        benar = HARI[terbaca.mulai.weekday()]
        return (
            "V10",
            f"{terbaca.mulai:%d/%m/%Y} adalah {benar}, tertulis {HARI[terbaca.hari]}; tanggalnya tetap dipakai",
        )
    return ("K40", f"{terbaca.catatan}; dibaca {terbaca.mulai:%d/%m/%Y}") if terbaca.catatan else ("", "")


def _with_year(satu: Terbaca, awal: date, akhir: date) -> Terbaca:
    """A date without a year as the period places it, with the remark that it was inferred (V11)."""
    lengkap = satu.tanggal.with_year(awal, akhir) if satu.tanggal else None
    if lengkap is None:
        return satu
    mulai, selesai = (_midnight(waktu) for waktu in (lengkap.mulai, lengkap.selesai))
    kode, ket = _date_remark(lengkap)
    if kode != "V10":
        kode, ket = "V11", f"tahun tidak tertulis; dibaca {mulai:%d/%m/%Y} menurut periode laporan"
    return Terbaca(mulai, catatan=kode, ket=ket, akhir=None if mulai == selesai else selesai)


def _read_datetime(kolom: Kolom, isi: object) -> Terbaca:
    cara = "Tulis tanggal dan jam, misalnya 13/08/2026 08.30."
    try:
        terbaca = read_dates(_visible(isi))
    except BukanTanggal as galat:
        return Terbaca(None, Masalah("tanggal", galat.pesan, cara if galat.pesan == "bukan tanggal" else galat.cara))
    if not terbaca.bertahun:
        return Terbaca(None, Masalah("tanggal", "tidak menyebut tahun", cara), tanggal=terbaca)
    if terbaca.mulai.date() != terbaca.selesai.date():
        return Terbaca(None, Masalah("tanggal", "menyebut dua tanggal", cara))
    kode, ket = _date_remark(terbaca)
    return Terbaca(terbaca.mulai, catatan=kode, ket=ket)


def _read_number(kolom: Kolom, isi: object) -> Terbaca:
    try:
        angka = read_number(_visible(isi))
    except BukanBilangan as galat:
        if kolom.nama in KOSAKATA_BERNOMOR:
            return _read_numbered(kolom, isi)
        return Terbaca(
            None, Masalah("bilangan", galat.pesan, galat.cara or f"{_CARA_BILANGAN} {kolom.contoh.replace('.', '')}.")
        )
    return Terbaca(angka.nilai, catatan="K40" if angka.catatan else "", ket=angka.catatan)


def _read_numbered(kolom: Kolom, isi: object) -> Terbaca:
    """The number of a numbered vocabulary by its words: ``Strategi III``, ``2. Menyelenggarakan pertemuan``."""
    tertulis = clean_text(as_text(isi))[0].strip("'\"` ")
    pilihan = find_choice(KOSAKATA_BERNOMOR[kolom.nama], tertulis)
    if pilihan is None:
        return Terbaca(None, unknown_choice(kolom, tertulis))
    ket = f"dibaca sebagai {pilihan.nilai}" if pilihan.catatan else ""
    return Terbaca(int(pilihan.nilai), catatan="K40" if ket else "", ket=ket)


def _read_choice(kolom: Kolom, isi: object) -> Terbaca:
    """An unknown choice keeps its text, so that the expectation on the vocabulary sees it."""
    tertulis = clean_text(as_text(isi))[0].strip("'\"` ")
    pilihan = find_choice(kolom.kosakata or "", tertulis)
    if pilihan is None:
        return Terbaca(tertulis or None, unknown_choice(kolom, tertulis))
    return Terbaca(pilihan.nilai, catatan="K40" if pilihan.catatan else "", ket=pilihan.catatan)


def _read_choices(kolom: Kolom, isi: object) -> Terbaca:
    bagian = [as_text(satu) for satu in isi] if isinstance(isi, list) else re.split(r"[\r\n]+", as_text(isi))
    ada = find_choices(kolom.kosakata or "", [clean_text(satu)[0] for satu in bagian if not is_blank(satu)])
    masalah = unknown_choice(kolom, ada.asing) if ada.asing else None
    return Terbaca(_as_json(list(ada.nilai)), masalah, "K40" if ada.catatan else "", ada.catatan)


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
    """What to say of a choice that is not in the vocabulary."""
    if kolom.nama in KOSAKATA_BERNOMOR:
        return _unknown_number(kolom, tertulis)
    label = [istilah.label for istilah in load_vocabulary()[kolom.kosakata or ""].istilah]
    pilihan = f"{', '.join(label[:_PILIHAN_DITULIS])}{', …' if len(label) > _PILIHAN_DITULIS else ''}"
    return Masalah("pilihan", f"tidak dikenal sebagai {kolom.label.lower()}", f"Pilih: {pilihan}.", tertulis)


def remedy_of(kolom: Kolom, masalah: Masalah) -> str:
    """What to do about a cell that cannot be used; of an unknown choice, the nearest ones where there are any."""
    dekat = nearest_labels(kolom.kosakata or "", masalah.asing) if masalah.asing else []
    return f"Mungkin maksudnya {' atau '.join(dekat)}. Tulis salah satu." if dekat else masalah.cara


def _unknown_number(kolom: Kolom, tertulis: str) -> Masalah:
    nama = KOSAKATA_BERNOMOR[kolom.nama]
    pesan = f"tidak dikenal sebagai {kolom.label.lower()}"
    if len(arti := meanings(nama, tertulis)) > 1:
        pesan = f"dapat berarti {nama} {' atau '.join(arti)}"
    elif is_tick(tertulis):
        pesan = f"dapat berarti {nama} 5 atau tanda centang"
    return Masalah("pilihan", pesan, numbered_remedy(kolom))


def numbered_remedy(kolom: Kolom) -> str:
    """The numbers to choose from, each with its short name."""
    istilah = load_vocabulary()[KOSAKATA_BERNOMOR[kolom.nama]].istilah
    banyak = "satu nomor" if kolom.tipe is Tipe.BILANGAN else "nomornya"
    return f"Tulis {banyak}: {', '.join(f'{i.nilai} {i.ringkas}' for i in istilah)}."
