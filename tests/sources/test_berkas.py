"""Files at URLs and in folders: which are taken, which are passed over, and what never leaves the open folders."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.errors import HumasError
from humas.registry import Lembaga, Saluran
from humas.settings import HttpBudget, Settings
from humas.sources import Ambilan, Gerbang, Pengambil, Tugas, fetch

from tests.sources import server as s

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
XLSX = b"PK\x03\x04" + b"\x00" * 40
CSV = b"Judul;Tanggal\r\nRapat;02/07/2026\r\n"


@pytest.fixture
def http() -> Iterator[Pengambil]:
    budget = HttpBudget(read_seconds=9, total_seconds=20, backoff_factor=0.01, max_bytes=1024 * 1024)
    pengambil = Pengambil(budget, Gerbang(("127.0.0.1",), allow_private=True))
    yield pengambil
    pengambil.close()


def take(http: Pengambil, alamat: str, *roots: Path, himpunan: str = "") -> list[Ambilan]:
    saluran = Saluran(Lembaga.KPU, "33.74", "berkas", alamat, himpunan=himpunan)
    tugas = Tugas("KPU Kota Semarang", "2026-TW3", saluran, lambda: NOW, {}.get)
    return list(fetch(tugas, http, Settings.from_environment({}).with_(folder_roots=roots)))


def refused(http: Pengambil, alamat: str, *roots: Path) -> str:
    with pytest.raises(HumasError) as caught:
        take(http, alamat, *roots)
    assert caught.value.pesan.startswith("Berkas KPU Kota Semarang (")
    return caught.value.kode


def put(berkas: Path, data: bytes = XLSX, umur: float = 60) -> Path:
    berkas.parent.mkdir(parents=True, exist_ok=True)
    berkas.write_bytes(data)
    os.utime(berkas, (time.time() - umur,) * 2)
    return berkas


URLS = [
    ("xlsx", s.send(XLSX, Content_Type="text/csv"), "laporan.xlsx", ""),
    ("named", s.send(XLSX, Content_Disposition='attachment; filename="../../etc/TW3.xlsx"'), "TW3.xlsx", ""),
    ("csv", s.send(CSV, Content_Type="text/csv"), "laporan.xlsx", ""),
    ("sheet_login", s.send(b"<html>Sign in</html>", Content_Type="text/html"), "", "halaman_masuk"),
    ("pdf", s.send(b"%PDF-1.7", Content_Type="application/pdf"), "", "jenis_salah"),
]


@pytest.mark.parametrize(("answer", "nama", "kode"), [u[1:] for u in URLS], ids=[u[0] for u in URLS])
def test_file_at_a_url(http: Pengambil, answer: s.Answer, nama: str, kode: str) -> None:
    with s.serving({"/f/laporan.xlsx": answer}) as server:
        if kode:
            assert refused(http, f"{server.url}/f/laporan.xlsx") == kode
        else:
            assert [a.nama for a in take(http, f"{server.url}/f/laporan.xlsx")] == [nama]


@pytest.mark.parametrize(
    ("tertulis", "tahun"),
    [("Sat, 03 Oct 2026 01:00:00 GMT", 2026), ("Fri, 31 Dec 9999 23:59:59 -0500", 0), ("besok", 0)],
    ids=["plain", "beyond the calendar", "no date"],
)
def test_age_as_the_source_says_it(http: Pengambil, tertulis: str, tahun: int) -> None:
    with s.serving({"/f.csv": s.send(CSV, Last_Modified=tertulis)}) as server:
        [ambilan] = take(http, f"{server.url}/f.csv")
    assert (ambilan.terakhir_diubah.year if ambilan.terakhir_diubah else 0) == tahun


def test_csv_is_named_after_its_data_set(http: Pengambil) -> None:
    with s.serving({"/pub": s.send(CSV)}) as server:
        assert [a.nama for a in take(http, f"{server.url}/pub?output=csv", himpunan="publikasi")] == ["publikasi"]


def test_newest_workbook_wins_and_leftovers_are_passed_over(http: Pengambil, tmp_path: Path) -> None:
    put(tmp_path / "lama.xlsx", b"PK\x03\x04lama", umur=900)
    baru = put(tmp_path / "Baru.XLSX", b"PK\x03\x04baru", umur=500)
    for nama in ("~$Baru.xlsx", ".tersembunyi.xlsx", "catatan.docx", "makro.xlsm", "x.xlsx.tmp"):
        put(tmp_path / nama, umur=100)
    put(tmp_path / "sedang disalin.xlsx", umur=0.5)
    (tmp_path / "folder.xlsx").mkdir()
    [hasil] = take(http, str(tmp_path), tmp_path)
    assert (hasil.nama, hasil.data, hasil.url) == ("Baru.XLSX", b"PK\x03\x04baru", baru.as_uri())
    assert hasil.terakhir_diubah is not None
    assert abs(hasil.terakhir_diubah.timestamp() - baru.stat().st_mtime) < 1


def test_csv_files_are_one_submission_newest_of_each_header(http: Pengambil, tmp_path: Path) -> None:
    put(tmp_path / "kegiatan.csv", b"Judul;Tanggal\nlama;1\n", umur=900)
    put(tmp_path / "kegiatan (1).csv", b"Judul;Tanggal\nbaru;1\n", umur=100)
    put(tmp_path / "publikasi.csv", b"Kanal;Tautan\nx;y\n", umur=800)
    put(tmp_path / "lama.xlsx", umur=5000)
    assert [a.nama for a in take(http, str(tmp_path), tmp_path)] == ["kegiatan (1).csv", "publikasi.csv"]


def csv_of(number: int, size: int = 0) -> bytes:
    """A CSV whose header line no other has."""
    return f"Judul {number};Tanggal\n".encode().ljust(size, b"x")


CROWDS = {
    "together_too_large": (7, 1024 * 1024 - 10, "kiriman_terlalu_besar"),
    "too_many": (201, 0, "kiriman_terlalu_banyak_berkas"),
}


@pytest.mark.parametrize(("jumlah", "ukuran", "kode"), CROWDS.values(), ids=CROWDS)
def test_csv_files_of_one_submission_are_bounded_together(
    http: Pengambil, tmp_path: Path, jumlah: int, ukuran: int, kode: str
) -> None:
    for nomor in range(jumlah):
        put(tmp_path / f"{nomor}.csv", csv_of(nomor, ukuran))
    assert refused(http, str(tmp_path), tmp_path) == kode
    for nomor in range(jumlah - 1, 5, -1):
        (tmp_path / f"{nomor}.csv").unlink()
    assert len(take(http, str(tmp_path), tmp_path)) == 6


def test_address_may_name_period_and_unit(http: Pengambil, tmp_path: Path) -> None:
    put(tmp_path / "2026-TW3" / "33.74" / "a.xlsx")
    assert len(take(http, "{periode}/{kode}", tmp_path)) == 1
    assert len(take(http, str(tmp_path / "{periode}/{kode}/a.xlsx"), tmp_path)) == 1
    assert len(take(http, (tmp_path / "2026-TW3/33.74").as_uri(), tmp_path)) == 1


@pytest.fixture
def rumah(tmp_path: Path) -> Path:
    """An open folder beside a closed one, with every way out of it that a link can make."""
    put(tmp_path / "rahasia" / "x.xlsx")
    buka = tmp_path / "buka"
    buka.mkdir()
    (buka / "tautan").symlink_to(tmp_path / "rahasia")
    (buka / "isi").mkdir()
    (buka / "isi" / "x.xlsx").symlink_to(tmp_path / "rahasia" / "x.xlsx")
    (buka / "putar").symlink_to(buka / "putar")
    put(tmp_path / "buka2" / "x.xlsx")
    put(buka / "baru" / "x.xlsx", umur=0)
    put(buka / "besar" / "x.xlsx", b"PK\x03\x04" + b"x" * 1024 * 1024)
    put(buka / "catatan.txt", b"x")
    (buka / "kosong").mkdir()
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


@pytest.mark.parametrize(("alamat", "kode"), [o[1:] for o in OUTSIDE], ids=[o[0] for o in OUTSIDE])
def test_folder_refusals(http: Pengambil, rumah: Path, alamat: str, kode: str) -> None:
    assert refused(http, alamat, rumah / "buka") == kode


ODD_NAMES = {
    "Windows dash": (b"lap \x96 TW3.xlsx", "lap – TW3.xlsx"),
    "no UTF-8 at all": (b"\xff\xfe\x81.xlsx", "ÿþ�.xlsx"),
    "line end behind": (b"lap.xlsx\n", "lap.xlsx"),
    "blank behind": (b"LAP.XLSX ", "LAP.XLSX"),
    "right to left": ("lap\u202e.xlsx".encode(), "lap.xlsx"),
    "wildcards": (b"[x]*?.xlsx", "[x]*?.xlsx"),
}


@pytest.mark.parametrize(("raw", "shown"), ODD_NAMES.values(), ids=ODD_NAMES)
def test_files_of_any_name_are_read_and_named_in_print(http: Pengambil, tmp_path: Path, raw: bytes, shown: str) -> None:
    put(tmp_path / os.fsdecode(raw))
    (ambilan,) = take(http, str(tmp_path), tmp_path)
    assert (ambilan.nama, ambilan.data) == (shown, XLSX)
    assert ambilan.url.isascii()


def test_without_open_folders_nothing_is_read(http: Pengambil, tmp_path: Path) -> None:
    put(tmp_path / "x.xlsx")
    assert refused(http, str(tmp_path)) == "di_luar_folder"


def test_a_pipe_does_not_hang(http: Pengambil, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    assert refused(http, str(tmp_path / "x.xlsx"), tmp_path) == "folder_tidak_terbaca"
