"""What a receipt says of what was accepted before, and how an answer settles it: from the file to the figures."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from humas.inbox.sweep import sweep
from humas.pipeline.quarter import decide, open_period, roll_up, validate
from humas.registry import Cycle
from openpyxl import load_workbook

from tests.cli.calls import call
from tests.cli.calls import installation as as_commands_see_it
from tests.inbox.conftest import NOW, installation
from tests.inbox.files import csv, csv_publikasi, workbook

pytestmark = pytest.mark.mesin

TW3 = Cycle("kpu", "2026-TW3")
TITLES = (
    "Rapat koordinasi kehumasan",
    "Dialog di radio daerah",
    "Lomba foto demokrasi",
    "Senam bersama pemilih lansia",
)
SHORT = "Apel"
"""A title too short to be told: its row is held."""
FILES = {
    "tertahan.csv": csv("33.74", TITLES[0], SHORT),
    "susulan perbaikan.csv": csv("33.74", "Apel pagi bersama").replace(b"kpu.go.id/0", b"kpu.go.id/1"),
    "empat.csv": csv("33.74", *TITLES),
    "empat lagi.csv": csv("33.74", *TITLES[:3], TITLES[3].upper()),
    "tiga.csv": csv("33.74", *TITLES[:3]),
    "susulan.csv": csv("33.74", "Kunjungan siswa ke rumah pintar", "Klarifikasi kabar bohong"),
    "publikasi.csv": csv_publikasi("33.74"),
    "nihil.xlsx": workbook(),
}


@pytest.fixture
def sent(folder, tmp_path):
    """Lay files down, a minute and a sweep for each; the last receipt."""

    def run(*names: str, validated: bool = True) -> str:
        for minute, name in enumerate(names):
            folder.put(name, FILES[name], 1_790_000_000 + 60 * minute)
            k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=minute))
            assert [one.keadaan for one in sweep(k).actions] == ["diambil"]
            if validated:
                open_period(k, TW3)
                validate(k, TW3, "uji")
        return receipt(folder, names[-1])

    return run


def receipt(folder, name):
    (text,) = (
        content.decode("utf-8-sig")
        for position, content in folder.files("diterima/kpu/2026-TW3").items()
        if position.endswith("tanda terima.txt") and f"Berkas    : {name}" in content.decode("utf-8-sig")
    )
    return text


def two_sheets(tmp_path) -> bytes:
    """An activity that is accepted, and two publications that lack their links."""
    book = load_workbook(BytesIO(workbook()))
    sheet = book.create_sheet("Publikasi")
    for row in (
        ["Kanal", "Tautan", "Tanggal terbit", "Judul konten"],
        *[["Instagram", None, "menyusul", x] for x in "ab"],
    ):
        sheet.append(row)
    book.save(tmp_path / "dua lembar.xlsx")
    return (tmp_path / "dua lembar.xlsx").read_bytes()


@pytest.mark.parametrize("validated", [True, False], ids=["after a run", "before any run"])
def test_rows_that_are_all_held_were_sent_all_the_same(sent, tmp_path, monkeypatch, validated):
    monkeypatch.setitem(FILES, "dua lembar.xlsx", two_sheets(tmp_path))
    text = sent("dua lembar.xlsx", validated=validated)
    assert "Publikasi: 2 baris dikirim, semuanya ditahan; belum ada yang dihitung." in text
    assert "Belum dilaporkan: Permohonan Informasi, Isu dan Hoaks." in text
    if validated:
        text = sent("empat.csv")
        assert "Publikasi: 2 baris dikirim, semuanya ditahan" in text, "a later file of another data set says so too"


def test_a_later_file_that_brings_a_held_row_mended_is_told_so_and_nobody_asks_again(sent, tmp_path):
    assert "1 ditahan" in sent("tertahan.csv")
    text = sent("susulan perbaikan.csv")
    assert "Kegiatan, baris yang dahulu ditahan dan kini telah diperbaiki:" in text
    k = installation(tmp_path)
    assert list(k.warehouse.verdicts(TW3)[["dikarantina", "diperbaiki"]].sum()) == [1, 1]
    roll_up(k, TW3, "uji")
    assert decide(k, TW3, "uji").bagian_karantina == 0


def counted(tmp_path, dataset="kegiatan"):
    return len(installation(tmp_path).warehouse.facts(TW3, dataset))


SAID = {
    "the first file says which data sets are still unreported": (
        ["empat.csv"], ["Belum dilaporkan: Publikasi, Permohonan Informasi, Isu dan Hoaks."], ["PERTANYAAN"], 4
    ),
    "an addition says what it adds": (
        ["empat.csv", "susulan.csv"], ["2 baru", "sekarang dihitung 6 baris", "Klarifikasi kabar bohong"],
        ["PERTANYAAN"], 6,
    ),
    "rows that are missing are asked about by name": (
        ["empat.csv", "tiga.csv"],
        ["1 tidak ada di berkas ini; sekarang dihitung 4 baris", "PERTANYAAN: Ini menambah atau mengganti?", TITLES[3],
         "./humas ganti 33.74 2026-TW3"],
        ["Baru:"], 4,
    ),
    "the same rows in capitals change nothing": (
        ["empat.csv", "empat lagi.csv"], ["sama dengan yang sudah diterima, tidak ada yang berubah"], ["PERTANYAAN"], 4
    ),
    "another data set leaves the first as it is": (
        ["empat.csv", "publikasi.csv"], ["Kegiatan: tidak disebut di berkas ini; 4 baris yang sudah diterima tetap"],
        ["PERTANYAAN"], 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize("validated", [True, False], ids=["after a run", "before any run"])
@pytest.mark.parametrize(("names", "said", "unsaid", "in_force"), SAID.values(), ids=SAID.keys())
def test_a_receipt_says_what_a_file_means_for_those_before_it(sent, tmp_path, names, said, unsaid, in_force, validated):
    text = sent(*names, validated=validated)
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []
    k = installation(tmp_path)
    open_period(k, TW3)
    validate(k, TW3, "uji")
    assert counted(tmp_path) == in_force


@pytest.mark.parametrize(
    ("answer", "in_force"), [("Menambah", 2), ("Mengganti", 1), ("hanya perbaikan, yang lain tetap", 2), ("entah", 2)]
)
def test_the_cover_says_whether_a_file_adds_or_replaces(sent, tmp_path, monkeypatch, answer, in_force):
    rows = [{"Judul kegiatan": title} for title in TITLES[:2]]
    monkeypatch.setitem(FILES, "dua.xlsx", workbook(*rows))
    cover = {"Kiriman ini menambah atau mengganti?": answer}
    monkeypatch.setitem(FILES, "satu.xlsx", workbook(rows[0], **cover))
    text = sent("dua.xlsx", "satu.xlsx")
    assert counted(tmp_path) == in_force
    assert ("PERTANYAAN" in text) is (answer == "entah")


def test_the_same_bytes_again_are_told_once(sent, folder, tmp_path):
    sent("empat.csv")
    folder.put("empat.csv", FILES["empat.csv"], 1_790_000_900)
    sweep(installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(hours=1)))
    validate(installation(tmp_path), TW3, "uji")
    assert counted(tmp_path) == 4


def test_an_answer_settles_the_question(sent, tmp_path, monkeypatch):
    sent("empat.csv", "tiga.csv")
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    listed = call("ganti")
    assert (listed.code, TITLES[3] in listed.output) == (1, True)
    assert json.loads(call("ganti", "--json").output)["pertanyaan"][0]["satker"] == "33.74"
    assert call("ganti", "33.74", "2026-TW3", "--ganti").code == 2, "nobody is named"
    answered = call("ganti", "33.74", "2026-TW3", "--ganti", "--oleh", "Sari", "--alasan", "bukan kegiatan humas")
    assert (answered.code, "dicabut, mulai jalan berikutnya" in answered.output) == (0, True)
    k = installation(tmp_path)
    validate(k, TW3, "uji 2")
    roll_up(k, TW3, "uji 2")
    assert (counted(tmp_path), call("ganti").code) == (3, 0)
    assert k.warehouse.conservation(TW3).buku == (4, 3, 0, 1)


def test_using_the_answer_wrongly_is_said(sent, tmp_path, monkeypatch):
    sent("empat.csv")
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    assert "--tambah atau --ganti" in call("ganti", "33.74", "2026-TW3").error


def test_the_same_bytes_twice_in_one_sweep_are_said_once(folder, tmp_path):
    """Entered again after the file between them, a submission would follow itself without an end."""
    files = {
        "empat.csv": FILES["empat.csv"],
        "empat lain.csv": FILES["empat.csv"].replace(b"kpu.go.id/0", b"kpu.go.id/9"),
        "empat salinan.csv": FILES["empat.csv"],
        "susulan.csv": FILES["susulan.csv"],
    }
    for minute, (name, data) in enumerate(files.items()):
        folder.put(name, data, 1_790_000_000 + 60 * minute)
    k = installation(tmp_path, f"kpu={folder.url}")
    assert [one.keadaan for one in sweep(k).actions] == ["diambil"] * 4
    assert "1 berubah" in receipt(folder, "empat lain.csv")
    assert "berubah" not in receipt(folder, "empat salinan.csv")
    assert "sekarang dihitung 6 baris" in receipt(folder, "susulan.csv")
    open_period(k, TW3)
    assert validate(k, TW3, "uji").diterima == 10
