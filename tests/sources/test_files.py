"""Files at URLs and in folders: which are taken, which are passed over, and what never leaves the open folders."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.errors import HumasError
from humas.registry import Channel, ChannelKind, Lembaga
from humas.settings import HttpBudget, Settings
from humas.sources import AllowList, Fetched, Fetcher, FetchTask, fetch

from tests.sources import server as s

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
XLSX = b"PK\x03\x04" + b"\x00" * 40
CSV = b"Judul;Tanggal\r\nRapat;02/07/2026\r\n"


@pytest.fixture
def http() -> Iterator[Fetcher]:
    budget = HttpBudget(read_seconds=9, total_seconds=20, backoff_factor=0.01, max_bytes=1024 * 1024)
    fetcher = Fetcher(budget, AllowList(("127.0.0.1",), allow_private=True))
    yield fetcher
    fetcher.close()


def take(http: Fetcher, address: str, *roots: Path, dataset: str = "") -> list[Fetched]:
    channel = Channel(Lembaga.KPU, "33.74", ChannelKind.FILES, address, dataset=dataset)
    task = FetchTask("KPU Kota Semarang", "2026-TW3", channel, lambda: NOW, {}.get)
    return list(fetch(task, http, Settings.from_environment({}).with_(folder_roots=roots)))


def refused(http: Fetcher, address: str, *roots: Path) -> str:
    with pytest.raises(HumasError) as caught:
        take(http, address, *roots)
    assert caught.value.message.startswith("Berkas KPU Kota Semarang (")
    return caught.value.code


def put(file: Path, data: bytes = XLSX, age: float = 60) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (time.time() - age,) * 2)
    return file


URLS = [
    ("xlsx", s.send(XLSX, Content_Type="text/csv"), "laporan.xlsx", ""),
    ("named", s.send(XLSX, Content_Disposition='attachment; filename="../../etc/TW3.xlsx"'), "TW3.xlsx", ""),
    ("csv", s.send(CSV, Content_Type="text/csv"), "laporan.xlsx", ""),
    ("sheet_login", s.send(b"<html>Sign in</html>", Content_Type="text/html"), "", "halaman_masuk"),
    ("pdf", s.send(b"%PDF-1.7", Content_Type="application/pdf"), "", "jenis_salah"),
]


@pytest.mark.parametrize(("answer", "name", "code"), [u[1:] for u in URLS], ids=[u[0] for u in URLS])
def test_file_at_a_url(http: Fetcher, answer: s.Answer, name: str, code: str) -> None:
    with s.serving({"/f/laporan.xlsx": answer}) as server:
        if code:
            assert refused(http, f"{server.url}/f/laporan.xlsx") == code
        else:
            assert [a.name for a in take(http, f"{server.url}/f/laporan.xlsx")] == [name]


@pytest.mark.parametrize(
    ("written", "year"),
    [("Sat, 03 Oct 2026 01:00:00 GMT", 2026), ("Fri, 31 Dec 9999 23:59:59 -0500", 0), ("besok", 0)],
    ids=["plain", "beyond the calendar", "no date"],
)
def test_age_as_the_source_says_it(http: Fetcher, written: str, year: int) -> None:
    with s.serving({"/f.csv": s.send(CSV, Last_Modified=written)}) as server:
        [fetched] = take(http, f"{server.url}/f.csv")
    assert (fetched.terakhir_diubah.year if fetched.terakhir_diubah else 0) == year


def test_csv_is_named_after_its_data_set(http: Fetcher) -> None:
    with s.serving({"/pub": s.send(CSV)}) as server:
        assert [a.name for a in take(http, f"{server.url}/pub?output=csv", dataset="publikasi")] == ["publikasi"]


def test_newest_workbook_wins_and_leftovers_are_passed_over(http: Fetcher, tmp_path: Path) -> None:
    put(tmp_path / "lama.xlsx", b"PK\x03\x04lama", age=900)
    new = put(tmp_path / "Baru.XLSX", b"PK\x03\x04baru", age=500)
    for name in ("~$Baru.xlsx", ".tersembunyi.xlsx", "catatan.docx", "makro.xlsm", "x.xlsx.tmp"):
        put(tmp_path / name, age=100)
    put(tmp_path / "sedang disalin.xlsx", age=0.5)
    (tmp_path / "folder.xlsx").mkdir()
    [result] = take(http, str(tmp_path), tmp_path)
    assert (result.name, result.data, result.url) == ("Baru.XLSX", b"PK\x03\x04baru", new.as_uri())
    assert result.terakhir_diubah is not None
    assert abs(result.terakhir_diubah.timestamp() - new.stat().st_mtime) < 1


def test_csv_files_are_one_submission_newest_of_each_header(http: Fetcher, tmp_path: Path) -> None:
    put(tmp_path / "kegiatan.csv", b"Judul;Tanggal\nlama;1\n", age=900)
    put(tmp_path / "kegiatan (1).csv", b"Judul;Tanggal\nbaru;1\n", age=100)
    put(tmp_path / "publikasi.csv", b"Kanal;Tautan\nx;y\n", age=800)
    put(tmp_path / "lama.xlsx", age=5000)
    assert [a.name for a in take(http, str(tmp_path), tmp_path)] == ["kegiatan (1).csv", "publikasi.csv"]


def csv_of(number: int, size: int = 0) -> bytes:
    """A CSV whose header line no other has."""
    return f"Judul {number};Tanggal\n".encode().ljust(size, b"x")


CROWDS = {
    "together_too_large": (7, 1024 * 1024 - 10, "kiriman_terlalu_besar"),
    "too_many": (201, 0, "kiriman_terlalu_banyak_berkas"),
}


@pytest.mark.parametrize(("count", "measure", "code"), CROWDS.values(), ids=CROWDS)
def test_csv_files_of_one_submission_are_bounded_together(
    http: Fetcher, tmp_path: Path, count: int, measure: int, code: str
) -> None:
    for number in range(count):
        put(tmp_path / f"{number}.csv", csv_of(number, measure))
    assert refused(http, str(tmp_path), tmp_path) == code
    for number in range(count - 1, 5, -1):
        (tmp_path / f"{number}.csv").unlink()
    assert len(take(http, str(tmp_path), tmp_path)) == 6


def test_address_may_name_period_and_unit(http: Fetcher, tmp_path: Path) -> None:
    put(tmp_path / "2026-TW3" / "33.74" / "a.xlsx")
    assert len(take(http, "{periode}/{kode}", tmp_path)) == 1
    assert len(take(http, str(tmp_path / "{periode}/{kode}/a.xlsx"), tmp_path)) == 1
    assert len(take(http, (tmp_path / "2026-TW3/33.74").as_uri(), tmp_path)) == 1


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An open folder beside a closed one, with every way out of it that a link can make."""
    put(tmp_path / "rahasia" / "x.xlsx")
    opened = tmp_path / "buka"
    opened.mkdir()
    (opened / "tautan").symlink_to(tmp_path / "rahasia")
    (opened / "isi").mkdir()
    (opened / "isi" / "x.xlsx").symlink_to(tmp_path / "rahasia" / "x.xlsx")
    (opened / "putar").symlink_to(opened / "putar")
    put(tmp_path / "buka2" / "x.xlsx")
    put(opened / "baru" / "x.xlsx", age=0)
    put(opened / "besar" / "x.xlsx", b"PK\x03\x04" + b"x" * 1024 * 1024)
    put(opened / "catatan.txt", b"x")
    (opened / "kosong").mkdir()
    return tmp_path


OUTSIDE = [
    ("parent", "../rahasia", "di_luar_folder"),
    ("hidden_parent", "isi/../../rahasia/x.xlsx", "di_luar_folder"),
    ("link", "tautan", "di_luar_folder"),
    ("linked_file", "isi/x.xlsx", "di_luar_folder"),
    ("link_in_folder", "isi", "folder_kosong"),
    ("absolute", "/etc/passwd", "di_luar_folder"),
    ("prefix_is_no_folder", "../buka2", "di_luar_folder"),
    ("nul", "isi\0x", "di_luar_folder"),
    ("loop", "putar", "folder_tidak_terbaca"),
    ("missing", "tidak-ada", "folder_tidak_ada"),
    ("empty", "kosong", "folder_kosong"),
    ("other_kind", "catatan.txt", "folder_kosong"),
    ("settling", "baru", "berkas_belum_selesai"),
    ("settling_file", "baru/x.xlsx", "berkas_belum_selesai"),
    ("too_big", "besar", "berkas_terlalu_besar"),
    ("scheme", "s3://ember/x.xlsx", "alamat_salah"),
]


@pytest.mark.parametrize(("address", "code"), [o[1:] for o in OUTSIDE], ids=[o[0] for o in OUTSIDE])
def test_folder_refusals(http: Fetcher, home: Path, address: str, code: str) -> None:
    assert refused(http, address, home / "buka") == code


ODD_NAMES = {
    "Windows dash": (b"lap \x96 TW3.xlsx", "lap – TW3.xlsx"),
    "no UTF-8 at all": (b"\xff\xfe\x81.xlsx", "ÿþ�.xlsx"),
    "line end behind": (b"lap.xlsx\n", "lap.xlsx"),
    "blank behind": (b"LAP.XLSX ", "LAP.XLSX"),
    "right to left": ("lap\u202e.xlsx".encode(), "lap.xlsx"),
    "wildcards": (b"[x]*?.xlsx", "[x]*?.xlsx"),
}


@pytest.mark.parametrize(("raw", "shown"), ODD_NAMES.values(), ids=ODD_NAMES)
def test_files_of_any_name_are_read_and_named_in_print(http: Fetcher, tmp_path: Path, raw: bytes, shown: str) -> None:
    put(tmp_path / os.fsdecode(raw))
    (fetched,) = take(http, str(tmp_path), tmp_path)
    assert (fetched.name, fetched.data) == (shown, XLSX)
    assert fetched.url.isascii()


def test_without_open_folders_nothing_is_read(http: Fetcher, tmp_path: Path) -> None:
    put(tmp_path / "x.xlsx")
    assert refused(http, str(tmp_path)) == "di_luar_folder"


def test_a_pipe_does_not_hang(http: Fetcher, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    assert refused(http, str(tmp_path / "x.xlsx"), tmp_path) == "folder_tidak_terbaca"
