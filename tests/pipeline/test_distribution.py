"""Templates of many units as files: names, drafts, deadlines, faults of the disk."""

from __future__ import annotations

from functools import cache

import pytest
from humas.errors import OperatorError, SenderError
from humas.installation.context import load_context
from humas.pipeline import distribution
from humas.registry import Lembaga

from tests.forms.template.filling import DRAFT, SETTINGS, TRIWULAN, opened, register, template

SEMARANG = "33.74 KPU Kota Semarang 2026-TW3.xlsx"


@pytest.fixture
def k(tmp_path):
    """An installation with an empty warehouse."""
    return load_context(SETTINGS.with_(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'gudang.db'}"))


@cache
def names(lembaga):
    return [distribution.file_name(lembaga, unit, TRIWULAN) for unit in register().everything(TRIWULAN.end)]


@pytest.mark.parametrize("lembaga", Lembaga)
def test_every_unit_has_a_name_of_its_own_that_any_disk_can_hold(lembaga):
    assert len(set(names(lembaga))) == len(names(lembaga)) == 553
    assert not any(set(name) & set('\\/:*?"<>|') or len(name.encode()) > 120 for name in names(lembaga))


def test_asked_units_are_written_and_counted(k, tmp_path):
    heard = []
    result = distribution.write_templates(
        k, "kpu", TRIWULAN, tmp_path / "a" / "b", ["33.74", "33"], on_written=lambda *n: heard.append(n)
    )
    assert result == distribution.TemplateSummary(2, 0, str(tmp_path / "a" / "b"))
    assert heard == [(1, 2), (2, 2)]
    assert (tmp_path / "a" / "b" / SEMARANG).read_bytes() == template()
    province = distribution.template_of(k, "kpu", "33", TRIWULAN)
    assert (tmp_path / "a" / "b" / "33 KPU Provinsi Jawa Tengah 2026-TW3.xlsx").read_bytes() == province
    assert len(list((tmp_path / "a" / "b").iterdir())) == 2  # nothing half-written is left


def test_one_template_is_the_same_as_that_of_the_batch(k):
    assert distribution.template_of(k, "kpu", "33.74", TRIWULAN) == template()


def test_deadline_is_that_of_the_level(k):
    def deadline(code):
        cells = opened(distribution.template_of(k, "kpu", code, TRIWULAN))["Sampul"]
        return next(row[1].value for row in cells.iter_rows() if row[0].value == "Kirim paling lambat")

    assert [deadline(code) for code in ("33.74", "33", "00")] == [
        "Rabu, 7 Oktober 2026",
        "Rabu, 14 Oktober 2026",
        "Rabu, 21 Oktober 2026",
    ]


def test_drafts_of_a_unit_come_into_its_template_alone(k, tmp_path, monkeypatch):
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: {"33.74": DRAFT})
    result = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path, ["33.74", "33.22"])
    assert (result.templat, result.berdraf) == (2, 1)
    assert (tmp_path / SEMARANG).read_bytes() == template(with_drafts=True)
    other = opened((tmp_path / "33.22 KPU Kabupaten Semarang 2026-TW3.xlsx").read_bytes())
    assert "Draf dari situs Anda" not in other.sheetnames


def test_several_processes_write_the_same(k, tmp_path, monkeypatch):
    code = ["33.74", "33.22"]
    monkeypatch.setattr(distribution, "_WORTHWHILE", 1)
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: {"33.74": DRAFT})
    result = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", code, processes=2)
    assert (result.templat, result.berdraf) == (2, 1)
    assert (tmp_path / "t" / SEMARANG).read_bytes() == template(with_drafts=True)


def test_unknown_unit_stops_before_anything_is_written(k, tmp_path):
    with pytest.raises(SenderError, match=r"99\.99"):
        distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74", "99.99"])
    assert not (tmp_path / "t").exists()


def test_folder_that_cannot_be_written_is_told(k, tmp_path):
    (tmp_path / "t").write_text("bukan folder")
    with pytest.raises(OperatorError, match="tidak dapat ditulis") as error:
        distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74"])
    assert error.value.code == "templat_tak_tertulis"


def test_drafts_that_the_program_fails_on_cost_their_unit_the_drafts_alone(k, tmp_path, monkeypatch):
    monkeypatch.setattr(distribution, "drafts_by_unit", lambda *_: dict.fromkeys(("33.74", "33.22"), DRAFT))
    original = distribution.build_template

    def build(register, lembaga, code, triwulan, draft, **other):
        if code == "33.22" and draft:
            raise KeyError("draf aneh")
        return original(register, lembaga, code, triwulan, draft, **other)

    monkeypatch.setattr(distribution, "build_template", build)
    result = distribution.write_templates(k, "kpu", TRIWULAN, tmp_path / "t", ["33.74", "33.22", "33"])
    assert (result.templat, result.galat) == (3, ("33.22",))
    assert len(list((tmp_path / "t").iterdir())) == 3
    assert len(list((tmp_path / "galat").iterdir())) == 1
