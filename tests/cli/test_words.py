"""``./humas kata``: unknown words are listed, answered once, taken back, and go from one installation to another."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from humas.pipeline.words import UnknownWord
from humas.registry import Cycle
from humas.settings import Settings
from humas.warehouse import WrittenChoice
from humas.warehouse.facade import Warehouse, open_url

from tests.cli.calls import NOW
from tests.cli.test_documented_keys import inner_keys, make_summary, top_keys

pytestmark = pytest.mark.mesin
FOUND = [
    WrittenChoice("kegiatan", "jenis_kegiatan", "Coklit", "kpu", "2026-TW3", "33.74", 3),
    WrittenChoice("kegiatan", "jenis_kegiatan", "COKLIT", "kpu", "2026-TW3", "33.22", 2),
    WrittenChoice("kegiatan", "kanal", "Laman; merpati pos", "kpu", "2026-TW3", "33.22", 1),
    WrittenChoice("kegiatan", "jenis_kegiatan", "Webinar", "kpu", "2026-TW3", "33.22", 9),
    WrittenChoice("kegiatan", "jenis_kegiatan", "rapat [nomor disamarkan]", "kpu", "2026-TW3", "33.22", 9),
]
TEACH = ("kata", "Coklit", "--kolom", "Jenis kegiatan", "--artinya", "Sosialisasi")


@pytest.fixture(autouse=True)
def quarter(monkeypatch):
    """A published quarter with these findings; what would be run is noted, not run."""
    ran = []
    monkeypatch.setattr(
        Warehouse,
        "written_choices",
        lambda _, columns, lembaga="", counting=True: FOUND if lembaga != "bawaslu" else [],
    )
    monkeypatch.setattr(Warehouse, "published_cycles", lambda _: [Cycle("kpu", "2026-TW3")])
    monkeypatch.setattr("humas.pipeline.quarter.run_landed", lambda _, cycle, *__: ran.append(cycle) or make_summary())
    return ran


def history() -> list[str]:
    with open_url(Settings.from_environment().database_url) as warehouse:
        return [f"{one.tertulis}={one.arti} {one.oleh}" for one in warehouse.lesson_history()]


def test_what_waits_is_listed_most_rows_first_and_needs_people(humas):
    reply = humas("kata")
    assert reply.code == 1
    lines = reply.output.splitlines()
    assert lines[0] == "Kata yang tidak dikenal: 2 kata pada 6 isian, yang terbanyak lebih dulu"
    assert lines[1].startswith('  Jenis kegiatan: "Coklit", 5 isian, 2 satker')
    assert lines[2] == "    terbanyak: 33.74 KPU Kota Semarang, Triwulan III 2026 (3)"
    assert lines[3].startswith('  Kanal: "merpati pos", 1 isian, 1 satker')
    assert "--kolom jenis_kegiatan --artinya" in lines[-1]
    assert "Webinar" not in reply.output  # it is understood, with a remark
    assert "disamarkan" not in reply.output
    assert humas("kata", "--lembaga", "bawaslu").code == 0


def test_an_answer_is_kept_with_its_name_and_takes_effect_at_once(humas, quarter):
    reply = humas(*TEACH, "--oleh", "Rina", "--alasan", "surat 5")
    assert reply.code == 0
    assert 'jenis_kegiatan: "Coklit" = Sosialisasi; Rina, ' in reply.output
    assert "KPU Triwulan III 2026: 1 laporan beredisi baru" in reply.output
    assert quarter == [Cycle("kpu", "2026-TW3")]
    assert "Coklit" not in [one["kata"] for one in json.loads(humas("kata", "--json").output)["kata"]]
    assert "sudah dijawab demikian" in humas(*TEACH, "--oleh", "Tono").output.lower()
    assert history() == ["Coklit=SOSIALISASI Rina"]


def test_an_answer_is_taken_back_and_stays_on_record(humas, quarter):
    humas(*TEACH, "--oleh", "Rina")
    reply = humas("kata", "coklit", "--cabut", "--oleh", "Tono")
    assert (reply.code, len(quarter)) == (0, 2)
    assert '"coklit" ditarik kembali; Tono' in reply.output
    assert history() == ["Coklit=SOSIALISASI Rina", "coklit= Tono"]


@pytest.mark.parametrize("way", ["option", "approval"])
def test_an_answer_may_wait_for_the_next_run(humas, quarter, monkeypatch, way):
    if way == "approval":
        monkeypatch.setenv("HUMAS_PENGESAHAN", "1")
    reply = humas(*TEACH, "--oleh", "Rina", *(["--nanti"] if way == "option" else []))
    assert "Dipakai mulai jalan berikutnya" in reply.output
    assert quarter == []


REFUSED = {
    "nobody is named": (TEACH, "tulis --oleh NAMA"),
    "no meaning is named": (("kata", "Coklit"), "Arti kata itu belum disebut"),
    "the meaning is none of the column's": ((*TEACH[:-1], "Merpati", "--oleh", "R"), "bukan pilihan kolom Jenis kegiatan"),
    "the column cannot be taught": (("kata", "a", "--kolom", "lembaga", "--artinya", "kpu"), "tidak dapat diajarkan"),
    "the word is spelled out already": (("kata", "rakor", *TEACH[2:], "--oleh", "R"), "sudah dikenal sebagai Rapat koordinasi"),
    "the word holds personal data": (("kata", "Rina 0812-3456-7890", *TEACH[2:], "--oleh", "R"), "data pribadi"),
    "the word was masked": (("kata", "rapat [nomor disamarkan]", *TEACH[2:], "--oleh", "R"), "sudah disamarkan"),
    "nobody knows in which column": (("kata", "Zumba", "--artinya", "Lainnya", "--oleh", "R"), "tidak menunggu jawaban"),
    "a mode is no activity": (("kata", "a", "--kolom", "mode", "--artinya", "bukan kegiatan", "--oleh", "R"), "bukan pilihan kolom Mode"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taught_is_refused_in_one_sentence(humas, quarter, words, message):
    reply = humas(*words)
    assert (reply.code, quarter) == (2, [])
    assert message in reply.error
    assert history() == []


def test_answers_go_out_and_come_in_as_csv(humas, tmp_path, quarter):
    humas(*TEACH, "--oleh", "Rina", "--alasan", "surat 5")
    file = tmp_path / "kata.csv"
    assert humas("kata", "--ekspor", file).code == 0
    assert file.read_text("utf-8").splitlines() == [
        "kolom,kata,lembaga,artinya,oleh,alasan,pada,satker,himpunan,tata_letak",
        "jenis_kegiatan,Coklit,,SOSIALISASI,Rina,surat 5,2026-10-06,,,",
    ]  # fmt: skip
    file.write_text("kolom;kata;artinya;oleh\nkanal;merpati pos;Media cetak;Tono\nmode;semuka;Luring;\n", "utf-8")
    wrong = humas("kata", "--impor", file)
    assert (wrong.code, len(history())) == (2, 1)
    assert "Tidak ada yang disimpan. baris 3: tidak disebut oleh siapa" in wrong.error
    assert humas("kata", "--impor", file, "--oleh", "Budi").code == 0
    assert history() == ["Coklit=SOSIALISASI Rina", "merpati pos=media_cetak Tono", "semuka=luring Budi"]
    assert len(quarter) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "tidak ada"),
        (b"kolom,kata,artinya\n\xff", "bukan teks UTF-8"),
        (b"a,b\n1,2\n", "tidak berkolom kolom, kata"),
    ],
    ids=["no such file", "not UTF-8", "another table"],
)
def test_a_file_that_is_none_of_ours_is_refused(humas, tmp_path, content, message):
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    reply = humas("kata", "--impor", tmp_path / "a.csv")
    assert reply.code == 2
    assert message in reply.error


def test_the_keys_are_those_of_the_documentation(humas):
    humas(*TEACH, "--oleh", "Rina", "--nanti")
    content = json.loads(humas("kata", "--json").output)
    assert set(content) == top_keys("kata")
    for key in ("kata", "jawaban"):
        assert content[key]
        for one in content[key]:
            assert set(one) == inner_keys("kata", key)
    assert content["edisi_baru"] == []
    done = json.loads(humas("kata", "merpati pos", "--artinya", "Media cetak", "--oleh", "R", "--json").output)
    assert done["edisi_baru"] == list(make_summary().terbit.edisi_baru)


def test_more_words_than_a_screen_holds_are_counted(humas, monkeypatch):
    many = [replace_word(f"Kata {number}") for number in range(40)]
    monkeypatch.setattr("humas.pipeline.words.unknown_words", lambda *_: many)
    assert "… dan 10 kata lagi; semuanya ada pada --json" in humas("kata").output


def replace_word(word: str) -> UnknownWord:
    model = UnknownWord("mode", "Mode", word, 1, {("kpu", "33.74")}, (1, "kpu", "2026-TW3", "33.74"), [])
    return replace(model, kata=word)


def test_now_is_when_it_was_answered(humas):
    humas(*TEACH, "--oleh", "Rina", "--nanti")
    (one,) = json.loads(humas("kata", "--json").output)["jawaban"]
    assert (one["pada"], one["berlaku"]) == (NOW.isoformat(), True)
