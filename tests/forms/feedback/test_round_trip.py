"""A file comes back, is corrected where it says so, and is sent again, until it is clean; what was good stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.cli.files import make_row, write_workbook
from tests.forms.feedback.checking import bad_unit, by_row, check, feedback
from tests.forms.feedback.filling import fill_template
from tests.forms.feedback.officer import correct

pytestmark = pytest.mark.mesin

ROUNDS = 4


def balanced(answer: dict[str, Any]) -> bool:
    count = answer["accepted"] + answer["quarantined"] + answer["duplicates"]
    return bool(answer["rows_in"] == count == len(answer["rows"]))


def settled(answer: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """Rows accepted without any finding."""
    mentioned = {(one["sheet"], one["row"]) for one in answer["findings"]}
    return {
        place: one for place, one in by_row(answer).items() if one["state"] == "accepted" and place not in mentioned
    }


def rows_of(data: bytes, place: set[tuple[str, int]]) -> dict[tuple[str, int, int], tuple[object, ...]]:
    """Value and format of every cell of some rows that holds something."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (name, number, cells.column): (cells.value, cells.number_format, cells.font.name, cells.fill.fgColor.rgb)
        for name, number in place
        for cells in book[name][number]
        if cells.value is not None
    }


def play(
    bad: bytes, right: bytes, expired: Callable[[bytes], bytes] = lambda one: one, *, appearance: bool = True
) -> int:
    """Play the rounds until nothing is left to correct; answers how many it took."""
    checked = check(bad)
    assert balanced(checked.answer)
    good = settled(checked.answer)
    original = rows_of(bad, set(good)) if appearance else {}
    data, duplicates = bad, checked.answer["duplicates"]
    for round_number in range(1, ROUNDS + 1):
        sent_back = expired(feedback(data, checked))
        data = correct(sent_back, checked.answer["findings"], right)
        checked = check(data)
        answer = checked.answer
        assert balanced(answer)
        assert answer["duplicates"] <= duplicates
        duplicates = answer["duplicates"]
        now = by_row(answer)
        assert {place: now[place] for place in good} == good
        assert not appearance or rows_of(data, set(good)) == original
        if all(one["severity"] == "INFO" for one in answer["findings"]) and not answer["quarantined"]:
            return round_number
    raise AssertionError([one["message"] for one in answer["findings"]])


def test_small_file_becomes_clean(tmp_path):
    good = [make_row(Judul_kegiatan=f"Rapat koordinasi kehumasan nomor {n}") for n in range(4)]
    defect = {1: {"Mode": "terbang"}, 2: {"Tanggal mulai": "31/09/2026", "Tempat": None}}
    bad = [one | defect.get(n, {}) for n, one in enumerate(good)]
    file = [write_workbook(tmp_path / f"{n}.xlsx", *one).read_bytes() for n, one in enumerate((bad, good))]
    assert play(*file) == 1


@pytest.mark.pipeline
def test_file_with_every_kind_of_bad_row_becomes_clean():
    assert len(settled(check(bad_unit()[0]).answer)) > 100
    assert play(*bad_unit()) <= 3


@pytest.mark.pipeline
@pytest.mark.parametrize("styling", [0, 1], ids=["typed_cells", "text_cells_below_title"])
def test_other_layouts_become_clean(styling):
    assert play(*bad_unit(styling=styling)) <= 3


@pytest.mark.pipeline
def test_filled_in_template_becomes_clean():
    bad, right = (fill_template(one, header_row=1) for one in bad_unit(styling=0))
    assert check(right).answer["status"] == "diterima"
    assert play(bad, right) <= 3


@pytest.mark.pipeline
@pytest.mark.parametrize(("form", "offset"), [("csv", 0), ("json", 1)])
def test_file_that_is_no_workbook_becomes_clean_as_one(form, offset):
    """The workbook made anew has the rows of the file, with their identity, and is corrected like any other."""
    name = f"laporan.{form}"
    first = check(bad_unit(form, 2)[0], name)
    bad, right = (feedback(one, check(one, name)) for one in bad_unit(form, 2))
    now = check(bad).answer
    assert fates(now) == fates(first.answer, offset)
    assert play(bad, right) <= 3


def fates(answer: dict[str, Any], offset: int = 0) -> list[tuple[object, ...]]:
    """What became of each row, and which row it is."""
    return [(one["dataset"], one["row"] + offset, one["state"], one["id"], one["parsed"]) for one in answer["rows"]]
