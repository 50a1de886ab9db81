"""The register: who reports, found by code or by name, on a given day, and over which channels."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from humas.errors import PengirimError
from humas.periods import tanggal, tanggal_jakarta
from humas.registry.names import PANJANG_TERBESAR, Bacaan, NamaTerurai, key_of, parse_name, readings
from humas.registry.unit import Lembaga, Satker

_SARAN_TERBANYAK = 3
_KEMIRIPAN_TERENDAH = 0.7
_CARA_KODE = "tulis kode sebagai teks dengan titik, misalnya 33.74."
_CARA_NAMA = "tulis nama lengkap dengan Kota, Kabupaten, atau Provinsi, atau tulis kodenya, misalnya 33.74."

Benda = TypeVar("Benda")
Kunci = TypeVar("Kunci", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Saluran:
    """One way to reach one unit's data.

    jenis: ``api``, ``berkas``, or ``situs`` (drafts from its news, never figures). alamat: URL, or a folder or file. urutan: order of trying, 1 first.
    kredensial: name of a secret, or empty. himpunan: the data set a CSV holds, or empty.
    percaya_waktu: whether the source's Last-Modified counts as the time of sending. baris: its line in the file.
    """

    lembaga: Lembaga
    kode_satker: str
    jenis: str
    alamat: str
    urutan: int = 1
    kredensial: str = ""
    himpunan: str = ""
    percaya_waktu: bool = False
    aktif: bool = True
    baris: int = 0


@dataclass(frozen=True, slots=True)
class Gangguan:
    """A line of the installation's file that cannot be used; it disables that channel of that unit only.

    berkas: name of the file. baris: its 1-based line. pesan, cara: Indonesian, for the status page.
    lembaga, kode: empty when the line does not even say them.
    """

    berkas: str
    baris: int
    pesan: str
    cara: str
    lembaga: str = ""
    kode: str = ""


@dataclass(frozen=True, slots=True)
class HasilCari:
    """Answer to a written name.

    satker: the unit, when exactly one fits. calon: the units that fit, when several do.
    saran: units with near names, when none fits; empty when nothing is near.
    """

    tertulis: str
    satker: Satker | None = None
    calon: tuple[Satker, ...] = ()
    saran: tuple[Satker, ...] = ()

    @property
    def penjelasan(self) -> str:
        """What to tell the person who wrote the name; empty when it was found."""
        if self.satker:
            return ""
        if self.calon:
            return f'"{self.tertulis}" dapat berarti {_join_names(self.calon)}.'
        mungkin = f" Mungkin {_join_names(self.saran)}." if self.saran else ""
        return f'Satker "{self.tertulis}" tidak terdaftar.{mungkin}'


class Register:
    """All work units with their valid time, and the channels of this installation.

    Without a date, answers are about the units as they are today. Never changes, so threads may share it.
    """

    def __init__(
        self, satker: Iterable[Satker], saluran: Iterable[Saluran] = (), gangguan: Iterable[Gangguan] = ()
    ) -> None:
        self._satker = tuple(sorted(satker, key=lambda unit: unit.kode))
        self._menurut_kode = _group(self._satker, lambda unit: [unit.kode])
        self._menurut_bps = _group(self._satker, lambda unit: [unit.kode_bps] if unit.kode_bps else [])
        self._menurut_nama = _group(self._satker, _names_of)
        self._menurut_kunci = _group(self._satker, lambda unit: {nama.kunci for nama in _names_of(unit)} - {""})
        self._set_channels(saluran, gangguan)

    def with_channels(self, saluran: Iterable[Saluran], gangguan: Iterable[Gangguan] = ()) -> Register:
        """The same units with other channels; cheap, because the units are not indexed again."""
        lain = copy.copy(self)
        lain._set_channels(saluran, gangguan)
        return lain

    def _set_channels(self, saluran: Iterable[Saluran], gangguan: Iterable[Gangguan]) -> None:
        self.gangguan = tuple(sorted(gangguan, key=lambda g: (g.berkas, g.baris)))
        urut = sorted(saluran, key=lambda s: (s.lembaga, s.kode_satker, s.urutan, s.baris))
        self.semua_saluran = tuple(s for s in urut if s.jenis != "situs")
        self.semua_situs = tuple(s for s in urut if s.jenis == "situs")
        self._saluran = _group(self.semua_saluran, lambda s: [(s.lembaga, s.kode_satker)] if s.aktif else [])

    def satker(self, kode: str, pada: date | None = None) -> Satker:
        """The unit that bears ``kode`` on a day.

        Without a day: today's unit, else the last one that bore the code, so that old records keep their names.
        Raises PengirimError: ``satker_tidak_dikenal`` (no such code) or ``satker_tidak_berlaku`` (not on that day).
        """
        semua = self._menurut_kode.get(kode, ())
        if not semua:
            raise self._unknown_code(kode)
        hari = _as_date(pada)
        berlaku = _in_force(semua, hari)
        if not berlaku and hari is not None:
            raise _not_in_force(semua[-1], hari)
        return (berlaku or semua)[-1]

    def berlaku(self, kode: str, pada: date | None = None) -> bool:
        """Whether a unit bears ``kode`` on a day (today when not given)."""
        return bool(_in_force(self._menurut_kode.get(kode, ()), _as_date(pada)))

    def semua(self, pada: date | None = None) -> tuple[Satker, ...]:
        """All units in force on a day, in code order (553 today)."""
        return _in_force(self._satker, _as_date(pada))

    def provinsi(self, pada: date | None = None) -> tuple[Satker, ...]:
        """The provinces in force on a day, in code order (38 today)."""
        return tuple(unit for unit in self.semua(pada) if unit.tingkat == "provinsi")

    def anak(self, kode_induk: str, pada: date | None = None) -> tuple[Satker, ...]:
        """The units directly below one: provinces below ``00``, kabupaten and kota below a province."""
        return tuple(unit for unit in self.semua(pada) if unit.kode_induk == kode_induk)

    def satker_bps(self, kode_bps: str, pada: date | None = None) -> Satker | None:
        """The unit whose BPS code is ``kode_bps`` (``"3210"`` or, dotted to look like ours, ``"32.10"``), if any."""
        semua = self._menurut_bps.get(kode_bps.replace(".", ""), ())
        return next(iter(_in_force(semua, _as_date(pada))), None)

    def cari(self, nama: str, pada: date | None = None) -> HasilCari:
        """Find a unit by its name as people write it, with or without its body, kind, province or code."""
        hari, tertulis = _as_date(pada), _shorten(nama)
        calon = self._candidates(nama, hari)
        if len(calon) == 1:
            return HasilCari(tertulis, satker=calon[0])
        return HasilCari(tertulis, calon=calon, saran=() if calon else self._near_names(nama, hari))

    def find(self, teks: str) -> Satker | None:
        """The unit that a code or a name surely means, or bore once; None otherwise, without looking for near names."""
        rapi = teks.strip()
        if semua := self._menurut_kode.get(rapi):
            return (_in_force(semua, None) or semua)[-1]
        calon = self._candidates(rapi, None)
        return calon[0] if len(calon) == 1 else None

    def resolve(self, teks: str, pada: date | None = None) -> Satker:
        """The unit meant by a code or a name.

        Raises PengirimError: ``satker_ganda`` (several fit), ``satker_tidak_dikenal`` or ``satker_tidak_berlaku``.
        """
        rapi = teks.strip()
        if rapi[:1].isdecimal() and not any(huruf.isalpha() for huruf in rapi):
            return self.satker(rapi, pada)
        hasil = self.cari(rapi, pada)
        if hasil.satker:
            return hasil.satker
        raise PengirimError("satker_ganda" if hasil.calon else "satker_tidak_dikenal", hasil.penjelasan, _CARA_NAMA)

    def saluran(self, lembaga: Lembaga | str, kode: str) -> tuple[Saluran, ...]:
        """The active channels of a unit in the order they are tried; empty when there is none."""
        return self._saluran.get((Lembaga(lembaga), kode), ())

    def situs(self, lembaga: Lembaga | str, kode: str) -> tuple[Saluran, ...]:
        """The lines about a unit's news site, also those switched off; no channel of reports is among them."""
        return tuple(s for s in self.semua_situs if (s.lembaga, s.kode_satker) == (Lembaga(lembaga), kode))

    def gangguan_satker(self, lembaga: Lembaga | str, kode: str) -> tuple[Gangguan, ...]:
        """The bad lines of the installation's file that concern one unit."""
        return tuple(g for g in self.gangguan if (g.lembaga, g.kode) == (lembaga, kode))

    def _candidates(self, nama: str, hari: date | None) -> tuple[Satker, ...]:
        """The units that fit the likeliest reading which fits any."""
        return next((calon for bacaan in readings(nama) if (calon := self._fitting(bacaan, hari))), ())

    def _fitting(self, bacaan: Bacaan, hari: date | None) -> tuple[Satker, ...]:
        """The units a reading fits, within the province and with the code it names."""
        calon = _in_force(self._menurut_nama.get(bacaan.nama, ()), hari)
        if bacaan.kode:
            calon = tuple(unit for unit in calon if unit.kode == bacaan.kode)
        if calon and bacaan.provinsi:
            induk = {unit.kode for unit in self._menurut_nama.get(bacaan.provinsi, ()) if unit.tingkat == "provinsi"}
            calon = tuple(unit for unit in calon if unit.kode_provinsi in induk)
        return calon

    def _near_names(self, nama: str, hari: date | None) -> tuple[Satker, ...]:
        """Units whose names are near, or the same but of another kind, province or code; those of the kind stated first."""
        dicari = parse_name(nama[:PANJANG_TERBESAR])
        dekat = difflib.get_close_matches(dicari.kunci, self._menurut_kunci, _SARAN_TERBANYAK, _KEMIRIPAN_TERENDAH)
        persis = [bacaan.nama.kunci for bacaan in readings(nama)]
        unit = {u.kode: u for kunci in (*dekat, *persis) for u in _in_force(self._menurut_kunci.get(kunci, ()), hari)}
        return tuple(sorted(unit.values(), key=lambda u: u.tingkat != dicari.jenis))[:_SARAN_TERBANYAK]

    def _unknown_code(self, kode: str) -> PengirimError:
        angka = re.sub(r"[^0-9]", "", kode)
        mirip = (f"{angka[:2]}.{angka[2:4]}", f"{angka[:2]}.{angka[2:]}0", angka, f"0{angka}")
        unit = next((self.satker(satu) for satu in mirip if satu in self._menurut_kode), None)
        saran = f" Mungkin {unit.kode} {unit.nama}." if unit else ""
        return PengirimError(
            "satker_tidak_dikenal", f'Kode satker "{_shorten(kode)}" tidak terdaftar.{saran}', _CARA_KODE
        )


def _in_force(satker: Iterable[Satker], hari: date | None) -> tuple[Satker, ...]:
    return tuple(unit for unit in satker if unit.berlaku(hari))


def _group(semua: Iterable[Benda], keys: Callable[[Benda], Iterable[Kunci]]) -> Mapping[Kunci, tuple[Benda, ...]]:
    """Index things by each of their keys, keeping their order."""
    hasil: dict[Kunci, tuple[Benda, ...]] = {}
    for benda in semua:
        for kunci in keys(benda):
            hasil[kunci] = (*hasil.get(kunci, ()), benda)
    return hasil


def _names_of(unit: Satker) -> set[NamaTerurai]:
    """All readings under which a unit is found; an alias that states its kind is found with the kind only."""
    if unit.tingkat == "nasional":
        return {NamaTerurai("nasional", "")}
    polos = {key_of(unit.nama_pendek), parse_name(unit.nama).kunci}  # "DI Yogyakarta", "Daerah Istimewa Yogyakarta"
    terurai = {NamaTerurai(jenis, kunci) for jenis in ("", unit.tingkat) for kunci in polos}
    for satu in map(parse_name, unit.alias):
        terurai |= {satu, NamaTerurai(unit.tingkat, satu.kunci)}
    return terurai


def _not_in_force(unit: Satker, hari: date) -> PengirimError:
    if unit.berlaku_sampai and hari > unit.berlaku_sampai:
        pesan = f"Kode {unit.kode} {unit.nama} berlaku sampai {tanggal(unit.berlaku_sampai)}."
        return PengirimError("satker_tidak_berlaku", pesan, f"pakai kode {unit.kode_baru}.")
    mulai = unit.berlaku_dari or hari
    cara = f"pakai kode {unit.kode_lama}." if unit.kode_lama else "periksa periode laporan."
    return PengirimError(
        "satker_tidak_berlaku", f"Kode {unit.kode} {unit.nama} baru berlaku mulai {tanggal(mulai)}.", cara
    )


def _as_date(pada: date | None) -> date | None:
    """A plain date; an aware time counts by its date in Jakarta."""
    if isinstance(pada, datetime):
        return tanggal_jakarta(pada) if pada.tzinfo else pada.date()
    return pada


def _join_names(satker: tuple[Satker, ...]) -> str:
    sebutan = [f"{unit.nama} ({unit.kode})" for unit in satker]
    return sebutan[0] if len(sebutan) == 1 else f"{', '.join(sebutan[:-1])} atau {sebutan[-1]}"


def _shorten(teks: str) -> str:
    """What was written, safe to show: printable and at most 60 characters."""
    bersih = " ".join("".join(huruf if huruf.isprintable() else " " for huruf in teks[:61]).split())
    return bersih if len(bersih) <= 60 else bersih[:59] + "…"
