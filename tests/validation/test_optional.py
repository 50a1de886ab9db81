"""Data sets that a body does not owe, or does not ask for: never in the way of a nil, told and not counted."""

from __future__ import annotations

import pytest
from humas.contract.columns import DATASETS, KEBERATAN, KEGIATAN, asked_of, datasets_of
from humas.reading.table import RawTable
from humas.validation import validate as room
from humas.validation.result import SubmissionStatus

from tests.validation.samples import COVER, header, row, sheet, submission, validate

pytestmark = pytest.mark.mesin


def _nil(*names: str) -> list[RawTable]:
    owed = [one for one in DATASETS if one.name in names]
    return [RawTable(one.sheet, [["NIHIL", "Ya"], header(one)], 1) for one in owed]


def test_an_untouched_sheet_that_nobody_owes_is_no_bar_to_nil() -> None:
    file = submission(*_nil(*asked_of("kpu")), RawTable(KEBERATAN.sheet, [header(KEBERATAN)], 1))
    assert validate(file).submissions[0].status is SubmissionStatus.NIHIL


def test_nil_of_what_nobody_owes_says_nothing_of_the_rest() -> None:
    file = submission(*_nil(KEBERATAN.name), RawTable(KEGIATAN.sheet, [header(KEGIATAN)], 1))
    assert validate(file).submissions[0].status is SubmissionStatus.REFUSED


def test_rows_that_the_body_does_not_ask_for_are_told_and_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tuple(one for one in datasets_of("kpu") if one.name != KEBERATAN.name)
    monkeypatch.setattr(room, "datasets_of", lambda body: asked)
    result = validate(submission(sheet(row()), sheet(row(KEBERATAN), dataset=KEBERATAN), cover=COVER))
    told = result.findings[result.findings["kode"] == "K67"]
    assert [(one.lembar, one.pesan) for one in told.itertuples()] == [
        ("Keberatan", "Keberatan tidak diminta; 1 baris disimpan, tidak dihitung.")
    ]
    assert (len(result.accepted["kegiatan"]), len(result.accepted["keberatan"])) == (1, 0)
    assert result.submissions[0].baris_masuk == 1
