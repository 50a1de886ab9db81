"""The file of rules: what is wrong in it is said in one line, with the entry and what to do."""

from __future__ import annotations

import re

import pytest
from humas.contract.columns import DATASETS, Column, ColumnType
from humas.contract.rules import PLACES, RULE_FILE, Rule, Severity, get_rule, load_rules, parse_rules
from humas.errors import OperatorError
from humas.validation.checks.base import Check
from humas.validation.suite import CHECKS, expectations, row_rule, rule_of

ENTRY = """[V01]
entitas = "kegiatan"
aturan = "judul tidak terulang"
bunyi = "Judul tidak terulang"
keparahan = "FATAL"
tempat = "baris"
cara = "Satukan kedua baris."
dasar = "praktik"
"""
WAITING = {"K07"}
"""Place ``baris``, but no column can break it now: no row is held for want of a link alone."""


def test_an_entry_is_a_whole_rule():
    rule = parse_rules(ENTRY + 'catatan = "juga pada sampul"\ngx = "kustom"\n')["V01"]
    assert rule == Rule(
        "V01", "kegiatan", "judul tidak terulang", Severity.FATAL, "praktik", "baris", "Judul tidak terulang",
        "Satukan kedua baris.", "juga pada sampul",
    )  # fmt: skip


def test_what_no_sender_can_break_needs_no_remedy():
    assert parse_rules(_without("cara").replace('"baris"', '"gudang"'))["V01"].remedy == ""


def _without(key: str) -> str:
    return re.sub(rf"^{key} = .*\n", "", ENTRY, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        (ENTRY + "\n" + ENTRY, "V01: kode ini tertulis dua kali.", "beri salah satunya nomor yang belum dipakai."),
        (_without("dasar"), "V01: tanpa dasar.", "lengkapi blok itu."),
        (_without("cara"), "V01: tanpa cara.", "lengkapi blok itu."),
        ("[V01]\n", "V01: tanpa aturan, bunyi, dasar, entitas, keparahan, tempat.", "lengkapi blok itu."),
        (ENTRY.replace("FATAL", "BERAT"), 'V01: keparahan "BERAT" tidak dikenal.', "pakai FATAL, INFO, PERINGATAN."),
        (ENTRY.replace('"baris"', '"lembar"'), 'V01: tempat "lembar" tidak dikenal.', "pakai baris, belum, berkas, gudang, "),
        (ENTRY + 'catatn = "x"\n', "V01: kunci catatn tidak dikenal.", "pakai aturan, bunyi, cara, catatan, dasar, "),
        (ENTRY + 'catatan = ""\n', "V01: isi catatan kosong atau bukan teks.", 'tulis catatan = "…", atau hapus '),
        (ENTRY + "catatan = 3\n", "V01: isi catatan kosong atau bukan teks.", 'tulis catatan = "…", atau hapus '),
        (ENTRY.replace("V01", "V1"), "V1: bukan blok aturan.", "awali tiap aturan dengan [V00] atau [K00], "),
        ('V01 = "judul"\n', "V01: bukan blok aturan.", "awali tiap aturan dengan [V00] atau [K00], "),
        (ENTRY.replace('"FATAL"', "FATAL"), "baris 5: bukan TOML.", 'tulis tiap isian sebagai kunci = "teks" '),
        (ENTRY.replace("\ncara", '\ncara = "x"\ncara'), "baris 8: bukan TOML.", 'tulis tiap isian sebagai kunci = "teks" '),
        ("[V01", "akhir berkas: bukan TOML.", 'tulis tiap isian sebagai kunci = "teks" '),
    ],
    ids=[
        "code twice", "no source", "no remedy", "empty block", "severity", "place", "unknown key", "empty text", "number",
        "code", "no block", "no quotes", "key twice", "cut off",
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_one_clear_line(text, message, remedy):
    with pytest.raises(OperatorError) as caught:
        parse_rules(text)
    assert (caught.value.code, caught.value.message) == ("aturan_salah", f"{RULE_FILE}, {message}")
    assert caught.value.remedy.startswith(remedy)
    assert "\n" not in str(caught.value)


def _check_without_entry() -> object:
    return row_rule(Check("V99", "never", ("judul",), lambda frame, knowledge: frame["judul"].isna(), lambda row: ""))


def _column_without_entry() -> object:
    return rule_of(Column("x", "X", ColumnType.TEXT, "x", "x", rule="V99"), "panjang")


@pytest.mark.parametrize(
    "use",
    [lambda: get_rule("V99"), _check_without_entry, _column_without_entry],
    ids=["asked for", "of a check", "of a column"],
)
def test_a_code_without_an_entry_says_what_to_write(use):
    with pytest.raises(OperatorError) as caught:
        use()
    assert str(caught.value) == (
        f"{RULE_FILE}, V99: aturan ini tidak ada. Admin sistem: tulis blok [V99], "
        "atau betulkan kode pada yang memakainya."
    )


def test_every_rule_of_a_row_is_decided_by_something_and_nothing_else_is():
    decided = {one.rule.code for dataset in DATASETS for one in expectations(dataset)} | {
        check.code for check in CHECKS
    }
    of_rows = {code for code, rule in load_rules().items() if rule.place == "baris"}
    undecided, elsewhere = of_rows - decided - WAITING, decided - of_rows
    assert not undecided, (
        f"{RULE_FILE}, {undecided}: tempat is baris, but nothing decides it. "
        "Write a Check in validation/checks, or name the code as rule= of a column, or change tempat."
    )
    assert not elsewhere, f"{RULE_FILE}, {elsewhere}: a Check or a column decides it. Change tempat to baris."
    assert not WAITING & decided, "something decides it now: take it out of WAITING"


def test_rules_stand_in_the_order_of_their_numbers():
    codes = list(load_rules())
    field = [code for code in codes if code[0] == "V"]
    assert field == [f"V{number:02}" for number in range(1, len(field) + 1)], "the field's rules have no gap"
    assert codes == field + sorted(code for code in codes if code[0] == "K"), f"{RULE_FILE}: sort the entries"


def test_no_place_is_without_a_rule():
    assert {rule.place for rule in load_rules().values()} == set(PLACES)
