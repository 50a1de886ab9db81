"""One template, put together: a pure function of the contract, the unit, the quarter and the drafts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from humas.contract.columns import HIMPUNAN, KEGIATAN
from humas.contract.cover import VERSI_KONTRAK
from humas.template.cover import write_cover
from humas.template.drafts import write_drafts
from humas.template.guide import write_guide
from humas.template.model import (
    LEMBAR_DRAF,
    LEMBAR_PETUNJUK,
    LEMBAR_REFERENSI,
    LEMBAR_SAMPUL,
    DrafTemplat,
    Kop,
    template_version,
)
from humas.template.reference import collect_lists, write_reference
from humas.template.sheet import Halaman, write_sheet
from humas.template.style import NILA, SOGA, add_formats

_PILIHAN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Buku(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose sheets cannot be renamed, moved, deleted or unhidden by accident; no password."""

    def _write_book_views(self) -> None:
        # The format wants the protection of the structure right before the views; XlsxWriter has no call for it.
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


def assemble(kop: Kop, draf: Sequence[DrafTemplat] = ()) -> bytes:
    """The template of one unit as XLSX; the same input gives the same bytes."""
    buffer = io.BytesIO()
    with _Buku(buffer, _PILIHAN) as book:
        _describe(book, kop)
        _write_sheets(book, kop, draf)
    return buffer.getvalue()


def _describe(book: Any, heading: Kop) -> None:
    """Properties that programs read: whose it is and which version, whatever becomes of the cover."""
    book.set_properties({
        "title": f"Templat laporan kehumasan {heading.nama}, {heading.triwulan.label}",
        "author": "Humas Triwulan",
        "created": datetime(heading.triwulan.tahun, heading.triwulan.mulai.month, 1),  # noqa: DTZ001 - fixed, for equal bytes
    })
    properties = {
        "Versi templat": template_version(),
        "Versi kontrak": VERSI_KONTRAK,
        "Lembaga": heading.lembaga.value,
        "Kode satker": heading.kode,
        "Periode": heading.triwulan.kunci,
    }
    for name, value in properties.items():
        book.set_custom_property(name, value, "text")


def _write_sheets(book: Any, heading: Kop, drafts: Sequence[DrafTemplat]) -> None:
    formats, reference = add_formats(book), collect_lists(HIMPUNAN)
    write_cover(book.add_worksheet(LEMBAR_SAMPUL), heading, reference, formats, ada_draf=bool(drafts))
    for dataset in HIMPUNAN:
        sheet = book.add_worksheet(dataset.lembar, Halaman)
        sheet.set_tab_color(NILA)
        write_sheet(sheet, dataset, heading, reference, formats)
        if drafts and dataset is KEGIATAN:
            sheet = book.add_worksheet(LEMBAR_DRAF, Halaman)
            sheet.set_tab_color(SOGA)
            write_drafts(sheet, drafts, heading, reference, formats)
    write_guide(book.add_worksheet(LEMBAR_PETUNJUK), heading, formats)
    write_reference(book.add_worksheet(LEMBAR_REFERENSI), reference, formats)
