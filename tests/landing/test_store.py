"""The raw store keeps bytes whole, private and once, and says plainly when the disk refuses."""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import stat
import time
from pathlib import Path

import pytest
from humas.landing import Landing, LandingError
from humas.landing import store as module

DATA = b'{"data": {}}'
NOW = 1_790_000_000.0
SIDIK = hashlib.sha256(DATA).hexdigest()


def test_content_addressed_private_and_once(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    assert landing.store(DATA) == (SIDIK, tmp_path / "landing" / SIDIK[:2] / SIDIK)
    berkas = landing.path(SIDIK)
    before = berkas.stat()
    assert stat.S_IMODE(before.st_mode) == 0o600
    assert stat.S_IMODE(berkas.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(landing.root.stat().st_mode) == 0o700
    assert landing.store(DATA)[0] == SIDIK
    assert berkas.stat().st_ino == before.st_ino
    assert landing.read(SIDIK) == DATA
    assert [p.name for p in berkas.parent.iterdir()] == [SIDIK]


def test_removing_is_told_and_may_be_repeated(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    nanti = time.time() + 60
    assert [landing.remove(SIDIK, nanti), landing.remove(SIDIK, nanti)] == [True, False]
    assert landing.find(SIDIK) is None
    assert list(landing.path(SIDIK).parent.iterdir()) == []


def test_bytes_that_come_again_are_as_young_as_new_ones(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    os.utime(landing.store(DATA)[1], (NOW, NOW))
    assert landing.stored() == {SIDIK: NOW}
    landing.store(DATA)
    assert landing.stored()[SIDIK] > time.time() - 60
    assert not landing.remove(SIDIK, time.time() - 60)
    assert landing.read(SIDIK) == DATA


@pytest.mark.parametrize("saat", ["stat", "replace"], ids=["before it is looked at", "before it is set aside"])
def test_bytes_that_come_again_while_they_are_removed_stay(tmp_path: Path, monkeypatch, saat: str) -> None:
    landing, asli = Landing(tmp_path), getattr(Path, saat)
    os.utime(landing.store(DATA)[1], (NOW, NOW))

    def interrupted(path: Path, *lain: Path):
        monkeypatch.setattr(Path, saat, asli)
        landing.store(DATA)
        return asli(path, *lain)

    monkeypatch.setattr(Path, saat, interrupted)
    assert not landing.remove(SIDIK, time.time() - 60)
    assert landing.read(SIDIK) == DATA
    assert [p.name for p in landing.path(SIDIK).parent.iterdir()] == [SIDIK]


def test_bytes_that_come_again_after_they_were_set_aside_are_written_anew(tmp_path: Path, monkeypatch) -> None:
    landing, asli = Landing(tmp_path), Path.unlink
    os.utime(landing.store(DATA)[1], (NOW, NOW))

    def interrupted(path: Path):
        monkeypatch.setattr(Path, "unlink", asli)
        landing.store(DATA)
        asli(path)

    monkeypatch.setattr(Path, "unlink", interrupted)
    assert landing.remove(SIDIK, NOW + 1)
    assert landing.read(SIDIK) == DATA


@pytest.mark.parametrize(("datang", "ada"), [(NOW - 25 * 3600, False), (NOW - 60, True)], ids=["old", "came again"])
def test_what_a_killed_remover_set_aside_goes_or_comes_back(tmp_path: Path, datang: float, ada: bool) -> None:
    landing = Landing(tmp_path)
    tujuan = landing.store(DATA)[1]
    os.utime(tujuan, (datang, datang))
    tujuan.rename(tujuan.with_name(f".{SIDIK}.usang"))
    landing.sweep(NOW)
    assert [p.name for p in tujuan.parent.iterdir()] == [SIDIK] * ada


def test_a_file_cut_by_a_crash_is_written_again(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    landing.path(SIDIK).write_bytes(DATA[:3])
    landing.store(DATA)
    assert landing.read(SIDIK) == DATA


def test_damaged_bytes_are_healed_when_the_same_come_again(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    landing.path(SIDIK).write_bytes(DATA.replace(b"data", b"date"))
    landing.store(DATA)
    assert landing.read(SIDIK) == DATA


def test_what_a_killed_writer_left_is_swept_but_not_what_is_being_written(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    lama, baru = landing.path(SIDIK).parent / ".lama.tmp", landing.path(SIDIK).parent / ".baru.tmp"
    lama.write_bytes(DATA)
    baru.write_bytes(DATA)
    os.utime(lama, (NOW - 25 * 3600,) * 2)
    os.utime(baru, (NOW - 60,) * 2)
    assert [landing.sweep(NOW), landing.sweep(NOW)] == [1, 0]
    assert {p.name for p in baru.parent.iterdir()} == {SIDIK, ".baru.tmp"}
    assert Landing(tmp_path / "belum-ada").sweep(NOW) == 0


def _store_often(root: Path) -> None:
    for n in range(50):
        Landing(root).store(b"%d" % n * 1000)


def test_processes_storing_the_same_bytes(tmp_path: Path) -> None:
    anak = [multiprocessing.get_context("fork").Process(target=_store_often, args=(tmp_path,)) for _ in range(4)]
    for satu in anak:
        satu.start()
    for satu in anak:
        satu.join()
    assert [satu.exitcode for satu in anak] == [0] * 4
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) == 50
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in files)


REFUSALS = [(errno.ENOSPC, "disk_penuh"), (errno.EDQUOT, "disk_penuh"), (errno.EROFS, "folder_terkunci"),
            (errno.EACCES, "folder_terkunci"), (errno.EIO, "landing_gagal")]  # fmt: skip


@pytest.mark.parametrize(("nomor", "kode"), REFUSALS, ids=[errno.errorcode[n] for n, _ in REFUSALS])
def test_refusing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nomor: int, kode: str) -> None:
    def refuse(fd: int) -> None:
        raise OSError(nomor, os.strerror(nomor))

    monkeypatch.setattr(module.os, "fsync", refuse)
    with pytest.raises(LandingError) as caught:
        Landing(tmp_path).store(DATA)
    assert caught.value.kode == kode
    assert str(tmp_path) in caught.value.pesan
    assert caught.value.kode in module.STORE_CODES
    assert not [p for p in tmp_path.rglob("*") if p.is_file()], "no half-written file may stay"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "landing").write_text("")
    with pytest.raises(LandingError):
        Landing(tmp_path / "landing").store(DATA)


def test_missing_and_damaged_bytes(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    with pytest.raises(LandingError) as caught:
        landing.read(SIDIK)
    assert caught.value.kode == "landing_hilang"
    assert landing.find(SIDIK) is None
    landing.store(DATA)
    landing.path(SIDIK).write_bytes(DATA.replace(b"data", b"date"))
    with pytest.raises(LandingError) as caught:
        landing.read(SIDIK)
    assert caught.value.kode == "landing_rusak"


@pytest.mark.parametrize("sidik", ["../../etc/passwd", "", SIDIK.upper(), SIDIK + "0", "a/" * 32])
def test_only_digests_name_files(tmp_path: Path, sidik: str) -> None:
    with pytest.raises(LandingError):
        Landing(tmp_path).read(sidik)
