"""Two processes on one quarter: nobody publishes half a site, old figures, or other data under a known edition."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pandas as pd
import pytest
from humas.errors import OperatorError
from humas.installation.context import Context
from humas.installation.turns import turn
from humas.pipeline import quarter as pipeline
from humas.registry import Cycle

from tests.pipeline.small import KPU, SATKER, die, fork, install_few, wait

pytestmark = pytest.mark.pipeline


@pytest.fixture
def k(tmp_path, office):
    k = install_few(tmp_path, office)
    pipeline.open_period(k, KPU)
    figures(k)
    composed(k)
    return k


def figures(k: Context) -> None:
    pipeline.collect(k, KPU, SATKER, "jalan")
    pipeline.validate(k, KPU, "jalan")
    pipeline.roll_up(k, KPU, "jalan")


def composed(k: Context) -> None:
    """Compose and print; in a child, because typst keeps threads that no other child inherits."""
    reports = pipeline.compose(k, KPU).laporan
    k.warehouse.close()
    assert wait(fork(lambda: pipeline.print_reports(k, KPU, reports))) == "selesai"


def correct(office, k: Context) -> None:
    """Kota Bandung mends its one quarantined row; the figures follow it."""
    office.replaced["kota_bandung.csv"] = office.body("/kota_bandung.csv").replace(b";banyak;", b";25;")
    figures(k)


def opened(k: Context) -> Context:
    """The same installation as another process has it: with connections of its own."""
    return Context(k.settings, k.register, k.calendar)


def editions(k: Context, code: str):
    return [(s.edisi, s.status) for s in k.warehouse.editions(KPU, code=code)]


def killed_in(monkeypatch, target: str, k: Context, *steps) -> None:
    """Do steps in a process that is killed when it comes to ``target``."""

    def work() -> None:
        monkeypatch.setattr(target, die)
        for one in steps:
            one(opened(k), KPU)

    k.warehouse.close()
    assert wait(fork(work)) == "mati"


def test_a_killed_builder_leaves_no_half_site_to_publish(k, monkeypatch):
    pipeline.build_site(k, KPU)
    killed_in(monkeypatch, "humas.publish.build.build_draft", k, pipeline.build_site)
    with pytest.raises(OperatorError, match="belum selesai disusun"):
        pipeline.publish(k, KPU)
    assert not (k.settings.published / "kpu").exists()
    pipeline.build_site(k, KPU)
    assert "HT-KPU-32.73-2026TW3-E1" in pipeline.publish(k, KPU).edisi_baru


def test_a_site_that_was_built_from_older_figures_is_not_published(k, office):
    pipeline.build_site(k, KPU)
    correct(office, k)
    composed(k)
    with pytest.raises(OperatorError, match="Angka 3 laporan berubah sesudah situs disusun"):
        pipeline.publish(k, KPU)
    pipeline.build_site(k, KPU)
    assert len(pipeline.publish(k, KPU).edisi_baru) == 7
    assert editions(k, "32.73") == [(1, "terbit")]


def test_what_readers_saw_keeps_its_number_though_the_publisher_was_killed(k, office, monkeypatch):
    pipeline.build_site(k, KPU)
    killed_in(monkeypatch, "humas.warehouse.facade.Warehouse.publish_editions", k, pipeline.publish)
    assert editions(k, "32.73") == [(1, "draf")]
    correct(office, k)
    composed(k)
    assert editions(k, "32.73") == [(1, "terbit"), (2, "draf")]
    assert editions(k, "33.74") == [(1, "terbit")]
    pipeline.build_site(k, KPU)
    assert len(pipeline.publish(k, KPU).edisi_baru) == 3


def test_figures_from_older_rows_never_replace_newer_ones(k, office, tmp_path, monkeypatch):
    """One process has read the rows and is slow; meanwhile another brings a correction."""
    import humas.rollup.figures as rooms

    original, readings, end = rooms.roll_up, tmp_path / "terbaca", tmp_path / "selesai"

    def slow(*material, **name):
        result = original(*material, **name)
        readings.touch()
        until(end, 120)
        return result

    def work() -> None:
        monkeypatch.setattr("humas.rollup.figures.roll_up", slow)
        pipeline.roll_up(opened(k), KPU, "lambat")

    k.warehouse.close()
    pid = fork(work)
    until(readings, 120)
    monkeypatch.setattr("humas.installation.turns.log.warning", lambda *_: end.touch())
    correct(office, k)
    end.touch()
    assert wait(pid) == "selesai"
    got = k.warehouse.figures(KPU)
    pipeline.roll_up(k, KPU, "periksa")
    pd.testing.assert_frame_equal(got, k.warehouse.figures(KPU))


def until(file: Path, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < limit:
        time.sleep(0.02)


def test_the_turn_is_kept_by_who_has_it_and_refused_to_others(tmp_path):
    def take() -> None:
        with turn(tmp_path, KPU, wait_seconds=0), turn(tmp_path, KPU, wait_seconds=0):
            pass

    with turn(tmp_path, KPU):
        take()
        with turn(tmp_path, Cycle("bawaslu", KPU.period), wait_seconds=0):
            pass
    take()


def test_who_waits_in_vain_is_told_why(tmp_path):
    start = tmp_path / "mulai"

    def hold() -> None:
        with turn(tmp_path, KPU):
            start.touch()
            time.sleep(30)

    pid = fork(hold)
    try:
        until(start, 30)
        with (
            pytest.raises(OperatorError, match="kpu 2026-TW3 sedang dikerjakan proses lain"),
            turn(tmp_path, KPU, 0.1),
        ):
            pass
    finally:
        os.kill(pid, signal.SIGKILL)
        wait(pid)
    with turn(tmp_path, KPU, 0):
        pass
