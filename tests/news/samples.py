"""Pages invented for the tests: one sentence that carries a date, and readers with a fixed register and day."""

from __future__ import annotations

from datetime import date
from typing import Any

from humas.news import Draft, read_page
from humas.registry.load import embedded_register

REGISTER = embedded_register()
TODAY = date(2026, 7, 1)
KPU_SITE = "https://kota-cimahi.kpu.go.id/blog/read/1_berita"
BAWASLU_SITE = "https://sragen.bawaslu.go.id/berita/berita"


def read(text: str, url: str = KPU_SITE, title: str = "Rapat Koordinasi Kehumasan", **other: Any) -> Draft:
    """Read an invented page on a fixed day."""
    return read_page(text, url, register=REGISTER, title=title, today=TODAY, **other)


def read_dated(day: str, **other: Any) -> Draft:
    """A plain activity of KPU Kota Cimahi with this date written in it."""
    return read(f"KPU Kota Cimahi menggelar rapat koordinasi kehumasan di aula, {day}, bersama media.", **other)
