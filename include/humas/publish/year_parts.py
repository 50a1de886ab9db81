"""What page, paper and workbook of an annual report share: its tables as ready text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from humas.periods.period import ROMAN
from humas.report import annual, view
from humas.report.model import AnnualReport
from humas.report.narrative import framework_of
from humas.report.text import format_number

QUARTERS = tuple(f"TW {number}" for number in ROMAN)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row of a table of figures: its id, measure and breakdown, its name, and its values as text: by quarter, of the year, of the year before."""

    id: str
    ukuran: str
    rincian: str
    label: str
    triwulan: tuple[str, ...]
    tahun: str
    lalu: str


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter the year was made of: key and name, whether it was rolled up, its published edition and digest."""

    kunci: str
    label: str
    direkap: bool
    laporan: str
    sidik: str

    @property
    def keadaan(self) -> str:
        """What the report is made of, in words."""
        return self.laporan or ("tidak ada edisi yang terbit" if self.direkap else "belum direkap; tidak dihitung")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit, or a province, with what stands in each quarter."""

    kode: str
    nama: str
    triwulan: tuple[str, ...]


def chapters(report: AnnualReport) -> list[tuple[str, list[FigureLine]]]:
    """The table of main figures: headings and rows."""
    return [
        (heading, [_line(report, name, "", annual.measure_label(report, name)) for name in names])
        for heading, names in annual.main_measures(report)
    ]


def _line(report: AnnualReport, measure: str, detail: str, label: str) -> FigureLine:
    figure = report.figure(measure, detail)
    told = tuple(view.measure_text(measure, value, unit=False) for value in report.by_quarter(measure, detail))
    now, before = (figure.nilai, figure.sebelumnya) if figure else (None, None)
    return FigureLine(
        figure.id if figure else "",
        measure,
        detail,
        label,
        told,
        *(view.measure_text(measure, one, unit=False) for one in (now, before)),
    )


def breakdown(report: AnnualReport, measure: str) -> list[FigureLine]:
    """A breakdown by quarter: of the body's framework each part with its number; rows that are zero all the year left out."""
    numbered = measure == "kegiatan_strategi"
    parts = {part.value for part in framework_of(report).parts} if numbered else set()
    return [
        _line(report, measure, figure.rincian,
              f"{figure.rincian}. {view.label_in(report, figure)}" if figure.rincian in parts else view.label_in(report, figure))
        for figure in report.breakdown(measure)
        if figure.nilai or (numbered and figure.rincian in parts)
    ]  # fmt: skip


def compared(report: AnnualReport) -> bool:
    """Whether a year before stands beside this one."""
    return any(figure.sebelumnya is not None for figure in report.angka)


def quarters(report: AnnualReport) -> list[QuarterLine]:
    """The quarters of the year."""
    return [
        QuarterLine(
            str(row["periode"]),
            view.period_of(str(row["periode"])).label,
            bool(row["direkap"]),
            str(row["laporan"]),
            str(row["sidik"]),
        )
        for row in report.triwulan.records()
    ]


def standings(report: AnnualReport) -> list[UnitLine]:
    """How each unit's report stands in each quarter, in words."""
    return [
        UnitLine(*_texts(row[:2]), tuple(annual.STATES[str(state)] for state in row[2:]))
        for row in report.kedudukan.baris
    ]


def provinces(report: AnnualReport) -> list[UnitLine]:
    """Of each province how many of its units reported in each quarter."""
    return [UnitLine(*_texts(row[:2]), tuple(str(told) or "–" for told in row[2:])) for row in report.provinsi.baris]


def _texts(cells: Sequence[object]) -> tuple[str, str]:
    code, name = cells
    return str(code), str(name)


def consistency(report: AnnualReport) -> list[tuple[str, tuple[str, ...]]]:
    """How many units stand how in each quarter."""
    return [(word, tuple(map(format_number, counts))) for word, counts in annual.consistency(report)]


def states_note(report: AnnualReport) -> str:
    """What those words mean that occur in the report."""
    return annual.states_note([str(state) for row in report.kedudukan.baris for state in row[2:]])


def advice(report: AnnualReport) -> Iterator[tuple[str, str, str, str, str]]:
    """What quarters advised: quarter, advice, what became of it in a word, in a sentence, id of the figure."""
    for row in report.tindak.records():
        quarter = view.period_of(str(row["periode"])).short_label
        yield quarter, str(row["saran"]), annual.OUTCOMES[str(row["keadaan"])], str(row["keterangan"]), str(row["id"])
