"""Parts of a page: what stands below a main figure, and what a figure is called."""

from __future__ import annotations

import pytest
from humas.publish.parts import RECAP_CARDS, SATKER_CARDS, cards
from humas.report import view

from tests.report.samples import make_province, make_satker

BELOW_UNIT = {
    "kegiatan_dilaporkan": "22 acara unik",
    "publikasi": "terbanyak di Instagram (48)",
    "permohonan": "tanpa data pribadi pemohon",  # the median has a card of its own
    "permohonan_median_hari": "dari diterima sampai ditanggapi",
    "hoaks_isu": "2 sudah diklarifikasi",
    "hoaks_median_jam": "dari temuan sampai klarifikasi pertama",
}
BELOW_PROVINCE = {
    "kelengkapan": "34 dari 36 kewajiban.",
    "ketepatan_waktu": "31 dari 36 kewajiban.",
    "kegiatan_dilaporkan": "660 acara unik",
    "publikasi": "terbanyak di Instagram (1.440)",
    "permohonan": "5 hari kerja, median waktu jawab",
    "hoaks_isu": "2 sudah diklarifikasi",
}


@pytest.mark.parametrize(
    ("make", "names", "below"),
    [(make_satker, SATKER_CARDS, BELOW_UNIT), (make_province, RECAP_CARDS, BELOW_PROVINCE)],
    ids=["unit", "province"],
)
def test_a_main_figure_has_its_second_line(make, names, below):
    assert {card.angka.ukuran: card.keterangan for card in cards(make(), names)} == below


def test_a_figure_is_called_by_its_measure_and_by_what_it_breaks_down():
    figure = {one.id: one for one in make_satker().angka}
    assert view.figure_name(figure["S1"]) == "Kelengkapan"
    assert view.figure_name(figure["S5.1"]).startswith("Kegiatan menurut strategi: Membangun jejaring")
