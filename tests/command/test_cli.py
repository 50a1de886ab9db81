"""The command line as a whole: wrong use, a broken installation, the reader of its output gone."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from humas.cli import COMMANDS
from humas.landing import Landing
from humas.settings import Settings

from tests.command.berkas import make_row, write_workbook

pytestmark = pytest.mark.mesin

INCLUDE = Path(__file__).parents[2] / "include"
ENGLISH = re.compile(
    r"\b(error|invalid|usage|required|expected|argument|choose|no such|traceback|errno)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("kata", "sebut"),
    [
        ((), "yang belum diisi: PERINTAH"),
        (("chek",), "'chek' bukan pilihan"),
        (("check",), "yang belum diisi: BERKAS"),
        (("due", "33.74"), "yang belum diisi: PERIODE"),
        (("due", "33.74", "2026-TW3", "--lembaga", "kua"), "'kua' bukan pilihan; pilih dari"),
        (("due", "33.74", "2026-TW3", "lebih"), "tidak dikenal: lebih"),
        (("check", "a.xlsx", "--satker"), "--satker: perlu satu isian"),
        (("quarter", "2026-TW3", "--satker"), "--satker: perlu paling sedikit satu isian"),
        (("run", "--port", "delapan"), '--port: port "delapan" tidak ada'),
        (("up", "--port", "99999"), '--port: port "99999" tidak ada'),
        (("run", "--satker", "Semarang"), "dapat berarti Kabupaten Semarang (33.22) atau Kota Semarang (33.74)"),
        (("run", "--satker", "99.99"), "tidak terdaftar"),
        (("due", "33.74", "2026-TW9"), 'Periode "2026-TW9" tidak dikenali.'),
        (("due", "33.74", "\x1b[2J2026"), 'Periode "'),
        (("due", "Semarang", "2026-TW3"), "dapat berarti Kabupaten Semarang (33.22) atau Kota Semarang (33.74)"),
        (("due", "3374", "2026-TW3"), "Mungkin 33.74 Kota Semarang."),
        (("due", "../../etc", "2026-TW3"), "tidak terdaftar"),
        (("quarter", "2026"), '"2026" adalah tahun'),
        (("quarter", "2026-TW3", "--satker", "Semarang"), "dapat berarti Kabupaten Semarang (33.22) atau Kota"),
        (("quarter", "2026-TW3", "--satker", "99.99"), "Kode satker tidak terdaftar: 99.99."),
        (("bench", "xx"), 'Pengukuran "xx" tidak ada.'),
        (("check", "tidak\x1b[2J\nada.xlsx"), "tidak?[2J?ada.xlsx tidak ditemukan."),
        (("verify", "tidak-ada.pdf"), "tidak dapat dibaca: berkas tidak ada"),
    ],
    ids=lambda isi: " ".join(isi) if isinstance(isi, tuple) else "",
)
def test_wrong_use_is_one_indonesian_line_and_code_2(humas, kata, sebut):
    jawab = humas(*kata)
    assert (jawab.kode, jawab.keluar) == (2, "")
    assert sebut in jawab.galat
    assert jawab.galat.count("\n") == 1
    assert jawab.galat.rstrip("\n").isprintable()
    assert not ENGLISH.search(jawab.galat), jawab.galat


@pytest.mark.parametrize(
    ("variabel", "isi", "kata", "sebut"),
    [
        ("HUMAS_REGISTER", "/tidak/ada.csv", "check", "Berkas saluran ada.csv tidak dapat dibaca: tidak ada."),
        ("HUMAS_REGISTER", "{folder}/rusak.csv", "check", "tidak dapat dibaca: "),
        ("HUMAS_HARI_LIBUR", "/tidak/ada.csv", "due", "/tidak/ada.csv tidak dapat dibaca: tidak ada."),
        ("HUMAS_TENGGAT", "lima", "due", 'Variabel HUMAS_TENGGAT berisi "lima".'),
        ("HUMAS_TENGGAT", "5,10", "due", "empat bilangan hari kerja, misalnya 5,10,15,5."),
        ("SOURCE_DATE_EPOCH", "besok", "due", 'Variabel SOURCE_DATE_EPOCH berisi "besok".'),
        ("SOURCE_DATE_EPOCH", "9" * 20, "due", "isi SOURCE_DATE_EPOCH dengan bilangan bulat 0–253402300799."),
        ("HUMAS_MASA_SIMPAN", "0", "due", "isi HUMAS_MASA_SIMPAN dengan bilangan bulat 1–36500."),
        ("HUMAS_PROSES_CETAK", "0", "due", "isi HUMAS_PROSES_CETAK dengan bilangan bulat 1–64."),
        ("HUMAS_TENGGAT_DITETAPKAN", "mungkin", "due", "isi HUMAS_TENGGAT_DITETAPKAN dengan ya atau tidak."),
        ("HUMAS_HARI_LIBUR", "~tak-ada-orangnya/a.csv", "due", "isi HUMAS_HARI_LIBUR dengan jalur berkas atau folder."),
        ("HUMAS_HOST_DIIZINKAN", ".go.id,https://a.or.id/x", "due", "nama host, misalnya .go.id atau docs.google.com."),
        ("HUMAS_HOST_DIIZINKAN", "a.or.id:8080", "due", "nama host, misalnya .go.id"),
        ("HUMAS_DATABASE_URL", "ngawur", "quarter", "Alamat basis data gudang tidak dapat dipakai"),
        ("HUMAS_HOME", "/proc/tidak-bisa", "quarter", "Berkas gudang /proc/tidak-bisa/gudang.db tidak dapat dibuat"),
    ],
)
def test_broken_installation_is_one_line_for_its_admin_and_code_3(
    humas, tmp_path, monkeypatch, variabel, isi, kata, sebut
):
    (tmp_path / "rusak.csv").write_bytes(b"\xff\xfe\x00\xd8 bukan teks")
    monkeypatch.setenv(variabel, isi.format(folder=tmp_path))
    pilihan = {
        "check": ["check", write_workbook(tmp_path / "a.xlsx", make_row())],
        "due": ["due", "33.74", "2026-TW3"],
        "quarter": ["quarter", "2026-TW3", "--satker", "33.74"],
    }[kata]
    jawab = humas(*pilihan)
    assert (jawab.kode, jawab.keluar) == (3, "")
    assert sebut in jawab.galat
    assert "Admin sistem: " in jawab.galat
    assert jawab.galat.count("\n") == 1
    assert not ENGLISH.search(jawab.galat.replace("ArgumentError", "")), jawab.galat


@pytest.mark.parametrize("isi", ["ya", "YA ", "1", "true"])
def test_a_switch_is_understood_as_people_write_it(humas, monkeypatch, isi):
    monkeypatch.setenv("HUMAS_TENGGAT_DITETAPKAN", isi)
    assert "Asumsi" not in humas("due", "33.74", "2026-TW3").keluar


def test_a_host_suffix_may_have_a_star():
    assert Settings.from_environment({"HUMAS_HOST_DIIZINKAN": "*.or.id, A.go.id"}).allowed_hosts == (
        ".or.id",
        "A.go.id",
    )


@pytest.mark.parametrize(("nomor", "sebab"), [(errno.ENOSPC, "disk penuh"), (errno.EROFS, "hanya dapat dibaca")])
def test_a_disk_that_refuses_is_one_line(humas, monkeypatch, nomor, sebab):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(nomor, "x", "/srv/humas/terbitan/a.pdf")

    monkeypatch.setattr("humas.pipeline.run_quarter", refuse)
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 3
    assert jawab.galat == (
        f"/srv/humas/terbitan/a.pdf tidak dapat ditulis atau dibaca: {sebab}. "
        "Admin sistem: periksa ruang disk dan hak atas folder itu, lalu jalankan lagi.\n"
    )


def test_a_fault_of_the_program_keeps_its_trace(humas, monkeypatch):
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EBADF, "x")))
    with pytest.raises(OSError, match="x"):
        humas("quarter", "2026-TW3")


def test_the_body_may_be_written_in_capitals(humas):
    assert humas("due", "33.74", "2026-TW3", "--lembaga", "Bawaslu").keluar.startswith("Bawaslu Kota Semarang")


@pytest.mark.parametrize(
    ("satker", "kode"),
    [(["Kota Semarang", "33.22"], ["33.74", "33.22"]), (["33.74,33.22"], ["33.74", "33.22"]), ([], [])],
    ids=["by name", "with commas", "all"],
)
def test_units_of_a_quarter_as_people_name_them(humas, monkeypatch, satker, kode):
    diminta: list[list[str]] = []

    def stop(k: object, lembaga: str, periode: str, satker: Sequence[str], *_: object, **__: object) -> None:
        diminta.append(list(satker))
        raise KeyboardInterrupt

    monkeypatch.setattr("humas.pipeline.run_quarter", stop)
    humas("quarter", "2026-TW3", *(["--satker", *satker] if satker else []))
    assert diminta == [kode]


def test_interrupt_is_told_in_one_line(humas, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("humas.pipeline.run_quarter", interrupted)
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 3
    assert jawab.galat == "Dihentikan. Yang sudah tersimpan tetap ada; jalankan lagi perintah yang sama.\n"


def test_help_names_every_command_in_indonesian(humas):
    jawab = humas("--help")
    assert jawab.kode == 0
    assert [nama for nama in COMMANDS if nama not in jawab.keluar] == []
    assert jawab.keluar.startswith("pemakaian: humas ")


@pytest.mark.parametrize("perintah", COMMANDS)
def test_help_of_each_command(humas, perintah):
    jawab = humas(perintah, "--help")
    assert jawab.kode == 0
    assert COMMANDS[perintah].capitalize() in " ".join(jawab.keluar.split())
    assert not ENGLISH.search(jawab.keluar)


@pytest.mark.parametrize("kode", ["33.74", "Kota Semarang", "KPU Kota Semarang", "kota semarang"])
def test_due_explains_day_by_day(humas, kode):
    jawab = humas("due", kode, "2026-TW3")
    baris = jawab.keluar.splitlines()
    assert jawab.kode == 0
    assert baris[0] == "KPU Kota Semarang (33.74), Triwulan III 2026"
    assert "7 Oktober 2026" in jawab.keluar


@pytest.mark.parametrize(("pilihan", "kata"), [(("--lihat",), "melewati masa simpan"), ((), "dihapus")])
def test_retention_says_how_many_and_since_when(humas, pilihan, kata):
    jawab = humas("retensi", *pilihan)
    assert jawab.kode == 0
    assert re.fullmatch(rf"0 berkas mentah {kata}: terakhir datang sebelum \d+ \w+ \d{{4}}\.\n", jawab.keluar)


def test_retention_tells_of_files_that_no_record_knows(humas):
    landing = Settings.from_environment().landing
    for isi, waktu in ((b"lama", 0), (b"baru", time.time())):
        _, path = Landing(landing).store(isi)
        os.utime(path, (waktu, waktu))
    lihat = json.loads(humas("retensi", "--lihat", "--json").keluar)
    assert lihat == {"dihapus": False, "berkas": 0, "tak_tercatat": 1, "sebelum": "2024-10-06T03:00:00+00:00"}
    assert humas("retensi").keluar.splitlines()[1] == "1 berkas lain yang tidak tercatat di gudang juga dihapus."
    assert len(humas("retensi").keluar.splitlines()) == 1


def test_bench_lists_what_there_is(humas):
    jawab = humas("bench")
    assert jawab.kode == 0
    assert all(re.fullmatch(r"[a-z_]+ +\S.*", baris) for baris in jawab.keluar.splitlines())


def start(*kata: str, tmp_path: Path, **lingkungan: str) -> subprocess.Popen[bytes]:
    # Buffered, as on every ordinary machine: what cannot be written is noticed late.
    env = {
        **os.environ,
        "PYTHONUNBUFFERED": "",
        "PYTHONPATH": str(INCLUDE),
        "HUMAS_HOME": str(tmp_path / "keadaan"),
        **lingkungan,
    }
    perintah = [sys.executable, "-m", "humas.cli", *kata]
    return subprocess.Popen(perintah, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)


def test_process_ends_with_the_code(tmp_path):
    proses = start("due", "33.74", "2026-TW9", tmp_path=tmp_path)
    keluar, galat = proses.communicate(timeout=60)
    assert (proses.returncode, keluar) == (2, b"")
    assert galat.decode().count("\n") == 1


def test_reader_that_left_early_is_no_failure(tmp_path):
    proses = start("due", "33.74", "2026-TW3", tmp_path=tmp_path)
    proses.stdout.close()
    assert proses.stderr.read() == b""
    assert proses.wait(60) == 0


def test_screen_with_few_letters(tmp_path):
    berkas = tmp_path / "laporan 🎉.pdf"
    berkas.write_bytes(b"%PDF-1.7")
    proses = start("check", str(berkas), tmp_path=tmp_path, PYTHONIOENCODING="ascii")
    keluar, galat = proses.communicate(timeout=60)
    assert (proses.returncode, galat) == (1, b"")
    assert keluar.startswith(b"laporan ?.pdf: Ditolak\n")


def test_light_commands_load_nothing_heavy():
    berat = ["pandas", "great_expectations", "typst", "sqlalchemy", "airflow", "requests", "rich"]
    kode = "import sys; from humas.cli import build_parser; build_parser(); print(*sys.modules)"
    hasil = subprocess.run(
        [sys.executable, "-c", kode], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(INCLUDE)}
    )  # fmt: skip
    assert set(hasil.stdout.split()) & set(berat) == set()
