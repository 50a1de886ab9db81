"""A reader sees the old release or the new one; whatever happens to the publisher."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from humas.errors import SistemError
from humas.publish import release
from humas.publish.release import Panggung

LAMA = {"index.html": b"lama", "satker/33.74.html": b"satu", "laporan/HT-E1.pdf": b"%PDF lama"}


def publish(root: Path, isi: dict[str, bytes], nama: str = "jalan") -> Path:
    panggung = release.stage(root, "kpu", "2026-TW3", nama)
    release.write_pages(panggung, isi.items())
    return release.switch(panggung)


def contents(tautan: Path) -> dict[str, bytes]:
    return {nama: (tautan / nama).read_bytes() for nama in release.files_of(tautan)}


def leftovers(root: Path) -> list[str]:
    return sorted(p.name for p in (root / ".rilis/kpu/2026-TW3").iterdir())


def test_first_release_stands_behind_a_relative_link(tmp_path):
    tautan = publish(tmp_path, LAMA)
    assert tautan == tmp_path / "kpu/2026-TW3"
    assert not tautan.readlink().is_absolute()
    assert contents(tautan) == LAMA


def test_site_may_be_moved_as_a_whole(tmp_path):
    publish(tmp_path / "a", LAMA)
    (tmp_path / "a").rename(tmp_path / "b c")
    assert contents(tmp_path / "b c/kpu/2026-TW3") == LAMA


def test_a_draft_shares_no_file_with_what_is_published(tmp_path):
    publish(tmp_path, LAMA)
    dulu = (tmp_path / "kpu/2026-TW3").resolve()
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "dua")
    assert {(panggung.folder / nama).stat().st_nlink for nama in LAMA} == {1}
    with (panggung.folder / "laporan/HT-E1.pdf").open("r+b") as berkas:
        berkas.write(b"kecelakaan")
    assert contents(dulu) == LAMA
    (panggung.folder / "laporan/HT-E1.pdf").write_bytes(LAMA["laporan/HT-E1.pdf"])
    assert release.write_pages(panggung, [("index.html", b"baru"), ("satker/33.74.html", b"satu")]) == 1
    tautan = release.switch(panggung)
    assert contents(dulu) == LAMA
    assert contents(tautan) == LAMA | {"index.html": b"baru"}


def test_links_and_pipes_that_somebody_laid_into_a_release_are_not_taken_over(tmp_path):
    tautan = publish(tmp_path, LAMA)
    (tmp_path / "rahasia").write_text("rahasia")
    (tautan / "laporan/HT-E2.pdf").symlink_to(tmp_path / "rahasia")
    os.mkfifo(tautan / "laporan/pipa")
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "dua")
    assert contents(panggung.folder) == LAMA


def test_earlier_editions_stay_while_stale_pages_go(tmp_path):
    publish(tmp_path, LAMA)
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "dua")
    release.keep_only(panggung, ["index.html"])
    assert set(contents(release.switch(panggung))) == {"index.html", "laporan/HT-E1.pdf"}


def test_only_the_release_before_is_kept(tmp_path):
    for nomor in range(4):
        publish(tmp_path, {"index.html": str(nomor).encode()}, f"jalan{nomor}")
    assert leftovers(tmp_path) == ["r0003-jalan2", "r0004-jalan3"]


def test_draft_of_the_same_name_begins_anew(tmp_path):
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "jalan")
    release.write_pages(panggung, [("sisa.html", b"x")])
    publish(tmp_path, LAMA, "jalan")
    assert contents(tmp_path / "kpu/2026-TW3") == LAMA


def test_run_ids_become_safe_names(tmp_path):
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "manual__2026-10-15T05:12:00+00:00/../x")
    assert panggung.folder.parent == panggung.kumpulan


def test_switching_twice_is_harmless(tmp_path):
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "jalan")
    release.write_pages(panggung, LAMA.items())
    release.switch(panggung)
    kini = release.current(tmp_path, "kpu", "2026-TW3")
    release.switch(panggung)
    assert release.current(tmp_path, "kpu", "2026-TW3") == kini


def test_same_run_may_publish_again(tmp_path):
    publish(tmp_path, LAMA, "jalan")
    publish(tmp_path, LAMA | {"index.html": b"baru"}, "jalan")
    assert (tmp_path / "kpu/2026-TW3/index.html").read_bytes() == b"baru"


def test_overtaken_draft_is_refused_with_a_remedy(tmp_path):
    lambat = release.stage(tmp_path, "kpu", "2026-TW3", "lambat")
    publish(tmp_path, LAMA, "cepat")
    with pytest.raises(SistemError) as galat:
        release.switch(lambat)
    assert galat.value.kode == "terbitan_berubah"
    assert contents(tmp_path / "kpu/2026-TW3") == LAMA


@pytest.mark.parametrize("nama", ["../luar.html", "/etc/luar", "a/../../luar", ""])
def test_names_that_lead_out_are_refused(tmp_path, nama):
    panggung = release.stage(tmp_path / "t", "kpu", "2026-TW3", "jalan")
    with pytest.raises(SistemError, match="keluar dari folder"):
        release.write_pages(panggung, [(nama, b"x")])
    assert not list(tmp_path.rglob("luar*"))


@pytest.mark.parametrize(
    ("nomor", "kode"), [(errno.ENOSPC, "disk_penuh"), (errno.EROFS, "tidak_dapat_menulis"), (errno.EIO, "terbit_gagal")]
)
def test_refusing_disk_leaves_the_old_site_and_gives_space_back(tmp_path, monkeypatch, nomor, kode):
    publish(tmp_path, LAMA)
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "dua")

    def refuse(self: Path, data: bytes) -> int:
        raise OSError(nomor, os.strerror(nomor), str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(SistemError) as galat:
        release.write_pages(panggung, [("index.html", b"baru")])
    assert galat.value.kode == kode
    assert "Terbitan lama tetap utuh" in galat.value.pesan
    assert contents(tmp_path / "kpu/2026-TW3") == LAMA
    assert not panggung.folder.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_says_who_must_act(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(SistemError) as galat:
        release.stage(tmp_path, "kpu", "2026-TW3", "jalan")
    assert galat.value.kode == "tidak_dapat_menulis"


def test_front_page_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    tujuan = tmp_path / "index.html"
    assert release.write_whole(tujuan, b"lama")
    assert not release.write_whole(tujuan, b"lama")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "penuh", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SistemError):
        release.write_whole(tujuan, b"baru")
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]
    assert tujuan.read_bytes() == b"lama"


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _publish_and_die(root: Path, tempat: str) -> None:
    setattr(release, tempat, _die)
    publish(root, LAMA | {"index.html": b"baru"}, "mati")


@pytest.mark.parametrize(
    ("tempat", "terlihat"),
    [("_copy_tree", b"lama"), ("_replace", b"lama"), ("_settle", b"lama"), ("_point", b"lama"), ("_prune", b"baru")],
)
def test_killed_publisher_leaves_a_whole_site_and_the_next_one_goes_on(tmp_path, tempat, terlihat):
    publish(tmp_path, LAMA, "awal")
    proses = multiprocessing.get_context("fork").Process(target=_publish_and_die, args=(tmp_path, tempat))
    proses.start()
    proses.join(20)
    assert proses.exitcode == -signal.SIGKILL
    assert contents(tmp_path / "kpu/2026-TW3") == LAMA | {"index.html": terlihat}
    publish(tmp_path, LAMA | {"index.html": b"berikut"}, "berikut")
    assert contents(tmp_path / "kpu/2026-TW3") == LAMA | {"index.html": b"berikut"}
    assert len(leftovers(tmp_path)) == 2


def test_switch_resumes_what_a_killed_publisher_had_renamed(tmp_path, monkeypatch):
    publish(tmp_path, LAMA, "awal")
    panggung = release.stage(tmp_path, "kpu", "2026-TW3", "dua")
    release.write_pages(panggung, [("index.html", b"baru")])
    with monkeypatch.context() as tambal:
        tambal.setattr(release, "_point", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            release.switch(panggung)
    release.switch(Panggung(**{nama: getattr(panggung, nama) for nama in Panggung.__slots__}))
    assert (tmp_path / "kpu/2026-TW3/index.html").read_bytes() == b"baru"


def test_readers_never_miss_the_site_while_publishers_race(tmp_path):
    publish(tmp_path, {"index.html": b"0" * 9000}, "awal")
    terbaca: list[set[str]] = []
    selesai = threading.Event()

    def read() -> None:
        while not selesai.is_set():
            terbaca.append(set((tmp_path / "kpu/2026-TW3/index.html").read_bytes().decode()))

    def write(nama: str) -> None:
        for nomor in range(5):
            with release.exclusive(tmp_path, "kpu", "antre"):
                publish(tmp_path, {"index.html": str(nomor).encode() * 9000}, f"{nama}{nomor}")

    pembaca = threading.Thread(target=read)
    penulis = [threading.Thread(target=write, args=(nama,)) for nama in "ab"]
    for utas in (pembaca, *penulis):
        utas.start()
    for utas in penulis:
        utas.join(30)
    masih_membaca = pembaca.is_alive()
    selesai.set()
    pembaca.join(5)
    assert masih_membaca, "the reader met a missing file"
    assert {len(isi) for isi in terbaca} == {1}


def test_second_publisher_waits_then_says_why(tmp_path):
    with release.exclusive(tmp_path, "kpu", "2026-TW3"):
        with pytest.raises(SistemError) as galat, release.exclusive(tmp_path, "kpu", "2026-TW3", tunggu_detik=0.1):
            raise AssertionError("two publishers at once")
        assert galat.value.kode == "sedang_terbit"
    with release.exclusive(tmp_path, "kpu", "2026-TW3", tunggu_detik=0.1):
        pass
