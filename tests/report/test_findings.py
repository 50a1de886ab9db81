"""Words for findings and rules: complete, plain, and without a place that the table says already."""

from __future__ import annotations

import re

import pytest
from humas.contract.rules import load_rules
from humas.report.findings import column_place, rule_code, rule_text, rule_texts, sheet_label, without_place


def test_every_rule_has_plain_words():
    assert set(rule_texts()) == set(load_rules())
    machine_talk = re.compile(r"_|[<>{}]|\bNN\b|->|=")
    assert [
        code for code, wording in rule_texts().items() if machine_talk.search(wording) or not 10 < len(wording) < 80
    ] == []


def test_a_finding_about_a_whole_file_names_itself():
    assert (rule_code("bom_zip"), rule_text("bom_zip")) == ("–", "Berkas bom zip")
    assert (rule_code("V07"), rule_text("kosong")) == ("V07", "Berkas berisi baris, atau menyatakan nihil")


@pytest.mark.parametrize(
    ("message", "without"),
    [
        ('Publikasi, baris 36, kolom E (Tanggal terbit): "31/09/2026" bukan tanggal.', '"31/09/2026" bukan tanggal.'),
        ("isu_hoaks, rekaman 1, jumlah_diturunkan: diturunkan 3, lebih dari 1.", "Diturunkan 3, lebih dari 1."),
        (
            "kegiatan, rekaman 1.023: sama persis dengan baris 4; dihitung sekali.",
            "Sama persis dengan baris 4; dihitung sekali.",
        ),
        (
            'Kegiatan, baris 6, kolom A (Judul kegiatan): "Opini: mencatat" tampaknya opini.',
            '"Opini: mencatat" tampaknya opini.',
        ),
        (
            "Berkas untuk Triwulan II 2026, diminta Triwulan III 2026.",
            "Berkas untuk Triwulan II 2026, diminta Triwulan III 2026.",
        ),
        ("Lembar Kegiatan: judul kolom tidak ditemukan.", "Lembar Kegiatan: judul kolom tidak ditemukan."),
    ],
    ids=["xlsx", "json", "baris-saja", "titik-dua-dalam-kutipan", "berkas", "tanpa-baris"],
)
def test_message_without_its_place(message, without):
    assert without_place(message) == without


@pytest.mark.parametrize(
    ("letter", "column", "place"),
    [("E", "kanal", "Kanal (E)"), ("url", "url", "Tautan"), ("AC", "", "AC"), (None, None, ""), ("", "asing", "asing")],
    ids=["xlsx", "json", "huruf-saja", "tanpa", "tak-dikenal"],
)
def test_column_as_senders_know_it(letter, column, place):
    assert column_place(letter, column, "kpu") == place


@pytest.mark.parametrize(
    ("body", "place"), [("kpu", "Strategi utama (F)"), ("bawaslu", "Bidang utama (F)"), ("pemda", "Tugas utama (F)")]
)
def test_a_column_is_called_as_the_templates_of_its_body_call_it(body, place):
    assert column_place("F", "strategi_utama", body) == place


def test_sheet_as_senders_know_it():
    assert [sheet_label(name) for name in ("isu_hoaks", "Kegiatan", None)] == ["Isu dan Hoaks", "Kegiatan", ""]
