"""The bytes a unit sends: JSON pages of its API, a workbook or a CSV file, written as its office would.

``gaya`` varies what real files vary: header synonyms, title rows above the header, dates and numbers as
text or as cells, labels or stored values. The same plan always gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from humas.contract.columns import BY_NAME, DATASETS, Column, ColumnType, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.registry import Lembaga
from humas.simulate.content import SITE, Season, slug, without_leaps, write_rows
from humas.simulate.habits import LETTERHEAD, NUMBER, SIGNATURES, own_header
from humas.simulate.model import ContentKind, Plan, RowValues

if TYPE_CHECKING:
    import xlsxwriter.worksheet

    from humas.simulate.plan import World

ROWS_PER_PAGE = 50
MAX_PAGES = 40
_IDENTITY = ("lembaga", "kode_satker", "nama_satker")
MEDIA_TYPES = {
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
OWN_BOOK = 2
"""The ``gaya`` of offices that keep a workbook of their own (:mod:`humas.simulate.habits`)."""
XLSX_HEADER_ROWS = (1, 4, len(LETTERHEAD) + 1, 2)
"""Physical row of the header by ``gaya``: some offices put a title and blank rows above it."""
_CORRECTION_DELAY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """One document ready to be served. pages: its pages (one, unless JSON). sent_at: when it was sent."""

    pages: tuple[bytes, ...]
    media_type: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenCover:
    """What the document says of itself as a whole."""

    lembaga: str
    code: str
    name: str
    period: str
    nihil: bool


def first_row(form: str, styling: int) -> int:
    """Physical number of the first data row of every data set in a document."""
    return {"json": 1, "csv": 2}.get(form) or XLSX_HEADER_ROWS[styling] + 1


def write_document(world: World, plan: Plan, form: str, version: int = 1) -> ServedDocument:
    """The document of one unit in one format; ``version`` 2 is the corrected one, without defects."""
    rows = document_rows(world, plan, version)
    if members := world.recaps.get(plan.unit.code):
        rows = _recap_rows(world, plan, rows, members)
    cover = _cover(world, plan)
    if form == "json":
        pages = tuple(_json_pages(cover, rows, plan.styling))
    elif form == "xlsx":
        pages = (_workbook(cover, rows, plan),)
    else:
        pages = (_csv_file(cover, rows["kegiatan"], plan.styling),)
    media = MEDIA_TYPES["csv" if plan.content is ContentKind.FALSE_KIND else form]
    return ServedDocument(_break(plan.content, pages), media, plan.sent_at + _CORRECTION_DELAY * (version - 1))


def document_rows(world: World, plan: Plan, version: int = 1) -> dict[str, list[RowValues]]:
    """The rows of a unit by data set, defects included (in version 1), in the order of the document."""
    season = world.season
    if plan.content is ContentKind.PREVIOUS_TRIWULAN:
        season = Season(season.seed, season.lembaga, season.triwulan.previous(), season.calendar)
    events = world.events_for(plan.unit) if season is world.season else ()
    content = write_rows(season, plan.unit, plan.rows, events, written_day=plan.styling % 2 == 1)
    _fill_site(content, plan, season.simulation.site.section)
    atmosphere = world.atmosphere(plan)
    for placement in plan.placements if version == 1 else ():
        rows = content[placement.defect.dataset]
        if placement.defect.added:
            rows.append(dict(rows[placement.origin]))
        placement.defect.change(rows[placement.index], atmosphere)
    return content


def _fill_site(content: Mapping[str, list[RowValues]], plan: Plan, section: str) -> None:
    """Put rows that nothing spoils on the unit's own site, as many as a defect needs to be seen among them.

    section: part of the site where its news stand.
    """
    taken = {(one.defect.dataset, index) for one in plan.placements for index in (one.index, one.origin)}
    for defect in (placement.defect for placement in plan.placements if placement.defect.on_site):
        rows = content[defect.dataset]
        free = [row for index, row in enumerate(rows) if (defect.dataset, index) not in taken]
        for number, row in enumerate(free[: defect.on_site], start=1):
            address = f"https://{plan.unit.host}/{section}/{number}_{slug(str(row['judul']))[:50]}"
            row.update(kanal=SITE, akun=plan.unit.host, url=address)
        without_leaps(rows)


def _recap_rows(
    world: World, plan: Plan, own: Mapping[str, list[RowValues]], members: Sequence[str]
) -> dict[str, list[RowValues]]:
    """The rows of a province and, below them, those of its units, each with whose it is."""
    told = {name: [_owned(plan, row) for row in rows] for name, rows in own.items()}
    for code in members:
        member = world.plans[code]
        for name, rows in document_rows(world, member).items():
            told[name] += [_owned(member, row) for row in rows]
    return told


def _owned(plan: Plan, row: RowValues) -> RowValues:
    return {"kode_satker": plan.unit.code, "nama_satker": plan.unit.name} | row


def _cover(world: World, plan: Plan) -> WrittenCover:
    unit, triwulan = plan.unit, world.season.triwulan
    code, name = unit.code, unit.name
    if plan.content is ContentKind.OTHER_SATKER:
        code = unit.bps_code
    if plan.content is ContentKind.DOUBLE_NAME:
        code, name = "", unit.short_name
    if plan.content is ContentKind.PREVIOUS_TRIWULAN:
        triwulan = triwulan.previous()
    return WrittenCover(world.season.lembaga, code, name, triwulan.key, plan.content is ContentKind.NIHIL)


def _break(kind: ContentKind, pages: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """A broken file: cut off in the middle, though the transfer itself is whole."""
    if kind in {ContentKind.BROKEN_JSON, ContentKind.BROKEN_XLSX}:
        return (pages[0][: len(pages[0]) * 2 // 3],)
    return pages


def _columns(dataset: Dataset, rows: Sequence[RowValues], *, identity: bool) -> list[Column]:
    """Columns of a sheet: those of the contract; the identity columns only where the office keeps them."""
    present = {name for row in rows for name in _IDENTITY if name in row}
    return [column for column in dataset.columns if column.name not in _IDENTITY or identity or column.name in present]


def _shown(column: Column, value: object) -> object:
    """The label of a vocabulary value; anything else as it is."""
    if column.vocabulary is None or column.vocabulary == "strategi":
        return value
    vocabulary = load_vocabulary()[column.vocabulary]
    if isinstance(value, list):
        return [vocabulary.label(str(item)) for item in value]
    return vocabulary.label(value) if isinstance(value, str) else value


def _dots(value: int) -> str:
    """A number the Indonesian way: ``1.007``."""
    return f"{value:,}".replace(",", ".")


def _json_pages(cover: WrittenCover, content: Mapping[str, list[RowValues]], style: int) -> Iterator[bytes]:
    """Pages of the API answer; rows keep their order across pages."""
    flat = [(name, _json_row(BY_NAME[name], row, style)) for name, rows in content.items() for row in rows]
    size = max(ROWS_PER_PAGE, -(-len(flat) // MAX_PAGES))
    count = max(1, -(-len(flat) // size))
    for number in range(1, count + 1):
        data: dict[str, list[RowValues]] = {name: [] for name in content}
        for name, row in flat[(number - 1) * size : number * size]:
            data[name].append(row)
        document = {
            "versi_kontrak": 1,
            "lembaga": cover.lembaga,
            "kode_satker": cover.code,
            "nama_satker": cover.name,
            "periode": cover.period,
            "nihil": cover.nihil,
            "halaman": number,
            "jumlah_halaman": count,
            "data": data,
        }
        yield json.dumps(document, ensure_ascii=False).encode()


def _json_row(dataset: Dataset, row: RowValues, style: int) -> RowValues:
    columns = dataset.by_name
    return {name: _json_value(columns[name], value, style) for name, value in row.items()}


def _json_value(column: Column, value: object, style: int) -> object:
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H.%M") if style == 1 else value.isoformat()
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if style == 1 else value.isoformat()
    if style == 2 and isinstance(value, int) and value >= 0 and column.maximum is None:
        return _dots(value)
    return _shown(column, value) if style in {1, 3} else value


def _text(column: Column, value: object, style: int) -> str:
    """A cell as text, for CSV and for text cells of a workbook."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H.%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if style % 2 else value.isoformat()
    if isinstance(value, int) and column.maximum is None and value >= 0:
        return _dots(value)
    shown = _shown(column, value)
    if isinstance(shown, list):
        separator = "; " if column.type_name is ColumnType.TEXT_LIST else ", "
        return separator.join(str(item) for item in shown)
    return str(shown)


def _header(column: Column, style: int) -> str:
    return column.synonyms[0] if style == 2 and column.synonyms else column.label


def _csv_file(cover: WrittenCover, rows: Sequence[RowValues], style: int) -> bytes:
    """One data set as CSV, identity and period in every line; half of the offices use semicolons."""
    columns = [column for column in BY_NAME["kegiatan"].columns if column.name not in _IDENTITY]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if style % 2 else ",", lineterminator="\r\n")
    writer.writerow([
        "Periode",
        "Lembaga",
        "Kode satker",
        "Nama satker",
        *(_header(column, style) for column in columns),
    ])
    for row in rows:
        front = (
            cover.period,
            row.get("lembaga", Lembaga(cover.lembaga).label),
            row.get("kode_satker", cover.code),
            row.get("nama_satker", cover.name),
        )
        writer.writerow([*front, *(_text(column, row.get(column.name), style) for column in columns)])
    return text.getvalue().encode("utf-8-sig" if style > 1 else "utf-8")


def _workbook(cover: WrittenCover, content: Mapping[str, list[RowValues]], plan: Plan) -> bytes:
    """A workbook with cover and one sheet per data set; its properties carry no clock."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": plan.sent_at.replace(tzinfo=None)})
    formats = {
        "tanggal": book.add_format({"num_format": "dd/mm/yyyy"}),
        "waktu": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    if plan.content is ContentKind.EMPTY_SHEET:
        book.add_worksheet("Lembar1")
    else:
        _write_cover(book.add_worksheet("Sampul"), cover)
        for dataset in DATASETS:
            sheet = book.add_worksheet(dataset.sheet)
            _write_sheet(sheet, dataset, content[dataset.name], plan.styling, formats)
    book.close()
    return buffer.getvalue()


def _write_cover(sheet: xlsxwriter.worksheet.Worksheet, cover: WrittenCover) -> None:
    lines = (
        ("Lembaga", Lembaga(cover.lembaga).label),
        ("Kode satker", cover.code),
        ("Nama satker", cover.name),
        ("Periode", cover.period),
        ("Nihil", "Ya" if cover.nihil else "Tidak"),
        ("Versi templat", "1"),
    )
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    dataset: Dataset,
    rows: Sequence[RowValues],
    style: int,
    formats: Mapping[str, object],
) -> None:
    columns = _columns(dataset, rows, identity=style == 3)
    header = XLSX_HEADER_ROWS[style] - 1
    first = 0
    if style == OWN_BOOK:
        first = 1
        _write_surroundings(sheet, dataset, header, len(rows))
    elif header > 1:
        sheet.write_string(0, 0, f"Laporan {dataset.sheet}")
    for position, column in enumerate(columns, start=first):
        sheet.write_string(header, position, own_header(dataset, column) if style == OWN_BOOK else column.label)
        for number, row in enumerate(rows, start=header + 1):
            _write_cell(sheet, (number, position), column, row.get(column.name), style, formats)


def _write_surroundings(sheet: xlsxwriter.worksheet.Worksheet, dataset: Dataset, header: int, count: int) -> None:
    """What an office's own book has beside its data: letterhead, numbers of rows, signatures."""
    for number, line in enumerate(LETTERHEAD):
        sheet.write_string(number, 0, line.format(sheet=dataset.sheet.upper()))
    for number in range(count + 1):
        sheet.write_string(header + number, 0, str(number) if number else NUMBER)
    for number, line in enumerate(SIGNATURES if count else (), start=header + 1 + count):
        sheet.write_string(number, 1, line)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    column: Column,
    value: object,
    style: int,
    formats: Mapping[str, object],
) -> None:
    if value is None or value == []:
        return
    typed = style in {0, 3}
    if isinstance(value, datetime) and typed:
        sheet.write_datetime(*place, value, formats["waktu"])
    elif isinstance(value, date) and not isinstance(value, datetime) and typed:
        sheet.write_datetime(*place, value, formats["tanggal"])
    elif isinstance(value, (int, float)) and (style != 1 or isinstance(value, float)):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, _text(column, value, style))
