"""Findings in words: where it is, what is wrong with this value, and what to do; personal data masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from humas.contract.columns import ColumnType
from humas.contract.rules import Severity
from humas.layout.sheet import Sheet, TableNote, cell_name, column_letter
from humas.periods import format_number
from humas.privacy import mask
from humas.validation.batch import MASKED, RowBatch, may_be_a_name
from humas.validation.checks.base import Check, Knowledge, OffendingRow
from humas.validation.checks.texts import first_personal_column
from humas.validation.masking import context_of
from humas.validation.proposal import proposal
from humas.validation.suite import Expectation, describe_bounds
from humas.values.cells import (
    NUMBERED_VOCABULARIES,
    ColumnReading,
    Problem,
    as_text,
    clean_text,
    is_blank,
    numbered_remedy,
    remedy_of,
)
from humas.values.codes import code_hint

if TYPE_CHECKING:
    import pandas as pd

SHOWN_LENGTH = 60
ACCEPTED_WITHOUT = "baris diterima, perlu dilengkapi"
"""What becomes of a row that lacks what its sender is asked for."""


class Finding(NamedTuple):
    """One row of ``BatchResult.findings``."""

    id_kiriman: str
    himpunan: str
    lembar: str
    baris: int
    kolom: str
    huruf: str
    kode: str
    keparahan: str
    pesan: str
    cara: str
    nilai: str


@dataclass(frozen=True)
class Writer:
    """Writes the findings on the rows of one data set."""

    batch: RowBatch
    readings: dict[str, ColumnReading]
    frame: pd.DataFrame
    knowledge: Knowledge
    submission_id: Callable[[int], str]

    def write(self, expectation: Expectation, position: int) -> Finding | None:
        """The finding of one row that broke one expectation; None when the same cell has been told already."""
        column = expectation.column
        problem = self.readings[column].problem.get(position)
        if (
            problem
            and expectation.kind in {"kosong", "baris", "panjang", "batas"}
            and not self._holds_by_itself(expectation)
        ):
            return None
        if expectation.check:
            return self._of_rule(expectation, expectation.check, position)
        message, remedy = self._of_cell(expectation, position, problem)
        return self.finding(
            position, column, expectation.rule.code, expectation.severity, message + _ending(expectation), remedy
        )

    def finding(self, position: int, column: str, code: str, severity: Severity, message: str, remedy: str) -> Finding:
        """A finding on one cell of one row."""
        sheet, row = self.batch.sheet(position), self.batch.rows[position]
        index = self.batch.indices[position]
        label = self.batch.dataset.by_name[column].label if column in self.batch.dataset.by_name else ""
        where = place(sheet, row, column, index, label)
        value = self.shown(position, column, 120) if column else ""
        return Finding(
            self.submission_id(position), self.batch.dataset.name, sheet.name, row, column,
            _letter(sheet, row, column, index), code, severity.value, f"{where}: {message}", remedy, value,
        )  # fmt: skip

    def shown(self, position: int, column: str, length: int = SHOWN_LENGTH) -> str:
        """A cell as its writer saw it, masked, without invisible characters, shortened."""
        cell = self.batch.cells[column][position]
        if may_be_a_name(self.batch.dataset.by_name[column], cell):
            return MASKED
        text = as_text(cell)
        if self.batch.dataset.by_name[column].type_name is ColumnType.CHOICE_LIST:
            text = "; ".join(filter(str.strip, text.splitlines()))  # parts on lines of their own stay parts
        clean = clean_text(text)[0]
        return shorten(mask(clean, context_of(column)), length) if not is_blank(cell) else ""

    @cached_property
    def _first_rows(self) -> dict[tuple[object, object], int]:
        """Position of the first row with each key, by submission."""
        first = self.frame.drop_duplicates(["kiriman", "kunci"])
        pairs = zip(first["kiriman"], first["kunci"], strict=True)
        return dict(zip(pairs, map(int, first.index), strict=True))

    def row_of(self, position: int, start: int) -> str:
        """Physical row of a row as one on another row's sheet names it: with its own sheet's name when that differs."""
        sheet, here = self.batch.sheet(position).name, self.batch.sheet(start).name
        number = str(self.batch.rows[position])
        return number if sheet == here else f"{number} lembar {shorten(sheet, SHOWN_LENGTH)}"

    def _holds_by_itself(self, expectation: Expectation) -> bool:
        """Whether a row is held by a rule though the cell it points to only describes: what is said of that cell holds nothing."""
        required = self.batch.dataset.by_name[expectation.column].required
        return expectation.check is not None and expectation.severity is Severity.FATAL and not required

    def _of_rule(self, expectation: Expectation, check: Check, position: int) -> Finding:
        row = OffendingRow(
            lambda name: f'"{self.shown(position, name)}"',
            lambda name: self.frame.at[position, name],
            self.knowledge,
            lambda: self.row_of(
                self._first_rows[self.frame.at[position, "kiriman"], self.frame.at[position, "kunci"]], position
            ),
        )
        column = expectation.column
        if check.code == "V32":
            column = first_personal_column(self.batch.dataset, row.value)[0] or column
        remedy = check.remedy(row) if check.remedy else expectation.rule.remedy
        message = check.message(row) + (_ending(expectation) if self.shown(position, column) else "")
        return self.finding(position, column, check.code, expectation.severity, message, remedy)

    def _of_cell(self, expectation: Expectation, position: int, problem: Problem | None) -> tuple[str, str]:
        column = self.batch.dataset.by_name[expectation.column]
        original = self.shown(position, column.name)
        if expectation.kind == "kosong":
            what = "kosong, padahal wajib." if column.required else f"belum diisi; {ACCEPTED_WITHOUT}."
            example = f"Isi {column.label.lower()}, misalnya {column.example}."
            return what, example + proposal(self.batch, column, position)
        if expectation.kind == "kode":
            advice = code_hint(self.knowledge.register, str(self.readings[column.name].value[position]))
            return f'"{original}" bukan kode NN atau NN.NN. {advice}'.strip(), expectation.rule.remedy
        if expectation.kind == "batas":
            remedy = numbered_remedy(column) if column.name in NUMBERED_VOCABULARIES else "Periksa angkanya."
            return f"{original} di luar batas, {describe_bounds(column)}.", remedy
        if expectation.kind == "panjang":
            return self._of_length(position, column.name, column.length or (0, 0)), expectation.rule.remedy
        if problem is None:
            return f'"{original}" tidak dapat dipakai.', expectation.rule.remedy
        remedy = remedy_of(column, problem) + (proposal(self.batch, column, position) if problem.unknown else "")
        return f'"{original}" {problem.message}.', remedy

    def _of_length(self, position: int, column: str, limits: tuple[int, int]) -> str:
        length = len(str(self.readings[column].value[position]))
        if length < limits[0]:
            return f'"{self.shown(position, column)}" hanya {length} huruf, paling sedikit {limits[0]}.'
        return f"teks sepanjang {format_number(length)} huruf, paling banyak {format_number(limits[1])}."


def _letter(sheet: Sheet, row: int, column: str, index: int) -> str:
    cell = sheet.cell(row, column).rstrip("0123456789") if column else ""
    return cell or (sheet.letter(column, index) if column else "")


def _ending(expectation: Expectation) -> str:
    return " Isian ini tidak dipakai." if expectation.left_out else ""


def place(sheet: Sheet, row: int, column: str, index: int = -1, label: str = "") -> str:
    """``Kegiatan, row 14, column F (Jumlah peserta)``; of JSON ``kegiatan, rekaman 14, jumlah_peserta``."""
    letter = sheet.letter(column, index) if column else ""
    if sheet.json:
        return f"{sheet.name}, rekaman {row}" + (f", {column}" if column else "")
    label = (label or sheet.dataset.by_name[column].label) if column else ""
    if cell := sheet.cell(row, column):
        return f"{sheet.name}, sel {cell} ({label})"
    where = f", kolom {letter} ({label})" if letter else f" ({label})" if label else ""
    return f"{sheet.name}, baris {row}{where}"


def sheet_finding(submission_id: str, sheet: Sheet, note: TableNote, severity: Severity, remedy: str) -> Finding:
    """A remark on a whole sheet, a column or a skipped row as a finding."""
    row, letter, where = _place_of(sheet, note)
    parts = [shorten(sheet.name, SHOWN_LENGTH), *where]
    return Finding(
        submission_id, sheet.dataset.name, sheet.name, row, "", letter, note.code, severity.value,
        f"{', '.join(parts)}: {mask(note.message)}", note.remedy or remedy, "",
    )  # fmt: skip


def _place_of(sheet: Sheet, note: TableNote) -> tuple[int, str, list[str]]:
    """Row, column letter and words for where a remark belongs; beside values it is the cell of the label, or of the row."""
    if sheet.table.labels and note.position is not None:
        label = sheet.table.labels.get(note.position)
        spot = (sheet.place(note.row, note.position) if note.row > sheet.header_row else None) or label
        return (spot[0], column_letter(spot[1]), [f"sel {cell_name(spot)}"]) if spot else (note.row, "", [])
    letter = "" if note.position is None or sheet.json else column_letter(note.position)
    where = [f"{'rekaman' if sheet.json else 'baris'} {note.row}"] if note.row else []
    return note.row, letter, [*where, *([f"kolom {letter}"] if letter else [])]


def file_finding(
    submission_id: str, code: str, severity: Severity, message: str, remedy: str, column: str = "", sheet: str = ""
) -> Finding:
    """A finding on the submission as a whole, on a field of its cover, or on a sheet that holds no table."""
    where = sheet or ("Sampul" if column else "")
    return Finding(submission_id, "", where, 0, column, "", code, severity.value, mask(message), remedy, "")


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, the cut marked."""
    return text if len(text) <= length else text[: length - 1] + "…"
