"""Whose file it is: from the stamp, the content, the name; contradictions are told, never settled by us."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from humas.periods.in_text import quarters_in
from humas.pipeline.evidence import evidence
from humas.pipeline.mentions import bodies_in, units_in
from humas.pipeline.recognise import Identity, Unrecognised, recognise
from humas.reading import read_files
from humas.registry import load_register
from humas.settings import Settings

from tests.inbox.files import HEADER, csv, workbook

TODAY = date(2026, 10, 6)
SEMARANG = Identity("kpu", "33.74", "2026-TW3")


@pytest.fixture(scope="module")
def register():
    return load_register(Settings.from_environment({}))


def judge(register, name, data, lembaga="", only_lembaga=""):
    document = read_files([(name, data)]) if data else None
    return recognise(evidence(name, data, document, register, lembaga), register, TODAY, only_lembaga)


NAMES = {
    "laporan humas KPU Kota Semarang TW3 2026": ({"33.74"}, {"kpu"}, {"2026-TW3"}),
    "33.74_2026-TW3": ({"33.74"}, set(), {"2026-TW3"}),
    "33_2026-TW3": ({"33"}, set(), {"2026-TW3"}),
    "LAPORAN KEHUMASAN KPU KABUPATEN SEMARANG TRIWULAN III TAHUN 2026": ({"33.22"}, {"kpu"}, {"2026-TW3"}),
    "lap_humas_bawaslu_prov_jawa_tengah_tw2_2026": ({"33"}, {"bawaslu"}, {"2026-TW2"}),
    "KPU Kab Batang, Jawa Tengah TW.III 2026": ({"33.25"}, {"kpu"}, {"2026-TW3"}),
    "Laporan Semarang TW 3 2026": ({"33.22", "33.74"}, set(), {"2026-TW3"}),
    "KIP Aceh Besar triwulan I 2026": ({"11.06"}, {"kpu"}, {"2026-TW1"}),
    "Panwaslih Kota Banda Aceh TW4 2025 final FIX (2)": ({"11.71"}, {"bawaslu"}, {"2025-TW4"}),
    "rekap Juli s.d. September 2026 KPU Fak-Fak": ({"92.03"}, {"kpu"}, {"2026-TW3"}),
    "Lap TW3-2026 kota jakarta pusat": ({"31.71"}, set(), {"2026-TW3"}),
    "KPU RI TW3 2026": ({"00"}, {"kpu"}, {"2026-TW3"}),
    "laporan humas KPU TW3 2026": (set(), {"kpu"}, {"2026-TW3"}),
    "humas pemkot surabaya triwulan ke-2 tahun 2026": ({"35.78"}, {"pemda"}, {"2026-TW2"}),
    "KPU Kota Semarang TW2 dan TW3 2026": ({"33.74"}, {"kpu"}, {"2026-TW2", "2026-TW3"}),
    "laporan 12.05.2026 pukul 14.30": (set(), set(), set()),
    "laporan (1)": (set(), set(), set()),
    "TW5 2026 TW0": (set(), set(), set()),
    "Triwulan III 1998": (set(), set(), set()),
    "": (set(), set(), set()),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.items(), ids=[name[:40] or "kosong" for name in NAMES])
def test_words(register, text, expected):
    assert (units_in(text, register, without_kind=True), bodies_in(text), quarters_in(text)) == expected


def test_every_unit_is_found_by_its_name_in_a_file_name(register):
    failed = [
        name
        for unit in register.everything()
        if (name := unit.official_name("kpu"))
        and units_in(f"laporan humas {name} TW3 2026", register, without_kind=True) != {unit.code}
    ]
    assert failed == []


TITLED = f"KOMISI PEMILIHAN UMUM;;\nKOTA SEMARANG;;\nTriwulan III 2026;;\n;;\n{HEADER.replace('Lembaga;Kode satker;', '')}\n".encode()
RECOGNISED = {
    "sampul": ("a.xlsx", workbook()),
    "sampul tanpa kode": ("a.xlsx", workbook(Kode_satker="")),
    "kode baris dan tanggal baris": ("a.csv", csv("33.74")),
    "judul baris": ("a.csv", TITLED),
    "nama berkas saja": ("KPU Kota Semarang TW3 2026.csv", csv("", start="kapan saja", lembaga="")),
    "nama berkas melengkapi sampul": ("33.74 tw3 2026.xlsx", workbook(Kode_satker="", Nama_satker="", Lembaga="KPU")),
    "nama berkas tidak lengkap": ("semarang.xlsx", workbook()),
    "sampul memilih dari dua calon": ("laporan Semarang.xlsx", workbook()),
    "berkas rusak dengan nama baik": ("KPU Kota Semarang TW3 2026.xlsx", b""),
}


@pytest.mark.parametrize(("name", "data"), RECOGNISED.values(), ids=RECOGNISED)
def test_recognised(register, name, data):
    assert judge(register, name, data) == SEMARANG


CONTRADICTIONS = {
    "satker sampul dan nama": ("KPU Kabupaten Batang TW3 2026.xlsx", workbook(), "sampul menyebut Kota Semarang (33.74)", "nama berkas menyebut Kabupaten Batang (33.25)"),
    "periode sampul dan nama": ("33.74 TW2 2026.xlsx", workbook(), "sampul menyebut Triwulan III 2026", "nama berkas menyebut Triwulan II 2026"),
    "periode sampul dan tanggal": ("a.xlsx", workbook(Periode="2026-TW2"), "sampul menyebut Triwulan II 2026", "isi menyebut Triwulan III 2026"),
    "kode dan nama pada sampul": ("a.xlsx", workbook(Nama_satker="Kabupaten Batang"), "Kota Semarang (33.74)", "Kabupaten Batang (33.25)"),
    "satker baris dan nama": ("33.25_2026-TW3.csv", csv("33.74"), "isi menyebut Kota Semarang (33.74)", "nama berkas menyebut Kabupaten Batang (33.25)"),
    "lembaga sampul dan nama": ("Bawaslu Kota Semarang TW3 2026.xlsx", workbook(), "sampul menyebut KPU", "nama berkas menyebut Bawaslu"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "one", "other"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictions_are_told(register, name, data, one, other):
    result = judge(register, name, data)
    assert isinstance(result, Unrecognised)
    assert result.code == "keterangan_bertentangan"
    assert "Nama yang selalu dikenali" not in result.remedy, "no name overrules a cover"
    assert one in result.cause
    assert other in result.cause


def test_folder_of_another_body_contradicts(register):
    result = judge(register, "a.xlsx", workbook(), lembaga="bawaslu")
    assert "folder menyebut Bawaslu, sampul menyebut KPU" in result.cause


UNKNOWN = {
    "tanpa apa pun": ("a.csv", csv("", lembaga="", start="x"), "Berkas tidak menyebut satker."),
    "dua calon": ("Semarang TW3 2026.csv", csv("", start="x"), "Kabupaten Semarang (33.22) atau Kota Semarang (33.74)"),
    "dua triwulan": ("33.74 TW2 TW3 2026.csv", csv("", start="x"), "Triwulan II 2026 atau Triwulan III 2026"),
    "tanpa lembaga": ("33.74_2026-TW3.csv", csv("", lembaga="", start="x"), "Berkas tidak menyebut lembaga."),
    "belum mulai": ("33.74 TW1 2027.csv", csv("", start="x"), "Triwulan I 2027 baru mulai 1 Januari 2027."),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "cause"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(register, name, data, cause):
    result = judge(register, name, data)
    assert isinstance(result, Unrecognised)
    assert cause in result.cause
    assert result.remedy.endswith('.xlsx".')


@pytest.mark.parametrize("name", ["a.csv", "Semarang TW3 2026.csv", "33.74 TW2 TW3 2026.csv"])
def test_the_name_we_advise_is_recognised(register, name):
    result = judge(register, name, csv("", start="x"))
    suggestion = result.remedy.partition('"')[2].partition('"')[0]
    assert isinstance(judge(register, suggestion, b""), Identity)


@pytest.mark.parametrize(("lembaga", "only_lembaga"), [("bawaslu", ""), ("", "bawaslu")], ids=["folder", "pemasangan"])
def test_body_of_the_folder_or_of_the_installation_speaks_for_silent_files(register, lembaga, only_lembaga):
    result = judge(register, "33.74_2026-TW3.csv", csv("", lembaga="", start="x"), lembaga, only_lembaga)
    assert result == Identity("bawaslu", "33.74", "2026-TW3")


def test_a_few_strange_rows_do_not_speak_for_the_file(register):
    row = csv("33.74", *(f"Rapat koordinasi nomor {n}" for n in range(9))).decode()
    assert judge(register, "a.csv", (row + row.splitlines()[1].replace("33.74", "33.25") + "\n").encode()) == SEMARANG


def test_stamp_in_the_properties_speaks_when_the_cover_is_gone(register, tmp_path):
    from openpyxl import load_workbook
    from openpyxl.packaging.custom import StringProperty

    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(Lembaga="", Kode_satker="", Nama_satker="", Periode=""))
    book = load_workbook(file)
    for name, content in (("Lembaga", "kpu"), ("Kode satker", "33.74"), ("Periode", "2026-TW3")):
        book.custom_doc_props.append(StringProperty(name=name, value=content))
    book.save(file)
    assert judge(register, "a.xlsx", file.read_bytes()) == SEMARANG


def many(*codes: str) -> bytes:
    """A CSV of activities, a row for each unit."""
    return b"".join(csv(code) if not n else csv(code).splitlines(keepends=True)[1] for n, code in enumerate(codes))


CENTRAL_JAVA = tuple(f"33.{number:02d}" for number in range(1, 11))
RECAPS = {
    "rows of many units of the province that is named": ("KPU Jateng rekap TW3.csv", many(*CENTRAL_JAVA), "33"),
    "one unit of elsewhere among them": ("KPU Jateng rekap TW3.csv", many(*CENTRAL_JAVA, "34.71"), "33"),
    "rows of units of several provinces": ("KPU RI rekap.csv", many("33.01", "33.02", "34.01", "34.71"), "00"),
    "a province that bears the name of its regency": (
        "REKAP_GORONTALO TW3 2026.csv",
        many("75.01", "75.02", "75.71"),
        "75",
    ),
    "the nation's recap of one province": ("KPU RI rekap TW3 2026.csv", many(*CENTRAL_JAVA), "00"),
}


@pytest.mark.parametrize("case", RECAPS)
def test_whose_recap_it_is(register, case):
    name, data, sender = RECAPS[case]
    assert judge(register, name, data) == Identity("kpu", sender, "2026-TW3")


@pytest.mark.parametrize("data", [many(*CENTRAL_JAVA), many("33.01", "33.02", "34.01", "34.71")], ids=["33", "00"])
def test_rows_of_others_alone_make_nobody_their_superior(register, data):
    unknown = judge(register, "a.csv", data)
    assert isinstance(unknown, Unrecognised)
    assert unknown.cause == "Berkas tidak menyebut satker."
    assert judge(register, "33.01 KPU Kabupaten Cilacap.csv", data) == Identity("kpu", "33.01", "2026-TW3")


def test_sheets_titled_with_units_of_one_province_are_that_provinces_recap(register, tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for unit in ("KABUPATEN CILACAP", "KOTA SEMARANG"):
        sheet = book.create_sheet(unit.title())
        sheet.append([f"LAPORAN KPU {unit} TRIWULAN III 2026"])
        sheet.append(HEADER.split(";")[2:])
        sheet.append(csv("33.74").decode().splitlines()[1].split(";")[2:])
    book.save(tmp_path / "a.xlsx")
    judged = judge(register, "Jateng per satker.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert judged == Identity("kpu", "33", "2026-TW3")
