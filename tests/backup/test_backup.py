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
from humas.errors import OperatorError
from humas.installation.turns import raw_bytes_kept, turn
from humas.landing import Landing
from humas.landing.model import SatkerResult
from humas.publish.release import RELEASES, stage, switch, write_pages
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import migrate
from humas.warehouse.facade import Warehouse, open_url

from tests.cli.calls import call
from tests.warehouse.batches import LEMBAGA, PERIOD, START, attempt, submission

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
        landing.arrive(START)
    warehouse = open_url(f"sqlite:///{home / 'gudang.db'}")
    for n in range(5):
        note_raw(warehouse, n)
    warehouse.close()
    signed = home / "tte" / "kpu" / "2026-TW3"
    signed.mkdir(parents=True)
    (signed / "HT-KPU-33.74-2026TW3-E1.abc.pdf").write_bytes(b"%PDF-1.7 bertanda tangan")
    for period in ("2026-TW2", "2026-TW3", "2026"):
        publish(home, period, "pertama")
        publish(home, period, "kedua")
    (home / "terbitan" / "index.html").write_text("depan")
    return home


@pytest.fixture
def settings(tmp_path: Path, template: Path) -> Settings:
    """A copy of the template, with a register file of its own."""
    home = Path(shutil.copytree(template, tmp_path / "keadaan", symlinks=True))
    register = tmp_path / "register.csv"
    register.write_text("lembaga,kode_satker,jenis,alamat\nkpu,33.74,berkas,33.74\n")
    return Settings(home, f"sqlite:///{home / 'gudang.db'}", registry_file=register)


def note_raw(warehouse: Warehouse, n: int) -> None:
    one = submission("33.74", str(n))
    file = replace(one.berkas[0], sidik=hashlib.sha256(raw(n)).hexdigest())
    warehouse.record_collection([SatkerResult("33.74", (attempt("33.74"),), None, (file,))])


def publish(home: Path, period: str, content: str) -> None:
    draft = stage(home / "terbitan", Cycle("kpu", period), content)
    write_pages(draft, [("index.html", content.encode()), ("laporan/a.pdf", b"%PDF-1.7 tetap")])
    switch(draft)


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


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return tar.getnames()


def test_what_comes_back_is_what_was_there(settings, tmp_path):
    archive = backup(settings, tmp_path)
    result = restore(archive, tmp_path / "baru")
    old, new = tree(settings.home), tree(tmp_path / "baru")
    for parts in ("landing/", "terbitan/", "tte/", "galat/"):
        expected = {
            name: content for name, content in old.items() if name.startswith(parts) and not name.endswith(".kunci")
        }
        expected = {
            name: content for name, content in expected.items() if "-pertama" not in name
        }  # the release before is not kept
        assert {name: content for name, content in new.items() if name.startswith(parts)} == expected
    assert (tmp_path / "baru/terbitan/kpu/2026-TW3/index.html").read_text() == "kedua"
    assert (result.hilang, result.rusak, result.disisihkan) == ((), (), "")
    assert sorted(p.name for p in (tmp_path / "baru").iterdir()) == [
        "galat",
        "gudang.db",
        "landing",
        "pengaturan",
        "terbitan",
        "tte",
    ]
    with open_url(f"sqlite:///{tmp_path / 'baru/gudang.db'}") as warehouse:
        assert len(warehouse.recorded_raw([hashlib.sha256(raw(n)).hexdigest() for n in range(5)])) == 5
        with warehouse.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_times_of_raw_files_come_back(settings, tmp_path):
    digest = hashlib.sha256(raw(1)).hexdigest()
    os.utime(Landing(settings.landing).path(digest), (1_700_000_000, 1_700_000_000))
    restore(backup(settings, tmp_path), tmp_path / "baru")
    assert Landing(tmp_path / "baru/landing").stored()[digest] == 1_700_000_000


def test_the_archive_is_private_and_holds_no_secret(settings, tmp_path):
    archive = backup(settings, tmp_path)
    assert archive.stat().st_mode & 0o777 == 0o600
    assert SECRET.encode() not in archive.read_bytes()
    with tarfile.open(archive) as tar:
        environment = tar.extractfile("pengaturan/humas.env").read().decode()
    assert environment == "HUMAS_KABAR=smtp://humas:…@surel:587?dari=a@b&ke=c@d\nHUMAS_TENGGAT=5,10,15,5\n"
    assert "pengaturan/register.csv" in names(archive)
    assert list(archive.parent.iterdir()) == [archive]


def test_every_setting_but_places_and_secrets_is_remembered():
    source = Path(__file__).parents[2] / "include/humas/settings.py"
    name = set(re.findall(r'"(HUMAS_[A-Z_]+)"', source.read_text(encoding="utf-8")))
    assert name - {"HUMAS_HOME", "HUMAS_DATABASE_URL"} == set(REMEMBERED)


def test_unpacked_by_hand_it_is_an_installation(settings, tmp_path):
    archive = backup(settings, tmp_path)
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "tangan", filter="data")
    assert (tmp_path / "tangan/terbitan/kpu/2026-TW2/index.html").read_text() == "kedua"


def test_the_same_state_gives_the_same_members_in_the_same_order(settings, tmp_path):
    one = Path(make_backup(settings, tmp_path / "satu.tar", ENVIRONMENT).arsip)
    second = Path(make_backup(settings, tmp_path / "dua.tar", ENVIRONMENT).arsip)
    assert names(one) == names(second)
    assert names(one)[-1] == MANIFEST


def test_raw_files_that_were_lost_or_damaged_before_are_told(settings, tmp_path):
    landing = Landing(settings.landing)
    missing, broken = (hashlib.sha256(raw(n)).hexdigest() for n in (2, 3))
    landing.path(missing).unlink()
    landing.path(broken).write_bytes(b"lain")
    result = make_backup(settings, tmp_path / "luar", {})
    assert (result.hilang, result.rusak) == ((missing,), (broken,))
    returned = restore(Path(result.arsip), tmp_path / "baru")
    assert (returned.hilang, returned.rusak) == ((missing,), (broken,))


def test_retention_waits_for_a_backup(settings):
    from humas.installation.context import load_context
    from humas.pipeline.rawfiles import remove_expired

    k, end = load_context(replace(settings, registry_file=None)), threading.Event()

    def clean() -> None:
        remove_expired(k)
        end.set()

    with raw_bytes_kept(settings.home):
        thread = threading.Thread(target=clean)
        thread.start()
        assert not end.wait(0.3)
    thread.join(60)
    assert end.is_set()


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


@pytest.mark.parametrize("target", ["keadaan/landing", "keadaan/terbitan/x.tar", "ada.tar"])
def test_a_target_inside_what_is_copied_or_already_there_is_refused(settings, tmp_path, target):
    (tmp_path / "ada.tar").touch()
    with pytest.raises(OperatorError) as error:
        make_backup(settings, tmp_path / target, {})
    assert error.value.code == "tujuan_cadangan_salah"


@pytest.mark.parametrize(
    ("url", "code", "mention"),
    [
        ("postgresql://u@h/d", "cadangan_postgresql", "pg_dump"),
        ("sqlite:////tidak/ada/gudang.db", "gudang_tidak_ada", "HUMAS_HOME"),
    ],
    ids=["postgresql", "none"],
)
def test_a_warehouse_that_cannot_be_copied_is_one_clear_line(settings, tmp_path, url, code, mention):
    with pytest.raises(OperatorError) as error:
        make_backup(replace(settings, database_url=url), tmp_path / "luar", {})
    assert error.value.code == code
    assert mention in error.value.remedy


def test_a_damaged_warehouse_is_not_backed_up(settings, tmp_path):
    file = settings.home / "gudang.db"
    content = bytearray(file.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    file.write_bytes(content)
    with pytest.raises(OperatorError) as error:
        backup(settings, tmp_path)
    assert error.value.code == "gudang_rusak"
    assert list((tmp_path / "luar").iterdir()) == []


def test_a_release_that_is_dropped_while_room_is_looked_for_is_no_trouble(settings, tmp_path, monkeypatch):
    old = settings.published / RELEASES / "kpu" / "2026-TW3" / "lama" / "index.html"
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
    with pytest.raises(OperatorError) as error:
        backup(settings, tmp_path)
    assert error.value.code == "disk_penuh"
    assert list((tmp_path / "luar").iterdir()) == []


# --- restoring what somebody altered ---


def rebuilt(archive: Path, change) -> Path:
    """The archive with its entries changed: ``change`` takes and gives name → (entry, bytes), in order."""
    with tarfile.open(archive) as tar:
        content = {e.name: (e, tar.extractfile(e).read() if e.isreg() else b"") for e in tar}
    new = archive.with_name("diubah.tar")
    with tarfile.open(new, "w", format=tarfile.PAX_FORMAT) as tar:
        for entry, data in change(content):
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return new


def listed(content, added: dict[str, bytes] = {}, links: dict[str, str] = {}):  # noqa: B006
    """Members with more, which the manifest lists, as a forger would."""
    entry, data = content[MANIFEST]
    manifest = json.loads(data)
    for name, new in added.items():
        manifest["berkas"][name] = {"ukuran": len(new), "sha256": hashlib.sha256(new).hexdigest()}
    manifest["tautan"] |= links
    yield from (one for name, one in content.items() if name != MANIFEST)
    for name, new in added.items():
        yield tarfile.TarInfo(name), new
    for name, target in links.items():
        link = tarfile.TarInfo(name)
        link.type, link.linkname = tarfile.SYMTYPE, target
        yield link, b""
    yield entry, json.dumps(manifest).encode()


def altered(content):
    for name, (entry, data) in content.items():
        yield entry, b"z" * len(data) if name.startswith("landing/") and len(data) > 5 else data


def hard_link(content):
    link = tarfile.TarInfo("landing/x")
    link.type, link.linkname = tarfile.LNKTYPE, "/etc/passwd"
    yield link, b""
    yield from content.values()


def of_version(content, **change):
    entry, data = content[MANIFEST]
    yield from (one for name, one in content.items() if name != MANIFEST)
    yield entry, json.dumps(json.loads(data) | change).encode()


CHANGES = {
    "a byte of a member": (altered, "cadangan_rusak"),
    "a member that is not listed": (
        lambda content: [(tarfile.TarInfo("landing/x"), b"x"), *content.values()],
        "cadangan_rusak",
    ),
    "a member is missing": (lambda content: list(content.values())[1:], "cadangan_rusak"),
    "the manifest is missing": (lambda content: list(content.values())[:-1], "cadangan_rusak"),
    "a member twice": (lambda content: [content["gudang.db"], *content.values()], "cadangan_rusak"),
    "climbs out": (lambda content: listed(content, {"landing/../../jahat": b"x"}), "cadangan_rusak"),
    "absolute": (lambda content: listed(content, {"/tmp/jahat-cadangan": b"x"}), "cadangan_rusak"),
    "another folder of the installation": (
        lambda content: listed(content, {"airflow/rahasia.json": b"x"}),
        "cadangan_rusak",
    ),
    "a link elsewhere": (lambda content: listed(content, {}, {"terbitan/kpu/2026-TW1": "/etc"}), "cadangan_rusak"),
    "a link that climbs": (
        lambda content: listed(content, {}, {"terbitan/kpu/2026-TW1": "../.rilis/kpu/2026-TW1/.."}),
        "cadangan_rusak",
    ),
    "a link at another place": (
        lambda content: listed(content, {}, {"landing/a": "../.rilis/kpu/2026-TW3/r0001-a"}),
        "cadangan_rusak",
    ),
    "a file below a link": (
        lambda content: listed(
            content, {"terbitan/kpu/2026-TW1/x": b"x"}, {"terbitan/kpu/2026-TW1": "../.rilis/kpu/2026-TW1/r"}
        ),
        "cadangan_rusak",
    ),
    "a hard link": (hard_link, "cadangan_rusak"),
    "a newer schema": (lambda content: of_version(content, skema="9999"), "cadangan_lebih_baru"),
    "a newer form": (lambda content: of_version(content, versi=2), "cadangan_lebih_baru"),
    "a manifest that is none": (lambda content: of_version(content, berkas=[]), "cadangan_rusak"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES.keys())
def test_an_altered_archive_is_refused_before_anything_is_touched(settings, tmp_path, change, code):
    archive = rebuilt(backup(settings, tmp_path), change)
    before = tree(tmp_path)
    with pytest.raises(OperatorError) as error:
        restore(archive, settings.home, replace=True)
    assert error.value.code == code
    assert tree(tmp_path) == before
    assert not Path("/tmp/jahat-cadangan").exists()


@pytest.mark.parametrize("rest", [0, 100, 0.5, 0.9])
def test_a_cut_archive_is_refused(settings, tmp_path, rest):
    archive = backup(settings, tmp_path)
    length = int(rest if rest >= 1 else archive.stat().st_size * rest)
    os.truncate(archive, length)
    with pytest.raises(OperatorError, match="tidak utuh"):
        restore(archive, tmp_path / "baru")
    assert not (tmp_path / "baru").exists()


@pytest.mark.parametrize("present", ["none", "folder"])
def test_what_is_no_file_is_said_so(tmp_path, present):
    if present == "folder":
        (tmp_path / "x.tar").mkdir()
    with pytest.raises(OperatorError) as error:
        restore(tmp_path / "x.tar", tmp_path / "baru")
    assert error.value.code == "cadangan_tak_terbaca"


def test_a_folder_that_holds_something_is_set_aside_only_when_asked(settings, tmp_path):
    archive = backup(settings, tmp_path)
    (settings.home / "baru.txt").write_text("sesudah cadangan")
    before = tree(settings.home)
    with pytest.raises(OperatorError) as error:
        restore(archive, settings.home)
    assert error.value.code == "folder_tidak_kosong"
    assert tree(settings.home) == before
    result = restore(archive, settings.home, replace=True)
    assert tree(Path(result.disisihkan)) == before
    assert not (settings.home / "baru.txt").exists()
    assert (settings.home / "landing").is_dir()


def test_an_installation_at_work_is_not_replaced(settings, tmp_path):
    archive = backup(settings, tmp_path)
    with turn(settings.home, Cycle("kpu", "2026-TW3")), pytest.raises(OperatorError) as error:
        restore(archive, settings.home, replace=True)
    assert error.value.code == "sedang_dikerjakan"


def test_a_backup_of_an_older_schema_migrates_at_its_first_opening(settings, tmp_path, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "HEAD", "0002")
        (settings.home / "gudang.db").unlink()
        open_url(settings.database_url).close()
        archive = backup(settings, tmp_path)
    result = restore(archive, tmp_path / "baru")
    assert result.skema == "0002"
    with open_url(f"sqlite:///{tmp_path / 'baru/gudang.db'}") as warehouse:
        assert warehouse.submissions(Cycle(LEMBAGA, PERIOD)) == []
    with sqlite3.connect(tmp_path / "baru/gudang.db") as connection:
        assert connection.execute("SELECT version_num FROM operasi_alembic").fetchone() == (migrate.HEAD,)


# --- the commands ---


@pytest.fixture
def commands(settings, monkeypatch):
    monkeypatch.setenv("HUMAS_HOME", str(settings.home))
    monkeypatch.delenv("HUMAS_DATABASE_URL", raising=False)
    return call


def test_commands_for_people(commands, settings, tmp_path):
    reply = commands("cadangkan", tmp_path / "luar")
    assert (reply.code, reply.error) == (0, "")
    assert "Tidak ikut: airflow, giliran." in reply.output
    (archive,) = (tmp_path / "luar").iterdir()
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in reply.output
    refusal = commands("pulihkan", archive)
    assert (refusal.code, refusal.error.count("\n")) == (3, 1)
    assert "tambahkan --ganti" in refusal.error
    assert commands("pulihkan", archive, "--ganti").code == 0
    assert commands("pulihkan", archive, "--ke", tmp_path / "lain").code == 0
    assert tree(tmp_path / "lain") == tree(settings.home)


def test_lost_raw_files_need_people(commands, settings, tmp_path):
    Landing(settings.landing).path(hashlib.sha256(raw(2)).hexdigest()).unlink()
    reply = commands("cadangkan", tmp_path / "luar")
    assert reply.code == 1
    assert "1 berkas mentah hilang sejak sebelum dicadangkan" in reply.output


def test_a_warehouse_elsewhere_is_not_restored_into_nowhere(commands, tmp_path, monkeypatch):
    monkeypatch.setenv("HUMAS_DATABASE_URL", "sqlite:////srv/gudang.db")
    reply = commands("pulihkan", tmp_path / "x.tar")
    assert reply.code == 3
    assert "HUMAS_DATABASE_URL" in reply.error
