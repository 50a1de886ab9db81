"""What our own reader makes of a template: empty, nil, filled in, copied from another quarter."""

from __future__ import annotations

from functools import cache

import pytest
from humas.contract.columns import HIMPUNAN
from humas.contract.cover import Sampul, read_cover
from humas.contract.result import KirimanTerbaca
from humas.contract.stamp import contract_stamp
from humas.reading import read_files

from tests.template.isian import (
    BARIS,
    DATA,
    SETTINGS,
    TERBACA,
    check,
    filled,
    opened,
    read_values,
    register,
    saved,
    template,
)

pytestmark = pytest.mark.mesin

DRAF = "Draf dari situs Anda"


def with_cells(isi: bytes, **sel: object) -> bytes:
    """The workbook with these cells of the cover changed, named by their labels (``_`` for a space)."""
    buku = opened(isi)
    letak = {baris[0].value: baris[1] for baris in buku["Sampul"].iter_rows()}
    for label, nilai in sel.items():
        letak[label.replace("_", " ")].value = nilai
    return saved(buku)


def cover(isi: bytes, lembaga: str, kode: str, periode: str = "2026-TW3") -> Sampul:
    """The cover as the contract judges it when this unit's file is expected."""
    dokumen = read_files([("templat.xlsx", isi)])
    kiriman = KirimanTerbaca("k1", lembaga, kode, periode, SETTINGS.now(), True, dokumen)
    return read_cover(kiriman, register())


@cache
def answer_to_filled() -> dict[str, object]:
    return check(filled(template()))


def test_untouched_template_is_refused_and_says_what_to_do():
    jawaban = check(template())
    assert (jawaban["status"], jawaban["rows_in"]) == ("ditolak", 0)
    assert (jawaban["satker"], jawaban["periode"]) == ("33.74", "2026-TW3")
    assert "tidak menyatakan nihil" in jawaban["reason"]
    assert [satu["rule"] for satu in jawaban["findings"]] == ["V48"]


def test_one_switch_on_the_cover_makes_a_nil_report():
    jawaban = check(with_cells(template(), Nihil="Ya"))
    assert (jawaban["status"], jawaban["nihil"], jawaban["findings"]) == ("nihil", True, [])


def test_the_switches_of_all_sheets_make_a_nil_report():
    buku = opened(template())
    for himpunan in HIMPUNAN:
        buku[himpunan.lembar]["B2"] = "Ya"
    jawaban = check(saved(buku))
    assert (jawaban["status"], jawaban["rows_in"]) == ("nihil", 0)


def test_filled_template_yields_exactly_the_rows_typed():
    jawaban = answer_to_filled()
    assert jawaban["findings"] == []
    assert (jawaban["status"], jawaban["rows_in"], jawaban["accepted"]) == ("diterima", 4, 4)
    assert {(satu["sheet"], satu["row"]) for satu in jawaban["rows"]} == {(nama, DATA) for nama in BARIS}
    assert read_values(jawaban) == TERBACA


@pytest.mark.parametrize("lembaga", ["kpu", "bawaslu", "pemda"])
@pytest.mark.parametrize("kode", ["00", "11", "33.74", "32.10"])
def test_cover_names_body_unit_and_quarter_so_that_nothing_has_to_be_asked(lembaga, kode):
    sampul = cover(template(kode, lembaga), lembaga, kode)
    assert (sampul.penolakan, sampul.catatan, sampul.nihil) == (None, (), False)
    assert sampul.isian["kode_satker"] == kode


@pytest.mark.parametrize(
    ("lembaga", "kode", "periode", "aturan"),
    [("kpu", "33.22", "2026-TW3", "K31"), ("bawaslu", "33.74", "2026-TW3", "K32"), ("kpu", "33.74", "2026-TW4", "K30")],
    ids=["another unit's", "another body's", "last quarter's"],
)
def test_template_of_somebody_else_is_told_apart(lembaga, kode, periode, aturan):
    assert cover(template(), lembaga, kode, periode).penolakan.kode == aturan


@pytest.mark.parametrize(
    ("versi", "kata"),
    [("1-00000000", "templat lama"), ("2-" + contract_stamp(), "tidak dikenal")],
    ids=["columns have changed since", "another contract"],
)
def test_template_of_another_version_is_noticed_and_still_read(versi, kata):
    sampul = cover(with_cells(template(), Versi_templat=versi), "kpu", "33.74")
    assert sampul.penolakan is None
    assert [(satu.kode, kata in satu.pesan) for satu in sampul.catatan] == [("K35", True)]


def test_only_drafts_with_yes_are_rows():
    buku = opened(filled(template(berdraf=True), {DRAF: BARIS["Kegiatan"]}))
    buku[DRAF][f"A{DATA}"] = "Ya"
    jawaban = check(saved(buku))
    assert (jawaban["rows_in"], jawaban["accepted"]) == (1, 1)
    assert [(satu["sheet"], satu["row"], satu["dataset"]) for satu in jawaban["rows"]] == [(DRAF, DATA, "kegiatan")]


def test_drafts_alone_are_not_a_report():
    assert check(template(berdraf=True))["status"] == "ditolak"
