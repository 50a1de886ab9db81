"""A province's recap from the drop-box to the figures: rows count for their units, and a unit's own file wins in any order."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from humas.inbox.sweep import sweep
from humas.installation.context import load_context
from humas.periods import parse_period
from humas.pipeline.check import check_bytes
from humas.pipeline.distribution import template_of
from humas.pipeline.quarter import collect, compose, decide, open_period, roll_up, validate
from humas.registry import Cycle
from humas.warehouse import Settlement

from tests.cli.calls import call
from tests.cli.calls import installation as as_commands_see_it
from tests.forms.template.filling import opened
from tests.inbox.conftest import NOW, installation
from tests.inbox.files import HEADER, csv

pytestmark = pytest.mark.mesin

TW3 = Cycle("kpu", "2026-TW3")
UNITS = ("33.01", "33.02", "33.74")
CODES = ("33", *UNITS)


def recap(*rows: tuple[str, str], day: int = 2) -> bytes:
    """A CSV of activities of many units: (code, title); links are numbered by unit, as each would number its own."""
    lines = [
        f"KPU;{code};{title};{day:02d}/07/2026;Rapat koordinasi;2;Luring;Aula;Penyelenggara;https://a.kpu.go.id/{number}"
        for (code, title), number in zip(rows, _numbered(code for code, _ in rows), strict=True)
    ]
    return "\n".join([HEADER, *lines, ""]).encode()


def _numbered(codes: Iterable[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for code in codes:
        yield seen[code]
        seen[code] += 1


FIRST = recap(*((code, f"Rapat koordinasi bagian {letter}") for code in UNITS for letter in "abc"))
FILES = {
    "33 KPU Provinsi Jawa Tengah rekap.csv": FIRST,
    "33.74 KPU Kota Semarang.csv": csv("33.74", "Rapat koordinasi bagian a", "Lomba foto demokrasi"),
    "33.01 KPU Kabupaten Cilacap.csv": recap(("33.01", "Senam bersama pemilih"), ("33.74", "Kabar palsu dari Cilacap")),
}
NAMES = dict(zip(("recap", "semarang", "malice"), FILES, strict=True))


@pytest.fixture
def arrive(folder, tmp_path):
    """Lay files down one after another, each with a sweep and a run, or all for one run; the installation afterwards."""

    def run(*names: str, each: bool = True, files=FILES):
        for minute, name in enumerate(names):
            folder.put(name, files[name], 1_790_000_000 + 60 * minute)
            k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=minute))
            assert [one.keadaan for one in sweep(k).actions] == ["diambil"]
            if each or name == names[-1]:
                open_period(k, TW3)
                collect(k, TW3, CODES, f"uji {minute}")
                validate(k, TW3, f"uji {minute}")
        return k

    return run


def counted(k) -> set[tuple[str, str]]:
    frame = k.warehouse.facts(TW3, "kegiatan")
    return set(zip(frame["kode_satker"], frame["judul"], strict=True))


def letter(folder, word: str) -> str:
    (text,) = (
        content.decode("utf-8-sig")
        for place, content in folder.files("diterima/kpu/2026-TW3").items()
        if word in place and place.endswith("tanda terima.txt")
    )
    return text


def test_rows_count_for_their_units_and_the_province_gets_one_answer(arrive, folder) -> None:
    k = arrive(NAMES["recap"])
    assert {code for code, _ in counted(k)} == set(UNITS)
    text = letter(folder, "rekap")
    assert "memuat baris 3 satker" in text
    assert "33.74 KPU Kota Semarang: 3 masuk = 3 diterima + 0 ditahan + 0 kembar" in text
    assert "Belum dilaporkan KPU Provinsi Jawa Tengah sendiri" in text
    assert len([place for place in folder.files("diterima/kpu/2026-TW3") if place.endswith(".txt")]) == 1


@pytest.mark.parametrize(("unit", "own"), [("33.74", False), ("33", True)], ids=["of a unit", "of its own"])
def test_a_held_row_of_a_recap_is_the_province_s_own_only_where_it_is(arrive, folder, unit: str, own: bool) -> None:
    spoilt = recap(
        *((code, f"Rapat koordinasi bagian {one}") for code in UNITS for one in "abc"), (unit, "Lomba poster")
    )
    head, _, last = spoilt.rpartition(b"02/07/2026")
    arrive(*(files := {"33 KPU Provinsi Jawa Tengah cacat.csv": head + b"99/99/2026" + last}), files=files)
    text = letter(folder, "cacat")
    assert "9 diterima" in text
    said = "Kegiatan KPU Provinsi Jawa Tengah sendiri: 1 baris dikirim, semuanya ditahan"
    assert ("semuanya ditahan" in text, said in text) == (own, own)


def test_a_unit_of_which_only_a_recap_speaks_has_reported_and_the_province_has_not(arrive) -> None:
    k = arrive(NAMES["recap"])
    summary = roll_up(k, TW3, "uji")
    assert summary.satker_lapor == len(UNITS)
    assert decide(k, TW3, "uji", CODES).tanpa_saluran == ()
    attempts = k.warehouse.last_attempts(TW3).set_index("kode_satker")
    assert set(attempts.loc[list(UNITS), "saluran"]) == {"rekap"}
    compose(k, TW3)
    report = next(one for one in k.warehouse.editions(TW3) if one.kode == "33.74")
    assert [source["saluran"] for source in report.kanonik["sumber"]] == ["rekap KPU Provinsi Jawa Tengah"]


@pytest.mark.parametrize("order", list(permutations(NAMES)), ids=", ".join)
@pytest.mark.parametrize("each", [True, False], ids=["a run after each", "one run at the end"])
def test_own_file_wins_in_every_order_and_no_regency_speaks_for_another(arrive, order, each) -> None:
    k = arrive(*(NAMES[name] for name in order), each=each)
    assert counted(k) == {
        ("33.74", "Rapat koordinasi bagian a"), ("33.74", "Lomba foto demokrasi"), ("33.01", "Senam bersama pemilih"),
        *(("33.02", f"Rapat koordinasi bagian {letter}") for letter in "abc"),
    }  # fmt: skip
    ledger = k.warehouse.ledgers(TW3, "33.74")["kegiatan"]
    assert (ledger.count.in_force, ledger.count.superseded, ledger.count.restated) == (2, 2, 1)
    balance = k.warehouse.conservation(TW3)
    assert balance.selisih == ()
    assert (balance.baris_masuk, balance.dikarantina) == (9 + 2 + 2, 1)


def test_each_is_told_what_the_other_already_said(arrive, folder) -> None:
    arrive(NAMES["recap"], NAMES["semarang"])
    text = letter(folder, "Semarang")
    assert "berkas satker sendiri yang dihitung, bukan 3 baris dari rekap atasan" in text
    assert "Rapat koordinasi bagian c" in text
    arrive_again = letter(folder, "rekap")
    assert "melaporkannya sendiri" not in arrive_again


@pytest.mark.parametrize("each", [True, False], ids=["after a run", "before any run"])
def test_a_recap_after_the_own_file_says_what_does_not_count(arrive, folder, each) -> None:
    arrive(NAMES["semarang"], NAMES["recap"], each=each)
    text = letter(folder, "rekap")
    assert "satker ini melaporkannya sendiri" in text
    assert "1 baris sama dan 2 baris tidak dihitung" in text
    assert "Rapat koordinasi bagian c" in text


def test_an_operator_can_let_the_recap_count_and_take_it_back(arrive) -> None:
    k = arrive(NAMES["semarang"], NAMES["recap"])
    verdicts = k.warehouse.verdicts(TW3)
    (share,) = verdicts.loc[(verdicts["kode_satker"] == "33.74") & (verdicts["rekap_dari"] == "33"), "id_kiriman"]

    def say(answer: str, minute: int) -> set[str]:
        k.warehouse.turn_round(Settlement(share, answer, "Sari", "satker salah kirim", NOW + timedelta(hours=minute)))
        validate(k, TW3, f"putar {minute}")
        return {title for code, title in counted(k) if code == "33.74"}

    assert say("rekap:kegiatan", 1) == {f"Rapat koordinasi bagian {one}" for one in "abc"}
    assert say("sendiri:kegiatan", 2) == {"Rapat koordinasi bagian a", "Lomba foto demokrasi"}


def test_a_corrected_recap_mends_each_unit_and_asks_for_rows_it_drops(arrive, folder) -> None:
    mended = recap(
        *((code, f"Rapat koordinasi bagian {one}") for code in UNITS for one in ("ab" if code == "33.74" else "abc"))
    )
    files = FILES | {"33 KPU Provinsi Jawa Tengah perbaikan.csv": mended}
    k = arrive(NAMES["recap"], "33 KPU Provinsi Jawa Tengah perbaikan.csv", files=files)
    assert len(counted(k)) == 9, "what the recap no longer tells stays until somebody answers"
    assert [(code, name) for code, name, _ in k.warehouse.questions(TW3)] == [("33.74", "kegiatan")]
    text = letter(folder, "perbaikan")
    assert "./humas ganti 33 2026-TW3 --tambah" in text
    assert "Rapat koordinasi bagian c" in text


def test_the_same_validation_again_writes_nothing(arrive) -> None:
    k = arrive(NAMES["recap"], NAMES["semarang"])
    before = k.warehouse.verdicts(TW3)
    validate(k, TW3, "sekali lagi")
    assert k.warehouse.verdicts(TW3).equals(before)
    assert k.warehouse.altered_rows(TW3) == []


def test_the_command_lets_the_recap_count_and_gives_it_back(arrive, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["semarang"], NAMES["recap"])
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    who = ("--oleh", "Sari", "--alasan", "satker salah kirim")
    assert call("ganti", "33.74", "2026-TW3", "--rekap").code == 2, "nobody is named"
    assert call("ganti", "33.75", "2026-TW3", "--rekap", *who).code == 2, "no recap speaks of it"
    assert (
        "rekap atasannya yang dihitung"
        in call("ganti", "33.74", "2026-TW3", "--rekap", "--himpunan", "kegiatan", *who).output
    )
    validate(k, TW3, "putar")
    assert ("33.74", "Rapat koordinasi bagian c") in counted(k)
    assert "berkas satker sendiri yang dihitung" in call("ganti", "33.74", "2026-TW3", "--sendiri", *who).output
    validate(k, TW3, "kembali")
    assert ("33.74", "Lomba foto demokrasi") in counted(k)


def _as_json(content: bytes) -> bytes:
    """The same rows as an API lists them."""
    lines = content.decode().splitlines()
    names = ("lembaga", "kode_satker", "judul", "tanggal_mulai", "jenis_kegiatan", "strategi_utama", "mode", "tempat", "peran_satker", "url_bukti")  # fmt: skip
    rows = [dict(zip(names, line.split(";"), strict=True)) for line in lines[1:]]
    whose = {
        "versi_kontrak": 1,
        "lembaga": "kpu",
        "kode_satker": "33",
        "nama_satker": "Jawa Tengah",
        "periode": TW3.period,
    }
    return json.dumps(whose | {"nihil": False, "data": {"kegiatan": rows}}).encode()


@pytest.mark.parametrize(
    ("name", "content"), [("rekap.csv", FIRST), ("rekap.json", _as_json(FIRST))], ids=["a file", "what an API lists"]
)
def test_a_recap_on_the_province_s_channel_is_fetched_once_and_counts_for_its_units(tmp_path, name, content) -> None:
    (tmp_path / "kiriman").mkdir()
    (tmp_path / "kiriman" / name).write_bytes(content)
    os.utime(tmp_path / "kiriman" / name, (1_790_000_000, 1_790_000_000))
    register = tmp_path / "register.csv"
    register.write_text(f"lembaga,kode_satker,jenis,alamat\nkpu,33,berkas,{tmp_path / 'kiriman' / name}\n")
    settings = installation(tmp_path).settings
    k = load_context(replace(settings, registry_file=register, folder_roots=(tmp_path,)))
    for run in ("uji 1", "uji 2"):
        open_period(k, TW3)
        collect(k, TW3, CODES, run)
        validate(k, TW3, run)
        assert {code for code, _ in counted(k)} == set(UNITS)
    assert k.warehouse.conservation(TW3).selisih == ()


def test_a_recap_that_our_program_fails_on_stops_no_other_sender(arrive, folder, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["recap"])
    before = counted(k)
    monkeypatch.setattr("humas.validation.recap.divide", lambda *_: 1 / 0)
    folder.put(NAMES["malice"], FILES[NAMES["malice"]], 1_790_000_600)
    k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(hours=1))
    assert [one.keadaan for one in sweep(k).actions] == ["diambil"]
    summary = validate(k, TW3, "sesudah")
    assert summary.galat == 1
    assert counted(k) - before == {("33.01", "Senam bersama pemilih")}
    assert {code for code, _ in counted(k)} == set(UNITS)


LATER = {
    "33 KPU Provinsi Jawa Tengah kedua.csv": recap(
        *(("33.02", f"Rapat koordinasi bagian {letter}") for letter in "ab"), ("33.01", "Lomba poster")
    ),
    "33 KPU Provinsi Jawa Tengah susulan.csv": recap(("33.02", "Lomba poster"), ("33.01", "Lomba poster")),
}
SECOND, ADDING = LATER


@pytest.mark.parametrize("each", [True, False], ids=["after a run", "before any run"])
def test_units_that_a_later_recap_leaves_out_keep_their_rows_and_are_named_once(arrive, folder, each) -> None:
    k = arrive(NAMES["recap"], SECOND, files=FILES | LATER, each=each)
    assert Counter(code for code, _ in counted(k)) == {"33.01": 4, "33.02": 3, "33.74": 3}
    text = letter(folder, "kedua")
    assert "1 satker pada rekap terdahulu tidak ada dalam rekap ini; barisnya tetap berlaku" in text
    assert "KPU Kota Semarang (33.74): 3 baris" in text
    assert text.count("PERTANYAAN") == 1
    assert [(one.sender, one.unit, one.rows) for one in k.warehouse.left_out(TW3)] == [("33", "33.74", 3)]


def test_a_recap_that_says_it_adds_leaves_nobody_out(arrive, folder) -> None:
    k = arrive(NAMES["recap"], ADDING, files=FILES | LATER)
    assert "rekap terdahulu" not in letter(folder, "susulan")
    assert k.warehouse.left_out(TW3) == []


def test_what_a_recap_said_of_units_is_withdrawn_by_one_command_and_comes_back(arrive, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["recap"], SECOND, files=FILES | LATER)
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    listed = call("ganti")
    assert "33.74 KPU Kota Semarang, Triwulan III 2026: 3 baris" in listed.output
    assert "./humas ganti 33 2026-TW3 --cabut" in listed.output
    who = ("--oleh", "Sari", "--alasan", "salah satker")
    assert "yang disebut rekap dicabut" in call("ganti", "33", "2026-TW3", "--cabut", *who).output
    validate(k, TW3, "cabut")
    assert Counter(code for code, _ in counted(k)) == {"33.01": 4, "33.02": 3}
    count = k.warehouse.ledgers(TW3, "33.74")["kegiatan"].count
    assert (count.in_force, count.withdrawn) == (0, 3)
    assert roll_up(k, TW3, "cabut").satker_lapor == 2, "a unit whose rows were all withdrawn has not reported"
    compose(k, TW3)
    assert k.warehouse.conservation(TW3).selisih == ()
    call("ganti", "33.74", "2026-TW3", "--batal", *who)
    validate(k, TW3, "kembali")
    assert Counter(code for code, _ in counted(k)) == {"33.01": 4, "33.02": 3, "33.74": 3}


THIRD = "33 KPU Provinsi Jawa Tengah ketiga.csv"
AGAIN = {
    THIRD: recap(
        *((code, f"Rapat koordinasi bagian {one}") for code in UNITS for one in "abc"), ("33.01", "Lomba poster")
    )
}
WHO = ("--oleh", "Sari", "--alasan", "salah satker")


def say(k, *words: str) -> str:
    """Answer by the command, and run; what the command said."""
    output = call("ganti", *words, *WHO).output
    validate(k, TW3, f"jawab {' '.join(words)}")
    return output


def test_a_unit_that_is_named_again_after_its_rows_were_withdrawn_counts(arrive, folder, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["recap"], SECOND, files=FILES | LATER)
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    say(k, "33", TW3.period, "--cabut")
    folder.put(THIRD, AGAIN[THIRD], 1_790_000_900)
    k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=15))
    sweep(k)
    validate(k, TW3, "ketiga")
    assert Counter(code for code, _ in counted(k)) == {"33.01": 4, "33.02": 3, "33.74": 3}
    assert [code for code, _, _ in k.warehouse.questions(TW3) if code == "33.74"] == []
    assert "melaporkannya sendiri" not in letter(folder, "ketiga")


def test_a_later_answer_for_the_province_does_not_end_a_withdrawal(arrive, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["recap"])
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    say(k, "33.74", TW3.period, "--cabut")
    say(k, "33", TW3.period, "--tambah")
    assert Counter(code for code, _ in counted(k)) == {"33.01": 3, "33.02": 3}
    assert call("ganti", "33.74", TW3.period, "--tambah", *WHO).code == 2, "nothing of it counts"
    say(k, "33.74", TW3.period, "--batal")
    assert len(counted(k)) == 9


def test_what_was_answered_last_is_taken_back_and_named(arrive, tmp_path, monkeypatch) -> None:
    k = arrive(NAMES["recap"])
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    days = (
        Settlement(share, word, "Sari", "lewat telepon", NOW + timedelta(hours=hour))
        for hour, code, word in ((1, "33.74", "cabut"), (2, "33.01", "tambah"), (2, "33.02", "tambah"))
        for share in k.warehouse.verdicts(TW3).query(f"kode_satker == '{code}'")["id_kiriman"]
    )
    for answer in days:
        k.warehouse.settle_question(answer)
    said = say(k, "33", TW3.period, "--batal")
    assert 'jawaban "tambah" ditarik' in said
    assert "33.01 KPU Kabupaten Cilacap, 33.02 KPU Kabupaten Banyumas" in said
    assert Counter(code for code, _ in counted(k)) == {"33.01": 3, "33.02": 3}
    assert "yang disebut rekap dihitung lagi" in say(k, "33", TW3.period, "--batal")
    assert len(counted(k)) == 9
    assert "tidak ada jawaban untuk ditarik" in say(k, "33", TW3.period, "--batal")


def test_a_superior_s_code_withdraws_units_left_out_alone_and_names_them(arrive, tmp_path, monkeypatch) -> None:
    nation = {"00 KPU RI.csv": recap(("33", "Rapat kerja nasional"), ("33.01", "Rapat koordinasi bagian z"))}
    k = arrive(*nation, NAMES["recap"], SECOND, files=FILES | LATER | nation)
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    before = counted(k)
    assert "33.74 KPU Kota Semarang (3 baris)" in say(k, "33", TW3.period, "--cabut")
    assert {code for code, _ in before - counted(k)} == {"33.74"}
    again = call("ganti", "33", TW3.period, "--cabut", *WHO)
    assert (again.code, "tidak ada satker yang ditinggalkan rekap terbaru" in again.error) == (2, True)
    assert ("33", "Rapat kerja nasional") in counted(k)


def test_the_nation_is_told_that_the_province_s_recap_counts_and_not_the_unit_s_own_file(arrive, folder) -> None:
    nation = {"00 KPU RI.csv": recap(*((code, "Rapat koordinasi bagian z") for code in UNITS))}
    arrive(NAMES["recap"], *nation, files=FILES | nation)
    assert "Kegiatan: rekap 33 yang dihitung; dari rekap ini 0 baris sama dan 1 baris tidak dihitung" in letter(
        folder, "RI"
    )


PUBLICATIONS = "\n".join([
    "Lembaga;Kode satker;Judul;Tanggal terbit;Kanal;Jenis konten;URL",
    *(f"KPU;{code};Berita {code} ke-{day};{day:02d}/07/2026;Laman;Berita;https://a.kpu.go.id/b{day}"
      for code in UNITS[:2] for day in range(1, 4)), "",
]).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("later", "left"),
    [
        pytest.param(["publikasi"], [], id="a recap of publications leaves nobody out of activities"),
        pytest.param(["kegiatan", "publikasi"], ["33.74"], id="nor names again whom a recap of activities left out"),
    ],
)
def test_units_are_left_out_by_data_set(arrive, folder, later, left) -> None:
    files = FILES | {
        "33 KPU Provinsi Jawa Tengah kegiatan TW3 2026.csv": LATER[SECOND],
        "33 KPU Provinsi Jawa Tengah publikasi TW3 2026.csv": PUBLICATIONS,
    }
    k = arrive(NAMES["recap"], *(f"33 KPU Provinsi Jawa Tengah {word} TW3 2026.csv" for word in later), files=files)
    assert len(k.warehouse.facts(TW3, "publikasi")) == 6
    assert [one.unit for one in k.warehouse.left_out(TW3)] == left
    assert "rekap terdahulu" not in letter(folder, "publikasi")


def test_one_answer_settles_all_units_of_a_recap(arrive, folder, tmp_path, monkeypatch) -> None:
    fewer = {"33 KPU Provinsi Jawa Tengah perbaikan.csv": recap(
        *((code, f"Rapat koordinasi bagian {one}") for code in UNITS for one in "ab")
    )}  # fmt: skip
    k = arrive(NAMES["recap"], *fewer, files=FILES | fewer)
    assert len(k.warehouse.questions(TW3)) == 3
    text = letter(folder, "perbaikan")
    assert text.count("PERTANYAAN") == 1
    assert "3 baris dari 3 satker" in text
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    who = ("--oleh", "Sari", "--alasan", "surat provinsi")
    call("ganti", "33", "2026-TW3", "--ganti", *who)
    validate(k, TW3, "dijawab")
    assert k.warehouse.questions(TW3) == []
    assert {title for _, title in counted(k)} == {f"Rapat koordinasi bagian {one}" for one in "ab"}
    assert "sudah dijawab demikian" in call("ganti", "33", "2026-TW3", "--ganti", *who).output
    call("ganti", "33", "2026-TW3", "--batal", *who)
    validate(k, TW3, "ditarik")
    assert len(k.warehouse.questions(TW3)) == 3


LAST_QUARTER = recap(*((code, f"Rapat koordinasi nomor {number}") for code in UNITS for number in range(5))).replace(
    b"/07/2026", b"/05/2026"
)


@pytest.fixture
def channel(tmp_path):
    """A province whose recap is fetched from a folder, judged; run it again with another content."""

    def run(content: bytes, number: int = 1):
        (tmp_path / "kiriman").mkdir(exist_ok=True)
        (tmp_path / "kiriman" / "rekap.csv").write_bytes(content)
        os.utime(tmp_path / "kiriman" / "rekap.csv", (1_790_000_000, 1_790_000_000))
        register = tmp_path / "register.csv"
        register.write_text(f"lembaga,kode_satker,jenis,alamat\nkpu,33,berkas,{tmp_path / 'kiriman' / 'rekap.csv'}\n")
        settings = replace(installation(tmp_path).settings, registry_file=register, folder_roots=(tmp_path,))
        k = load_context(settings)
        open_period(k, TW3)
        collect(k, TW3, CODES, f"uji {number}")
        validate(k, TW3, f"uji {number}")
        return k

    return run


def test_whose_quarter_a_recap_is_is_asked_once_and_one_answer_settles_it(channel, tmp_path, monkeypatch) -> None:
    k = channel(LAST_QUARTER)
    assert counted(k) == set()
    (doubt,) = k.warehouse.doubts("kpu", "2026-TW3")
    assert doubt.kode_satker == "33"
    assert "15 dari 15 baris bukan baris Triwulan III 2026" in doubt.alasan
    assert "./humas terima 33 2026-TW3" in doubt.cara
    assert list(k.warehouse.findings(TW3)["kode"]).count("K43") == 1
    assert [one.kode for one in decide(k, TW3, "uji", CODES).perlu_orang] == ["33"]
    checked = check_bytes(k, LAST_QUARTER, "rekap.csv", "kpu", "33", "2026-TW3").answer
    assert (checked["status"], checked["rows_in"]) == ("ditolak", 15)
    assert [finding["rule"] for finding in checked["findings"]].count("K43") == 1
    as_commands_see_it(monkeypatch, tmp_path / "keadaan")
    call("terima", "33", "2026-TW3", "--oleh", "Sari", "--alasan", "susulan")
    validate(k, TW3, "diterima")
    assert Counter(code for code, _ in counted(k)) == dict.fromkeys(UNITS, 5)
    assert k.warehouse.conservation(TW3).selisih == ()


def test_late_rows_of_one_unit_among_many_are_late_rows_and_no_question(channel) -> None:
    late = LAST_QUARTER.decode().splitlines()[1:6]
    rows = recap(*((code, f"Rapat koordinasi nomor {number}") for code in UNITS[1:] for number in range(5))).decode()
    k = channel((rows + "\n".join(late) + "\n").encode())
    assert k.warehouse.doubts("kpu", "2026-TW3") == []
    assert Counter(code for code, _ in counted(k)) == dict.fromkeys(UNITS, 5)


def test_the_template_of_a_unit_says_that_a_recap_already_told_its_rows(arrive) -> None:
    k = arrive(NAMES["recap"], NAMES["semarang"])

    def cover(code: str) -> dict[object, object]:
        sheet = opened(template_of(k, "kpu", code, parse_period(TW3.period)))["Sampul"]
        return {row[0].value: row[1].value for row in sheet.iter_rows()}

    assert cover("33.01")["Sudah diterima"] == "3 baris dari rekap KPU Provinsi Jawa Tengah, 6 Oktober 2026"
    assert "Sudah diterima" not in cover("33.74"), "its own file counts"
    content = template_of(k, "kpu", "33.01", parse_period(TW3.period))
    assert check_bytes(k, content, "templat.xlsx").answer["satker"] == "33.01", "the cover is still read"
