"""A backup is whole, private and checked; restoring it touches nothing before that, and removes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import tarfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from humas.backup import make, make_backup, restore
from humas.backup.archive import MANIFEST
from humas.backup.make import REMEMBERED
from humas.errors import SistemError
from humas.giliran import raw_bytes_kept, turn
from humas.landing import Landing
from humas.landing.model import HasilSatker
from humas.publish.release import RILIS, stage, switch, write_pages
from humas.settings import Settings
from humas.warehouse import migrate
from humas.warehouse.gudang import Gudang, open_url

from tests.command.panggilan import call
from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, attempt, submission

pytestmark = pytest.mark.mesin

SECRET = "rahasia-sekali"
ENVIRONMENT = {
    "HUMAS_TENGGAT": "5,10,15,5",
    "HUMAS_KABAR": f"smtp://humas:{SECRET}@surel:587?dari=a@b&ke=c@d",
    "HUMAS_TOKEN_SFTP": SECRET,
    "HUMAS_DATABASE_URL": f"postgresql://u:{SECRET}@h/d",
}


def raw(n: int) -> bytes:
    return f"berkas {n}".encode() * n


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """An installation that has collected five files, published two quarters, and holds a secret; made once."""
    home = tmp_path_factory.mktemp("templat") / "keadaan"
    (home / "airflow").mkdir(parents=True)
    (home / "airflow" / "rahasia.json").write_text(SECRET)
    (home / "galat").mkdir(mode=0o700)
    (home / "galat" / "33.74.txt").write_text("ValueError")
    landing = Landing(home / "landing")
    for n in range(5):
        landing.store(raw(n))
        landing.arrive(AWAL)
    gudang = open_url(f"sqlite:///{home / 'gudang.db'}")
    for n in range(5):
        note_raw(gudang, n)
    gudang.close()
    for periode in ("2026-TW2", "2026-TW3"):
        publish(home, periode, "pertama")
        publish(home, periode, "kedua")
    (home / "terbitan" / "index.html").write_text("depan")
    return home


@pytest.fixture
def settings(tmp_path: Path, template: Path) -> Settings:
    """A copy of the template, with a register file of its own."""
    home = Path(shutil.copytree(template, tmp_path / "keadaan", symlinks=True))
    register = tmp_path / "register.csv"
    register.write_text("lembaga,kode_satker,jenis,alamat\nkpu,33.74,berkas,33.74\n")
    return Settings(home, f"sqlite:///{home / 'gudang.db'}", registry_file=register)


def note_raw(gudang: Gudang, n: int) -> None:
    satu = submission("33.74", str(n))
    berkas = replace(satu.berkas[0], sidik=hashlib.sha256(raw(n)).hexdigest())
    gudang.record_collection([HasilSatker("33.74", (attempt("33.74"),), None, (berkas,))])


def publish(home: Path, periode: str, isi: str) -> None:
    draf = stage(home / "terbitan", "kpu", periode, isi)
    write_pages(draf, [("index.html", isi.encode()), ("laporan/a.pdf", b"%PDF-1.7 tetap")])
    switch(draf)


def backup(settings: Settings, tmp_path: Path) -> Path:
    return Path(make_backup(settings, tmp_path / "luar", ENVIRONMENT).arsip)


def tree(home: Path) -> dict[str, tuple[int, bytes | str]]:
    """Everything below a folder: rights and content, or where a link leads."""
    return {
        p.relative_to(home).as_posix(): (
            p.lstat().st_mode,
            str(p.readlink()) if p.is_symlink() else p.read_bytes() if p.is_file() else b"",
        )
        for p in home.rglob("*")
    }


def names(arsip: Path) -> list[str]:
    with tarfile.open(arsip) as tar:
        return tar.getnames()


def test_what_comes_back_is_what_was_there(settings, tmp_path):
    arsip = backup(settings, tmp_path)
    hasil = restore(arsip, tmp_path / "baru")
    lama, baru = tree(settings.home), tree(tmp_path / "baru")
    for bagian in ("landing/", "terbitan/", "galat/"):
        harap = {nama: isi for nama, isi in lama.items() if nama.startswith(bagian) and not nama.endswith(".kunci")}
        harap = {nama: isi for nama, isi in harap.items() if "-pertama" not in nama}  # the release before is not kept
        assert {nama: isi for nama, isi in baru.items() if nama.startswith(bagian)} == harap
    assert (tmp_path / "baru/terbitan/kpu/2026-TW3/index.html").read_text() == "kedua"
    assert (hasil.hilang, hasil.rusak, hasil.disisihkan) == ((), (), "")
    assert sorted(p.name for p in (tmp_path / "baru").iterdir()) == [
        "galat",
        "gudang.db",
        "landing",
        "pengaturan",
        "terbitan",
    ]
    with open_url(f"sqlite:///{tmp_path / 'baru/gudang.db'}") as gudang:
        assert len(gudang.recorded_raw([hashlib.sha256(raw(n)).hexdigest() for n in range(5)])) == 5
        with gudang.engine.connect() as koneksi:
            assert koneksi.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_times_of_raw_files_come_back(settings, tmp_path):
    sidik = hashlib.sha256(raw(1)).hexdigest()
    os.utime(Landing(settings.landing).path(sidik), (1_700_000_000, 1_700_000_000))
    restore(backup(settings, tmp_path), tmp_path / "baru")
    assert Landing(tmp_path / "baru/landing").stored()[sidik] == 1_700_000_000


def test_the_archive_is_private_and_holds_no_secret(settings, tmp_path):
    arsip = backup(settings, tmp_path)
    assert arsip.stat().st_mode & 0o777 == 0o600
    assert SECRET.encode() not in arsip.read_bytes()
    with tarfile.open(arsip) as tar:
        lingkungan = tar.extractfile("pengaturan/humas.env").read().decode()
    assert lingkungan == "HUMAS_KABAR=smtp://humas:…@surel:587?dari=a@b&ke=c@d\nHUMAS_TENGGAT=5,10,15,5\n"
    assert "pengaturan/register.csv" in names(arsip)
    assert list(arsip.parent.iterdir()) == [arsip]


def test_every_setting_but_places_and_secrets_is_remembered():
    sumber = Path(__file__).parents[2] / "include/humas/settings.py"
    nama = set(re.findall(r'"(HUMAS_[A-Z_]+)"', sumber.read_text(encoding="utf-8")))
    assert nama - {"HUMAS_HOME", "HUMAS_DATABASE_URL"} == set(REMEMBERED)


def test_unpacked_by_hand_it_is_an_installation(settings, tmp_path):
    arsip = backup(settings, tmp_path)
    with tarfile.open(arsip) as tar:
        tar.extractall(tmp_path / "tangan", filter="data")
    assert (tmp_path / "tangan/terbitan/kpu/2026-TW2/index.html").read_text() == "kedua"


def test_the_same_state_gives_the_same_members_in_the_same_order(settings, tmp_path):
    satu = Path(make_backup(settings, tmp_path / "satu.tar", ENVIRONMENT).arsip)
    dua = Path(make_backup(settings, tmp_path / "dua.tar", ENVIRONMENT).arsip)
    assert names(satu) == names(dua)
    assert names(satu)[-1] == MANIFEST


def test_raw_files_that_were_lost_or_damaged_before_are_told(settings, tmp_path):
    landing = Landing(settings.landing)
    hilang, rusak = (hashlib.sha256(raw(n)).hexdigest() for n in (2, 3))
    landing.path(hilang).unlink()
    landing.path(rusak).write_bytes(b"lain")
    hasil = make_backup(settings, tmp_path / "luar", {})
    assert (hasil.hilang, hasil.rusak) == ((hilang,), (rusak,))
    kembali = restore(Path(hasil.arsip), tmp_path / "baru")
    assert (kembali.hilang, kembali.rusak) == ((hilang,), (rusak,))


def test_retention_waits_for_a_backup(settings):
    from humas.context import open_konteks
    from humas.rawfiles import remove_expired

    k, selesai = open_konteks(replace(settings, registry_file=None)), threading.Event()

    def clean() -> None:
        remove_expired(k)
        selesai.set()

    with raw_bytes_kept(settings.home):
        utas = threading.Thread(target=clean)
        utas.start()
        assert not selesai.wait(0.3)
    utas.join(60)
    assert selesai.is_set()


def test_a_killed_backup_leaves_nothing_that_looks_like_one(settings, tmp_path):
    pid = os.fork()
    if not pid:
        kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
        make_backup(settings, tmp_path / "luar", {}, kill)
        os._exit(0)
    os.waitpid(pid, 0)
    assert not list((tmp_path / "luar").glob("cadangan-*.tar"))
    assert list(settings.home.glob(".cadangan-*"))
    backup(settings, tmp_path)
    assert not list(settings.home.glob(".cadangan-*"))


@pytest.mark.parametrize("tujuan", ["keadaan/landing", "keadaan/terbitan/x.tar", "ada.tar"])
def test_a_target_inside_what_is_copied_or_already_there_is_refused(settings, tmp_path, tujuan):
    (tmp_path / "ada.tar").touch()
    with pytest.raises(SistemError) as galat:
        make_backup(settings, tmp_path / tujuan, {})
    assert galat.value.kode == "tujuan_cadangan_salah"


@pytest.mark.parametrize(
    ("url", "kode", "sebut"),
    [
        ("postgresql://u@h/d", "cadangan_postgresql", "pg_dump"),
        ("sqlite:////tidak/ada/gudang.db", "gudang_tidak_ada", "HUMAS_HOME"),
    ],
    ids=["postgresql", "none"],
)
def test_a_warehouse_that_cannot_be_copied_is_one_clear_line(settings, tmp_path, url, kode, sebut):
    with pytest.raises(SistemError) as galat:
        make_backup(replace(settings, database_url=url), tmp_path / "luar", {})
    assert galat.value.kode == kode
    assert sebut in galat.value.cara


def test_a_damaged_warehouse_is_not_backed_up(settings, tmp_path):
    berkas = settings.home / "gudang.db"
    isi = bytearray(berkas.read_bytes())
    isi[8192:16384] = b"\xff" * 8192
    berkas.write_bytes(isi)
    with pytest.raises(SistemError) as galat:
        backup(settings, tmp_path)
    assert galat.value.kode == "gudang_rusak"
    assert list((tmp_path / "luar").iterdir()) == []


def test_a_release_that_is_dropped_while_room_is_looked_for_is_no_trouble(settings, tmp_path, monkeypatch):
    old = settings.published / RILIS / "kpu" / "2026-TW3" / "lama" / "index.html"
    old.parent.mkdir()
    old.write_text("lama")

    def dropping(*arguments):
        for path in files(*arguments):
            if path == old:
                old.unlink()
            yield path

    files = make._files
    monkeypatch.setattr(make, "_files", dropping)
    assert make_backup(settings, tmp_path / "luar", {}).hilang == ()
    assert not old.exists()


def test_no_room_is_said_before_anything_is_written(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(SistemError) as galat:
        backup(settings, tmp_path)
    assert galat.value.kode == "disk_penuh"
    assert list((tmp_path / "luar").iterdir()) == []


# --- restoring what somebody altered ---


def rebuilt(arsip: Path, change) -> Path:
    """The archive with its entries changed: ``change`` takes and gives name → (entry, bytes), in order."""
    with tarfile.open(arsip) as tar:
        isi = {e.name: (e, tar.extractfile(e).read() if e.isreg() else b"") for e in tar}
    baru = arsip.with_name("diubah.tar")
    with tarfile.open(baru, "w", format=tarfile.PAX_FORMAT) as tar:
        for entry, data in change(isi):
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return baru


def listed(isi, tambah: dict[str, bytes] = {}, tautan: dict[str, str] = {}):  # noqa: B006
    """Members with more, which the manifest lists, as a forger would."""
    entry, data = isi[MANIFEST]
    manifes = json.loads(data)
    for nama, baru in tambah.items():
        manifes["berkas"][nama] = {"ukuran": len(baru), "sha256": hashlib.sha256(baru).hexdigest()}
    manifes["tautan"] |= tautan
    yield from (satu for nama, satu in isi.items() if nama != MANIFEST)
    for nama, baru in tambah.items():
        yield tarfile.TarInfo(nama), baru
    for nama, tujuan in tautan.items():
        link = tarfile.TarInfo(nama)
        link.type, link.linkname = tarfile.SYMTYPE, tujuan
        yield link, b""
    yield entry, json.dumps(manifes).encode()


def altered(isi):
    for nama, (entry, data) in isi.items():
        yield entry, b"z" * len(data) if nama.startswith("landing/") and len(data) > 5 else data


def hard_link(isi):
    link = tarfile.TarInfo("landing/x")
    link.type, link.linkname = tarfile.LNKTYPE, "/etc/passwd"
    yield link, b""
    yield from isi.values()


def of_version(isi, **ubah):
    entry, data = isi[MANIFEST]
    yield from (satu for nama, satu in isi.items() if nama != MANIFEST)
    yield entry, json.dumps(json.loads(data) | ubah).encode()


CHANGES = {
    "a byte of a member": (altered, "cadangan_rusak"),
    "a member that is not listed": (
        lambda isi: [(tarfile.TarInfo("landing/x"), b"x"), *isi.values()],
        "cadangan_rusak",
    ),
    "a member is missing": (lambda isi: list(isi.values())[1:], "cadangan_rusak"),
    "the manifest is missing": (lambda isi: list(isi.values())[:-1], "cadangan_rusak"),
    "a member twice": (lambda isi: [isi["gudang.db"], *isi.values()], "cadangan_rusak"),
    "climbs out": (lambda isi: listed(isi, {"landing/../../jahat": b"x"}), "cadangan_rusak"),
    "absolute": (lambda isi: listed(isi, {"/tmp/jahat-cadangan": b"x"}), "cadangan_rusak"),
    "another folder of the installation": (lambda isi: listed(isi, {"airflow/rahasia.json": b"x"}), "cadangan_rusak"),
    "a link elsewhere": (lambda isi: listed(isi, {}, {"terbitan/kpu/2026-TW1": "/etc"}), "cadangan_rusak"),
    "a link that climbs": (
        lambda isi: listed(isi, {}, {"terbitan/kpu/2026-TW1": "../.rilis/kpu/2026-TW1/.."}),
        "cadangan_rusak",
    ),
    "a link at another place": (
        lambda isi: listed(isi, {}, {"landing/a": "../.rilis/kpu/2026-TW3/r0001-a"}),
        "cadangan_rusak",
    ),
    "a file below a link": (
        lambda isi: listed(
            isi, {"terbitan/kpu/2026-TW1/x": b"x"}, {"terbitan/kpu/2026-TW1": "../.rilis/kpu/2026-TW1/r"}
        ),
        "cadangan_rusak",
    ),
    "a hard link": (hard_link, "cadangan_rusak"),
    "a newer schema": (lambda isi: of_version(isi, skema="9999"), "cadangan_lebih_baru"),
    "a newer form": (lambda isi: of_version(isi, versi=2), "cadangan_lebih_baru"),
    "a manifest that is none": (lambda isi: of_version(isi, berkas=[]), "cadangan_rusak"),
}


@pytest.mark.parametrize(("change", "kode"), CHANGES.values(), ids=CHANGES.keys())
def test_an_altered_archive_is_refused_before_anything_is_touched(settings, tmp_path, change, kode):
    arsip = rebuilt(backup(settings, tmp_path), change)
    sebelum = tree(tmp_path)
    with pytest.raises(SistemError) as galat:
        restore(arsip, settings.home, replace=True)
    assert galat.value.kode == kode
    assert tree(tmp_path) == sebelum
    assert not Path("/tmp/jahat-cadangan").exists()


@pytest.mark.parametrize("sisa", [0, 100, 0.5, 0.9])
def test_a_cut_archive_is_refused(settings, tmp_path, sisa):
    arsip = backup(settings, tmp_path)
    panjang = int(sisa if sisa >= 1 else arsip.stat().st_size * sisa)
    os.truncate(arsip, panjang)
    with pytest.raises(SistemError, match="tidak utuh"):
        restore(arsip, tmp_path / "baru")
    assert not (tmp_path / "baru").exists()


@pytest.mark.parametrize("ada", ["none", "folder"])
def test_what_is_no_file_is_said_so(tmp_path, ada):
    if ada == "folder":
        (tmp_path / "x.tar").mkdir()
    with pytest.raises(SistemError) as galat:
        restore(tmp_path / "x.tar", tmp_path / "baru")
    assert galat.value.kode == "cadangan_tak_terbaca"


def test_a_folder_that_holds_something_is_set_aside_only_when_asked(settings, tmp_path):
    arsip = backup(settings, tmp_path)
    (settings.home / "baru.txt").write_text("sesudah cadangan")
    sebelum = tree(settings.home)
    with pytest.raises(SistemError) as galat:
        restore(arsip, settings.home)
    assert galat.value.kode == "folder_tidak_kosong"
    assert tree(settings.home) == sebelum
    hasil = restore(arsip, settings.home, replace=True)
    assert tree(Path(hasil.disisihkan)) == sebelum
    assert not (settings.home / "baru.txt").exists()
    assert (settings.home / "landing").is_dir()


def test_an_installation_at_work_is_not_replaced(settings, tmp_path):
    arsip = backup(settings, tmp_path)
    with turn(settings.home, "kpu", "2026-TW3"), pytest.raises(SistemError) as galat:
        restore(arsip, settings.home, replace=True)
    assert galat.value.kode == "sedang_dikerjakan"


def test_a_backup_of_an_older_schema_migrates_at_its_first_opening(settings, tmp_path, monkeypatch):
    with monkeypatch.context() as dulu:
        dulu.setattr(migrate, "HEAD", "0002")
        (settings.home / "gudang.db").unlink()
        open_url(settings.database_url).close()
        arsip = backup(settings, tmp_path)
    hasil = restore(arsip, tmp_path / "baru")
    assert hasil.skema == "0002"
    with open_url(f"sqlite:///{tmp_path / 'baru/gudang.db'}") as gudang:
        assert gudang.kiriman(LEMBAGA, PERIODE) == []
    with sqlite3.connect(tmp_path / "baru/gudang.db") as koneksi:
        assert koneksi.execute("SELECT version_num FROM operasi_alembic").fetchone() == (migrate.HEAD,)


# --- the commands ---


@pytest.fixture
def commands(settings, monkeypatch):
    monkeypatch.setenv("HUMAS_HOME", str(settings.home))
    monkeypatch.delenv("HUMAS_DATABASE_URL", raising=False)
    return call


def test_commands_for_people(commands, settings, tmp_path):
    jawab = commands("cadangkan", tmp_path / "luar")
    assert (jawab.kode, jawab.galat) == (0, "")
    assert "Tidak ikut: airflow, giliran." in jawab.keluar
    (arsip,) = (tmp_path / "luar").iterdir()
    assert hashlib.sha256(arsip.read_bytes()).hexdigest() in jawab.keluar
    tolak = commands("pulihkan", arsip)
    assert (tolak.kode, tolak.galat.count("\n")) == (3, 1)
    assert "tambahkan --ganti" in tolak.galat
    assert commands("pulihkan", arsip, "--ganti").kode == 0
    assert commands("pulihkan", arsip, "--ke", tmp_path / "lain").kode == 0
    assert tree(tmp_path / "lain") == tree(settings.home)


def test_lost_raw_files_need_people(commands, settings, tmp_path):
    Landing(settings.landing).path(hashlib.sha256(raw(2)).hexdigest()).unlink()
    jawab = commands("cadangkan", tmp_path / "luar")
    assert jawab.kode == 1
    assert "1 berkas mentah hilang sejak sebelum dicadangkan" in jawab.keluar


def test_a_warehouse_elsewhere_is_not_restored_into_nowhere(commands, tmp_path, monkeypatch):
    monkeypatch.setenv("HUMAS_DATABASE_URL", "sqlite:////srv/gudang.db")
    jawab = commands("pulihkan", tmp_path / "x.tar")
    assert jawab.kode == 3
    assert "HUMAS_DATABASE_URL" in jawab.galat
