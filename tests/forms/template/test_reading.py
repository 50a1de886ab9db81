"""What our own reader makes of a template: empty, nil, filled in, copied from another quarter."""

from __future__ import annotations

from functools import cache

import pytest
from humas.contract.columns import DATASETS
from humas.contract.stamp import contract_stamp
from humas.reading import read_files
from humas.validation.cover import Cover, read_cover
from humas.validation.result import ReadSubmission

from tests.forms.template.filling import (
    DATA,
    READ_VALUES,
    ROWS,
    SETTINGS,
    check,
    filled,
    opened,
    read_values,
    register,
    saved,
    template,
)

pytestmark = pytest.mark.mesin

DRAFT = "Draf dari situs Anda"


def with_cells(content: bytes, **cells: object) -> bytes:
    """The workbook with these cells of the cover changed, named by their labels (``_`` for a space)."""
    book = opened(content)
    position = {row[0].value: row[1] for row in book["Sampul"].iter_rows()}
    for label, value in cells.items():
        position[label.replace("_", " ")].value = value
    return saved(book)


def cover(content: bytes, lembaga: str, code: str, period: str = "2026-TW3") -> Cover:
    """The cover as the contract judges it when this unit's file is expected."""
    document = read_files([("templat.xlsx", content)])
    submission = ReadSubmission("k1", lembaga, code, period, SETTINGS.now(), True, document)
    return read_cover(submission, register())


@cache
def answer_to_filled() -> dict[str, object]:
    return check(filled(template()))


def test_untouched_template_is_refused_and_says_what_to_do():
    answer = check(template())
    assert (answer["status"], answer["rows_in"]) == ("ditolak", 0)
    assert (answer["satker"], answer["periode"]) == ("33.74", "2026-TW3")
    assert "tidak menyatakan nihil" in answer["reason"]
    assert [one["rule"] for one in answer["findings"]] == ["V48"]


def test_one_switch_on_the_cover_makes_a_nil_report():
    answer = check(with_cells(template(), Nihil="Ya"))
    assert (answer["status"], answer["nihil"], answer["findings"]) == ("nihil", True, [])


def test_the_switches_of_all_sheets_make_a_nil_report():
    book = opened(template())
    for dataset in DATASETS:
        book[dataset.sheet]["B2"] = "Ya"
    answer = check(saved(book))
    assert (answer["status"], answer["rows_in"]) == ("nihil", 0)


def test_filled_template_yields_exactly_the_rows_typed():
    answer = answer_to_filled()
    assert answer["findings"] == []
    assert (answer["status"], answer["rows_in"], answer["accepted"]) == ("diterima", len(ROWS), len(ROWS))
    assert {(one["sheet"], one["row"]) for one in answer["rows"]} == {(name, DATA) for name in ROWS}
    assert read_values(answer) == READ_VALUES


@pytest.mark.parametrize("lembaga", ["kpu", "bawaslu", "pemda"])
@pytest.mark.parametrize("code", ["00", "11", "33.74", "32.10"])
def test_cover_names_body_unit_and_quarter_so_that_nothing_has_to_be_asked(lembaga, code):
    found = cover(template(code, lembaga), lembaga, code)
    assert (found.refusal, found.note, found.nihil) == (None, (), False)
    assert found.fill["kode_satker"] == code


@pytest.mark.parametrize(
    ("lembaga", "code", "period", "rule"),
    [("kpu", "33.22", "2026-TW3", "K31"), ("bawaslu", "33.74", "2026-TW3", "K32"), ("kpu", "33.74", "2026-TW4", "K30")],
    ids=["another unit's", "another body's", "last quarter's"],
)
def test_template_of_somebody_else_is_told_apart(lembaga, code, period, rule):
    assert cover(template(), lembaga, code, period).refusal.code == rule


@pytest.mark.parametrize(
    ("version", "words"),
    [("1-00000000", "templat lama"), ("2-" + contract_stamp(), "tidak dikenal")],
    ids=["columns have changed since", "another contract"],
)
def test_template_of_another_version_is_noticed_and_still_read(version, words):
    found = cover(with_cells(template(), Versi_templat=version), "kpu", "33.74")
    assert found.refusal is None
    assert [(one.code, words in one.message) for one in found.note] == [("K35", True)]


def test_only_drafts_with_yes_are_rows():
    book = opened(filled(template(with_drafts=True), {DRAFT: ROWS["Kegiatan"]}))
    book[DRAFT][f"A{DATA}"] = "Ya"
    answer = check(saved(book))
    assert (answer["rows_in"], answer["accepted"]) == (1, 1)
    assert [(one["sheet"], one["row"], one["dataset"]) for one in answer["rows"]] == [(DRAFT, DATA, "kegiatan")]


def test_drafts_alone_are_not_a_report():
    assert check(template(with_drafts=True))["status"] == "ditolak"
