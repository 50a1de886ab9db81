"""The workbook of a report: all its figures and rows as XLSX, the same bytes for the same data.

Every text is written as text: XlsxWriter would otherwise make formulas of ``=…`` and links of ``http…``.
Internal columns of the contract never get here (``humas.report.view.public_columns``). Headers carry a
format of their own, because LibreOffice ignores table styles. Notes on formulas stand on the last sheet.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from humas.chain.links import FileHash
from humas.contract.columns import DATASETS, Column, ColumnType
from humas.publish.release import write_whole
from humas.publish.year_parts import QUARTERS, advice, provinces, quarters, standings
from humas.report import ledger, view
from humas.report.findings import column_label, letters, sheet_label
from humas.report.measures import DATA_SETS, measures_of
from humas.report.model import (
    AnnualReport,
    Figure,
    NationReport,
    ProvinceReport,
    ProvinceState,
    Report,
    SatkerReport,
    Standing,
    Table,
    Value,
)
from humas.settings import WIB

TEXT_LIMIT = 32_767
ROW_LIMIT = 1_048_575
LINE_HEIGHT = 13.5
MAX_HEIGHT = 409
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class OutputSheet:
    """One sheet: headers with their widths (characters), and rows of cells."""

    name: str
    headers: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[Cell]]


def build_workbook(lap: Report) -> bytes:
    """The workbook of a report as bytes; a pure function of the report and its edition."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    published = datetime.fromisoformat(lap.terbit)
    book.set_properties({
        "title": f"{lap.kepala.nama}, {view.period_of(lap.kepala.periode).label}",
        "subject": lap.id,
        "author": f"Humas Triwulan, {view.body_label(lap)}",
        "comments": f"Sidik data {lap.sidik}",
        "created": published,
    })
    formats = _formats(book)
    for sheet in sheets(lap):
        _write(book, sheet, formats)
    book.close()
    return buffer.getvalue()


def write_workbook(lap: Report, folder: Path) -> tuple[str, FileHash]:
    """Write the workbook of a report as ``<id>.xlsx``: whole, or not at all; its name, and the hash of its bytes."""
    name, content = f"{lap.id}.xlsx", build_workbook(lap)
    write_whole(folder / name, content)
    return name, FileHash.of(content)


def sheets(lap: Report) -> Iterator[OutputSheet]:
    """The sheets of a report, in the order people need them."""
    yield _summary(lap)
    yield _figures_by_quarter(lap) if isinstance(lap, AnnualReport) else _figures(lap)
    if isinstance(lap, AnnualReport):
        yield from _year_sheets(lap)
    if isinstance(lap, SatkerReport):
        yield from _rows(lap)
        yield _findings(lap)
        yield _sources(lap)
        if lap.buku:
            yield _ledger(lap.buku)
    if isinstance(lap, NationReport):
        yield _provinces(lap)
    if isinstance(lap, ProvinceReport | NationReport):
        yield _units(lap.satker, [one.name for one in view.counted(lap.kepala.lembaga)])
    if lap.edisi > 1:
        yield _changes(lap)
    yield _notes(lap)


def _summary(report: Report) -> OutputSheet:
    period = view.period_of(report.kepala.periode)
    rows: list[tuple[Cell, ...]] = [
        ("Laporan", report.id),
        ("Lembaga", view.body_label(report)),
        ("Nama", report.kepala.nama),
        ("Kode", report.kepala.kode),
        ("Periode", f"{period.label} ({period.span})"),
        ("Edisi", report.edisi),
        ("Terbit", date.fromisoformat(report.terbit)),
        ("Sidik data", report.sidik),
    ]
    rows += [(f"Tenggat {view.TIERS[due.tingkat]}", date.fromisoformat(due.tanggal)) for due in report.kepala.tenggat]
    if report.kepala.asumsi_tenggat:
        rows.append(("Catatan tenggat", "Tenggat adalah asumsi pemasangan sampai ditetapkan dengan keputusan."))
    if isinstance(report, SatkerReport):
        rows += _standing(report.keadaan)
    rows += [(figure.label, _value(figure), figure.satuan) for figure in report.angka if not figure.rincian]
    rows += [(view.figure_name(report, figure), _value(figure), figure.satuan) for figure in report.breakdown("baris")]
    rows += [(f"Himpunan data: {label}", ledger.state(report, name)) for name, label in ledger.concerned(report)]
    return OutputSheet("Ringkasan", (("Uraian", 34), ("Isi", 50), ("Satuan", 14)), rows)


def _standing(standing: Standing) -> list[tuple[Cell, ...]]:
    return [
        ("Ketepatan", view.timeliness_of(standing)),
        ("Hasil periksa", view.SHORT_RESULTS.get(standing.hasil, standing.hasil)),
        ("Diterima", _moment(standing.diterima_pada)),
    ]


def _figures(report: Report) -> OutputSheet:
    header = (
        ("Kode angka", 12), ("Ukuran", 34), ("Rincian", 40), ("Nilai", 14), ("Satuan", 14), ("Pembilang", 12),
        ("Penyebut", 12), ("Triwulan lalu", 14),
    )  # fmt: skip
    measures = measures_of(report.kepala.lembaga)
    rows = [
        (
            figure.id, measures[figure.ukuran].label, view.label_in(report, figure) if figure.rincian else None, _value(figure),
            figure.satuan, figure.pembilang, figure.penyebut, figure.sebelumnya,
        )
        for figure in report.angka
    ]  # fmt: skip
    return OutputSheet("Angka", header, rows)


def _figures_by_quarter(report: AnnualReport) -> OutputSheet:
    """All figures: each quarter, the year, the year before."""
    year = view.period_of(report.kepala.periode)
    header = (
        ("Kode angka", 12), ("Ukuran", 34), ("Rincian", 40), *((name, 12) for name in QUARTERS), (year.label, 14), ("Satuan", 14),
        ("Pembilang", 12), ("Penyebut", 12), (year.previous().label, 14),
    )  # fmt: skip
    measures = measures_of(report.kepala.lembaga)
    rows = [
        (
            figure.id, measures[figure.ukuran].label, view.label_in(report, figure) if figure.rincian else None,
            *map(_rounded, report.by_quarter(figure.ukuran, figure.rincian)), _value(figure), figure.satuan,
            figure.pembilang, figure.penyebut, _rounded(figure.sebelumnya),
        )
        for figure in report.angka
    ]  # fmt: skip
    return OutputSheet("Angka", header, rows)


def _year_sheets(report: AnnualReport) -> Iterator[OutputSheet]:
    """How the quarters stand, what became of their advice, and the editions that the year was made of."""
    columns = tuple((name, 22) for name in QUARTERS)
    yield OutputSheet(
        "Keadaan",
        (("Kode", 8), ("Satker", 40), *columns),
        [(one.kode, one.nama, *one.triwulan) for one in standings(report)],
    )
    if report.provinsi:
        yield OutputSheet(
            "Provinsi",
            (("Kode", 7), ("Provinsi", 30), *columns),
            [(one.kode, one.nama, *one.triwulan) for one in provinces(report)],
        )
    header = (("Triwulan", 14), ("Saran", 60), ("Keadaan", 22), ("Menurut angka kini", 60), ("Kode angka", 12))
    yield OutputSheet("Tindak lanjut", header, list(advice(report)))
    sources = [(one.label, one.keadaan, one.sidik or None) for one in quarters(report)]
    yield OutputSheet("Sumber", (("Triwulan", 20), ("Laporan", 34), ("Sidik data SHA-256", 68)), sources)


def _rows(report: SatkerReport) -> Iterator[OutputSheet]:
    """The accepted rows of each data set: public columns under the headers that senders know, and their origin."""
    for dataset in DATASETS:
        table = report.tabel.get(dataset.name)
        if table is None:
            continue
        columns = view.public_columns(dataset.name, table)
        origin = [(place, name) for place, name in enumerate(table.kolom) if name in {"lembar", "baris"}]
        header = (
            *((column_label(column.name, report.kepala.lembaga), _width(column)) for _, column in columns),
            *((f"{name.capitalize()} asal", 14) for _, name in origin),
        )
        converters = [(place, _converter(column)) for place, column in columns]
        rows = [
            (*(convert(row[place]) for place, convert in converters), *(row[place] for place, _ in origin))
            for row in table.baris[:ROW_LIMIT]
        ]
        yield OutputSheet(dataset.sheet, header, rows)


def _findings(report: SatkerReport) -> OutputSheet:
    header = (("Akibat", 10), ("Lembar", 20), ("Baris", 8), ("Huruf", 8), ("Kolom", 22), ("Aturan", 10), ("Apa yang salah", 60), ("Cara memperbaiki", 60))  # fmt: skip
    return OutputSheet(
        "Temuan",
        header,
        [*_finding_rows(report, report.ditahan, "ditahan"), *_finding_rows(report, report.catatan, "catatan")],
    )


def _finding_rows(report: Report, table: Table, effect: str) -> Iterator[tuple[Cell, ...]]:
    for finding in table.records():
        column = column_label(finding["kolom"], report.kepala.lembaga)
        yield (
            effect,
            sheet_label(finding["lembar"]),
            finding["baris"] or None,
            letters(finding["huruf"]),
            column,
            finding["kode"],
            finding["pesan"],
            finding["cara"],
        )


def _sources(report: SatkerReport) -> OutputSheet:
    header = (("Diterima", 18), ("Saluran", 10), ("Hasil", 20), ("Berlaku", 9), ("Masuk", 8), ("Diterima", 9), ("Ditahan", 8), ("Kembar", 8), ("Sidik SHA-256", 68))  # fmt: skip
    rows = [
        (
            _moment(source.diterima_pada), source.saluran, view.SHORT_RESULTS.get(source.status, source.status),
            "ya" if source.berlaku else "tidak", source.masuk, source.diterima, source.dikarantina, source.kembar,
            source.sidik,
        )
        for source in report.sumber
    ]  # fmt: skip
    return OutputSheet("Berkas asal", header, rows)


def _ledger(table: Table) -> OutputSheet:
    """Rows that no longer count, each with what became of it."""
    header = (("Himpunan data", 20), ("Baris itu", 60), ("Kini", 12), ("Sejak", 18), ("Lewat berkas", 30), ("Oleh", 14), ("Alasan", 40))  # fmt: skip
    labels = dict(DATA_SETS)
    rows = [(labels[str(dataset)], title, standing, _moment(str(at) if at else None), file, by, reason)
            for dataset, title, standing, at, file, by, reason in table.baris]  # fmt: skip
    return OutputSheet("Buku baris", header, rows)


def _provinces(report: NationReport) -> OutputSheet:
    header = (
        ("Kode", 7), ("Provinsi", 30), ("Wajib", 8), ("Lapor", 8), ("Kelengkapan (%)", 16), ("Selang bawah", 13),
        ("Selang atas", 12), ("Tepat waktu", 12), ("Ketepatan (%)", 14),
        *(_COUNT_HEADERS[name] for name in _province_counts(report)), ("Ditahan", 9),
    )  # fmt: skip
    rows = [
        (
            province.kode, province.nama, province.wajib, province.lapor, province.kelengkapan,
            province.selang_bawah, province.selang_atas, province.tepat_waktu, province.ketepatan_waktu,
            *_said(province, _province_counts(report)),
            province.ditahan,
        )
        for province in report.provinsi
    ]  # fmt: skip
    return OutputSheet("Provinsi", header, rows)


_COUNT_HEADERS = {
    "kegiatan": ("Kegiatan", 10), "acara": ("Acara unik", 11), "publikasi": ("Publikasi", 10), "permohonan": ("Permohonan", 12),
    "hoaks": ("Isu dan hoaks", 14),
}  # fmt: skip


def _province_counts(report: NationReport) -> list[str]:
    """What the table of provinces counts, of data sets that the body asks for; unique events stand beside activities."""
    names = [one.name for one in view.counted(report.kepala.lembaga)]
    return [shown for name in names for shown in ((name, "acara") if name == "kegiatan" else (name,))]


def _said(of: ProvinceState | Standing, names: Iterable[str]) -> list[Cell]:
    """Counts of a province or unit; a data set that nobody spoke about is a dash, never zero."""
    return ["–" if (count := getattr(of, name)) is None else count for name in names]


def _units(satker: Iterable[Standing], counts: Sequence[str]) -> OutputSheet:
    header = (
        ("Kode", 8), ("Satker", 40), ("Ketepatan", 17), ("Hasil periksa", 18), ("Diterima", 18), ("Masuk", 8),
        ("Diterima", 9), ("Ditahan", 9), ("Kembar", 8), *(_COUNT_HEADERS[name] for name in counts), ("Siapa bertindak bila belum ada laporan", 32),
    )  # fmt: skip
    return OutputSheet("Satker", header, [_unit_row(standing, counts) for standing in satker])


def _unit_row(standing: Standing, counts: Sequence[str]) -> tuple[Cell, ...]:
    return (
        standing.kode, standing.nama, view.timeliness_of(standing),
        view.SHORT_RESULTS.get(standing.hasil, standing.hasil), _moment(standing.diterima_pada), standing.masuk,
        standing.diterima, standing.dikarantina, standing.kembar, *_said(standing, counts),
        None if standing.lapor else view.cause_of(standing).siapa,
    )  # fmt: skip


def _changes(report: Report) -> OutputSheet:
    header = (("Kode angka", 12), ("Angka", 44), (f"Edisi {report.edisi - 1}", 14), (f"Edisi {report.edisi}", 14), ("Selisih", 12))  # fmt: skip
    rows = [
        (
            change.id,
            view.label_in(report, change),
            change.lama,
            change.baru,
            None if change.lama is None or change.baru is None else round(change.baru - change.lama, 6),
        )
        for change in report.ralat
    ]
    return OutputSheet("Ralat", header, rows)


def _notes(report: Report) -> OutputSheet:
    """Formula of every measure in this report, and how to read the workbook."""
    used = {figure.ukuran for figure in report.angka}
    rows: list[tuple[Cell, ...]] = [
        (measure.label, measure.satuan or None, measure.rumus)
        for measure in measures_of(report.kepala.lembaga).values()
        if measure.nama in used
    ]
    rows += [
        ("Neraca baris", None, "Baris masuk = baris diterima + baris ditahan + baris kembar."),
        ("Tanda –", None, "Himpunan data itu belum dilaporkan; bukan nol. Nol ditulis 0."),
        ("Sel kosong", None, "Tidak dapat dihitung."),
        (
            "Persen",
            None,
            "Laporan dan situs membulatkannya pada satu angka di belakang koma; di sini lebih teliti.",
        ),
        (
            "Kode angka",
            None,
            "Huruf menyebut tingkat (S satker, P provinsi, N nasional), lalu nomor ukuran dan rincian.",
        ),
    ]
    return OutputSheet("Catatan", (("Angka", 34), ("Satuan", 14), ("Rumus atau arti", 90)), rows)


def _value(figure: Figure) -> Cell:
    return _rounded(figure.nilai)


def _rounded(value: float | None) -> Cell:
    return round(value, 6) if isinstance(value, float) else value


def _moment(iso: str | None) -> Cell:
    return datetime.fromisoformat(iso).astimezone(WIB).replace(tzinfo=None) if iso else None


def _width(column: Column) -> int:
    widths = {
        ColumnType.DATE: 14,
        ColumnType.DATETIME: 18,
        ColumnType.INTEGER: 13,
        ColumnType.CHOICE: 20,
        ColumnType.CODE: 9,
    }
    text_width = 46 if column.length and column.length[1] >= 200 else 24
    return max(len(column.label) + 3, widths.get(column.type_name, text_width))


def _converter(column: Column) -> Callable[[Value], Cell]:
    """How a stored cell of this column becomes a cell of the workbook: real dates, real numbers, labels for codes."""
    if column.type_name is ColumnType.DATE:
        return lambda value: date.fromisoformat(str(value)[:10]) if value else None
    if column.type_name is ColumnType.DATETIME:
        return lambda value: _moment(str(value)) if value else None
    if column.type_name is ColumnType.INTEGER:
        return lambda value: value
    return lambda value: view.cell_text(column, value) or None


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    return {
        "kepala": book.add_format({**base, "bold": True, "bg_color": "#E4ECF7", "bottom": 2, "text_wrap": True, "valign": "bottom", "indent": 1}),
        "teks": book.add_format({**base, "text_wrap": True, "indent": 1}),
        "angka": book.add_format({**base, "num_format": "#,##0"}),
        "pecahan": book.add_format({**base, "num_format": "#,##0.00"}),
        "tanggal": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
        "waktu": book.add_format({**base, "num_format": "dd/mm/yyyy hh.mm", "align": "left"}),
    }  # fmt: skip


def _write(book: Any, sheet: OutputSheet, formats: dict[str, Any]) -> None:
    worksheet = book.add_worksheet(sheet.name[:31])
    for column, (title, width) in enumerate(sheet.headers):
        worksheet.set_column(column, column, width)
        worksheet.write_string(0, column, title, formats["kepala"])
    widths = [width for _, width in sheet.headers]
    for number, row in enumerate(sheet.rows, start=1):
        lines = _lines(row, widths)
        if lines > 1:
            worksheet.set_row(number, min(MAX_HEIGHT, LINE_HEIGHT * lines))
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                _write_cell(worksheet, number, column, cell, formats)
    worksheet.freeze_panes(1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    if len(sheet.rows) > 1:
        worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Lines of the tallest wrapped text of a row: LibreOffice keeps the height it is told, and prints over the next row."""
    return max(
        (math.ceil(len(s) / n) for s, n in zip(row, widths, strict=False) if isinstance(s, str) and len(s) > n),
        default=1,
    )


def _write_cell(worksheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, str):
        worksheet.write_string(row, column, cell[:TEXT_LIMIT], formats["teks"])
    elif isinstance(cell, datetime):
        worksheet.write_datetime(row, column, cell, formats["waktu"])
    elif isinstance(cell, date):
        worksheet.write_datetime(row, column, cell, formats["tanggal"])
    elif cell is not None:
        worksheet.write_number(row, column, cell, formats["pecahan" if isinstance(cell, float) else "angka"])
