"""Personal data in columns that nobody reads: a number in a note holds its row, a whole column of them is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from humas.contract.rules import get_rule
from humas.layout.sheet import Sheet, TableNote, cell_name, column_letter
from humas.periods import format_number
from humas.privacy import CANDIDATE, Kind, mask, personal_header, personal_kinds
from humas.validation.batch import RowBatch
from humas.validation.checks.texts import listed_kinds, personal_remedy
from humas.validation.messages import Finding, place, sheet_finding
from humas.values.cells import as_text, is_blank

_STRAY, _COLUMN = "V32", "K62"
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column of a sheet that no field is read from and that holds personal data.

    kinds: by position in the ``RowBatch`` of each row that holds some. rows: how many rows were looked at.
    """

    sheet: Sheet
    at: int
    kinds: dict[int, tuple[Kind, ...]]
    rows: int

    @property
    def whole(self) -> bool:
        """Whether the column is there for such data: by its header, or because most rows hold some there.

        A remark is rare: two of three remarks with a number among seven rows are two rows to be mended.
        """
        title = self.sheet.headers[self.at] if self.at < len(self.sheet.headers) else ""
        return personal_header(title) or (len(self.kinds) >= _SEVERAL and 2 * len(self.kinds) > self.rows)


def unread_columns(batch: RowBatch, positions: Sequence[int]) -> tuple[UnreadColumn, ...]:
    """The columns with personal data that no field is read from, of all sheets. positions: the rows that count."""
    rows: dict[int, list[int]] = defaultdict(list)
    for position in positions:
        rows[batch.sheets[position]].append(position)
    return tuple(
        found for number, of_sheet in rows.items() for found in _of_sheet(batch, batch.origins[number], of_sheet)
    )


def _of_sheet(batch: RowBatch, sheet: Sheet, rows: Sequence[int]) -> Iterator[UnreadColumn]:
    read = set(sheet.columns.values())
    lines = {position: sheet.table.cells[batch.indices[position]] for position in rows}
    for at in range(max(map(len, lines.values()))):
        if at in read:
            continue
        cells = {
            position: as_text(line[at]) for position, line in lines.items() if at < len(line) and not is_blank(line[at])
        }
        kinds = {
            position: found
            for position, text in cells.items()
            if CANDIDATE.search(text) and (found := personal_kinds(text))
        }
        if kinds:
            yield UnreadColumn(sheet, at, kinds, len(lines))


def findings_on(
    column: UnreadColumn, batch: RowBatch, submission_id: Callable[[int], str]
) -> Iterator[tuple[int | None, Finding]]:
    """The findings on such a column, each with the row it holds; of a whole column one that holds none."""
    if column.whole:
        yield None, _of_column(column, submission_id(next(iter(column.kinds))))
        return
    rule = get_rule(_STRAY)
    for position, kinds in column.kinds.items():
        letter, where = _where(column, batch.rows[position])
        message = f"{where}: memuat {listed_kinds(kinds)}. Baris ditahan dan isinya disamarkan."
        yield position, Finding(
            submission_id(position), batch.dataset.name, column.sheet.name, batch.rows[position], "", letter,
            rule.code, rule.severity.value, message, personal_remedy(kinds), "",
        )  # fmt: skip


def _where(column: UnreadColumn, row: int) -> tuple[str, str]:
    """Letter and words for the cell of a row in such a column."""
    if spot := column.sheet.place(row, column.at):
        return column_letter(spot[1]), f"{column.sheet.name}, sel {cell_name(spot)}"
    letter = "" if column.sheet.json or column.sheet.table.labels else column_letter(column.at)
    return letter, place(column.sheet, row, "") + (f", kolom {letter}" if letter else "")


def _of_column(column: UnreadColumn, submission_id: str) -> Finding:
    rule = get_rule(_COLUMN)
    title = column.sheet.headers[column.at] if column.at < len(column.sheet.headers) else ""
    kinds = listed_kinds(tuple(dict.fromkeys(kind for found in column.kinds.values() for kind in found)))
    name = f'kolom "{mask(title)}"' if title else "kolom tanpa judul"
    message = (
        f"{name} memuat {kinds} pada {format_number(len(column.kinds))} baris; tidak dibaca dan tidak diterbitkan."
    )
    note = TableNote(_COLUMN, message, "", column.at, column.sheet.header_row)
    return sheet_finding(submission_id, column.sheet, note, rule.severity, rule.remedy)
