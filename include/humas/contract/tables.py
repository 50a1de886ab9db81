"""Which data sets a sheet holds, where each table stands, which column is which, and which rows are data.

A sheet may hold several tables, under or beside each other, under titles and with signatures below. Each comes out
as a ``Lembar`` of its own with the same sheet name, so that rows keep their physical place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.columns import HIMPUNAN, KEGIATAN, Himpunan
from humas.contract.data_rows import Pemilah, Pilahan, nil_words
from humas.contract.headers import (
    JUDUL_PALING_SEDIKIT,
    Judul,
    accept_close,
    find_header,
    header_at,
    header_remarks,
    header_words,
    may_be_header,
    missing_columns,
    names_columns,
    score,
)
from humas.contract.merged import carry_units, fill_dittos, fill_down
from humas.contract.sheet import (
    Catatan,
    Dikenali,
    Lembar,
    blank_cell,
    blank_row,
    clean_name,
    column_letter,
    is_json,
)
from humas.periods import bilangan
from humas.reading.table import TabelMentah

__all__ = ["Catatan", "Dikenali", "Lembar", "column_letter", "header_words", "recognise", "recognise_sheet"]

LEMBAR_DRAF = "Draf dari situs Anda"
_BUKAN_DATA = frozenset({
    "sampul", "petunjuk", "referensi", "kosakata", "contoh", "pilihan", "caramengisi", "perbaikan", "perbaikanhumas",
})  # fmt: skip
_YA = frozenset({"nihil", "ya", "y", "true", "benar", "1", "x", "v"})
_BARIS_DISEBUT = 8
_KOLOM_SATKER = 2


def recognise_sheet(tabel: TabelMentah) -> Dikenali:
    """What a sheet holds: its tables, or why it is not read; nothing at all when there is nothing to say."""
    nama = fold(tabel.nama)
    rapi = clean_name(tabel.nama)
    if nama in _BUKAN_DATA or not any(not blank_row(baris) for baris in tabel.sel):
        return Dikenali(rapi)
    if tabel.tersembunyi:
        pesan = f'Lembar "{rapi}" tersembunyi; isinya tidak dibaca.'
        return Dikenali(rapi, catatan=(Catatan("K28", pesan),))
    draf = nama == fold(LEMBAR_DRAF)
    disebut = KEGIATAN if draf else _named(nama)
    lembar = list(_all_tables(tabel, disebut, draf=draf))
    if lembar:
        lembar[0] = replace(
            lembar[0],
            catatan=(
                *(Catatan(satu.kode, satu.pesan, satu.cara, satu.letak, satu.baris) for satu in tabel.catatan),
                *lembar[0].catatan,
            ),
        )
        return Dikenali(rapi, tuple(lembar), (*_several(tabel, lembar), *_elsewhere(rapi, disebut, lembar[0])))
    if disebut:
        return Dikenali(rapi, (_without_header(tabel, disebut),))
    return Dikenali(rapi, catatan=(Catatan("K14", f'Lembar "{rapi}" tidak dikenal; isinya tidak dibaca.'),))


def recognise(tabel: TabelMentah) -> Lembar | Catatan | None:
    """The first table of a sheet; a Catatan when it has none; None when there is nothing to say."""
    dikenali = recognise_sheet(tabel)
    if dikenali.lembar:
        return dikenali.lembar[0]
    return dikenali.catatan[0] if dikenali.catatan else None


@cache
def _named(nama: str) -> Himpunan | None:
    for himpunan in HIMPUNAN:
        if nama in {fold(kata) for kata in (himpunan.nama, himpunan.lembar, *himpunan.sinonim_lembar)}:
            return himpunan
    return None


@dataclass(frozen=True, slots=True)
class _Kepala:
    """A header with the data set it belongs to. ulang: rows below it where it is printed once more."""

    himpunan: Himpunan
    judul: Judul
    ulang: frozenset[int] = frozenset()

    def repeated_by(self, lain: _Kepala) -> bool:
        """Whether another header is this one once more."""
        return lain.himpunan is self.himpunan and lain.judul.kolom == self.judul.kolom


def _all_tables(tabel: TabelMentah, disebut: Himpunan | None, *, draf: bool) -> Iterator[Lembar]:
    """All tables of a sheet: those beside each other, and in each of these parts those under each other."""
    kepala = _first_header(tabel, disebut)
    bagian = _side_by_side(tabel, kepala)
    if len(bagian) == 1:
        yield from _tables(tabel, disebut, kepala or _late_header(tabel, disebut), draf=draf)
        return
    for satu in bagian:
        yield from _tables(satu, None, _first_header(satu, None) or _late_header(satu, None), draf=draf)


def _side_by_side(tabel: TabelMentah, kepala: _Kepala | None) -> list[TabelMentah]:
    """The sheet cut where blank columns part tables that each have a header of their own; else the sheet whole."""
    if kepala is None or is_json(tabel) or not _may_stand_beside(tabel, kepala.judul):
        return [tabel]
    bagian = [(kiri, kanan) for kiri, kanan in _column_runs(tabel) if kanan - kiri >= JUDUL_PALING_SEDIKIT]
    utuh = [(kiri, kanan) for kiri, kanan in bagian if _first_header(_window(tabel, kiri, kanan), None)]
    if len(utuh) < 2:
        return [tabel]
    batas = [0, *(kiri for kiri, _ in utuh[1:]), max(map(len, tabel.sel))]
    return [_window(tabel, kiri, kanan) for kiri, kanan in pairwise(batas)]


def _may_stand_beside(tabel: TabelMentah, judul: Judul) -> bool:
    """Whether the header leaves a gap, or cells stand right of it: a cheap look before a thorough one."""
    terisi = [letak for letak, teks in enumerate(judul.teks) if teks]
    bercelah = terisi != list(range(terisi[0], terisi[-1] + 1))
    return bercelah or any(not blank_row(baris[terisi[-1] + 1 :]) for baris in tabel.sel if len(baris) > terisi[-1] + 1)


def _column_runs(tabel: TabelMentah) -> list[tuple[int, int]]:
    """Runs of columns with something in them, as (first, last + 1), parted by columns that are blank throughout."""
    lebar = max(map(len, tabel.sel))
    terisi = [False] * lebar
    for baris in tabel.sel:
        for letak, isi in enumerate(baris):
            terisi[letak] = terisi[letak] or not blank_cell(isi)
    kelompok = (list(isi) for ada, isi in groupby(range(lebar), key=terisi.__getitem__) if ada)
    return [(satu[0], satu[-1] + 1) for satu in kelompok]


def _window(tabel: TabelMentah, kiri: int, kanan: int) -> TabelMentah:
    """The sheet with only these columns filled; letters and row numbers stay."""
    kosong: list[object] = [None] * kiri
    return replace(tabel, sel=[[*kosong, *baris[kiri:kanan]] for baris in tabel.sel])


def _first_header(tabel: TabelMentah, disebut: Himpunan | None, dari: int = 0) -> _Kepala | None:
    """The best header among the first rows, of the named data set or of whichever fits best.

    A sheet that lacks most of what its name asks for, but has all that another data set asks for, holds that one.
    """
    himpunan, terbaik = _best(tabel, [disebut] if disebut else HIMPUNAN, dari)
    if terbaik is None:
        return None
    if disebut and 2 * len(missing_columns(disebut, terbaik)) > len(disebut.wajib) - _KOLOM_SATKER:
        lain, judul = _best(tabel, [satu for satu in HIMPUNAN if satu is not disebut], dari)
        if judul and not missing_columns(lain, judul):
            return _Kepala(lain, judul)
    cukup = len(terbaik.kolom) >= 2 if disebut else score(himpunan, terbaik)[1] >= JUDUL_PALING_SEDIKIT
    return _Kepala(himpunan, terbaik) if cukup else None


def _best(tabel: TabelMentah, calon: Sequence[Himpunan], dari: int) -> tuple[Himpunan, Judul | None]:
    """The data set that fits best, with its header; the first one when none fits."""
    judul = [(satu, find_header(tabel, satu, dari)) for satu in calon]
    return max(judul, key=lambda pasangan: score(*pasangan))


def _tables(tabel: TabelMentah, disebut: Himpunan | None, pertama: _Kepala | None, *, draf: bool) -> Iterator[Lembar]:
    """The tables that stand under each other, from the first header on."""
    if pertama is None:
        return
    semua = [*_earlier_headers(tabel, pertama, disebut), pertama, *_further_headers(tabel, pertama, disebut)]
    kepala = _without_repeats(tabel, semua)
    batas = [*(satu.judul.atas for satu in kepala[1:]), len(tabel.sel)]
    awal = 0
    for satu, akhir in zip(kepala, batas, strict=True):
        berikut = akhir if akhir == len(tabel.sel) else _title_start(tabel, satu.judul.baris + 1, akhir)
        yield from _build(tabel, satu, awal, berikut, draf=draf)
        awal = berikut


def _late_header(tabel: TabelMentah, disebut: Himpunan | None) -> _Kepala | None:
    """A header far down, below long letters or notes."""
    semua = [disebut] if disebut else list(HIMPUNAN)
    for indeks in range(len(tabel.sel)):
        if kepala := _header_here(tabel, indeks, semua):
            return kepala
    return None


def _earlier_headers(tabel: TabelMentah, pertama: _Kepala, disebut: Himpunan | None) -> Iterator[_Kepala]:
    """Headers above the best one, in order: the first table of a sheet need not be the one that fits best."""
    if is_json(tabel):
        return
    semua = sorted(HIMPUNAN, key=lambda satu: satu is not (disebut or pertama.himpunan))
    lewat = -1
    for indeks in range(pertama.judul.atas):
        kepala = _header_here(tabel, indeks, semua) if indeks > lewat else None
        if kepala and _full_rows(tabel, range(kepala.judul.baris + 1, pertama.judul.atas)):
            yield kepala
            lewat = kepala.judul.baris


def _full_rows(tabel: TabelMentah, baris: range) -> list[int]:
    """Rows with more cells filled than titles and their labels have."""
    return [i for i in baris if sum(not blank_cell(isi) for isi in tabel.sel[i]) > JUDUL_PALING_SEDIKIT]


def _further_headers(tabel: TabelMentah, pertama: _Kepala, disebut: Himpunan | None) -> Iterator[_Kepala]:
    """Headers below the first one, in order; of the data set named by the sheet where that fits as well as another."""
    if is_json(tabel):
        return
    semua = sorted(HIMPUNAN, key=lambda satu: satu is not (disebut or pertama.himpunan))
    akhir = pertama
    for indeks in range(akhir.judul.baris + 1, len(tabel.sel)):
        if indeks <= akhir.judul.baris:
            continue
        if kepala := _once_more(tabel, akhir, indeks) or _header_here(tabel, indeks, semua):
            yield kepala
            akhir = kepala


def _once_more(tabel: TabelMentah, kepala: _Kepala, indeks: int) -> _Kepala | None:
    """The last header again, cell by cell: told at once, as long lists repeat it on each page."""
    atas, tinggi = kepala.judul.atas, kepala.judul.baris - kepala.judul.atas
    if tabel.sel[indeks] != tabel.sel[atas] or indeks + tinggi >= len(tabel.sel):
        return None
    if any(tabel.sel[indeks + i] != tabel.sel[atas + i] for i in range(1, tinggi + 1)):
        return None
    return replace(kepala, judul=replace(kepala.judul, atas=indeks, baris=indeks + tinggi))


def _without_repeats(tabel: TabelMentah, semua: Sequence[_Kepala]) -> list[_Kepala]:
    """A printed list repeats its header on each page; only under a title of its own does a table begin."""
    hasil = [semua[0]]
    for satu in semua[1:]:
        atas = satu.judul.atas
        if hasil[-1].repeated_by(satu) and _title_start(tabel, hasil[-1].judul.baris + 1, atas) == atas:
            baris = range(atas, satu.judul.baris + 1)
            hasil[-1] = replace(hasil[-1], ulang=hasil[-1].ulang.union(baris))
        else:
            hasil.append(satu)
    return hasil


def _header_here(tabel: TabelMentah, indeks: int, calon: Sequence[Himpunan]) -> _Kepala | None:
    """The header that begins in this row, if one does: most of its texts must be known headers."""
    if not may_be_header(tabel.sel[indeks]) or not names_columns(tabel, indeks):
        return None
    kepala = [_Kepala(satu, header_at(tabel, satu, indeks)) for satu in calon]
    terbaik = max(kepala, key=lambda satu: score(satu.himpunan, satu.judul))
    terisi = sum(map(bool, terbaik.judul.teks))
    banyak = len(terbaik.judul.kolom)
    cukup = score(terbaik.himpunan, terbaik.judul)[1] >= JUDUL_PALING_SEDIKIT and 2 * banyak > terisi
    return terbaik if cukup else None


def _title_start(tabel: TabelMentah, dari: int, sampai: int) -> int:
    """Where the titles above a further header begin: lines of one text each, blank rows among them."""
    awal = sampai
    for indeks in range(sampai - 1, dari - 1, -1):
        terisi = [isi for isi in tabel.sel[indeks] if not blank_cell(isi)]
        if len(terisi) > 1 or (terisi and not isinstance(terisi[0], str)):
            break
        awal = indeks if terisi else awal
    return awal


def _titles(tabel: TabelMentah, dari: int, sampai: int) -> tuple[str, ...]:
    """Lines of text above a header."""
    baris = (tabel.sel[i] for i in range(dari, sampai))
    return tuple(
        clean_text(" ".join(as_text(isi) for isi in satu if not blank_cell(isi)))[0]
        for satu in baris
        if not blank_row(satu)
    )


def _build(tabel: TabelMentah, kepala: _Kepala, dari: int, sampai: int, *, draf: bool) -> Iterator[Lembar]:
    """The table of a header, with the titles above it from ``dari`` on and its rows up to ``sampai``; cut at titles inside."""
    himpunan, judul = kepala.himpunan, kepala.judul
    baris = range(judul.baris + 1, sampai)
    judul = accept_close(himpunan, judul, tabel.sel[baris.start : baris.stop])
    isi, dari_gabungan = fill_down(tabel, himpunan, judul, baris)
    pilahan = Pemilah(isi, himpunan, judul, kepala.ulang, draf).sort_out(baris.start, baris.stop)
    indeks = pilahan.indeks
    isi, sama = fill_dittos(isi, himpunan, judul, indeks)
    isi, dari_atas = carry_units(isi, judul, indeks)
    catatan = (
        *header_remarks(isi, himpunan, judul, indeks, draf=draf), *pilahan.catatan, *dari_gabungan, *sama, *dari_atas,
        *_hidden_rows(isi, indeks), *_drafts(pilahan), *_above(tabel, range(dari, judul.atas)),
    )  # fmt: skip
    utuh = Lembar(
        isi, himpunan, judul.kolom, judul.teks, tuple(indeks), missing_columns(himpunan, judul), catatan,
        atas=_titles(tabel, dari, judul.atas), sisipan=dari > 0, draf=draf, baris_judul=tabel.nomor_baris(judul.baris),
        nihil=pilahan.nihil or _declared_nil(tabel, range(dari, judul.atas)),
    )  # fmt: skip
    return _cut(utuh, pilahan)


def _cut(utuh: Lembar, pilahan: Pilahan) -> Iterator[Lembar]:
    """One ``Lembar`` for each run of rows under a title of its own; remarks stay with the first one."""
    for nomor, (teks, indeks) in enumerate(pilahan.bagian):
        if nomor == 0:
            yield replace(utuh, indeks=tuple(indeks))
        elif indeks:
            yield replace(utuh, indeks=tuple(indeks), catatan=(), atas=(teks,), sisipan=True, nihil=False)


def _drafts(pilahan: Pilahan) -> Iterator[Catatan]:
    if pilahan.tak_dipilih:
        pesan = f"{pilahan.tak_dipilih} draf tidak dipilih (kolom Pakai bukan Ya); tidak dihitung sebagai data."
        yield Catatan("K36", pesan)


def _above(tabel: TabelMentah, baris: range) -> Iterator[Catatan]:
    """Rows above a header that look like rows of a table, though nothing says what their columns are."""
    if penuh := _full_rows(tabel, baris):
        atas, bawah = tabel.nomor_baris(penuh[0]), tabel.nomor_baris(penuh[-1])
        rentang = f"{atas}–{bawah}" if bawah > atas else f"{atas}"
        pesan = f"{bilangan(len(penuh))} baris di atas judul kolom (baris {rentang}); tidak dihitung sebagai data."
        yield Catatan("K16", pesan, "Bila itu data, pindahkan ke bawah judul kolomnya.", baris=atas)


def _hidden_rows(tabel: TabelMentah, indeks: Sequence[int]) -> Iterator[Catatan]:
    """Rows that a filter or a hand has hidden are read, because people hide what they still mean."""
    if not tabel.baris_tersembunyi:
        return
    nomor = [n for i in indeks if (n := tabel.nomor_baris(i)) in tabel.baris_tersembunyi]
    if nomor:
        sebutan = ", ".join(map(str, nomor[:_BARIS_DISEBUT])) + (", …" if len(nomor) > _BARIS_DISEBUT else "")
        yield Catatan("K27", f"{bilangan(len(nomor))} baris tersembunyi ikut dibaca: baris {sebutan}.", baris=nomor[0])


def _declared_nil(tabel: TabelMentah, baris: range) -> bool:
    """The switch above a header: a cell that begins with NIHIL, and "Ya" in the next filled cell or after a colon."""
    for indeks in baris:
        isi = [clean_text(as_text(satu))[0] for satu in tabel.sel[indeks] if not is_blank(satu)]
        for letak, teks in enumerate(isi):
            if fold(teks).startswith("nihil"):
                jawaban = [*isi[letak + 1 :], teks.rpartition(":")[2] if ":" in teks else ""]
                return fold(jawaban[0]) in _YA
    return False


def _several(tabel: TabelMentah, lembar: Sequence[Lembar]) -> Iterator[Catatan]:
    """Several tables in one sheet are worth a word: people may have meant only one of them."""
    menurut_judul: dict[tuple[int, int], Lembar] = {}
    for satu in lembar:
        if satu.indeks:
            menurut_judul.setdefault((satu.baris_judul, min(satu.kolom.values())), satu)
    if len(menurut_judul) < 2:
        return
    nama = ", ".join(
        f"{satu.himpunan.lembar} mulai baris {satu.nomor(satu.indeks[0])}" for satu in menurut_judul.values()
    )
    yield Catatan("K37", f'Lembar "{clean_name(tabel.nama)}" memuat beberapa tabel: {nama}. Semuanya dibaca.')


def _elsewhere(nama: str, disebut: Himpunan | None, lembar: Lembar) -> Iterator[Catatan]:
    if disebut and lembar.himpunan is not disebut:
        yield Catatan("K37", f'Lembar "{nama}" berisi {lembar.himpunan.lembar} dan dibaca demikian.')


def _without_header(tabel: TabelMentah, himpunan: Himpunan) -> Lembar:
    """A sheet with our name but no header we know: all it holds is quarantined with one finding, unless it says nil."""
    indeks = tuple(i for i, baris in enumerate(tabel.sel) if not blank_row(baris))
    lebar = max(map(len, tabel.sel))
    kata = [as_text(isi) for i in indeks for isi in tabel.sel[i] if not is_blank(isi)]
    if any(map(nil_words, kata)) and all(nil_words(satu) or len(indeks) <= 2 for satu in kata):
        return Lembar(tabel, himpunan, {}, ("",) * lebar, (), nihil=True)
    catatan = Catatan("K15", "baris judul kolom tidak ditemukan; semua baris ditahan.")
    return Lembar(tabel, himpunan, {}, ("",) * lebar, indeks, himpunan.wajib, (catatan,))
