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
    tampung = io.BytesIO()
    with _Buku(tampung, _PILIHAN) as buku:
        _describe(buku, kop)
        _write_sheets(buku, kop, draf)
    return tampung.getvalue()


def _describe(buku: Any, kop: Kop) -> None:
    """Properties that programs read: whose it is and which version, whatever becomes of the cover."""
    buku.set_properties({
        "title": f"Templat laporan kehumasan {kop.nama}, {kop.triwulan.label}",
        "author": "Humas Triwulan",
        "created": datetime(kop.triwulan.tahun, kop.triwulan.mulai.month, 1),  # noqa: DTZ001 - fixed, for equal bytes
    })
    sifat = {
        "Versi templat": template_version(),
        "Versi kontrak": VERSI_KONTRAK,
        "Lembaga": kop.lembaga.value,
        "Kode satker": kop.kode,
        "Periode": kop.triwulan.kunci,
    }
    for nama, nilai in sifat.items():
        buku.set_custom_property(nama, nilai, "text")


def _write_sheets(buku: Any, kop: Kop, draf: Sequence[DrafTemplat]) -> None:
    bentuk, referensi = add_formats(buku), collect_lists(HIMPUNAN)
    write_cover(buku.add_worksheet(LEMBAR_SAMPUL), kop, referensi, bentuk, ada_draf=bool(draf))
    for himpunan in HIMPUNAN:
        halaman = buku.add_worksheet(himpunan.lembar, Halaman)
        halaman.set_tab_color(NILA)
        write_sheet(halaman, himpunan, kop, referensi, bentuk)
        if draf and himpunan is KEGIATAN:
            halaman = buku.add_worksheet(LEMBAR_DRAF, Halaman)
            halaman.set_tab_color(SOGA)
            write_drafts(halaman, draf, kop, referensi, bentuk)
    write_guide(buku.add_worksheet(LEMBAR_PETUNJUK), kop, bentuk)
    write_reference(buku.add_worksheet(LEMBAR_REFERENSI), referensi, bentuk)
