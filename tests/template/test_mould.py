"""Casting a template for a unit yields exactly what putting it together yields."""

from __future__ import annotations

import io
import zipfile

import pytest
from humas.registry import Lembaga
from humas.template import build_template
from humas.template.model import Kop
from humas.template.workbook import assemble

from tests.template.isian import TRIWULAN, deadline, register

UNITS = ("00", "11", "33.74", "91.71")


def parts(isi: bytes) -> dict[str, tuple[tuple[int, ...], bytes]]:
    """Every part with its date, in the order they stand."""
    with zipfile.ZipFile(io.BytesIO(isi)) as buku:
        assert buku.testzip() is None
        return {satu.filename: (satu.date_time, buku.read(satu)) for satu in buku.infolist()}


@pytest.mark.parametrize("lembaga", Lembaga)
@pytest.mark.parametrize("kode", UNITS)
def test_cast_is_the_same_as_put_together(lembaga, kode):
    unit = register().satker(kode, TRIWULAN.selesai)
    kop = Kop(lembaga, kode, unit.nama_resmi(lembaga), unit.nama, TRIWULAN, deadline())
    dituang, disusun = build_template(register(), lembaga, kode, TRIWULAN, tenggat=deadline()), assemble(kop)
    assert list(parts(dituang)) == list(parts(disusun))
    assert parts(dituang) == parts(disusun)


def test_cast_twice_is_the_same_bytes_and_another_unit_leaves_no_trace():
    satu, lain, lagi = (build_template(register(), "kpu", kode, TRIWULAN) for kode in ("33.74", "33.22", "33.74"))
    assert satu == lagi
    assert not any(b"33.74" in isi for _, isi in parts(lain).values())  # the name itself stands in examples


def test_deadline_and_quarter_are_not_those_of_the_unit_cast_before():
    tanpa, dengan = (build_template(register(), "kpu", "33.74", TRIWULAN, tenggat=t) for t in (None, deadline()))
    assert b"Rabu, 7 Oktober 2026" not in parts(tanpa)["xl/sharedStrings.xml"][1]
    assert b"Rabu, 7 Oktober 2026" in parts(dengan)["xl/sharedStrings.xml"][1]
