"""A template filled in by copying the rows of another workbook under its headers."""

from __future__ import annotations

import io

import openpyxl
from humas.periods import Triwulan
from humas.template import build_template
from openpyxl.worksheet.worksheet import Worksheet

from tests.feedback.periksa import SATKER, konteks


def fill_template(isi: bytes, baris_judul: int) -> bytes:
    """The unit's template with the rows of a workbook; baris_judul: row of the headers there."""
    templat = build_template(konteks().register, "kpu", SATKER, Triwulan(2026, 3))
    buku, asal = (openpyxl.load_workbook(io.BytesIO(satu)) for satu in (templat, isi))
    for lembar in asal:
        if lembar.title in buku.sheetnames and lembar.title != "Sampul":
            _copy(lembar, buku[lembar.title], baris_judul)
    tampung = io.BytesIO()
    buku.save(tampung)
    return tampung.getvalue()


def _copy(asal: Worksheet, tujuan: Worksheet, baris_judul: int) -> None:
    letak = {str(sel.value): sel.column for sel in asal[baris_judul]}
    judul = max(range(1, 12), key=lambda nomor: sum(_label(sel.value) in letak for sel in tujuan[nomor]))
    kolom = {letak[_label(sel.value)]: sel.column for sel in tujuan[judul] if _label(sel.value) in letak}
    for nomor in range(baris_judul + 1, asal.max_row + 1):
        for dari, ke in kolom.items():
            tujuan.cell(judul + nomor - baris_judul, ke).value = asal.cell(nomor, dari).value


def _label(isi: object) -> str:
    return str(isi or "").removesuffix(" *")
