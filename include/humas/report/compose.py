"""From the warehouse's frames to the canonical model: every unit, every province, the nation.

Frames are grouped once; nothing filters a whole frame per unit, so that 592 reports take seconds. Columns
marked internal in the contract and the identity of the unit never enter a report's rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from humas.bodies import TIERS, tier_of
from humas.contract.columns import BY_NAME as DATASETS
from humas.contract.columns import ColumnType, Dataset, Privacy
from humas.errors import OperatorError, ProgramFault, ReportFault
from humas.fence import SECONDS_EACH, Fault, in_halves, time_limit
from humas.periods import Calendar, Triwulan, jakarta_day, parse_period, quarter_of
from humas.privacy import mask
from humas.registry import Cycle
from humas.report.measures import BY_NAME, figure_id, figure_place
from humas.report.model import (
    LEDGER_COLUMNS,
    MENDED_COLUMNS,
    NOT_COLLECTED,
    Figure,
    LastError,
    NationReport,
    ProvinceReport,
    ProvinceState,
    Report,
    ReportHeader,
    RuleCount,
    SatkerReport,
    Source,
    Standing,
    Table,
    TierDue,
    Trend,
    Value,
    number,
)
from humas.report.tiles import tile_names
from humas.rollup.clock import clock_objections, clock_requests
from humas.rollup.interval import wilson
from humas.rollup.standing import WITHDRAWN
from humas.settings import WIB
from humas.values.regime import with_regimes

if TYPE_CHECKING:
    from humas.registry import Register, Satker, Stages
    from humas.warehouse import Obligation

Key = tuple[str, str]
OnFault = Callable[[Report, ProgramFault], None]
Unit = TypeVar("Unit", "Satker", "Satker | None")
Triple = tuple[float | None, float | None, float | None]
_IDENTITY = frozenset({"lembaga", "kode_satker", "nama_satker"})
_FINDINGS = ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara")
_PROVINCE_ISSUES = ("judul_klaim", "klasifikasi", "status", "tanggal_temuan", "tanggal_klarifikasi", "jumlah_konten")
HANDED_ON = "diteruskan"
_NO_REPORT = frozenset({"ditolak", "menunggu", HANDED_ON})
_TIMELINESS = ("tepat_waktu", "terlambat", "sangat_terlambat")
_SATKER_TRENDS = ("kegiatan_dilaporkan", "publikasi", "permohonan")
_TIER_TRENDS = ("kelengkapan", "ketepatan_waktu", *_SATKER_TRENDS)
MAX_TRIWULAN = 5
NATION = "00"
SECONDS_EACH_REPORT = 0.25


@dataclass(frozen=True)
class _Sources:
    """Everything grouped once, by unit or by report."""

    lembaga: str
    triwulan: Triwulan
    calendar: Calendar
    assumption: bool
    satker: tuple[Satker, ...]
    figures: Mapping[Key, Mapping[Key, Triple]]
    history: Mapping[str, Mapping[Key, Mapping[Key, Triple]]]
    tables: Mapping[str, Mapping[str, Table]]
    verdicts: Mapping[str, list[dict[str, Any]]]
    findings: Mapping[str, list[dict[str, Any]]]
    ledger: Mapping[str, list[dict[str, Any]]]
    mended: Mapping[str, list[dict[str, Any]]]
    obligations: Mapping[str, Obligation]
    attempts: Mapping[str, dict[str, Any]]

    @cached_property
    def names(self) -> dict[str, str]:
        """Official names of those who may send a recap, by code."""
        superiors = (unit for unit in self.satker if "." not in unit.code)
        return {unit.code: unit.official_name(self.lembaga) for unit in superiors}

    def value(self, scope: str, code: str, measure: str, breakdown: str = "") -> float | None:
        """Value of a figure of this quarter."""
        return self.figures.get((scope, code), {}).get((measure, breakdown), (None, None, None))[0]

    def count(self, scope: str, code: str, measure: str, breakdown: str = "") -> int:
        """Value of a count; 0 when there is none."""
        return int(self.value(scope, code, measure, breakdown) or 0)


@dataclass(frozen=True)
class _Frames:
    """What the warehouse gives of a quarter, ungrouped: of all units, or of some (:meth:`of`)."""

    figures: pd.DataFrame
    facts: Mapping[str, pd.DataFrame]
    verdicts: pd.DataFrame
    findings: pd.DataFrame
    quarantine: pd.DataFrame
    ledger: pd.DataFrame
    obligations: Sequence[Obligation]
    attempts: pd.DataFrame
    history: Mapping[str, pd.DataFrame]
    satker: tuple[Satker, ...]
    lembaga: str
    triwulan: Triwulan
    calendar: Calendar
    today: date | None
    assumption: bool
    stages: Stages

    def of(self, satker: Sequence[Satker]) -> _Frames:
        """The rows of some units alone, with the figures of all provinces and the nation."""
        if len(satker) == len(self.satker):
            return self
        codes = {unit.code for unit in satker}
        return replace(
            self,
            figures=_figures_of(self.figures, codes),
            facts={name: _rows_of(frame, codes) for name, frame in self.facts.items()},
            verdicts=_rows_of(self.verdicts, codes),
            findings=_rows_of(self.findings, codes),
            quarantine=_rows_of(self.quarantine, codes),
            ledger=_rows_of(self.ledger, codes),
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
    ledger: pd.DataFrame,
    obligations: Sequence[Obligation],
    attempts: pd.DataFrame,
    register: Register,
    cycle: Cycle,
    history: Mapping[str, pd.DataFrame],
    *,
    calendar: Calendar | None = None,
    today: date | None = None,
    due_decreed: bool = False,
    on_fault: OnFault | None = None,
) -> Iterator[Report]:
    """Compose the report of every unit of the register, of every province and of the nation.

    figures: long figures of the quarter; history: the same of other quarters by key (``2026-TW2``), as far as
    they exist. facts, verdicts, findings, quarantine, attempts: frames of the warehouse; ledger: rows that no longer
    count (``Warehouse.ledger_changes``). obligations: the frozen list. today: the business day that tells which requests are late, default the end of the grace.
    on_fault: called with each report that our program fails on, bare (:attr:`Laporan.withheld`), and with the fault;
    the bare one stands in its place. Without it the first such fault is raised.

    Raises:
        OperatorError: a figure has no entry in the catalogue. ProgramFault: the program fails on whatever it is given.
    """
    triwulan = parse_period(cycle.period)
    if not isinstance(triwulan, Triwulan):
        raise OperatorError("bukan_triwulan", f"{cycle.period} bukan triwulan.", "laporkan ke pengembang.")
    frames = _Frames(
        figures, facts, verdicts, findings, quarantine, ledger, obligations, attempts, history,
        register.units_of(cycle.lembaga, triwulan.end), cycle.lembaga, triwulan, calendar or Calendar.load(), today,
        not due_decreed, register.stages,
    )  # fmt: skip
    yield from _Composing(frames, on_fault or _raised).reports()


def standings_of(
    figures: pd.DataFrame,
    verdicts: pd.DataFrame,
    obligations: Sequence[Obligation],
    attempts: pd.DataFrame,
    units: Sequence[Satker],
    cycle: Cycle,
    calendar: Calendar,
) -> dict[str, Standing]:
    """The standing of each unit in a quarter, by code, as its report of that quarter has it; rows are not needed."""
    speaking = verdicts[verdicts["status"] != WITHDRAWN]
    source = _Sources(
        cycle.lembaga, quarter_of(cycle.period), calendar, False, tuple(units), figures_by_report(figures), {}, {},
        _records_by(speaking, "kode_satker"), {}, {}, {}, {record.kode_satker: record for record in obligations},
        {record["kode_satker"]: record for record in _records(attempts)},
    )  # fmt: skip
    return {unit.code: _standing(source, unit) for unit in units}


def _raised(_: Report, fault: ProgramFault) -> None:
    raise fault


class _Composing:
    """Reports of one quarter: all units at once, and where that throws, in halves; then provinces and nation."""

    def __init__(self, frames: _Frames, on_fault: OnFault) -> None:
        self._frames, self._on_fault = frames, on_fault
        self._sources: dict[str, _Sources] = {}
        self._states: dict[str, Standing] = {}
        self._reports: dict[Key, Report] = {}

    def reports(self) -> Iterator[Report]:
        units = self._frames.satker
        faults = self._apart(units, self._gather_units)
        in_halves([fault.item for fault in faults], self._stand_without_rows, _unit_name, give_up=None)
        self._states = {unit.code: self._states.get(unit.code) or self._bare_standing(unit) for unit in units}
        source = self._whole()
        rowless = {fault.item.code for fault in faults}
        with_rows = [unit for unit in units if unit.code not in rowless]
        faults += self._apart(with_rows, partial(self._report_units, source))
        for fault in faults:
            self._withhold(self._bare_unit(fault.item), fault.error)
        provinces = [unit for unit in units if unit.tier == "provinsi"]
        for level in self._apart([*provinces, None], partial(self._report_levels, source, provinces)):
            self._withhold(self._bare_level(level.item), level.error)
        yield from (self._reports["satker", unit.code] for unit in units)
        yield from (self._reports["provinsi", unit.code] for unit in provinces)
        yield self._reports["nasional", NATION]

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

    def _withhold(self, bare: Report, error: ProgramFault) -> None:
        self._reports[bare.kunci] = bare
        self._on_fault(bare, error)

    def _gather_units(self, part: Sequence[Satker]) -> None:
        source = _gather(self._frames.of(part))
        self._states |= {unit.code: _standing(source, unit) for unit in part}
        self._sources |= {unit.code: source for unit in part}

    def _stand_without_rows(self, part: Sequence[Satker]) -> None:
        """Standings of units whose rows cannot be grouped: their figures and findings are known all the same."""
        source = _gather(replace(self._frames.of(part), facts={}))
        self._states |= {unit.code: _standing(source, unit) for unit in part}
        self._sources |= {unit.code: source for unit in part}

    def _report_units(self, source: _Sources, part: Sequence[Satker]) -> None:
        _require_reasons(self._frames.of(part).quarantine, source)
        for unit in part:
            report = _unit_report(source, unit, self._states[unit.code])
            self._reports[report.kunci] = report

    def _report_levels(self, source: _Sources, provinces: Sequence[Satker], part: Sequence[Satker | None]) -> None:
        """Reports of provinces, and of the nation, which is None."""
        for unit in part:
            if unit is None:
                report: Report = _nation_report(source, provinces, self._states)
            else:
                report = _province_report(source, unit, self._members(unit), self._states)
            self._reports[report.kunci] = report

    def _members(self, province: Satker) -> list[Satker]:
        return [unit for unit in self._frames.satker if unit.province_code == province.code]

    def _whole(self) -> _Sources:
        """What all units' parts hold together; one that could not be grouped is missing its rows."""
        parts = list({id(part): part for part in self._sources.values()}.values())
        if len(parts) == 1:
            return parts[0]
        return replace(
            parts[0],
            figures=_joined(part.figures for part in parts),
            history={
                period: _joined(part.history.get(period, {}) for part in parts) for period in self._frames.history
            },
            tables={name: _joined(part.tables.get(name, {}) for part in parts) for name in self._frames.facts},
            verdicts=_joined(part.verdicts for part in parts),
            findings=_joined(part.findings for part in parts),
            ledger=_joined(part.ledger for part in parts),
            mended=_joined(part.mended for part in parts),
            attempts=_joined(part.attempts for part in parts),
        )

    def _bare_standing(self, unit: Satker) -> Standing:
        """What is known of a unit whose standing our program fails to tell."""
        name = unit.official_name(self._frames.lembaga)
        return Standing(unit.code, name, unit.tier, "belum_lapor", "menunggu", sebab="program")

    def _bare_head(self, unit: Satker | None, scope: str, name: str, tier: str) -> ReportHeader:
        frames = self._frames
        central = unit is None or unit.tier == "nasional"
        province_code = "" if unit is None or central else unit.province_code
        province_name = next(
            (other.short_name for other in frames.satker if province_code and other.code == province_code), ""
        )
        return ReportHeader(
            frames.lembaga, scope, unit.code if unit else NATION, name, unit.name if unit else name, tier,
            frames.triwulan.key, province_code, province_name, asumsi_tenggat=frames.assumption,
        )  # fmt: skip

    def _bare_unit(self, unit: Satker) -> SatkerReport:
        header = self._bare_head(unit, "satker", unit.official_name(self._frames.lembaga), unit.tier)
        return SatkerReport(kepala=header, angka=(), keadaan=self._states[unit.code], edisi=0)

    def _bare_level(self, unit: Satker | None) -> Report:
        if unit is None:
            header = self._bare_head(None, "nasional", "Indonesia", "nasional")
            return NationReport(kepala=header, angka=(), provinsi=(), satker=tuple(self._states.values()), edisi=0)
        header = self._bare_head(unit, "provinsi", unit.name, "provinsi")
        standings = tuple(self._states[member.code] for member in self._members(unit))
        return ProvinceReport(kepala=header, angka=(), satker=standings, edisi=0)


def _unit_name(unit: Satker | None) -> str:
    return f"Laporan {unit.name}" if unit else "Laporan nasional"


def _joined(parts: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    return {key: value for part in parts for key, value in part.items()}


def _gather(frames: _Frames) -> _Sources:
    speaking = frames.verdicts[frames.verdicts["status"] != WITHDRAWN]
    verdicts = _records_by(_masked(speaking, "alasan", "cara"), "kode_satker")
    deciding = {
        one["id_kiriman"] for own in verdicts.values() for one in own if one["berlaku"] or one is _deciding(own)
    }
    end = max((obligation.akhir_tenggang for obligation in frames.obligations), default=frames.triwulan.end)
    tables = {name: _masked(frame, "lembar") for name, frame in frames.facts.items()}
    mended = frames.quarantine[frames.quarantine["id_pengganti"].notna()]
    findings = _without(frames.findings[frames.findings["id_kiriman"].isin(deciding)], mended)
    mended = mended[mended["id_kiriman"].isin(deciding)]
    if "permohonan_info" in tables:
        requests = with_regimes(tables["permohonan_info"], "tanggal_terima", frames.lembaga, frames.stages)
        judged = requests.assign(rezim=requests["rezim_dinilai"])
        tables["permohonan_info"] = _timed(requests, clock_requests(judged, frames.calendar, frames.today or end))
    if "keberatan" in tables:
        objections = with_regimes(tables["keberatan"], "tanggal_keberatan", frames.lembaga, frames.stages)
        judged = objections.assign(rezim=objections["rezim_dinilai"])
        clock = clock_objections(judged, frames.calendar, frames.triwulan.end)
        tables["keberatan"] = _timed(objections, clock)
    return _Sources(
        lembaga=frames.lembaga,
        triwulan=frames.triwulan,
        calendar=frames.calendar,
        assumption=frames.assumption,
        satker=frames.satker,
        figures=figures_by_report(frames.figures),
        history={period: figures_by_report(frame) for period, frame in frames.history.items() if len(frame)},
        tables={name: tables_by_unit(frame, DATASETS[name]) for name, frame in tables.items()},
        verdicts=verdicts,
        findings=_records_by(_masked(findings, "lembar", "pesan", "cara"), "kode_satker"),
        ledger=_records_by(_masked(frames.ledger, "judul", "berkas", "oleh", "alasan"), "kode_satker"),
        mended=_records_by(_masked(mended, "lembar", "berkas"), "kode_satker"),
        obligations={record.kode_satker: record for record in frames.obligations},
        attempts={record["kode_satker"]: record for record in _records(_masked(frames.attempts, "pesan", "cara"))},
    )


def _without(findings: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The findings but for those on these rows."""
    place = ["id_kiriman", "himpunan", "lembar", "baris"]
    gone = set(rows[place].itertuples(index=False, name=None))
    kept = [one not in gone for one in findings[place].itertuples(index=False, name=None)]
    return findings[pd.Series(kept, index=findings.index, dtype="bool")]


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


def figures_by_report(frame: pd.DataFrame) -> dict[Key, dict[Key, Triple]]:
    """(lingkup, kode) → (ukuran, rincian) → value, numerator, denominator."""
    figures: dict[Key, dict[Key, Triple]] = defaultdict(dict)
    columns = [frame[name].tolist() for name in ("lingkup", "kode", "ukuran", "rincian")]
    values = [
        [None if number != number else number for number in frame[name].tolist()]
        for name in ("nilai", "pembilang", "penyebut")
    ]
    for scope, code, measure, breakdown, *numbers in zip(*columns, *values, strict=True):
        if measure not in BY_NAME:
            raise OperatorError(
                "ukuran_tidak_dikenal",
                f'Ukuran "{measure}" tidak ada dalam katalog.',
                "tambahkan pada humas/report/measures.py.",
            )
        figures[scope, code][measure, breakdown] = (numbers[0], numbers[1], numbers[2])
    return figures


def _timed(frame: pd.DataFrame, clock: pd.DataFrame) -> pd.DataFrame:
    """Requests or objections with the working days they took and how punctual the answer was."""
    return frame.assign(hari_kerja=clock["hari"], ketepatan=clock["ketepatan"])


def published_columns(dataset: Dataset) -> list[str]:
    """Columns of a data set that a report may show: public, without the unit's identity."""
    return [
        column.name for column in dataset.columns if column.privacy is Privacy.PUBLIC and column.name not in _IDENTITY
    ]


def tables_by_unit(frame: pd.DataFrame, dataset: Dataset) -> dict[str, Table]:
    """Rows of each unit as they are published, by date, sheet and row; conversion goes by whole columns."""
    when = next(column.name for column in dataset.columns if column.type_name in {ColumnType.DATE, ColumnType.DATETIME})
    ordered = frame.sort_values(["kode_satker", when, "lembar", "baris"], kind="stable")
    extra = [
        name
        for name in ("rezim_dinilai", "hari_kerja", "ketepatan", "id_acara", "lembar", "baris")
        if name in frame.columns
    ]
    names = [*published_columns(dataset), *extra]
    kinds = {column.name: column.type_name for column in dataset.columns}
    values = [_plain_column(ordered[name], kinds.get(name)) for name in names]
    by_unit: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
    for code, row in zip(ordered["kode_satker"].tolist(), zip(*values, strict=True), strict=True):
        by_unit[code].append(row)
    return {code: Table(tuple(names), tuple(rows)) for code, rows in by_unit.items()}


def _plain_column(column: pd.Series[Any], kind: ColumnType | None) -> list[Value]:
    """A column as ISO dates, numbers and text, None where missing; times are Jakarta's wall clock."""
    if column.dtype.kind == "M":
        if kind is ColumnType.DATETIME:
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


def _require_reasons(quarantine: pd.DataFrame, source: _Sources) -> None:
    """Each unit with quarantined rows in force must have a finding that says why."""
    if quarantine.empty or "berlaku" not in quarantine.columns:
        return
    waiting = quarantine["berlaku"] & quarantine["id_pengganti"].isna()
    unexplained = sorted(set(quarantine.loc[waiting, "kode_satker"]) - set(source.findings))
    if unexplained:
        raise OperatorError(
            "karantina_tanpa_sebab",
            f"Baris ditahan tanpa temuan pada satker {', '.join(unexplained[:5])}.",
            "periksa ulang kiriman satker itu, lalu susun lagi.",
        )


# ---------- one unit ----------


def _deciding(verdicts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The newest submission in force, one with rows before a nil that came after it; else the newest.

    A recap without a row of its sender's own stands behind all.
    """
    newest_first = [verdict for verdict in reversed(verdicts) if verdict["berlaku"]]
    in_force = sorted(newest_first, key=_is_bare_recap)
    return next((verdict for verdict in in_force if verdict["status"] != "nihil"), (*in_force, verdicts[-1])[0])


def _is_bare_recap(verdict: dict[str, Any]) -> bool:
    return bool(verdict["status"] == HANDED_ON)


def _standing(source: _Sources, unit: Satker) -> Standing:
    verdicts = source.verdicts.get(unit.code, [])
    punctuality = next(
        (choice for choice in _TIMELINESS if source.value("satker", unit.code, "ketepatan", choice)), "belum_lapor"
    )
    reported = punctuality != "belum_lapor"
    received = min(
        (verdict["diterima_pada"] for verdict in verdicts if verdict["status"] not in _NO_REPORT),
        default=None,
    )

    def figure(measure: str, breakdown: str = "") -> int:
        return source.count("satker", unit.code, measure, breakdown)

    def said(measure: str) -> int | None:
        value = source.value("satker", unit.code, measure)
        return None if value is None else int(value)

    return Standing(
        kode=unit.code,
        nama=unit.official_name(source.lembaga),
        tingkat=unit.tier,
        ketepatan=punctuality,
        status=_status(verdicts),
        diterima_pada=_iso(received) if reported else None,
        hari_terlambat=_days_late(source, unit.code, received) if reported else None,
        sebab="" if reported else _cause(verdicts, source.attempts.get(unit.code)),
        masuk=figure("baris", "masuk"),
        diterima=figure("baris", "diterima"),
        dikarantina=figure("baris", "dikarantina"),
        kembar=figure("baris", "kembar"),
        diperbaiki=figure("baris", "diperbaiki"),
        kegiatan=said("kegiatan_dilaporkan"),
        publikasi=said("publikasi"),
        permohonan=said("permohonan"),
        hoaks=said("hoaks_isu"),
    )


def _status(verdicts: Sequence[dict[str, Any]]) -> str:
    """Status of what speaks for a unit; a province that only sent a recap is still waited for."""
    status = str(_deciding(verdicts)["status"]) if verdicts else "menunggu"
    return "menunggu" if status == HANDED_ON else status


def _iso(moment: datetime | None) -> str | None:
    """ISO time of Jakarta, to the second."""
    return None if moment is None else pd.Timestamp(moment).tz_convert(WIB).isoformat(timespec="seconds")


def _days_late(source: _Sources, code: str, received: datetime | None) -> int | None:
    obligation = source.obligations.get(code)
    if obligation is None or received is None:
        return None
    arrival = jakarta_day(received)
    return max(0, source.calendar.workdays_between(obligation.tenggat, arrival)) if arrival > obligation.tenggat else 0


def _cause(verdicts: Sequence[dict[str, Any]], attempt: dict[str, Any] | None) -> str:
    """Why nothing counts, by who must act; a failure to collect speaks before an old refusal."""
    if attempt and attempt["status"] in {"nonaktif", "tanpa_saluran"}:
        return str(attempt["status"])
    if attempt and attempt["status"] == "gagal":
        return "belum_mengirim" if attempt["kode_galat"] == "folder_kosong" else str(attempt["pelaku"]) or "sistem"
    if attempt is None and not verdicts:
        return NOT_COLLECTED
    return "pengirim" if any(verdict["status"] != HANDED_ON for verdict in verdicts) else "belum_mengirim"


def _unit_report(source: _Sources, unit: Satker, standing: Standing) -> SatkerReport:
    verdicts = source.verdicts.get(unit.code, [])
    deciding = _deciding(verdicts) if verdicts else None
    held, notes = _finding_tables(source.findings.get(unit.code, []))
    refused = deciding is not None and deciding["status"] == "ditolak"
    return SatkerReport(
        kepala=_unit_head(source, unit),
        angka=_figures(source, ("satker", unit.code)),
        tren=_trends(source, ("satker", unit.code), _SATKER_TRENDS),
        keadaan=standing,
        tabel={name: tables[unit.code] for name, tables in source.tables.items() if unit.code in tables},
        ditahan=held,
        catatan=notes,
        buku=_ledger_table(LEDGER_COLUMNS, source.ledger.get(unit.code, [])),
        diperbaiki=_ledger_table(MENDED_COLUMNS, source.mended.get(unit.code, [])),
        tolak=(str(deciding["alasan"] or ""), str(deciding["cara"] or "")) if deciding and refused else ("", ""),
        sumber=tuple(
            _source(source, verdict)
            for verdict in verdicts
            if verdict["status"] != "ditolak" or not (standing.lapor or verdict["rekap_dari"])
        ),
        galat=None if standing.lapor else _last_error(source.attempts.get(unit.code)),
    )


def _unit_head(source: _Sources, unit: Satker) -> ReportHeader:
    province = "" if unit.tier == "nasional" else tile_province(source, unit.province_code)
    obligation = source.obligations.get(unit.code)
    tier = tier_of(unit.tier)
    return ReportHeader(
        lembaga=source.lembaga,
        lingkup="satker",
        kode=unit.code,
        nama=unit.official_name(source.lembaga),
        nama_wilayah=unit.name,
        tingkat=unit.tier,
        periode=source.triwulan.key,
        kode_provinsi="" if unit.tier == "nasional" else unit.province_code,
        nama_provinsi=province,
        tenggat=(_deadline(tier, obligation),) if obligation else (),
        asumsi_tenggat=source.assumption,
    )


def tile_province(source: _Sources, code: str) -> str:
    """Short name of a province: "Jawa Tengah"."""
    return next((unit.short_name for unit in source.satker if unit.code == code), code)


def _deadline(tier: str, obligation: Obligation) -> TierDue:
    return TierDue(tier, obligation.tenggat.isoformat(), obligation.akhir_tenggang.isoformat())


def _ledger_table(columns: tuple[str, ...], changes: Iterable[dict[str, Any]]) -> Table:
    """Rows that no longer count, or that are no longer asked for, each with what became of it."""
    rows = ({**change, "pada": _iso(change["pada"])} for change in changes)
    return Table(columns, tuple(tuple(row[name] for name in columns) for row in rows))


def _finding_tables(findings: Iterable[dict[str, Any]]) -> tuple[Table, Table]:
    """Findings that quarantined rows, and mere warnings; in order of sheet and row as validation left them."""
    by_severity: dict[str, list[tuple[Value, ...]]] = {"FATAL": [], "PERINGATAN": []}
    for finding in findings:
        if finding["keparahan"] in by_severity:
            by_severity[finding["keparahan"]].append(tuple(finding[name] for name in _FINDINGS))
    return Table(_FINDINGS, tuple(by_severity["FATAL"])), Table(_FINDINGS, tuple(by_severity["PERINGATAN"]))


def _source(source: _Sources, verdict: dict[str, Any]) -> Source:
    return Source(
        sidik=verdict["sidik"],
        saluran=_channel(source, verdict),
        diterima_pada=_iso(verdict["diterima_pada"]) or "",
        status=verdict["status"],
        berlaku=bool(verdict["berlaku"]),
        masuk=int(verdict["baris_masuk"]),
        diterima=int(verdict["diterima"]),
        dikarantina=int(verdict["dikarantina"]),
        kembar=int(verdict["kembar"]),
    )


def _channel(source: _Sources, verdict: dict[str, Any]) -> str:
    """The channel it came by; of a recap also whose: "rekap KPU Provinsi Jawa Tengah"."""
    superior = source.names.get(verdict["rekap_dari"], "")
    return f"{verdict['saluran']} {superior}".strip()


def _last_error(attempt: dict[str, Any] | None) -> LastError | None:
    if attempt is None or attempt["status"] == "berhasil":
        return None
    return LastError(
        saluran=attempt["saluran"] or "",
        kode=attempt["kode_galat"] or attempt["status"],
        pelaku=attempt["pelaku"] or "",
        pesan=attempt["pesan"] or "",
        cara=attempt["cara"] or "",
        waktu=_iso(attempt["mulai"]) or "",
    )


# ---------- figures and trends ----------


def _figures(source: _Sources, key: Key) -> tuple[Figure, ...]:
    before = source.history.get(source.triwulan.previous().key, {}).get(key, {})
    own = source.figures.get(key, {})
    return tuple(
        _figure(key[0], measure, breakdown, own[measure, breakdown], before.get((measure, breakdown)))
        for measure, breakdown in sorted(own, key=lambda pair: figure_place(*pair))
    )


def _figure(scope: str, measure: str, breakdown: str, present: Triple, before: Triple | None) -> Figure:
    value, numerator, denominator = (_number_or_none(figure) for figure in present)
    previous = _number_or_none(before[0]) if before else None
    return Figure(figure_id(scope, measure, breakdown), measure, breakdown, value, numerator, denominator, previous)


def _number_or_none(value: float | None) -> int | float | None:
    return None if value is None else number(value)


def _trends(source: _Sources, key: Key, measures: Sequence[str]) -> tuple[Trend, ...]:
    """Up to five quarters ending with this one; nothing when this is the only one known."""
    triwulan, earlier = source.triwulan, []
    for _ in range(MAX_TRIWULAN - 1):
        triwulan = triwulan.previous()
        earlier.append((triwulan.key, source.history.get(triwulan.key, {}).get(key, {})))
    while earlier and not earlier[-1][1]:
        earlier.pop()
    if not earlier:
        return ()
    quarters = [*reversed(earlier), (source.triwulan.key, source.figures.get(key, {}))]
    return tuple(
        Trend(
            measure,
            tuple((period, _number_or_none(figures.get((measure, ""), (None,))[0])) for period, figures in quarters),
        )
        for measure in measures
    )


# ---------- province and nation ----------


def _level_head(source: _Sources, scope: str, unit: Satker | None, members: Iterable[Satker]) -> ReportHeader:
    deadlines: dict[str, TierDue] = {}
    for member in members:
        obligation, tier = source.obligations.get(member.code), tier_of(member.tier)
        if obligation and tier not in deadlines:
            deadlines[tier] = _deadline(tier, obligation)
    name = unit.name if unit else "Indonesia"
    return ReportHeader(
        lembaga=source.lembaga,
        lingkup=scope,
        kode=unit.code if unit else "00",
        nama=name,
        nama_wilayah=name,
        tingkat=scope,
        periode=source.triwulan.key,
        kode_provinsi=unit.code if unit else "",
        nama_provinsi=unit.short_name if unit else "",
        tenggat=tuple(deadlines[tier] for tier in TIERS if tier in deadlines),
        asumsi_tenggat=source.assumption,
    )


def _rules(source: _Sources, codes: Iterable[str]) -> tuple[RuleCount, ...]:
    """How often each rule was broken, quarantining rules first, then by frequency."""
    broken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in codes:
        for finding in source.findings.get(code, []):
            if finding["keparahan"] in {"FATAL", "PERINGATAN"}:
                broken[finding["keparahan"], finding["kode"]].append(code)
    ranked = sorted(broken.items(), key=lambda entry: (entry[0][0], -len(entry[1]), entry[0][1]))
    return tuple(RuleCount(rule, severity, len(units), len(set(units))) for (severity, rule), units in ranked)


def _province_report(
    source: _Sources, unit: Satker, members: Sequence[Satker], standings: Mapping[str, Standing]
) -> ProvinceReport:
    return ProvinceReport(
        kepala=_level_head(source, "provinsi", unit, members),
        angka=_figures(source, ("provinsi", unit.code)),
        tren=_trends(source, ("provinsi", unit.code), _TIER_TRENDS),
        satker=tuple(standings[member.code] for member in members),
        aturan=_rules(source, [member.code for member in members]),
        isu=_province_issues(source, members, standings),
    )


def _province_issues(source: _Sources, members: Sequence[Satker], standings: Mapping[str, Standing]) -> Table:
    issues, rows = source.tables.get("isu_hoaks", {}), []
    for unit in members:
        for issue in issues[unit.code].records() if unit.code in issues else ():
            rows.append((unit.code, standings[unit.code].nama, *(issue[name] for name in _PROVINCE_ISSUES)))
    return Table(("kode_satker", "nama", *_PROVINCE_ISSUES), tuple(rows))


def _nation_report(source: _Sources, provinces: Sequence[Satker], standings: Mapping[str, Standing]) -> NationReport:
    reporting = [standing for standing in standings.values() if standing.lapor]
    return NationReport(
        kepala=_level_head(source, "nasional", None, source.satker),
        angka=_figures(source, ("nasional", "00")),
        tren=_trends(source, ("nasional", "00"), _TIER_TRENDS),
        provinsi=tuple(_province_standing(source, unit) for unit in provinces),
        satker=tuple(standings.values()),
        aturan=_rules(source, standings),
        median_satker={
            measure: median(counts)
            for measure, name in (("kegiatan_dilaporkan", "kegiatan"), ("publikasi", "publikasi"))
            if (counts := [count for one in reporting if (count := getattr(one, name)) is not None])
        },
    )


def _province_standing(source: _Sources, unit: Satker) -> ProvinceState:
    def value(measure: str, breakdown: str = "") -> float | None:
        return source.value("provinsi", unit.code, measure, breakdown)

    def figure(measure: str, breakdown: str = "") -> int:
        return int(value(measure, breakdown) or 0)

    def said(measure: str) -> int | None:
        count = value(measure)
        return None if count is None else int(count)

    obliged, reporting = figure("satker_wajib"), figure("satker_lapor")
    lower, upper = wilson(reporting, obliged)
    return ProvinceState(
        kode=unit.code,
        nama=unit.name,
        singkatan=tile_names().get(unit.code, unit.short_name),
        wajib=obliged,
        lapor=reporting,
        tepat_waktu=figure("ketepatan", "tepat_waktu"),
        kelengkapan=value("kelengkapan"),
        ketepatan_waktu=value("ketepatan_waktu"),
        selang_bawah=round(lower, 4),
        selang_atas=round(upper, 4),
        kegiatan=said("kegiatan_dilaporkan"),
        acara=said("acara_unik"),
        publikasi=said("publikasi"),
        permohonan=said("permohonan"),
        hoaks=said("hoaks_isu"),
        dikarantina=figure("baris", "dikarantina"),
        diperbaiki=figure("baris", "diperbaiki"),
    )
