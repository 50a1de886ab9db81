"""The canonical model: stable digest, ids, changes between editions, and the way to disk and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from humas.contract.rules import load_rules
from humas.publish.model import Perubahan, compare_figures, load_report, report_id, restore_report
from humas.publish.ukuran import DAFTAR, figure_id

from tests.publish.contoh import make_belum_lapor, make_nasional, make_nihil, make_provinsi, make_satker
from tests.publish.contoh_situs import make_nation

SEMUA = [make_satker, make_belum_lapor, make_nihil, make_provinsi, make_nasional]


@pytest.mark.parametrize("make", SEMUA, ids=lambda f: f.__name__)
def test_round_trip_keeps_every_value(make):
    laporan = make().as_edition(2, date(2026, 10, 23), (), ("KPU Kota Tegal",))
    kembali = load_report(laporan.to_json())
    assert kembali.to_json() == laporan.to_json()
    assert kembali.sidik == laporan.sidik
    assert type(kembali) is type(laporan)


@pytest.mark.parametrize("make", [make_satker, make_nihil, make_provinsi, make_nation], ids=lambda f: f.__name__)
def test_a_report_comes_back_from_its_data_and_what_is_printed_beside_them(make):
    ralat = (Perubahan("K3", "kegiatan_dilaporkan", "", 1, 2),)
    laporan = make().as_edition(2, date(2026, 10, 23), ralat, ("KPU Kota Tegal",))
    kanonik = json.loads(json.dumps(json.loads(laporan.canonical())))
    assert restore_report(kanonik, 2, json.loads(json.dumps(laporan.supplement()))).to_json() == laporan.to_json()


@pytest.mark.parametrize("ubah", [{"versi": 0}, {"kepala": 1}, {"jenis": "lain"}, {"asing": 1}, {"satker": [1]}])
def test_data_of_another_model_are_no_report(ubah):
    kanonik = json.loads(make_nation().canonical())
    with pytest.raises(ValueError, match="model"):
        restore_report(kanonik | ubah, 1, {})


def test_digest_ignores_edition_and_notices_data():
    laporan = make_satker()
    assert laporan.as_edition(2, date(2027, 1, 1), (), ("KPU Kota Tegal",)).sidik == laporan.sidik
    angka = (replace(laporan.angka[2], nilai=25), *laporan.angka[3:])
    assert replace(laporan, angka=angka).sidik != laporan.sidik


def test_canonical_json_has_no_float_noise():
    teks = make_nasional().canonical().decode()
    assert "NaN" not in teks
    assert ".0," not in teks
    assert " :" not in teks


@pytest.mark.parametrize(
    ("lingkup", "kode", "id_"),
    [
        ("satker", "33.74", "HT-KPU-33.74-2026TW3-E1"),
        ("provinsi", "33", "HT-KPU-P33-2026TW3-E1"),
        ("nasional", "00", "HT-KPU-N-2026TW3-E1"),
    ],
)
def test_report_id(lingkup, kode, id_):
    assert report_id("kpu", lingkup, kode, "2026-TW3", 1) == id_


def test_numbers_of_measures_are_unique():
    assert len({u.nomor for u in DAFTAR}) == len(DAFTAR) == len({u.nama for u in DAFTAR})
    assert figure_id("satker", "kegiatan_strategi", "4") == "S5.4"
    assert figure_id("nasional", "kelengkapan", "") == "N1"


@pytest.mark.parametrize("lingkup", ["satker", "provinsi", "nasional"])
def test_ids_of_figures_do_not_look_like_codes_of_rules(lingkup):
    assert {figure_id(lingkup, u.nama, "")[0] for u in DAFTAR}.isdisjoint({kode[0] for kode in load_rules()})


def test_figures_are_compared_by_what_they_measure():
    """An edition from before an id changed is no change of figures."""
    lama = make_satker()
    dulu = replace(lama, angka=tuple(replace(a, id=f"K{a.id[1:]}") for a in lama.angka))
    assert compare_figures(dulu, lama) == ()


def test_changes_name_the_figures_that_differ():
    lama = make_satker()
    baru = replace(lama, angka=tuple(replace(a, nilai=25) if a.id == "S3" else a for a in lama.angka))
    (ubah,) = compare_figures(lama, baru)
    assert (ubah.id, ubah.lama, ubah.baru, ubah.label) == ("S3", 24, 25, "Kegiatan dilaporkan")
    assert compare_figures(lama, lama) == ()


def test_unit_that_sent_nothing_is_not_printed():
    assert not make_belum_lapor().dicetak
    assert make_nihil().dicetak
