"""Colours and formats: ink on white, one blue, warm only where somebody has to act (the identity of all our pages)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

INK, MUTED, LINE = "#14202F", "#4C586A", "#D8DDE5"
SOFT, INDIGO, SOFT_INDIGO, BROWN, SOFT_BROWN = "#F3F5F8", "#1F4480", "#E4ECF7", "#8A4B08", "#FAEEDC"
FONT = "Calibri"
# Months in Indonesian words: a day and a month that changed places are seen at once.
DATE = "[$-421]d mmm yyyy"
DATETIME = '[$-421]d mmm yyyy hh"."mm'
TEXT = "@"

_BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
_HEADER = {**_BASE, "text_wrap": True, "valign": "vcenter", "bottom": 2, "bottom_color": INK}
_FIELD = {**_BASE, "locked": False, "border": 1, "border_color": LINE}
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "terkunci": _BASE,
    "judul": {**_BASE, "font_size": 16, "bold": True, "valign": "vcenter"},
    "bagian": {**_BASE, "font_size": 12, "bold": True, "bottom": 1, "bottom_color": LINE},
    "keterangan": {**_BASE, "font_color": MUTED, "valign": "vcenter"},
    "keterangan_menjorok": {**_BASE, "font_color": MUTED, "valign": "vcenter", "indent": 1},
    "tanda": {**_BASE, "bold": True, "valign": "vcenter"},
    "label": {**_BASE, "valign": "vcenter", "font_color": MUTED, "bottom": 1, "bottom_color": LINE},
    "nilai": {**_BASE, "valign": "vcenter", "bold": True, "num_format": TEXT, "bottom": 1, "bottom_color": LINE},
    "sel": {**_BASE, "text_wrap": True, "bottom": 1, "bottom_color": LINE},
    "sel_tebal": {**_BASE, "text_wrap": True, "bold": True, "bottom": 1, "bottom_color": LINE},
    "kepala": {**_HEADER, "bg_color": SOFT},
    "kepala_wajib": {**_HEADER, "bg_color": SOFT_INDIGO, "font_color": INDIGO, "bold": True},
    "sakelar_label": {**_BASE, "bold": True, "align": "right", "valign": "vcenter"},
    "sakelar": {**_FIELD, "border_color": INDIGO, "bg_color": SOFT_INDIGO, "bold": True, "align": "center",
                "valign": "vcenter", "num_format": TEXT},
    "tautan": {**_BASE, "font_color": INDIGO, "underline": 1, "bottom": 1, "bottom_color": LINE},
    "tautan_isian": {**_FIELD, "font_color": INDIGO, "underline": 1},
    "teks": {**_FIELD, "text_wrap": True, "num_format": TEXT},
    "tanggal": {**_FIELD, "num_format": DATE, "align": "left"},
    "waktu": {**_FIELD, "num_format": DATETIME, "align": "left"},
    "bilangan": {**_FIELD, "num_format": "#,##0", "align": "right", "indent": 1},
    "persen": {**_FIELD, "num_format": "0%", "font_color": MUTED, "align": "center"},
    "bebas": {**_BASE, "locked": False},
    "kurang": {"bg_color": SOFT_BROWN, "border": 1, "border_color": BROWN},
}  # fmt: skip


def add_formats(book: Any) -> dict[str, Any]:
    """All formats of a workbook, by name."""
    return {name: book.add_format(dict(content)) for name, content in _FORMATS.items()}
