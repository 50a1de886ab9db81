"""The cover: unit and period, locked; the one switch for a quarter without anything; how far each sheet is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from humas.bodies import one_of
from humas.contract.columns import Dataset, datasets_of
from humas.forms.template.model import DRAFT_SHEET, GUIDE_SHEET, Letterhead, template_columns, template_version
from humas.forms.template.reference import References
from humas.forms.template.sheet import FIRST_DATA_ROW, READY_ROWS, SWITCH_ROW, set_print, switch_check
from humas.layout.tables import column_letter
from humas.periods import full_date

_IDENTITY_ROW = 3
_STEPS = (
    "Lembar yang memang tidak ada isinya: pilih Ya pada NIHIL di bagian atas lembar itu.",
    "Simpan sebagai XLSX, lalu kirim dengan cara biasa. Kesalahan dikembalikan dengan baris dan kolomnya.",
)
_NOT_YET = "Belum diisi"
_MAY_STAY_EMPTY = "Boleh kosong"
_REPORTED = "Baris itu yang kini dihitung. Lembar yang Anda isi di sini dihitung menggantikannya, seutuhnya."
_HEIGHT = 18


def write_cover(
    sheet: Any, letterhead: Letterhead, references: References, formats: Mapping[str, Any], *, has_drafts: bool
) -> None:
    """Fill the cover."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 70)
    sheet.set_default_row(_HEIGHT)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Laporan kehumasan triwulanan", formats["judul"])
    sheet.write_string(
        1, 0, f"{letterhead.name} · {letterhead.triwulan.label} ({letterhead.triwulan.span})", formats["keterangan"]
    )
    row = _write_identity(sheet, letterhead, formats)
    row = _write_switch(sheet, row, references, formats)
    row = _write_progress(sheet, row + 1, datasets_of(letterhead.lembaga.value, letterhead.triwulan.end), formats)
    _write_steps(sheet, row + 1, letterhead.lembaga.value, formats, has_drafts=has_drafts)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    set_print(sheet, letterhead, 1)
    sheet.activate()


def identity(letterhead: Letterhead) -> Iterator[tuple[str, str]]:
    """Label and value of the locked lines, as the reader of covers knows them."""
    yield "Lembaga", letterhead.lembaga.label
    yield "Kode satker", letterhead.code
    yield "Nama satker", letterhead.nama_satker
    yield "Periode", letterhead.triwulan.label
    yield "Versi templat", template_version()


def _write_identity(sheet: Any, heading: Letterhead, formats: Mapping[str, Any]) -> int:
    row = _IDENTITY_ROW
    for label, value in identity(heading):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.write_string(row, 1, value, formats["nilai"])
        row += 1
    if heading.due:
        sheet.write_string(row, 0, "Kirim paling lambat", formats["label"])
        sheet.write_string(row, 1, full_date(heading.due.day), formats["nilai"])
        sheet.write_string(row, 2, heading.due.assumption, formats["keterangan_menjorok"])
        row += 1
    if heading.reported:
        sheet.write_string(row, 0, "Sudah diterima", formats["label"])
        sheet.write_string(row, 1, heading.reported, formats["nilai"])
        sheet.write_string(row, 2, _REPORTED, formats["keterangan_menjorok"])
        row += 1
    return row + 1


def _write_switch(sheet: Any, row: int, reference: References, formats: Mapping[str, Any]) -> int:
    sheet.write_string(row, 0, "Nihil", formats["tanda"])
    sheet.write_blank(row, 1, None, formats["sakelar"])
    sentence = "Pilih Ya hanya bila SEMUA lembar kosong pada triwulan ini; laporan nihil lalu siap dikirim."
    sheet.write_string(row, 2, sentence, formats["keterangan_menjorok"])
    sheet.data_validation(row, 1, row, 1, switch_check(reference))
    return _write_question(sheet, row + 1, formats)


def _write_question(sheet: Any, row: int, formats: Mapping[str, Any]) -> int:
    """Whether the file adds to what was accepted before, or replaces it; empty for a first file."""
    sheet.write_string(row, 0, "Tambah atau ganti?", formats["tanda"])
    sheet.write_blank(row, 1, None, formats["sakelar"])
    sentence = "Hanya bila sudah pernah mengirim: Menambah, atau Mengganti (baris yang tidak ada di sini lalu dicabut)."
    sheet.write_string(row, 2, sentence, formats["keterangan_menjorok"])
    sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": ["Menambah", "Mengganti"]})
    return row + 1


def _write_progress(sheet: Any, row: int, datasets: Iterable[Dataset], formats: Mapping[str, Any]) -> int:
    """One line for each sheet: a link to it, and what is in it so far."""
    for position, title in enumerate(("Lembar", "Keadaan", "Isinya")):
        sheet.write_string(row, position, title, formats["kepala"])
    for dataset in datasets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{dataset.sheet}'!A{FIRST_DATA_ROW + 1}", formats["tautan"], dataset.sheet)
        sheet.write_formula(row, 1, _state(dataset), formats["sel_tebal"], _empty(dataset))
        sheet.write_string(row, 2, dataset.explanation, formats["sel"])
    return row + 1


def _empty(dataset: Dataset) -> str:
    """What is said of a sheet without rows: of one that nobody owes that it may stay so."""
    return _MAY_STAY_EMPTY if dataset.optional else _NOT_YET


def _state(dataset: Dataset) -> str:
    """``12 baris``, ``Nihil`` or ``Belum diisi``, counted in the first column that every row must fill in, else in the one that tells it."""
    columns = template_columns(dataset)
    key = next((one for one in columns if one.required), None) or next(one for one in columns if one.identifies)
    position = columns.index(key)
    letter, sheet = column_letter(position), f"'{dataset.sheet}'!"
    filled = f"COUNTA({sheet}${letter}${FIRST_DATA_ROW + 1}:${letter}${FIRST_DATA_ROW + READY_ROWS})"
    return f'=IF({filled}>0,{filled}&" baris",IF({sheet}$B${SWITCH_ROW + 1}="Ya","Nihil","{_empty(dataset)}"))'


def _what_to_fill(datasets: Sequence[Dataset]) -> str:
    owed = [dataset.sheet for dataset in datasets if not dataset.optional]
    optional = [dataset.sheet for dataset in datasets if dataset.optional]
    free = f" Lembar {one_of(optional, 'dan')} boleh dibiarkan kosong." if optional else ""
    return f"Isi lembar {one_of(owed, 'dan')}: satu baris satu catatan.{free}"


def _write_steps(sheet: Any, row: int, body: str, formats: Mapping[str, Any], *, has_drafts: bool) -> None:
    steps = [_what_to_fill(datasets_of(body)), *_STEPS]
    if has_drafts:
        steps.insert(
            1, f"Periksa lembar {DRAFT_SHEET}: pilih Ya pada Pakai untuk draf yang benar; yang lain tidak dihitung."
        )
    sheet.merge_range(row, 0, row, 2, "Cara mengisi", formats["bagian"])
    for number, sentence in enumerate((*steps, f"Contoh dan arti tiap kolom ada di lembar {GUIDE_SHEET}."), start=1):
        sheet.write_string(row + number, 0, f"{number}. {sentence}", formats["terkunci"])
