"""Each nasty workbook: what is counted, and every finding with its sheet, physical row, column letter and rule."""

from __future__ import annotations

from functools import cache

import pytest
from humas.reading import read_files
from humas.validation.result import BatchResult, ReadSubmission

from tests.nasty.cases import CASES
from tests.nasty.sheets import Case, workbook
from tests.validation import samples

pytestmark = pytest.mark.mesin


@cache
def _batch() -> BatchResult:
    """All workbooks judged as one batch, each as the submission of one unit."""
    return samples.validate(*map(_submission, CASES))


def _submission(case: Case) -> ReadSubmission:
    document = read_files([(f"{case.name}.xlsx", workbook(case))])
    return ReadSubmission(case.name, "kpu", "33.74", "2026-TW3", samples.ARRIVAL, True, document)


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_counts_and_findings(case):
    verdict = next(submission for submission in _batch().submissions if submission.id_kiriman == case.name)
    finding = _batch().findings
    owned = finding[finding["id_kiriman"] == case.name]
    got = sorted(owned[["lembar", "baris", "huruf", "kode"]].itertuples(index=False, name=None))
    assert got == sorted(case.finding), owned["pesan"].to_list()
    assert (verdict.baris_masuk, verdict.diterima, verdict.dikarantina, verdict.kembar) == case.tallies
    assert verdict.status.value == case.status
    assert all(owned["cara"]), "every finding says what to do"
