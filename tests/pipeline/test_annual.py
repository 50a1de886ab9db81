"""A year of a small nation published as editions: what its reports hold, and what a corrected quarter changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from humas.cli.main import main
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.pipeline.publication import _assembled, assembly
from humas.publish.manifest import check_release
from humas.registry import Cycle
from humas.report.model import AnnualReport, load_report

from tests.pipeline.small import KPU, SATKER, install_few, published
from tests.real_input.installation import NOW, serve_office

pytestmark = pytest.mark.pipeline
YEAR = Cycle("kpu", "2026")
UNIT = "HT-KPU-32.73-2026"


def at(k: Context, hour: int) -> Context:
    """The installation some hours later."""
    return Context(replace(k.settings, frozen_now=NOW + timedelta(hours=hour)), k.register, k.calendar)


def quarter(k: Context, cycle: Cycle, codes=SATKER) -> None:
    """Collect, judge, roll up and compose a quarter, and mark its editions as published; nothing is printed."""
    run = f"jalan-{k.settings.now():%d%H}"
    pipeline.open_period(k, cycle)
    pipeline.collect(k, cycle, codes, run, force=True)
    pipeline.validate(k, cycle, run)
    pipeline.roll_up(k, cycle, run)
    pipeline.compose(k, cycle)
    drafts = [(one.lingkup, one.kode, one.edisi) for one in k.warehouse.editions(cycle) if one.status == "draf"]
    k.warehouse.publish_editions(cycle, drafts, k.settings.now())


def publish(k: Context) -> SimpleNamespace:
    """Publish the year; what was new, and the reports by place."""
    composed = pipeline.compose(k, YEAR)
    printed = pipeline.print_reports(k, YEAR, composed.laporan, k.settings.print_processes)
    site = pipeline.build_site(k, YEAR)
    result = pipeline.publish(k, YEAR)
    reports = {one.kunci: one for one in map(load_report, _assembled(assembly(k, YEAR)))}
    return SimpleNamespace(composed=composed, printed=printed, site=site, result=result, reports=reports)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Two quarters, the year published, published again, a quarter corrected, published once more."""
    with serve_office() as office:
        home = tmp_path_factory.mktemp("tahunan")
        k = install_few(home, office, print_processes=1)
        quarter(k, Cycle("kpu", "2026-TW2"))
        quarter(k, KPU)
        first = publish(at(k, 1))
        folder = k.settings.published / "kpu" / "2026"
        files = {one.name: one.read_bytes() for one in (folder / "laporan").iterdir()}
        again = publish(at(k, 2))
        body = office.body("/kota_bandung.csv").replace(b"2400", b"2401").replace(b"2.400", b"2.401")
        office.replaced["kota_bandung.csv"] = body
        quarter(at(k, 3), KPU, ["32.73"])
        corrected = publish(at(k, 4))
        yield SimpleNamespace(
            k=k, home=home, office=office, first=first, files=files, again=again, corrected=corrected, folder=folder
        )


def test_every_place_has_an_edition_and_the_release_is_whole(year):
    ids = {one.id for one in year.first.reports.values() if one.dicetak}
    assert {"HT-KPU-33.74-2026-E1", "HT-KPU-P33-2026-E1", "HT-KPU-N-2026-E1"} <= ids
    assert {name.rsplit(".", 1)[0] for name in year.files} == ids
    assert check_release(year.folder) == []


def test_missing_quarters_are_named_and_never_zero(year):
    unit = year.first.reports["satker", "33.74"]
    assert unit.belum_direkap == ("2026-TW1", "2026-TW4")
    told = unit.by_quarter("kegiatan_dilaporkan")
    assert told[0] is told[3] is None
    assert unit.value("kegiatan_dilaporkan") == sum(value for value in told if value is not None) > 0
    page = (year.folder / "satker" / "33.74.html").read_text(encoding="utf-8")
    assert "Triwulan I 2026 dan Triwulan IV 2026 belum direkap: tidak dihitung, dan bukan nol." in page


def test_pages_lead_to_the_quarters_they_are_made_of(year):
    page = (year.folder / "provinsi" / "33.html").read_text(encoding="utf-8")
    assert 'href="../../2026-TW3/provinsi/33.html"' in page


def test_the_same_data_make_no_new_edition(year):
    assert year.again.composed.laporan == year.again.result.edisi_baru == ()
    assert year.again.site.berubah == 0


def test_a_corrected_quarter_corrects_exactly_what_it_touches(year):
    assert set(year.corrected.result.edisi_baru) == {f"{UNIT}-E2", "HT-KPU-P32-2026-E2", "HT-KPU-N-2026-E2"}
    (change, *_) = year.corrected.reports["satker", "32.73"].ralat
    assert (change.ukuran, change.baru - change.lama) == ("peserta", 1)
    assert year.corrected.reports["nasional", "00"].penyebab == ("KPU Kota Bandung",)
    kept = {one.name: one.read_bytes() for one in (year.folder / "laporan").iterdir()}
    assert {name: kept[name] for name in year.files} == year.files


def test_a_report_survives_being_written_and_read(year):
    for report in year.first.reports.values():
        assert isinstance(report, AnnualReport)
        assert load_report(report.to_json()).canonical() == report.canonical()


def test_the_command_publishes(year, monkeypatch, capsys):
    monkeypatch.setattr("humas.installation.context.load_context", lambda _: at(year.k, 5))
    before = published(year.k)
    assert main(["tahun", "2026", "--terbit"]) == 1
    told = capsys.readouterr().out
    assert "Belum direkap dan tidak dihitung: Triwulan I 2026, Triwulan IV 2026." in told
    assert str(year.folder / "index.html") in told.replace("\n", "")
    assert published(year.k) == before


def test_a_year_is_not_published_of_a_place(capsys):
    assert main(["tahun", "2026", "33.74", "--terbit"]) == 2
    assert "--terbit" in capsys.readouterr().err


def test_the_manifest_is_of_the_year(year):
    manifest = json.loads((year.folder / "manifes.json").read_bytes())
    assert manifest["periode"] == "2026"
    assert manifest["laporan"]["satker/33.74"]["id"] == "HT-KPU-33.74-2026-E1"
