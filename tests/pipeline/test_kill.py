"""A quarter that is killed, step by step and at random moments: the next run ends in the same figures, editions and bytes.

Children are forked from this process, which has loaded everything, so that a kill meets the work and not the imports.
"""

from __future__ import annotations

import os
import random
import signal
import time
from importlib import import_module
from pathlib import Path

import pytest
from humas import pipeline
from humas.context import Konteks

from tests.pipeline.kecil import KPU, SATKER, die, fork, install_few, published, stored, wait
from tests.real_input.installation import serve_kantor

pytestmark = pytest.mark.pipeline

FIGURES = tuple(
    f"humas.warehouse.gudang.Gudang.{satu}"
    for satu in ("record_collection", "store_validation", "finish_run", "store_figures")
)
REPORTS = (
    "humas.warehouse.gudang.Gudang.draft_editions",
    "humas.publication._write_assembly",
    "humas.publish.pdf.print_batch",
    "humas.publish.pdf.write_note",
    "humas.warehouse.gudang.Gudang.record_prints",
    "humas.publish.build.build_draft",
    "humas.publish.manifest.build_manifest",
    "humas.warehouse.gudang.Gudang.note_manifests",
    "humas.publish.build.publish_draft",
    "humas.publish.release._point",
    "humas.warehouse.gudang.Gudang.publish_editions",
    "humas.publish.release._prune",
    "humas.publish.build.refresh_front_page",
)
RANDOM_KILLS = 2
SEED = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))
KEPT = ("inti_", "hasil_", "mentah_berkas", "operasi_kewajiban", "operasi_skema")
"""Tables of what is so; the others also tell how often it was tried."""


@pytest.fixture(scope="module")
def kantor():
    with serve_kantor() as berjalan:
        yield berjalan


@pytest.fixture(scope="module")
def utuh(tmp_path_factory, kantor) -> tuple[Path, float]:
    """Home of the installation that nothing disturbed, beside which the others lie; seconds that its quarter took."""
    home = tmp_path_factory.mktemp("kill")
    return home, warm(home, kantor)


def quarter(k: Konteks) -> None:
    pipeline.run_quarter(k, *KPU)


def reports(k: Konteks) -> None:
    """The half of a quarter that makes figures of what was validated, and reports of the figures."""
    pipeline.roll_up(k, *KPU, "jalan")
    laporan = pipeline.compose(k, *KPU).laporan
    pipeline.print_reports(k, *KPU, laporan)
    pipeline.build_site(k, *KPU)
    pipeline.publish(k, *KPU)


def warm(home: Path, kantor) -> float:
    """Load what a quarter needs, then let a child run one undisturbed; seconds that it took.

    Nothing is printed here: typst keeps threads, which no child inherits.
    """
    k = install_few(home / "hangat", kantor)
    pipeline.open_period(k, *KPU)
    pipeline.collect(k, *KPU, SATKER, "jalan")
    pipeline.validate(k, *KPU, "jalan")
    pipeline.roll_up(k, *KPU, "jalan")
    k.gudang.close()
    for satu in ("compose", "pdf", "workbook", "build"):
        import_module(f"humas.publish.{satu}")
    mulai = time.monotonic()
    assert wait(fork(lambda: quarter(install_few(home / "utuh", kantor)))) == "selesai"
    return time.monotonic() - mulai


def compare(home: Path, nama: str, kantor) -> None:
    """The disturbed installation, brought to its end, against the one that nothing disturbed."""
    assert wait(fork(lambda: quarter(install_few(home / nama, kantor)))) == "selesai"
    utuh, ganggu = (install_few(home / satu, kantor) for satu in ("utuh", nama))
    assert stored(ganggu, *KEPT) == stored(utuh, *KEPT)
    isi, harap = ({_below(home, nama): sidik for nama, sidik in published(k).items()} for k in (ganggu, utuh))
    assert len(harap) > 40
    assert isi == harap
    assert ganggu.gudang.conservation(*KPU).selisih == ()


def _below(home: Path, nama: str) -> tuple[str, ...]:
    return Path(nama).relative_to(home).parts[1:]


def test_killed_before_every_step(utuh, kantor, monkeypatch):
    home, _ = utuh
    for langkah, semua in ((quarter, FIGURES), (reports, REPORTS)):
        for sasaran in semua:

            def work(sasaran=sasaran, langkah=langkah) -> None:
                monkeypatch.setattr(sasaran, die)
                langkah(install_few(home / "langkah", kantor))

            assert wait(fork(work)) == "mati", sasaran
    compare(home, "langkah", kantor)


def test_killed_at_random_moments(utuh, kantor, record_property):
    record_property("benih", SEED)
    print(f"benih {SEED}")
    (home, lama), acak = utuh, random.Random(SEED)
    for _ in range(RANDOM_KILLS):
        pid = fork(lambda: quarter(install_few(home / "acak", kantor)))
        time.sleep(acak.uniform(0, lama))
        os.kill(pid, signal.SIGKILL)
        assert wait(pid) != "gagal"
    compare(home, "acak", kantor)
