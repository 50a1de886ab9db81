"""Colours and formats: ink on white, one blue, warm only where somebody has to act (the identity of all our pages)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TINTA, REDUP, GARIS = "#14202F", "#4C586A", "#D8DDE5"
LEMBUT, NILA, NILA_LEMBUT, SOGA, SOGA_LEMBUT = "#F3F5F8", "#1F4480", "#E4ECF7", "#8A4B08", "#FAEEDC"
HURUF = "Calibri"
# Months in Indonesian words: a day and a month that changed places are seen at once.
TANGGAL = "[$-421]d mmm yyyy"
WAKTU = '[$-421]d mmm yyyy hh"."mm'
TEKS = "@"

_DASAR = {"font_name": HURUF, "font_size": 10, "font_color": TINTA, "valign": "top"}
_KEPALA = {**_DASAR, "text_wrap": True, "valign": "vcenter", "bottom": 2, "bottom_color": TINTA}
_ISIAN = {**_DASAR, "locked": False, "border": 1, "border_color": GARIS}
_BENTUK: Mapping[str, Mapping[str, object]] = {
    "terkunci": _DASAR,
    "judul": {**_DASAR, "font_size": 16, "bold": True, "valign": "vcenter"},
    "bagian": {**_DASAR, "font_size": 12, "bold": True, "bottom": 1, "bottom_color": GARIS},
    "keterangan": {**_DASAR, "font_color": REDUP, "valign": "vcenter"},
    "keterangan_menjorok": {**_DASAR, "font_color": REDUP, "valign": "vcenter", "indent": 1},
    "tanda": {**_DASAR, "bold": True, "valign": "vcenter"},
    "label": {**_DASAR, "valign": "vcenter", "font_color": REDUP, "bottom": 1, "bottom_color": GARIS},
    "nilai": {**_DASAR, "valign": "vcenter", "bold": True, "num_format": TEKS, "bottom": 1, "bottom_color": GARIS},
    "sel": {**_DASAR, "text_wrap": True, "bottom": 1, "bottom_color": GARIS},
    "sel_tebal": {**_DASAR, "text_wrap": True, "bold": True, "bottom": 1, "bottom_color": GARIS},
    "kepala": {**_KEPALA, "bg_color": LEMBUT},
    "kepala_wajib": {**_KEPALA, "bg_color": NILA_LEMBUT, "font_color": NILA, "bold": True},
    "sakelar_label": {**_DASAR, "bold": True, "align": "right", "valign": "vcenter"},
    "sakelar": {**_ISIAN, "border_color": NILA, "bg_color": NILA_LEMBUT, "bold": True, "align": "center",
                "valign": "vcenter", "num_format": TEKS},
    "tautan": {**_DASAR, "font_color": NILA, "underline": 1, "bottom": 1, "bottom_color": GARIS},
    "teks": {**_ISIAN, "text_wrap": True, "num_format": TEKS},
    "tanggal": {**_ISIAN, "num_format": TANGGAL, "align": "left"},
    "waktu": {**_ISIAN, "num_format": WAKTU, "align": "left"},
    "bilangan": {**_ISIAN, "num_format": "#,##0", "align": "right", "indent": 1},
    "persen": {**_ISIAN, "num_format": "0%", "font_color": REDUP, "align": "center"},
    "bebas": {**_DASAR, "locked": False},
    "kurang": {"bg_color": SOGA_LEMBUT, "border": 1, "border_color": SOGA},
}  # fmt: skip


def add_formats(buku: Any) -> dict[str, Any]:
    """All formats of a workbook, by name."""
    return {name: buku.add_format(dict(content)) for name, content in _BENTUK.items()}
