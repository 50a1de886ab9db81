"""Parts of a page: what stands below a main figure, and what a figure is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from humas.publish import payload
from humas.publish.parts import RECAP_CARDS, SATKER_CARDS, cards
from humas.publish.site import render_unit
from humas.report import view
from humas.report.measures import BY_NAME
from humas.report.model import Figure

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


MISSING = {
    "nobody spoke of it": (("permohonan", "kelengkapan_himpunan"), {}, "belum dilaporkan"),
    "nothing to take the middle of": (("permohonan_median_hari",), {}, "belum dapat dihitung"),
    "sent, and all of it held": ((), {("himpunan_ditahan", "permohonan_info"): 4}, "4 baris dikirim, semuanya ditahan"),
}


@pytest.mark.parametrize(("without", "more", "below"), MISSING.values(), ids=MISSING.keys())
def test_a_main_figure_that_nobody_told_is_a_dash_on_pages_as_on_paper(without, more, below):
    unit = make_satker()
    added = tuple(Figure(f"x{n}", *key, value) for n, (key, value) in enumerate(more.items()))
    unit = replace(unit, angka=(*(one for one in unit.angka if one.ukuran not in without), *added))
    measure = "permohonan_median_hari" if "permohonan_median_hari" in without else "permohonan"
    shown = {card.angka.ukuran: card for card in cards(unit, SATKER_CARDS)}
    assert list(shown) == list(SATKER_CARDS), "no card is left out"
    assert (shown[measure].keterangan, bool(shown[measure].angka.id)) == (below, not without)
    page = render_unit(unit, {}).decode()
    assert below in page and ('<dd class="besar">–</dd>' in page) == bool(without)
    paper = {card["label"]: card for card in payload.payload(unit)["angka"]}
    assert paper[BY_NAME[measure].label]["ket"] == below


def test_a_figure_is_called_by_its_measure_and_by_what_it_breaks_down():
    report = make_satker()
    figure = {one.id: one for one in report.angka}
    assert view.figure_name(report, figure["S1"]) == "Kelengkapan"
    assert view.figure_name(report, figure["S5.1"]).startswith("Kegiatan menurut strategi: Membangun jejaring")
