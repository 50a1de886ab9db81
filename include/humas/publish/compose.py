"""From the warehouse's frames to the canonical model: every unit, every province, the nation.

Frames are grouped once; nothing filters a whole frame per unit, so that 592 reports take seconds. Columns
marked internal in the contract and the identity of the unit never enter a report's rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.contract.columns import Himpunan, Privasi, Tipe
from humas.contract.privacy import mask
from humas.errors import ProgramFault, ReportFault, SistemError
from humas.fence import SECONDS_EACH, Fault, in_halves, time_limit
from humas.periods import Kalender, Triwulan, parse_periode, tanggal_jakarta
from humas.publish.charts import tile_names
from humas.publish.model import (
    BELUM_DIKUMPULKAN,
    Angka,
    GalatTerakhir,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Kepala,
    Laporan,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Nilai,
    Sumber,
    Tabel,
    TenggatTingkat,
    Tren,
    number,
)
from humas.publish.ukuran import MENURUT_NAMA, figure_id, figure_place
from humas.rollup.clock import clock_requests
from humas.rollup.interval import wilson
from humas.settings import WIB

if TYPE_CHECKING:
    from humas.registry import Register, Satker
    from humas.warehouse import Kewajiban

Kunci = tuple[str, str]
OnFault = Callable[[Laporan, ProgramFault], None]
Unit = TypeVar("Unit", "Satker", "Satker | None")
Tiga = tuple[float | None, float | None, float | None]
_IDENTITAS = frozenset({"lembaga", "kode_satker", "nama_satker"})
_TEMUAN = ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara")
_ISU_PROVINSI = ("judul_klaim", "klasifikasi", "status", "tanggal_temuan", "tanggal_klarifikasi", "jumlah_konten")
_KETEPATAN = ("tepat_waktu", "terlambat", "sangat_terlambat")
_TREN_SATKER = ("kegiatan_dilaporkan", "publikasi", "permohonan")
_TREN_TINGKAT = ("kelengkapan", "ketepatan_waktu", *_TREN_SATKER)
_TINGKAT_TENGGAT = {"nasional": "nasional", "provinsi": "provinsi", "kabupaten": "kabkota", "kota": "kabkota"}
TRIWULAN_TERBANYAK = 5
NATION = "00"
SECONDS_EACH_REPORT = 0.25


@dataclass(frozen=True)
class _Sumber:
    """Everything grouped once, by unit or by report."""

    lembaga: str
    triwulan: Triwulan
    kalender: Kalender
    asumsi: bool
    satker: tuple[Satker, ...]
    angka: Mapping[Kunci, Mapping[Kunci, Tiga]]
    riwayat: Mapping[str, Mapping[Kunci, Mapping[Kunci, Tiga]]]
    tabel: Mapping[str, Mapping[str, Tabel]]
    putusan: Mapping[str, list[dict[str, Any]]]
    temuan: Mapping[str, list[dict[str, Any]]]
    kewajiban: Mapping[str, Kewajiban]
    percobaan: Mapping[str, dict[str, Any]]

    def value(self, lingkup: str, kode: str, ukuran: str, rincian: str = "") -> float | None:
        """Value of a figure of this quarter."""
        return self.angka.get((lingkup, kode), {}).get((ukuran, rincian), (None, None, None))[0]

    def count(self, lingkup: str, kode: str, ukuran: str, rincian: str = "") -> int:
        """Value of a count; 0 when there is none."""
        return int(self.value(lingkup, kode, ukuran, rincian) or 0)


@dataclass(frozen=True)
class _Frames:
    """What the warehouse gives of a quarter, ungrouped: of all units, or of some (:meth:`of`)."""

    figures: pd.DataFrame
    facts: Mapping[str, pd.DataFrame]
    verdicts: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    obligations: Sequence[Kewajiban]
    attempts: pd.DataFrame
    history: Mapping[str, pd.DataFrame]
    satker: tuple[Satker, ...]
    lembaga: str
    triwulan: Triwulan
    kalender: Kalender
    hari_ini: date | None
    asumsi: bool

    def of(self, satker: Sequence[Satker]) -> _Frames:
        """The rows of some units alone, with the figures of all provinces and the nation."""
        if len(satker) == len(self.satker):
            return self
        codes = {unit.kode for unit in satker}
        return replace(
            self,
            figures=_figures_of(self.figures, codes),
            facts={name: _rows_of(frame, codes) for name, frame in self.facts.items()},
            verdicts=_rows_of(self.verdicts, codes),
            findings=_rows_of(self.findings, codes),
            quarantine=_rows_of(self.quarantine, codes),
            attempts=_rows_of(self.attempts, codes),
            history={period: _figures_of(frame, codes) for period, frame in self.history.items()},
        )


def _rows_of(frame: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return frame[frame["kode_satker"].isin(codes)] if "kode_satker" in frame.columns else frame


def _figures_of(frame: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return frame[(frame["lingkup"] != "satker") | frame["kode"].isin(codes)]


def compose_reports(
    figures: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    verdicts: pd.DataFrame,
    findings: pd.DataFrame,
    quarantine: pd.DataFrame,
    obligations: Sequence[Kewajiban],
    attempts: pd.DataFrame,
    register: Register,
    lembaga: str,
    periode: str,
    history: Mapping[str, pd.DataFrame],
    *,
    kalender: Kalender | None = None,
    hari_ini: date | None = None,
    tenggat_ditetapkan: bool = False,
    on_fault: OnFault | None = None,
) -> Iterator[Laporan]:
    """Compose the report of every unit of the register, of every province and of the nation.

    figures: long figures of the quarter; history: the same of other quarters by key (``2026-TW2``), as far as
    they exist. facts, verdicts, findings, quarantine, attempts: frames of the warehouse. obligations: the
    frozen list. hari_ini: the business day that tells which requests are late, default the end of the grace.
    on_fault: called with each report that our program fails on, bare (:attr:`Laporan.withheld`), and with the fault;
    the bare one stands in its place. Without it the first such fault is raised.

    Raises:
        SistemError: a figure has no entry in the catalogue. ProgramFault: the program fails on whatever it is given.
    """
    triwulan = parse_periode(periode)
    if not isinstance(triwulan, Triwulan):
        raise SistemError("bukan_triwulan", f"{periode} bukan triwulan.", "laporkan ke pengembang.")
    frames = _Frames(
        figures, facts, verdicts, findings, quarantine, obligations, attempts, history,
        register.semua(triwulan.selesai), lembaga, triwulan, kalender or Kalender.load(), hari_ini,
        not tenggat_ditetapkan,
    )  # fmt: skip
    yield from _Composing(frames, on_fault or _raised).reports()


def _raised(_: Laporan, fault: ProgramFault) -> None:
    raise fault


class _Composing:
    """Reports of one quarter: all units at once, and where that throws, in halves; then provinces and nation."""

    def __init__(self, frames: _Frames, on_fault: OnFault) -> None:
        self._frames, self._on_fault = frames, on_fault
        self._sumber: dict[str, _Sumber] = {}
        self._keadaan: dict[str, Keadaan] = {}
        self._laporan: dict[Kunci, Laporan] = {}

    def reports(self) -> Iterator[Laporan]:
        units = self._frames.satker
        faults = self._apart(units, self._gather_units)
        in_halves([fault.item for fault in faults], self._stand_without_rows, _unit_name, give_up=None)
        self._keadaan = {unit.kode: self._keadaan.get(unit.kode) or self._bare_standing(unit) for unit in units}
        source = self._whole()
        rowless = {fault.item.kode for fault in faults}
        with_rows = [unit for unit in units if unit.kode not in rowless]
        faults += self._apart(with_rows, partial(self._report_units, source))
        for fault in faults:
            self._withhold(self._bare_unit(fault.item), fault.error)
        provinces = [unit for unit in units if unit.tingkat == "provinsi"]
        for level in self._apart([*provinces, None], partial(self._report_levels, source, provinces)):
            self._withhold(self._bare_level(level.item), level.error)
        yield from (self._laporan["satker", unit.kode] for unit in units)
        yield from (self._laporan["provinsi", unit.kode] for unit in provinces)
        yield self._laporan["nasional", NATION]

    def _apart(self, units: Sequence[Unit], work: Callable[[Sequence[Unit]], None]) -> list[Fault[Unit]]:
        """Do the work, in halves if need be; the units that it fails on.

        Raises:
            ProgramFault: it fails on every one of several.
        """

        def bounded(part: Sequence[Unit]) -> None:
            with time_limit(SECONDS_EACH + SECONDS_EACH_REPORT * len(part)):
                work(part)

        faults = in_halves(units, bounded, _unit_name, kind=ReportFault)
        if len(faults) == len(units) > 1:
            raise faults[0].error
        return faults

    def _withhold(self, bare: Laporan, error: ProgramFault) -> None:
        self._laporan[bare.kunci] = bare
        self._on_fault(bare, error)

    def _gather_units(self, part: Sequence[Satker]) -> None:
        source = _gather(self._frames.of(part))
        self._keadaan |= {unit.kode: _standing(source, unit) for unit in part}
        self._sumber |= {unit.kode: source for unit in part}

    def _stand_without_rows(self, part: Sequence[Satker]) -> None:
        """Standings of units whose rows cannot be grouped: their figures and findings are known all the same."""
        source = _gather(replace(self._frames.of(part), facts={}))
        self._keadaan |= {unit.kode: _standing(source, unit) for unit in part}
        self._sumber |= {unit.kode: source for unit in part}

    def _report_units(self, source: _Sumber, part: Sequence[Satker]) -> None:
        _require_reasons(self._frames.of(part).quarantine, source)
        for unit in part:
            report = _unit_report(source, unit, self._keadaan[unit.kode])
            self._laporan[report.kunci] = report

    def _report_levels(self, source: _Sumber, provinces: Sequence[Satker], part: Sequence[Satker | None]) -> None:
        """Reports of provinces, and of the nation, which is None."""
        for unit in part:
            if unit is None:
                report: Laporan = _nation_report(source, provinces, self._keadaan)
            else:
                report = _province_report(source, unit, self._members(unit), self._keadaan)
            self._laporan[report.kunci] = report

    def _members(self, province: Satker) -> list[Satker]:
        return [unit for unit in self._frames.satker if unit.kode_provinsi == province.kode]

    def _whole(self) -> _Sumber:
        """What all units' parts hold together; one that could not be grouped is missing its rows."""
        parts = list({id(part): part for part in self._sumber.values()}.values())
        if len(parts) == 1:
            return parts[0]
        return replace(
            parts[0],
            angka=_joined(part.angka for part in parts),
            riwayat={
                period: _joined(part.riwayat.get(period, {}) for part in parts) for period in self._frames.history
            },
            tabel={name: _joined(part.tabel.get(name, {}) for part in parts) for name in self._frames.facts},
            putusan=_joined(part.putusan for part in parts),
            temuan=_joined(part.temuan for part in parts),
            percobaan=_joined(part.percobaan for part in parts),
        )

    def _bare_standing(self, unit: Satker) -> Keadaan:
        """What is known of a unit whose standing our program fails to tell."""
        name = unit.nama_resmi(self._frames.lembaga)
        return Keadaan(unit.kode, name, unit.tingkat, "belum_lapor", "menunggu", sebab="program")

    def _bare_head(self, unit: Satker | None, scope: str, name: str, tier: str) -> Kepala:
        frames = self._frames
        central = unit is None or unit.tingkat == "nasional"
        province_code = "" if unit is None or central else unit.kode_provinsi
        province_name = next(
            (other.nama_pendek for other in frames.satker if province_code and other.kode == province_code), ""
        )
        return Kepala(
            frames.lembaga, scope, unit.kode if unit else NATION, name, unit.nama if unit else name, tier,
            frames.triwulan.kunci, province_code, province_name, asumsi_tenggat=frames.asumsi,
        )  # fmt: skip

    def _bare_unit(self, unit: Satker) -> LaporanSatker:
        header = self._bare_head(unit, "satker", unit.nama_resmi(self._frames.lembaga), unit.tingkat)
        return LaporanSatker(kepala=header, angka=(), keadaan=self._keadaan[unit.kode], edisi=0)

    def _bare_level(self, unit: Satker | None) -> Laporan:
        if unit is None:
            header = self._bare_head(None, "nasional", "Indonesia", "nasional")
            return LaporanNasional(kepala=header, angka=(), provinsi=(), satker=tuple(self._keadaan.values()), edisi=0)
        header = self._bare_head(unit, "provinsi", unit.nama, "provinsi")
        standings = tuple(self._keadaan[member.kode] for member in self._members(unit))
        return LaporanProvinsi(kepala=header, angka=(), satker=standings, edisi=0)


def _unit_name(unit: Satker | None) -> str:
    return f"Laporan {unit.nama}" if unit else "Laporan nasional"


def _joined(parts: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    return {key: value for part in parts for key, value in part.items()}


def _gather(frames: _Frames) -> _Sumber:
    verdicts = _records_by(_masked(frames.verdicts, "alasan", "cara"), "kode_satker")
    deciding = {_deciding(own)["id_kiriman"] for own in verdicts.values()}
    end = max((obligation.akhir_tenggang for obligation in frames.obligations), default=frames.triwulan.selesai)
    tables = {name: _masked(frame, "lembar") for name, frame in frames.facts.items()}
    findings = frames.findings[frames.findings["id_kiriman"].isin(deciding)]
    if "permohonan_info" in tables:
        tables["permohonan_info"] = _clocked(tables["permohonan_info"], frames.kalender, frames.hari_ini or end)
    return _Sumber(
        lembaga=frames.lembaga,
        triwulan=frames.triwulan,
        kalender=frames.kalender,
        asumsi=frames.asumsi,
        satker=frames.satker,
        angka=_figures_by_report(frames.figures),
        riwayat={period: _figures_by_report(frame) for period, frame in frames.history.items() if len(frame)},
        tabel={name: tables_by_unit(frame, HIMPUNAN[name]) for name, frame in tables.items()},
        putusan=verdicts,
        temuan=_records_by(_masked(findings, "lembar", "pesan", "cara"), "kode_satker"),
        kewajiban={record.kode_satker: record for record in frames.obligations},
        percobaan={record["kode_satker"]: record for record in _records(_masked(frames.attempts, "pesan", "cara"))},
    )


def _masked(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The same frame, with personal data hidden in texts that quote what senders name: files, sheets, fields, covers."""
    hidden: dict[str, dict[str, str]] = {}
    for name in columns:
        seen = {text: mask(text) for text in frame[name].unique() if isinstance(text, str)}
        hidden[name] = {text: shown for text, shown in seen.items() if shown != text}
    return frame.assign(**{name: frame[name].replace(changed) for name, changed in hidden.items() if changed})


# ---------- frames, grouped once ----------


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts of plain values, None where missing."""
    if frame.empty:
        return []
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _records_by(frame: pd.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in _records(frame):
        groups[record[key]].append(record)
    return groups


def _figures_by_report(frame: pd.DataFrame) -> dict[Kunci, dict[Kunci, Tiga]]:
    """(lingkup, kode) → (ukuran, rincian) → value, numerator, denominator."""
    figures: dict[Kunci, dict[Kunci, Tiga]] = defaultdict(dict)
    columns = [frame[name].tolist() for name in ("lingkup", "kode", "ukuran", "rincian")]
    values = [
        [None if number != number else number for number in frame[name].tolist()]
        for name in ("nilai", "pembilang", "penyebut")
    ]
    for scope, code, measure, breakdown, *numbers in zip(*columns, *values, strict=True):
        if measure not in MENURUT_NAMA:
            raise SistemError(
                "ukuran_tidak_dikenal",
                f'Ukuran "{measure}" tidak ada dalam katalog.',
                "tambahkan pada humas/publish/ukuran.py.",
            )
        figures[scope, code][measure, breakdown] = (numbers[0], numbers[1], numbers[2])
    return figures


def _clocked(permohonan: pd.DataFrame, calendar: Kalender, today: date) -> pd.DataFrame:
    """Requests with the working days they took and how punctual the answer was."""
    clock = clock_requests(permohonan, calendar, today)
    return permohonan.assign(hari_kerja=clock["hari"], ketepatan=clock["ketepatan"])


def published_columns(himpunan: Himpunan) -> list[str]:
    """Columns of a data set that a report may show: public, without the unit's identity."""
    return [
        column.nama for column in himpunan.kolom if column.privasi is Privasi.PUBLIK and column.nama not in _IDENTITAS
    ]


def tables_by_unit(frame: pd.DataFrame, himpunan: Himpunan) -> dict[str, Tabel]:
    """Rows of each unit as they are published, by date, sheet and row; conversion goes by whole columns."""
    when = next(column.nama for column in himpunan.kolom if column.tipe in {Tipe.TANGGAL, Tipe.WAKTU})
    ordered = frame.sort_values(["kode_satker", when, "lembar", "baris"], kind="stable")
    extra = [name for name in ("hari_kerja", "ketepatan", "id_acara", "lembar", "baris") if name in frame.columns]
    names = [*published_columns(himpunan), *extra]
    kinds = {column.nama: column.tipe for column in himpunan.kolom}
    values = [_plain_column(ordered[name], kinds.get(name)) for name in names]
    by_unit: dict[str, list[tuple[Nilai, ...]]] = defaultdict(list)
    for code, row in zip(ordered["kode_satker"].tolist(), zip(*values, strict=True), strict=True):
        by_unit[code].append(row)
    return {code: Tabel(tuple(names), tuple(rows)) for code, rows in by_unit.items()}


def _plain_column(column: pd.Series[Any], kind: Tipe | None) -> list[Nilai]:
    """A column as ISO dates, numbers and text, None where missing; times are Jakarta's wall clock."""
    if column.dtype.kind == "M":
        if kind is Tipe.WAKTU:
            return [
                f"{moment}+07:00" if moment != "NaT" else None
                for moment in column.to_numpy("datetime64[s]").astype(str)
            ]
        return [str(moment) if moment != "NaT" else None for moment in column.to_numpy("datetime64[D]").astype(str)]
    if column.dtype.kind == "f":
        return [None if value != value else number(value) for value in column.tolist()]
    if column.dtype.kind in "ib":
        return list(column.tolist())
    return [None if value is None or value != value else str(value) for value in column.tolist()]


def _require_reasons(quarantine: pd.DataFrame, source: _Sumber) -> None:
    """Each unit with quarantined rows in force must have a finding that says why."""
    if quarantine.empty or "berlaku" not in quarantine.columns:
        return
    unexplained = sorted(set(quarantine.loc[quarantine["berlaku"], "kode_satker"]) - set(source.temuan))
    if unexplained:
        raise SistemError(
            "karantina_tanpa_sebab",
            f"Baris ditahan tanpa temuan pada satker {', '.join(unexplained[:5])}.",
            "periksa ulang kiriman satker itu, lalu susun lagi.",
        )


# ---------- one unit ----------


def _deciding(verdicts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The submission in force, else the newest."""
    return next((verdict for verdict in reversed(verdicts) if verdict["berlaku"]), verdicts[-1])


def _standing(source: _Sumber, unit: Satker) -> Keadaan:
    verdicts = source.putusan.get(unit.kode, [])
    punctuality = next(
        (choice for choice in _KETEPATAN if source.value("satker", unit.kode, "ketepatan", choice)), "belum_lapor"
    )
    reported = punctuality != "belum_lapor"
    received = min(
        (verdict["diterima_pada"] for verdict in verdicts if verdict["status"] not in {"ditolak", "menunggu"}),
        default=None,
    )

    def angka(measure: str, breakdown: str = "") -> int:
        return source.count("satker", unit.kode, measure, breakdown)

    return Keadaan(
        kode=unit.kode,
        nama=unit.nama_resmi(source.lembaga),
        tingkat=unit.tingkat,
        ketepatan=punctuality,
        status=_deciding(verdicts)["status"] if verdicts else "menunggu",
        diterima_pada=_iso(received) if reported else None,
        hari_terlambat=_days_late(source, unit.kode, received) if reported else None,
        sebab="" if reported else _cause(verdicts, source.percobaan.get(unit.kode)),
        masuk=angka("baris", "masuk"),
        diterima=angka("baris", "diterima"),
        dikarantina=angka("baris", "dikarantina"),
        kembar=angka("baris", "kembar"),
        kegiatan=angka("kegiatan_dilaporkan"),
        publikasi=angka("publikasi"),
        permohonan=angka("permohonan"),
        hoaks=angka("hoaks_isu"),
    )


def _iso(moment: datetime | None) -> str | None:
    """ISO time of Jakarta, to the second."""
    return None if moment is None else pd.Timestamp(moment).tz_convert(WIB).isoformat(timespec="seconds")


def _days_late(source: _Sumber, code: str, received: datetime | None) -> int | None:
    obligation = source.kewajiban.get(code)
    if obligation is None or received is None:
        return None
    arrival = tanggal_jakarta(received)
    return (
        max(0, source.kalender.selisih_hari_kerja(obligation.tenggat, arrival)) if arrival > obligation.tenggat else 0
    )


def _cause(verdicts: Sequence[dict[str, Any]], attempt: dict[str, Any] | None) -> str:
    """Why nothing counts, by who must act; a failure to collect speaks before an old refusal."""
    if attempt and attempt["status"] in {"nonaktif", "tanpa_saluran"}:
        return str(attempt["status"])
    if attempt and attempt["status"] == "gagal":
        return "belum_mengirim" if attempt["kode_galat"] == "folder_kosong" else str(attempt["pelaku"]) or "sistem"
    if attempt is None and not verdicts:
        return BELUM_DIKUMPULKAN
    return "pengirim" if verdicts else "belum_mengirim"


def _unit_report(source: _Sumber, unit: Satker, standing: Keadaan) -> LaporanSatker:
    verdicts = source.putusan.get(unit.kode, [])
    deciding = _deciding(verdicts) if verdicts else None
    held, notes = _finding_tables(source.temuan.get(unit.kode, []))
    refused = deciding is not None and deciding["status"] == "ditolak"
    return LaporanSatker(
        kepala=_unit_head(source, unit),
        angka=_figures(source, ("satker", unit.kode)),
        tren=_trends(source, ("satker", unit.kode), _TREN_SATKER),
        keadaan=standing,
        tabel={name: tables[unit.kode] for name, tables in source.tabel.items() if unit.kode in tables},
        ditahan=held,
        catatan=notes,
        tolak=(str(deciding["alasan"] or ""), str(deciding["cara"] or "")) if deciding and refused else ("", ""),
        sumber=tuple(_source(verdict) for verdict in verdicts if verdict["status"] != "ditolak" or not standing.lapor),
        galat=None if standing.lapor else _last_error(source.percobaan.get(unit.kode)),
    )


def _unit_head(source: _Sumber, unit: Satker) -> Kepala:
    province = "" if unit.tingkat == "nasional" else tile_province(source, unit.kode_provinsi)
    obligation = source.kewajiban.get(unit.kode)
    tier = _TINGKAT_TENGGAT[unit.tingkat]
    return Kepala(
        lembaga=source.lembaga,
        lingkup="satker",
        kode=unit.kode,
        nama=unit.nama_resmi(source.lembaga),
        nama_wilayah=unit.nama,
        tingkat=unit.tingkat,
        periode=source.triwulan.kunci,
        kode_provinsi="" if unit.tingkat == "nasional" else unit.kode_provinsi,
        nama_provinsi=province,
        tenggat=(_deadline(tier, obligation),) if obligation else (),
        asumsi_tenggat=source.asumsi,
    )


def tile_province(sumber: _Sumber, kode: str) -> str:
    """Short name of a province: "Jawa Tengah"."""
    return next((unit.nama_pendek for unit in sumber.satker if unit.kode == kode), kode)


def _deadline(tier: str, obligation: Kewajiban) -> TenggatTingkat:
    return TenggatTingkat(tier, obligation.tenggat.isoformat(), obligation.akhir_tenggang.isoformat())


def _finding_tables(findings: Iterable[dict[str, Any]]) -> tuple[Tabel, Tabel]:
    """Findings that quarantined rows, and mere warnings; in order of sheet and row as validation left them."""
    by_severity: dict[str, list[tuple[Nilai, ...]]] = {"FATAL": [], "PERINGATAN": []}
    for finding in findings:
        if finding["keparahan"] in by_severity:
            by_severity[finding["keparahan"]].append(tuple(finding[name] for name in _TEMUAN))
    return Tabel(_TEMUAN, tuple(by_severity["FATAL"])), Tabel(_TEMUAN, tuple(by_severity["PERINGATAN"]))


def _source(verdict: dict[str, Any]) -> Sumber:
    return Sumber(
        sidik=verdict["sidik"],
        saluran=verdict["saluran"],
        diterima_pada=_iso(verdict["diterima_pada"]) or "",
        status=verdict["status"],
        berlaku=bool(verdict["berlaku"]),
        masuk=int(verdict["baris_masuk"]),
        diterima=int(verdict["diterima"]),
        dikarantina=int(verdict["dikarantina"]),
        kembar=int(verdict["kembar"]),
    )


def _last_error(attempt: dict[str, Any] | None) -> GalatTerakhir | None:
    if attempt is None or attempt["status"] == "berhasil":
        return None
    return GalatTerakhir(
        saluran=attempt["saluran"] or "",
        kode=attempt["kode_galat"] or attempt["status"],
        pelaku=attempt["pelaku"] or "",
        pesan=attempt["pesan"] or "",
        cara=attempt["cara"] or "",
        waktu=_iso(attempt["mulai"]) or "",
    )


# ---------- figures and trends ----------


def _figures(source: _Sumber, key: Kunci) -> tuple[Angka, ...]:
    before = source.riwayat.get(source.triwulan.sebelumnya().kunci, {}).get(key, {})
    own = source.angka.get(key, {})
    return tuple(
        _figure(key[0], measure, breakdown, own[measure, breakdown], before.get((measure, breakdown)))
        for measure, breakdown in sorted(own, key=lambda pair: figure_place(*pair))
    )


def _figure(scope: str, measure: str, breakdown: str, present: Tiga, before: Tiga | None) -> Angka:
    value, numerator, denominator = (_number_or_none(figure) for figure in present)
    previous = _number_or_none(before[0]) if before else None
    return Angka(figure_id(scope, measure, breakdown), measure, breakdown, value, numerator, denominator, previous)


def _number_or_none(value: float | None) -> int | float | None:
    return None if value is None else number(value)


def _trends(source: _Sumber, key: Kunci, measures: Sequence[str]) -> tuple[Tren, ...]:
    """Up to five quarters ending with this one; nothing when this is the only one known."""
    triwulan, earlier = source.triwulan, []
    for _ in range(TRIWULAN_TERBANYAK - 1):
        triwulan = triwulan.sebelumnya()
        earlier.append((triwulan.kunci, source.riwayat.get(triwulan.kunci, {}).get(key, {})))
    while earlier and not earlier[-1][1]:
        earlier.pop()
    if not earlier:
        return ()
    quarters = [*reversed(earlier), (source.triwulan.kunci, source.angka.get(key, {}))]
    return tuple(
        Tren(
            measure,
            tuple((period, _number_or_none(figures.get((measure, ""), (None,))[0])) for period, figures in quarters),
        )
        for measure in measures
    )


# ---------- province and nation ----------


def _level_head(source: _Sumber, scope: str, unit: Satker | None, members: Iterable[Satker]) -> Kepala:
    deadlines: dict[str, TenggatTingkat] = {}
    for member in members:
        obligation, tier = source.kewajiban.get(member.kode), _TINGKAT_TENGGAT[member.tingkat]
        if obligation and tier not in deadlines:
            deadlines[tier] = _deadline(tier, obligation)
    name = unit.nama if unit else "Indonesia"
    return Kepala(
        lembaga=source.lembaga,
        lingkup=scope,
        kode=unit.kode if unit else "00",
        nama=name,
        nama_wilayah=name,
        tingkat=scope,
        periode=source.triwulan.kunci,
        kode_provinsi=unit.kode if unit else "",
        nama_provinsi=unit.nama_pendek if unit else "",
        tenggat=tuple(deadlines[tier] for tier in ("kabkota", "provinsi", "nasional") if tier in deadlines),
        asumsi_tenggat=source.asumsi,
    )


def _rules(source: _Sumber, codes: Iterable[str]) -> tuple[HitungAturan, ...]:
    """How often each rule was broken, quarantining rules first, then by frequency."""
    broken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in codes:
        for finding in source.temuan.get(code, []):
            if finding["keparahan"] in {"FATAL", "PERINGATAN"}:
                broken[finding["keparahan"], finding["kode"]].append(code)
    ranked = sorted(broken.items(), key=lambda entry: (entry[0][0], -len(entry[1]), entry[0][1]))
    return tuple(HitungAturan(rule, severity, len(units), len(set(units))) for (severity, rule), units in ranked)


def _province_report(
    source: _Sumber, unit: Satker, members: Sequence[Satker], standings: Mapping[str, Keadaan]
) -> LaporanProvinsi:
    return LaporanProvinsi(
        kepala=_level_head(source, "provinsi", unit, members),
        angka=_figures(source, ("provinsi", unit.kode)),
        tren=_trends(source, ("provinsi", unit.kode), _TREN_TINGKAT),
        satker=tuple(standings[member.kode] for member in members),
        aturan=_rules(source, [member.kode for member in members]),
        isu=_province_issues(source, members, standings),
    )


def _province_issues(source: _Sumber, members: Sequence[Satker], standings: Mapping[str, Keadaan]) -> Tabel:
    issues, rows = source.tabel.get("isu_hoaks", {}), []
    for unit in members:
        for issue in issues[unit.kode].records() if unit.kode in issues else ():
            rows.append((unit.kode, standings[unit.kode].nama, *(issue[name] for name in _ISU_PROVINSI)))
    return Tabel(("kode_satker", "nama", *_ISU_PROVINSI), tuple(rows))


def _nation_report(source: _Sumber, provinces: Sequence[Satker], standings: Mapping[str, Keadaan]) -> LaporanNasional:
    reporting = [standing for standing in standings.values() if standing.lapor]
    return LaporanNasional(
        kepala=_level_head(source, "nasional", None, source.satker),
        angka=_figures(source, ("nasional", "00")),
        tren=_trends(source, ("nasional", "00"), _TREN_TINGKAT),
        provinsi=tuple(_province_standing(source, unit) for unit in provinces),
        satker=tuple(standings.values()),
        aturan=_rules(source, standings),
        median_satker={
            "kegiatan_dilaporkan": median([standing.kegiatan for standing in reporting]),
            "publikasi": median([standing.publikasi for standing in reporting]),
        }
        if reporting
        else {},
    )


def _province_standing(source: _Sumber, unit: Satker) -> KeadaanProvinsi:
    def nilai(measure: str, breakdown: str = "") -> float | None:
        return source.value("provinsi", unit.kode, measure, breakdown)

    def angka(measure: str, breakdown: str = "") -> int:
        return int(nilai(measure, breakdown) or 0)

    obliged, reporting = angka("satker_wajib"), angka("satker_lapor")
    lower, upper = wilson(reporting, obliged)
    return KeadaanProvinsi(
        kode=unit.kode,
        nama=unit.nama,
        singkatan=tile_names().get(unit.kode, unit.nama_pendek),
        wajib=obliged,
        lapor=reporting,
        tepat_waktu=angka("ketepatan", "tepat_waktu"),
        kelengkapan=nilai("kelengkapan"),
        ketepatan_waktu=nilai("ketepatan_waktu"),
        selang_bawah=round(lower, 4),
        selang_atas=round(upper, 4),
        kegiatan=angka("kegiatan_dilaporkan"),
        acara=angka("acara_unik"),
        publikasi=angka("publikasi"),
        permohonan=angka("permohonan"),
        hoaks=angka("hoaks_isu"),
        dikarantina=angka("baris", "dikarantina"),
    )
