"""The rows of many submissions, column by column, ready to be read as one national batch."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from humas.contract.columns import Column, Dataset
from humas.layout.sheet import Sheet, heading_of
from humas.privacy import TextForm, mask, personal_header
from humas.validation.masking import context_of
from humas.values.cells import as_text, is_blank
from humas.values.words import find_choice

MASKED = "[disamarkan]"
_CODE = re.compile(r"\d{2}(?:\.\d{2})?")


@dataclass(slots=True)
class RowBatch:
    """Rows of one data set from all submissions.

    cells: cells as written, by column name, one entry per row. submissions: position of the row's submission.
    sheets: position in ``origins`` of its sheet. indices: its position in that sheet's cells. rows: physical row.
    """

    dataset: Dataset
    cells: dict[str, list[object]] = field(default_factory=dict)
    submissions: list[int] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    origins: list[Sheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = {column.name: [] for column in self.dataset.columns}

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, submission_number: int, sheet: Sheet, from_cover: Mapping[str, object]) -> None:
        """Append a sheet's data rows; a blank cell of a cover column takes the cover's value."""
        count = len(sheet.indices)
        columns = list(zip_longest(*(sheet.table.cells[i] for i in sheet.indices)))
        for column in self.dataset.columns:
            position = sheet.columns.get(column.name)
            cells: Sequence[object] = (
                columns[position] if position is not None and position < len(columns) else (None,) * count
            )
            if column.from_cover:
                cells = self._from_cover(column.name, cells, from_cover)
            self.cells[column.name].extend(cells)
        self.submissions.extend([submission_number] * count)
        self.sheets.extend([len(self.origins)] * count)
        self.indices.extend(sheet.indices)
        self.rows.extend(map(sheet.number, sheet.indices))
        self.origins.append(sheet)

    def _from_cover(self, name: str, cells: Sequence[object], cover: Mapping[str, object]) -> list[object]:
        """Cells with the cover's value where they are blank; its name only where the row's own code is the cover's."""
        default = cover.get(name)
        if name != "nama_satker" or default is None:
            return [default if is_blank(cell) else cell for cell in cells]
        codes = self.cells["kode_satker"][len(self.submissions) :]
        own = cover.get("kode_satker")
        return [
            default if is_blank(cell) and not _names_another(code, own) else cell
            for cell, code in zip(cells, codes, strict=True)
        ]

    def sheet(self, position: int) -> Sheet:
        """The sheet a row came from."""
        return self.origins[self.sheets[position]]

    def original(self, position: int) -> str:
        """A row as it stood in its file, as JSON with personal data masked: what quarantine keeps."""
        sheet = self.sheet(position)
        return original_row(sheet, self.indices[position])


def _names_another(code: object, own: object) -> bool:
    """Whether a row's code is a whole one and not the cover's."""
    return code is not own and code != own and _CODE.fullmatch(as_text(code)) is not None


def original_row(sheet: Sheet, index: int) -> str:
    """Header as written (letter when there is none) → cell, masked, as JSON."""
    columns = {position: sheet.dataset.by_name[name] for name, position in sheet.columns.items()}
    content = {
        mask(_header(sheet, position)): _kept(sheet, columns.get(position), position, cell)
        for position, cell in enumerate(sheet.table.cells[index])
        if not (cell is None or (isinstance(cell, str) and not cell))
    }
    return json.dumps(content, ensure_ascii=False)


def _kept(sheet: Sheet, column: Column | None, position: int, cell: object) -> object:
    """What quarantine keeps of a cell."""
    return (
        MASKED
        if _names_a_person(sheet, column, position, cell)
        else _plain(cell, context_of(column.name if column else ""))
    )


def _header(sheet: Sheet, position: int) -> str:
    text = sheet.headers[position] if position < len(sheet.headers) else ""
    return (
        text
        if text and sheet.headers.index(text) == position
        else f"{text} ({heading_of(sheet.table, position)})".strip()
    )


def _names_a_person(sheet: Sheet, column: Column | None, position: int, cell: object) -> bool:
    """Whether a cell says who somebody is: by its header, or as a word that is none of its column's choices."""
    if column is None:
        return position < len(sheet.headers) and personal_header(sheet.headers[position])
    return may_be_a_name(column, cell)


def may_be_a_name(column: Column, cells: object) -> bool:
    """Whether what stands where a choice belongs is likely the name of a member of the public."""
    return column.masks_unknown and not is_blank(cells) and find_choice(column.vocabulary or "", as_text(cells)) is None


def _plain(cell: object, context: TextForm) -> object:
    """A cell as a JSON value; whatever holds ten digits in a row is looked at as text and masked."""
    if isinstance(cell, list):
        return [_plain(item, context) for item in cell]
    if isinstance(cell, (bool, type(None))):
        return cell
    if isinstance(cell, (int, float)) and -(10**9) < cell < 10**9:
        return cell
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return mask(as_text(cell).encode("utf-8", "replace").decode("utf-8"), context)
