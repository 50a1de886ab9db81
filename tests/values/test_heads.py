"""The first word of a text tells what an activity is; what nobody can know is asked about and nothing is suggested."""

from __future__ import annotations

import pytest
from humas.bodies import BODIES
from humas.contract.vocabulary import kinds_of
from humas.values.likeness import nearest_labels
from humas.values.words import find_choice

READ = {
    "the head, whatever follows": ("pemda", "Peliputan rapat kerja DPRD", "LIPUTAN"),
    "a letter lost": ("kpu", "sosialiasi tahapan", "SOSIALISASI"),
    "letters swapped": ("kpu", "Smiulasi pungut hitung", "SIMULASI"),
    "another form of the verb": ("kpu", "Meliput kirab", "LIPUTAN"),
    "a short form": ("kpu", "keg. sos. thd warga", "SOSIALISASI"),
    "a word without its vowels": ("kpu", "penddkn pemilih", "PENDIDIKAN_PEMILIH"),
    "a word cut off": ("kpu", "media gath dgn wartawan", "MEDIA_GATHERING"),
    "a syllable lost": ("pemda", "sosialisi perda", "SOSIALISASI"),
    "cut words that may be several": ("kpu", "pen kantor", None),
    "another word that begins so": ("pemda", "kota sehat", None),
    "a doubled word in short": ("kpu", "woro2 keliling pasar", "PENYEBARAN_INFORMASI"),
    "an object of two": ("bawaslu", "bimtek pengelolaan website dan medsos", "BIMTEK"),
    "what no head begins belongs to the first": ("kpu", "sosialisasi + bagi brosur", "SOSIALISASI"),
    "a short word has no other form": ("pemda", "umum", None),
    "a name that holds an and": ("kpu", "Sosialisasi & Pendidikan Pemilih di SMA", "PENDIDIKAN_PEMILIH"),
    "brackets explain": ("kpu", "rumah pintar pemilu (kunjungan siswa)", "PENDIDIKAN_PEMILIH"),
    "brackets alone tell": ("kpu", "Sabtu ceria (lomba mewarnai)", "LOMBA"),
    "no head but a known word": ("bawaslu", "narsum di TVRI", "SIARAN"),
    "a long name hides those in it": ("kpu", "rutin monitoring berita", "MONITORING_MEDIA"),
    "all else gives way": ("pemda", "apel ikrar netralitas", "NETRALITAS_ASN"),
    "a number before it": ("kpu", "3. rilis hasil pleno", "RILIS"),
    "not denied": ("kpu", "sosialisasi non tahapan", None),
    "two bare names": ("kpu", "Sosialisasi dan Bimtek", None),
    "another letter is another word": ("pemda", "evakuasi korban banjir", None),
    "what is no public relations": ("bawaslu", "pembayaran honor konten kreator", None),
    "what a body means otherwise": ("bawaslu", "klarifikasi terlapor", None),
    "a denial within a name": ("kpu", "klarifikasi berita tdk benar ttg gudang", "KLARIFIKASI_HOAKS"),
    "a short word a letter away is another word": ("kpu", "saring arsip", None),
    "asked words behind an unknown head": ("bawaslu", "penelitian laporan dugaan pelanggaran", None),
    "asked words behind a known head": ("bawaslu", "liputan laporan dugaan pelanggaran", "LIPUTAN"),
    "a body's short form": ("bawaslu", "RDK persiapan", "RAKOR"),
    "nothing known": ("kpu", "tindak lanjut surat", None),
}


@pytest.mark.parametrize(("body", "written", "kind"), READ.values(), ids=READ)
def test_a_kind_is_read_by_its_head(body: str, written: str, kind: str | None) -> None:
    choice = find_choice(kinds_of(body), written)
    assert (choice.value if choice else None) == kind
    assert choice is None or "dibaca sebagai" in choice.note


@pytest.mark.parametrize("written", ["pembayaran honor konten kreator", "Pencairan dana siaran pers", "gaji"])
def test_nothing_is_suggested_for_what_is_asked_about(written: str) -> None:
    assert all(nearest_labels(kinds_of(body), written) == [] for body in BODIES)


def test_nothing_is_suggested_where_asked_words_stand_behind_an_unknown_head() -> None:
    assert nearest_labels(kinds_of("bawaslu"), "penelitian laporan dugaan pelanggaran") == []
