"""The truth is consistent with itself and with what is sent."""

from __future__ import annotations

import json

import pytest
from humas.contract.rules import load_rules
from humas.simulate import defects
from humas.simulate.document import document_rows
from humas.simulate.model import JenisIsi, Nasib, Pemulihan, Perangai
from humas.simulate.truth import GALAT, HANYA_INFO, expect_all, to_json

TAHAP = ("pertama", "ulang", "pulih")


@pytest.fixture(scope="module")
def truth(dunia):
    return expect_all(dunia)


def test_every_registered_unit_has_its_truth(truth, dunia):
    assert list(truth) == list(dunia.rencana)
    assert len(truth) == 553


@pytest.mark.parametrize("tahap", TAHAP)
def test_rows_balance_for_every_unit_and_data_set(truth, tahap):
    for satu in truth.values():
        harapan = getattr(satu, tahap)
        hitungan = list((harapan.per_himpunan or {}).values())
        assert all(masuk == diterima + ditahan + kembar for masuk, diterima, ditahan, kembar in hitungan)
        assert harapan.masuk == harapan.diterima + harapan.dikarantina + harapan.kembar
        assert harapan.masuk == sum(masuk for masuk, *_ in hitungan)


def test_rows_in_are_the_rows_sent(truth, dunia):
    tak_terbaca = {JenisIsi.JSON_RUSAK, JenisIsi.XLSX_RUSAK, JenisIsi.LEMBAR_KOSONG}
    for kode, rencana in dunia.rencana.items():
        harapan = truth[kode].pulih
        if harapan.status == "berhasil" and rencana.isi not in tak_terbaca:
            versi = 2 if rencana.isi is JenisIsi.PERBAIKAN else 1
            assert harapan.masuk == sum(map(len, document_rows(dunia, rencana, versi).values())), kode


def test_most_units_end_accepted_and_about_a_sixth_is_trouble(truth, dunia):
    pertama = [satu.pertama.kiriman for satu in truth.values()]
    assert sum(status not in {"", "ditolak"} for status in pertama) >= 500
    nakal = [r for r in dunia.rencana.values() if r.perangai is not Perangai.BAIK or r.isi is not JenisIsi.WAJAR]
    assert 80 <= len(nakal) <= 95


def test_failure_has_a_code_and_only_failure_has_one(truth):
    for satu in truth.values():
        for tahap in TAHAP:
            harapan = getattr(satu, tahap)
            assert bool(harapan.kode_galat) == (harapan.status == "gagal")
            assert bool(harapan.kiriman) == (harapan.status == "berhasil")


def test_recovery_is_what_the_plan_says(truth, dunia):
    for kode, rencana in dunia.rencana.items():
        satu = truth[kode]
        if rencana.perangai in GALAT and rencana.perangai is not Perangai.CADANGAN:
            assert satu.pertama.status == "gagal"
            assert (satu.ulang.status == "berhasil") == (rencana.pemulihan is Pemulihan.SENDIRI)
            assert (satu.pulih.status == "berhasil") == (rencana.pemulihan is not Pemulihan.TIDAK)


@pytest.mark.parametrize("cacat", defects.SEMUA, ids=lambda c: c.nama)
def test_codes_of_a_defect_are_rules_and_agree_with_its_fate(cacat):
    aturan = load_rules()
    fatal = any(aturan[kode].keparahan == "FATAL" for kode in cacat.kode)
    assert fatal == (cacat.nasib is Nasib.KARANTINA)


def test_every_rule_a_row_can_break_is_broken_somewhere():
    dipakai = {kode for cacat in defects.SEMUA for kode in cacat.kode}
    baris = {kode for kode, aturan in load_rules().items() if aturan.tempat == "baris"}
    # K08 waits for an optional link column without a rule of its own; K44 and K45 tell of a second quarter, the demo has one
    assert baris - dipakai == {"K08", "K44", "K45"}


def test_remarks_of_weight_info_are_those_of_the_rules():
    assert {load_rules()[kode].keparahan for kode in HANYA_INFO} == {"INFO"}


def test_truth_is_written_whole(demo, truth):
    tertulis = json.loads(demo.kebenaran.read_text(encoding="utf-8"))
    assert (tertulis["lembaga"], tertulis["periode"], tertulis["benih"]) == ("kpu", "2026-TW3", 2026)
    assert tertulis["satker"].keys() == truth.keys()
    assert tertulis["jumlah"]["pertama"]["baris"]["masuk"] == sum(satu.pertama.masuk for satu in truth.values())
    assert tertulis == json.loads(json.dumps(to_json(demo.dunia)))
