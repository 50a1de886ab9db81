"""Words that people explained, cell by cell: what they mean, for whom, and what they can never change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from humas.contract.columns import BY_NAME, Column
from humas.values.cells import Reading, read_column
from humas.values.lessons import Lesson, Taught
from humas.values.taught import NO_ACTIVITY, answered, teachable
from humas.values.words import fold

KEGIATAN = BY_NAME["kegiatan"].by_name
AT = datetime(2026, 10, 6, 3, tzinfo=UTC)


def lesson(column: str, word: str, meaning: str, body: str = "") -> Lesson:
    return Lesson(column, fold(word), body, word, meaning, "Rina", "", AT)


def read(column: Column | str, cell: object, *lessons: Lesson, body: str = "kpu") -> Reading:
    """One cell as a body's files have it after these answers."""
    column = KEGIATAN[column] if isinstance(column, str) else column
    reading = read_column(column, [cell])
    if explained := answered(Taught(lessons), column):
        reading = reading.with_answers(lambda _: body, explained)
    return reading.distinct[reading.code[0]]


READ = {
    "an unknown kind takes the value taught": (("jenis_kegiatan", "Coklit", "SOSIALISASI"), "Coklit", "SOSIALISASI"),
    "however it is written": (("jenis_kegiatan", "Coklit", "SOSIALISASI"), " COK-LIT. ", "SOSIALISASI"),
    "a word that is only said to mean something else": (("jenis_kegiatan", "webinar", "SOSIALISASI"), "Webinar", "SOSIALISASI"),
    "a word that the vocabulary spells out stays what it is": (("jenis_kegiatan", "rakor", "BIMTEK"), "Rakor", "RAKOR"),
    "a word taught in another column means nothing here": (("mode", "Coklit", "daring"), "Coklit", "Coklit"),
    "a word taught for another body means nothing here": (("jenis_kegiatan", "Coklit", "SOSIALISASI", "bawaslu"), "Coklit", "Coklit"),
    "what nobody can tell is not said": (("jenis_kegiatan", "Coklit", "tidak_disebut"), "Coklit", None),
    "a value that the vocabulary has no longer is no answer": (("jenis_kegiatan", "Coklit", "KUNO"), "Coklit", "Coklit"),
    "only a kind can say that a row is no activity": (("mode", "Coklit", NO_ACTIVITY), "Coklit", "Coklit"),
    "a number by its words": (("strategi_utama", "Humas digital", "4"), "Humas digital", 4),
    "one part of a list": (("kanal", "merpati pos", "media_cetak"), "Laman, merpati pos", '["website", "media_cetak"]'),
    "a part of a list that says nothing": (("kanal", "merpati pos", "tidak_disebut"), "Laman; merpati pos", '["website"]'),
    "a whole part that would be cut into pieces": (("kanal", "Koran & Radio Kita", "radio"), "Koran & Radio Kita", '["radio"]'),
}  # fmt: skip


@pytest.mark.parametrize(("taught", "cell", "value"), READ.values(), ids=READ)
def test_a_word_means_what_was_taught(taught, cell, value):
    column = "mode" if taught[0] == "mode" and cell == "Coklit" and taught[2] == NO_ACTIVITY else taught[0]
    column = "jenis_kegiatan" if taught[:3] == ("mode", "Coklit", "daring") else column
    assert read(column, cell, lesson(*taught)).value == value


def test_a_taught_word_is_told_and_is_no_problem():
    reading = read("jenis_kegiatan", "Coklit", lesson("jenis_kegiatan", "Coklit", "SOSIALISASI"))
    assert (reading.problem, reading.note) == (None, "K40")
    assert reading.remark == "dibaca sebagai Sosialisasi, menurut jawaban pengelola"


def test_what_is_left_unknown_in_a_list_is_still_asked():
    reading = read("kanal", "Laman, merpati pos, kentongan", lesson("kanal", "merpati pos", "media_cetak"))
    assert reading.value == '["website", "media_cetak"]'
    assert reading.problem is not None and reading.problem.unknown == "kentongan"


def test_the_answer_of_a_body_comes_before_the_one_for_all():
    both = (lesson("jenis_kegiatan", "Coklit", "RAKOR", "kpu"), lesson("jenis_kegiatan", "Coklit", "SOSIALISASI"))
    assert read("jenis_kegiatan", "Coklit", *both).value == "RAKOR"
    assert read("jenis_kegiatan", "Coklit", *both, body="bawaslu").value == "SOSIALISASI"


def test_no_activity_names_who_said_so_and_when():
    reading = read("jenis_kegiatan", "Kerja bakti", lesson("jenis_kegiatan", "Kerja bakti", NO_ACTIVITY))
    assert (reading.value, reading.note) == (None, "K60")
    assert reading.remark == "bukan kegiatan kehumasan menurut Rina, 06/10/2026; baris tidak dihitung"


@pytest.mark.parametrize(
    ("dataset", "column", "yes"),
    [
        ("kegiatan", "jenis_kegiatan", True),
        ("kegiatan", "strategi_utama", True),
        ("kegiatan", "kanal", True),
        ("kegiatan", "lembaga", False),
        ("kegiatan", "judul", False),
        ("permohonan_info", "jenis_pemohon", False),
    ],
    ids=["a kind", "a numbered vocabulary", "a list", "whose the row is", "free text", "who somebody is"],
)
def test_only_choices_that_identify_nobody_can_be_taught(dataset, column, yes):
    assert teachable(BY_NAME[dataset].by_name[column]) is yes
