"""The canonical model of a report: raw values only, one JSON text per report, its SHA-256 the ``sidik``.

Everything that is published (PDF, workbook, page, open data) is made from a :class:`Report` and from
nothing else. Values are numbers, ISO dates and codes of the vocabulary; words and formats are added by
those who print. ``edisi``, ``terbit`` and ``ralat`` stand outside the digest: same data, same digest,
no new edition.

Kinds: :class:`SatkerReport` (a unit with its rows), :class:`ProvinceReport` (a province with the
standing of each of its units), :class:`NationReport` (the nation with provinces and all units), and of
a year :class:`AnnualReport` for all three.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Self, TypeAlias, cast

from humas.contract.columns import asked_of
from humas.contract.vocabulary import NOT_STATED
from humas.report.measures import BY_NAME, figure_label
from humas.rollup.counted import IN_FIGURES

Value: TypeAlias = str | int | float | bool | None
MODEL_VERSION = 1
NOT_COLLECTED = "belum_dikumpulkan"
_ABSENCES = {
    "": "belum_lapor",
    "pengirim": "belum_lapor",
    "belum_mengirim": "belum_lapor",
    "sumber": "sumber",
    "tanpa_saluran": NOT_COLLECTED,
    NOT_COLLECTED: NOT_COLLECTED,
}
"""Causes by whose doing they are; all others are ours."""
LEDGER_COLUMNS = ("himpunan", "judul", "keadaan", "pada", "berkas", "oleh", "alasan")
MENDED_COLUMNS = ("himpunan", "lembar", "baris", "berkas", "pada")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure.

    id: ``S3``, ``P5.4``, ``N1`` (see ``humas.report.measures``). nilai: None when it cannot be computed.
    pembilang, penyebut: of a rate, else None. sebelumnya: the value one quarter ago, None if unknown.
    """

    id: str
    ukuran: str
    rincian: str
    nilai: int | float | None
    pembilang: int | float | None = None
    penyebut: int | float | None = None
    sebelumnya: int | float | None = None

    @property
    def label(self) -> str:
        """Name of the figure as a reader sees it."""
        return figure_label(self.ukuran, self.rincian)

    @property
    def satuan(self) -> str:
        """Unit as printed; ``persen`` for a percentage."""
        return BY_NAME[self.ukuran].satuan


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure over up to five quarters, oldest first, the report's own quarter last; gaps are None."""

    ukuran: str
    titik: tuple[tuple[str, int | float | None], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they are published: ``kolom`` names, ``baris`` of equal length."""

    kolom: tuple[str, ...]
    baris: tuple[tuple[Value, ...], ...] = ()

    def records(self) -> Iterator[dict[str, Value]]:
        """Each row as a dict by column name."""
        for row in self.baris:
            yield dict(zip(self.kolom, row, strict=True))

    def __len__(self) -> int:
        return len(self.baris)


@dataclass(frozen=True, slots=True)
class TierDue:
    """The deadline of one level (``kabkota``, ``provinsi``, ``nasional``) and the last day of grace, ISO dates."""

    tingkat: str
    tanggal: str
    akhir_tenggang: str


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What a report is about.

    kode: of the unit (``33.74``), the province (``33``) or ``00``. nama: official name, such as
    "KPU Kota Semarang"; of a province report "Provinsi Jawa Tengah", of the nation "Indonesia".
    nama_wilayah: without the body. asumsi_tenggat: no decree fixes the deadline, and every report says so.
    """

    lembaga: str
    lingkup: str
    kode: str
    nama: str
    nama_wilayah: str
    tingkat: str
    periode: str
    kode_provinsi: str = ""
    nama_provinsi: str = ""
    tenggat: tuple[TierDue, ...] = ()
    asumsi_tenggat: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of one unit in the period.

    ketepatan: ``tepat_waktu`` | ``terlambat`` | ``sangat_terlambat`` | ``belum_lapor``.
    status: of the submission in force (``diterima`` … ``nihil``), ``ditolak`` when all were refused,
    ``menunggu`` when there is none. diterima_pada: ISO time (Asia/Jakarta) of the first submission that counts.
    sebab: why nothing counts, outside the digest: ``sumber`` (channel failed), ``pengirim`` (what came cannot be used),
    ``sistem`` (our fault), ``program`` (our program failed on what it sent), ``nonaktif`` (bad registry line), ``tanpa_saluran``, ``belum_mengirim``,
    ``belum_dikumpulkan`` (never asked: every run of the period was limited to other units), else "".
    hari_terlambat: working days after the deadline, 0 when in time, None when nothing came.
    kegiatan, publikasi, permohonan, hoaks: rows that count; None where the unit did not speak about that data set.
    diperbaiki: of the rows in quarantine those that a later file told mended; part of the data where there are any.
    """

    kode: str
    nama: str
    tingkat: str
    ketepatan: str
    status: str
    diterima_pada: str | None = None
    hari_terlambat: int | None = None
    sebab: str = field(default="", metadata={"luar_sidik": True})
    masuk: int = 0
    diterima: int = 0
    dikarantina: int = 0
    kembar: int = 0
    kegiatan: int | None = None
    publikasi: int | None = None
    permohonan: int | None = None
    hoaks: int | None = None
    diperbaiki: int = field(default=0, metadata={"bila_ada": True})

    @property
    def ditahan(self) -> int:
        """Rows that wait to be mended."""
        return self.dikarantina - self.diperbaiki

    @property
    def lapor(self) -> bool:
        """Whether the unit has a submission that counts; nil is one."""
        return self.ketepatan != "belum_lapor"

    @property
    def absence(self) -> str:
        """Why there is no report that counts, as ``humas.report.measures.ABSENT`` calls it; "" where there is one."""
        if self.lapor:
            return ""
        return _ABSENCES.get(self.sebab, "sistem")

    @property
    def belum_dikumpulkan(self) -> bool:
        """Whether nobody asked this unit yet; its obligation stands, but it is not the unit that is silent."""
        return self.sebab == NOT_COLLECTED

    @property
    def hasil(self) -> str:
        """What became of its submission, as readers see it: ``status``, or that the unit was never asked."""
        return NOT_COLLECTED if self.belum_dikumpulkan else self.status


@dataclass(frozen=True, slots=True)
class ProvinceState:
    """The standing of one province: obligations, how many were met, and the main counts.

    selang_*: Wilson 95 % interval of completeness in percent. diperbaiki: as of a unit. Counts: None where nobody spoke about that data set.
    """

    kode: str
    nama: str
    singkatan: str
    wajib: int
    lapor: int
    tepat_waktu: int
    kelengkapan: float | None
    ketepatan_waktu: float | None
    selang_bawah: float | None
    selang_atas: float | None
    kegiatan: int | None
    acara: int | None
    publikasi: int | None
    permohonan: int | None
    hoaks: int | None
    dikarantina: int
    diperbaiki: int = field(default=0, metadata={"bila_ada": True})

    @property
    def ditahan(self) -> int:
        """Rows that wait to be mended."""
        return self.dikarantina - self.diperbaiki


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken: findings, and units concerned."""

    kode: str
    keparahan: str
    temuan: int
    satker: int


@dataclass(frozen=True, slots=True)
class Source:
    """One submission behind a report. sidik: SHA-256 of what was received. berlaku: it carries the figures."""

    sidik: str
    saluran: str
    diterima_pada: str
    status: str
    berlaku: bool
    masuk: int
    diterima: int
    dikarantina: int
    kembar: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the table of changes of a new edition; lama or baru is None where the figure did not exist."""

    id: str
    ukuran: str
    rincian: str
    lama: int | float | None
    baru: int | float | None

    @property
    def label(self) -> str:
        """Name of the figure as a reader sees it."""
        return figure_label(self.ukuran, self.rincian)


@dataclass(frozen=True, slots=True)
class LastError:
    """The last failed attempt to collect from a unit; shown on its page, outside the digest."""

    saluran: str
    kode: str
    pelaku: str
    pesan: str
    cara: str
    waktu: str


_PLAIN_TYPES = (str, int, bool, type(None))
"""What stands as it is in JSON, and is most of a report: told by its type, without a call for each cell."""
_OUTSIDE_DIGEST = frozenset({"edisi", "terbit", "ralat", "galat", "penyebab"})


@dataclass(frozen=True, kw_only=True)
class Report:
    """What all three kinds have: head, figures, trend, and (outside the digest) edition and changes.

    edisi: 0 when our program failed on the report and there is no edition to show (:attr:`withheld`).
    terbit: ISO date of the edition. ralat: what changed since the edition before. penyebab: names of the units
    because of which a province or the nation has this edition; empty for a first edition.
    """

    jenis: ClassVar[str] = ""
    kepala: ReportHeader
    angka: tuple[Figure, ...]
    tren: tuple[Trend, ...] = ()
    edisi: int = 1
    terbit: str = "1970-01-01"
    ralat: tuple[Change, ...] = ()
    penyebab: tuple[str, ...] = ()

    @property
    def kunci(self) -> tuple[str, str]:
        """(lingkup, kode): what the report is about."""
        return self.kepala.lingkup, self.kepala.kode

    @property
    def id(self) -> str:
        """Number of the report, such as ``HT-KPU-33.74-2026TW3-E1``."""
        return report_id(self.kepala.lembaga, *self.kunci, self.kepala.periode, self.edisi)

    @property
    def dicetak(self) -> bool:
        """Whether the report becomes a PDF and a workbook; a unit that sent nothing has a page only."""
        return not self.withheld

    @property
    def withheld(self) -> bool:
        """Whether our program failed on it, so that its page says no more than that."""
        return self.edisi == 0

    @cached_property
    def sidik(self) -> str:
        """SHA-256 of the canonical data, hex."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @cached_property
    def _angka(self) -> Mapping[tuple[str, str], Figure]:
        return {(figure.ukuran, figure.rincian): figure for figure in self.angka}

    def figure(self, measure: str, breakdown: str = "") -> Figure | None:
        """The figure, or None when it does not exist."""
        return self._angka.get((measure, breakdown))

    def value(self, measure: str, breakdown: str = "") -> int | float | None:
        """Value of a figure; None when it does not exist or cannot be computed."""
        figure = self.figure(measure, breakdown)
        return None if figure is None else figure.nilai

    def count(self, measure: str, breakdown: str = "") -> int:
        """Value of a count; a figure that does not exist counts 0."""
        return int(self.value(measure, breakdown) or 0)

    def reported(self, dataset: str) -> bool:
        """Whether anybody spoke about a data set; nil is speaking."""
        return self.value(IN_FIGURES[dataset]) is not None

    @property
    def ditahan_kini(self) -> int:
        """Rows that wait to be mended: those in quarantine but for such as a later file told mended."""
        return self.count("baris", "dikarantina") - self.count("baris", "diperbaiki")

    def breakdown(self, measure: str) -> tuple[Figure, ...]:
        """All figures of a measure that have a breakdown, in published order."""
        return tuple(figure for figure in self.angka if figure.ukuran == measure and figure.rincian)

    def stated(self, measure: str) -> tuple[Figure, ...]:
        """The breakdown of a measure without the rows that say nothing there."""
        return tuple(figure for figure in self.breakdown(measure) if figure.rincian != NOT_STATED)

    def canonical(self) -> bytes:
        """Canonical JSON of the data: UTF-8, sorted keys, no spaces, no float noise, without the edition.

        A field that came later stays out while it is empty (``bila_ada``), so that older editions keep their digest.
        """
        content = {
            f.name: _plain(getattr(self, f.name), core=True)
            for f in fields(self)
            if f.name not in _OUTSIDE_DIGEST and (getattr(self, f.name) or "bila_ada" not in f.metadata)
        }
        return _dump({"jenis": self.jenis, "versi": MODEL_VERSION, **content})

    def to_json(self) -> bytes:
        """The whole report with its edition, to be read back by :func:`load_report`."""
        return _dump({"jenis": self.jenis, **{f.name: _plain(getattr(self, f.name)) for f in fields(self)}})

    def supplement(self) -> dict[str, Any]:
        """What is printed beside the data, JSON-ready: with it and the canonical data :func:`restore_report` makes the report."""
        return {
            "terbit": self.terbit,
            "ralat": _plain(self.ralat),
            "penyebab": list(self.penyebab),
            "sebab": {unit.kode: unit.sebab for unit in self.standings() if unit.sebab},
        }

    def standings(self) -> tuple[Standing, ...]:
        """The standing of every unit that the report tells of."""
        return ()

    def as_edition(
        self, edition: int, published: date, ralat: tuple[Change, ...] = (), causes: tuple[str, ...] = ()
    ) -> Self:
        """The same report as edition ``edition``, dated ``published``."""
        return replace(self, edisi=edition, terbit=published.isoformat(), ralat=ralat, penyebab=causes)


@dataclass(frozen=True, kw_only=True)
class SatkerReport(Report):
    """Report of one work unit.

    tabel: accepted rows by data set, public columns only. ditahan, catatan: findings with columns
    ``lembar, baris, huruf, kolom, kode, pesan, cara`` of quarantined rows and of mere warnings.
    buku: rows that were superseded or withdrawn, with columns :data:`LEDGER_COLUMNS`; part of the data where there are any.
    diperbaiki: rows once held that a later file told mended, with columns :data:`MENDED_COLUMNS`; likewise.
    tolak: (reason, remedy) when the submission was refused as a whole, else ("", "").
    galat: last failed attempt when nothing counts.
    """

    jenis: ClassVar[str] = "satker"
    keadaan: Standing
    tabel: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))
    ditahan: Table = Table(("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"))
    catatan: Table = Table(("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"))
    buku: Table = field(default=Table(LEDGER_COLUMNS), metadata={"bila_ada": True})
    diperbaiki: Table = field(default=Table(MENDED_COLUMNS), metadata={"bila_ada": True})
    tolak: tuple[str, str] = ("", "")
    sumber: tuple[Source, ...] = ()
    galat: LastError | None = None

    @property
    def dicetak(self) -> bool:
        """Only a unit that reported (nil included) gets a PDF and a workbook."""
        return self.keadaan.lapor and not self.withheld

    @property
    def nihil(self) -> bool:
        """Whether it reported that there is nothing of any data set."""
        return self.keadaan.status == "nihil" and all(map(self.reported, asked_of(self.kepala.lembaga)))

    def standings(self) -> tuple[Standing, ...]:
        """The unit's own standing."""
        return (self.keadaan,)


@dataclass(frozen=True, kw_only=True)
class ProvinceReport(Report):
    """Report of one province: its own office and its kabupaten and kota, missing ones named.

    aturan: rules broken in this province. isu: hoaxes with columns ``kode_satker, nama, judul_klaim,
    klasifikasi, status, tanggal_temuan, tanggal_klarifikasi, jumlah_konten``.
    """

    jenis: ClassVar[str] = "provinsi"
    satker: tuple[Standing, ...]
    aturan: tuple[RuleCount, ...] = ()
    isu: Table = Table(())

    def standings(self) -> tuple[Standing, ...]:
        """Its units."""
        return self.satker


@dataclass(frozen=True, kw_only=True)
class NationReport(Report):
    """Report of the nation: 38 provinces and every unit.

    median_satker: median per reporting unit by measure (kegiatan_dilaporkan, publikasi, …).
    """

    jenis: ClassVar[str] = "nasional"
    provinsi: tuple[ProvinceState, ...]
    satker: tuple[Standing, ...]
    aturan: tuple[RuleCount, ...] = ()
    median_satker: Mapping[str, float] = field(default_factory=dict)

    def standings(self) -> tuple[Standing, ...]:
        """Its units."""
        return self.satker


QUARTER_COLUMNS = ("tw1", "tw2", "tw3", "tw4")


@dataclass(frozen=True, kw_only=True)
class AnnualReport(Report):
    """Report of a year of a unit, a province or the nation, made from its quarters as they stand now.

    kantor: the office that signs. triwulan: the quarters with columns ``periode, direkap, laporan, sidik``: whether it was
    rolled up, and the published edition of the same place with the digest of its data ("" for none). menurut: the figures
    (``ukuran, rincian``) by quarter, in the order of ``angka``; None where there is none. kedudukan: how each quarter's report stands (``humas.report.annual.STATES``), with columns ``kode, nama`` and the quarters: of a unit one row, of a
    province its units. provinsi: of the nation, "reported of asked" of each province by quarter. tindak: what quarters
    advised and what became of it, with columns ``periode, id, saran, keadaan, keterangan``. peristiwa: what else is to be
    known of the year, in sentences. The figures' ``sebelumnya`` is the year before.
    """

    jenis: ClassVar[str] = "tahunan"
    kantor: str
    triwulan: Table = Table(("periode", "direkap", "laporan", "sidik"))
    menurut: Table = Table(("ukuran", "rincian", *QUARTER_COLUMNS))
    kedudukan: Table = Table(("kode", "nama", *QUARTER_COLUMNS))
    provinsi: Table = Table(("kode", "nama", *QUARTER_COLUMNS))
    tindak: Table = Table(("periode", "id", "saran", "keadaan", "keterangan"))
    peristiwa: tuple[str, ...] = ()

    @property
    def dicetak(self) -> bool:
        """A unit that reported in no quarter has a page only, and so has a province of which nobody was asked."""
        needed = {"satker": "satker_lapor", "provinsi": "satker_wajib"}.get(self.kepala.lingkup)
        return not self.withheld and (needed is None or bool(self.count(needed)))

    @cached_property
    def _menurut(self) -> Mapping[tuple[Value, Value], tuple[Value, ...]]:
        return {(row[0], row[1]): row[2:] for row in self.menurut.baris}

    def by_quarter(self, measure: str, breakdown: str = "") -> tuple[int | float | None, ...]:
        """A figure's value in each of the four quarters; None where there is none."""
        told = self._menurut.get((measure, breakdown), (None,) * len(QUARTER_COLUMNS))
        return cast("tuple[int | float | None, ...]", told)

    @property
    def belum_direkap(self) -> tuple[str, ...]:
        """Keys of the quarters that were never rolled up; nothing of them is counted."""
        return tuple(str(row["periode"]) for row in self.triwulan.records() if not row["direkap"])


def report_id(lembaga: str, scope: str, code: str, period: str, edition: int) -> str:
    """Number of a report: ``HT-KPU-33.74-2026TW3-E1``, ``HT-KPU-P33-2026TW3-E1``, ``HT-KPU-N-2026TW3-E1``."""
    place = {"satker": code, "provinsi": f"P{code}", "nasional": "N"}[scope]
    return f"HT-{lembaga.upper()}-{place}-{period.replace('-', '')}-E{edition}"


def compare_figures(old: Report | Mapping[str, Any], new: Report) -> tuple[Change, ...]:
    """What changed between two editions, figure by figure, in published order; ``old`` may be read JSON."""
    listing = old.angka if isinstance(old, Report) else [Figure(**a) for a in old["angka"]]
    before, now = ({(figure.ukuran, figure.rincian): figure for figure in figures} for figures in (listing, new.angka))
    changes = []
    for key, reference in {**now, **{key: figure for key, figure in before.items() if key not in now}}.items():
        a, b = (figures[key].nilai if key in figures else None for figures in (before, now))
        if a != b:
            changes.append(Change(reference.id, *key, a, b))
    return tuple(changes)


def load_report(data: bytes) -> Report:
    """Read a report back from :meth:`Laporan.to_json`."""
    return _built(json.loads(data))


def restore_report(canonical: Mapping[str, Any], edition: int, supplement: Mapping[str, Any]) -> Report:
    """The report of a published edition from its canonical data and its :meth:`Laporan.supplement`.

    Raises:
        ValueError: the data are of another version of the model, or not those of a report.
    """
    content = json.loads(json.dumps(dict(canonical)))
    causes = supplement.get("sebab", {})
    beside = {name: supplement[name] for name in ("terbit", "ralat", "penyebab") if name in supplement}
    try:
        if content.pop("versi") != MODEL_VERSION:
            raise ValueError("another version of the model")
        for unit in (*content.get("satker", ()), *filter(None, [content.get("keadaan")])):
            unit["sebab"] = causes.get(unit["kode"], "")
        return _built({**content, **beside, "edisi": edition})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a report of this model") from error


def _built(content: dict[str, Any]) -> Report:
    cls = {kind.jenis: kind for kind in (SatkerReport, ProvinceReport, NationReport, AnnualReport)}[
        content.pop("jenis")
    ]
    content["kepala"]["tenggat"] = tuple(TierDue(**due) for due in content["kepala"]["tenggat"])
    read = _READ | (_READ_ANNUAL if cls is AnnualReport else {})
    return cls(**{name: read[name](value) if name in read else value for name, value in content.items()})


def number(value: float) -> int | float:
    """A number without noise: whole ones as int, others rounded to six decimals."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _plain(value: Any, *, core: bool = False) -> Any:
    """JSON-ready form of a model value; dataclasses become objects, tuples lists. core: only what the digest covers."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return [part if type(part) in _PLAIN_TYPES else _plain(part, core=core) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part, core=core) for key, part in value.items()}
    names = _names_of(cast("Hashable", type(value)), core=core)
    if_any = _if_any(cast("Hashable", type(value))) if core else frozenset()
    return {
        name: part if type(part) in _PLAIN_TYPES else _plain(part, core=core)
        for name in names
        if (part := getattr(value, name)) or name not in if_any
    }


@cache
def _names_of(cls: Hashable, *, core: bool) -> tuple[str, ...]:
    all_fields = fields(cast("type[Any]", cls))
    return tuple(f.name for f in all_fields if not (core and f.metadata.get("luar_sidik")))


@cache
def _if_any(cls: Hashable) -> frozenset[str]:
    """Fields that came later: outside the digest while they are empty, so that older editions keep theirs."""
    return frozenset(f.name for f in fields(cast("type[Any]", cls)) if "bila_ada" in f.metadata)


def _dump(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _many(cls: type[Any]) -> Any:
    return lambda listing: tuple(cls(**values) for values in listing)


def _read_table(content: Mapping[str, Any]) -> Table:
    return Table(tuple(content["kolom"]), tuple(tuple(row) for row in content["baris"]))


_READ: dict[str, Any] = {
    "kepala": lambda content: ReportHeader(**content),
    "angka": _many(Figure),
    "tren": lambda listing: tuple(
        Trend(trend["ukuran"], tuple((period, value) for period, value in trend["titik"])) for trend in listing
    ),
    "ralat": _many(Change),
    "penyebab": tuple,
    "keadaan": lambda content: Standing(**content),
    "tabel": lambda content: {name: _read_table(table) for name, table in content.items()},
    "ditahan": _read_table,
    "catatan": _read_table,
    "buku": _read_table,
    "diperbaiki": _read_table,
    "isu": _read_table,
    "tolak": tuple,
    "sumber": _many(Source),
    "galat": lambda content: None if content is None else LastError(**content),
    "satker": _many(Standing),
    "provinsi": _many(ProvinceState),
    "aturan": _many(RuleCount),
}
_READ_ANNUAL: dict[str, Any] = {
    **dict.fromkeys(("triwulan", "menurut", "kedudukan", "provinsi", "tindak"), _read_table),
    "peristiwa": tuple,
}
