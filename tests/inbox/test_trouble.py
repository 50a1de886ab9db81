"""What goes wrong around a drop-box: links, rights, full disks, dead servers, two sweeps, rules that fail."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fsspec.implementations.local import LocalFileSystem
from humas.errors import OperatorError
from humas.inbox import answer, intake
from humas.inbox import sweep as penyapu
from humas.inbox.folder import Folder
from humas.inbox.lock import BoxBusy, only_sweep
from humas.inbox.model import EntryState
from humas.inbox.sweep import list_waiting, sweep
from humas.landing import LandingError
from humas.registry import Cycle

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import ACCEPTED, csv
from tests.inbox.places import PASSWORD, Sftp, Silent, sftp_server

pytestmark = pytest.mark.mesin


@pytest.fixture(autouse=True)
def _quick_check(monkeypatch):
    """The check itself is tested elsewhere; here its answer is given at once."""

    def check(k, brought):
        for one in brought:
            one.answer = dict(ACCEPTED)

    monkeypatch.setattr(answer, "_check_batch", check)


def states(result):
    return {action.berkas: action.keadaan for action in result.actions}


def test_links_are_not_followed_and_folders_are_told(folder, sweep_place, tmp_path):
    outside = tmp_path / "luar.csv"
    outside.write_bytes(csv("33.74"))
    (folder.root / "masuk" / "tautan.csv").symlink_to(outside)
    (folder.root / "masuk" / "putus.csv").symlink_to(tmp_path / "tidak-ada")
    (folder.root / "masuk" / "map").mkdir()
    os.mkfifo(folder.root / "masuk" / "pipa.csv")
    result, k = sweep_place(folder)
    assert set(states(result).values()) == {EntryState.SKIPPED}
    assert len(result.actions) == 4
    assert outside.exists()
    assert k.warehouse.submissions(Cycle("kpu", "2026-TW3")) == []


@pytest.mark.parametrize("name", ["diterima", "tak dikenal"])
def test_a_link_where_we_write_is_refused(folder, sweep_place, tmp_path, name):
    (tmp_path / "luar").mkdir()
    (folder.root / name).symlink_to(tmp_path / "luar")
    folder.put("a.csv", csv("33.74"))
    result, _ = sweep_place(folder)
    assert [error.code for error in result.errors] == ["kotak_tautan"]
    assert list((tmp_path / "luar").iterdir()) == []


def test_a_file_that_may_not_be_read_stays_and_others_go_on(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", csv("33.22"))
    original = Folder.read

    def read(self, content, limit):
        if content.name.raw == "a.csv":
            from humas.inbox.faults import explain

            raise explain(PermissionError(errno.EACCES, "x"), self.box.address)
        return original(self, content, limit)

    monkeypatch.setattr(Folder, "read", read)
    result, _ = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.FAILED, "b.csv": EntryState.TAKEN}
    assert list(folder.files("masuk")) == ["a.csv"]


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "x")


def full_when_writing(_fs, path, mode="rb", **_options):
    return full() if "w" in mode else Path(path).open(mode)


def test_our_disk_full_ends_the_sweep_and_nothing_is_moved(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    monkeypatch.setattr("humas.landing.store._write_whole", full)
    with pytest.raises(LandingError) as error:
        sweep_place(folder)
    assert error.value.code == "disk_penuh"
    assert list(folder.files("masuk")) == ["a.csv"]


def test_their_disk_full_keeps_the_file_and_the_next_sweep_goes_on(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        patch.setattr("fsspec.implementations.local.LocalFileSystem._open", full_when_writing)
        result, _ = sweep_place(folder)
    assert [error.code for error in result.errors] == ["kotak_penuh"]
    assert list(folder.files("masuk")) == ["a.csv"]
    result, k = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.TAKEN}
    assert len(k.warehouse.submissions(Cycle("kpu", "2026-TW3"))) == 1


def test_one_dead_server_does_not_keep_the_others_waiting(folder, tmp_path):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    (tmp_path / "known_hosts").write_text("")
    folder.put("a.csv", csv("33.74"))
    k = installation(tmp_path, f"bawaslu=sftp://humas@127.0.0.1:{port}/kotak", f"kpu={folder.url}")
    result = sweep(k)
    assert [(error.code, error.layak_diulang) for error in result.errors] == [("kotak_tidak_terjangkau", True)]
    assert result.count(EntryState.TAKEN) == 1


@pytest.mark.kotak
@pytest.mark.parametrize(
    ("password", "recognised", "code"),
    [("salah", True, "kotak_ditolak"), (PASSWORD, False, "kunci_host_asing")],
    ids=["sandi salah", "kunci host asing"],
)
def test_a_server_that_refuses_us_or_that_we_do_not_know(tmp_path, password, recognised, code):
    (tmp_path / "kotak").mkdir()
    with sftp_server(tmp_path / "kotak", tmp_path / "known_hosts") as port:
        if not recognised:
            (tmp_path / "known_hosts").write_text("")
        k = installation(tmp_path, Sftp(tmp_path / "kotak", port=port).url)
        (error,) = sweep(k, credential={"UJI": password}.get).errors
    assert (error.code, error.layak_diulang) == (code, False)


@pytest.mark.kotak
def test_a_server_that_lets_us_in_and_falls_silent_holds_nobody(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("humas.inbox.overssh.OPENING_SECONDS", 1.0)
    folder.put("a.csv", csv("33.74"))
    with sftp_server(tmp_path, tmp_path / "known_hosts", Silent) as port:
        k = installation(tmp_path, f"bawaslu={Sftp(tmp_path, port=port).url}", f"kpu={folder.url}")
        result = sweep(k, credential={"UJI": PASSWORD}.get)
    assert [(error.code, error.layak_diulang) for error in result.errors] == [("kotak_tidak_terjangkau", True)]
    assert result.count(EntryState.TAKEN) == 1


def test_missing_secret_is_named(tmp_path):
    (error,) = sweep(installation(tmp_path, "s3://gudang/kotak#MINIO"), credential={}.get).errors
    assert "HUMAS_TOKEN_MINIO" in error.remedy


def test_missing_folder_is_made(tmp_path):
    result = sweep(installation(tmp_path, f"kpu={tmp_path}/baru/kotak"))
    assert (result.errors, result.actions) == ((), ())
    assert (tmp_path / "baru" / "kotak" / "masuk").is_dir()


def test_second_sweep_leaves_the_work_to_the_first(folder, tmp_path):
    k = installation(tmp_path, f"kpu={folder.url}")
    with only_sweep(k), pytest.raises(BoxBusy):
        sweep(k)
    assert sweep(k).errors == ()


def test_lock_of_a_dead_process_is_no_lock(folder, tmp_path):
    k = installation(tmp_path, f"kpu={folder.url}")
    if not (pid := os.fork()):
        only_sweep(k).__enter__()
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    assert sweep(k).errors == ()


def test_our_reader_failing_on_one_file_stops_no_other(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", csv("33.22"))
    original = intake.read_files

    def read(file):
        if file[0][0] == "a.csv":
            raise RecursionError
        return original(file)

    monkeypatch.setattr(intake, "read_files", read)
    result, k = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.FAILED, "b.csv": EntryState.TAKEN}
    assert k.landing.find(hashlib.sha256(csv("33.74")).hexdigest()) == csv("33.74")


def test_order_holds_across_batches(folder, sweep_place, monkeypatch):
    monkeypatch.setattr(penyapu, "BATCH", 2)
    for number in range(5):
        folder.put(f"{9 - number}.csv", csv("33.74", f"Rapat koordinasi nomor {number}"), 1_790_000_000 + number)
    result, k = sweep_place(folder)
    assert [action.berkas for action in result.actions] == ["9.csv", "8.csv", "7.csv", "6.csv", "5.csv"]
    submission = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))
    assert [one.berkas[0].nama for one in submission] == ["9.csv", "8.csv", "7.csv", "6.csv", "5.csv"]
    with k.warehouse.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM operasi_percobaan").scalar() == 5


def test_batches_keep_to_their_bytes(folder, sweep_place, monkeypatch):
    monkeypatch.setattr(penyapu, "BATCH_BYTES", 500)
    size = []

    def check(k, brought):
        size.append(len(brought))
        return []

    monkeypatch.setattr(penyapu, "check_all", check)
    for number, times in enumerate((1, 1, 9, 1)):
        folder.put(f"{number}.csv", csv("33.74", *(f"Rapat koordinasi nomor {n}" for n in range(times))))
    sweep_place(folder)
    assert size == [2, 1, 1]


@pytest.mark.parametrize(("trust", "accepted"), [(False, NOW), (True, datetime.fromtimestamp(1_790_000_000, UTC))])
def test_time_of_reception(folder, sweep_place, trust, accepted):
    folder.put("a.csv", csv("33.74"), 1_790_000_000)
    _, k = sweep_place(folder, trust_time=trust)
    (submission,) = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))
    assert abs(submission.diterima_pada - accepted) < timedelta(milliseconds=1)


def test_time_in_the_future_is_never_trusted(folder, sweep_place):
    folder.put("a.csv", csv("33.74"), NOW.timestamp() + 9e6)
    _, k = sweep_place(folder, trust_time=True)
    assert k.warehouse.submissions(Cycle("kpu", "2026-TW3"))[0].diterima_pada < NOW + timedelta(seconds=1)


def test_dead_object_store(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    k = installation(tmp_path, "s3://gudang/kotak#UJI")
    (error,) = sweep(k, credential={"UJI": "a:b"}.get).errors
    assert (error.code, error.layak_diulang) == ("kotak_tidak_terjangkau", True)


def test_new_bytes_under_the_same_name_in_the_middle_of_a_sweep_are_not_lost(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74", "Rapat koordinasi pertama"))
    original = Folder.write

    def write(self, path, data):
        folder.put("a.csv", csv("33.74", "Rapat koordinasi kedua ini"), 1_790_005_000)
        original(self, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write", write)
        result, _ = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.WAITING}
    result, k = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.TAKEN}
    assert len(k.warehouse.submissions(Cycle("kpu", "2026-TW3"))) == 2


def test_renamed_file_that_is_another_goes_back(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74", "Rapat koordinasi pertama"))
    original = Folder._rename

    def rename(self, content, target):
        folder.put("a.csv", csv("33.74", "Rapat koordinasi kedua ini"), 1_790_005_000)
        original(self, content, target)

    monkeypatch.setattr(Folder, "_rename", rename)
    result, _ = sweep_place(folder)
    assert states(result) == {"a.csv": EntryState.WAITING}
    assert folder.files("masuk") == {"a.csv": csv("33.74", "Rapat koordinasi kedua ini")}


def test_what_goes_back_replaces_no_third_upload(folder, sweep_place, monkeypatch):
    version = [csv("33.74", f"Rapat koordinasi nomor {number}") for number in range(3)]
    folder.put("a.csv", version[0])
    original = LocalFileSystem.mv

    def mv(self, start, target, **options):
        if "/masuk/" in start:
            folder.put("a.csv", version[1], 1_790_005_000)
            original(self, start, target, **options)
            folder.put("a.csv", version[2], 1_790_006_000)
        else:
            original(self, start, target, **options)

    monkeypatch.setattr(LocalFileSystem, "mv", mv)
    sweep_place(folder)
    assert folder.files("masuk") == {"a.csv": version[2], "(2) a.csv": version[1]}


def test_too_large_is_set_aside_unread(folder, tmp_path):
    from dataclasses import replace

    folder.put("a.csv", csv("33.74") * 100)
    k = installation(tmp_path, f"kpu={folder.url}")
    small = replace(k, settings=k.settings.with_(http=replace(k.settings.http, max_bytes=1000)))
    (one,) = sweep(small).actions
    assert one.keadaan is EntryState.UNKNOWN
    assert "melebihi batas" in one.pesan
    assert csv("33.74") * 100 in folder.files("tak dikenal").values()


def test_looking_takes_nothing(folder, tmp_path):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.part", b"x")
    result = list_waiting(installation(tmp_path, f"kpu={folder.url}"))
    assert {action.berkas: action.pesan for action in result.actions} == {
        "a.csv": "siap diambil",
        "b.part": "masih diunggah (nama sementara)",
    }
    assert len(folder.files("masuk")) == 2


def test_our_warehouse_failing_ends_the_sweep(folder, sweep_place, monkeypatch):
    folder.put("a.csv", csv("33.74"))

    def broken(*_):
        raise OperatorError("gudang_terkunci", "x", "y")

    monkeypatch.setattr("humas.warehouse.facade.Warehouse.record_collection", broken)
    with pytest.raises(OperatorError, match="x"):
        sweep_place(folder)
    assert list(folder.files("masuk")) == ["a.csv"]
