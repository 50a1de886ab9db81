"""Two processes on one quarter: nobody publishes half a site, old figures, or other data under a known edition."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pandas as pd
import pytest
from humas import pipeline
from humas.context import Konteks
from humas.errors import SistemError
from humas.giliran import turn

from tests.pipeline.kecil import KPU, SATKER, die, fork, install_few, wait

pytestmark = pytest.mark.pipeline


@pytest.fixture
def k(tmp_path, kantor):
    k = install_few(tmp_path, kantor)
    pipeline.open_period(k, *KPU)
    figures(k)
    composed(k)
    return k


def figures(k: Konteks) -> None:
    pipeline.collect(k, *KPU, SATKER, "jalan")
    pipeline.validate(k, *KPU, "jalan")
    pipeline.roll_up(k, *KPU, "jalan")


def composed(k: Konteks) -> None:
    """Compose and print; in a child, because typst keeps threads that no other child inherits."""
    laporan = pipeline.compose(k, *KPU).laporan
    k.gudang.close()
    assert wait(fork(lambda: pipeline.print_reports(k, *KPU, laporan))) == "selesai"


def correct(kantor, k: Konteks) -> None:
    """Kota Bandung mends its one quarantined row; the figures follow it."""
    kantor.replaced["kota_bandung.csv"] = kantor.body("/kota_bandung.csv").replace(b";banyak;", b";25;")
    figures(k)


def opened(k: Konteks) -> Konteks:
    """The same installation as another process has it: with connections of its own."""
    return Konteks(k.settings, k.register, k.kalender)


def editions(k: Konteks, kode: str):
    return [(s.edisi, s.status) for s in k.gudang.editions(*KPU, kode=kode)]


def killed_in(monkeypatch, ganti: str, k: Konteks, *langkah) -> None:
    """Do steps in a process that is killed when it comes to ``ganti``."""

    def work() -> None:
        monkeypatch.setattr(ganti, die)
        for satu in langkah:
            satu(opened(k), *KPU)

    k.gudang.close()
    assert wait(fork(work)) == "mati"


def test_a_killed_builder_leaves_no_half_site_to_publish(k, monkeypatch):
    pipeline.build_site(k, *KPU)
    killed_in(monkeypatch, "humas.publish.build.build_draft", k, pipeline.build_site)
    with pytest.raises(SistemError, match="belum selesai disusun"):
        pipeline.publish(k, *KPU)
    assert not (k.settings.published / "kpu").exists()
    pipeline.build_site(k, *KPU)
    assert "HT-KPU-32.73-2026TW3-E1" in pipeline.publish(k, *KPU).edisi_baru


def test_a_site_that_was_built_from_older_figures_is_not_published(k, kantor):
    pipeline.build_site(k, *KPU)
    correct(kantor, k)
    composed(k)
    with pytest.raises(SistemError, match="Angka 3 laporan berubah sesudah situs disusun"):
        pipeline.publish(k, *KPU)
    pipeline.build_site(k, *KPU)
    assert len(pipeline.publish(k, *KPU).edisi_baru) == 7
    assert editions(k, "32.73") == [(1, "terbit")]


def test_what_readers_saw_keeps_its_number_though_the_publisher_was_killed(k, kantor, monkeypatch):
    pipeline.build_site(k, *KPU)
    killed_in(monkeypatch, "humas.warehouse.gudang.Gudang.publish_editions", k, pipeline.publish)
    assert editions(k, "32.73") == [(1, "draf")]
    correct(kantor, k)
    composed(k)
    assert editions(k, "32.73") == [(1, "terbit"), (2, "draf")]
    assert editions(k, "33.74") == [(1, "terbit")]
    pipeline.build_site(k, *KPU)
    assert len(pipeline.publish(k, *KPU).edisi_baru) == 3


def test_figures_from_older_rows_never_replace_newer_ones(k, kantor, tmp_path, monkeypatch):
    """One process has read the rows and is slow; meanwhile another brings a correction."""
    import humas.rollup.figures as rooms

    asli, terbaca, selesai = rooms.roll_up, tmp_path / "terbaca", tmp_path / "selesai"

    def slow(*bahan, **nama):
        hasil = asli(*bahan, **nama)
        terbaca.touch()
        until(selesai, 120)
        return hasil

    def work() -> None:
        monkeypatch.setattr("humas.rollup.figures.roll_up", slow)
        pipeline.roll_up(opened(k), *KPU, "lambat")

    k.gudang.close()
    pid = fork(work)
    until(terbaca, 120)
    monkeypatch.setattr("humas.giliran.log.warning", lambda *_: selesai.touch())
    correct(kantor, k)
    selesai.touch()
    assert wait(pid) == "selesai"
    dapat = k.gudang.figures(*KPU)
    pipeline.roll_up(k, *KPU, "periksa")
    pd.testing.assert_frame_equal(dapat, k.gudang.figures(*KPU))


def until(berkas: Path, detik: float) -> None:
    batas = time.monotonic() + detik
    while not berkas.exists() and time.monotonic() < batas:
        time.sleep(0.02)


def test_the_turn_is_kept_by_who_has_it_and_refused_to_others(tmp_path):
    def take() -> None:
        with turn(tmp_path, *KPU, tunggu_detik=0), turn(tmp_path, *KPU, tunggu_detik=0):
            pass

    with turn(tmp_path, *KPU):
        take()
        with turn(tmp_path, "bawaslu", KPU[1], tunggu_detik=0):
            pass
    take()


def test_who_waits_in_vain_is_told_why(tmp_path):
    mulai = tmp_path / "mulai"

    def hold() -> None:
        with turn(tmp_path, *KPU):
            mulai.touch()
            time.sleep(30)

    pid = fork(hold)
    try:
        until(mulai, 30)
        with pytest.raises(SistemError, match="kpu 2026-TW3 sedang dikerjakan proses lain"), turn(tmp_path, *KPU, 0.1):
            pass
    finally:
        os.kill(pid, signal.SIGKILL)
        wait(pid)
    with turn(tmp_path, *KPU, 0):
        pass
