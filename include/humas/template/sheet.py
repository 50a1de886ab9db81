"""The sheet of one data set: title, NIHIL switch, legend, header, and rows to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from humas.contract.columns import Himpunan, Kolom
from humas.contract.tables import column_letter
from humas.template.cell import check_of, comment_of, format_of, header_of, width_of
from humas.template.model import Kop, template_columns
from humas.template.reference import Referensi

BARIS_SAKELAR, BARIS_LEGENDA, BARIS_KEPALA = 1, 2, 3
BARIS_DATA = BARIS_KEPALA + 1
BARIS_SIAP = 5_000
"""Rows that carry checks and drop-downs; more rows than any unit reports in a quarter."""
KOLOM_TERAKHIR = 16_383
HURUF_PER_HALAMAN = 190
"""Characters across one landscape page that can still be read."""
_KERTAS_A4 = 9
_TINGGI_KEPALA, _TINGGI_JUDUL, _TINGGI_BARIS = 32, 26, 20
_PERLINDUNGAN = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "insert_hyperlinks", "sort",
        "autofilter",
    ),
    True,
)  # fmt: skip
LEGENDA = "Kolom bertanda * wajib diisi. Pilih sebuah sel untuk melihat petunjuknya; contoh ada di lembar Petunjuk."


class Halaman(Worksheet):  # type: ignore[misc]
    """A sheet whose column ``ekor`` stands for all columns from there on.

    XlsxWriter would keep each of the 16,384 columns apart: half of a template's time, and a sheet that claims to reach XFD.
    """

    ekor = -1

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        super()._write_col_info(col_min, KOLOM_TERAKHIR if col_min == self.ekor else col_max, col_info)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Our formulas use no function younger than Excel 2007; looking for 140 such names took a quarter of the time."""
        return formula.removeprefix("=")


@dataclass(frozen=True, slots=True)
class Lajur:
    """One column of a sheet: its header, width, format and check; wajib marks it."""

    judul: str
    lebar: int
    bentuk: str
    wajib: bool
    catatan: str
    periksa: Mapping[str, Any]


def lane_of(kolom: Kolom, referensi: Referensi) -> Lajur:
    """The lane of a contract column."""
    check = check_of(kolom, referensi.of(kolom))
    return Lajur(header_of(kolom), width_of(kolom), format_of(kolom), kolom.wajib, comment_of(kolom), check)


def write_sheet(
    halaman: Halaman, himpunan: Himpunan, kop: Kop, referensi: Referensi, bentuk: Mapping[str, Any]
) -> None:
    """Fill the sheet of a data set."""
    lanes = [lane_of(column, referensi) for column in template_columns(himpunan)]
    write_frame(halaman, himpunan.lembar, himpunan.penjelasan, lanes, kop, bentuk)
    halaman.set_row(BARIS_SAKELAR, _TINGGI_BARIS)
    halaman.write_string(BARIS_SAKELAR, 0, "NIHIL pada triwulan ini?", bentuk["sakelar_label"])
    halaman.write_blank(BARIS_SAKELAR, 1, None, bentuk["sakelar"])
    sentence = f"Pilih Ya bila tidak ada yang dilaporkan pada lembar {himpunan.lembar}, lalu biarkan barisnya kosong."
    halaman.write_string(BARIS_SAKELAR, 2, sentence, bentuk["keterangan_menjorok"])
    halaman.data_validation(BARIS_SAKELAR, 1, BARIS_SAKELAR, 1, switch_check(referensi))


def switch_check(referensi: Referensi) -> dict[str, Any]:
    """The check of a Ya/Tidak switch; empty means Tidak."""
    return {
        "validate": "list",
        "source": referensi.ya_tidak.rujukan,
        "input_title": "Nihil",
        "input_message": "Ya: memang tidak ada yang dilaporkan. Kosong atau Tidak: ada isinya.",
        "error_title": "Isian belum dapat dipakai",
        "error_message": "Pilih Ya atau Tidak.",
    }


def write_frame(
    halaman: Halaman,
    judul: str,
    penjelasan: str,
    lajur: Sequence[Lajur],
    kop: Kop,
    bentuk: Mapping[str, Any],
    tetap: int = 1,
) -> None:
    """What every sheet of rows has: title, legend, header, checks, protection, print set-up.

    tetap: columns at the left that stay in view and stand on every printed page.
    """
    last = len(lajur) - 1
    # A row can be deleted from a protected sheet only when all its cells are unlocked.
    halaman.ekor = last + 1
    halaman.set_column(halaman.ekor, halaman.ekor, None, bentuk["bebas"])
    for row in range(BARIS_KEPALA):
        for position in range(len(lajur)):
            halaman.write_blank(row, position, None, bentuk["terkunci"])
    halaman.set_row(0, _TINGGI_JUDUL)
    halaman.write_string(0, 0, f"{judul} · {kop.nama} · {kop.triwulan.label}", bentuk["judul"])
    halaman.write_string(BARIS_LEGENDA, 0, f"{penjelasan} {LEGENDA}", bentuk["keterangan"])
    halaman.set_row(BARIS_KEPALA, _TINGGI_KEPALA)
    for position, lane in enumerate(lajur):
        _write_lane(halaman, position, lane, bentuk)
    _mark_gaps(halaman, lajur, bentuk)
    # Numbers and codes are meant to be text here: no green corners.
    halaman.ignore_errors({
        "number_stored_as_text": f"A{BARIS_DATA + 1}:{column_letter(last)}{BARIS_DATA + BARIS_SIAP}"
    })
    halaman.autofilter(BARIS_KEPALA, 0, BARIS_DATA + BARIS_SIAP - 1, last)
    halaman.freeze_panes(BARIS_DATA, tetap)
    halaman.set_selection(BARIS_DATA, 0, BARIS_DATA, 0)
    halaman.protect("", _PERLINDUNGAN)
    set_print(halaman, kop, ceil(sum(lane.lebar for lane in lajur) / HURUF_PER_HALAMAN))
    halaman.repeat_rows(BARIS_KEPALA)
    halaman.repeat_columns(0, tetap - 1)


def _write_lane(sheet: Any, position: int, lane: Lajur, formats: Mapping[str, Any]) -> None:
    sheet.set_column(position, position, lane.lebar, formats[lane.bentuk])
    sheet.write_string(BARIS_KEPALA, position, lane.judul, formats["kepala_wajib" if lane.wajib else "kepala"])
    if lane.catatan:
        height = 20 * (2 + lane.catatan.count("\n") + len(lane.catatan) // 45)
        sheet.write_comment(
            BARIS_KEPALA, position, lane.catatan, {"author": "Humas Triwulan", "width": 320, "height": height}
        )
    if lane.periksa:
        sheet.data_validation(BARIS_DATA, position, BARIS_DATA + BARIS_SIAP - 1, position, dict(lane.periksa))


def _mark_gaps(sheet: Any, lanes: Sequence[Lajur], formats: Mapping[str, Any]) -> None:
    """A required cell that is still empty in a row already begun is framed and coloured."""
    row, last = BARIS_DATA + 1, column_letter(len(lanes) - 1)
    for position, lane in enumerate(lanes):
        if lane.wajib:
            formula = f"=AND(COUNTA($A{row}:${last}{row})>0,ISBLANK({column_letter(position)}{row}))"
            rule = {"type": "formula", "criteria": formula, "format": formats["kurang"]}
            sheet.conditional_format(BARIS_DATA, position, BARIS_DATA + BARIS_SIAP - 1, position, rule)


def set_print(halaman: Any, kop: Kop, lebar: int) -> None:
    """A4 landscape, ``lebar`` pages wide, with unit, period and page number at the foot."""
    halaman.set_landscape()
    halaman.set_paper(_KERTAS_A4)
    halaman.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    halaman.fit_to_pages(max(1, lebar), 0)
    name = f"{kop.nama} ({kop.kode})".replace("&", "&&")
    halaman.set_footer(f"&L&8{name}&C&8{kop.triwulan.label}&R&8Halaman &P dari &N")
