"""The feedback of every nasty workbook: it opens, and read again it says of every row and cell what was said before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from humas.pipeline.check import CheckedFile, Identity, as_answer
from humas.reading import read_files
from humas.validation.result import BatchResult, ReadSubmission

from tests.forms.feedback.checking import context, feedback
from tests.nasty.cases import CASES
from tests.nasty.sheets import workbook
from tests.validation import samples

pytestmark = pytest.mark.pipeline
SATKER = Identity("kpu", "33.74", "2026-TW3")


def check_all(file: Mapping[str, bytes]) -> dict[str, CheckedFile]:
    """All files checked in one pass of the rules."""
    document = {name: read_files([(f"{name}.xlsx", data)]) for name, data in file.items()}
    submission = [
        ReadSubmission(name, "kpu", "33.74", "2026-TW3", samples.ARRIVAL, True, one) for name, one in document.items()
    ]
    result = samples.validate(*submission)
    return {
        name: CheckedFile(as_answer(context(), f"{name}.xlsx", SATKER, only(result, name), one), SATKER, one, None)
        for name, one in document.items()
    }


def only(result: BatchResult, name: str) -> BatchResult:
    """The part of one submission."""

    def mine(frame: Any) -> Any:
        return frame[frame["id_kiriman"] == name]

    return replace(
        result,
        submissions=tuple(submission for submission in result.submissions if submission.id_kiriman == name),
        accepted={dataset: mine(one) for dataset, one in result.accepted.items()},
        findings=mine(result.findings),
        quarantine=mine(result.quarantine),
        duplicates=mine(result.duplicates),
    )


@cache
def rounds() -> tuple[dict[str, CheckedFile], dict[str, bytes], dict[str, CheckedFile]]:
    """First checks, their feedback workbooks, and the checks of these."""
    data = {case.name: workbook(case) for case in CASES}
    first = check_all(data)
    sent_back = {name: feedback(data[name], one) for name, one in first.items()}
    return first, sent_back, check_all(sent_back)


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_feedback_reads_as_its_file_did(name):
    first, sent_back, second = rounds()
    assert second[name].answer == first[name].answer
    book = openpyxl.load_workbook(io.BytesIO(sent_back[name]))
    assert book.sheetnames[0].startswith("Perbaikan")
    marked = [
        cells for sheet in book.worksheets[1:] for curves in sheet.iter_rows() for cells in curves if cells.comment
    ]
    place = {link["location"] for link in _links(book.worksheets[0])}
    assert {f"'{cells.parent.title}'!{cells.coordinate}" for cells in marked} == place


def _links(sheet: Any) -> list[dict[str, str]]:
    return [
        {"location": cells.hyperlink.location} for curves in sheet.iter_rows() for cells in curves if cells.hyperlink
    ]
