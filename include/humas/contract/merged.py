"""Values that stand in one row and are meant for those below: merged cells, ditto marks, the unit of a group of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.columns import Himpunan, Kolom, Tipe
from humas.contract.headers import Judul
from humas.contract.sheet import Catatan, is_json
from humas.periods import bilangan
from humas.reading.table import TabelMentah

_KATA_SAMA = (
    "sda", "sda.", "s.d.a", "s.d.a.", "idem", "ditto", "dito", "sama dengan atas", "sama dengan di atas", "sama dengan diatas",
    "sama seperti di atas", "sama seperti diatas", "sama dengan baris di atas",
)  # fmt: skip
_SAMA = frozenset({
    f"{depan}{ragam(kata)}{belakang}"
    for kata in (*_KATA_SAMA, '"', '""', "''", ",,", "“", "”", "„", "″", "〃", "- sda -", "-sda-")
    for ragam in (str.lower, str.upper, str.capitalize, str.title)
    for depan in ("", " ")
    for belakang in ("", " ")
})
"""Cells that say "the same as above", as they are written: looking one up in a set costs next to nothing."""


@dataclass(frozen=True, slots=True)
class _Gabungan:
    """One cell merged downwards: its column, the row of its value, and the rows under it that say something more."""

    kolom: Kolom
    letak: int
    asal: int
    bawah: tuple[int, ...]

    @property
    def sekali(self) -> bool:
        """Whether it is a count: written over three rows it is still one number, to be counted once."""
        return self.kolom.tipe is Tipe.BILANGAN and bool(self.kolom.satuan)


def fill_down(tabel: TabelMentah, himpunan: Himpunan, judul: Judul, baris: range) -> tuple[TabelMentah, list[Catatan]]:
    """The table with merged values in every row they span that has content of its own, and what was filled.

    Only what the file says is merged is filled, and no counts.
    """
    kolom = {judul.kolom[satu.nama]: satu for satu in himpunan.kolom if satu.nama in judul.kolom}
    gabungan = list(_merged_downwards(tabel, kolom, baris)) if tabel.gabungan else []
    if not gabungan:
        return tabel, []
    baru: dict[int, list[object]] = {}
    for satu in gabungan:
        for i in () if satu.sekali else satu.bawah:
            deret = baru.setdefault(i, list(tabel.sel[i]))
            deret += [None] * (satu.letak + 1 - len(deret))
            deret[satu.letak] = tabel.sel[satu.asal][satu.letak]
    isi = [baru.get(i, deret) for i, deret in enumerate(tabel.sel)]
    return replace(tabel, sel=isi), [_remark(tabel, satu) for satu in gabungan]


def _merged_downwards(tabel: TabelMentah, kolom: Mapping[int, Kolom], baris: range) -> Iterator[_Gabungan]:
    tertutup = _covered(tabel, kolom, baris)
    menurut_baris: dict[int, set[int]] = {}
    menurut_asal: dict[tuple[int, int], list[int]] = {}
    for (i, letak), asal in tertutup.items():
        menurut_baris.setdefault(i, set()).add(letak)
        menurut_asal.setdefault((asal, letak), []).append(i)
    for (asal, letak), semua in menurut_asal.items():
        if letak >= len(tabel.sel[asal]) or is_blank(tabel.sel[asal][letak]):
            continue
        bawah = tuple(i for i in semua if _own_content(tabel.sel[i], kolom, menurut_baris[i]))
        if bawah:
            yield _Gabungan(kolom[letak], letak, asal, bawah)


def _covered(tabel: TabelMentah, kolom: Mapping[int, Kolom], baris: range) -> dict[tuple[int, int], int]:
    """Cells hidden under a merged cell, by row and column, with the row of its value; no more than the table has."""
    hasil: dict[tuple[int, int], int] = {}
    for atas, kiri, bawah, _ in tabel.gabungan:
        asal, akhir = atas - tabel.baris_pertama, bawah - tabel.baris_pertama
        if kiri in kolom and asal in baris and akhir > asal and len(hasil) <= len(baris) * len(kolom):
            hasil |= {(i, kiri): asal for i in range(asal + 1, min(akhir + 1, baris.stop))}
    return hasil


def _own_content(baris: Sequence[object], kolom: Mapping[int, Kolom], tertutup: set[int]) -> bool:
    """Whether a row says something of its own beside the merged cells."""
    return any(i in kolom and i not in tertutup and not is_blank(isi) for i, isi in enumerate(baris))


def _remark(tabel: TabelMentah, satu: _Gabungan) -> Catatan:
    nomor = tabel.nomor_baris(satu.asal)
    akibat = f"angkanya dihitung sekali, pada baris {nomor}" if satu.sekali else "isinya dipakai untuk tiap baris"
    pesan = f"{satu.kolom.label} digabung sampai baris {tabel.nomor_baris(satu.bawah[-1])}; {akibat}."
    return Catatan("K26", pesan, letak=satu.letak, baris=nomor)


def fill_dittos(
    tabel: TabelMentah, himpunan: Himpunan, judul: Judul, indeks: Sequence[int]
) -> tuple[TabelMentah, list[Catatan]]:
    """The table with the value above wherever a cell of a data row says that it is the same, and what was filled."""
    kolom = {judul.kolom[satu.nama]: satu for satu in himpunan.kolom if satu.nama in judul.kolom}
    baru: dict[int, list[object]] = {}
    diisi: dict[int, list[int]] = {}
    for atas, i in pairwise(indeks) if not is_json(tabel) else ():
        if not any(map(_says_same, tabel.sel[i])):
            continue
        sumber = baru.get(atas, tabel.sel[atas])
        deret = baru.setdefault(i, list(tabel.sel[i]))
        for letak in [satu for satu in kolom if satu < len(deret) and _says_same(deret[satu])]:
            deret[letak] = sumber[letak] if letak < len(sumber) else None
            diisi.setdefault(letak, []).append(i)
    if not baru:
        return tabel, []
    isi = [baru.get(i, deret) for i, deret in enumerate(tabel.sel)]
    return replace(tabel, sel=isi), [
        _same_as_above(tabel, kolom[letak], letak, semua) for letak, semua in diisi.items()
    ]


def _says_same(isi: object) -> bool:
    return isinstance(isi, str) and isi in _SAMA


def _same_as_above(tabel: TabelMentah, kolom: Kolom, letak: int, semua: Sequence[int]) -> Catatan:
    tertulis = clean_text(as_text(tabel.sel[semua[0]][letak]))[0]
    banyak = f" pada {bilangan(len(semua))} baris" if len(semua) > 1 else ""
    pesan = f"{kolom.label} bertuliskan '{tertulis}'{banyak}; dibaca sama dengan baris di atasnya."
    return Catatan("K26", pesan, letak=letak, baris=tabel.nomor_baris(semua[0]))


def carry_units(tabel: TabelMentah, judul: Judul, indeks: Sequence[int]) -> tuple[TabelMentah, list[Catatan]]:
    """The table with the unit of the row above where a row names none; a remark when the table names several.

    People write a unit once above its rows. The rows below must not pass for the sending unit's own. Where already
    the first row names none, units are written only where they differ, and blank cells mean the sender's.
    """
    letak = sorted(judul.kolom[nama] for nama in ("kode_satker", "nama_satker") if nama in judul.kolom)
    if not letak or is_json(tabel):
        return tabel, []
    baru: dict[int, list[object]] = {}
    satker: dict[str, list[object]] = {}
    atas: list[object] = []
    for i in indeks:
        milik = [tabel.sel[i][satu] if satu < len(tabel.sel[i]) else None for satu in letak]
        if not all(map(is_blank, milik)):
            atas = milik
            satker.setdefault(fold(" ".join(map(as_text, milik))), milik)
        elif not atas:
            return tabel, []
        else:
            baru[i] = _with_cells(tabel.sel[i], letak, atas)
    if not baru:
        return tabel, []
    isi = [baru.get(i, deret) for i, deret in enumerate(tabel.sel)]
    pesan = f"satker kosong pada {bilangan(len(baru))} baris; dianggap sama dengan baris di atasnya."
    catatan = Catatan("K26", pesan, letak=letak[0], baris=tabel.nomor_baris(min(baru)))
    return replace(tabel, sel=isi), [catatan] if len(satker) > 1 else []


def _with_cells(baris: Sequence[object], letak: Sequence[int], isi: Sequence[object]) -> list[object]:
    hasil = [*baris, *[None] * (max(letak) + 1 - len(baris))]
    for satu, nilai in zip(letak, isi, strict=True):
        hasil[satu] = nilai
    return hasil
