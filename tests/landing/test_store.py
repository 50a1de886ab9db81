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
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_content_addressed_private_and_once(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    assert landing.store(DATA) == (DIGEST, tmp_path / "landing" / DIGEST[:2] / DIGEST)
    file = landing.path(DIGEST)
    before = file.stat()
    assert stat.S_IMODE(before.st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(landing.root.stat().st_mode) == 0o700
    assert landing.store(DATA)[0] == DIGEST
    assert file.stat().st_ino == before.st_ino
    assert landing.read(DIGEST) == DATA
    assert [p.name for p in file.parent.iterdir()] == [DIGEST]


def test_removing_is_told_and_may_be_repeated(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    afterwards = time.time() + 60
    assert [landing.remove(DIGEST, afterwards), landing.remove(DIGEST, afterwards)] == [True, False]
    assert landing.find(DIGEST) is None
    assert list(landing.path(DIGEST).parent.iterdir()) == []


def test_bytes_that_come_again_are_as_young_as_new_ones(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    os.utime(landing.store(DATA)[1], (NOW, NOW))
    assert landing.stored() == {DIGEST: NOW}
    landing.store(DATA)
    assert landing.stored()[DIGEST] > time.time() - 60
    assert not landing.remove(DIGEST, time.time() - 60)
    assert landing.read(DIGEST) == DATA


@pytest.mark.parametrize("moment", ["stat", "replace"], ids=["before it is looked at", "before it is set aside"])
def test_bytes_that_come_again_while_they_are_removed_stay(tmp_path: Path, monkeypatch, moment: str) -> None:
    landing, original = Landing(tmp_path), getattr(Path, moment)
    os.utime(landing.store(DATA)[1], (NOW, NOW))

    def interrupted(path: Path, *other: Path):
        monkeypatch.setattr(Path, moment, original)
        landing.store(DATA)
        return original(path, *other)

    monkeypatch.setattr(Path, moment, interrupted)
    assert not landing.remove(DIGEST, time.time() - 60)
    assert landing.read(DIGEST) == DATA
    assert [p.name for p in landing.path(DIGEST).parent.iterdir()] == [DIGEST]


def test_bytes_that_come_again_after_they_were_set_aside_are_written_anew(tmp_path: Path, monkeypatch) -> None:
    landing, original = Landing(tmp_path), Path.unlink
    os.utime(landing.store(DATA)[1], (NOW, NOW))

    def interrupted(path: Path):
        monkeypatch.setattr(Path, "unlink", original)
        landing.store(DATA)
        original(path)

    monkeypatch.setattr(Path, "unlink", interrupted)
    assert landing.remove(DIGEST, NOW + 1)
    assert landing.read(DIGEST) == DATA


@pytest.mark.parametrize(
    ("arrived", "present"), [(NOW - 25 * 3600, False), (NOW - 60, True)], ids=["old", "came again"]
)
def test_what_a_killed_remover_set_aside_goes_or_comes_back(tmp_path: Path, arrived: float, present: bool) -> None:
    landing = Landing(tmp_path)
    target = landing.store(DATA)[1]
    os.utime(target, (arrived, arrived))
    target.rename(target.with_name(f".{DIGEST}.usang"))
    landing.sweep(NOW)
    assert [p.name for p in target.parent.iterdir()] == [DIGEST] * present


def test_a_file_cut_by_a_crash_is_written_again(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    landing.path(DIGEST).write_bytes(DATA[:3])
    landing.store(DATA)
    assert landing.read(DIGEST) == DATA


def test_damaged_bytes_are_healed_when_the_same_come_again(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    landing.path(DIGEST).write_bytes(DATA.replace(b"data", b"date"))
    landing.store(DATA)
    assert landing.read(DIGEST) == DATA


def test_what_a_killed_writer_left_is_swept_but_not_what_is_being_written(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.store(DATA)
    old, new = landing.path(DIGEST).parent / ".lama.tmp", landing.path(DIGEST).parent / ".baru.tmp"
    old.write_bytes(DATA)
    new.write_bytes(DATA)
    os.utime(old, (NOW - 25 * 3600,) * 2)
    os.utime(new, (NOW - 60,) * 2)
    assert [landing.sweep(NOW), landing.sweep(NOW)] == [1, 0]
    assert {p.name for p in new.parent.iterdir()} == {DIGEST, ".baru.tmp"}
    assert Landing(tmp_path / "belum-ada").sweep(NOW) == 0


def _store_often(root: Path) -> None:
    for n in range(50):
        Landing(root).store(b"%d" % n * 1000)


def test_processes_storing_the_same_bytes(tmp_path: Path) -> None:
    children = [multiprocessing.get_context("fork").Process(target=_store_often, args=(tmp_path,)) for _ in range(4)]
    for one in children:
        one.start()
    for one in children:
        one.join()
    assert [child.exitcode for child in children] == [0] * 4
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) == 50
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in files)


REFUSALS = [(errno.ENOSPC, "disk_penuh"), (errno.EDQUOT, "disk_penuh"), (errno.EROFS, "folder_terkunci"),
            (errno.EACCES, "folder_terkunci"), (errno.EIO, "landing_gagal")]  # fmt: skip


@pytest.mark.parametrize(("number", "code"), REFUSALS, ids=[errno.errorcode[n] for n, _ in REFUSALS])
def test_refusing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    def refuse(fd: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.os, "fsync", refuse)
    with pytest.raises(LandingError) as caught:
        Landing(tmp_path).store(DATA)
    assert caught.value.code == code
    assert str(tmp_path) in caught.value.message
    assert caught.value.code in module.STORE_CODES
    assert not [p for p in tmp_path.rglob("*") if p.is_file()], "no half-written file may stay"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "landing").write_text("")
    with pytest.raises(LandingError):
        Landing(tmp_path / "landing").store(DATA)


def test_missing_and_damaged_bytes(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    with pytest.raises(LandingError) as caught:
        landing.read(DIGEST)
    assert caught.value.code == "landing_hilang"
    assert landing.find(DIGEST) is None
    landing.store(DATA)
    landing.path(DIGEST).write_bytes(DATA.replace(b"data", b"date"))
    with pytest.raises(LandingError) as caught:
        landing.read(DIGEST)
    assert caught.value.code == "landing_rusak"


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", DIGEST.upper(), DIGEST + "0", "a/" * 32])
def test_only_digests_name_files(tmp_path: Path, digest: str) -> None:
    with pytest.raises(LandingError):
        Landing(tmp_path).read(digest)
