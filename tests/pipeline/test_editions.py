"""Which units a province's or the nation's new edition names: those that came or changed since the edition before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.pipeline.publication import _assembled, assembly
from humas.registry import Cycle
from humas.report.model import load_report

from tests.real_input.installation import NOW, install

pytestmark = pytest.mark.pipeline
KPU = Cycle("kpu", "2026-TW3")


@pytest.fixture
def k(tmp_path, office):
    k = install(tmp_path, office)
    pipeline.open_period(k, KPU)
    return k


def publish(k: Context, code: str, hour: int):
    """Collect one unit at some hour and publish the editions (no files); causes of the levels' editions by report."""
    k = Context(replace(k.settings, frozen_now=NOW + timedelta(hours=hour)), k.register, k.calendar)
    k.warehouse.start_run(f"jalan-{code}-{hour}", KPU, k.settings.now())
    pipeline.collect(k, KPU, [code], f"jalan-{code}-{hour}", force=True)
    pipeline.validate(k, KPU, f"jalan-{code}-{hour}")
    pipeline.roll_up(k, KPU, f"jalan-{code}-{hour}")
    pipeline.compose(k, KPU)
    draft = [s for s in k.warehouse.editions(KPU) if s.status == "draf"]
    k.warehouse.publish_editions(KPU, [(s.lingkup, s.kode, s.edisi) for s in draft], k.settings.now())
    everything = map(load_report, _assembled(assembly(k, KPU)))
    return {lap.kunci: (lap.edisi, lap.penyebab) for lap in everything if lap.kunci[0] != "satker"}


@pytest.mark.parametrize("pause", [1, 0], ids=["clock_runs", "clock_frozen"])
def test_new_editions_name_first_and_second_versions_alike(k, office, pause):
    first = publish(k, "33.22", 0)
    assert first["provinsi", "33"] == (1, ())
    second = publish(k, "33.10", pause)
    assert second["provinsi", "33"] == second["nasional", "00"] == (2, ("KPU Kabupaten Klaten",))
    assert second["provinsi", "32"] == (1, ())
    third = publish(k, "32.73", 2 * pause)
    assert third["nasional", "00"] == (3, ("KPU Kota Bandung",))
    assert third["provinsi", "33"] == (2, ("KPU Kabupaten Klaten",))
    office.replaced["kota_bandung.csv"] = (
        office.body("/kota_bandung.csv").replace(b"2400", b"2401").replace(b"2.400", b"2.401")
    )
    fourth = publish(k, "32.73", 3 * pause)
    assert fourth["provinsi", "32"] == (3, ("KPU Kota Bandung",))
    assert fourth["nasional", "00"] == (4, ("KPU Kota Bandung",))


def test_a_unit_that_fails_reports_and_fails_again_is_red_and_keeps_its_edition(k, office):
    def red() -> list[str]:
        return [one.kode_galat for one in pipeline.decide(k, KPU, "jalan").gagal]

    office.replaced["kota_bandung.csv"] = None
    assert publish(k, "32.73", 0)["provinsi", "32"] == (1, ())
    assert red() == ["status_4xx"]
    del office.replaced["kota_bandung.csv"]
    assert publish(k, "32.73", 1)["provinsi", "32"] == (2, ("KPU Kota Bandung",))
    assert red() == []
    office.replaced["kota_bandung.csv"] = None
    assert publish(k, "32.73", 2)["provinsi", "32"] == (2, ("KPU Kota Bandung",))
    assert red() == ["status_4xx"]
    assert [(s.edisi, s.status) for s in k.warehouse.editions(KPU, code="32.73")] == [(1, "terbit")]
