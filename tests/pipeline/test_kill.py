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
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline

from tests.pipeline.small import KPU, SATKER, die, fork, install_few, published, stored, wait
from tests.real_input.installation import serve_office

pytestmark = pytest.mark.pipeline

FIGURES = tuple(
    f"humas.warehouse.facade.Warehouse.{one}"
    for one in ("record_collection", "store_validation", "finish_run", "store_figures")
)
REPORTS = (
    "humas.warehouse.facade.Warehouse.draft_editions",
    "humas.pipeline.publication._write_assembly",
    "humas.publish.pdf.print_batch",
    "humas.publish.pdf.write_note",
    "humas.warehouse.facade.Warehouse.record_prints",
    "humas.publish.build.build_draft",
    "humas.publish.manifest.build_manifest",
    "humas.warehouse.facade.Warehouse.note_manifests",
    "humas.publish.build.publish_draft",
    "humas.publish.release._point",
    "humas.warehouse.facade.Warehouse.publish_editions",
    "humas.publish.release._prune",
    "humas.publish.build.refresh_front_page",
)
RANDOM_KILLS = 2
SEED = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))
KEPT = ("inti_", "hasil_", "mentah_berkas", "operasi_kewajiban", "operasi_skema")
"""Tables of what is so; the others also tell how often it was tried."""


@pytest.fixture(scope="module")
def office():
    with serve_office() as running:
        yield running


@pytest.fixture(scope="module")
def whole(tmp_path_factory, office) -> tuple[Path, float]:
    """Home of the installation that nothing disturbed, beside which the others lie; seconds that its quarter took."""
    home = tmp_path_factory.mktemp("kill")
    return home, warm(home, office)


def quarter(k: Context) -> None:
    pipeline.run_quarter(k, KPU)


def reports(k: Context) -> None:
    """The half of a quarter that makes figures of what was validated, and reports of the figures."""
    pipeline.roll_up(k, KPU, "jalan")
    reports = pipeline.compose(k, KPU).laporan
    pipeline.print_reports(k, KPU, reports)
    pipeline.build_site(k, KPU)
    pipeline.publish(k, KPU)


def warm(home: Path, office) -> float:
    """Load what a quarter needs, then let a child run one undisturbed; seconds that it took.

    Nothing is printed here: typst keeps threads, which no child inherits.
    """
    k = install_few(home / "hangat", office)
    pipeline.open_period(k, KPU)
    pipeline.collect(k, KPU, SATKER, "jalan")
    pipeline.validate(k, KPU, "jalan")
    pipeline.roll_up(k, KPU, "jalan")
    k.warehouse.close()
    for one in ("report.compose", "publish.pdf", "publish.workbook", "publish.build"):
        import_module(f"humas.{one}")
    start = time.monotonic()
    assert wait(fork(lambda: quarter(install_few(home / "utuh", office)))) == "selesai"
    return time.monotonic() - start


def compare(home: Path, name: str, office) -> None:
    """The disturbed installation, brought to its end, against the one that nothing disturbed."""
    assert wait(fork(lambda: quarter(install_few(home / name, office)))) == "selesai"
    whole, disturbed = (install_few(home / one, office) for one in ("utuh", name))
    assert stored(disturbed, *KEPT) == stored(whole, *KEPT)
    content, expected = (
        {_below(home, name): digest for name, digest in published(k).items()} for k in (disturbed, whole)
    )
    assert len(expected) > 40
    assert content == expected
    assert disturbed.warehouse.conservation(KPU).selisih == ()


def _below(home: Path, name: str) -> tuple[str, ...]:
    return Path(name).relative_to(home).parts[1:]


def test_killed_before_every_step(whole, office, monkeypatch):
    home, _ = whole
    for steps, everything in ((quarter, FIGURES), (reports, REPORTS)):
        for target in everything:

            def work(target=target, steps=steps) -> None:
                monkeypatch.setattr(target, die)
                steps(install_few(home / "langkah", office))

            assert wait(fork(work)) == "mati", target
    compare(home, "langkah", office)


def test_killed_at_random_moments(whole, office, record_property):
    record_property("benih", SEED)
    print(f"benih {SEED}")
    (home, old), rng = whole, random.Random(SEED)
    for _ in range(RANDOM_KILLS):
        pid = fork(lambda: quarter(install_few(home / "acak", office)))
        time.sleep(rng.uniform(0, old))
        os.kill(pid, signal.SIGKILL)
        assert wait(pid) != "gagal"
    compare(home, "acak", office)
