"""What may be taught is looked at in the words of the body it is for; for all bodies in those of each."""

from __future__ import annotations

import pytest
from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.pipeline.words import make_lesson, meaning_of
from humas.values.cells import read_column
from humas.values.lessons import Taught
from humas.values.taught import answered
from humas.values.words import fold

from tests.real_input.installation import NOW

KNOWN = {
    "a word of its own": ("Gladi bersih", "Jenis kegiatan", "pemda", False),
    "the same word for another body": ("Gladi bersih", "Jenis kegiatan", "kpu", True),
    "a word that one body alone knows, for all": ("Gladi bersih", "Jenis kegiatan", "", True),
    "a word that all know, for all": ("Rakor", "Jenis kegiatan", "", False),
    "a part of another framework": ("Penyerapan aspirasi masyarakat", "Strategi utama", "kpu", True),
    "a part of its own framework": ("Penyerapan aspirasi masyarakat", "Strategi utama", "bawaslu", False),
}
MEANT = {"Jenis kegiatan": "Lainnya", "Strategi utama": "7"}


@pytest.mark.parametrize(("word", "column", "body", "taught"), KNOWN.values(), ids=KNOWN)
def test_a_word_is_known_by_the_words_of_its_body(word: str, column: str, body: str, *, taught: bool) -> None:
    if taught:
        assert make_lesson(word, column, MEANT[column], body, "Rina", "", NOW).kata == fold(word)
        return
    with pytest.raises(SenderError, match="sudah dikenal"):
        make_lesson(word, column, MEANT[column], body, "Rina", "", NOW)


def test_a_meaning_is_found_and_told_in_the_words_of_its_body() -> None:
    lesson = make_lesson("Giat warga", "Strategi utama", "Aspirasi", "bawaslu", "Rina", "", NOW)
    assert (lesson.arti, meaning_of(lesson)) == ("5", "5 (Penyerapan aspirasi)")
    column = BY_NAME["kegiatan"].by_name["strategi_utama"]
    explained = answered(Taught((lesson,)), column)
    assert explained
    reading = read_column(column, ["Giat warga"]).with_answers(lambda _: "bawaslu", explained)
    assert "5 (Penyerapan aspirasi)" in reading.distinct[reading.code[0]].remark
