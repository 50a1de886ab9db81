"""A file comes back, is corrected where it says so, and is sent again, until it is clean; what was good stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.command.berkas import make_row, write_workbook
from tests.feedback.periksa import bad_unit, by_row, check, feedback
from tests.feedback.petugas import correct
from tests.feedback.templat import fill_template

pytestmark = pytest.mark.mesin

PUTARAN = 4


def balanced(jawaban: dict[str, Any]) -> bool:
    jumlah = jawaban["accepted"] + jawaban["quarantined"] + jawaban["duplicates"]
    return bool(jawaban["rows_in"] == jumlah == len(jawaban["rows"]))


def settled(jawaban: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """Rows accepted without any finding."""
    disebut = {(satu["sheet"], satu["row"]) for satu in jawaban["findings"]}
    return {
        tempat: satu
        for tempat, satu in by_row(jawaban).items()
        if satu["state"] == "accepted" and tempat not in disebut
    }


def rows_of(data: bytes, tempat: set[tuple[str, int]]) -> dict[tuple[str, int, int], tuple[object, ...]]:
    """Value and format of every cell of some rows that holds something."""
    buku = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (nama, nomor, sel.column): (sel.value, sel.number_format, sel.font.name, sel.fill.fgColor.rgb)
        for nama, nomor in tempat
        for sel in buku[nama][nomor]
        if sel.value is not None
    }


def play(buruk: bytes, benar: bytes, lewat: Callable[[bytes], bytes] = lambda satu: satu, *, rupa: bool = True) -> int:
    """Play the rounds until nothing is left to correct; answers how many it took."""
    periksa = check(buruk)
    assert balanced(periksa.jawaban)
    baik = settled(periksa.jawaban)
    asli = rows_of(buruk, set(baik)) if rupa else {}
    data, kembar = buruk, periksa.jawaban["duplicates"]
    for putaran in range(1, PUTARAN + 1):
        balik = lewat(feedback(data, periksa))
        data = correct(balik, periksa.jawaban["findings"], benar)
        periksa = check(data)
        jawaban = periksa.jawaban
        assert balanced(jawaban)
        assert jawaban["duplicates"] <= kembar
        kembar = jawaban["duplicates"]
        kini = by_row(jawaban)
        assert {tempat: kini[tempat] for tempat in baik} == baik
        assert not rupa or rows_of(data, set(baik)) == asli
        if all(satu["severity"] == "INFO" for satu in jawaban["findings"]) and not jawaban["quarantined"]:
            return putaran
    raise AssertionError([satu["message"] for satu in jawaban["findings"]])


def test_small_file_becomes_clean(tmp_path):
    baik = [make_row(Judul_kegiatan=f"Rapat koordinasi kehumasan nomor {n}") for n in range(4)]
    cacat = {1: {"Mode": "terbang"}, 2: {"Tanggal mulai": "31/09/2026", "Tempat": None}}
    buruk = [satu | cacat.get(n, {}) for n, satu in enumerate(baik)]
    berkas = [write_workbook(tmp_path / f"{n}.xlsx", *satu).read_bytes() for n, satu in enumerate((buruk, baik))]
    assert play(*berkas) == 1


@pytest.mark.pipeline
def test_file_with_every_kind_of_bad_row_becomes_clean():
    assert len(settled(check(bad_unit()[0]).jawaban)) > 100
    assert play(*bad_unit()) <= 3


@pytest.mark.pipeline
@pytest.mark.parametrize("gaya", [0, 1], ids=["typed_cells", "text_cells_below_title"])
def test_other_layouts_become_clean(gaya):
    assert play(*bad_unit(gaya=gaya)) <= 3


@pytest.mark.pipeline
def test_filled_in_template_becomes_clean():
    buruk, benar = (fill_template(satu, baris_judul=1) for satu in bad_unit(gaya=0))
    assert check(benar).jawaban["status"] == "diterima"
    assert play(buruk, benar) <= 3


@pytest.mark.pipeline
@pytest.mark.parametrize(("bentuk", "geser"), [("csv", 0), ("json", 1)])
def test_file_that_is_no_workbook_becomes_clean_as_one(bentuk, geser):
    """The workbook made anew has the rows of the file, with their identity, and is corrected like any other."""
    nama = f"laporan.{bentuk}"
    pertama = check(bad_unit(bentuk, 2)[0], nama)
    buruk, benar = (feedback(satu, check(satu, nama)) for satu in bad_unit(bentuk, 2))
    kini = check(buruk).jawaban
    assert fates(kini) == fates(pertama.jawaban, geser)
    assert play(buruk, benar) <= 3


def fates(jawaban: dict[str, Any], geser: int = 0) -> list[tuple[object, ...]]:
    """What became of each row, and which row it is."""
    return [
        (satu["dataset"], satu["row"] + geser, satu["state"], satu["id"], satu["parsed"]) for satu in jawaban["rows"]
    ]
