"""``./humas kata`` about columns: listed by layout, explained once, taken back, and carried to another installation."""

from __future__ import annotations

import json

import pytest
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import WrittenLayout
from humas.warehouse.facade import Warehouse, open_url

from tests.cli.test_documented_keys import inner_keys, make_summary, top_keys

pytestmark = pytest.mark.mesin
HEADERS = ("No", "Tanggal mulai", "Uraian", "Jenis 1", "Jenis 2", "Ket.", "Ket.", "NIK pemohon")
MASKED = ("No", "Tanggal", "Lapor ke [nomor disamarkan]", "Jenis", "Bentuk")
SIGN = "3fa9c1d2e5b60718"
OPEN = [
    WrittenLayout("kpu", "2026-TW3", "33.74", "kegiatan", SIGN, HEADERS, {"jenis_kegiatan": [4, 5]}, 7),
    WrittenLayout("kpu", "2026-TW3", "33.22", "kegiatan", SIGN, HEADERS, {"jenis_kegiatan": [4, 5]}, 9),
    WrittenLayout("kpu", "2026-TW3", "33.10", "kegiatan", "77" * 8, MASKED, {"judul": [3, 4]}, 3),
]
EXPLAIN = ("kata", "Jenis 2", "--tata-letak", SIGN[:8], "--artinya", "Jenis kegiatan")


@pytest.fixture(autouse=True)
def quarter(monkeypatch):
    """A published quarter with these tables; what would be run is noted, not run."""
    ran = []
    monkeypatch.setattr(Warehouse, "open_layouts", lambda _, lembaga="": OPEN if lembaga != "bawaslu" else [])
    monkeypatch.setattr(
        Warehouse, "layouts_of", lambda _, signs: [one for one in OPEN if one.sidik.startswith(tuple(signs))]
    )
    monkeypatch.setattr(Warehouse, "published_cycles", lambda _: [Cycle("kpu", "2026-TW3")])
    monkeypatch.setattr("humas.pipeline.quarter.run_landed", lambda _, cycle, *__: ran.append(cycle) or make_summary())
    return ran


def history() -> list[str]:
    with open_url(Settings.from_environment().database_url) as warehouse:
        return [
            f"{one.judul}={one.bidang} {one.kode_satker or 'semua'} {one.oleh}" for one in warehouse.heading_history()
        ]


def test_what_nobody_is_sure_of_is_listed_most_rows_first(humas):
    reply = humas("kata")
    assert reply.code == 1
    assert reply.output.splitlines()[1:6] == [
        "Kolom yang diragukan: 2 isian pada 19 baris, yang terbanyak lebih dulu",
        '  Jenis kegiatan: kolom 4 "Jenis 1" atau 5 "Jenis 2", 16 baris, 2 satker',
        "    tata letak 3fa9c1d2: No | Tanggal mulai | Uraian | Jenis 1 | Jenis 2 | Ket. | Ket. | NIK pemohon",
        "    terbanyak: 33.22 KPU Kabupaten Semarang, Triwulan III 2026 (9)",
        '  Judul kegiatan: kolom 4 "Jenis", 3 baris, 1 satker',
    ]
    assert '--tata-letak 3fa9c1d2 --artinya "Jenis kegiatan" --oleh NAMA' in reply.output
    assert "disamarkan" not in reply.output
    assert humas("kata", "--lembaga", "bawaslu").code == 0


def test_an_explanation_is_kept_with_its_name_and_takes_effect_at_once(humas, quarter):
    reply = humas(*EXPLAIN, "--oleh", "Rina", "--alasan", "surat 5")
    assert (reply.code, quarter) == (0, [Cycle("kpu", "2026-TW3")])
    assert '3fa9c1d2: kolom 5 "Jenis 2" = Jenis kegiatan; Rina, ' in reply.output
    assert "KPU Triwulan III 2026: 1 laporan beredisi baru" in reply.output
    assert "Jenis kegiatan: kolom" not in humas("kata").output
    assert "Sudah dijelaskan: 1 kolom" in humas("kata").output
    assert "sudah dijawab demikian" in humas(*EXPLAIN, "--oleh", "Tono").output.lower()
    assert humas(*EXPLAIN[:4], "--cabut", "--oleh", "Tono").code == 0
    assert history() == ["Jenis 2=jenis_kegiatan semua Rina", "Jenis 2= semua Tono"]
    assert len(quarter) == 2


def test_an_explanation_may_be_for_one_office_and_wait(humas, quarter):
    reply = humas(*EXPLAIN, "--satker", "33.74", "--oleh", "Rina", "--nanti")
    assert '3fa9c1d2 (KPU 33.74): kolom 5 "Jenis 2" = Jenis kegiatan' in reply.output
    assert "Dipakai mulai jalan berikutnya" in reply.output
    assert history() == ["Jenis 2=jenis_kegiatan 33.74 Rina"]
    (column, _) = json.loads(humas("kata", "--json").output)["kolom"]
    assert (column["baris"], column["satker"]) == (9, 1)
    assert [one["menurut"] for one in column["calon"]] == [0, 0], "an operator is not the office"


REFUSED = {
    "nobody is named": (EXPLAIN, "tulis --oleh NAMA"),
    "no meaning is named": ((*EXPLAIN[:4], "--oleh", "R"), "belum disebut"),
    "no field of that name": ((*EXPLAIN[:-1], "Merpati", "--oleh", "R"), '"Merpati" bukan kolom Kegiatan'),
    "no such layout": (("kata", "Ket.", "--tata-letak", "zz", *EXPLAIN[4:], "--oleh", "R"), 'Tata letak "zz" tidak ada'),
    "no such header": (("kata", "Biaya", *EXPLAIN[2:], "--oleh", "R"), 'tidak memuat judul "Biaya"'),
    "two bear that header": (("kata", "Ket.", *EXPLAIN[2:], "--oleh", "R"), "ada pada kolom nomor 6 dan 7"),
    "a column that has no number": (("kata", "Ket.", *EXPLAIN[2:], "--kolom", "F", "--oleh", "R"), '"F" bukan nomor kolom'),
    "the contract's own label": (("kata", "Tanggal mulai", *EXPLAIN[2:], "--oleh", "R"), "adalah judul menurut kamus data"),
    "a header of personal data": (("kata", "NIK pemohon", *EXPLAIN[2:], "--oleh", "R"), "menandai data pribadi"),
    "a header that was masked": (("kata", MASKED[2], "--tata-letak", "77", *EXPLAIN[4:], "--oleh", "R"), "data pribadi"),
    "whose a row is, for all": ((*EXPLAIN[:-1], "Nama satker", "--oleh", "R"), "menentukan milik siapa"),
    "a word for one unit": (("kata", "Coklit", "--artinya", "a", "--satker", "33.74", "--oleh", "R"), "hapus --satker"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_explained_is_refused_in_one_sentence(humas, quarter, words, message):
    reply = humas(*words)
    assert (reply.code, quarter) == (2, [])
    assert message in reply.error
    assert history() == []


@pytest.mark.parametrize(
    ("words", "kept"),
    {
        "one of two with the same header": (("Ket.", "--kolom", "7", "--artinya", "Tempat"), "Ket.=tempat semua R"),
        "not used": (("NIK pemohon", "--artinya", "tidak dipakai"), "NIK pemohon=tidak_dipakai semua R"),
        "whose a row is, for one office": (
            ("Uraian", "--artinya", "Nama satker", "--satker", "33.22"),
            "Uraian=nama_satker 33.22 R",
        ),
    }.values(),
    ids=["twins", "unused", "owner"],
)
def test_what_can_be_explained(humas, words, kept):
    assert humas("kata", *words, "--tata-letak", f"kegiatan:{SIGN}", "--oleh", "R", "--nanti").code == 0
    assert history() == [kept]


def test_explanations_go_out_and_come_in_as_csv(humas, tmp_path):
    humas(*EXPLAIN, "--oleh", "Rina", "--nanti")
    file = tmp_path / "kata.csv"
    assert humas("kata", "--ekspor", file).code == 0
    assert file.read_text("utf-8").splitlines()[1].startswith("5,Jenis 2,,Jenis kegiatan,Rina,,2026-10-06,,kegiatan,")
    broken = file.read_text("utf-8").replace(",kegiatan,", ",zaman_dulu,")
    (tmp_path / "rusak.csv").write_text(broken, "utf-8")
    assert "himpunan atau judulnya tidak dikenal" in humas("kata", "--impor", tmp_path / "rusak.csv").error
    assert humas("kata", "--impor", file, "--nanti").code == 0
    assert len(history()) == 2  # another fingerprint: that of the headers themselves


def test_the_keys_are_those_of_the_documentation(humas):
    humas(*EXPLAIN, "--satker", "33.74", "--oleh", "Rina", "--nanti")
    content = json.loads(humas("kata", "--json").output)
    assert set(content) == top_keys("kata")
    for key in ("kolom", "penjelasan"):
        for one in content[key]:
            assert set(one) == inner_keys("kata", key)
        assert content[key]
