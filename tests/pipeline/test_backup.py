"""A backup made while others work, the installation destroyed and restored: the same reports, and nothing new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from humas import pipeline
from humas.backup import make_backup, restore
from humas.context import Konteks
from humas.publish.manifest import check_release, read_manifest
from humas.publish.verify import Status, books_of_site, verify

from tests.pipeline.kecil import KPU, SATKER, fork, install_few, published, stored, wait

pytestmark = pytest.mark.pipeline
LAIN = ("kpu", "2026-TW2")
BACKUPS, SECONDS_APART = 4, 4.0
SEED = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))


def quarter(k) -> None:
    pipeline.run_quarter(k, *KPU)


def busy(home: Path, kantor) -> None:
    """Collect, validate and write another quarter, over and over."""
    k = install_few(home, kantor)
    pipeline.open_period(k, *LAIN)
    while True:
        pipeline.collect(k, *LAIN, SATKER, "sibuk", paksa=True)
        pipeline.validate(k, *LAIN, "sibuk")
        pipeline.roll_up(k, *LAIN, "sibuk")


def seen(k) -> dict[str, str]:
    """What readers see, by its address below the folder of published files."""
    akar = k.settings.published
    return {str(Path(nama).relative_to(akar)): sidik for nama, sidik in published(k).items()}


def test_restored_after_a_backup_at_work_the_reports_are_the_same(tmp_path, kantor):
    assert wait(fork(lambda: quarter(install_few(tmp_path, kantor)))) == "selesai"
    k = install_few(tmp_path, kantor)
    terbit, angka = seen(k), stored(k, "hasil_")
    (pdf,) = (k.settings.published / "kpu" / "2026-TW3" / "laporan").glob("*33.74*.pdf")
    laporan = Path(shutil.copy(pdf, tmp_path / pdf.name))
    k.gudang.close()

    sibuk = fork(lambda: busy(tmp_path, kantor))
    while not install_few(tmp_path, kantor).gudang.kiriman(*LAIN):
        pass
    arsip = Path(make_backup(k.settings, tmp_path / "luar", os.environ).arsip)
    os.kill(sibuk, signal.SIGKILL)
    assert wait(sibuk) == "mati", "it was at work all the time"

    shutil.rmtree(k.settings.home)
    restore(arsip, k.settings.home)
    assert verify(laporan, books_of_site(k.settings.published)).status is Status.TERKINI
    kembali = install_few(tmp_path, kantor)
    assert seen(kembali) == terbit
    assert {n: [b for b in baris if "TW2" not in b] for n, baris in stored(kembali, "hasil_").items()} == angka
    kembali.gudang.close()

    assert wait(fork(lambda: quarter(install_few(tmp_path, kantor)))) == "selesai"
    sesudah = install_few(tmp_path, kantor)
    assert seen(sesudah) == terbit
    assert {satu.edisi for satu in sesudah.gudang.editions(*KPU)} == {1}
    assert sesudah.gudang.conservation(*KPU).selisih == ()
    assert verify(laporan, books_of_site(sesudah.settings.published)).status is Status.TERKINI


def publisher(home: Path, kantor) -> None:
    """Publish one quarter's editions, over and over; what the units send changes meanwhile."""
    while True:
        k = install_few(home, kantor)
        pipeline.collect(k, *KPU, SATKER, "terbit", paksa=True)
        pipeline.validate(k, *KPU, "terbit")
        pipeline.roll_up(k, *KPU, "terbit")
        laporan = pipeline.compose(k, *KPU).laporan
        pipeline.print_reports(k, *KPU, laporan)
        pipeline.build_site(k, *KPU)
        pipeline.publish(k, *KPU)


def test_site_and_warehouse_of_a_backup_belong_together(tmp_path, kantor, record_property):
    """Backups at random moments of a publisher at work: no edition of the one is unknown to the other."""
    record_property("benih", SEED)
    print(f"benih {SEED}")
    acak, asli = random.Random(SEED), kantor.body("/kota_bandung.csv")
    assert wait(fork(lambda: quarter(install_few(tmp_path, kantor)))) == "selesai"
    k = install_few(tmp_path, kantor)
    penerbit = fork(lambda: publisher(tmp_path, kantor))
    arsip = []
    for n in range(BACKUPS):
        while n == 1 and len(k.gudang.editions(*KPU, "nasional")) == 1:
            time.sleep(0.05)
        isi = asli.replace(b"2400", b"240%d" % (n + 1)).replace(b"2.400", b"2.40%d" % (n + 1))
        kantor.replaced["kota_bandung.csv"] = isi
        time.sleep(acak.uniform(0, SECONDS_APART))
        arsip.append(make_backup(k.settings, tmp_path / "luar" / f"{n}.tar", {}).arsip)
    os.kill(penerbit, signal.SIGKILL)
    assert wait(penerbit) == "mati", "it was at work all the time"
    for n, satu in enumerate(arsip):
        pulih = restored(Path(satu), tmp_path / f"pulih-{n}", k)
        folder = pulih.settings.published / "kpu" / "2026-TW3"
        assert check_release(folder) == []
        laporan = read_manifest(folder)["laporan"]
        tampil = {(kunci, isi["edisi"]): isi["sidik"] for kunci, isi in laporan.items() if isi["edisi"]}
        semua = pulih.gudang.editions(*KPU)
        dikenal = {(f"{e.lingkup}/{e.kode}", e.edisi): e.sidik_data for e in semua}
        assert tampil.items() <= dikenal.items(), "readers see what the warehouse knows"
        terbit = {(f"{e.lingkup}/{e.kode}", e.edisi) for e in semua if e.status == "terbit"}
        assert all(laporan[kunci]["edisi"] >= edisi for kunci, edisi in terbit), "what was published is seen"
        assert pulih.gudang.conservation(*KPU).selisih == ()


def restored(arsip: Path, home: Path, k):
    restore(arsip, home)
    return Konteks(k.settings.with_(home=home, database_url=f"sqlite:///{home / 'gudang.db'}"), k.register, k.kalender)
