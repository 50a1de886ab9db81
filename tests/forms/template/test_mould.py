"""Casting a template for a unit yields exactly what putting it together yields."""

from __future__ import annotations

import io
import zipfile

import pytest
from humas.forms.template import build_template
from humas.forms.template.model import Letterhead
from humas.forms.template.workbook import assemble
from humas.registry import Lembaga

from tests.forms.template.filling import TRIWULAN, deadline, register

UNITS = ("00", "11", "33.74", "91.71")


def parts(content: bytes) -> dict[str, tuple[tuple[int, ...], bytes]]:
    """Every part with its date, in the order they stand."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        return {one.filename: (one.date_time, book.read(one)) for one in book.infolist()}


@pytest.mark.parametrize("lembaga", Lembaga)
@pytest.mark.parametrize("code", UNITS)
def test_cast_is_the_same_as_put_together(lembaga, code):
    unit = register().satker(code, TRIWULAN.end)
    letterhead = Letterhead(lembaga, code, unit.official_name(lembaga), unit.name, TRIWULAN, deadline())
    poured, assembled = build_template(register(), lembaga, code, TRIWULAN, due=deadline()), assemble(letterhead)
    assert list(parts(poured)) == list(parts(assembled))
    assert parts(poured) == parts(assembled)


def test_cast_twice_is_the_same_bytes_and_another_unit_leaves_no_trace():
    one, other, again = (build_template(register(), "kpu", code, TRIWULAN) for code in ("33.74", "33.22", "33.74"))
    assert one == again
    assert not any(b"33.74" in content for _, content in parts(other).values())  # the name itself stands in examples


def test_deadline_and_quarter_are_not_those_of_the_unit_cast_before():
    without_due, with_due = (build_template(register(), "kpu", "33.74", TRIWULAN, due=t) for t in (None, deadline()))
    assert b"Rabu, 7 Oktober 2026" not in parts(without_due)["xl/sharedStrings.xml"][1]
    assert b"Rabu, 7 Oktober 2026" in parts(with_due)["xl/sharedStrings.xml"][1]
