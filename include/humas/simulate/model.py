"""Values shared by the parts of the simulation: how a unit behaves, what it sends, what a bad row is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from humas.registry import Lembaga

RowValues = dict[str, object]


class Conduct(StrEnum):
    """How the channel of a unit behaves on the wire."""

    GOOD = "baik"
    SLOW = "lambat"
    ERROR_ONCE = "galat_sekali"
    BUSY = "sibuk"
    FALLBACK = "cadangan"
    ERROR_ALWAYS = "galat_selalu"
    ERROR_FOR_A_WHILE = "galat_sementara"
    BUSY_ALWAYS = "sibuk_selalu"
    HANG = "gantung"
    DRIP = "tetes"
    CUT_SHORT = "potong"
    LOGIN_PAGE = "halaman_masuk"
    WRONG_KIND = "jenis_salah"
    GIANT = "raksasa"
    GZIP_BOMB = "bom_gzip"
    REDIRECT_LOOP = "alihan_putar"
    REDIRECT_OUTSIDE = "alihan_luar"
    CUT = "putus"
    NOT_FOUND = "tidak_ada"


class ContentKind(StrEnum):
    """What a unit's document as a whole is like."""

    NORMAL = "wajar"
    NIHIL = "nihil"
    NO_ROWS = "tanpa_baris"
    EMPTY_SHEET = "lembar_kosong"
    PREVIOUS_TRIWULAN = "triwulan_lalu"
    OTHER_SATKER = "satker_lain"
    DOUBLE_NAME = "nama_ganda"
    BROKEN_JSON = "json_rusak"
    BROKEN_XLSX = "xlsx_rusak"
    FALSE_KIND = "jenis_bohong"
    CORRECTION = "perbaikan"


class Recovery(StrEnum):
    """When a broken channel comes back: never, at the operator's sign (or after a time), or by itself."""

    NEVER = "tidak"
    CONTROL = "kendali"
    BY_ITSELF = "sendiri"


class Fate(StrEnum):
    """What must become of a row."""

    ACCEPTED = "diterima"
    QUARANTINE = "karantina"
    DUPLICATE = "kembar"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The facts of one work unit that its report needs, taken from the registry.

    parent: official name of the superior unit ("" for the national one). host: its own web host.
    bps_code: its BPS code in dotted form. double: another unit bears the same bare name.
    """

    code: str
    tier: str
    name: str
    short_name: str
    official_name: str
    parent: str
    host: str
    bps_code: str = ""
    double: bool = False

    @property
    def province_code(self) -> str:
        """Code of the province, ``00`` for the national unit."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Atmosphere:
    """What a defect may draw on: body, unit, first and last day of the quarter, and when the unit sends."""

    lembaga: str
    unit: UnitFacts
    start: date
    end: date
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Defect:
    """One way of spoiling a row, and what the rules must say of it.

    codes: all rule codes the row must get, sorted. fate: what becomes of the row.
    change: spoils the row in place. added: the row is a further one, made from a good one.
    forms: formats that can carry it. satker: units it needs: codes, ``bps`` (its BPS code is another unit's
    code), ``ganda`` (another unit bears its bare name) or ``bukan_aceh``; empty for any. lembaga: bodies it
    makes sense for. leaves_out: columns that the accepted row lacks, though the defect wrote something there.
    on_site: how many other rows of its data set, spoiled by nothing, the unit has on its own site.
    """

    name: str
    dataset: str
    codes: tuple[str, ...]
    fate: Fate
    change: Callable[[RowValues, Atmosphere], None]
    added: bool = False
    forms: tuple[str, ...] = ("json", "xlsx", "csv")
    satker: tuple[str, ...] = ()
    lembaga: tuple[str, ...] = tuple(Lembaga)
    leaves_out: tuple[str, ...] = ()
    on_site: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """A defect put on one row: ``index`` counts the rows of the data set in the document from 0."""

    defect: Defect
    index: int
    origin: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided about one unit before any row is written.

    channels: formats in the order of the registry (``json``, ``xlsx``, ``csv``). rows: good rows by data set.
    placements: defects of the first version; the corrected version has none. styling: variant of layout, 0..3.
    seconds: delay of a slow channel.
    """

    unit: UnitFacts
    conduct: Conduct
    content: ContentKind
    recovery: Recovery
    channels: tuple[str, ...]
    styling: int
    rows: Mapping[str, int]
    placements: tuple[Placement, ...]
    sent_at: datetime
    punctuality: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Behaviour:
    """How many of the 553 units misbehave, and how; the rest behave.

    Wire, harmless in the end: lambat (answers after 1–2 s), galat_sekali (one 500), sibuk (one 429 with
    Retry-After), cadangan (API always 500, but a workbook as second channel). Wire, failing: the further
    fields named as in ``Conduct``; the first unit of each such group comes back at the operator's sign,
    those of galat_sementara by themselves on the second pass, the others never.
    Content: the fields named as in ``ContentKind``. baris_buruk: units with rows that must be quarantined.
    catatan: units with rows that get warnings only. dua_saluran: units with two good channels.
    terlambat, sangat_terlambat: share of units. saluran_rusak: bad lines in the channels file.
    tanpa_saluran: units without any channel. rekap: provinces whose document is a recap that also tells the rows of some
    of their units, which send nothing themselves.
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
    rekap: int = 1
    terlambat: float = 0.07
    sangat_terlambat: float = 0.025
    bentuk: Mapping[str, int] = field(default_factory=lambda: {"json": 62, "xlsx": 33, "csv": 5})

    @classmethod
    def calm(cls) -> Behaviour:
        """Everybody behaves and is on time: for measuring without disturbance."""
        counts: dict[str, Any] = {name: 0 for name, value in vars(cls()).items() if isinstance(value, int)}
        return cls(**counts, terlambat=0.0, sangat_terlambat=0.0)
