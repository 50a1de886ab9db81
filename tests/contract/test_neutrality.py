"""Words that may take sides: their file, the small language of its phrases, and how it reads sentences of strangers."""

from __future__ import annotations

import time

import pytest
from humas.contract.neutrality import load_neutrality, read_neutrality
from humas.contract.phrases import Phrase
from humas.errors import OperatorError

from tests.contract.sentences import FILES, figures, sentences

FILE = """[kata.memilih]
jarang = true
ungkapan = ["coblos", "pilih"]
bukan = ["hak pilih"]
[kata.nomor]
ungkapan = ["nomor <angka>"]
[kata.larangan]
ungkapan = ["dilarang"]
[tanda.ajakan]
bunyi = "ajakan memilih"
bila = ["memilih > nomor"]
[wajar.larangan]
kata = "larangan"
membatalkan = ["ajakan"]
"""

PHRASES = [
    ("a word", "coblos", "Ayo COBLOS!", "COBLOS"),
    ("no part of a word", "coblos", "pencoblosan", None),
    ("any ending", "dukung*", "mari dukunglah", "dukunglah"),
    ("any beginning", "*coblos", "mari mencoblos", "mencoblos"),
    ("a choice", "satu/dua jari", "salam dua jari", "dua jari"),
    ("written as one", "dua periode", "#duaperiode", "duaperiode"),
    ("words between", "salam ... jari", "salam khas tiga jari", "salam khas tiga jari"),
    ("four words between", "salam ... jari", "salam ini itu anu apa jari", None),
    ("a small number", "nomor <angka>", "nomor 3", "nomor 3"),
    ("a long number", "nomor <angka>", "nomor 337401", None),
    ("a name", "pak <Nama>", "dukung Pak Wali", "Pak Wali"),
    ("no name", "pak <Nama>", "pak lurah", None),
    ("a pair", "<Nama-Nama>", "bersama Anwar-Mira", "Anwar-Mira"),
    ("no pair", "<Nama-Nama>", "besar-besaran", None),
    ("a sign of its own", "lanjutkan!", "Lanjutkan! Kerja", "Lanjutkan!"),
]

READINGS = [
    ("both in order", "coblos nomor 3", ("coblos", "nomor 3")),
    ("some words between", "pilih saja yang nomor 3", ("pilih", "nomor 3")),
    ("too far", f"pilih {'lagi ' * 20} nomor 3", None),
    ("the other way round", "nomor 3 pilih", None),
    ("the last one before", "pilih ketua, lalu coblos nomor 3", ("coblos", "nomor 3")),
    ("what is something else", "hak pilih nomor 3", None),
    ("lawful", "dilarang coblos nomor 3", None),
    ("one alone", "coblos", None),
]

FAULTS = [
    ("no TOML", "[kata", ": "),
    ("a block missing", FILE[: FILE.index("[wajar")], ": kunci wajar belum ditulis"),
    ("an unknown block", FILE + "[lain]", ": kunci lain tidak dikenal; yang ada: kata, tanda, wajar"),
    ("no phrases", FILE.replace('["dilarang"]', "[]"), ", kata.larangan: ungkapan tidak boleh kosong"),
    ("an empty phrase", FILE.replace('"dilarang"', '" "'), ", kata.larangan: ungkapan tidak boleh kosong"),
    ("a gap at an end", FILE.replace("dilarang", "dilarang ..."), ', kata.larangan: ungkapan "dilarang ...": ... hanya boleh berdiri di antara dua kata'),
    ("two gaps", FILE.replace("dilarang", "di ... ... larang"), ', kata.larangan: ungkapan "di ... ... larang": ... hanya boleh'),
    ("a pattern", FILE.replace("dilarang", "(di)+larang"), ', kata.larangan: ungkapan "(di)+larang": "(di)+larang" memuat tanda yang tidak dikenal; yang ada: * / ... <angka>'),
    ("an unknown token", FILE.replace("<angka>", "<huruf>"), ', kata.nomor: ungkapan "nomor <huruf>": "<huruf>" memuat tanda'),
    ("a word for true", FILE.replace("= true", '= "ya"'), ", kata.memilih: jarang harus true atau false"),
    ("rare without letters", FILE.replace('"coblos"', '"<angka>"'), ', kata.memilih: "<angka>" tanpa kata biasa, maka tidak dapat jarang'),
    ("a way of unknown words", FILE.replace("memilih > nomor", "memilih > angka"), ", tanda.ajakan: bila menyebut angka, tetapi tidak ada blok [kata.angka]"),
    ("a way of common words", FILE.replace("memilih > nomor", "nomor + larangan"), ', tanda.ajakan: bila "nomor + larangan" tidak memuat kata yang jarang'),
    ("lawful by unknown words", FILE.replace('kata = "larangan"', 'kata = "izin"'), ", wajar.larangan: kata menyebut izin, tetapi tidak ada blok [kata.izin]"),
    ("an unknown sign", FILE.replace('["ajakan"]', '["pujian"]'), ", wajar.larangan: membatalkan menyebut pujian, tetapi tidak ada blok [tanda.pujian]"),
    ("idle words", FILE + '[kata.izin]\nungkapan = ["boleh"]', ": kata.izin tidak dipakai tanda atau wajar mana pun"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "text", "found"), [one[1:] for one in PHRASES], ids=[one[0] for one in PHRASES])
def test_a_phrase_finds_what_it_says_and_its_letters_stand_there(phrase, text, found):
    hit = Phrase(phrase).pattern.search(text)
    assert (hit and hit[0]) == found
    assert not found or any(mark in text.lower() for mark in Phrase(phrase).marks)


@pytest.mark.parametrize(("text", "words"), [one[1:] for one in READINGS], ids=[one[0] for one in READINGS])
def test_words_that_stand_together_ask_unless_something_makes_them_ordinary(text, words):
    found = read_neutrality(FILE).read(text)
    assert (found and found.words) == words
    assert not found or found.wording == "ajakan memilih"


@pytest.mark.parametrize(("text", "told"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS])
def test_what_is_wrong_in_the_file_is_told_in_one_line_with_its_place(text, told):
    with pytest.raises(OperatorError) as caught:
        read_neutrality(text)
    assert caught.value.message.startswith("netralitas.toml" + told)
    assert str(caught.value).isprintable()
    assert "betulkan include/humas/contract/data/netralitas.toml" in caught.value.remedy


def test_sentences_are_many_balanced_and_of_more_than_one_author():
    written = [list(sentences(file)) for file in FILES]
    assert len(written) >= 2
    assert sum(map(len, written)) >= 120
    for author in written:
        assert 0.4 < sum(one.partisan for one in author) / len(author) < 0.6


@pytest.mark.parametrize(
    ("apart", "precision", "recall"), [(False, 0.95, 0.95), (True, 0.95, 0.9)], ids=["built on", "apart"]
)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_sentences_of_strangers_are_read_as_their_authors_meant_them(file, apart, precision, recall):
    chosen = [one for one in sentences(file) if one.apart is apart]
    found = figures(load_neutrality(), chosen)
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize(
    "text",
    ["coblos " * 4000, "salam " * 4000, "a" * 30000, "dua" + "!" * 30000, "Aa-" * 10000, "pilih a b c " * 2500],
    ids=["one word", "an open gap", "no end", "signs", "pairs", "gaps"],
)
def test_a_long_text_costs_work_in_step_with_its_length(text):
    load_neutrality().read(text[:3000])
    begun = time.process_time()
    load_neutrality().read(text)
    assert time.process_time() - begun < 2
