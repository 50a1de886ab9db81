"""Where the header of a table stands and which column is which.

Headers of real offices stand under titles, over one to three rows with merged group titles, in any order, with
marks such as ``*`` or ``(wajib)``, with synonyms and slips. A header is matched by label, name and documented
synonyms, without case, spacing and punctuation; one that is merely close only when it cannot mean anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from humas.contract.cells import as_text, clean_text, fold, is_blank, reader
from humas.contract.columns import HIMPUNAN, Himpunan, Kolom, Tipe
from humas.contract.sheet import Catatan, blank_cell, column_letter
from humas.periods import bilangan
from humas.reading.table import TabelMentah

BARIS_JUDUL_TERJAUH = 30
BARIS_JUDUL_TERBANYAK = 3
JUDUL_TERPANJANG = 80
JUDUL_PALING_SEDIKIT = 3
_DIABAIKAN = frozenset({"no", "nourut", "nomorurut", "periode", "triwulan", "tahun"})
_DIABAIKAN_DRAF = frozenset({"pakai", "keyakinan", "katapenunjuk"})
_INGATAN = 10_000
_MIRIP = 0.9
"""Likeness from which a header is a slip of the pen: one letter wrong in ten."""
_CONTOH_SEL = 20
_DISARANKAN = 0.5
_NOMOR_DEPAN = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)")
_TANDA_WAJIB = re.compile(r"[\s*:]*(?:[-–]?\s*(?:wajib(?: diisi)?|opsional|tidak wajib))?[\s*:]*$", re.IGNORECASE)
_BERANGKA = re.compile(r"\d")
_KATA = re.compile(r"[^\W\d_]+")
_JUMLAH = frozenset({"jumlah", "jml", "jmlh", "jlh", "juml", "total", "jumlahtotal", "lp"})
_SINGKATAN = {"tgl": "tanggal", "jml": "jumlah", "jmlh": "jumlah", "jlh": "jumlah", "no": "nomor", "keg": "kegiatan"}
_PENGISI = frozenset({
    "kegiatan", "acara", "pelaksanaan", "kehumasan", "humas", "satker", "unit", "wajib", "diisi", "isian", "isi", "kolom",
    "dari", "yang", "pada", "untuk", "di", "ini", "dan", "tersebut", "laporan", "data",
})  # fmt: skip
"""Words that tell no column from another."""


@dataclass(frozen=True, slots=True)
class Judul:
    """A header found.

    atas, baris: index of its first and its last row. kolom: column name → index. teks: header by column, as written.
    ganda: columns whose header names a column that another one names better or earlier, with that column's name.
    dekat: columns read by a header that is only close.
    """

    atas: int
    baris: int
    kolom: dict[str, int]
    teks: tuple[str, ...]
    ganda: dict[int, str] = field(default_factory=dict)
    dekat: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kamus:
    """Headers of a data set by their folded words.

    urutan: place of each word among those of its column. ingat: headers looked up before; files repeat the same ones.
    """

    kata: dict[str, str]
    urutan: dict[str, int]
    ingat: dict[str, tuple[str, int] | None] = field(default_factory=dict)

    def column(self, teks: str) -> str | None:
        """The column a header names, or None."""
        dapat = self.look_up(teks)
        return dapat[0] if dapat else None

    def look_up(self, teks: str) -> tuple[str, int] | None:
        """The column a header names, and how surely: 0 its label or name, then its synonyms in their order."""
        if teks not in self.ingat:
            if len(self.ingat) >= _INGATAN:
                self.ingat.clear()
            self.ingat[teks] = _column_of(self, teks)
        return self.ingat[teks]


@cache
def _kamus(himpunan: Himpunan) -> _Kamus:
    urutan = {fold(kata): n for kolom in himpunan.kolom for n, kata in reversed(list(enumerate(kolom.sinonim, 1)))}
    return _Kamus(
        header_words(himpunan), urutan | {fold(k): 0 for satu in himpunan.kolom for k in (satu.label, satu.nama)}
    )


@cache
def header_words(himpunan: Himpunan) -> dict[str, str]:
    """Folded header → column name; labels and names win over synonyms."""
    kenal = {fold(kata): kolom.nama for kolom in himpunan.kolom for kata in kolom.sinonim}
    return kenal | {fold(kata): kolom.nama for kolom in himpunan.kolom for kata in (kolom.label, kolom.nama)}


def find_header(tabel: TabelMentah, himpunan: Himpunan, dari: int = 0) -> Judul | None:
    """The header among the first rows from ``dari`` on that names most columns, over one to three rows.

    A row that adds nothing to the header below it is a title, so of equals the lower one counts.
    """
    terbaik: Judul | None = None
    for indeks in range(dari, min(len(tabel.sel), dari + BARIS_JUDUL_TERJAUH)):
        banyak = len(terbaik.kolom) if terbaik else 0
        cukup = 2 * banyak > len(himpunan.kolom)
        if cukup and not may_be_header(tabel.sel[indeks]):
            break
        judul = header_at(tabel, himpunan, indeks)
        bertindih = terbaik is not None and judul.atas <= terbaik.baris
        if len(judul.kolom) > banyak or (bertindih and judul.kolom and len(judul.kolom) == banyak):
            terbaik = judul
        elif cukup:
            break
    return terbaik


def header_at(tabel: TabelMentah, himpunan: Himpunan, indeks: int) -> Judul:
    """The header that begins in this row, with as many rows below as belong to it; without columns when it is none."""
    deret = [_texts(tabel.sel[indeks])]
    judul = _map_lines(himpunan, deret, indeks)
    for banyak in range(2, BARIS_JUDUL_TERBANYAK + 1):
        bawah = indeks + banyak - 1
        if bawah >= len(tabel.sel) or not _header_like(tabel.sel[bawah]):
            break
        deret.append(_texts(tabel.sel[bawah]))
        penuh = _spread(tabel, deret, indeks)
        lebih = _map_lines(himpunan, penuh, indeks)
        if _belongs(himpunan, judul, lebih, penuh, _under_groups(tabel, bawah - 1)):
            judul = lebih
    return judul


def may_be_header(baris: Sequence[object]) -> bool:
    """Whether a row begins with texts that have no digit in them; rows of data seldom do."""
    banyak = 0
    for isi in baris:
        if blank_cell(isi):
            continue
        if not isinstance(isi, str) or len(isi) > JUDUL_TERPANJANG or _BERANGKA.search(isi):
            return False
        banyak += 1
        if banyak == JUDUL_PALING_SEDIKIT:
            return True
    return False


def names_columns(tabel: TabelMentah, indeks: int) -> bool:
    """Whether a row, or one of those below that may belong to the same header, holds a word that names a column.

    The cheap first look: rows of data, a hundred thousand of them, seldom hold one.
    """
    return any(
        isinstance(isi, str) and _names_column(isi)
        for baris in tabel.sel[indeks : indeks + BARIS_JUDUL_TERBANYAK]
        for isi in baris
    )


@lru_cache(_INGATAN)
def _names_column(isi: str) -> bool:
    teks = clean_text(isi)[0]
    return any(_kamus(satu).look_up(teks) for satu in HIMPUNAN)


def score(himpunan: Himpunan, judul: Judul | None) -> tuple[int, int]:
    """How well a header fits a data set: required columns found, then all columns found, those of the cover aside."""
    if judul is None:
        return (0, 0)
    wajib = sum(kolom.nama in judul.kolom for kolom in himpunan.wajib if not kolom.dari_sampul)
    return wajib, sum(not himpunan.menurut_nama[nama].dari_sampul for nama in judul.kolom)


def ignored(teks: str, *, draf: bool = False) -> bool:
    """Whether a header is known to hold nothing that is reported, such as the running number."""
    return fold(teks) in (_DIABAIKAN | _DIABAIKAN_DRAF if draf else _DIABAIKAN)


def spellings(teks: str) -> Iterator[str]:
    """A header in the ways it may be meant: as it is, without number and marks, without what stands in brackets."""
    yield fold(teks)
    polos = _TANDA_WAJIB.sub("", _NOMOR_DEPAN.sub("", teks))
    yield fold(polos)
    yield fold(re.split(r"[(\[]", polos, maxsplit=1)[0])
    bagian = {fold(satu) for satu in re.split(r"\s*/\s*|\s+atau\s+", polos)}
    if len(bagian) > 1:
        yield "|".join(sorted(bagian))


def _texts(baris: Sequence[object]) -> list[str]:
    return ["" if isi is None else clean_text(as_text(isi))[0] for isi in baris]


def _column_of(kamus: _Kamus, teks: str) -> tuple[str, int] | None:
    """The column a header names; two words with a stroke between them only when both name the same one."""
    if not teks or len(teks) > JUDUL_TERPANJANG:
        return None
    for satu in spellings(teks):
        bagian = satu.split("|")
        nama = {kamus.kata.get(kata) for kata in bagian}
        if len(nama) == 1 and (hasil := nama.pop()):
            return hasil, min(kamus.urutan[kata] for kata in bagian)
    return None


def _map_lines(himpunan: Himpunan, deret: list[list[str]], atas: int) -> Judul:
    """Map the columns of a header of one to three lines; of two that name one column the surer one counts."""
    kenal = _kamus(himpunan)
    dapat: dict[str, tuple[int, int]] = {}
    ganda: dict[int, str] = {}
    teks: list[str] = []
    for letak, tingkat in enumerate(_columns(deret)):
        tertulis, temuan = _name_of(kenal, tingkat)
        teks.append(tertulis)
        if temuan is None:
            continue
        nama, urutan = temuan
        lama = dapat.get(nama)
        if lama is None or urutan < lama[0]:
            dapat[nama] = urutan, letak
        if lama is not None:
            ganda[lama[1] if urutan < lama[0] else letak] = nama
    kolom = {nama: letak for nama, (_, letak) in dapat.items()}
    return Judul(atas, atas + len(deret) - 1, kolom, tuple(teks), ganda)


def _columns(deret: list[list[str]]) -> Iterator[list[str]]:
    """Lines of a header by column, from top to bottom, without blanks and repeats."""
    lebar = max(map(len, deret))
    for letak in range(lebar):
        isi = (satu[letak] if letak < len(satu) else "" for satu in deret)
        yield list(dict.fromkeys(satu for satu in isi if satu))


def _name_of(kenal: _Kamus, tingkat: list[str]) -> tuple[str, tuple[str, int] | None]:
    """Header of a column as written, and what it names: all its lines together, else the lowest that is known."""
    if len(tingkat) <= 1:
        teks = tingkat[0] if tingkat else ""
        return teks, kenal.look_up(teks)
    for satu in _joined(tingkat):
        if temuan := kenal.look_up(satu):
            return satu, temuan
    if temuan := kenal.look_up(tingkat[-1]):
        return tingkat[-1], temuan
    if fold(tingkat[-1]) in _JUMLAH and (temuan := kenal.look_up(tingkat[-2])):
        return " ".join(tingkat), temuan
    return " ".join(tingkat), None


def _joined(tingkat: list[str]) -> Iterator[str]:
    yield " ".join(tingkat)
    yield " ".join(reversed(tingkat))
    if len(tingkat) > 2:
        for atas in tingkat[:-1]:
            yield f"{atas} {tingkat[-1]}"
            yield f"{tingkat[-1]} {atas}"


def _spread(tabel: TabelMentah, deret: list[list[str]], atas: int) -> list[list[str]]:
    """Group titles written over each of their columns: as far as merged, else over the columns titled below them."""
    lebar = max(map(len, deret))
    hasil = [satu + [""] * (lebar - len(satu)) for satu in deret]
    for nomor in range(len(hasil) - 1):
        gabung = _merged_reach(tabel, atas + nomor)
        bawah = [any(satu[letak] for satu in hasil[nomor + 1 :]) for letak in range(lebar)]
        sumber = -1
        for letak, teks in enumerate(hasil[nomor]):
            if teks:
                sumber = letak if bawah[letak] else -1
                continue
            sumber = sumber if bawah[letak] else -1
            if sumber >= 0 and letak <= gabung.get(sumber, lebar):
                hasil[nomor][letak] = hasil[nomor][sumber]
    return hasil


def _merged_reach(tabel: TabelMentah, indeks: int) -> dict[int, int]:
    """Last column of each merged cell of a row by its first one."""
    nomor = tabel.nomor_baris(indeks)
    return {kiri: kanan for atas, kiri, _, kanan in tabel.gabungan if atas == nomor and kanan > kiri}


def _header_like(baris: Sequence[object]) -> bool:
    """Whether a row may continue a header: short texts only, none with a date or a number in it."""
    isi = [satu for satu in baris if not is_blank(satu)]
    return bool(isi) and all(
        isinstance(satu, str) and len(satu) <= JUDUL_TERPANJANG and not re.search(r"\d{2}|https?:", satu)
        for satu in isi
    )


def _under_groups(tabel: TabelMentah, indeks: int) -> set[int]:
    """Columns under a title that is merged over several, or written once over each of them."""
    gabung = _merged_reach(tabel, indeks)
    teks = _texts(tabel.sel[indeks])
    rangkap = {letak for letak, satu in enumerate(teks) if satu and _is_group(teks, letak)}
    return rangkap.union(*(range(kiri, kanan + 1) for kiri, kanan in gabung.items() if kiri < len(teks) and teks[kiri]))


def _belongs(himpunan: Himpunan, judul: Judul, lebih: Judul, deret: list[list[str]], berkelompok: set[int]) -> bool:
    """Whether the lowest line belongs to the header.

    It must name columns itself, at least half of what stands in it, and name more than was known without it or
    nothing but finer names of it. A word that would rename a column known already is a value, not a header, unless
    what stands above it is a group's title. A line that stands under groups' titles alone parts them, whatever it names.
    """
    kenal = _kamus(himpunan)
    terisi = [letak for letak, teks in enumerate(deret[-1]) if teks]
    if len(judul.kolom) >= JUDUL_PALING_SEDIKIT and terisi and set(terisi) <= berkelompok:
        return True
    menurut_letak = {letak: nama for nama, letak in lebih.kolom.items()}
    kena = [letak for letak in terisi if letak in menurut_letak]
    if 2 * len(kena) < len(terisi):
        return False
    utuh = {letak for letak in kena if lebih.teks[letak] != deret[-1][letak]}
    for letak in set(kena) - utuh:
        atas = [satu[letak] for satu in deret[:-1] if satu[letak] and not _is_group(satu, letak)]
        if any(nama and nama != menurut_letak[letak] for nama in (kenal.column(satu) for satu in atas)):
            return False
    return len(lebih.kolom) > len(judul.kolom) or len(utuh) == len(terisi)


def _is_group(baris: list[str], letak: int) -> bool:
    """Whether a title spreads over the column beside it as well."""
    sebelah = (baris[i] for i in (letak - 1, letak + 1) if 0 <= i < len(baris))
    return baris[letak] in sebelah


def accept_close(himpunan: Himpunan, judul: Judul, sel: Sequence[Sequence[object]]) -> Judul:
    """Read also headers that are only close, when they can mean one free column alone and their cells agree."""
    bebas = [
        (letak, teks)
        for letak, teks in enumerate(judul.teks)
        if teks and letak not in set(judul.kolom.values()) and letak not in judul.ganda and not ignored(teks)
    ]
    usul = {letak: nama for letak, teks in bebas if (nama := _close_column(himpunan, teks))}
    sekali = Counter(usul.values())
    dekat = {
        nama: letak
        for letak, nama in usul.items()
        if sekali[nama] == 1 and nama not in judul.kolom and _cells_agree(himpunan.menurut_nama[nama], letak, sel)
    }
    return Judul(judul.atas, judul.baris, judul.kolom | dekat, judul.teks, judul.ganda, dekat) if dekat else judul


def _close_column(himpunan: Himpunan, teks: str) -> str | None:
    """The one column a header is close to: the same words among words that say nothing, or a slip of the pen."""
    if len(teks) > JUDUL_TERPANJANG:
        return None
    inti = _core(teks)
    menurut_inti = {nama for kunci, nama in _cores(himpunan) if kunci == inti} if inti else set()
    if menurut_inti:
        return menurut_inti.pop() if len(menurut_inti) == 1 else None
    rapi = fold(_TANDA_WAJIB.sub("", teks))
    mirip = {nama for kata, nama in header_words(himpunan).items() if _alike(rapi, kata)}
    return mirip.pop() if len(mirip) == 1 else None


def _alike(kiri: str, kanan: str) -> bool:
    panjang = len(kiri) + len(kanan)
    if min(len(kiri), len(kanan)) < 2 * panjang * _MIRIP / 4 or panjang < 12:
        return False
    return SequenceMatcher(None, kiri, kanan, autojunk=False).ratio() >= _MIRIP


@cache
def _cores(himpunan: Himpunan) -> tuple[tuple[frozenset[str], str], ...]:
    kata = ((satu, kolom.nama) for kolom in himpunan.kolom for satu in (kolom.label, *kolom.sinonim))
    return tuple((inti, nama) for satu, nama in kata if (inti := _core(satu)))


def _core(teks: str) -> frozenset[str]:
    """The words of a header that tell it from others, abbreviations written out."""
    kata = (_SINGKATAN.get(satu, satu) for satu in _KATA.findall(teks.casefold()))
    return frozenset(kata) - _PENGISI


def _cells_agree(kolom: Kolom, letak: int, sel: Sequence[Sequence[object]]) -> bool:
    """Whether most of the first cells below can be read as the column; free text agrees with everything."""
    isi = [satu for baris in sel if letak < len(baris) and not is_blank(satu := baris[letak])][:_CONTOH_SEL]
    if kolom.tipe in {Tipe.TEKS, Tipe.DAFTAR_TEKS}:
        return True
    baca = reader(kolom)
    return 2 * sum(baca(satu).masalah is None for satu in isi) >= len(isi)


def header_remarks(
    tabel: TabelMentah, himpunan: Himpunan, judul: Judul, indeks: Sequence[int], *, draf: bool = False
) -> Iterator[Catatan]:
    """What is to be said of a header: columns read by a close name, missing ones, and ones that hold something unread.

    A column that is proposed for a missing one is not told a second time.
    """
    nomor = tabel.nomor_baris(judul.baris)
    for nama, letak in judul.dekat.items():
        label = himpunan.menurut_nama[nama].label
        pesan = f'judul "{judul.teks[letak]}" dibaca sebagai "{label}".'
        yield Catatan("K25", pesan, f'Tulis judul "{label}".', letak, nomor)
    hilang = missing_columns(himpunan, judul) if indeks else ()
    if hilang:
        yield _missing(hilang, judul, nomor)
    dikenal = {*judul.kolom.values(), *(letak for kolom in hilang for letak in _nearest(kolom, judul))}
    lebar = max((len(tabel.sel[i]) for i in indeks), default=0)
    for letak in range(lebar):
        teks = judul.teks[letak] if letak < len(judul.teks) else ""
        if letak in dikenal or (teks and ignored(teks, draf=draf)):
            continue
        banyak = sum(letak < len(tabel.sel[i]) and not is_blank(tabel.sel[i][letak]) for i in indeks)
        if banyak:
            yield replace(_unread(himpunan, judul, letak, banyak), baris=nomor)


def _unread(himpunan: Himpunan, judul: Judul, letak: int, banyak: int) -> Catatan:
    """A column that holds something and is not read."""
    teks = judul.teks[letak] if letak < len(judul.teks) else ""
    tetap = "isinya tidak dihitung, tetap tersimpan pada berkas asal."
    if not teks:
        return Catatan("K12", f"kolom tanpa judul berisi {bilangan(banyak)} sel; {tetap}", letak=letak)
    if nama := judul.ganda.get(letak):
        label, huruf = himpunan.menurut_nama[nama].label, column_letter(judul.kolom[nama])
        return Catatan("K12", f'"{teks}" juga berarti {label}, yang dibaca dari kolom {huruf}; {tetap}', letak=letak)
    bebas = {kolom.label.casefold(): kolom.label for kolom in himpunan.kolom if kolom.nama not in judul.kolom}
    dekat = get_close_matches(teks.casefold(), bebas, n=1, cutoff=0.6)
    cara = f'Bila maksudnya {bebas[dekat[0]]}, tulis judul "{bebas[dekat[0]]}".' if dekat else ""
    return Catatan("K12", f'"{teks}" tidak dikenal; {tetap}', cara, letak=letak)


def missing_columns(himpunan: Himpunan, judul: Judul) -> tuple[Kolom, ...]:
    """Required columns that a header lacks and nothing else supplies."""
    return tuple(
        kolom
        for kolom in himpunan.wajib
        if kolom.nama not in judul.kolom and not kolom.dari_sampul and kolom.bawaan is None
    )


def _missing(hilang: Sequence[Kolom], judul: Judul, nomor: int) -> Catatan:
    """One finding for all missing columns, naming the headers nearest to each among those used for no other column."""
    nama = ", ".join(f'"{kolom.label}"' for kolom in hilang)
    pesan = f"kolom wajib {nama} tidak ada; semua baris tabel ini ditahan."
    saran = " ".join(_rename(kolom, [judul.teks[i] for i in _nearest(kolom, judul)]) for kolom in hilang)
    letak = _nearest(hilang[0], judul) if len(hilang) == 1 else []
    return Catatan("K13", pesan, f"{saran} Lalu kirim ulang.", letak[0] if letak else None, nomor)


def _nearest(kolom: Kolom, judul: Judul) -> list[int]:
    """Columns whose headers are nearest to a missing one, nearest to its label first; used ones aside."""
    dipakai = set(judul.kolom.values())
    bebas = {teks.casefold(): i for i, teks in enumerate(judul.teks) if teks and i not in dipakai and not ignored(teks)}
    dekat = [
        bebas[satu]
        for kata in (kolom.label, *kolom.sinonim)
        for satu in get_close_matches(kata.casefold(), bebas, n=1, cutoff=_DISARANKAN)
    ]
    return list(dict.fromkeys(dekat))[:3]


def _rename(kolom: Kolom, dekat: Sequence[str]) -> str:
    mirip = " atau ".join(f'"{teks}"' for teks in dekat)
    return f'Ganti judul {mirip} menjadi "{kolom.label}".' if mirip else f'Tambahkan kolom "{kolom.label}".'
