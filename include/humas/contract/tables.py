"""Which data set a table is, where its header stands, which column is which, and which rows are data.

Sheets of real offices have title rows, blank rows, renamed and reordered columns, a row of column numbers,
totals at the end. Headers are matched by label, name and synonyms, without case, spacing and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.columns import HIMPUNAN, Himpunan, Kolom
from humas.reading.table import TabelMentah

BARIS_JUDUL_TERJAUH = 30
_BUKAN_DATA = frozenset({"sampul", "petunjuk", "referensi", "kosakata", "contoh", "pilihan", "caramengisi"})
_DIABAIKAN = frozenset({"no", "nourut", "nomorurut", "periode", "triwulan"})
_JUMLAH = re.compile(r"\s*(?:sub\s*)?(?:jumlah|total|jml|grand total)\b", re.IGNORECASE)
_PALING_SEDIKIT = 3
_JUDUL_TERPANJANG = 80


@dataclass(frozen=True, slots=True)
class Catatan:
    """A finding on a whole table, before its place is written out. letak: column index or None; baris: physical row or 0."""

    kode: str
    pesan: str
    cara: str = ""
    letak: int | None = None
    baris: int = 0


@dataclass(frozen=True, slots=True)
class Lembar:
    """A table recognised as (part of) a data set.

    kolom: column name → index of its cell in a row. judul: headers as written. indeks: positions in
    ``tabel.sel`` of the data rows. hilang: required columns it lacks; its rows then all go to quarantine.
    """

    tabel: TabelMentah
    himpunan: Himpunan
    kolom: dict[str, int]
    judul: tuple[str, ...]
    indeks: tuple[int, ...]
    hilang: tuple[Kolom, ...] = ()
    catatan: tuple[Catatan, ...] = ()

    @property
    def nama(self) -> str:
        """Name of the sheet, or of the JSON list, as the sender sees it."""
        return _clean_name(self.tabel.nama)

    @property
    def json(self) -> bool:
        """Whether the table is a list of JSON records, which have keys instead of column letters."""
        return self.tabel.baris_pertama == 0

    def huruf(self, kolom: str) -> str:
        """Letter of a column (``F``) in a sheet, its key in JSON; empty when the table lacks it."""
        letak = self.kolom.get(kolom)
        if letak is None:
            return ""
        return self.judul[letak] if self.json else column_letter(letak)

    def nomor(self, indeks: int) -> int:
        """Physical row number of a data row."""
        return self.tabel.nomor_baris(indeks)


@dataclass(slots=True)
class _Judul:
    """The best header row found: where it ends, and what it maps."""

    baris: int
    kolom: dict[str, int]
    teks: tuple[str, ...]
    ganda: list[int] = field(default_factory=list)


def recognise(tabel: TabelMentah) -> Lembar | Catatan | None:
    """The table as part of a data set; a Catatan when it is none that we know; None when there is nothing to say."""
    nama = fold(tabel.nama)
    if tabel.tersembunyi or not _has_rows(tabel) or nama in _BUKAN_DATA:
        return None
    disebut = _named(nama)
    calon = [disebut] if disebut else list(HIMPUNAN)
    terbaik = max((_find_header(tabel, satu) for satu in calon), key=_score)
    himpunan, judul = terbaik
    cukup = judul is not None and (len(judul.kolom) >= 2 if disebut else _score(terbaik)[1] >= _PALING_SEDIKIT)
    if judul and cukup:
        return _build(tabel, himpunan, judul)
    if disebut:
        return _without_header(tabel, disebut)
    return Catatan("K14", f'Lembar "{_clean_name(tabel.nama)}" tidak dikenal; isinya tidak dibaca.')


def column_letter(letak: int) -> str:
    """Letter of a column as spreadsheet programs show it: 0 → ``A``, 26 → ``AA``."""
    huruf = ""
    letak += 1
    while letak:
        letak, sisa = divmod(letak - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf


@lru_cache(maxsize=10_000)
def _clean_name(nama: str) -> str:
    return clean_text(nama)[0]


@cache
def header_words(himpunan: Himpunan) -> dict[str, str]:
    """Folded header → column name; labels and names win over synonyms."""
    kenal = {fold(kata): kolom.nama for kolom in himpunan.kolom for kata in kolom.sinonim}
    return kenal | {fold(kata): kolom.nama for kolom in himpunan.kolom for kata in (kolom.label, kolom.nama)}


@cache
def _named(nama: str) -> Himpunan | None:
    for himpunan in HIMPUNAN:
        if nama in {fold(kata) for kata in (himpunan.nama, himpunan.lembar, *himpunan.sinonim_lembar)}:
            return himpunan
    return None


def _has_rows(tabel: TabelMentah) -> bool:
    return any(not _blank_row(baris) for baris in tabel.sel)


def _blank_row(baris: Sequence[object]) -> bool:
    return all(map(_blank_cell, baris))


def _blank_cell(isi: object) -> bool:
    return isi is None or (isinstance(isi, str) and (not isi or isi.isspace()))


def _score(pasangan: tuple[Himpunan, _Judul | None]) -> tuple[int, int]:
    """How well a header fits a data set: required columns found, then all columns found."""
    himpunan, judul = pasangan
    if judul is None:
        return (0, 0)
    wajib = sum(kolom.nama in judul.kolom for kolom in himpunan.wajib if not kolom.dari_sampul)
    return wajib, sum(not himpunan.menurut_nama[nama].dari_sampul for nama in judul.kolom)


def _find_header(tabel: TabelMentah, himpunan: Himpunan) -> tuple[Himpunan, _Judul | None]:
    """The row among the first ones that names most columns, joined with the row below it when headers are merged."""
    terbaik: _Judul | None = None
    for indeks, baris in enumerate(tabel.sel[:BARIS_JUDUL_TERJAUH]):
        judul = _map_row(himpunan, baris, indeks)
        if judul.kolom and (terbaik is None or len(judul.kolom) > len(terbaik.kolom)):
            terbaik = judul
        if terbaik and 2 * len(terbaik.kolom) > len(himpunan.kolom):
            break
    if terbaik is None:
        return himpunan, None
    return himpunan, _join_lower(tabel, himpunan, terbaik)


def _map_row(himpunan: Himpunan, baris: Sequence[object], indeks: int) -> _Judul:
    kenal = header_words(himpunan)
    judul = _Judul(indeks, {}, tuple("" if isi is None else clean_text(as_text(isi))[0] for isi in baris))
    for letak, teks in enumerate(judul.teks):
        if not teks or len(teks) > _JUDUL_TERPANJANG:
            continue
        nama = kenal.get(fold(teks)) or kenal.get(fold(teks.partition("(")[0]))
        if nama is None:
            continue
        if nama in judul.kolom:
            judul.ganda.append(letak)
        else:
            judul.kolom[nama] = letak
    return judul


def _join_lower(tabel: TabelMentah, himpunan: Himpunan, judul: _Judul) -> _Judul:
    """Merged headers put a group's title above its columns: take the lower row where the upper one says nothing."""
    if judul.baris + 1 >= len(tabel.sel):
        return judul
    bawah = _map_row(himpunan, tabel.sel[judul.baris + 1], judul.baris + 1)
    dipakai = set(judul.kolom.values())
    tambahan = {nama: letak for nama, letak in bawah.kolom.items() if nama not in judul.kolom and letak not in dipakai}
    if len(tambahan) < 2 or len(tambahan) < len(bawah.kolom):
        return judul
    panjang = max(len(judul.teks), len(bawah.teks))
    atas, lebih = (list(t.teks) + [""] * (panjang - len(t.teks)) for t in (judul, bawah))
    teks = tuple(lebih[i] if i in tambahan.values() else atas[i] or lebih[i] for i in range(panjang))
    return _Judul(bawah.baris, judul.kolom | tambahan, teks, judul.ganda)


def _build(tabel: TabelMentah, himpunan: Himpunan, judul: _Judul) -> Lembar:
    indeks, dilewati = _data_rows(tabel, himpunan, judul)
    hilang = tuple(
        kolom
        for kolom in himpunan.wajib
        if kolom.nama not in judul.kolom and not kolom.dari_sampul and kolom.bawaan is None
    )
    catatan = [*_unknown_columns(tabel, judul, indeks), *dilewati]
    catatan += [_missing(hilang, judul)] if hilang and indeks else []
    return Lembar(tabel, himpunan, judul.kolom, judul.teks, indeks, hilang, tuple(catatan))


def _without_header(tabel: TabelMentah, himpunan: Himpunan) -> Lembar:
    """A sheet with our name but no header we know: all it holds is quarantined with one finding."""
    indeks = tuple(i for i, baris in enumerate(tabel.sel) if not _blank_row(baris))
    catatan = Catatan("K15", "baris judul kolom tidak ditemukan; semua baris ditahan.")
    panjang = max(len(baris) for baris in tabel.sel)
    return Lembar(tabel, himpunan, {}, ("",) * panjang, indeks, himpunan.wajib, (catatan,))


def _data_rows(tabel: TabelMentah, himpunan: Himpunan, judul: _Judul) -> tuple[tuple[int, ...], list[Catatan]]:
    """Rows below the header that are data, and what was passed over besides blank rows."""
    data: list[int] = []
    dilewati: list[Catatan] = []
    for indeks in range(judul.baris + 1, len(tabel.sel)):
        baris = tabel.sel[indeks]
        if _blank_row(baris):
            continue
        sebab = _skip_reason(himpunan, baris, judul, pertama=not data)
        if sebab:
            dilewati.append(Catatan("K16", f"{sebab}; tidak dihitung sebagai data.", baris=tabel.nomor_baris(indeks)))
        else:
            data.append(indeks)
    return tuple(data), dilewati


def _skip_reason(himpunan: Himpunan, baris: Sequence[object], judul: _Judul, *, pertama: bool) -> str:
    """Why a row is no data, looking first at its first filled cell alone: most rows are told by it."""
    awal = next(letak for letak, isi in enumerate(baris) if not _blank_cell(isi))
    if pertama and _column_numbers(baris):
        return "baris nomor kolom"
    teks = baris[awal]
    if not isinstance(teks, str):
        return ""
    if _JUMLAH.match(teks) and _without_key(himpunan, baris, judul):
        return "baris jumlah"
    terulang = awal < len(judul.teks) and fold(teks) == fold(judul.teks[awal]) and _repeats(baris, judul)
    return "judul kolom yang terulang" if terulang else ""


def _repeats(baris: Sequence[object], judul: _Judul) -> bool:
    """A printed list repeats its header on each page."""
    letak = list(judul.kolom.values())
    return len(letak) >= 2 and all(i < len(baris) and fold(as_text(baris[i])) == fold(judul.teks[i]) for i in letak)


def _column_numbers(baris: Sequence[object]) -> bool:
    """A row of ``1 2 3 …`` or ``(1) (2) (3) …`` below the header numbers the columns."""
    isi = [satu for satu in baris if not is_blank(satu)]
    angka = [re.sub(r"[()\s]", "", as_text(satu)) for satu in isi]
    return len(isi) >= 4 and angka == [str(nomor) for nomor in range(1, len(isi) + 1)]


def _without_key(himpunan: Himpunan, baris: Sequence[object], judul: _Judul) -> bool:
    """A total has none of the other required cells."""
    letak = [judul.kolom[k.nama] for k in himpunan.wajib if k.nama in judul.kolom and not k.dari_sampul]
    terisi = [i for i in letak if i < len(baris) and not is_blank(baris[i]) and not _JUMLAH.match(as_text(baris[i]))]
    return len(terisi) <= 1 and len(letak) > 2


def _unknown_columns(tabel: TabelMentah, judul: _Judul, indeks: tuple[int, ...]) -> Iterator[Catatan]:
    dikenal = set(judul.kolom.values())
    for letak, teks in enumerate(judul.teks):
        if letak in dikenal or fold(teks) in _DIABAIKAN or not teks:
            continue
        if letak in judul.ganda:
            yield Catatan("K12", f'"{teks}" tertulis dua kali; kolom ini tidak dibaca.', letak=letak)
        elif any(letak < len(tabel.sel[i]) and not is_blank(tabel.sel[i][letak]) for i in indeks):
            yield Catatan("K12", f'"{teks}" tidak dikenal; isinya tidak dibaca.', letak=letak)


def _missing(hilang: Sequence[Kolom], judul: _Judul) -> Catatan:
    """One finding for all missing columns, naming the headers nearest to each among those used for no other column."""
    dipakai = set(judul.kolom.values())
    bebas = {teks.casefold(): teks for letak, teks in enumerate(judul.teks) if teks and letak not in dipakai}
    nama = ", ".join(f'"{kolom.label}"' for kolom in hilang)
    pesan = f"kolom wajib {nama} tidak ada; semua baris lembar ini ditahan."
    saran = " ".join(_rename(kolom, bebas) for kolom in hilang)
    return Catatan("K13", pesan, f"{saran} Lalu kirim ulang.")


def _rename(kolom: Kolom, bebas: dict[str, str]) -> str:
    dekat = [
        bebas[satu]
        for kata in (kolom.label, *kolom.sinonim)
        for satu in get_close_matches(kata.casefold(), bebas, n=1, cutoff=0.5)
    ]
    mirip = " atau ".join(f'"{teks}"' for teks in list(dict.fromkeys(dekat))[:3])
    return f'Ganti judul {mirip} menjadi "{kolom.label}".' if mirip else f'Tambahkan kolom "{kolom.label}".'
