"""A reader sees the old release or the new one; whatever happens to the publisher."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.publish import release
from humas.publish.release import Stage
from humas.registry import Cycle

OLD = {"index.html": b"lama", "satker/33.74.html": b"satu", "laporan/HT-E1.pdf": b"%PDF lama"}


def publish(root: Path, content: dict[str, bytes], name: str = "jalan") -> Path:
    stage = release.stage(root, Cycle("kpu", "2026-TW3"), name)
    release.write_pages(stage, content.items())
    return release.switch(stage)


def contents(link: Path) -> dict[str, bytes]:
    return {name: (link / name).read_bytes() for name in release.files_of(link)}


def leftovers(root: Path) -> list[str]:
    return sorted(p.name for p in (root / ".rilis/kpu/2026-TW3").iterdir())


def test_first_release_stands_behind_a_relative_link(tmp_path):
    link = publish(tmp_path, OLD)
    assert link == tmp_path / "kpu/2026-TW3"
    assert not link.readlink().is_absolute()
    assert contents(link) == OLD


def test_site_may_be_moved_as_a_whole(tmp_path):
    publish(tmp_path / "a", OLD)
    (tmp_path / "a").rename(tmp_path / "b c")
    assert contents(tmp_path / "b c/kpu/2026-TW3") == OLD


def test_a_draft_shares_no_file_with_what_is_published(tmp_path):
    publish(tmp_path, OLD)
    earlier = (tmp_path / "kpu/2026-TW3").resolve()
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "dua")
    assert {(stage.folder / name).stat().st_nlink for name in OLD} == {1}
    with (stage.folder / "laporan/HT-E1.pdf").open("r+b") as file:
        file.write(b"kecelakaan")
    assert contents(earlier) == OLD
    (stage.folder / "laporan/HT-E1.pdf").write_bytes(OLD["laporan/HT-E1.pdf"])
    assert release.write_pages(stage, [("index.html", b"baru"), ("satker/33.74.html", b"satu")]) == 1
    link = release.switch(stage)
    assert contents(earlier) == OLD
    assert contents(link) == OLD | {"index.html": b"baru"}


def test_links_and_pipes_that_somebody_laid_into_a_release_are_not_taken_over(tmp_path):
    link = publish(tmp_path, OLD)
    (tmp_path / "rahasia").write_text("rahasia")
    (link / "laporan/HT-E2.pdf").symlink_to(tmp_path / "rahasia")
    os.mkfifo(link / "laporan/pipa")
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "dua")
    assert contents(stage.folder) == OLD


def test_earlier_editions_stay_while_stale_pages_go(tmp_path):
    publish(tmp_path, OLD)
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "dua")
    release.keep_only(stage, ["index.html"])
    assert set(contents(release.switch(stage))) == {"index.html", "laporan/HT-E1.pdf"}


def test_only_the_release_before_is_kept(tmp_path):
    for number in range(4):
        publish(tmp_path, {"index.html": str(number).encode()}, f"jalan{number}")
    assert leftovers(tmp_path) == ["r0003-jalan2", "r0004-jalan3"]


def test_draft_of_the_same_name_begins_anew(tmp_path):
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "jalan")
    release.write_pages(stage, [("sisa.html", b"x")])
    publish(tmp_path, OLD, "jalan")
    assert contents(tmp_path / "kpu/2026-TW3") == OLD


def test_run_ids_become_safe_names(tmp_path):
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "manual__2026-10-15T05:12:00+00:00/../x")
    assert stage.folder.parent == stage.kumpulan


def test_switching_twice_is_harmless(tmp_path):
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "jalan")
    release.write_pages(stage, OLD.items())
    release.switch(stage)
    now = release.current(tmp_path, Cycle("kpu", "2026-TW3"))
    release.switch(stage)
    assert release.current(tmp_path, Cycle("kpu", "2026-TW3")) == now


def test_same_run_may_publish_again(tmp_path):
    publish(tmp_path, OLD, "jalan")
    publish(tmp_path, OLD | {"index.html": b"baru"}, "jalan")
    assert (tmp_path / "kpu/2026-TW3/index.html").read_bytes() == b"baru"


def test_overtaken_draft_is_refused_with_a_remedy(tmp_path):
    slow = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "lambat")
    publish(tmp_path, OLD, "cepat")
    with pytest.raises(OperatorError) as error:
        release.switch(slow)
    assert error.value.code == "terbitan_berubah"
    assert contents(tmp_path / "kpu/2026-TW3") == OLD


@pytest.mark.parametrize("name", ["../luar.html", "/etc/luar", "a/../../luar", ""])
def test_names_that_lead_out_are_refused(tmp_path, name):
    stage = release.stage(tmp_path / "t", Cycle("kpu", "2026-TW3"), "jalan")
    with pytest.raises(OperatorError, match="keluar dari folder"):
        release.write_pages(stage, [(name, b"x")])
    assert not list(tmp_path.rglob("luar*"))


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_penuh"), (errno.EROFS, "tidak_dapat_menulis"), (errno.EIO, "terbit_gagal")],
)
def test_refusing_disk_leaves_the_old_site_and_gives_space_back(tmp_path, monkeypatch, number, code):
    publish(tmp_path, OLD)
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "dua")

    def refuse(self: Path, data: bytes) -> int:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OperatorError) as error:
        release.write_pages(stage, [("index.html", b"baru")])
    assert error.value.code == code
    assert "Terbitan lama tetap utuh" in error.value.message
    assert contents(tmp_path / "kpu/2026-TW3") == OLD
    assert not stage.folder.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_says_who_must_act(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(OperatorError) as error:
        release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "jalan")
    assert error.value.code == "tidak_dapat_menulis"


def test_front_page_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "index.html"
    assert release.write_whole(target, b"lama")
    assert not release.write_whole(target, b"lama")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "penuh", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OperatorError):
        release.write_whole(target, b"baru")
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]
    assert target.read_bytes() == b"lama"


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _publish_and_die(root: Path, place: str) -> None:
    setattr(release, place, _die)
    publish(root, OLD | {"index.html": b"baru"}, "mati")


@pytest.mark.parametrize(
    ("place", "visible"),
    [("_copy_tree", b"lama"), ("_replace", b"lama"), ("_settle", b"lama"), ("_point", b"lama"), ("_prune", b"baru")],
)
def test_killed_publisher_leaves_a_whole_site_and_the_next_one_goes_on(tmp_path, place, visible):
    publish(tmp_path, OLD, "awal")
    process = multiprocessing.get_context("fork").Process(target=_publish_and_die, args=(tmp_path, place))
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGKILL
    assert contents(tmp_path / "kpu/2026-TW3") == OLD | {"index.html": visible}
    publish(tmp_path, OLD | {"index.html": b"berikut"}, "berikut")
    assert contents(tmp_path / "kpu/2026-TW3") == OLD | {"index.html": b"berikut"}
    assert len(leftovers(tmp_path)) == 2


def test_switch_resumes_what_a_killed_publisher_had_renamed(tmp_path, monkeypatch):
    publish(tmp_path, OLD, "awal")
    stage = release.stage(tmp_path, Cycle("kpu", "2026-TW3"), "dua")
    release.write_pages(stage, [("index.html", b"baru")])
    with monkeypatch.context() as patch:
        patch.setattr(release, "_point", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            release.switch(stage)
    release.switch(Stage(**{name: getattr(stage, name) for name in Stage.__slots__}))
    assert (tmp_path / "kpu/2026-TW3/index.html").read_bytes() == b"baru"


def test_readers_never_miss_the_site_while_publishers_race(tmp_path):
    publish(tmp_path, {"index.html": b"0" * 9000}, "awal")
    readings: list[set[str]] = []
    end = threading.Event()

    def read() -> None:
        while not end.is_set():
            readings.append(set((tmp_path / "kpu/2026-TW3/index.html").read_bytes().decode()))

    def write(name: str) -> None:
        for number in range(5):
            with release.exclusive(tmp_path, "kpu antre"):
                publish(tmp_path, {"index.html": str(number).encode() * 9000}, f"{name}{number}")

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join(30)
    still_reading = reader.is_alive()
    end.set()
    reader.join(5)
    assert still_reading, "the reader met a missing file"
    assert {len(content) for content in readings} == {1}


def test_second_publisher_waits_then_says_why(tmp_path):
    with release.exclusive(tmp_path, str(Cycle("kpu", "2026-TW3"))):
        with (
            pytest.raises(OperatorError) as error,
            release.exclusive(tmp_path, str(Cycle("kpu", "2026-TW3")), wait_seconds=0.1),
        ):
            raise AssertionError("two publishers at once")
        assert error.value.code == "sedang_terbit"
    with release.exclusive(tmp_path, str(Cycle("kpu", "2026-TW3")), wait_seconds=0.1):
        pass
