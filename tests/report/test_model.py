"""The canonical model: stable digest, ids, changes between editions, and the way to disk and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from humas.contract.rules import load_rules
from humas.report.measures import LETTERS, MEASURES, breakdown, figure_id, read_figure_id
from humas.report.model import Change, compare_figures, load_report, report_id, restore_report

from tests.publish.sample_site import make_nation
from tests.report.samples import make_national, make_nihil, make_province, make_satker, make_unreported

ALL = [make_satker, make_unreported, make_nihil, make_province, make_national]


@pytest.mark.parametrize("make", ALL, ids=lambda f: f.__name__)
def test_round_trip_keeps_every_value(make):
    report = make().as_edition(2, date(2026, 10, 23), (), ("KPU Kota Tegal",))
    returned = load_report(report.to_json())
    assert returned.to_json() == report.to_json()
    assert returned.sidik == report.sidik
    assert type(returned) is type(report)


@pytest.mark.parametrize("make", [make_satker, make_nihil, make_province, make_nation], ids=lambda f: f.__name__)
def test_a_report_comes_back_from_its_data_and_what_is_printed_beside_them(make):
    ralat = (Change("K3", "kegiatan_dilaporkan", "", 1, 2),)
    report = make().as_edition(2, date(2026, 10, 23), ralat, ("KPU Kota Tegal",))
    canonical = json.loads(json.dumps(json.loads(report.canonical())))
    assert restore_report(canonical, 2, json.loads(json.dumps(report.supplement()))).to_json() == report.to_json()


@pytest.mark.parametrize("change", [{"versi": 0}, {"kepala": 1}, {"jenis": "lain"}, {"asing": 1}, {"satker": [1]}])
def test_data_of_another_model_are_no_report(change):
    canonical = json.loads(make_nation().canonical())
    with pytest.raises(ValueError, match="model"):
        restore_report(canonical | change, 1, {})


def test_digest_ignores_edition_and_notices_data():
    report = make_satker()
    assert report.as_edition(2, date(2027, 1, 1), (), ("KPU Kota Tegal",)).sidik == report.sidik
    figure = (replace(report.angka[2], nilai=25), *report.angka[3:])
    assert replace(report, angka=figure).sidik != report.sidik


def test_canonical_json_has_no_float_noise():
    text = make_national().canonical().decode()
    assert "NaN" not in text
    assert ".0," not in text
    assert " :" not in text


@pytest.mark.parametrize(
    ("scope", "code", "id_"),
    [
        ("satker", "33.74", "HT-KPU-33.74-2026TW3-E1"),
        ("provinsi", "33", "HT-KPU-P33-2026TW3-E1"),
        ("nasional", "00", "HT-KPU-N-2026TW3-E1"),
    ],
)
def test_report_id(scope, code, id_):
    assert report_id("kpu", scope, code, "2026-TW3", 1) == id_


def test_numbers_of_measures_are_unique():
    assert len({u.nomor for u in MEASURES}) == len(MEASURES) == len({u.nama for u in MEASURES})
    assert figure_id("satker", "kegiatan_strategi", "4") == "S5.4"
    assert figure_id("nasional", "kelengkapan", "") == "N1"


@pytest.mark.parametrize("measure", [one.nama for one in MEASURES])
def test_every_id_is_read_back_as_its_figure(measure):
    outside = ("hal_lain",) if breakdown(measure) else ()
    for scope, detail in product(LETTERS, ("", *breakdown(measure), *outside)):
        assert read_figure_id(figure_id(scope, measure, detail)) == (scope, measure, detail)


@pytest.mark.parametrize("text", ["", "3", "S", "X3", "S3.", "S3.1", "S59", "S999999", "S5. 4", "K5.4", "S٣", "S3\n4"])
def test_what_is_no_id_is_no_figure(text):
    assert read_figure_id(text) is None


@pytest.mark.parametrize("scope", ["satker", "provinsi", "nasional"])
def test_ids_of_figures_do_not_look_like_codes_of_rules(scope):
    assert {figure_id(scope, u.nama, "")[0] for u in MEASURES}.isdisjoint({code[0] for code in load_rules()})


def test_figures_are_compared_by_what_they_measure():
    """An edition from before an id changed is no change of figures."""
    old = make_satker()
    earlier = replace(old, angka=tuple(replace(a, id=f"K{a.id[1:]}") for a in old.angka))
    assert compare_figures(earlier, old) == ()


def test_changes_name_the_figures_that_differ():
    old = make_satker()
    new = replace(old, angka=tuple(replace(a, nilai=25) if a.id == "S3" else a for a in old.angka))
    (change,) = compare_figures(old, new)
    assert (change.id, change.lama, change.baru, change.label) == ("S3", 24, 25, "Kegiatan dilaporkan")
    assert compare_figures(old, old) == ()


def test_unit_that_sent_nothing_is_not_printed():
    assert not make_unreported().dicetak
    assert make_nihil().dicetak
