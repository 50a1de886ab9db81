"""The truth is consistent with itself and with what is sent."""

from __future__ import annotations

import json

import pytest
from humas.contract.rules import load_rules
from humas.simulate import defects
from humas.simulate.document import document_rows
from humas.simulate.model import Conduct, ContentKind, Fate, Recovery
from humas.simulate.truth import ERROR, INFO_ONLY, expect_all, to_json

PHASES = ("pertama", "ulang", "pulih")


@pytest.fixture(scope="module")
def truth(world):
    return expect_all(world)


def test_every_registered_unit_has_its_truth(truth, world):
    assert list(truth) == list(world.plans)
    assert len(truth) == 553


@pytest.mark.parametrize("step", PHASES)
def test_rows_balance_for_every_unit_and_data_set(truth, step):
    for one in truth.values():
        expectation = getattr(one, step)
        tallies = list((expectation.per_himpunan or {}).values())
        assert all(incoming == accepted + held + duplicates for incoming, accepted, held, duplicates in tallies)
        assert expectation.masuk == expectation.diterima + expectation.dikarantina + expectation.kembar
        assert expectation.masuk == sum(incoming for incoming, *_ in tallies)


def test_rows_in_are_the_rows_sent(truth, world):
    unreadable = {ContentKind.BROKEN_JSON, ContentKind.BROKEN_XLSX, ContentKind.EMPTY_SHEET}
    for code, plan in world.plans.items():
        expectation = truth[code].pulih
        if expectation.status == "berhasil" and plan.content not in unreadable:
            version = 2 if plan.content is ContentKind.CORRECTION else 1
            assert expectation.masuk == sum(map(len, document_rows(world, plan, version).values())), code


def test_most_units_end_accepted_and_about_a_sixth_is_trouble(truth, world):
    first = [one.pertama.kiriman for one in truth.values()]
    assert sum(status not in {"", "ditolak"} for status in first) >= 500
    misbehaving = [
        r for r in world.plans.values() if r.conduct is not Conduct.GOOD or r.content is not ContentKind.NORMAL
    ]
    assert 80 <= len(misbehaving) <= 95


def test_what_only_a_recap_tells_of_a_unit_is_expected_of_that_unit(truth, world):
    ((province, units),) = world.recaps.items()
    assert {code for code, one in truth.items() if one.rekap_dari} == set(units)
    for code in units:
        one = truth[code]
        assert (one.rekap_dari, one.perangai, one.pertama.saluran) == (province, "rekap", "rekap")
        assert one.pertama == one.ulang == one.pulih
        assert one.pertama.diterima == one.pertama.masuk == sum(world.plans[code].rows.values())


def test_failure_has_a_code_and_only_failure_has_one(truth):
    for one in truth.values():
        for step in PHASES:
            expectation = getattr(one, step)
            assert bool(expectation.kode_galat) == (expectation.status == "gagal")
            assert bool(expectation.kiriman) == (expectation.status == "berhasil")


def test_recovery_is_what_the_plan_says(truth, world):
    for code, plan in world.plans.items():
        one = truth[code]
        if plan.conduct in ERROR and plan.conduct is not Conduct.FALLBACK:
            assert one.pertama.status == "gagal"
            assert (one.ulang.status == "berhasil") == (plan.recovery is Recovery.BY_ITSELF)
            assert (one.pulih.status == "berhasil") == (plan.recovery is not Recovery.NEVER)


@pytest.mark.parametrize("defect", defects.ALL, ids=lambda c: c.name)
def test_codes_of_a_defect_are_rules_and_agree_with_its_fate(defect):
    rule = load_rules()
    fatal = any(rule[code].severity == "FATAL" for code in defect.codes)
    held = defect.fate is Fate.QUARANTINE
    # A rule that holds rows also tells of cells that are left out of an accepted one.
    assert fatal if held else not fatal or defect.leaves_out


def test_every_rule_a_row_can_break_is_broken_somewhere():
    used = {code for defect in defects.ALL for code in defect.codes}
    row = {code for code, rule in load_rules().items() if rule.place == "baris"}
    # K07 waits for a link column without which rows are held; K44 and K45 tell of a second quarter, the demo has one
    assert row - used == {"K07", "K44", "K45"}, "write a defect in simulate/defects.py that breaks it"


def test_remarks_of_weight_info_are_those_of_the_rules():
    broken = {code for defect in defects.ALL for code in defect.codes}
    info = {code for code, rule in load_rules().items() if rule.severity == "INFO"}
    assert not INFO_ONLY - info
    assert not broken & info - INFO_ONLY, "add it to INFO_ONLY in simulate/truth.py"


def test_truth_is_written_whole(demo, truth):
    written = json.loads(demo.truth_file.read_text(encoding="utf-8"))
    assert (written["lembaga"], written["periode"], written["benih"]) == ("kpu", "2026-TW3", 2026)
    assert written["satker"].keys() == truth.keys()
    assert written["jumlah"]["pertama"]["baris"]["masuk"] == sum(one.pertama.masuk for one in truth.values())
    assert written == json.loads(json.dumps(to_json(demo.world)))
