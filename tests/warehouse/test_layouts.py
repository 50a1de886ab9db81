"""What people said of columns: kept in versions, never deleted; and the tables with columns that nobody is sure of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from humas.errors import SenderError
from humas.registry import Cycle
from humas.validation.layouts import TableLayout
from humas.validation.result import SubmissionStatus
from humas.values.lessons import HeadingLesson
from humas.warehouse.facade import Warehouse

from tests.warehouse.batches import LEMBAGA, PERIOD, batch, collected, submission

SAID = datetime(2026, 10, 1, tzinfo=UTC)
LESSON = HeadingLesson("ab12", "kegiatan", 3, "", "", "Ket.", '["No", "Ket."]', "mode", "Sari", "surat 5", "", SAID)
OFFICE = replace(LESSON, lembaga="kpu", kode_satker="33.74", asal="ff")
DAY = timedelta(days=1)
pytestmark = pytest.mark.warehouse


def test_what_was_said_holds_until_it_is_taken_back_and_stays_on_record(warehouse: Warehouse) -> None:
    assert not warehouse.headings()
    assert warehouse.teach_headings([LESSON]) == [LESSON]
    assert warehouse.teach_headings([replace(LESSON, oleh="Tono", dibuat_pada=SAID + DAY)]) == []
    assert warehouse.headings().held("kpu", "33.74", SAID) == {"ab12": {"kegiatan": {3: LESSON}}}
    withdrawn = replace(LESSON, bidang="", oleh="Tono", dibuat_pada=SAID + DAY)
    assert warehouse.teach_headings([withdrawn]) == [withdrawn]
    assert warehouse.elsewhere(Cycle(LEMBAGA, PERIOD)).headings.held("kpu", "33.74", SAID) == {}
    assert warehouse.heading_history() == [LESSON, withdrawn]


def test_what_a_file_says_is_said_once_also_after_an_operator_took_it_back(warehouse: Warehouse) -> None:
    withdrawn = replace(OFFICE, bidang="", asal="", dibuat_pada=SAID + DAY)
    assert warehouse.teach_headings([OFFICE, withdrawn]) == [OFFICE, withdrawn]
    assert warehouse.teach_headings([OFFICE]) == []
    again = replace(OFFICE, asal="ee", dibuat_pada=SAID + 2 * DAY)
    assert warehouse.teach_headings([again]) == [again]
    assert warehouse.headings().held("kpu", "33.74", SAID + 3 * DAY) == {"ab12": {"kegiatan": {3: again}}}


def test_what_comes_late_to_be_known_does_not_undo_what_was_said_since(warehouse: Warehouse) -> None:
    """A file that lay for a day is validated after the operator has answered for its office."""
    answer = replace(OFFICE, bidang="tempat", asal="", dibuat_pada=SAID + DAY)
    warehouse.teach_headings([answer])
    assert warehouse.teach_headings([OFFICE]) == [OFFICE]
    assert warehouse.headings().held("kpu", "33.74", SAID + 2 * DAY) == {"ab12": {"kegiatan": {3: answer}}}


def test_the_word_of_nobody_is_refused_and_none_is_kept(warehouse: Warehouse) -> None:
    with pytest.raises(SenderError, match="tanpa nama"):
        warehouse.teach_headings([LESSON, replace(LESSON, urutan=4, oleh=" ")])
    assert warehouse.heading_history() == []


def test_open_columns_are_those_of_files_that_count_and_of_the_newest_of_each_unit(warehouse: Warehouse) -> None:
    sent = [submission("33.74"), submission("33.22"), submission("33.10")]
    warehouse.record_collection([collected(one) for one in sent])
    result = batch(sent, 4)
    rows = [
        TableLayout(sent[0].id, "kegiatan", "Lap", "ab12", '["No", "Ket."]', '{"mode": [2]}', 4),
        TableLayout(sent[1].id, "kegiatan", "Lap", "ab12", '["No", "Ket."]', "{}", 4),
        TableLayout(sent[2].id, "kegiatan", "Lap", "cd34", '["No"]', '{"mode": [1]}', 4),
    ]
    refused = replace(result.submissions[0], status=SubmissionStatus.REFUSED, diterima=0)
    accepted = {name: frame[frame["id_kiriman"] != sent[0].id] for name, frame in result.accepted.items()}
    stored = replace(
        result, submissions=(refused, *result.submissions[1:]), layouts=pd.DataFrame(rows), accepted=accepted
    )
    warehouse.store_validation(Cycle(LEMBAGA, PERIOD), stored)
    found = warehouse.open_layouts()
    assert [one.pertanyaan for one in sorted(found, key=lambda one: one.sidik)] == [{"mode": [2]}, {"mode": [1]}]
    assert sorted((one.kode_satker, one.sidik, one.kepala) for one in found) == [
        ("33.10", "cd34", ("No",)), ("33.74", "ab12", ("No", "Ket.")),
    ]  # fmt: skip
    assert warehouse.open_layouts("bawaslu") == []
    assert sorted(one.kode_satker for one in warehouse.layouts_of(["ab"])) == ["33.22", "33.74"]
    assert warehouse.layouts_of([]) == []
    warehouse.store_validation(Cycle(LEMBAGA, PERIOD), replace(stored, layouts=None))
    assert warehouse.layouts_of([""]) == []
