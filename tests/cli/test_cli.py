"""The command line as a whole: wrong use, a broken installation, the reader of its output gone."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from humas.cli.main import COMMANDS
from humas.landing import Landing
from humas.settings import Settings

from tests.cli.files import make_row, write_workbook

pytestmark = pytest.mark.mesin

INCLUDE = Path(__file__).parents[2] / "include"
ENGLISH = re.compile(
    r"\b(error|invalid|usage|required|expected|argument|choose|no such|traceback|errno)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("words", "mention"),
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
        (("run", "--lembaga", "kpu,dprd"), '"dprd" tidak dikenal; pilih kpu, bawaslu, atau pemda, atau semua'),
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
    ids=lambda content: " ".join(content) if isinstance(content, tuple) else "",
)
def test_wrong_use_is_one_indonesian_line_and_code_2(humas, words, mention):
    reply = humas(*words)
    assert (reply.code, reply.output) == (2, "")
    assert mention in reply.error
    assert reply.error.count("\n") == 1
    assert reply.error.rstrip("\n").isprintable()
    assert not ENGLISH.search(reply.error), reply.error


@pytest.mark.parametrize(
    ("variable", "content", "words", "mention"),
    [
        ("HUMAS_REGISTER", "/tidak/ada.csv", "check", "Berkas saluran ada.csv tidak dapat dibaca: tidak ada."),
        ("HUMAS_REGISTER", "{folder}/rusak.csv", "check", "tidak dapat dibaca: "),
        ("HUMAS_HARI_LIBUR", "/tidak/ada.csv", "due", "/tidak/ada.csv tidak dapat dibaca: tidak ada."),
        ("HUMAS_TAHAPAN", "/tidak/ada.csv", "due", "Berkas tahapan /tidak/ada.csv tidak dapat dibaca: tidak ada."),
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
    humas, tmp_path, monkeypatch, variable, content, words, mention
):
    (tmp_path / "rusak.csv").write_bytes(b"\xff\xfe\x00\xd8 bukan teks")
    monkeypatch.setenv(variable, content.format(folder=tmp_path))
    options = {
        "check": ["check", write_workbook(tmp_path / "a.xlsx", make_row())],
        "due": ["due", "33.74", "2026-TW3"],
        "quarter": ["quarter", "2026-TW3", "--satker", "33.74"],
    }[words]
    reply = humas(*options)
    assert (reply.code, reply.output) == (3, "")
    assert mention in reply.error
    assert "Admin sistem: " in reply.error
    assert reply.error.count("\n") == 1
    assert not ENGLISH.search(reply.error.replace("ArgumentError", "")), reply.error


@pytest.mark.parametrize("content", ["ya", "YA ", "1", "true"])
def test_a_switch_is_understood_as_people_write_it(humas, monkeypatch, content):
    monkeypatch.setenv("HUMAS_TENGGAT_DITETAPKAN", content)
    assert "Asumsi" not in humas("due", "33.74", "2026-TW3").output


def test_a_host_suffix_may_have_a_star():
    assert Settings.from_environment({"HUMAS_HOST_DIIZINKAN": "*.or.id, A.go.id"}).allowed_hosts == (
        ".or.id",
        "A.go.id",
    )


@pytest.mark.parametrize(("number", "cause"), [(errno.ENOSPC, "disk penuh"), (errno.EROFS, "hanya dapat dibaca")])
def test_a_disk_that_refuses_is_one_line(humas, monkeypatch, number, cause):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "x", "/srv/humas/terbitan/a.pdf")

    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", refuse)
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 3
    assert reply.error == (
        f"/srv/humas/terbitan/a.pdf tidak dapat ditulis atau dibaca: {cause}. "
        "Admin sistem: periksa ruang disk dan hak atas folder itu, lalu jalankan lagi.\n"
    )


def test_a_fault_of_the_program_keeps_its_trace(humas, monkeypatch):
    monkeypatch.setattr(
        "humas.pipeline.quarter.run_quarter", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EBADF, "x"))
    )
    with pytest.raises(OSError, match="x"):
        humas("quarter", "2026-TW3")


def test_the_body_may_be_written_in_capitals(humas):
    assert humas("due", "33.74", "2026-TW3", "--lembaga", "Bawaslu").output.startswith("Bawaslu Kota Semarang")


@pytest.mark.parametrize(
    ("satker", "code"),
    [(["Kota Semarang", "33.22"], ["33.74", "33.22"]), (["33.74,33.22"], ["33.74", "33.22"]), ([], [])],
    ids=["by name", "with commas", "all"],
)
def test_units_of_a_quarter_as_people_name_them(humas, monkeypatch, satker, code):
    asked: list[list[str]] = []

    def stop(k: object, cycle: object, satker: Sequence[str], *_: object, **__: object) -> None:
        asked.append(list(satker))
        raise KeyboardInterrupt

    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", stop)
    humas("quarter", "2026-TW3", *(["--satker", *satker] if satker else []))
    assert asked == [code]


def test_interrupt_is_told_in_one_line(humas, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("humas.pipeline.quarter.run_quarter", interrupted)
    reply = humas("quarter", "2026-TW3")
    assert reply.code == 3
    assert reply.error == "Dihentikan. Yang sudah tersimpan tetap ada; jalankan lagi perintah yang sama.\n"


def test_help_names_every_command_in_indonesian(humas):
    reply = humas("--help")
    assert reply.code == 0
    assert [name for name in COMMANDS if name not in reply.output] == []
    assert reply.output.startswith("pemakaian: humas ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(humas, command):
    reply = humas(command, "--help")
    assert reply.code == 0
    assert COMMANDS[command].capitalize() in " ".join(reply.output.split())
    assert not ENGLISH.search(reply.output)


@pytest.mark.parametrize("code", ["33.74", "Kota Semarang", "KPU Kota Semarang", "kota semarang"])
def test_due_explains_day_by_day(humas, code):
    reply = humas("due", code, "2026-TW3")
    row = reply.output.splitlines()
    assert reply.code == 0
    assert row[0] == "KPU Kota Semarang (33.74), Triwulan III 2026"
    assert "7 Oktober 2026" in reply.output


@pytest.mark.parametrize(("options", "words"), [(("--lihat",), "melewati masa simpan"), ((), "dihapus")])
def test_retention_says_how_many_and_since_when(humas, options, words):
    reply = humas("retensi", *options)
    assert reply.code == 0
    assert re.fullmatch(rf"0 berkas mentah {words}: terakhir datang sebelum \d+ \w+ \d{{4}}\.\n", reply.output)


def test_retention_tells_of_files_that_no_record_knows(humas):
    landing = Settings.from_environment().landing
    for content, moment in ((b"lama", 0), (b"baru", time.time())):
        _, path = Landing(landing).store(content)
        os.utime(path, (moment, moment))
    dry_run = json.loads(humas("retensi", "--lihat", "--json").output)
    assert dry_run == {"dihapus": False, "berkas": 0, "tak_tercatat": 1, "sebelum": "2024-10-06T03:00:00+00:00"}
    assert humas("retensi").output.splitlines()[1] == "1 berkas lain yang tidak tercatat di gudang juga dihapus."
    assert len(humas("retensi").output.splitlines()) == 1


def test_bench_lists_what_there_is(humas):
    reply = humas("bench")
    assert reply.code == 0
    assert all(re.fullmatch(r"[a-z_]+ +\S.*", row) for row in reply.output.splitlines())


def start(*words: str, tmp_path: Path, **environment: str) -> subprocess.Popen[bytes]:
    # Buffered, as on every ordinary machine: what cannot be written is noticed late.
    env = {
        **os.environ,
        "PYTHONUNBUFFERED": "",
        "PYTHONPATH": str(INCLUDE),
        "HUMAS_HOME": str(tmp_path / "keadaan"),
        **environment,
    }
    command = [sys.executable, "-m", "humas.cli", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)


def test_process_ends_with_the_code(tmp_path):
    process = start("due", "33.74", "2026-TW9", tmp_path=tmp_path)
    output, error = process.communicate(timeout=60)
    assert (process.returncode, output) == (2, b"")
    assert error.decode().count("\n") == 1


def test_shared_data_that_cannot_be_read_are_one_line_of_any_command(tmp_path):
    copied = shutil.copytree(INCLUDE, tmp_path / "include", ignore=shutil.ignore_patterns("__pycache__"))
    shared = copied / "humas/bodies/data/jenis_bersama.toml"
    shared.write_text(shared.read_text(encoding="utf-8") + "\n[RILIS\n", encoding="utf-8")
    command = [sys.executable, "-m", "humas.cli", "lembaga", "periksa"]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(copied)}
    )
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (3, "", 1)
    assert "jenis_bersama.toml, baris " in ended.stderr
    assert "Admin sistem: perbaiki" in ended.stderr


def test_reader_that_left_early_is_no_failure(tmp_path):
    process = start("due", "33.74", "2026-TW3", tmp_path=tmp_path)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


def test_screen_with_few_letters(tmp_path):
    file = tmp_path / "laporan 🎉.pdf"
    file.write_bytes(b"%PDF-1.7")
    process = start("check", str(file), tmp_path=tmp_path, PYTHONIOENCODING="ascii")
    output, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (1, b"")
    assert output.startswith(b"laporan ?.pdf: Ditolak\n")


def test_light_commands_load_nothing_heavy():
    weight = ["pandas", "great_expectations", "typst", "sqlalchemy", "airflow", "requests", "rich"]
    code = "import sys; from humas.cli.main import build_parser; build_parser(); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(INCLUDE)}
    )  # fmt: skip
    assert set(result.stdout.split()) & set(weight) == set()


def test_status_names_the_lines_of_the_channel_file_that_cannot_be_used(humas, tmp_path, monkeypatch):
    register = tmp_path / "saluran.csv"
    register.write_text(
        "lembaga,kode_satker,nama_satker,jenis,alamat,urutan,kredensial,himpunan,percaya_waktu,aktif\nkpu,33.74,,faks,https://sumber.example,,,,,\n"
    )
    monkeypatch.setenv("HUMAS_REGISTER", str(register))
    told = humas("status")
    assert told.code == 0
    assert told.output.startswith("Tidak berjalan.")
    assert 'saluran.csv, baris 2: Jenis "faks" tidak dikenal. Admin sistem: ' in told.output
