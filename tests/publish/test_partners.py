"""The picture of networks: a bar for each kind of partner on page and paper, with its counts in words beside it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from humas.publish.payload import payload
from humas.publish.pdf import render
from humas.publish.site import render_nation, render_province, render_unit
from humas.report.measures import figure_id
from humas.report.model import Figure, Report
from humas.report.view import PARTNERS_NOTE, partner_bars

from tests.publish.test_pdf import _words
from tests.report.samples import make_national, make_province, make_satker

COUNTS = {"pemerintah": (12, 7), "sekolah": (24, 18), "media": (6, 2)}
LEVELS = {
    "unit": (make_satker, render_unit), "province": (make_province, render_province), "nation": (make_national, render_nation),
}  # fmt: skip


def _with_partners(report: Report) -> Report:
    scope = report.kepala.lingkup
    added = [
        Figure(figure_id(scope, measure, kind), measure, kind, value)
        for kind, counts in COUNTS.items()
        for measure, value in zip(("kegiatan_jenis_mitra", "mitra_unik"), counts, strict=True)
    ]
    return replace(report, angka=(*report.angka, *added))


def test_bars_are_measured_by_the_longest_and_sorted() -> None:
    bars = partner_bars(_with_partners(make_satker()))
    shown = [(bar.label, bar.activities.nilai, bar.partners and bar.partners.nilai, bar.width) for bar in bars]
    assert shown == [("Sekolah", 24, 18, 1.0), ("Pemerintah", 12, 7, 0.5), ("Media dan pers", 6, 2, 0.25)]


@pytest.mark.parametrize(("make", "page_of"), LEVELS.values(), ids=list(LEVELS))
def test_the_picture_stands_on_page_and_paper_and_nowhere_without_partners(make, page_of) -> None:
    report = _with_partners(make())
    page = page_of(report, {}).decode()
    section = page.partition('<section id="jejaring">')[2].partition("</section>")[0]
    assert PARTNERS_NOTE in section
    assert re.findall(r'aria-hidden="true"><rect class="dasar".*?class="isi" width="([\d.]+)"', section) == [
        "100.0", "50.0", "25.0",
    ]  # fmt: skip
    assert 'id="jejaring"' not in page_of(make(), {}).decode()
    assert payload(report)["mitra"]["baris"][0] == ["Sekolah", 1.0, "24", "18"]
    assert payload(make())["mitra"]["baris"] == []


def test_paper_has_the_table_with_its_words() -> None:
    words = _words(render(_with_partners(make_satker()))[0]).replace("\u2060", "")
    assert "Jejaringmenurutjenismitra" in words and "Mediadanpers62" in words
    assert "Jejaringmenurut" not in _words(render(make_satker())[0])
