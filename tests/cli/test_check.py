"""``./humas check``: what an officer reads before sending, and what a program reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.cli.calls import call, installation
from tests.cli.files import COVER, make_row, write_csv, write_json, write_workbook
from tests.inbox.files import csv

pytestmark = pytest.mark.mesin


def read_strictly(text: str):
    """JSON as the standard has it: no NaN, no Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


def check_json(humas, file: Path, *options: str):
    reply = humas("check", file, "--json", *options)
    assert reply.error == ""
    return reply.code, read_strictly(reply.output)


def test_good_file_is_accepted(humas, tmp_path):
    reply = humas("check", write_workbook(tmp_path / "laporan tw3.xlsx", make_row()))
    assert reply.code == 0
    assert reply.output.splitlines() == [
        "laporan tw3.xlsx: Diterima",
        "KPU Kota Semarang (33.74), Triwulan III 2026",
        "Baris: 1 masuk = 1 diterima + 0 ditahan + 0 kembar",
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["laporan tw3.xlsx"], "nothing is stored"


def test_a_broadcast_without_a_link_counts(humas, tmp_path):
    """One on the radio, one in a newspaper, one on a website that is asked for its link, and one of which nobody can tell what it was."""
    common = {"Lembaga": "KPU"}
    told = [
        {"Judul konten": "Dialog pemilih pemula", "Kanal": "Radio", "Tautan": "", "Tanggal terbit": "03/07/2026"},
        {
            "Judul konten": "Iklan layanan daftar pemilih",
            "Kanal": "Koran",
            "Tautan": "",
            "Tanggal terbit": "03/07/2026",
        },
        {"Judul konten": "Rapat pleno", "Kanal": "Laman", "Tautan": "", "Tanggal terbit": "06/07/2026"},
        {"Judul konten": "", "Kanal": "Radio", "Tautan": "", "Tanggal terbit": "07/07/2026"},
    ]
    file = write_csv(tmp_path / "publikasi.csv", *(common | one | {"Jenis konten": "Berita"} for one in told))
    code, reply = check_json(humas, file)
    assert [one["state"] for one in reply["rows"]] == ["accepted", "accepted", "accepted", "quarantined"]
    told = {(one["row"], one["rule"], one["severity"]) for one in reply["findings"]}
    assert told == {(1, "K46", "PERINGATAN"), (5, "K66", "FATAL")}
    (asked,) = [one for one in reply["findings"] if one["rule"] == "K46"]
    assert 'kolom "Tautan" kosong pada 1 baris; baris diterima' in asked["message"]
    assert code == 1


def test_bad_row_is_told_with_place_and_remedy(humas, tmp_path):
    file = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(Tanggal_mulai="31/09/2026"))
    reply = humas("check", file)
    assert reply.code == 1
    assert "a.xlsx: Diterima sebagian" in reply.output
    assert "Ditahan" in reply.output
    assert (
        "Ditahan (V06): 1 temuan\n"
        '  Kegiatan, baris 3, kolom B (Tanggal mulai): "31/09/2026" bukan tanggal.\n'
        "  → September 2026 berakhir pada tanggal 30; perbaiki tanggalnya.\n"
    ) in reply.output
    assert reply.output.splitlines()[-1] == "Tenggat: Rabu, 7 Oktober 2026 (asumsi pemasangan)."


# One changed cell in a row beside a good one: what happens to the row, by which rule, and what is said of it.
CELLS = [
    ("four_hundred_letters", {"Judul_kegiatan": "Sosialisasi" + "a" * 389}, "quarantined", "V12", "400 huruf"),
    ("emoji", {"Judul_kegiatan": "Sosialisasi 🎉 bersama warga 👍🏽"}, "accepted", "", ""),
    ("hidden_letters", {"Judul_kegiatan": "Rapat \u202eterbalik\u200b di kantor"}, "accepted", "K11", "dibuang"),
    ("typst_code", {"Judul_kegiatan": '#eval("1+1") #import "/etc/passwd"'}, "accepted", "", ""),
    ("script", {"Judul_kegiatan": "<script>alert(1)</script> rapat"}, "accepted", "", ""),
    ("rich_markup", {"Judul_kegiatan": "[bold red]Rapat[/] [/tidak] kantor"}, "accepted", "", ""),
    ("parent_folder", {"Judul_kegiatan": "../../../etc/passwd kegiatan"}, "accepted", "", ""),
    ("nik", {"Tempat": "hub. Sri 3374015007900001"}, "quarantined", "V32", "memuat NIK"),
    ("nan_text", {"Jumlah_peserta": "NaN"}, "accepted", "", ""),
    ("inf_text", {"Jumlah_peserta": "inf"}, "accepted", "V18", '"inf" bukan bilangan'),
    ("negative", {"Jumlah_peserta": -5}, "accepted", "V18", "paling sedikit 0"),
    ("impossible_date", {"Tanggal_mulai": "30/02/2026"}, "quarantined", "V06", "bukan tanggal"),
    ("no_title", {"Judul_kegiatan": None}, "quarantined", "V12", "kosong, padahal wajib"),
    ("unknown_mode", {"Mode": "terbang"}, "accepted", "V14", "tidak dikenal"),
    ("formula_without_result", {"Judul_kegiatan": "=1+1"}, "quarantined", "V12", "kosong"),
]


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """A workbook with every strange cell in a row of its own, from row 2 on; as people and as programs read it."""
    folder = tmp_path_factory.mktemp("aneh")
    # The day keeps the rows apart, unless the date itself is the strange cell.
    day = ({"Tanggal_mulai": f"{number:02d}/08/2026"} for number in range(1, len(CELLS) + 1))
    everything = [make_row(**(one | overrides)) for one, (_, overrides, *_) in zip(day, CELLS, strict=True)]
    file = write_workbook(folder / "a.xlsx", *everything)
    with pytest.MonkeyPatch.context() as monkeypatch:
        installation(monkeypatch, folder / "keadaan")
        return call("check", file), call("check", file, "--json")


@pytest.mark.parametrize(
    ("number", "fate", "rule", "words"),
    [(number, *one[2:]) for number, one in enumerate(CELLS, 2)],
    ids=[cell[0] for cell in CELLS],
)
def test_strange_cell(strange, number, fate, rule, words):
    reply = read_strictly(strange[1].output)
    (row,) = [one for one in reply["rows"] if one["row"] == number]
    assert row["state"] == fate
    finding = [one for one in reply["findings"] if one["row"] == number]
    assert {rule} - {""} <= {one["rule"] for one in finding}
    assert words in " ".join(one["message"] for one in finding)


def test_strange_file_is_readable(strange):
    for reply in strange:
        assert (reply.code, reply.error) == (1, "")
        assert "3374015007900001" not in reply.output, "neither as written nor as read"
        assert all(letter.isprintable() or letter == "\n" for letter in reply.output)
    assert "[NIK disamarkan]" in strange[1].output


NUMBERS = [float("inf"), float("-inf"), True, {"a": 1}, "1.o07", "\ud800"]


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("angka")
    file = write_json(folder / "a.json", *({"jumlah_peserta": content} for content in NUMBERS), {})
    with pytest.MonkeyPatch.context() as monkeypatch:
        installation(monkeypatch, folder / "keadaan")
        return read_strictly(call("check", file, "--json").output)


@pytest.mark.parametrize("number", range(1, len(NUMBERS) + 1), ids=[ascii(one) for one in NUMBERS])
def test_json_number_that_is_none(numbers, number):
    (row,) = [one for one in numbers["rows"] if one["row"] == number]
    assert (row["state"], row["parsed"]["jumlah_peserta"]) == ("accepted", None)
    assert "V18" in [one["rule"] for one in numbers["findings"] if one["row"] == number]


# Whole files: status, words of the reason, words of the remedy.
FILES = [
    ("web_page.xlsx", b"<!doctype html><html><title>Masuk</title>", "sebenarnya halaman web", ""),
    ("print.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "isinya dokumen PDF", "Simpan ulang sebagai XLSX"),
    ("photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "isinya gambar", "Simpan ulang sebagai XLSX"),
    ("empty.xlsx", b"", "tidak berisi data", "bila memang nihil, nyatakan nihil"),
    ("blanks.csv", b" \n\n;;;\n", "tidak berisi data", "bila memang nihil, nyatakan nihil"),
    ("noise.csv", bytes(range(256)) * 20, "tidak dapat dibaca", "Simpan ulang"),
    ("cut.json", b'{"periode": "2026-TW3", "data": {', "JSON rusak pada baris 1", "Perbaiki JSON itu"),
    ("list.json", b"[1, 2, 3]", "isi terluar bukan objek", "Ikuti bentuk pada skema JSON"),
    ("deep.json", b'{"a":' * 50_000, "tidak dapat dibaca", "Perbaiki JSON itu"),
]


@pytest.mark.parametrize(("name", "content", "cause", "remedy"), FILES, ids=[file[0] for file in FILES])
@pytest.mark.parametrize("options", [(), ("--satker", "33.74", "--periode", "2026-TW3")], ids=["bare", "asked"])
def test_unreadable_file_says_why(humas, tmp_path, name, content, cause, remedy, options):
    (tmp_path / name).write_bytes(content)
    code, reply = check_json(humas, tmp_path / name, *options)
    assert code == 1
    assert reply["status"] == "ditolak"
    assert cause in reply["reason"]
    assert remedy in reply["remedy"]
    assert (reply["rows_in"], reply["rows"]) == (0, [])
    assert [one["message"] for one in reply["findings"]] == [reply["reason"]]


def test_cut_workbook(humas, tmp_path):
    file = write_workbook(tmp_path / "a.xlsx", make_row())
    file.write_bytes(file.read_bytes()[:900])
    reply = humas("check", file)
    assert reply.code == 1
    assert reply.output == (
        'a.xlsx: Ditolak\nBerkas "a.xlsx" tidak dapat dibaca: bungkusnya rusak atau terpotong. '
        "Simpan ulang sebagai XLSX, CSV, atau JSON lalu kirim ulang.\n"
    )


@pytest.mark.parametrize(
    ("cover", "words"),
    [
        ({"Kode satker": "99.99", "Nama satker": ""}, 'Kode satker "99.99" tidak terdaftar.'),
        ({"Kode satker": "3374"}, "Mungkin 33.74 Kota Semarang."),
        ({"Kode satker": "", "Nama satker": "Semarang"}, "dapat berarti Kabupaten Semarang (33.22) atau Kota Semarang"),
        ({"Periode": "triwulan kemarin"}, 'Periode "triwulan kemarin" tidak dikenali.'),
        ({"Periode": "2026"}, "adalah tahun"),
        ({"Kode satker": "11.08", "Nama satker": "Aceh Besar"}, "Aceh Besar"),
        ({"Lembaga": "KUA"}, 'Lembaga "KUA" pada sampul tidak dikenal.'),
    ],
)
def test_cover_that_cannot_be_right_refuses_the_file(humas, tmp_path, cover, words):
    code, reply = check_json(humas, write_workbook(tmp_path / "a.xlsx", make_row(), cover=COVER | cover))
    assert (code, reply["status"]) == (1, "ditolak")
    assert words in reply["reason"]
    assert reply["remedy"]


def test_wrong_period_is_told_with_both(humas, tmp_path):
    file = write_workbook(tmp_path / "a.xlsx", make_row())
    code, reply = check_json(humas, file, "--periode", "2026-TW2")
    assert (code, reply["status"]) == (1, "ditolak")
    assert reply["reason"] == "Berkas untuk Triwulan III 2026, diminta Triwulan II 2026."


def test_rows_of_a_refused_file_are_listed(humas, tmp_path):
    file = write_workbook(tmp_path / "t.xlsx", make_row(), make_row(), cover=COVER | {"Periode": "2026-TW2"})
    code, reply = check_json(humas, file, "--satker", "33.74", "--periode", "2026-TW3")
    assert (code, reply["rows_in"], reply["quarantined"]) == (1, 2, 2)
    assert [(one["sheet"], one["row"], one["state"]) for one in reply["rows"]] == [
        ("Kegiatan", 2, "quarantined"),
        ("Kegiatan", 3, "quarantined"),
    ]
    assert reply["rows"][0]["values"]["Judul kegiatan"] == make_row()["Judul kegiatan"]


def test_empty_sheet_is_not_nil(humas, tmp_path):
    code, reply = check_json(humas, write_workbook(tmp_path / "a.xlsx"))
    assert (code, reply["status"], reply["nihil"]) == (1, "ditolak", False)
    assert "tulis Ya pada Nihil di sampul" in reply["remedy"]


def test_nil_must_be_said(humas, tmp_path):
    code, reply = check_json(humas, write_workbook(tmp_path / "a.xlsx", cover=COVER | {"Nihil": "Ya"}))
    assert (code, reply["status"], reply["nihil"]) == (0, "nihil", True)


def test_csv_is_known_by_its_rows_below_a_title(humas, tmp_path):
    file = write_csv(tmp_path / "a.csv", make_row())
    file.write_text("Laporan Humas\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    code, reply = check_json(humas, file)
    assert (code, reply["satker"], reply["periode"], reply["accepted"]) == (0, "33.74", "2026-TW3", 1)
    assert reply["rows"][0]["row"] == 4


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("{folder}/tidak-ada.xlsx",), "tidak ditemukan"),
        (("{folder}",), "adalah folder, bukan berkas"),
        (("x" * 400,), "namanya terlalu panjang"),
        (("{folder}/a.xlsx", "--satker", "99.99"), 'Kode satker "99.99" tidak terdaftar.'),
        (("{folder}/a.xlsx", "--satker", "Semarang"), "dapat berarti"),
        (("{folder}/a.xlsx", "--periode", "besok"), 'Periode "besok" tidak dikenali.'),
        (("{folder}/a.xlsx", "--periode", "2026"), "adalah tahun"),
    ],
)
def test_wrong_use_is_one_line(humas, tmp_path, words, cause):
    write_workbook(tmp_path / "a.xlsx", make_row())
    reply = humas("check", *(word.format(folder=tmp_path) for word in words))
    assert (reply.code, reply.output) == (2, "")
    assert cause in reply.error
    assert reply.error.count("\n") == 1
    assert "Traceback" not in reply.error


def test_file_larger_than_a_run_would_take(humas, tmp_path):
    file = tmp_path / "a.csv"
    with file.open("wb") as content:
        content.truncate(33 * 1024 * 1024)
    reply = humas("check", file)
    assert reply.code == 2
    assert "melebihi batas 32 MiB" in reply.error


def test_file_name_cannot_paint_the_screen(humas, tmp_path):
    file = tmp_path / "\x1b[31m..merah\n[bold].pdf"
    file.write_bytes(b"%PDF-1.7")
    reply = humas("check", file)
    assert reply.code == 1
    assert reply.output.splitlines()[0] == "[31m..merah [bold].pdf: Ditolak"


def test_many_findings_of_one_kind_are_one_line_with_their_rows(humas, tmp_path):
    everything = [make_row(Tanggal_mulai="31/09/2026", Judul_kegiatan=f"Rapat kerja nomor {n}") for n in range(30)]
    other = make_row(Mode="terbang", Judul_kegiatan="Rapat kerja yang terbang")
    reply = humas("check", write_workbook(tmp_path / "a.xlsx", make_row(), other, *everything))
    assert reply.output.count("Kegiatan, 30 baris, 4–33, kolom") == 1
    assert reply.output.index("Ditahan (V06): 30 temuan") < reply.output.index("Perlu dilengkapi (V14): 1 temuan")


def test_gravest_rules_come_first(humas, tmp_path):
    note = [make_row(Tempat=None, Judul_kegiatan=f"Rapat kerja nomor {n}") for n in range(3)]
    reply = humas("check", write_workbook(tmp_path / "a.xlsx", *note, make_row(Tanggal_mulai="31/09/2026")))
    title = re.findall(r"^(\S.*) \((\w+)\): \d+ temuan$", reply.output, re.MULTILINE)
    assert title == [("Ditahan", "V06"), ("Perlu dilihat", "V15")]


def test_rows_balance_and_say_their_place(humas, tmp_path):
    everything = [make_row(), make_row(), make_row(Mode="terbang"), make_row(Tanggal_mulai="9/7/2026")]
    _, reply = check_json(humas, write_workbook(tmp_path / "a.xlsx", *everything))
    assert reply["rows_in"] == reply["accepted"] + reply["quarantined"] + reply["duplicates"] == 4
    assert [(one["row"], one["state"]) for one in reply["rows"]] == [
        (2, "accepted"), (3, "duplicate"), (4, "quarantined"), (5, "accepted"),
    ]  # fmt: skip
    assert reply["rows"][0]["values"]["tanggal_mulai"].startswith("2026-07-02")
    assert reply["rows"][2]["values"]["Mode"] == "terbang"
    assert {one["parsed"]["tanggal_mulai"][:10] for one in reply["rows"][:3]} == {"2026-07-02"}
    assert [one["parsed"]["jumlah_peserta"] for one in reply["rows"]] == [120] * 4
    assert (reply["rows"][2]["parsed"]["mode"], reply["rows"][0]["parsed"]["mode"]) == (None, "luring")
    assert len({frozenset(one["parsed"]) for one in reply["rows"]}) == 1, "the same columns, whatever the row's fate"
    assert [bool(one["id"]) for one in reply["rows"]] == [True, False, False, True]
    assert all(re.fullmatch(r"[A-Z]{0,2}", one["column"]) for one in reply["findings"])


def test_feedback_workbook_is_written_and_named(humas, tmp_path):
    file = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(Mode="terbang"))
    reply = humas("check", file, "--feedback", tmp_path / "balik.xlsx")
    assert reply.code == 1
    assert f"Buku umpan balik: {tmp_path / 'balik.xlsx'}. Perbaiki di sana, lalu kirim berkas itu." in reply.output
    book = openpyxl.load_workbook(tmp_path / "balik.xlsx")
    assert book.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert "terbang" in book["Kegiatan"]["E3"].comment.text
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx", "balik.xlsx"]
    _, content = check_json(humas, file, "--feedback", str(tmp_path / "balik.xlsx"))
    assert content["feedback"] == str(tmp_path / "balik.xlsx")


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        ("{folder}/a.xlsx", "akan menimpa berkas yang diperiksa"),
        ("{folder}/balik.pdf", "bukan XLSX"),
        ("{folder}/tidak-ada/balik.xlsx", "tidak dapat ditulis"),
    ],
    ids=["itself", "other_kind", "no_folder"],
)
def test_feedback_that_cannot_be_written_is_wrong_use(humas, tmp_path, target, cause):
    file = write_workbook(tmp_path / "a.xlsx", make_row(Mode="terbang"))
    original = file.read_bytes()
    reply = humas("check", file, "--feedback", target.format(folder=tmp_path))
    assert (reply.code, reply.output) == (2, "")
    assert cause in reply.error
    assert file.read_bytes() == original
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_recap_says_itself_whose_it_is_and_for_when(humas, tmp_path):
    file = tmp_path / "laporan.csv"
    file.write_bytes(csv("33.01") + csv("33.74", "Lomba foto").splitlines(keepends=True)[1])
    code, answer = check_json(humas, file)
    assert (answer["lembaga"], answer["satker"], answer["periode"]) == ("kpu", "33", "2026-TW3")
    assert answer["inferred"] == {"satker": "isi", "periode": "isi", "lembaga": "isi"}
    assert [(one["satker"], one["accepted"]) for one in answer["units"]] == [("33", 0), ("33.01", 1), ("33.74", 1)]
    assert "Dibaca dari berkas: satker (dari isi)" in humas("check", file).output
    assert code == 0


@pytest.mark.parametrize(
    ("name", "header", "body", "origin"),
    [
        pytest.param(
            "Prokopim Kota Pekalongan TW3 2026", "Strategi", "pemda", "nama berkas", id="an office of one body"
        ),
        pytest.param(
            "Kota Pekalongan TW3 2026", "Tugas utama", "pemda", "judul kolom", id="a header of one body's template"
        ),
        pytest.param("Kota Pekalongan TW3 2026", "Bidang utama", "bawaslu", "judul kolom", id="a header of another's"),
        pytest.param(
            "KPU Kota Pekalongan TW3 2026", "Tugas utama", "kpu", "nama berkas", id="a header outranks no name"
        ),
        pytest.param(
            "Bagian Humas KPU Kota Pekalongan TW3 2026", "Strategi", "kpu", "nama berkas", id="any body has a humas"
        ),
        pytest.param("Kota Pekalongan TW3 2026", "Strategi utama", "kpu", "bawaan", id="nothing says it"),
    ],
)
def test_whose_file_it_is_follows_from_its_name_and_headers_and_is_told(humas, tmp_path, name, header, body, origin):
    file = tmp_path / f"{name}.csv"
    file.write_text(
        f"Judul kegiatan;Tanggal;Jenis kegiatan;{header}\nRapat dengan mitra;14/07/2026;Rapat koordinasi;2\n"
    )
    _, answer = check_json(humas, file)
    assert (answer["lembaga"], answer["inferred"]["lembaga"]) == (body, origin)
    told = "Lembaga tidak dapat dipastikan dari berkas; diperiksa sebagai KPU. Bila bukan, tambahkan --lembaga bawaslu atau pemda."
    assert (told in " ".join(humas("check", file).output.split())) is (origin == "bawaan")


def test_what_is_missing_alone_is_asked_for(humas, tmp_path):
    file = tmp_path / "laporan.csv"
    file.write_bytes(csv("33.74").replace(b"02/07/2026", b"entah"))
    reply = humas("check", file)
    assert "--periode" in reply.error
    assert "--satker" not in reply.error
