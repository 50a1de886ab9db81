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
from humas.inbox.sweep import sweep
from humas.pipeline.quarter import collect, validate
from humas.registry import Cycle

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import csv, csv_publikasi, workbook
from tests.inbox.places import Local
from tests.inbox.test_recap import recap

pytestmark = [pytest.mark.kotak, pytest.mark.timeout(900)]

KILLS = 50
TW3 = Cycle("kpu", "2026-TW3")
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

    def put_more(self, count: int) -> None:
        """Files of all kinds: CSV of two data sets and workbooks, bad rows, repeated bytes, nobody's."""
        for _ in range(count):
            number = len(self.arrivals)
            code = self.rng.choice(self.units)
            name, data = self._make(number, code)
            self.arrivals.append((name, data))
            self.place.put(name, data, 1_790_000_000 + number)

    def _make(self, number: int, code: str) -> tuple[str, bytes]:
        kind = self.rng.random()
        title = f"Rapat koordinasi nomor {number}"
        if kind < 0.1:
            self.unknown += 1
            return f"entah {number}.csv", csv("", title)
        if kind < 0.2 and self.arrivals:
            return f"lagi {number}.csv", self.rng.choice(self.arrivals)[1]
        if kind < 0.3:
            data = workbook({"Judul_kegiatan": title}, {"Mode": "terbang"}, Kode_satker=code, Nama_satker="")
            self.whose[data] = code, ""
            return f"buku {number}.xlsx", data
        if kind < 0.6:
            data = csv_publikasi(code, f"a{number}")
            self.whose[data] = code, "publikasi"
            return f"terbit {number}.csv", data
        data = csv(code, title, "x" if kind > 0.8 else title + " kedua")
        self.whose[data] = code, "kegiatan"
        return f"laporan {number}.csv", data

    def by_unit(self) -> dict[str, set[bytes]]:
        """The bytes of every file whose unit is known: each is a submission, and the ledger decides what counts."""
        result: dict[str, set[bytes]] = {}
        for _, data in self.arrivals:
            code, _ = self.whose.get(data, ("", ""))
            result.setdefault(code, set()).add(data)
        return {code: files for code, files in result.items() if code}


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
    sweep(k, credential=place.environ.get)


def run_in_child(tmp_path, place, at_step=0):
    """A sweep and the run that follows it, in a process of its own that kills itself before a step of theirs."""
    context = multiprocessing.get_context("forkserver")
    child = context.Process(target=_sweep_and_validate, args=(tmp_path, place, next(CLOCK), at_step))
    child.start()
    return child


def _sweep_and_validate(tmp_path, place, seconds, at_step):
    if at_step:
        _die_at(at_step)
    k = installation(tmp_path, f"kpu={place.url}", now=NOW + timedelta(seconds=seconds))
    sweep(k)
    collect(k, TW3, WHOSE, "uji")
    validate(k, TW3, "uji")


def _fail_on_some():
    """Reading, and checking, fail on files that are named so."""
    from humas.inbox import answer, intake

    read, check = intake.read_files, answer._check_batch
    intake.read_files = lambda file: 1 / 0 if "rusak baca" in file[0][0] else read(file)
    answer._check_batch = lambda k, everything: (
        1 / 0 if any("rusak periksa" in b.name for b in everything) else check(k, everything)
    )


def _die_at(step):
    """Count everything a sweep does to the world outside, and die before the ``step``-th of it."""
    from humas.inbox import folder
    from humas.landing import Landing
    from humas.warehouse import collection, ledger, validation
    from humas.warehouse.facade import Warehouse

    done = [0]

    def wrap(css_class, name):
        original = getattr(css_class, name)

        def counted(*args, **kwargs):
            done[0] += 1
            if done[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        setattr(css_class, name, counted)

    wrap(Landing, "store")
    for name in ("record_collection", "note_set_aside", "forget_set_aside", "record_shares", "store_validation"):
        wrap(Warehouse, name)
    for module, name in ((collection, "_record_submissions"), (validation, "_store_verdicts"), (ledger, "_store")):
        wrap(module, name)
    for name in ("write", "move", "remove", "_stat", "_forget"):
        wrap(folder.Folder, name)


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
        multiprocessing.set_forkserver_preload(["tests.inbox.loaded"])
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
        start = time.monotonic()
        child = sweep_in_child(tmp_path, folder)
        time.sleep(sent.rng.uniform(0, longest))
        child.kill()
        if wait(child):
            killed += 1
            longest = min(1.5, longest * 1.05)
        else:
            longest = 1.1 * (time.monotonic() - start)
    assert not wait(sweep_in_child(tmp_path, folder))
    judge(tmp_path, sent)


@pytest.mark.parametrize("begin", [1, 2, 3])
def test_killed_before_every_third_step(place, tmp_path, begin):
    """Step by step over the same files: the two kinds of moving, and every order of what is done and undone."""
    sent = make_sent(place, random.Random(7))
    sent.put_more(3)
    step = begin
    while wait(sweep_in_child(tmp_path, place, at_step=step)):
        step += 3
        assert step < 200
    assert not wait(sweep_in_child(tmp_path, place))
    judge(tmp_path, sent)


@pytest.mark.parametrize("begin", [1, 2])
def test_killed_while_files_are_set_aside_and_while_they_come_back(place, tmp_path, begin):
    """Each bad file has one memory and one receipt, whenever a sweep died; neither outlives its success."""
    sent = make_sent(place, random.Random(3))
    for kind, code in (("rusak baca", "33.74"), ("rusak periksa", "33.22"), ("baik", "33.01")):
        data = csv(code, f"Rapat koordinasi {kind}")
        sent.whose[data] = code, "kegiatan"
        sent.arrivals.append((f"{kind}.csv", data))
        place.put(f"{kind}.csv", data)
    for days, broken in ((0, True), (2, False)):
        step = begin
        while wait(sweep_in_child(tmp_path, place, at_step=step, days=days, broken=broken)):
            step += 2
            assert step < 200
        assert not wait(sweep_in_child(tmp_path, place, days=days, broken=broken))
        if broken:
            judge_set_aside(tmp_path, place, ["rusak baca", "rusak periksa"])
    judge_set_aside(tmp_path, place, [])
    judge(tmp_path, sent)


WHOSE = ("33", "33.01", "33.02", "33.74")


def lay_recaps(place):
    """Two recaps, the later one without 33.02, and an own file of a unit that both tell of."""
    rows = [(code, f"Rapat koordinasi bagian {letter}") for code in WHOSE[1:] for letter in "abc"]
    place.put("33 KPU Provinsi Jawa Tengah rekap.csv", recap(*rows), 1_790_000_000)
    place.put("33.74 KPU Kota Semarang.csv", csv("33.74", "Rapat koordinasi bagian a", "Lomba foto"), 1_790_000_060)
    place.put(
        "33 KPU Provinsi Jawa Tengah akhir.csv",
        recap(*rows[:3], *rows[6:8], ("33.01", "Dialog di radio")),
        1_790_000_120,
    )


def end_of(tmp_path):
    """What counts, where every row ever accepted stands, and whose each submission is; without times."""
    k = installation(tmp_path)
    queries = (
        "SELECT s.kode_satker, b.himpunan, b.id_baris, b.keadaan, b.alasan FROM inti_buku b JOIN inti_kiriman s ON s.id = b.id_kiriman",
        "SELECT id, kode_satker, status, berlaku, id_rekap, baris_masuk, diterima FROM inti_kiriman",
        "SELECT kode_satker, nama, id_kiriman FROM mentah_penerimaan",
    )
    with k.warehouse.engine.connect() as connection:
        found = [sorted(map(repr, connection.exec_driver_sql(query).all())) for query in queries]
    assert k.warehouse.conservation(TW3).selisih == ()
    k.warehouse.close()
    return found


def test_a_recap_that_is_killed_anywhere_ends_as_one_that_was_not(tmp_path):
    """Between landing, record, answer and move; before its shares are recorded, between them, and before they are in the ledger."""
    places = {}
    for name in ("utuh", "mati"):
        (tmp_path / name / "kotak" / "masuk").mkdir(parents=True)
        places[name] = Local(tmp_path / name / "kotak")
        lay_recaps(places[name])
    assert not wait(run_in_child(tmp_path / "utuh", places["utuh"]))
    step = 1
    while wait(run_in_child(tmp_path / "mati", places["mati"], step)):
        step += 1
        assert step < 60
    assert step > 8
    assert not wait(run_in_child(tmp_path / "mati", places["mati"]))
    whole, killed = (end_of(tmp_path / name) for name in places)
    assert killed == whole
    assert len(killed[1]) == 3 + 3 + 2, "a recap is a submission, and one of each unit it tells of"
    text = next(
        content.decode("utf-8-sig")
        for name, content in places["mati"].files("diterima").items()
        if "akhir" in name and name.endswith(".txt")
    )
    assert text.count("rekap terdahulu") == 1


def judge_set_aside(tmp_path, place, expected):
    """The warehouse, the receipts and ``masuk/`` agree on what is set aside, once each."""
    from humas.installation.boxes import boxes

    k = installation(tmp_path, f"kpu={place.url}")
    row = k.warehouse.set_aside(boxes(k.settings)[0].address)
    letter = sorted(f"tertunda/{name}" for name in place.files("tertunda"))
    assert sorted(one.tampil for one in row) == sorted(place.files("masuk")) == [f"{name}.csv" for name in expected]
    assert sorted(one.surat for one in row) == letter
    assert all(one.kali == 1 for one in row)
    k.warehouse.close()


def judge(tmp_path, sent):
    """Every file once in landing, warehouse and its new place, answered; the rows balance."""
    k = installation(tmp_path)
    content = sent.place.files()
    assert [name for name in content if name.startswith("masuk/")] == []
    assert [name for name in content if name.endswith(".tmp")] == []
    _judge_warehouse(k, sent)
    for name, data in sent.arrivals:
        moved = [
            position for position, one in content.items() if one == data and f"{name.rpartition('.')[0]} (" in position
        ]
        assert len(moved) == 1, name
        stem = moved[0].rpartition(".")[0]
        assert any(position.startswith(f"{stem} - ") for position in content), name
        assert k.landing.read(hashlib.sha256(data).hexdigest()) == data
    _judge_rows(k)


def _judge_warehouse(k, sent):
    with k.warehouse.engine.connect() as connection:

        def numbers(sql):
            return connection.exec_driver_sql(sql).all()

        arrival = "FROM mentah_penerimaan WHERE header NOT LIKE '%kotak-ikut%'"
        assert len(numbers(f"SELECT id {arrival}")) == len(sent.arrivals)
        assert numbers(f"SELECT url {arrival} GROUP BY url HAVING count(*) > 1") == []
        assert len(numbers("SELECT id FROM operasi_percobaan")) == len(sent.arrivals)
        version = numbers("SELECT DISTINCT id_kiriman FROM mentah_penerimaan WHERE id_kiriman IS NOT NULL")
        assert sorted(numbers("SELECT id FROM inti_kiriman")) == sorted(version)
    kept: dict[str, set[bytes]] = {}
    for submission in k.warehouse.submissions(Cycle("kpu", "2026-TW3")):
        kept.setdefault(submission.kode_satker, set()).update(k.landing.read(b.sidik) for b in submission.berkas)
    assert kept == sent.by_unit()


def _judge_rows(k):
    """The next run reads them all, and no row is missing."""
    summary = validate(k, Cycle("kpu", "2026-TW3"), "uji")
    assert summary.masuk == summary.diterima + summary.dikarantina + summary.kembar > 0
    assert k.warehouse.conservation(Cycle("kpu", "2026-TW3")).selisih == ()
