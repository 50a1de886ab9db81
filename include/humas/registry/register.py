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
        guess = f" Mungkin {_join_names(self.saran)}." if self.saran else ""
        return f'Satker "{self.tertulis}" tidak terdaftar.{guess}'


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
        self._menurut_kunci = _group(self._satker, lambda unit: {name.kunci for name in _names_of(unit)} - {""})
        self._set_channels(saluran, gangguan)

    def with_channels(self, saluran: Iterable[Saluran], gangguan: Iterable[Gangguan] = ()) -> Register:
        """The same units with other channels; cheap, because the units are not indexed again."""
        other = copy.copy(self)
        other._set_channels(saluran, gangguan)
        return other

    def _set_channels(self, channels: Iterable[Saluran], faults: Iterable[Gangguan]) -> None:
        self.gangguan = tuple(sorted(faults, key=lambda fault: (fault.berkas, fault.baris)))
        ordered = sorted(
            channels, key=lambda channel: (channel.lembaga, channel.kode_satker, channel.urutan, channel.baris)
        )
        self.semua_saluran = tuple(channel for channel in ordered if channel.jenis != "situs")
        self.semua_situs = tuple(channel for channel in ordered if channel.jenis == "situs")
        self._saluran = _group(
            self.semua_saluran, lambda channel: [(channel.lembaga, channel.kode_satker)] if channel.aktif else []
        )

    def satker(self, kode: str, pada: date | None = None) -> Satker:
        """The unit that bears ``kode`` on a day.

        Without a day: today's unit, else the last one that bore the code, so that old records keep their names.
        Raises PengirimError: ``satker_tidak_dikenal`` (no such code) or ``satker_tidak_berlaku`` (not on that day).
        """
        units = self._menurut_kode.get(kode, ())
        if not units:
            raise self._unknown_code(kode)
        day = _as_date(pada)
        in_force = _in_force(units, day)
        if not in_force and day is not None:
            raise _not_in_force(units[-1], day)
        return (in_force or units)[-1]

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
        units = self._menurut_bps.get(kode_bps.replace(".", ""), ())
        return next(iter(_in_force(units, _as_date(pada))), None)

    def cari(self, nama: str, pada: date | None = None) -> HasilCari:
        """Find a unit by its name as people write it, with or without its body, kind, province or code."""
        day, written = _as_date(pada), _shorten(nama)
        candidates = self._candidates(nama, day)
        if len(candidates) == 1:
            return HasilCari(written, satker=candidates[0])
        return HasilCari(written, calon=candidates, saran=() if candidates else self._near_names(nama, day))

    def find(self, teks: str) -> Satker | None:
        """The unit that a code or a name surely means, or bore once; None otherwise, without looking for near names."""
        clean = teks.strip()
        if units := self._menurut_kode.get(clean):
            return (_in_force(units, None) or units)[-1]
        candidates = self._candidates(clean, None)
        return candidates[0] if len(candidates) == 1 else None

    def resolve(self, teks: str, pada: date | None = None) -> Satker:
        """The unit meant by a code or a name.

        Raises PengirimError: ``satker_ganda`` (several fit), ``satker_tidak_dikenal`` or ``satker_tidak_berlaku``.
        """
        clean = teks.strip()
        if clean[:1].isdecimal() and not any(letter.isalpha() for letter in clean):
            return self.satker(clean, pada)
        found = self.cari(clean, pada)
        if found.satker:
            return found.satker
        raise PengirimError("satker_ganda" if found.calon else "satker_tidak_dikenal", found.penjelasan, _CARA_NAMA)

    def saluran(self, lembaga: Lembaga | str, kode: str) -> tuple[Saluran, ...]:
        """The active channels of a unit in the order they are tried; empty when there is none."""
        return self._saluran.get((Lembaga(lembaga), kode), ())

    def situs(self, lembaga: Lembaga | str, kode: str) -> tuple[Saluran, ...]:
        """The lines about a unit's news site, also those switched off; no channel of reports is among them."""
        return tuple(site for site in self.semua_situs if (site.lembaga, site.kode_satker) == (Lembaga(lembaga), kode))

    def gangguan_satker(self, lembaga: Lembaga | str, kode: str) -> tuple[Gangguan, ...]:
        """The bad lines of the installation's file that concern one unit."""
        return tuple(fault for fault in self.gangguan if (fault.lembaga, fault.kode) == (lembaga, kode))

    def _candidates(self, name: str, day: date | None) -> tuple[Satker, ...]:
        """The units that fit the likeliest reading which fits any."""
        return next((candidates for reading in readings(name) if (candidates := self._fitting(reading, day))), ())

    def _fitting(self, reading: Bacaan, day: date | None) -> tuple[Satker, ...]:
        """The units a reading fits, within the province and with the code it names."""
        candidates = _in_force(self._menurut_nama.get(reading.nama, ()), day)
        if reading.kode:
            candidates = tuple(unit for unit in candidates if unit.kode == reading.kode)
        if candidates and reading.provinsi:
            provinces = {
                unit.kode for unit in self._menurut_nama.get(reading.provinsi, ()) if unit.tingkat == "provinsi"
            }
            candidates = tuple(unit for unit in candidates if unit.kode_provinsi in provinces)
        return candidates

    def _near_names(self, name: str, day: date | None) -> tuple[Satker, ...]:
        """Units whose names are near, or the same but of another kind, province or code; those of the kind stated first."""
        sought = parse_name(name[:PANJANG_TERBESAR])
        near = difflib.get_close_matches(sought.kunci, self._menurut_kunci, _SARAN_TERBANYAK, _KEMIRIPAN_TERENDAH)
        exact = [reading.nama.kunci for reading in readings(name)]
        units = {
            unit.kode: unit for key in (*near, *exact) for unit in _in_force(self._menurut_kunci.get(key, ()), day)
        }
        return tuple(sorted(units.values(), key=lambda unit: unit.tingkat != sought.jenis))[:_SARAN_TERBANYAK]

    def _unknown_code(self, code: str) -> PengirimError:
        digits = re.sub(r"[^0-9]", "", code)
        similar = (f"{digits[:2]}.{digits[2:4]}", f"{digits[:2]}.{digits[2:]}0", digits, f"0{digits}")
        unit = next((self.satker(candidate) for candidate in similar if candidate in self._menurut_kode), None)
        advice = f" Mungkin {unit.kode} {unit.nama}." if unit else ""
        return PengirimError(
            "satker_tidak_dikenal", f'Kode satker "{_shorten(code)}" tidak terdaftar.{advice}', _CARA_KODE
        )


def _in_force(satker: Iterable[Satker], day: date | None) -> tuple[Satker, ...]:
    return tuple(unit for unit in satker if unit.berlaku(day))


def _group(things: Iterable[Benda], keys: Callable[[Benda], Iterable[Kunci]]) -> Mapping[Kunci, tuple[Benda, ...]]:
    """Index things by each of their keys, keeping their order."""
    index: dict[Kunci, tuple[Benda, ...]] = {}
    for thing in things:
        for key in keys(thing):
            index[key] = (*index.get(key, ()), thing)
    return index


def _names_of(unit: Satker) -> set[NamaTerurai]:
    """All readings under which a unit is found; an alias that states its kind is found with the kind only."""
    if unit.tingkat == "nasional":
        return {NamaTerurai("nasional", "")}
    plain = {key_of(unit.nama_pendek), parse_name(unit.nama).kunci}  # "DI Yogyakarta", "Daerah Istimewa Yogyakarta"
    parsed = {NamaTerurai(kind, key) for kind in ("", unit.tingkat) for key in plain}
    for alias in map(parse_name, unit.alias):
        parsed |= {alias, NamaTerurai(unit.tingkat, alias.kunci)}
    return parsed


def _not_in_force(unit: Satker, day: date) -> PengirimError:
    if unit.berlaku_sampai and day > unit.berlaku_sampai:
        message = f"Kode {unit.kode} {unit.nama} berlaku sampai {tanggal(unit.berlaku_sampai)}."
        return PengirimError("satker_tidak_berlaku", message, f"pakai kode {unit.kode_baru}.")
    start = unit.berlaku_dari or day
    remedy = f"pakai kode {unit.kode_lama}." if unit.kode_lama else "periksa periode laporan."
    return PengirimError(
        "satker_tidak_berlaku", f"Kode {unit.kode} {unit.nama} baru berlaku mulai {tanggal(start)}.", remedy
    )


def _as_date(day: date | None) -> date | None:
    """A plain date; an aware time counts by its date in Jakarta."""
    if isinstance(day, datetime):
        return tanggal_jakarta(day) if day.tzinfo else day.date()
    return day


def _join_names(satker: tuple[Satker, ...]) -> str:
    names = [f"{unit.nama} ({unit.kode})" for unit in satker]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} atau {names[-1]}"


def _shorten(text: str) -> str:
    """What was written, safe to show: printable and at most 60 characters."""
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in text[:61]).split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
