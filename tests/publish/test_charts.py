"""Charts: well-formed, honest (zero-based, 100 only for all), readable without colour, safe against hostile text."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from humas.publish import charts
from humas.publish.charts import Curve, Interval, Tile

from tests.report.samples import PROVINCES

SVG = "{http://www.w3.org/2000/svg}"
TILES = [Tile(code, name, 100.0 - i, f"provinsi/{code}.html") for i, (code, name) in enumerate(PROVINCES)]
EXAMPLES = {
    "kolom": charts.bar_columns([("I '26", 19), ("II '26", None), ("III '26", 24)], "Kegiatan"),
    "garis": charts.lines(["I", "II"], [Curve("A", (90.0, 94.2)), Curve("B", (None, 70.0), putus=True)], "Laju"),
    "waktu": charts.timeline(
        [("30 Sep", "Triwulan berakhir", 0), ("7 Okt", "Tenggat", 7), ("14 Okt", "Akhir tenggang", 14)],
        ("6 Okt", "Laporan diterima", 6),
        "Ketepatan waktu",
    ),
    "tumpuk": charts.stacked_bar([("tepat_waktu", "Tepat waktu", 8), ("belum_lapor", "Belum lapor", 2)], "Ketepatan"),
    "peta": charts.tile_map(TILES, "Kelengkapan"),
    "peta sempit": charts.tile_map(TILES, "Kelengkapan", narrow=True),
    "selang": charts.intervals([Interval("Aceh", 79.1, 60.0, 90.0)], "Kelengkapan"),
    "keterangan": charts.legend(),
}


@pytest.mark.parametrize("chart", EXAMPLES.values(), ids=EXAMPLES)
def test_well_formed_titled_and_free_of_inline_style(chart):
    root = ET.fromstring(chart.svg)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc").text == chart.alt
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg


@pytest.mark.parametrize(
    ("value", "tier"), [(0, 0), (79.4, 0), (79.9, 1), (80, 1), (94.4, 2), (94.9, 3), (99.99, 3), (100, 4)]
)
def test_the_scale_goes_by_the_whole_percent_that_a_tile_prints(value, tier):
    assert charts.level(value) == tier


def test_map_prints_value_in_each_tile_and_100_only_for_all():
    svg = charts.tile_map([Tile("33", "Jawa Tengah", 99.97), Tile("11", "Aceh", None)], "Peta").svg
    words = [t.text for t in ET.fromstring(svg).iter(f"{SVG}text")]
    assert words == ["Jateng", "99", "Aceh", "–"]


@pytest.mark.parametrize("narrow", [False, True], ids=["luas", "sempit"])
def test_tiles_do_not_overlap(narrow):
    position = charts.tile_places(narrow=narrow)
    assert len(position) == 38
    assert len(set(position.values())) == 38
    assert max(k for _, k in position.values()) <= (9 if narrow else 15)


def test_column_heights_start_at_zero():
    svg = charts.bar_columns([("a", 10), ("b", 20)], "x").svg
    short, length = (float(t) for t in re.findall(r'<rect[^>]* height="([\d.]+)"', svg))
    assert length == pytest.approx(2 * short, rel=0.01)


def test_hostile_text_is_text():
    svg = charts.bar_columns([('<script>"', 1)], "a & b <b>").svg
    assert "<script" not in svg
    ET.fromstring(svg)


def test_late_and_early_reception_stay_inside():
    points = [("30 Sep", "a", 0), ("7 Okt", "b", 7), ("14 Okt", "c", 14)]
    for day in (-20, 0, 30):
        svg = charts.timeline(points, ("x", "y", day), "t").svg
        assert all(-1 <= float(x) <= 561 for x in re.findall(r'(?:cx|x)="(-?[\d.]+)"', svg))


def test_names_of_a_very_late_timeline_do_not_cover_each_other():
    points = [("30 Sep", "Triwulan berakhir", 0), ("7 Okt", "Tenggat", 7), ("14 Okt", "Akhir tenggang", 14)]
    slow = charts.timeline(points, ("22 Nov", "Laporan diterima", 53), "Ketepatan waktu")
    punctual = charts.timeline(points, ("2 Okt", "Laporan diterima", 2), "Ketepatan waktu")
    assert len(_heights(slow.svg)) == 3
    assert len(_heights(punctual.svg)) == 1


def _heights(svg: str) -> set[str]:
    """Vertical places of the names below the axis."""
    return {y for y in re.findall(r'<text [^>]*y="([0-9.]+)"', svg) if float(y) > 50}
