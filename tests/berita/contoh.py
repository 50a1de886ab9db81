"""Pages invented for the tests: one sentence that carries a date, and readers with a fixed register and day."""

from __future__ import annotations

from datetime import date
from typing import Any

from humas.berita import Draf, read_page
from humas.registry.load import embedded_register

REGISTER = embedded_register()
HARI_INI = date(2026, 7, 1)
SITUS_KPU = "https://kota-cimahi.kpu.go.id/blog/read/1_berita"
SITUS_BAWASLU = "https://sragen.bawaslu.go.id/berita/berita"


def read(teks: str, url: str = SITUS_KPU, judul: str = "Rapat Koordinasi Kehumasan", **lain: Any) -> Draf:
    """Read an invented page on a fixed day."""
    return read_page(teks, url, register=REGISTER, judul=judul, hari_ini=HARI_INI, **lain)


def read_dated(tanggal: str, **lain: Any) -> Draf:
    """A plain activity of KPU Kota Cimahi with this date written in it."""
    return read(f"KPU Kota Cimahi menggelar rapat koordinasi kehumasan di aula, {tanggal}, bersama media.", **lain)
