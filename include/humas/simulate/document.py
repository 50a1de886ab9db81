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

from humas.contract.columns import HIMPUNAN, MENURUT_NAMA, Himpunan, Kolom, Tipe
from humas.contract.vocabulary import load_vocabulary
from humas.simulate.content import Musim, write_rows
from humas.simulate.model import Baris, JenisIsi, Rencana

if TYPE_CHECKING:
    import xlsxwriter.worksheet

    from humas.simulate.plan import Dunia

BARIS_PER_HALAMAN = 50
HALAMAN_TERBANYAK = 40
_IDENTITAS = ("lembaga", "kode_satker", "nama_satker")
_LABEL_LEMBAGA = {"kpu": "KPU", "bawaslu": "Bawaslu", "pemda": "Humas Pemda"}
JENIS_MEDIA = {
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BARIS_JUDUL_XLSX = (1, 4, 1, 2)
"""Physical row of the header by ``gaya``: some offices put a title and blank rows above it."""
_MASA_PERBAIKAN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Naskah:
    """One document ready to be served. halaman: its pages (one, unless JSON). dikirim_pada: when it was sent."""

    halaman: tuple[bytes, ...]
    jenis_media: str
    dikirim_pada: datetime


@dataclass(frozen=True, slots=True)
class Sampul:
    """What the document says of itself as a whole."""

    lembaga: str
    kode: str
    nama: str
    periode: str
    nihil: bool


def first_row(bentuk: str, gaya: int) -> int:
    """Physical number of the first data row of every data set in a document."""
    return {"json": 1, "csv": 2}.get(bentuk) or BARIS_JUDUL_XLSX[gaya] + 1


def write_document(dunia: Dunia, rencana: Rencana, bentuk: str, versi: int = 1) -> Naskah:
    """The document of one unit in one format; ``versi`` 2 is the corrected one, without defects."""
    rows = document_rows(dunia, rencana, versi)
    cover = _cover(dunia, rencana)
    if bentuk == "json":
        pages = tuple(_json_pages(cover, rows, rencana.gaya))
    elif bentuk == "xlsx":
        pages = (_workbook(cover, rows, rencana),)
    else:
        pages = (_csv_file(cover, rows["kegiatan"], rencana.gaya),)
    media = JENIS_MEDIA["csv" if rencana.isi is JenisIsi.JENIS_BOHONG else bentuk]
    return Naskah(_break(rencana.isi, pages), media, rencana.dikirim_pada + _MASA_PERBAIKAN * (versi - 1))


def document_rows(dunia: Dunia, rencana: Rencana, versi: int = 1) -> dict[str, list[Baris]]:
    """The rows of a unit by data set, defects included (in version 1), in the order of the document."""
    season = dunia.musim
    if rencana.isi is JenisIsi.TRIWULAN_LALU:
        season = Musim(season.benih, season.lembaga, season.triwulan.sebelumnya(), season.kalender)
    events = dunia.events_for(rencana.satuan) if season is dunia.musim else ()
    content = write_rows(season, rencana.satuan, rencana.baris, events, hari_tertulis=rencana.gaya % 2 == 1)
    atmosphere = dunia.atmosphere(rencana)
    for placement in rencana.pasangan if versi == 1 else ():
        rows = content[placement.cacat.himpunan]
        if placement.cacat.tambah:
            rows.append(dict(rows[placement.asal]))
        placement.cacat.ubah(rows[placement.indeks], atmosphere)
    return content


def _cover(world: Dunia, plan: Rencana) -> Sampul:
    unit, triwulan = plan.satuan, world.musim.triwulan
    code, name = unit.kode, unit.nama
    if plan.isi is JenisIsi.SATKER_LAIN:
        code = unit.kode_bps
    if plan.isi is JenisIsi.NAMA_GANDA:
        code, name = "", unit.nama_pendek
    if plan.isi is JenisIsi.TRIWULAN_LALU:
        triwulan = triwulan.sebelumnya()
    return Sampul(world.musim.lembaga, code, name, triwulan.kunci, plan.isi is JenisIsi.NIHIL)


def _break(kind: JenisIsi, pages: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """A broken file: cut off in the middle, though the transfer itself is whole."""
    if kind in {JenisIsi.JSON_RUSAK, JenisIsi.XLSX_RUSAK}:
        return (pages[0][: len(pages[0]) * 2 // 3],)
    return pages


def _columns(dataset: Himpunan, rows: Sequence[Baris], *, identitas: bool) -> list[Kolom]:
    """Columns of a sheet: those of the contract; the identity columns only where the office keeps them."""
    present = {name for row in rows for name in _IDENTITAS if name in row}
    return [column for column in dataset.kolom if column.nama not in _IDENTITAS or identitas or column.nama in present]


def _shown(column: Kolom, value: object) -> object:
    """The label of a vocabulary value; anything else as it is."""
    if column.kosakata is None or column.kosakata == "strategi":
        return value
    vocabulary = load_vocabulary()[column.kosakata]
    if isinstance(value, list):
        return [vocabulary.label(str(item)) for item in value]
    return vocabulary.label(value) if isinstance(value, str) else value


def _dots(value: int) -> str:
    """A number the Indonesian way: ``1.007``."""
    return f"{value:,}".replace(",", ".")


def _json_pages(cover: Sampul, content: Mapping[str, list[Baris]], style: int) -> Iterator[bytes]:
    """Pages of the API answer; rows keep their order across pages."""
    flat = [(name, _json_row(MENURUT_NAMA[name], row, style)) for name, rows in content.items() for row in rows]
    size = max(BARIS_PER_HALAMAN, -(-len(flat) // HALAMAN_TERBANYAK))
    count = max(1, -(-len(flat) // size))
    for number in range(1, count + 1):
        data: dict[str, list[Baris]] = {name: [] for name in content}
        for name, row in flat[(number - 1) * size : number * size]:
            data[name].append(row)
        document = {
            "versi_kontrak": 1,
            "lembaga": cover.lembaga,
            "kode_satker": cover.kode,
            "nama_satker": cover.nama,
            "periode": cover.periode,
            "nihil": cover.nihil,
            "halaman": number,
            "jumlah_halaman": count,
            "data": data,
        }
        yield json.dumps(document, ensure_ascii=False).encode()


def _json_row(dataset: Himpunan, row: Baris, style: int) -> Baris:
    columns = dataset.menurut_nama
    return {name: _json_value(columns[name], value, style) for name, value in row.items()}


def _json_value(column: Kolom, value: object, style: int) -> object:
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H.%M") if style == 1 else value.isoformat()
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if style == 1 else value.isoformat()
    if style == 2 and isinstance(value, int) and value >= 0 and column.maksimum is None:
        return _dots(value)
    return _shown(column, value) if style in {1, 3} else value


def _text(column: Kolom, value: object, style: int) -> str:
    """A cell as text, for CSV and for text cells of a workbook."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H.%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if style % 2 else value.isoformat()
    if isinstance(value, int) and column.maksimum is None and value >= 0:
        return _dots(value)
    shown = _shown(column, value)
    if isinstance(shown, list):
        separator = "; " if column.tipe is Tipe.DAFTAR_TEKS else ", "
        return separator.join(str(item) for item in shown)
    return str(shown)


def _header(column: Kolom, style: int) -> str:
    return column.sinonim[0] if style == 2 and column.sinonim else column.label


def _csv_file(cover: Sampul, rows: Sequence[Baris], style: int) -> bytes:
    """One data set as CSV, identity and period in every line; half of the offices use semicolons."""
    columns = [column for column in MENURUT_NAMA["kegiatan"].kolom if column.nama not in _IDENTITAS]
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
            cover.periode,
            row.get("lembaga", _LABEL_LEMBAGA[cover.lembaga]),
            row.get("kode_satker", cover.kode),
            row.get("nama_satker", cover.nama),
        )
        writer.writerow([*front, *(_text(column, row.get(column.nama), style) for column in columns)])
    return text.getvalue().encode("utf-8-sig" if style > 1 else "utf-8")


def _workbook(cover: Sampul, content: Mapping[str, list[Baris]], plan: Rencana) -> bytes:
    """A workbook with cover and one sheet per data set; its properties carry no clock."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": plan.dikirim_pada.replace(tzinfo=None)})
    formats = {
        "tanggal": book.add_format({"num_format": "dd/mm/yyyy"}),
        "waktu": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    if plan.isi is JenisIsi.LEMBAR_KOSONG:
        book.add_worksheet("Lembar1")
    else:
        _write_cover(book.add_worksheet("Sampul"), cover)
        for dataset in HIMPUNAN:
            sheet = book.add_worksheet(dataset.lembar)
            _write_sheet(sheet, dataset, content[dataset.nama], plan.gaya, formats)
    book.close()
    return buffer.getvalue()


def _write_cover(sheet: xlsxwriter.worksheet.Worksheet, cover: Sampul) -> None:
    lines = (
        ("Lembaga", _LABEL_LEMBAGA[cover.lembaga]),
        ("Kode satker", cover.kode),
        ("Nama satker", cover.nama),
        ("Periode", cover.periode),
        ("Nihil", "Ya" if cover.nihil else "Tidak"),
        ("Versi templat", "1"),
    )
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    dataset: Himpunan,
    rows: Sequence[Baris],
    style: int,
    formats: Mapping[str, object],
) -> None:
    columns = _columns(dataset, rows, identitas=style == 3)
    header = BARIS_JUDUL_XLSX[style] - 1
    if header > 1:
        sheet.write_string(0, 0, f"Laporan {dataset.lembar}")
    for position, column in enumerate(columns):
        sheet.write_string(header, position, _header(column, style))
        for number, row in enumerate(rows, start=header + 1):
            _write_cell(sheet, (number, position), column, row.get(column.nama), style, formats)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    column: Kolom,
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
