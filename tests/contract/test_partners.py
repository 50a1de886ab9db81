"""Kinds of partners and of purposes told by their words, and what is refused in their files."""

from __future__ import annotations

import pytest
from humas.contract.named_kinds import read_kinds
from humas.contract.partners import kind_of_partner, load_partners
from humas.contract.purposes import kind_of_purpose, load_purposes
from humas.errors import OperatorError

NAMES = {
    "an office": ("Dinas Pendidikan Kab. Rembang", "pemerintah"),
    "the first word counts": ("Polres Kota Kediri", "penegak_hukum_keamanan"),
    "of words at one place the longest": ("Sekolah Luar Biasa Negeri 1", "disabilitas"),
    "a short name": ("PWI Wonosobo", "media"),
    "an address": ("wartaharian.com", "media"),
    "small letters": ("universitas terbuka", "perguruan_tinggi"),
    "a name within another word": ("Pantura Jaya", "lainnya"),
    "nobody in particular": ("tamu undangan", "lainnya"),
    "nothing known": ("Rumah Kita", "lainnya"),
}


@pytest.mark.parametrize(("name", "kind"), NAMES.values(), ids=list(NAMES))
def test_a_partner_is_of_the_kind_that_its_name_begins_with(name: str, kind: str) -> None:
    assert kind_of_partner(name) == kind


def test_kinds_are_told_in_the_order_of_the_file_and_what_is_unknown_last() -> None:
    names = [name for name, _ in load_partners().labels]
    assert (names[0], names[-1]) == ("pemerintah", "lainnya")


PURPOSES = {
    "a thesis": ("Penelitian skripsi mahasiswa", "penelitian_pendidikan"),
    "teaching": ("bahan ajar sekolah", "penelitian_pendidikan"),
    "a newspaper": ("Liputan media", "pemberitaan"),
    "watching": ("pemantauan anggaran", "pengawasan_masyarakat"),
    "a court": ("Alat bukti di pengadilan", "hukum"),
    "another office": ("Koordinasi antarinstansi", "kedinasan"),
    "a job": ("melengkapi lamaran kerja", "pekerjaan_usaha"),
    "for oneself": ("Kepentingan pribadi", "pribadi"),
    "nothing known": ("Budi, tetangga kami", "lainnya"),
}


@pytest.mark.parametrize(("text", "kind"), PURPOSES.values(), ids=list(PURPOSES))
def test_a_purpose_is_of_the_kind_that_its_words_tell_first(text: str, kind: str) -> None:
    assert kind_of_purpose(text) == kind


def test_what_is_unknown_of_a_purpose_is_told_last() -> None:
    assert load_purposes().labels[-1] == ("lainnya", "Lainnya")


OTHERS = '[lainnya]\nlabel = "Lainnya"\nkata = ["umum"]\n'
FAULTS = {
    "no place for what is unknown": ('[media]\nlabel = "Media"\nkata = ["pers"]\n', "blok [lainnya] tidak ada"),
    "a key that means nothing": (OTHERS + 'sinonim = "x"\n', "[lainnya]: kunci sinonim tidak dikenal"),
    "no words": (OTHERS.replace('"umum"', ""), "kata tidak boleh kosong"),
    "a word of two kinds": (
        OTHERS + '[media]\nlabel = "Media"\nkata = ["Umum"]\n',
        '"umum" dipakai [lainnya] dan [media]',
    ),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_faulty_file_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read_kinds("mitra.toml", text)
    assert message.casefold() in caught.value.message.casefold()
