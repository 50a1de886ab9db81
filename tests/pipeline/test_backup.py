"""A backup made while others work, the installation destroyed and restored: the same reports, and nothing new."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from humas import pipeline
from humas.backup import make_backup, restore
from humas.publish.verify import Status, verify

from tests.pipeline.kecil import KPU, SATKER, fork, install_few, published, stored, wait

pytestmark = pytest.mark.pipeline
LAIN = ("kpu", "2026-TW2")


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


@pytest.mark.parametrize("kali", [1, 2])
def test_restored_after_a_backup_at_work_the_reports_are_the_same(tmp_path, kantor, kali):
    assert wait(fork(lambda: quarter(install_few(tmp_path, kantor)))) == "selesai"
    k = install_few(tmp_path, kantor)
    terbit, angka = seen(k), stored(k, "hasil_")
    (pdf,) = (k.settings.published / "kpu" / "2026-TW3" / "laporan").glob("*33.74*.pdf")
    laporan = Path(shutil.copy(pdf, tmp_path / pdf.name))
    k.gudang.close()

    sibuk = fork(lambda: busy(tmp_path, kantor))
    while not install_few(tmp_path, kantor).gudang.kiriman(*LAIN):
        pass
    arsip = [Path(make_backup(k.settings, tmp_path / "luar" / f"{n}.tar", os.environ).arsip) for n in range(kali)][-1]
    os.kill(sibuk, signal.SIGKILL)
    assert wait(sibuk) == "mati", "it was at work all the time"

    shutil.rmtree(k.settings.home)
    restore(arsip, k.settings.home)
    assert verify(laporan, k.settings.published).status is Status.TERKINI
    kembali = install_few(tmp_path, kantor)
    assert seen(kembali) == terbit
    assert {n: [b for b in baris if "TW2" not in b] for n, baris in stored(kembali, "hasil_").items()} == angka
    kembali.gudang.close()

    assert wait(fork(lambda: quarter(install_few(tmp_path, kantor)))) == "selesai"
    sesudah = install_few(tmp_path, kantor)
    assert seen(sesudah) == terbit
    assert {satu.edisi for satu in sesudah.gudang.editions(*KPU)} == {1}
    assert sesudah.gudang.conservation(*KPU).selisih == ()
    assert verify(laporan, sesudah.settings.published).status is Status.TERKINI
