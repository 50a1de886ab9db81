"""Kinds of partners told by their names, and what is refused in their file."""

from __future__ import annotations

import pytest
from humas.contract.partners import kind_of_partner, load_partners, read_partners
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
        read_partners(text)
    assert message.casefold() in caught.value.message.casefold()
