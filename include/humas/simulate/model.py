"""Values shared by the parts of the simulation: how a unit behaves, what it sends, what a bad row is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Baris = dict[str, object]


class Perangai(StrEnum):
    """How the channel of a unit behaves on the wire."""

    BAIK = "baik"
    LAMBAT = "lambat"
    GALAT_SEKALI = "galat_sekali"
    SIBUK = "sibuk"
    CADANGAN = "cadangan"
    GALAT_SELALU = "galat_selalu"
    GALAT_SEMENTARA = "galat_sementara"
    SIBUK_SELALU = "sibuk_selalu"
    GANTUNG = "gantung"
    TETES = "tetes"
    POTONG = "potong"
    HALAMAN_MASUK = "halaman_masuk"
    JENIS_SALAH = "jenis_salah"
    RAKSASA = "raksasa"
    BOM_GZIP = "bom_gzip"
    ALIHAN_PUTAR = "alihan_putar"
    ALIHAN_LUAR = "alihan_luar"
    PUTUS = "putus"
    TIDAK_ADA = "tidak_ada"


class JenisIsi(StrEnum):
    """What a unit's document as a whole is like."""

    WAJAR = "wajar"
    NIHIL = "nihil"
    TANPA_BARIS = "tanpa_baris"
    LEMBAR_KOSONG = "lembar_kosong"
    TRIWULAN_LALU = "triwulan_lalu"
    SATKER_LAIN = "satker_lain"
    NAMA_GANDA = "nama_ganda"
    JSON_RUSAK = "json_rusak"
    XLSX_RUSAK = "xlsx_rusak"
    JENIS_BOHONG = "jenis_bohong"
    PERBAIKAN = "perbaikan"


class Pemulihan(StrEnum):
    """When a broken channel comes back: never, at the operator's sign (or after a time), or by itself."""

    TIDAK = "tidak"
    KENDALI = "kendali"
    SENDIRI = "sendiri"


class Nasib(StrEnum):
    """What must become of a row."""

    DITERIMA = "diterima"
    KARANTINA = "karantina"
    KEMBAR = "kembar"


@dataclass(frozen=True, slots=True)
class Satuan:
    """The facts of one work unit that its report needs, taken from the registry.

    induk: official name of the superior unit ("" for the national one). host: its own web host.
    kode_bps: its BPS code in dotted form. ganda: another unit bears the same bare name.
    """

    kode: str
    tingkat: str
    nama: str
    nama_pendek: str
    resmi: str
    induk: str
    host: str
    kode_bps: str = ""
    ganda: bool = False

    @property
    def kode_provinsi(self) -> str:
        """Code of the province, ``00`` for the national unit."""
        return self.kode[:2]


@dataclass(frozen=True, slots=True)
class Suasana:
    """What a defect may draw on: body, unit, first and last day of the quarter, and when the unit sends."""

    lembaga: str
    satuan: Satuan
    mulai: date
    selesai: date
    dikirim_pada: datetime


@dataclass(frozen=True, slots=True)
class Cacat:
    """One way of spoiling a row, and what the rules must say of it.

    kode: all rule codes the row must get, sorted. nasib: what becomes of the row.
    ubah: spoils the row in place. tambah: the row is a further one, made from a good one.
    bentuk: formats that can carry it. satker: units it needs: codes, ``bps`` (its BPS code is another unit's
    code), ``ganda`` (another unit bears its bare name) or ``bukan_aceh``; empty for any. lembaga: bodies it
    makes sense for.
    """

    nama: str
    himpunan: str
    kode: tuple[str, ...]
    nasib: Nasib
    ubah: Callable[[Baris, Suasana], None]
    tambah: bool = False
    bentuk: tuple[str, ...] = ("json", "xlsx", "csv")
    satker: tuple[str, ...] = ()
    lembaga: tuple[str, ...] = ("kpu", "bawaslu", "pemda")


@dataclass(frozen=True, slots=True)
class Pasangan:
    """A defect put on one row: ``indeks`` counts the rows of the data set in the document from 0."""

    cacat: Cacat
    indeks: int
    asal: int


@dataclass(frozen=True, slots=True)
class Rencana:
    """All that is decided about one unit before any row is written.

    saluran: formats in the order of the registry (``json``, ``xlsx``, ``csv``). baris: good rows by data set.
    pasangan: defects of the first version; the corrected version has none. gaya: variant of layout, 0..3.
    detik: delay of a slow channel.
    """

    satuan: Satuan
    perangai: Perangai
    isi: JenisIsi
    pemulihan: Pemulihan
    saluran: tuple[str, ...]
    gaya: int
    baris: Mapping[str, int]
    pasangan: tuple[Pasangan, ...]
    dikirim_pada: datetime
    ketepatan: str
    detik: float = 0.0


@dataclass(frozen=True)
class Perilaku:
    """How many of the 553 units misbehave, and how; the rest behave.

    Wire, harmless in the end: lambat (answers after 1–2 s), galat_sekali (one 500), sibuk (one 429 with
    Retry-After), cadangan (API always 500, but a workbook as second channel). Wire, failing: the further
    fields named as in ``Perangai``; the first unit of each such group comes back at the operator's sign,
    those of galat_sementara by themselves on the second pass, the others never.
    Content: the fields named as in ``JenisIsi``. baris_buruk: units with rows that must be quarantined.
    catatan: units with rows that get warnings only. dua_saluran: units with two good channels.
    terlambat, sangat_terlambat: share of units. saluran_rusak: bad lines in the channels file.
    tanpa_saluran: units without any channel.
    """

    lambat: int = 12
    galat_sekali: int = 8
    sibuk: int = 4
    cadangan: int = 5
    galat_selalu: int = 3
    galat_sementara: int = 2
    sibuk_selalu: int = 1
    gantung: int = 3
    tetes: int = 2
    potong: int = 3
    halaman_masuk: int = 3
    jenis_salah: int = 2
    raksasa: int = 2
    bom_gzip: int = 2
    alihan_putar: int = 2
    alihan_luar: int = 2
    putus: int = 2
    tidak_ada: int = 2
    nihil: int = 6
    tanpa_baris: int = 2
    lembar_kosong: int = 2
    triwulan_lalu: int = 2
    satker_lain: int = 2
    nama_ganda: int = 2
    json_rusak: int = 2
    xlsx_rusak: int = 2
    jenis_bohong: int = 2
    perbaikan: int = 4
    baris_buruk: int = 42
    catatan: int = 60
    dua_saluran: int = 4
    saluran_rusak: int = 1
    tanpa_saluran: int = 2
    terlambat: float = 0.07
    sangat_terlambat: float = 0.025
    bentuk: Mapping[str, int] = field(default_factory=lambda: {"json": 62, "xlsx": 33, "csv": 5})

    @classmethod
    def tenang(cls) -> Perilaku:
        """Everybody behaves and is on time: for measuring without disturbance."""
        counts: dict[str, Any] = {name: 0 for name, value in vars(cls()).items() if isinstance(value, int)}
        return cls(**counts, terlambat=0.0, sangat_terlambat=0.0)
