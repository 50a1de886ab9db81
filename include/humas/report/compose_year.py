"""From the figures of a year and its quarters to the annual report of every unit, province and the nation.

Pure: frames are grouped once. A unit belongs in each quarter to the province that its code of then names; every unit that
was asked in any quarter has a report, also one whose code ended within the year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from humas.bodies import BODIES
from humas.errors import ProgramFault, ReportFault
from humas.fence import SECONDS_EACH, one_by_one, time_limit
from humas.periods import Year, long_date
from humas.report.advice import QuarterState, outcomes
from humas.report.annual import REPORTED
from humas.report.compose import NATION, Key, Triple, figures_by_report
from humas.report.measures import figure_id, figure_place
from humas.report.model import (
    QUARTER_COLUMNS,
    AnnualReport,
    Figure,
    ReportHeader,
    Standing,
    Table,
    Trend,
    number,
)
from humas.report.text import format_number, join

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import pandas as pd

    from humas.bodies import Framework
    from humas.periods import Triwulan
    from humas.registry import Satker

OnFault = Callable[[AnnualReport, ProgramFault], None]
_TRENDS = ("kegiatan_dilaporkan", "publikasi", "permohonan")
_EVENTS_SHOWN = 12


@dataclass(frozen=True)
class QuarterPart:
    """A quarter as a year takes it. units: asked at its end. figures: None when it was never rolled up.

    standings: of each unit by code. editions: number and digest of the published edition of each place.
    """

    quarter: Triwulan
    units: tuple[Satker, ...]
    figures: pd.DataFrame | None = None
    standings: Mapping[str, Standing] | None = None
    editions: Mapping[Key, tuple[str, str]] | None = None

    @cached_property
    def numbers(self) -> Mapping[Key, Mapping[Key, Triple]]:
        """(lingkup, kode) → (ukuran, rincian) → value, numerator, denominator."""
        return {} if self.figures is None else figures_by_report(self.figures)

    @cached_property
    def by_code(self) -> dict[str, Satker]:
        """The units by code."""
        return {unit.code: unit for unit in self.units}

    def state(self, code: str) -> str:
        """How the report of a unit stands, as ``humas.report.annual.STATES`` calls it."""
        if code not in self.by_code:
            return "tidak_wajib"
        if self.standings is None or code not in self.standings:
            return "belum_direkap"
        return state_of(self.standings[code])


def state_of(standing: Standing) -> str:
    """The standing of a unit's report of a quarter in one word: in time, late, nil, silent, or not its doing."""
    if standing.lapor and standing.status == "nihil":
        return "nihil" if standing.ketepatan == "tepat_waktu" else "nihil_terlambat"
    if standing.lapor:
        return standing.ketepatan
    return standing.absence


def compose_year(
    year: Year,
    figures: pd.DataFrame,
    parts: Sequence[QuarterPart],
    body: str,
    before: pd.DataFrame | None = None,
    following: QuarterPart | None = None,
    *,
    assumption: bool = True,
    on_fault: OnFault | None = None,
) -> Iterator[AnnualReport]:
    """Compose the annual reports: of all units, of the provinces, of the nation.

    figures: of the year; parts: its four quarters. before: figures of the year before, if there are any. following: the
    first quarter after the year, if it was rolled up. assumption: no decree fixes the deadlines. on_fault: as of
    :func:`humas.report.compose.compose_reports`.

    Raises:
        ProgramFault: the program fails on every report alike, or on one and there is no ``on_fault``.
    """
    source = _YearSource(year, body, figures_by_report(figures), tuple(parts), following, assumption,
                         {} if before is None else figures_by_report(before))  # fmt: skip
    reports: dict[Key, AnnualReport] = {}
    keys = source.keys()

    def work(key: Key) -> None:
        with time_limit(SECONDS_EACH):
            reports[key] = source.report(key)

    for fault in one_by_one(keys, work, lambda key: f"Laporan tahunan {source.name(key)}", ReportFault):
        if on_fault is None:
            raise fault.error
        reports[fault.item] = source.bare(fault.item)
        on_fault(reports[fault.item], fault.error)
    yield from (reports[key] for key in keys)


@dataclass(frozen=True)
class _YearSource:
    year: Year
    body: str
    figures: Mapping[Key, Mapping[Key, Triple]]
    parts: tuple[QuarterPart, ...]
    following: QuarterPart | None
    assumption: bool
    before: Mapping[Key, Mapping[Key, Triple]]

    @cached_property
    def units(self) -> dict[str, Satker]:
        """Every unit asked in any quarter, as it was called last, by code in order."""
        found = {code: unit for part in self.parts for code, unit in part.by_code.items()}
        return dict(sorted(found.items(), key=lambda entry: entry[0]))

    @cached_property
    def members(self) -> dict[Key, list[str]]:
        """Codes of the units that each report tells of."""
        told: dict[Key, list[str]] = {("nasional", NATION): list(self.units)}
        for code, unit in self.units.items():
            told["satker", code] = [code]
            if unit.tier != "nasional":
                told.setdefault(("provinsi", unit.province_code), []).append(code)
        return told

    def keys(self) -> list[Key]:
        """What there is a report of, units first, the nation last."""
        provinces = [("provinsi", code) for code, unit in self.units.items() if unit.tier == "provinsi"]
        return [*(("satker", code) for code in self.units), *provinces, ("nasional", NATION)]

    def name(self, key: Key) -> str:
        """Official name of what a report is about."""
        scope, code = key
        if scope == "nasional":
            return "Indonesia"
        return self.units[code].name if scope == "provinsi" else self.units[code].official_name(self.body)

    def head(self, key: Key) -> ReportHeader:
        scope, code = key
        unit = self.units.get(code)
        province = "" if scope == "nasional" or not unit or unit.tier == "nasional" else unit.province_code
        region = unit.name if unit and scope != "nasional" else "Indonesia"
        return ReportHeader(
            self.body, scope, code, self.name(key), region, unit.tier if scope == "satker" and unit else scope, self.year.key,
            province, self.units[province].short_name if province in self.units else "", (), self.assumption,
        )  # fmt: skip

    def bare(self, key: Key) -> AnnualReport:
        """A report that says no more than that it is withheld."""
        return AnnualReport(kepala=self.head(key), angka=(), kantor=self.office(key), edisi=0)

    def office(self, key: Key) -> str:
        unit = self.units.get(key[1])
        return unit.official_name(self.body) if unit else ""

    def report(self, key: Key) -> AnnualReport:
        own = self.figures.get(key, {})
        order = sorted(own, key=lambda pair: figure_place(*pair))
        earlier = self.before.get(key, {})
        return AnnualReport(
            kepala=self.head(key),
            angka=tuple(_figure(key[0], pair, own[pair], earlier.get(pair)) for pair in order),
            tren=self._trends(key),
            kantor=self.office(key),
            triwulan=self._quarters(key),
            menurut=Table(
                ("ukuran", "rincian", *QUARTER_COLUMNS), tuple((*pair, *self._by_quarter(key, pair)) for pair in order)
            ),
            kedudukan=self._standings(self.members[key]),
            provinsi=self._provinces() if key[0] == "nasional" else Table(("kode", "nama", *QUARTER_COLUMNS)),
            tindak=self._advice(key),
            peristiwa=tuple(self._events(key)),
        )

    def _by_quarter(self, key: Key, pair: Key) -> tuple[int | float | None, ...]:
        return tuple(_plain(part.numbers.get(key, {}).get(pair, (None, None, None))[0]) for part in self.parts)

    def _trends(self, key: Key) -> tuple[Trend, ...]:
        periods = [part.quarter.key for part in self.parts]
        points = {name: self._by_quarter(key, (name, "")) for name in _TRENDS}
        return tuple(
            Trend(name, tuple(zip(periods, values, strict=True))) for name, values in points.items() if any(values)
        )

    def _quarters(self, key: Key) -> Table:
        rows = []
        for part in self.parts:
            edition, digest = (part.editions or {}).get(key, ("", ""))
            rows.append((part.quarter.key, part.figures is not None, edition, digest))
        return Table(("periode", "direkap", "laporan", "sidik"), tuple(rows))

    def _standings(self, codes: Iterable[str]) -> Table:
        rows = ((code, self.name(("satker", code)), *(part.state(code) for part in self.parts)) for code in codes)
        return Table(("kode", "nama", *QUARTER_COLUMNS), tuple(rows))

    def _provinces(self) -> Table:
        """Of each province, how many of its units reported in each quarter; "" of a quarter that was not rolled up."""
        rows = []
        for scope, code in self.keys():
            if scope == "provinsi":
                told = (_reported_of(part, self.members[scope, code]) for part in self.parts)
                rows.append((code, self.units[code].short_name, *told))
        return Table(("kode", "nama", *QUARTER_COLUMNS), tuple(rows))

    def _advice(self, key: Key) -> Table:
        states = [self._state(part, key) for part in (*self.parts, self.following)]
        framework = BODIES[self.body].framework
        rows = ((one.periode, one.id, one.saran, one.keadaan, one.keterangan)
                for one in outcomes(key[0], states, framework.noun))  # fmt: skip
        return Table(("periode", "id", "saran", "keadaan", "keterangan"), tuple(rows))

    def _state(self, part: QuarterPart | None, key: Key) -> QuarterState | None:
        if part is None or part.figures is None:
            return None
        numbers = {pair: told[0] for pair, told in part.numbers.get(key, {}).items()}
        asked = {code: state for code in self.members[key] if (state := part.state(code)) != "tidak_wajib"}
        return QuarterState(part.quarter.key, numbers, asked)

    def _events(self, key: Key) -> Iterator[str]:
        """What else is to be known: a framework that changed, codes that began or ended within the year."""
        yield from _framework_changes(BODIES[self.body].framework, self.year)
        told = [text for code in self.members[key] if (text := self._change_of(self.units[code]))]
        yield from told[:_EVENTS_SHOWN]
        if len(told) > _EVENTS_SHOWN:
            yield f"{format_number(len(told) - _EVENTS_SHOWN)} satuan kerja lain juga mulai atau berhenti berlaku dalam tahun ini."

    def _change_of(self, unit: Satker) -> str:
        name = unit.official_name(self.body)
        if unit.valid_until and unit.valid_until in self.year and unit.valid_until < self.year.end:
            moved = (
                f" Sesudah itu kodenya {unit.new_code}{self._elsewhere(unit, unit.new_code)}, dan triwulannya ada pada laporan kode itu."
                if unit.new_code
                else ""
            )
            return f"{name} ({unit.code}) berlaku sampai {long_date(unit.valid_until)}.{moved}"
        if unit.valid_from and unit.valid_from in self.year and unit.valid_from > self.year.start:
            moved = (
                f" Sebelum itu kodenya {unit.old_code}{self._elsewhere(unit, unit.old_code)}; triwulan sebelumnya ada pada laporan kode itu."
                if unit.old_code
                else ""
            )
            return f"{name} ({unit.code}) berlaku mulai {long_date(unit.valid_from)}.{moved}"
        return ""

    def _elsewhere(self, unit: Satker, code: str) -> str:
        """In which other province the unit lies or lay under its other code."""
        if code[:2] == unit.province_code:
            return ""
        province = self.units.get(code[:2])
        return f" di {province.name if province else f'provinsi {code[:2]}'}"


def _figure(scope: str, pair: Key, present: Triple, before: Triple | None) -> Figure:
    value, numerator, denominator = (_plain(one) for one in present)
    return Figure(figure_id(scope, *pair), *pair, value, numerator, denominator, _plain(before[0]) if before else None)


def _plain(value: float | None) -> int | float | None:
    return None if value is None else number(value)


def _reported_of(part: QuarterPart, codes: Collection[str]) -> str:
    states = [state for code in codes if (state := part.state(code)) != "tidak_wajib"]
    if part.figures is None or not states:
        return ""
    return f"{sum(state in REPORTED for state in states)} dari {len(states)}"


def _framework_changes(framework: Framework, year: Year) -> Iterator[str]:
    """Each day of the year from which the parts of the body's framework are called otherwise, with what changed."""
    for day in framework.changes:
        if year.start < day <= year.end:
            renamed = list(_renamed(framework, day))
            detail = f": {join(renamed)}" if renamed else ""
            yield f"Mulai {long_date(day)} {framework.title} berubah{detail}. Angka setahun menjumlah nomor yang sama; namanya menurut akhir tahun."


def _renamed(framework: Framework, day: date) -> Iterator[str]:
    before, after = ({part.value: part.label for part in framework.on(one).parts} for one in (day - timedelta(1), day))
    for value in (*after, *(value for value in before if value not in after)):
        if before.get(value) != after.get(value):
            yield f"nomor {value} dari {before.get(value, 'tidak ada')} menjadi {after.get(value, 'tidak ada')}"
