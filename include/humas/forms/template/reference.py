"""The lists behind the drop-downs: one column of the hidden sheet for each, taken from the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from humas.contract.columns import Column, ColumnType, Dataset
from humas.contract.vocabulary import Vocabulary, load_vocabulary
from humas.forms.template.model import REFERENCE_SHEET, template_columns
from humas.layout.tables import column_letter

YES_NO = ("Ya", "Tidak")
_YES_NO = "ya_tidak"
_FIRST_ROW = 1
_SEPARATORS = (",", ";")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One list. name: its header on the sheet. content: its entries, numbers where cells hold numbers. position: its column."""

    name: str
    content: tuple[str | int, ...]
    position: int

    @property
    def reference(self) -> str:
        """The cells of the list as a formula."""
        letter = column_letter(self.position)
        return f"={REFERENCE_SHEET}!${letter}${_FIRST_ROW + 1}:${letter}${_FIRST_ROW + len(self.content)}"


@dataclass(frozen=True, slots=True)
class References:
    """All lists, by their contents: equal lists stand on the sheet once."""

    listings: Mapping[tuple[str | int, ...], ReferenceList]

    def of(self, column: Column) -> ReferenceList | None:
        """The list of a column; None when it has none."""
        content = entries(column)
        return self.listings[content] if content else None

    @property
    def yes_no(self) -> ReferenceList:
        """The list of the switches."""
        return self.listings[YES_NO]


def entries(column: Column) -> tuple[str | int, ...]:
    """What may be picked in a column, as it is typed; empty when nothing is to pick from.

    Several values in one cell are parted by commas: where a label has one itself, the short values are offered.
    """
    if meaning := meanings(column):
        return tuple(int(value) for value in meaning.value)
    if not column.vocabulary:
        return ()
    vocabulary = load_vocabulary()[column.vocabulary]
    label = tuple(term.label for term in vocabulary.terms)
    several = column.type_name is ColumnType.CHOICE_LIST
    return (
        vocabulary.value if several and any(separator in text for text in label for separator in _SEPARATORS) else label
    )


@cache
def meanings(column: Column) -> Vocabulary | None:
    """The vocabulary that says what the numbers of a column mean."""
    return load_vocabulary()[column.numbered] if column.numbered else None


def collect_lists(datasets: Sequence[Dataset]) -> References:
    """Every list that some column of these data sets needs, and the one of the switches."""
    lists: dict[tuple[str | int, ...], ReferenceList] = {YES_NO: ReferenceList(_YES_NO, YES_NO, 0)}
    for column in (column for dataset in datasets for column in template_columns(dataset)):
        content = entries(column)
        if content and content not in lists:
            lists[content] = ReferenceList(column.vocabulary or column.name, content, len(lists))
    return References(lists)


def write_reference(sheet: Any, references: References, formats: Mapping[str, Any]) -> None:
    """Fill the hidden sheet: the name of each list, and below it its entries."""
    for listing in references.listings.values():
        # Never a bare column name: renamed and made visible, this sheet must still not look like rows of data.
        sheet.write_string(0, listing.position, f"Daftar {listing.position + 1} ({listing.name})", formats["kepala"])
        for row, entry in enumerate(listing.content, start=_FIRST_ROW):
            if isinstance(entry, int):
                sheet.write_number(row, listing.position, entry, formats["terkunci"])
            else:
                sheet.write_string(row, listing.position, entry, formats["terkunci"])
        sheet.set_column(listing.position, listing.position, 24)
    sheet.protect()
    sheet.hide()
