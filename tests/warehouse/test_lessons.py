"""Answers to unknown words: kept in versions, never deleted, taken back by another answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from humas.errors import SenderError
from humas.registry import Cycle
from humas.warehouse.facade import Warehouse

from tests.values.test_taught import lesson
from tests.warehouse.batches import LEMBAGA, PERIOD, batch, collected, submission

ANSWER = lesson("jenis_kegiatan", "Coklit", "SOSIALISASI")
pytestmark = pytest.mark.warehouse


def test_an_answer_holds_until_it_is_taken_back_and_stays_on_record(warehouse: Warehouse) -> None:
    assert warehouse.taught().lessons == ()
    assert warehouse.teach([ANSWER]) == [ANSWER]
    assert warehouse.teach([replace(ANSWER, oleh="Tono")]) == []
    assert warehouse.taught().lessons == (ANSWER,)
    withdrawn = replace(ANSWER, arti="", oleh="Tono")
    assert warehouse.teach([withdrawn]) == [withdrawn]
    assert warehouse.taught().lessons == ()
    assert warehouse.lesson_history() == [ANSWER, withdrawn]
    assert warehouse.elsewhere(Cycle(LEMBAGA, PERIOD)).taught == warehouse.taught()


def test_the_last_of_two_answers_in_one_file_holds(warehouse: Warehouse) -> None:
    again = replace(ANSWER, arti="RAKOR")
    assert warehouse.teach([ANSWER, again]) == [ANSWER, again]
    assert warehouse.taught().lessons == (again,)


def test_what_nobody_answered_is_not_taken_back(warehouse: Warehouse) -> None:
    assert warehouse.teach([replace(ANSWER, arti="")]) == []
    assert warehouse.lesson_history() == []


def test_an_answer_of_nobody_is_refused_and_none_is_kept(warehouse: Warehouse) -> None:
    with pytest.raises(SenderError, match="tanpa nama"):
        warehouse.teach([ANSWER, replace(ANSWER, kata="senam", oleh=" ")])
    assert warehouse.lesson_history() == []


def test_written_choices_count_each_row_of_a_unit_once(warehouse: Warehouse) -> None:
    sent = [submission("33.74"), submission("33.22")]
    warehouse.record_collection([collected(one) for one in sent])
    result = batch(sent, 10)
    model = result.findings.iloc[0].to_dict()
    rows = [
        model
        | {"id_kiriman": one.id, "himpunan": "kegiatan", "lembar": "Kegiatan", "baris": row, "kolom": "jenis_kegiatan"}
        | {"kode": code, "nilai": "Coklit"}
        for one, row, code in [(sent[0], 2, "V13"), (sent[0], 2, "V17"), (sent[0], 3, "V13"), (sent[1], 2, "V13")]
    ]
    warehouse.store_validation(
        Cycle(LEMBAGA, PERIOD), replace(result, findings=type(result.findings)(rows, columns=result.findings.columns))
    )
    found = warehouse.written_choices(["jenis_kegiatan"])
    assert {(one.kode_satker, one.nilai, one.baris) for one in found} <= {
        ("33.74", "Coklit", 2),
        ("33.22", "Coklit", 1),
    }
    assert found
    assert warehouse.written_choices(["jenis_kegiatan"], "bawaslu") == []
