"""A backup made while others work, the installation destroyed and restored: the same reports, and nothing new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from humas.backup import make_backup, restore
from humas.installation.context import Context
from humas.pipeline import quarter as pipeline
from humas.publish.manifest import check_release, read_manifest
from humas.publish.verify import Status, books_of_site, verify
from humas.registry import Cycle

from tests.pipeline.small import KPU, SATKER, fork, install_few, published, stored, wait

pytestmark = pytest.mark.pipeline
OTHER = Cycle("kpu", "2026-TW2")
BACKUPS, SECONDS_APART = 4, 4.0
SEED = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))


def quarter(k) -> None:
    pipeline.run_quarter(k, KPU)


def busy(home: Path, office) -> None:
    """Collect, validate and write another quarter, over and over."""
    k = install_few(home, office)
    pipeline.open_period(k, OTHER)
    while True:
        pipeline.collect(k, OTHER, SATKER, "sibuk", force=True)
        pipeline.validate(k, OTHER, "sibuk")
        pipeline.roll_up(k, OTHER, "sibuk")


def seen(k) -> dict[str, str]:
    """What readers see, by its address below the folder of published files."""
    root = k.settings.published
    return {str(Path(name).relative_to(root)): digest for name, digest in published(k).items()}


def test_restored_after_a_backup_at_work_the_reports_are_the_same(tmp_path, office):
    assert wait(fork(lambda: quarter(install_few(tmp_path, office)))) == "selesai"
    k = install_few(tmp_path, office)
    published, figure = seen(k), stored(k, "hasil_")
    (pdf,) = (k.settings.published / "kpu" / "2026-TW3" / "laporan").glob("*33.74*.pdf")
    reports = Path(shutil.copy(pdf, tmp_path / pdf.name))
    k.warehouse.close()

    worker = fork(lambda: busy(tmp_path, office))
    while not install_few(tmp_path, office).warehouse.submissions(OTHER):
        pass
    archive = Path(make_backup(k.settings, tmp_path / "luar", os.environ).arsip)
    os.kill(worker, signal.SIGKILL)
    assert wait(worker) == "mati", "it was at work all the time"

    shutil.rmtree(k.settings.home)
    restore(archive, k.settings.home)
    assert verify(reports, books_of_site(k.settings.published)).status is Status.CURRENT
    returned = install_few(tmp_path, office)
    assert seen(returned) == published
    assert {n: [b for b in row if "TW2" not in b] for n, row in stored(returned, "hasil_").items()} == figure
    returned.warehouse.close()

    assert wait(fork(lambda: quarter(install_few(tmp_path, office)))) == "selesai"
    after = install_few(tmp_path, office)
    assert seen(after) == published
    assert {edition.edisi for edition in after.warehouse.editions(KPU)} == {1}
    assert after.warehouse.conservation(KPU).selisih == ()
    assert verify(reports, books_of_site(after.settings.published)).status is Status.CURRENT


def publisher(home: Path, office) -> None:
    """Publish one quarter's editions, over and over; what the units send changes meanwhile."""
    while True:
        k = install_few(home, office)
        pipeline.collect(k, KPU, SATKER, "terbit", force=True)
        pipeline.validate(k, KPU, "terbit")
        pipeline.roll_up(k, KPU, "terbit")
        reports = pipeline.compose(k, KPU).laporan
        pipeline.print_reports(k, KPU, reports)
        pipeline.build_site(k, KPU)
        pipeline.publish(k, KPU)


def test_site_and_warehouse_of_a_backup_belong_together(tmp_path, office, record_property):
    """Backups at random moments of a publisher at work: no edition of the one is unknown to the other."""
    record_property("benih", SEED)
    print(f"benih {SEED}")
    rng, original = random.Random(SEED), office.body("/kota_bandung.csv")
    assert wait(fork(lambda: quarter(install_few(tmp_path, office)))) == "selesai"
    k = install_few(tmp_path, office)
    publishing = fork(lambda: publisher(tmp_path, office))
    archive = []
    for n in range(BACKUPS):
        while n == 1 and len(k.warehouse.editions(KPU, "nasional")) == 1:
            time.sleep(0.05)
        content = original.replace(b"2400", b"240%d" % (n + 1)).replace(b"2.400", b"2.40%d" % (n + 1))
        office.replaced["kota_bandung.csv"] = content
        time.sleep(rng.uniform(0, SECONDS_APART))
        archive.append(make_backup(k.settings, tmp_path / "luar" / f"{n}.tar", {}).arsip)
    os.kill(publishing, signal.SIGKILL)
    assert wait(publishing) == "mati", "it was at work all the time"
    for n, one in enumerate(archive):
        recovered = restored(Path(one), tmp_path / f"pulih-{n}", k)
        folder = recovered.settings.published / "kpu" / "2026-TW3"
        assert check_release(folder) == []
        reports = read_manifest(folder)["laporan"]
        shown = {(key, content["edisi"]): content["sidik"] for key, content in reports.items() if content["edisi"]}
        everything = recovered.warehouse.editions(KPU)
        known = {(f"{e.lingkup}/{e.kode}", e.edisi): e.sidik_data for e in everything}
        assert shown.items() <= known.items(), "readers see what the warehouse knows"
        published = {(f"{e.lingkup}/{e.kode}", e.edisi) for e in everything if e.status == "terbit"}
        assert all(reports[key]["edisi"] >= edition for key, edition in published), "what was published is seen"
        assert recovered.warehouse.conservation(KPU).selisih == ()


def restored(archive: Path, home: Path, k):
    restore(archive, home)
    return Context(k.settings.with_(home=home, database_url=f"sqlite:///{home / 'gudang.db'}"), k.register, k.calendar)
