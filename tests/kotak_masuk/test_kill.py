"""Sweeps that are killed: nothing lost, nothing twice, whatever the moment.

Children are forked from a process that has loaded everything, so that a kill meets the sweep at work and not the
imports; and that has no threads: this one has those of the servers, and a child forked while one of them holds a
lock of a library waits for ever.
"""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import multiprocessing.forkserver
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from humas.kotak_masuk.sweep import sweep
from humas.pipeline import validate

from tests.kotak_masuk.berkas import csv, csv_publikasi, workbook
from tests.kotak_masuk.conftest import NOW, installation

pytestmark = [pytest.mark.kotak, pytest.mark.timeout(300)]

KILLS = 50
FILES_A_ROUND = 4
CLOCK = itertools.count()  # every sweep is a second later than the one before
SEED = int(os.environ.get("HUMAS_BENIH_UJI") or random.SystemRandom().randrange(10**6))


@dataclass
class Sent:
    """What units have put into the drop-box, and the rows it holds."""

    place: object
    rng: random.Random
    units: list[str]
    arrivals: list[tuple[str, bytes]] = field(default_factory=list)
    unknown: int = 0
    whose: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    """Bytes → unit and what they hold: a data set of a CSV, else empty."""

    def put_more(self, jumlah: int) -> None:
        """Files of all kinds: CSV of two data sets and workbooks, bad rows, repeated bytes, nobody's."""
        for _ in range(jumlah):
            nomor = len(self.arrivals)
            kode = self.rng.choice(self.units)
            nama, data = self._make(nomor, kode)
            self.arrivals.append((nama, data))
            self.place.put(nama, data, 1_790_000_000 + nomor)

    def _make(self, nomor: int, kode: str) -> tuple[str, bytes]:
        jenis = self.rng.random()
        judul = f"Rapat koordinasi nomor {nomor}"
        if jenis < 0.1:
            self.unknown += 1
            return f"entah {nomor}.csv", csv("", judul)
        if jenis < 0.2 and self.arrivals:
            return f"lagi {nomor}.csv", self.rng.choice(self.arrivals)[1]
        if jenis < 0.3:
            data = workbook({"Judul_kegiatan": judul}, {"Mode": "terbang"}, Kode_satker=kode, Nama_satker="")
            self.whose[data] = kode, ""
            return f"buku {nomor}.xlsx", data
        if jenis < 0.6:
            data = csv_publikasi(kode, f"a{nomor}")
            self.whose[data] = kode, "publikasi"
            return f"terbit {nomor}.csv", data
        data = csv(kode, judul, "x" if jenis > 0.8 else judul + " kedua")
        self.whose[data] = kode, "kegiatan"
        return f"laporan {nomor}.csv", data

    def counted(self) -> dict[str, set[bytes]]:
        """What must count at the end, by unit: its newest workbook, or the newest CSV of each data set after it."""
        hasil: dict[str, dict[str, bytes]] = {}
        for _, data in self.arrivals:
            kode, himpunan = self.whose.get(data, ("", ""))
            lama = hasil.get(kode, {}) if himpunan else {}
            hasil[kode] = {nama: isi for nama, isi in lama.items() if nama} | {himpunan: data}
        return {kode: set(isi.values()) for kode, isi in hasil.items() if kode}


def sweep_in_child(tmp_path, place, *, at_step=0, days=0, broken=False):
    """Start a sweep in a process of its own. at_step: it kills itself before that step of its own.

    broken: our program fails on files whose name says so.
    """
    seconds = next(CLOCK) + days * 86400
    context = multiprocessing.get_context("forkserver")
    child = context.Process(target=_sweep, args=(tmp_path, place, seconds, at_step, broken, dict(os.environ)))
    child.start()
    return child


def _sweep(tmp_path, place, seconds, at_step, broken, environ):
    os.environ.update(environ)
    if broken:
        _fail_on_some()
    if at_step:
        _die_at(at_step)
    k = installation(tmp_path, f"kpu={place.url}", now=NOW + timedelta(seconds=seconds))
    sweep(k, kredensial=place.environ.get)


def _fail_on_some():
    """Reading, and checking, fail on files that are named so."""
    from humas.kotak_masuk import answer, intake

    read, check = intake.read_files, answer._check_batch
    intake.read_files = lambda berkas: 1 / 0 if "rusak baca" in berkas[0][0] else read(berkas)
    answer._check_batch = lambda k, semua: 1 / 0 if any("rusak periksa" in b.nama for b in semua) else check(k, semua)


def _die_at(step):
    """Count everything a sweep does to the world outside, and die before the ``step``-th of it."""
    from humas.kotak_masuk import folder
    from humas.landing import Landing
    from humas.warehouse.gudang import Gudang

    done = [0]

    def wrap(kelas, nama):
        asli = getattr(kelas, nama)

        def counted(*args, **kwargs):
            done[0] += 1
            if done[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return asli(*args, **kwargs)

        setattr(kelas, nama, counted)

    wrap(Landing, "store")
    for nama in ("record_collection", "note_set_aside", "forget_set_aside"):
        wrap(Gudang, nama)
    for nama in ("write", "move", "remove", "_stat", "_forget"):
        wrap(folder.Folder, nama)


def wait(child):
    """Whether the child was killed; it must not have failed."""
    child.join()
    assert child.exitcode in {0, -signal.SIGKILL}
    return child.exitcode != 0


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """The process that children are forked from has loaded what a sweep needs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        multiprocessing.set_forkserver_preload(["tests.kotak_masuk.loaded"])
        multiprocessing.forkserver.ensure_running()


def make_sent(place, rng):
    return Sent(place, rng, ["33.74", "33.22", "33.01", "32.73", "11.71", "33"])


def test_fifty_kills_lose_nothing_and_do_nothing_twice(folder, tmp_path, record_property):
    record_property("benih", SEED)
    print(f"benih {SEED}")
    sent = make_sent(folder, random.Random(SEED))
    killed, longest = 0, 1.0
    while killed < KILLS:
        sent.put_more(FILES_A_ROUND)
        mulai = time.monotonic()
        child = sweep_in_child(tmp_path, folder)
        time.sleep(sent.rng.uniform(0, longest))
        child.kill()
        if wait(child):
            killed += 1
            longest = min(1.5, longest * 1.05)
        else:
            longest = 1.1 * (time.monotonic() - mulai)
    assert not wait(sweep_in_child(tmp_path, folder))
    judge(tmp_path, sent)


@pytest.mark.parametrize("awal", [1, 2, 3])
def test_killed_before_every_third_step(place, tmp_path, awal):
    """Step by step over the same files: the two kinds of moving, and every order of what is done and undone."""
    sent = make_sent(place, random.Random(7))
    sent.put_more(3)
    step = awal
    while wait(sweep_in_child(tmp_path, place, at_step=step)):
        step += 3
        assert step < 200
    assert not wait(sweep_in_child(tmp_path, place))
    judge(tmp_path, sent)


@pytest.mark.parametrize("awal", [1, 2])
def test_killed_while_files_are_set_aside_and_while_they_come_back(place, tmp_path, awal):
    """Each bad file has one memory and one receipt, whenever a sweep died; neither outlives its success."""
    sent = make_sent(place, random.Random(3))
    for jenis, kode in (("rusak baca", "33.74"), ("rusak periksa", "33.22"), ("baik", "33.01")):
        data = csv(kode, f"Rapat koordinasi {jenis}")
        sent.whose[data] = kode, "kegiatan"
        sent.arrivals.append((f"{jenis}.csv", data))
        place.put(f"{jenis}.csv", data)
    for days, broken in ((0, True), (2, False)):
        step = awal
        while wait(sweep_in_child(tmp_path, place, at_step=step, days=days, broken=broken)):
            step += 2
            assert step < 200
        assert not wait(sweep_in_child(tmp_path, place, days=days, broken=broken))
        if broken:
            judge_set_aside(tmp_path, place, ["rusak baca", "rusak periksa"])
    judge_set_aside(tmp_path, place, [])
    judge(tmp_path, sent)


def judge_set_aside(tmp_path, place, harap):
    """The warehouse, the receipts and ``masuk/`` agree on what is set aside, once each."""
    from humas.kotak_masuk.box import boxes

    k = installation(tmp_path, f"kpu={place.url}")
    baris = k.gudang.set_aside(boxes(k.settings)[0].alamat)
    surat = sorted(f"tertunda/{nama}" for nama in place.files("tertunda"))
    assert sorted(satu.tampil for satu in baris) == sorted(place.files("masuk")) == [f"{nama}.csv" for nama in harap]
    assert sorted(satu.surat for satu in baris) == surat
    assert all(satu.kali == 1 for satu in baris)
    k.gudang.close()


def judge(tmp_path, sent):
    """Every file once in landing, warehouse and its new place, answered; the rows balance."""
    k = installation(tmp_path)
    isi = sent.place.files()
    assert [nama for nama in isi if nama.startswith("masuk/")] == []
    assert [nama for nama in isi if nama.endswith(".tmp")] == []
    _judge_warehouse(k, sent)
    for nama, data in sent.arrivals:
        pindah = [letak for letak, satu in isi.items() if satu == data and f"{nama.rpartition('.')[0]} (" in letak]
        assert len(pindah) == 1, nama
        pokok = pindah[0].rpartition(".")[0]
        assert any(letak.startswith(f"{pokok} - ") for letak in isi), nama
        assert k.landing.read(hashlib.sha256(data).hexdigest()) == data
    _judge_rows(k)


def _judge_warehouse(k, sent):
    with k.gudang.engine.connect() as koneksi:

        def numbers(sql):
            return koneksi.exec_driver_sql(sql).all()

        tiba = "FROM mentah_penerimaan WHERE header NOT LIKE '%kotak-ikut%'"
        assert len(numbers(f"SELECT id {tiba}")) == len(sent.arrivals)
        assert numbers(f"SELECT url {tiba} GROUP BY url HAVING count(*) > 1") == []
        assert len(numbers("SELECT id FROM operasi_percobaan")) == len(sent.arrivals)
        versi = numbers("SELECT DISTINCT id_kiriman FROM mentah_penerimaan WHERE id_kiriman IS NOT NULL")
        assert sorted(numbers("SELECT id FROM inti_kiriman")) == sorted(versi)
    terbaru = {satu.kode_satker: satu for satu in k.gudang.kiriman("kpu", "2026-TW3")}
    dihitung = {kode: {k.landing.read(b.sidik) for b in satu.berkas} for kode, satu in terbaru.items()}
    assert dihitung == sent.counted()


def _judge_rows(k):
    """The next run reads them all, and no row is missing."""
    ringkasan = validate(k, "kpu", "2026-TW3", "uji")
    assert ringkasan.masuk == ringkasan.diterima + ringkasan.dikarantina + ringkasan.kembar > 0
    assert k.gudang.conservation("kpu", "2026-TW3").selisih == ()
