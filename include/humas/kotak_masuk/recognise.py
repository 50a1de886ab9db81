"""Whose file it is and for which quarter: one answer when the evidence agrees, else why not and who it may be.

Nothing is decided against any of the evidence: a cover left over from another unit or from last quarter would
replace figures that are right. See ``docs/decisions/0010-kotak-masuk.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from humas.check import Identitas
from humas.errors import PengirimError
from humas.kotak_masuk.evidence import Petunjuk
from humas.periods import Triwulan, parse_periode, tanggal
from humas.registry import Lembaga, Register

_CALON_TERBANYAK = 10
_APA = {"satker": "satker", "lembaga": "lembaga", "periode": "triwulan"}
_CONTRADICTION = "keterangan_bertentangan"
_CARA_BERTENTANGAN = "Betulkan yang keliru, entah sampul, isi, atau nama berkas, lalu taruh lagi di masuk."
_CARA = "Perbaiki sampul atau nama berkas, lalu taruh lagi di masuk. Nama yang selalu dikenali: {contoh}"


@dataclass(frozen=True, slots=True)
class TakDikenal:
    """Why nobody can say whose file it is. calon: ``33.74 KPU Kota Semarang`` and the like. cara: how to mend it."""

    kode: str
    sebab: str
    cara: str
    calon: tuple[str, ...] = ()


def recognise(
    petunjuk: Sequence[Petunjuk], register: Register, hari_ini: date, satu_lembaga: str = ""
) -> Identitas | TakDikenal:
    """Judge the evidence.

    satu_lembaga: the body of this installation when it serves one only; it speaks when nothing else names a body.
    """
    putusan = {nama: _judge(nama, petunjuk, register) for nama in _APA}
    lembaga = putusan["lembaga"]
    if satu_lembaga and lembaga == frozenset():
        putusan["lembaga"] = lembaga = frozenset({satu_lembaga})
    bertentangan = [satu for satu in putusan.values() if isinstance(satu, str)]
    if bertentangan:
        return _unknown(_CONTRADICTION, " ".join(bertentangan), petunjuk, register)
    pasti = {nama: next(iter(satu)) for nama, satu in putusan.items() if len(satu) == 1}
    if len(pasti) < len(_APA):
        kurang = " ".join(_lack(nama, putusan[nama], register) for nama in _APA if nama not in pasti)
        return _unknown("tak_dikenal", kurang, petunjuk, register)
    return _confirm(Identitas(pasti["lembaga"], pasti["satker"], pasti["periode"]), petunjuk, register, hari_ini)


def _judge(nama: str, petunjuk: Sequence[Petunjuk], register: Register) -> frozenset[str] | str:
    """What all sources that speak can agree on; their contradiction, in words, when they cannot."""
    bicara = [(satu.asal, nilai) for satu in petunjuk if (nilai := getattr(satu, nama))]
    if not bicara:
        return frozenset()
    sepakat = frozenset.intersection(*(nilai for _, nilai in bicara))
    if sepakat:
        return sepakat
    sebutan = [f"{asal} menyebut {_join(_label(nama, satu, register) for satu in nilai)}" for asal, nilai in bicara]
    kalimat = ", ".join(dict.fromkeys(sebutan))
    return f"Keterangan {_APA[nama]} bertentangan: {kalimat}."


def _lack(nama: str, calon: frozenset[str] | str, register: Register) -> str:
    if not calon:
        return f"Berkas tidak menyebut {_APA[nama]}."
    return f"Keterangan {_APA[nama]} dapat berarti {_join(_label(nama, satu, register) for satu in calon)}."


def _confirm(
    identitas: Identitas, petunjuk: Sequence[Petunjuk], register: Register, hari_ini: date
) -> Identitas | TakDikenal:
    """The unit must have existed in that quarter, and the quarter must have begun."""
    triwulan = parse_periode(identitas.periode)
    try:
        register.satker(identitas.kode_satker, triwulan.selesai)
    except PengirimError as galat:
        return _unknown(galat.kode, galat.pesan, petunjuk, register)
    if triwulan.mulai > hari_ini:
        sebab = f"{triwulan.label} baru mulai {tanggal(triwulan.mulai)}."
        return _unknown("periode_belum_mulai", sebab, petunjuk, register)
    return identitas


def _unknown(kode: str, sebab: str, petunjuk: Sequence[Petunjuk], register: Register) -> TakDikenal:
    satker = sorted(frozenset().union(*(satu.satker for satu in petunjuk)))
    lembaga = sorted(frozenset().union(*(satu.lembaga for satu in petunjuk))) or [str(Lembaga.KPU)]
    periode = sorted(frozenset().union(*(satu.periode for satu in petunjuk)))
    calon = [_candidate(satu, badan, register) for satu in satker for badan in lembaga][:_CALON_TERBANYAK]
    calon += [f"{parse_periode(satu).label} ({satu})" for satu in periode[:_CALON_TERBANYAK]]
    contoh = _example(satker, lembaga, periode, register)
    cara = _CARA_BERTENTANGAN if kode == _CONTRADICTION else _CARA.format(contoh=contoh)
    return TakDikenal(kode, sebab, cara, tuple(calon))


def _candidate(kode: str, lembaga: str, register: Register) -> str:
    return f"{kode} {register.satker(kode).nama_resmi(lembaga)}"


def _example(satker: Sequence[str], lembaga: Sequence[str], periode: Sequence[str], register: Register) -> str:
    """A file name that would be recognised, made of what is known."""
    kode = satker[0] if satker else "33.74"
    triwulan = parse_periode(periode[0] if periode else "2026-TW3")
    nomor = f"TW{triwulan.nomor} {triwulan.tahun}" if isinstance(triwulan, Triwulan) else triwulan.kunci
    return f'"{kode} {register.satker(kode).nama_resmi(lembaga[0])} {nomor}.xlsx".'


def _label(nama: str, nilai: str, register: Register) -> str:
    if nama == "satker":
        return f"{register.satker(nilai).nama} ({nilai})"
    return Lembaga(nilai).label if nama == "lembaga" else parse_periode(nilai).label


def _join(sebutan: Iterable[str]) -> str:
    semua = sorted(sebutan)
    return semua[0] if len(semua) == 1 else f"{', '.join(semua[:-1])} atau {semua[-1]}"
