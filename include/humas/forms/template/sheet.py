"""The sheet of one data set: title, NIHIL switch, legend, header, and rows to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from humas.contract.columns import Column, Dataset
from humas.forms.template.cell import check_of, comment_of, format_of, header_of, width_of
from humas.forms.template.model import Letterhead, template_columns
from humas.forms.template.reference import References
from humas.layout.tables import column_letter

SWITCH_ROW, LEGEND_ROW, HEADER_ROW = 1, 2, 3
FIRST_DATA_ROW = HEADER_ROW + 1
READY_ROWS = 5_000
"""Rows that carry checks and drop-downs; more rows than any unit reports in a quarter."""
LAST_COLUMN = 16_383
LETTERS_PER_PAGE = 190
"""Characters across one landscape page that can still be read."""
_A4_PAPER = 9
_HEADER_HEIGHT, _TITLE_HEIGHT, _ROW_HEIGHT = 32, 26, 20
_PROTECTION = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "insert_hyperlinks", "sort",
        "autofilter",
    ),
    True,
)  # fmt: skip
LEGEND = (
    "Isi kolom bertanda * pada tiap baris. Pilih sebuah sel untuk melihat petunjuknya; contoh ada di lembar Petunjuk."
)


class TemplateSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose column ``tail`` stands for all columns from there on.

    XlsxWriter would keep each of the 16,384 columns apart: half of a template's time, and a sheet that claims to reach XFD.
    """

    tail = -1

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        super()._write_col_info(col_min, LAST_COLUMN if col_min == self.tail else col_max, col_info)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Our formulas use no function younger than Excel 2007; looking for 140 such names took a quarter of the time."""
        return formula.removeprefix("=")


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of a sheet: its header, width, format and check; wanted marks it."""

    title: str
    width: int
    form: str
    wanted: bool
    note: str
    checked: Mapping[str, Any]


def lane_of(column: Column, references: References) -> Lane:
    """The lane of a contract column."""
    check = check_of(column, references.of(column))
    return Lane(header_of(column), width_of(column), format_of(column), column.wanted, comment_of(column), check)


def write_sheet(
    sheet: TemplateSheet, dataset: Dataset, letterhead: Letterhead, references: References, formats: Mapping[str, Any]
) -> None:
    """Fill the sheet of a data set."""
    lanes = [lane_of(column, references) for column in template_columns(dataset)]
    write_frame(sheet, dataset.sheet, dataset.explanation, lanes, letterhead, formats)
    sheet.set_row(SWITCH_ROW, _ROW_HEIGHT)
    sheet.write_string(SWITCH_ROW, 0, "NIHIL pada triwulan ini?", formats["sakelar_label"])
    sheet.write_blank(SWITCH_ROW, 1, None, formats["sakelar"])
    sentence = f"Pilih Ya bila tidak ada yang dilaporkan pada lembar {dataset.sheet}, lalu biarkan barisnya kosong."
    sheet.write_string(SWITCH_ROW, 2, sentence, formats["keterangan_menjorok"])
    sheet.data_validation(SWITCH_ROW, 1, SWITCH_ROW, 1, switch_check(references))


def switch_check(references: References) -> dict[str, Any]:
    """The check of a Ya/Tidak switch; empty means Tidak."""
    return {
        "validate": "list",
        "source": references.yes_no.reference,
        "input_title": "Nihil",
        "input_message": "Ya: memang tidak ada yang dilaporkan. Kosong atau Tidak: ada isinya.",
        "error_title": "Isian belum dapat dipakai",
        "error_message": "Pilih Ya atau Tidak.",
    }


def write_frame(
    sheet: TemplateSheet,
    title: str,
    explanation: str,
    lanes: Sequence[Lane],
    letterhead: Letterhead,
    formats: Mapping[str, Any],
    frozen_columns: int = 1,
) -> None:
    """What every sheet of rows has: title, legend, header, checks, protection, print set-up.

    frozen_columns: columns at the left that stay in view and stand on every printed page.
    """
    last = len(lanes) - 1
    # A row can be deleted from a protected sheet only when all its cells are unlocked.
    sheet.tail = last + 1
    sheet.set_column(sheet.tail, sheet.tail, None, formats["bebas"])
    for row in range(HEADER_ROW):
        for position in range(len(lanes)):
            sheet.write_blank(row, position, None, formats["terkunci"])
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, f"{title} · {letterhead.name} · {letterhead.triwulan.label}", formats["judul"])
    sheet.write_string(LEGEND_ROW, 0, f"{explanation} {LEGEND}", formats["keterangan"])
    sheet.set_row(HEADER_ROW, _HEADER_HEIGHT)
    for position, lane in enumerate(lanes):
        _write_lane(sheet, position, lane, formats)
    _mark_gaps(sheet, lanes, formats)
    # Numbers and codes are meant to be text here: no green corners.
    sheet.ignore_errors({
        "number_stored_as_text": f"A{FIRST_DATA_ROW + 1}:{column_letter(last)}{FIRST_DATA_ROW + READY_ROWS}"
    })
    sheet.autofilter(HEADER_ROW, 0, FIRST_DATA_ROW + READY_ROWS - 1, last)
    sheet.freeze_panes(FIRST_DATA_ROW, frozen_columns)
    sheet.set_selection(FIRST_DATA_ROW, 0, FIRST_DATA_ROW, 0)
    sheet.protect("", _PROTECTION)
    set_print(sheet, letterhead, ceil(sum(lane.width for lane in lanes) / LETTERS_PER_PAGE))
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, frozen_columns - 1)


def _write_lane(sheet: Any, position: int, lane: Lane, formats: Mapping[str, Any]) -> None:
    sheet.set_column(position, position, lane.width, formats[lane.form])
    sheet.write_string(HEADER_ROW, position, lane.title, formats["kepala_wajib" if lane.wanted else "kepala"])
    if lane.note:
        height = 20 * (2 + lane.note.count("\n") + len(lane.note) // 45)
        sheet.write_comment(
            HEADER_ROW, position, lane.note, {"author": "Humas Triwulan", "width": 320, "height": height}
        )
    if lane.checked:
        sheet.data_validation(FIRST_DATA_ROW, position, FIRST_DATA_ROW + READY_ROWS - 1, position, dict(lane.checked))


def _mark_gaps(sheet: Any, lanes: Sequence[Lane], formats: Mapping[str, Any]) -> None:
    """A cell every row should fill that is still empty in a row already begun is framed and coloured."""
    row, last = FIRST_DATA_ROW + 1, column_letter(len(lanes) - 1)
    for position, lane in enumerate(lanes):
        if lane.wanted:
            formula = f"=AND(COUNTA($A{row}:${last}{row})>0,ISBLANK({column_letter(position)}{row}))"
            rule = {"type": "formula", "criteria": formula, "format": formats["kurang"]}
            sheet.conditional_format(FIRST_DATA_ROW, position, FIRST_DATA_ROW + READY_ROWS - 1, position, rule)


def set_print(sheet: Any, letterhead: Letterhead, width: int) -> None:
    """A4 landscape, ``width`` pages wide, with unit, period and page number at the foot."""
    sheet.set_landscape()
    sheet.set_paper(_A4_PAPER)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(max(1, width), 0)
    name = f"{letterhead.name} ({letterhead.code})".replace("&", "&&")
    sheet.set_footer(f"&L&8{name}&C&8{letterhead.triwulan.label}&R&8Halaman &P dari &N")
