"""Which units a province's or the nation's new edition names: those that came or changed since the edition before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from humas import pipeline
from humas.context import Konteks
from humas.publication import _assembled, assembly
from humas.publish.model import load_report

from tests.real_input.installation import NOW, install

pytestmark = pytest.mark.pipeline
KPU = ("kpu", "2026-TW3")


@pytest.fixture
def k(tmp_path, kantor):
    k = install(tmp_path, kantor)
    pipeline.open_period(k, *KPU)
    return k


def publish(k: Konteks, kode: str, jam: int):
    """Collect one unit at some hour and publish the editions (no files); causes of the levels' editions by report."""
    k = Konteks(replace(k.settings, frozen_now=NOW + timedelta(hours=jam)), k.register, k.kalender)
    k.gudang.start_run(f"jalan-{kode}-{jam}", *KPU, k.settings.now())
    pipeline.collect(k, *KPU, [kode], f"jalan-{kode}-{jam}", paksa=True)
    pipeline.validate(k, *KPU, f"jalan-{kode}-{jam}")
    pipeline.roll_up(k, *KPU, f"jalan-{kode}-{jam}")
    pipeline.compose(k, *KPU)
    draf = [s for s in k.gudang.editions(*KPU) if s.status == "draf"]
    k.gudang.publish_editions(*KPU, [(s.lingkup, s.kode, s.edisi) for s in draf], k.settings.now())
    semua = map(load_report, _assembled(assembly(k, *KPU)))
    return {lap.kunci: (lap.edisi, lap.penyebab) for lap in semua if lap.kunci[0] != "satker"}


@pytest.mark.parametrize("jeda", [1, 0], ids=["clock_runs", "clock_frozen"])
def test_new_editions_name_first_and_second_versions_alike(k, kantor, jeda):
    pertama = publish(k, "33.22", 0)
    assert pertama["provinsi", "33"] == (1, ())
    kedua = publish(k, "33.10", jeda)
    assert kedua["provinsi", "33"] == kedua["nasional", "00"] == (2, ("KPU Kabupaten Klaten",))
    assert kedua["provinsi", "32"] == (1, ())
    ketiga = publish(k, "32.73", 2 * jeda)
    assert ketiga["nasional", "00"] == (3, ("KPU Kota Bandung",))
    assert ketiga["provinsi", "33"] == (2, ("KPU Kabupaten Klaten",))
    kantor.replaced["kota_bandung.csv"] = (
        kantor.body("/kota_bandung.csv").replace(b"2400", b"2401").replace(b"2.400", b"2.401")
    )
    keempat = publish(k, "32.73", 3 * jeda)
    assert keempat["provinsi", "32"] == (3, ("KPU Kota Bandung",))
    assert keempat["nasional", "00"] == (4, ("KPU Kota Bandung",))


def test_a_unit_that_fails_reports_and_fails_again_is_red_and_keeps_its_edition(k, kantor):
    def red() -> list[str]:
        return [satu.kode_galat for satu in pipeline.decide(k, *KPU, "jalan").gagal]

    kantor.replaced["kota_bandung.csv"] = None
    assert publish(k, "32.73", 0)["provinsi", "32"] == (1, ())
    assert red() == ["status_4xx"]
    del kantor.replaced["kota_bandung.csv"]
    assert publish(k, "32.73", 1)["provinsi", "32"] == (2, ("KPU Kota Bandung",))
    assert red() == []
    kantor.replaced["kota_bandung.csv"] = None
    assert publish(k, "32.73", 2)["provinsi", "32"] == (2, ("KPU Kota Bandung",))
    assert red() == ["status_4xx"]
    assert [(s.edisi, s.status) for s in k.gudang.editions(*KPU, kode="32.73")] == [(1, "terbit")]
