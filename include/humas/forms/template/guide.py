"""The sheet of help: every column with its meaning, an example and its choices.

Columns of the data sets stand here as lines, one below the other, so that no example can be read as a row of data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from humas.contract.columns import Column, datasets_of
from humas.forms.template.cell import example_of, picks_of
from humas.forms.template.model import Letterhead, template_columns
from humas.forms.template.sheet import set_print

_HEADER = (("Kolom", 22), ("Wajib", 8), ("Cara mengisi", 36), ("Contoh", 32), ("Pilihan", 56))
_ROW_HEIGHT, _LETTER = 14, 1.2
"""Points of one line of text, and letters of it that one unit of a column's width holds."""
_GENERAL = (
    "Tanggal: hari dulu, misalnya 02/07/2026. Sel menampilkannya dengan nama bulan, sehingga tanggal yang tertukar langsung terlihat.",
    "Bilangan: angka saja, misalnya 1007; tanpa titik ribuan dan tanpa kata.",
    "Beberapa pilihan dalam satu sel dipisah koma, misalnya Laman, Instagram. Beberapa nama dipisah titik koma.",
    "Jangan tulis nama pemohon, NIK, NPWP, rekening, telepon atau surel pribadi di kolom mana pun; baris yang memuatnya ditahan.",
    "Baris boleh disisipkan, diurutkan, disaring, dan dihapus. Lembar terkunci tanpa kata sandi agar judul kolom tidak berubah.",
    "Contoh di lembar ini hanya contoh; tidak pernah dihitung.",
)


def write_guide(sheet: Any, letterhead: Letterhead, formats: Mapping[str, Any]) -> None:
    """Fill the sheet of help."""
    for position, (_, width) in enumerate(_HEADER):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "Petunjuk pengisian", formats["judul"])
    row = 2
    for sentence in _GENERAL:
        sheet.write_string(row, 0, f"• {sentence}", formats["terkunci"])
        row += 1
    for dataset in datasets_of(letterhead.lembaga.value, letterhead.triwulan.end):
        row = _write_section(sheet, row + 1, f"Lembar {dataset.sheet}", template_columns(dataset), formats)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    set_print(sheet, letterhead, 1)


def _write_section(sheet: Any, row: int, title: str, columns: tuple[Column, ...], formats: Mapping[str, Any]) -> int:
    sheet.merge_range(row, 0, row, len(_HEADER) - 1, title, formats["bagian"])
    for position, (header, _) in enumerate(_HEADER):
        sheet.write_string(row + 1, position, header, formats["kepala"])
    row += 2
    for column in columns:
        line = tuple(_line(column))
        sheet.set_row(row, _ROW_HEIGHT * _lines(line) + 4)
        for position, content in enumerate(line):
            sheet.write_string(row, position, content, formats["sel_tebal" if position == 0 else "sel"])
        row += 1
    return row


def _lines(line: Sequence[str]) -> int:
    """Lines the fullest cell of a line takes; LibreOffice does not work that out for a file it did not write."""
    return max(ceil(len(content) / (width * _LETTER)) for content, (_, width) in zip(line, _HEADER, strict=True))


def _line(column: Column) -> Iterator[str]:
    yield column.label
    yield column.demand or "–"
    yield column.explanation
    yield example_of(column) or "–"
    yield picks_of(column) or "–"
