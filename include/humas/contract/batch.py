"""The rows of many submissions, column by column, ready to be read as one national batch."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from humas.contract.cells import as_text, is_blank
from humas.contract.columns import Himpunan, Kolom
from humas.contract.privacy import Context, mask, personal_header
from humas.contract.privacy.columns import context_of
from humas.contract.sheet import Lembar, column_letter
from humas.contract.words import find_choice

SAMARAN = "[disamarkan]"
_KODE = re.compile(r"\d{2}(?:\.\d{2})?")


@dataclass(slots=True)
class Kumpulan:
    """Rows of one data set from all submissions.

    sel: cells as written, by column name, one entry per row. kiriman: position of the row's submission.
    lembar: position in ``asal`` of its sheet. indeks: its position in that sheet's cells. baris: physical row.
    terisi: for each column, whether the sender filled the cell (not the cover or a default).
    """

    himpunan: Himpunan
    sel: dict[str, list[object]] = field(default_factory=dict)
    kiriman: list[int] = field(default_factory=list)
    lembar: list[int] = field(default_factory=list)
    indeks: list[int] = field(default_factory=list)
    baris: list[int] = field(default_factory=list)
    asal: list[Lembar] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sel = {column.nama: [] for column in self.himpunan.kolom}

    def __len__(self) -> int:
        return len(self.baris)

    def add(self, nomor_kiriman: int, lembar: Lembar, dari_sampul: Mapping[str, object]) -> None:
        """Append a sheet's data rows; a blank cell of a cover column takes the cover's value."""
        count = len(lembar.indeks)
        columns = list(zip_longest(*(lembar.tabel.sel[i] for i in lembar.indeks)))
        for column in self.himpunan.kolom:
            position = lembar.kolom.get(column.nama)
            cells: Sequence[object] = (
                columns[position] if position is not None and position < len(columns) else (None,) * count
            )
            if column.dari_sampul:
                cells = self._from_cover(column.nama, cells, dari_sampul)
            self.sel[column.nama].extend(cells)
        self.kiriman.extend([nomor_kiriman] * count)
        self.lembar.extend([len(self.asal)] * count)
        self.indeks.extend(lembar.indeks)
        self.baris.extend(map(lembar.nomor, lembar.indeks))
        self.asal.append(lembar)

    def _from_cover(self, name: str, cells: Sequence[object], cover: Mapping[str, object]) -> list[object]:
        """Cells with the cover's value where they are blank; its name only where the row's own code is the cover's."""
        default = cover.get(name)
        if name != "nama_satker" or default is None:
            return [default if is_blank(cell) else cell for cell in cells]
        codes = self.sel["kode_satker"][len(self.kiriman) :]
        own = cover.get("kode_satker")
        return [
            default if is_blank(cell) and not _names_another(code, own) else cell
            for cell, code in zip(cells, codes, strict=True)
        ]

    def sheet(self, letak: int) -> Lembar:
        """The sheet a row came from."""
        return self.asal[self.lembar[letak]]

    def original(self, letak: int) -> str:
        """A row as it stood in its file, as JSON with personal data masked: what quarantine keeps."""
        sheet = self.sheet(letak)
        return original_row(sheet, self.indeks[letak])


def _names_another(code: object, own: object) -> bool:
    """Whether a row's code is a whole one and not the cover's."""
    return code is not own and code != own and _KODE.fullmatch(as_text(code)) is not None


def original_row(lembar: Lembar, indeks: int) -> str:
    """Header as written (letter when there is none) → cell, masked, as JSON."""
    columns = {position: lembar.himpunan.menurut_nama[name] for name, position in lembar.kolom.items()}
    content = {
        mask(_header(lembar, position)): _kept(lembar, columns.get(position), position, cell)
        for position, cell in enumerate(lembar.tabel.sel[indeks])
        if not (cell is None or (isinstance(cell, str) and not cell))
    }
    return json.dumps(content, ensure_ascii=False)


def _kept(sheet: Lembar, column: Kolom | None, position: int, cell: object) -> object:
    """What quarantine keeps of a cell."""
    return (
        SAMARAN
        if _names_a_person(sheet, column, position, cell)
        else _plain(cell, context_of(column.nama if column else ""))
    )


def _header(sheet: Lembar, position: int) -> str:
    text = sheet.judul[position] if position < len(sheet.judul) else ""
    return text if text and sheet.judul.index(text) == position else f"{text} ({column_letter(position)})".strip()


def _names_a_person(sheet: Lembar, column: Kolom | None, position: int, cell: object) -> bool:
    """Whether a cell says who somebody is: by its header, or as a word that is none of its column's choices."""
    if column is None:
        return position < len(sheet.judul) and personal_header(sheet.judul[position])
    return may_be_a_name(column, cell)


def may_be_a_name(kolom: Kolom, sel: object) -> bool:
    """Whether what stands where a choice belongs is likely the name of a member of the public."""
    return kolom.asing_disamarkan and not is_blank(sel) and find_choice(kolom.kosakata or "", as_text(sel)) is None


def _plain(cell: object, context: Context) -> object:
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
