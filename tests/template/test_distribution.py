"""Templates of many units as files: names, drafts, deadlines, faults of the disk."""

from __future__ import annotations

from functools import cache

import pytest
from humas import distribution
from humas.context import open_konteks
from humas.errors import PengirimError, SistemError
from humas.registry import Lembaga

from tests.template.isian import DRAF, SETTINGS, TRIWULAN, opened, register, template

SEMARANG = "33.74 KPU Kota Semarang 2026-TW3.xlsx"


@pytest.fixture
def k(tmp_path):
    """An installation with an empty warehouse."""
    return open_konteks(SETTINGS.with_(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'gudang.db'}"))


@cache
def names(lembaga):
    return [distribution.file_name(lembaga, unit, TRIWULAN) for unit in register().semua(TRIWULAN.selesai)]


@pytest.mark.parametrize("lembaga", Lembaga)
def test_every_unit_has_a_name_of_its_own_that_any_disk_can_hold(lembaga):
    assert len(set(names(lembaga))) == len(names(lembaga)) == 553
    assert not any(set(nama) & set('\\/:*?"<>|') or len(nama.encode()) > 120 for nama in names(lembaga))


def test_asked_units_are_written_and_counted(k, tmp_path):
    didengar = []
    hasil = distribution.write_templates(
        k, "kpu", TRIWULAN, tmp_path / "a" / "b", ["33.74", "33"], on_written=lambda *n: didengar.append(n)
    )
    assert hasil == distribution.RingkasanTemplat(2, 0, str(tmp_path / "a" / "b"))
    assert didengar == [(1, 2), (2, 2)]
    assert (tmp_path / "a" / "b" / SEMARANG).read_bytes() == template()
    provinsi = distribution.template_of(k, "kpu", "33", TRIWULAN)
    assert (tmp_path / "a" / "b" / "33 KPU Provinsi Jawa Tengah 2026-TW3.xlsx").read_bytes() == provinsi
    assert len(list((tmp_path / "a" / "b").iterdir())) == 2  # nothing half-written is left


def test_one_template_is_the_same_as_that_of_the_batch(k):
    assert distribution.template_of(k, "kpu", "33.74", TRIWULAN) == template()


def test_deadline_is_that_of_the_level(k):
    def deadline(kode):
        sel = opened(distribution.template_of(k, "kpu", kode, TRIWULAN))["Sampul"]
        return next(baris[1].value for baris in sel.iter_rows() if baris[0].value == "Kirim paling lambat")

    assert [deadline(kode) for kode in ("33.74", "33", "00")] == [
        "Rabu, 7 Oktober 2026",
        "Rabu, 14 Oktober 2026",
        "Rabu, 21 Oktober 2026",
    ]


def test_drafts_of_a_unit_come_into_its_template_alone(k, tmp_path, monkeypatch):
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: {"33.74": DRAF})
    hasil = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path, ["33.74", "33.22"])
    assert (hasil.templat, hasil.berdraf) == (2, 1)
    assert (tmp_path / SEMARANG).read_bytes() == template(berdraf=True)
    lain = opened((tmp_path / "33.22 KPU Kabupaten Semarang 2026-TW3.xlsx").read_bytes())
    assert "Draf dari situs Anda" not in lain.sheetnames


def test_several_processes_write_the_same(k, tmp_path, monkeypatch):
    kode = ["33.74", "33.22"]
    monkeypatch.setattr(distribution, "_SEPADAN", 1)
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: {"33.74": DRAF})
    hasil = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", kode, processes=2)
    assert (hasil.templat, hasil.berdraf) == (2, 1)
    assert (tmp_path / "t" / SEMARANG).read_bytes() == template(berdraf=True)


def test_unknown_unit_stops_before_anything_is_written(k, tmp_path):
    with pytest.raises(PengirimError, match=r"99\.99"):
        distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74", "99.99"])
    assert not (tmp_path / "t").exists()


def test_folder_that_cannot_be_written_is_told(k, tmp_path):
    (tmp_path / "t").write_text("bukan folder")
    with pytest.raises(SistemError, match="tidak dapat ditulis") as galat:
        distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74"])
    assert galat.value.kode == "templat_tak_tertulis"


def test_drafts_that_the_program_fails_on_cost_their_unit_the_drafts_alone(k, tmp_path, monkeypatch):
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: dict.fromkeys(("33.74", "33.22"), DRAF))
    asli = distribution.build_template

    def build(register, lembaga, kode, triwulan, draf, **lain):
        if kode == "33.22" and draf:
            raise KeyError("draf aneh")
        return asli(register, lembaga, kode, triwulan, draf, **lain)

    monkeypatch.setattr(distribution, "build_template", build)
    hasil = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74", "33.22", "33"])
    assert (hasil.templat, hasil.galat) == (3, ("33.22",))
    assert len(list((tmp_path / "t").iterdir())) == 3
    assert len(list((tmp_path / "galat").iterdir())) == 1
