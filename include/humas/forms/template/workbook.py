"""One template, put together: a pure function of the contract, the unit, the quarter and the drafts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from humas.contract.columns import KEGIATAN, datasets_of
from humas.forms.template.cover import write_cover
from humas.forms.template.drafts import write_drafts
from humas.forms.template.guide import write_guide
from humas.forms.template.model import (
    COVER_SHEET,
    DRAFT_SHEET,
    GUIDE_SHEET,
    REFERENCE_SHEET,
    Letterhead,
    TemplateDraft,
    template_version,
)
from humas.forms.template.reference import collect_lists, write_reference
from humas.forms.template.sheet import TemplateSheet, write_sheet
from humas.forms.template.style import BROWN, INDIGO, add_formats
from humas.validation.cover import CONTRACT_VERSION

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose sheets cannot be renamed, moved, deleted or unhidden by accident; no password."""

    def _write_book_views(self) -> None:
        # The format wants the protection of the structure right before the views; XlsxWriter has no call for it.
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


def assemble(letterhead: Letterhead, drafts: Sequence[TemplateDraft] = ()) -> bytes:
    """The template of one unit as XLSX; the same input gives the same bytes."""
    buffer = io.BytesIO()
    with _Book(buffer, _OPTIONS) as book:
        _describe(book, letterhead)
        _write_sheets(book, letterhead, drafts)
    return buffer.getvalue()


def _describe(book: Any, heading: Letterhead) -> None:
    """Properties that programs read: whose it is and which version, whatever becomes of the cover."""
    book.set_properties({
        "title": f"Templat laporan kehumasan {heading.name}, {heading.triwulan.label}",
        "author": "Humas Triwulan",
        "created": datetime(heading.triwulan.year, heading.triwulan.start.month, 1),  # noqa: DTZ001 - fixed, for equal bytes
    })
    properties = {
        "Versi templat": template_version(),
        "Versi kontrak": CONTRACT_VERSION,
        "Lembaga": heading.lembaga.value,
        "Kode satker": heading.code,
        "Periode": heading.triwulan.key,
    }
    for name, value in properties.items():
        book.set_custom_property(name, value, "text")


def _write_sheets(book: Any, heading: Letterhead, drafts: Sequence[TemplateDraft]) -> None:
    formats, reference = add_formats(book), collect_lists(datasets_of(heading.lembaga.value, heading.triwulan.end))
    write_cover(book.add_worksheet(COVER_SHEET), heading, reference, formats, has_drafts=bool(drafts))
    for dataset in datasets_of(heading.lembaga.value, heading.triwulan.end):
        sheet = book.add_worksheet(dataset.sheet, TemplateSheet)
        sheet.set_tab_color(INDIGO)
        write_sheet(sheet, dataset, heading, reference, formats)
        if drafts and dataset.name == KEGIATAN.name:
            sheet = book.add_worksheet(DRAFT_SHEET, TemplateSheet)
            sheet.set_tab_color(BROWN)
            write_drafts(sheet, drafts, heading, reference, formats)
    write_guide(book.add_worksheet(GUIDE_SHEET), heading, formats)
    write_reference(book.add_worksheet(REFERENCE_SHEET), reference, formats)
