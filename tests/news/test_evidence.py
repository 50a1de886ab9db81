"""Beside each field stands the sentence of the page that it comes from, or nothing."""

from __future__ import annotations

import pytest
from humas.news.evidence import quote_sentences
from humas.news.sentences import split_sentences

from tests.news.samples import read

TEXT = (
    "KPU Kota Cimahi Gelar Sosialisasi\n"
    "Cimahi - KPU Kota Cimahi menggelar sosialisasi bagi pemilih pemula, Kamis (18/6/2026).\n"
    "Kegiatan bertempat di Aula SMAN 1 Cimahi dan diikuti 60 siswa.\n"
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("Kamis (18/6/2026)", 1, id="a day as written"),
        pytest.param("KPU Kota Cimahi sosialisasi", 0, id="words that lie apart, in the headline first"),
        pytest.param("n diikuti 60  siswa", 2, id="words cut within a letter"),
        pytest.param("terbit 18/06/2026", None, id="words of no sentence"),
        pytest.param("", None, id="no words"),
        pytest.param("siswa 60", None, id="words in another order"),
    ],
)
def test_the_sentence_of_a_field(words, sentence):
    found = quote_sentences({"x": words}, split_sentences(TEXT))
    assert found == ({} if sentence is None else {"x": TEXT.split("\n")[sentence]})


def test_a_page_gives_a_sentence_for_each_field_it_tells():
    draft = read(TEXT)
    lines = TEXT.split("\n")
    assert draft.kalimat["tanggal_mulai"] == lines[1]
    assert draft.kalimat["tempat"] == draft.kalimat["jumlah_peserta"] == lines[2]
    assert set(draft.kalimat) <= set(draft.keyakinan)


def test_the_same_article_with_more_readers_is_the_same():
    first, more, other = (read(TEXT + last).sidik_isi for last in ("Dilihat 10 kali", "Dilihat 9.120 kali", "Ralat."))
    assert first == more != other
