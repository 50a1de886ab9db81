"""``./humas check``: what an officer reads before sending, and what a program reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.command.berkas import SAMPUL, make_row, write_csv, write_json, write_workbook
from tests.command.panggilan import call, installation

pytestmark = pytest.mark.mesin


def read_strictly(teks: str):
    """JSON as the standard has it: no NaN, no Infinity."""

    def refuse(nama: str) -> None:
        raise AssertionError(nama)

    return json.loads(teks, parse_constant=refuse)


def check_json(humas, berkas: Path, *pilihan: str):
    jawab = humas("check", berkas, "--json", *pilihan)
    assert jawab.galat == ""
    return jawab.kode, read_strictly(jawab.keluar)


def test_good_file_is_accepted(humas, tmp_path):
    jawab = humas("check", write_workbook(tmp_path / "laporan tw3.xlsx", make_row()))
    assert jawab.kode == 0
    assert jawab.keluar.splitlines() == [
        "laporan tw3.xlsx: Diterima",
        "KPU Kota Semarang (33.74), Triwulan III 2026",
        "Baris: 1 masuk = 1 diterima + 0 ditahan + 0 kembar",
    ]
    assert [satu.name for satu in tmp_path.iterdir()] == ["laporan tw3.xlsx"], "nothing is stored"


def test_bad_row_is_told_with_place_and_remedy(humas, tmp_path):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(Tanggal_mulai="31/09/2026"))
    jawab = humas("check", berkas)
    assert jawab.kode == 1
    assert "a.xlsx: Diterima sebagian" in jawab.keluar
    assert "Ditahan" in jawab.keluar
    assert (
        "Ditahan (V06): 1 temuan\n"
        '  Kegiatan, baris 3, kolom B (Tanggal mulai): "31/09/2026" bukan tanggal.\n'
        "  → September 2026 berakhir pada tanggal 30; perbaiki tanggalnya.\n"
    ) in jawab.keluar
    assert jawab.keluar.splitlines()[-1] == "Tenggat: Rabu, 7 Oktober 2026 (asumsi pemasangan)."


# One changed cell in a row beside a good one: what happens to the row, by which rule, and what is said of it.
SEL = [
    ("four_hundred_letters", {"Judul_kegiatan": "Sosialisasi" + "a" * 389}, "quarantined", "V12", "400 huruf"),
    ("emoji", {"Judul_kegiatan": "Sosialisasi 🎉 bersama warga 👍🏽"}, "accepted", "", ""),
    ("hidden_letters", {"Judul_kegiatan": "Rapat \u202eterbalik\u200b di kantor"}, "accepted", "K11", "dibuang"),
    ("typst_code", {"Judul_kegiatan": '#eval("1+1") #import "/etc/passwd"'}, "accepted", "", ""),
    ("script", {"Judul_kegiatan": "<script>alert(1)</script> rapat"}, "accepted", "", ""),
    ("rich_markup", {"Judul_kegiatan": "[bold red]Rapat[/] [/tidak] kantor"}, "accepted", "", ""),
    ("parent_folder", {"Judul_kegiatan": "../../../etc/passwd kegiatan"}, "accepted", "", ""),
    ("nik", {"Tempat": "hub. Sri 3374015007900001"}, "quarantined", "V32", "memuat NIK"),
    ("nan_text", {"Jumlah_peserta": "NaN"}, "quarantined", "V18", '"NaN" bukan bilangan'),
    ("inf_text", {"Jumlah_peserta": "inf"}, "quarantined", "V18", '"inf" bukan bilangan'),
    ("negative", {"Jumlah_peserta": -5}, "quarantined", "V18", "paling sedikit 0"),
    ("impossible_date", {"Tanggal_mulai": "30/02/2026"}, "quarantined", "V06", "bukan tanggal"),
    ("no_title", {"Judul_kegiatan": None}, "quarantined", "V12", "kosong, padahal wajib"),
    ("unknown_mode", {"Mode": "terbang"}, "quarantined", "V14", "tidak dikenal"),
    ("formula_without_result", {"Judul_kegiatan": "=1+1"}, "quarantined", "V12", "kosong"),
]


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """A workbook with every strange cell in a row of its own, from row 2 on; as people and as programs read it."""
    folder = tmp_path_factory.mktemp("aneh")
    # The day keeps the rows apart, unless the date itself is the strange cell.
    hari = ({"Tanggal_mulai": f"{nomor:02d}/08/2026"} for nomor in range(1, len(SEL) + 1))
    semua = [make_row(**(satu | beda)) for satu, (_, beda, *_) in zip(hari, SEL, strict=True)]
    berkas = write_workbook(folder / "a.xlsx", *semua)
    with pytest.MonkeyPatch.context() as monkeypatch:
        installation(monkeypatch, folder / "keadaan")
        return call("check", berkas), call("check", berkas, "--json")


@pytest.mark.parametrize(
    ("nomor", "nasib", "aturan", "kata"),
    [(nomor, *satu[2:]) for nomor, satu in enumerate(SEL, 2)],
    ids=[satu[0] for satu in SEL],
)
def test_strange_cell(strange, nomor, nasib, aturan, kata):
    jawab = read_strictly(strange[1].keluar)
    (baris,) = [satu for satu in jawab["rows"] if satu["row"] == nomor]
    assert baris["state"] == nasib
    temuan = [satu for satu in jawab["findings"] if satu["row"] == nomor]
    assert {aturan} - {""} <= {satu["rule"] for satu in temuan}
    assert kata in " ".join(satu["message"] for satu in temuan)


def test_strange_file_is_readable(strange):
    for jawab in strange:
        assert (jawab.kode, jawab.galat) == (1, "")
        assert "3374015007900001" not in jawab.keluar, "neither as written nor as read"
        assert all(huruf.isprintable() or huruf == "\n" for huruf in jawab.keluar)
    assert "[NIK disamarkan]" in strange[1].keluar


NUMBERS = [float("nan"), float("inf"), float("-inf"), True, {"a": 1}, "1.o07", "\ud800"]


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("angka")
    berkas = write_json(folder / "a.json", *({"jumlah_peserta": isi} for isi in NUMBERS), {})
    with pytest.MonkeyPatch.context() as monkeypatch:
        installation(monkeypatch, folder / "keadaan")
        return read_strictly(call("check", berkas, "--json").keluar)


@pytest.mark.parametrize("nomor", range(1, len(NUMBERS) + 1), ids=[ascii(satu) for satu in NUMBERS])
def test_json_number_that_is_none(numbers, nomor):
    (baris,) = [satu for satu in numbers["rows"] if satu["row"] == nomor]
    assert baris["state"] == "quarantined"
    assert "V18" in [satu["rule"] for satu in numbers["findings"] if satu["row"] == nomor]


# Whole files: status, words of the reason, words of the remedy.
BERKAS = [
    ("web_page.xlsx", b"<!doctype html><html><title>Masuk</title>", "sebenarnya halaman web", ""),
    ("print.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "isinya dokumen PDF", "Simpan ulang sebagai XLSX"),
    ("photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "isinya gambar", "Simpan ulang sebagai XLSX"),
    ("empty.xlsx", b"", "tidak berisi data", "bila memang nihil, nyatakan nihil"),
    ("blanks.csv", b" \n\n;;;\n", "tidak berisi data", "bila memang nihil, nyatakan nihil"),
    ("noise.csv", bytes(range(256)) * 20, "tidak dapat dibaca", "Simpan ulang"),
    ("cut.json", b'{"periode": "2026-TW3", "data": {', "JSON rusak pada baris 1", "Simpan ulang"),
    ("list.json", b"[1, 2, 3]", "isi terluar bukan objek", "Ikuti bentuk pada skema JSON"),
    ("deep.json", b'{"a":' * 50_000, "tidak dapat dibaca", "Simpan ulang"),
]


@pytest.mark.parametrize(("nama", "isi", "sebab", "cara"), BERKAS, ids=[satu[0] for satu in BERKAS])
@pytest.mark.parametrize("pilihan", [(), ("--satker", "33.74", "--periode", "2026-TW3")], ids=["bare", "asked"])
def test_unreadable_file_says_why(humas, tmp_path, nama, isi, sebab, cara, pilihan):
    (tmp_path / nama).write_bytes(isi)
    kode, jawab = check_json(humas, tmp_path / nama, *pilihan)
    assert kode == 1
    assert jawab["status"] == "ditolak"
    assert sebab in jawab["reason"]
    assert cara in jawab["remedy"]
    assert (jawab["rows_in"], jawab["rows"]) == (0, [])
    assert [satu["message"] for satu in jawab["findings"]] == [jawab["reason"]]


def test_cut_workbook(humas, tmp_path):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row())
    berkas.write_bytes(berkas.read_bytes()[:900])
    jawab = humas("check", berkas)
    assert jawab.kode == 1
    assert jawab.keluar == (
        'a.xlsx: Ditolak\nBerkas "a.xlsx" tidak dapat dibaca: bungkusnya rusak atau terpotong. '
        "Simpan ulang sebagai XLSX, CSV, atau JSON lalu kirim ulang.\n"
    )


@pytest.mark.parametrize(
    ("sampul", "kata"),
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
def test_cover_that_cannot_be_right_refuses_the_file(humas, tmp_path, sampul, kata):
    kode, jawab = check_json(humas, write_workbook(tmp_path / "a.xlsx", make_row(), sampul=SAMPUL | sampul))
    assert (kode, jawab["status"]) == (1, "ditolak")
    assert kata in jawab["reason"]
    assert jawab["remedy"]


def test_wrong_period_is_told_with_both(humas, tmp_path):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row())
    kode, jawab = check_json(humas, berkas, "--periode", "2026-TW2")
    assert (kode, jawab["status"]) == (1, "ditolak")
    assert jawab["reason"] == "Berkas untuk Triwulan III 2026, diminta Triwulan II 2026."


def test_rows_of_a_refused_file_are_listed(humas, tmp_path):
    berkas = write_workbook(tmp_path / "t.xlsx", make_row(), make_row(), sampul=SAMPUL | {"Periode": "2026-TW2"})
    kode, jawab = check_json(humas, berkas, "--satker", "33.74", "--periode", "2026-TW3")
    assert (kode, jawab["rows_in"], jawab["quarantined"]) == (1, 2, 2)
    assert [(satu["sheet"], satu["row"], satu["state"]) for satu in jawab["rows"]] == [
        ("Kegiatan", 2, "quarantined"),
        ("Kegiatan", 3, "quarantined"),
    ]
    assert jawab["rows"][0]["values"]["Judul kegiatan"] == make_row()["Judul kegiatan"]


def test_empty_sheet_is_not_nil(humas, tmp_path):
    kode, jawab = check_json(humas, write_workbook(tmp_path / "a.xlsx"))
    assert (kode, jawab["status"], jawab["nihil"]) == (1, "ditolak", False)
    assert "tulis Ya pada Nihil di sampul" in jawab["remedy"]


def test_nil_must_be_said(humas, tmp_path):
    kode, jawab = check_json(humas, write_workbook(tmp_path / "a.xlsx", sampul=SAMPUL | {"Nihil": "Ya"}))
    assert (kode, jawab["status"], jawab["nihil"]) == (0, "nihil", True)


def test_csv_is_known_by_its_rows_below_a_title(humas, tmp_path):
    berkas = write_csv(tmp_path / "a.csv", make_row())
    berkas.write_text("Laporan Humas\n\n" + berkas.read_text(encoding="utf-8"), encoding="utf-8")
    kode, jawab = check_json(humas, berkas)
    assert (kode, jawab["satker"], jawab["periode"], jawab["accepted"]) == (0, "33.74", "2026-TW3", 1)
    assert jawab["rows"][0]["row"] == 4


def test_csv_of_several_units_asks_whose_it_is(humas, tmp_path):
    berkas = write_csv(tmp_path / "a.csv", make_row(), {"Kode satker": "33.22", "Periode": "2026-TW3"} | make_row())
    jawab = humas("check", berkas)
    assert jawab.kode == 2
    assert jawab.galat.startswith("Berkas tidak menyebut satker. Yang perlu dilakukan: tambahkan --satker")


@pytest.mark.parametrize(
    ("kata", "sebab"),
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
def test_wrong_use_is_one_line(humas, tmp_path, kata, sebab):
    write_workbook(tmp_path / "a.xlsx", make_row())
    jawab = humas("check", *(satu.format(folder=tmp_path) for satu in kata))
    assert (jawab.kode, jawab.keluar) == (2, "")
    assert sebab in jawab.galat
    assert jawab.galat.count("\n") == 1
    assert "Traceback" not in jawab.galat


def test_file_larger_than_a_run_would_take(humas, tmp_path):
    berkas = tmp_path / "a.csv"
    with berkas.open("wb") as isi:
        isi.truncate(33 * 1024 * 1024)
    jawab = humas("check", berkas)
    assert jawab.kode == 2
    assert "melebihi batas 32 MiB" in jawab.galat


def test_file_name_cannot_paint_the_screen(humas, tmp_path):
    berkas = tmp_path / "\x1b[31m..merah\n[bold].pdf"
    berkas.write_bytes(b"%PDF-1.7")
    jawab = humas("check", berkas)
    assert jawab.kode == 1
    assert jawab.keluar.splitlines()[0] == "[31m..merah [bold].pdf: Ditolak"


def test_many_findings_of_a_rule_are_cut_and_counted(humas, tmp_path):
    semua = [make_row(Tanggal_mulai="31/09/2026", Judul_kegiatan=f"Rapat kerja nomor {n}") for n in range(30)]
    lain = make_row(Mode="terbang", Judul_kegiatan="Rapat kerja yang terbang")
    jawab = humas("check", write_workbook(tmp_path / "a.xlsx", make_row(), lain, *semua))
    assert jawab.keluar.count("bukan tanggal") == 5
    assert "\n  dan 25 lagi\n" in jawab.keluar
    assert jawab.keluar.index("Ditahan (V06): 30 temuan") < jawab.keluar.index("Ditahan (V14): 1 temuan")


def test_gravest_rules_come_first(humas, tmp_path):
    catatan = [make_row(Tempat=None, Judul_kegiatan=f"Rapat kerja nomor {n}") for n in range(3)]
    jawab = humas("check", write_workbook(tmp_path / "a.xlsx", *catatan, make_row(Mode="terbang")))
    judul = re.findall(r"^(\S.*) \((\w+)\): \d+ temuan$", jawab.keluar, re.MULTILINE)
    assert judul == [("Ditahan", "V14"), ("Perlu dilihat", "V15")]


def test_rows_balance_and_say_their_place(humas, tmp_path):
    semua = [make_row(), make_row(), make_row(Mode="terbang"), make_row(Tanggal_mulai="9/7/2026")]
    _, jawab = check_json(humas, write_workbook(tmp_path / "a.xlsx", *semua))
    assert jawab["rows_in"] == jawab["accepted"] + jawab["quarantined"] + jawab["duplicates"] == 4
    assert [(satu["row"], satu["state"]) for satu in jawab["rows"]] == [
        (2, "accepted"), (3, "duplicate"), (4, "quarantined"), (5, "accepted"),
    ]  # fmt: skip
    assert jawab["rows"][0]["values"]["tanggal_mulai"].startswith("2026-07-02")
    assert jawab["rows"][2]["values"]["Mode"] == "terbang"
    assert {satu["parsed"]["tanggal_mulai"][:10] for satu in jawab["rows"][:3]} == {"2026-07-02"}
    assert [satu["parsed"]["jumlah_peserta"] for satu in jawab["rows"]] == [120] * 4
    assert (jawab["rows"][2]["parsed"]["mode"], jawab["rows"][0]["parsed"]["mode"]) == (None, "luring")
    assert len({frozenset(satu["parsed"]) for satu in jawab["rows"]}) == 1, "the same columns, whatever the row's fate"
    assert [bool(satu["id"]) for satu in jawab["rows"]] == [True, False, False, True]
    assert all(re.fullmatch(r"[A-Z]{0,2}", satu["column"]) for satu in jawab["findings"])


def test_feedback_workbook_is_written_and_named(humas, tmp_path):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(Mode="terbang"))
    jawab = humas("check", berkas, "--feedback", tmp_path / "balik.xlsx")
    assert jawab.kode == 1
    assert f"Buku umpan balik: {tmp_path / 'balik.xlsx'}. Perbaiki di sana, lalu kirim berkas itu." in jawab.keluar
    buku = openpyxl.load_workbook(tmp_path / "balik.xlsx")
    assert buku.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert "terbang" in buku["Kegiatan"]["E3"].comment.text
    assert sorted(satu.name for satu in tmp_path.iterdir()) == ["a.xlsx", "balik.xlsx"]
    _, isi = check_json(humas, berkas, "--feedback", str(tmp_path / "balik.xlsx"))
    assert isi["feedback"] == str(tmp_path / "balik.xlsx")


@pytest.mark.parametrize(
    ("tujuan", "sebab"),
    [
        ("{folder}/a.xlsx", "akan menimpa berkas yang diperiksa"),
        ("{folder}/balik.pdf", "bukan XLSX"),
        ("{folder}/tidak-ada/balik.xlsx", "tidak dapat ditulis"),
    ],
    ids=["itself", "other_kind", "no_folder"],
)
def test_feedback_that_cannot_be_written_is_wrong_use(humas, tmp_path, tujuan, sebab):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row(Mode="terbang"))
    asli = berkas.read_bytes()
    jawab = humas("check", berkas, "--feedback", tujuan.format(folder=tmp_path))
    assert (jawab.kode, jawab.keluar) == (2, "")
    assert sebab in jawab.galat
    assert berkas.read_bytes() == asli
    assert [satu.name for satu in tmp_path.iterdir()] == ["a.xlsx"]
