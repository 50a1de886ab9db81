"""CSV rows with a cell too many or too few: an entry with a separator in it that nobody quoted shifts all that follow."""

from __future__ import annotations

from collections import Counter

from humas.reading.table import ReadingNote
from humas.sources import clean_words

_FEWEST = 3
"""A row of fewer cells is a title, or a label with its value."""
_TOLD = 20
_NAMES = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}


def settle_widths(rows: list[list[str]], separator: str) -> tuple[list[list[str]], tuple[ReadingNote, ...]]:
    """The rows, those with a cell too many mended where it is plain which two belong together, and what is to be said.

    Rows may lack empty cells at their end, as some programs write them; what else is shorter is told.
    """
    usual = _usual(rows)
    if not usual:
        return rows, ()
    settled, notes = list(rows), []
    for index, row in enumerate(rows):
        if len(row) == usual + 1 or any(map(str.strip, row[usual:])):
            settled[index], message = _too_many(row, usual, separator)
        elif _FEWEST <= len(row) < usual and sum(map(bool, row)) >= _FEWEST and _ends_filled(rows, usual):
            message = f"berisi {len(row)} sel, baris lain {usual}; ada {_NAMES[separator]} yang hilang, isian sesudahnya bergeser."
        else:
            continue
        notes.append(ReadingNote("K57", message, row=index + 1))
    rest = len(notes) - _TOLD
    more = (ReadingNote("K57", f"{rest} baris lain berlebih atau berkurang sel."),) if rest > 0 else ()
    return settled, (*notes[:_TOLD], *more)


def _usual(rows: list[list[str]]) -> int:
    """The number of cells that most rows have; 0 when no number stands out."""
    widths = Counter(len(row) for row in rows if len(row) >= _FEWEST)
    if not widths:
        return 0
    width, times = widths.most_common(1)[0]
    return width if times >= _FEWEST and 2 * times > widths.total() else 0


def _ends_filled(rows: list[list[str]], usual: int) -> bool:
    """Whether rows are written out to their last cell, empty or not, so that a shorter one lacks a separator."""
    return any(len(row) == usual and not row[-1].strip() for row in rows)


def _too_many(row: list[str], usual: int, separator: str) -> tuple[list[str], str]:
    """A row with too many cells, and what is to be said of it.

    Separators have no blank behind them, commas in a sentence do: the one cell that begins with a blank belongs to the
    one before it.
    """
    name = _NAMES[separator]
    begun = [position for position, cell in enumerate(row) if position and cell[:1] == " " and cell.strip()]
    if len(row) == usual + 1 and len(begun) == 1:
        whole = f"{row[begun[0] - 1]}{separator}{row[begun[0]]}"
        message = f'berisi {len(row)} sel, baris lain {usual}; "{clean_words(whole, 60)}" dibaca sebagai satu isian.'
        return [*row[: begun[0] - 1], whole, *row[begun[0] + 1 :]], message
    return (
        row,
        f"berisi {len(row)} sel, baris lain {usual}; ada isian yang memuat {name} tanpa tanda kutip, isian sesudahnya bergeser.",
    )
