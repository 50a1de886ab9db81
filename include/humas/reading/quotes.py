"""CSV whose quotes went wrong: one stray quote must not swallow the lines after it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTES_TRIED = 12
_FARTHEST = 50
"""Lines that one quoted cell may run over; a longer one is taken for a stray quote."""


def holds_rows(rows: list[list[str]], separator: str) -> bool:
    """Whether some cell holds whole rows: two stray quotes far apart hide everything between them."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    usual = min(widths, key=lambda width: (-widths[width], width), default=0)
    return usual > 2 and any(
        "\n" in cell and any(_is_row(line, separator, usual) for line in cell.splitlines())
        for row in rows
        for cell in row
    )


def mend(text: str, separator: str) -> tuple[list[list[str]], tuple[int, ...]]:
    """All rows, and the numbers (1-based) of those that were cut at the separator alone, their quotes left out."""
    lines = _LINE_END.split(text)
    width = _usual_width(lines, separator)
    rows: list[list[str]] = []
    stray: list[int] = []
    position = 0
    while position < len(lines):
        length, row = _record(lines, position, separator, width)
        if row is None:
            row = _without_stray_quote(lines[position], separator, width)
            stray.append(len(rows) + 1)
        rows.append(row)
        position += length
    return rows, tuple(stray)


def _without_stray_quote(line: str, separator: str, width: int) -> list[str]:
    """The cells when leaving out one quote gives the usual number of them, else those between the separators."""
    positions = [match.start() for match in re.finditer('"', line)][-_QUOTES_TRIED:]
    for position in reversed(positions):
        cells = _cells(line[:position] + line[position + 1 :], separator)
        if cells is not None and len(cells) == width:
            return cells
    return [cells.replace('"', "") for cells in line.split(separator)]


def _usual_width(lines: list[str], separator: str) -> int:
    widths = Counter(line.count(separator) + 1 for line in lines if line.strip())
    return widths.most_common(1)[0][0] if widths else 1


def _record(lines: list[str], position: int, separator: str, width: int) -> tuple[int, list[str] | None]:
    """How many lines the row at ``position`` takes, and its cells; None when its quotes do not match."""
    if lines[position].count('"') % 2 == 0:
        return 1, _cells(lines[position], separator)
    window = lines[position : position + _FARTHEST]
    for length, quotes in enumerate(accumulate(row.count('"') for row in window), start=1):
        if length == 1 or quotes % 2:
            continue
        row = _cells("\n".join(window[:length]), separator)
        swallows = any("\n" in cell and _is_row(cell, separator, width) for cell in row or ())
        fits = row is not None and len(row) == width and not swallows
        return (length, row) if fits else (1, None)
    return 1, None


def _is_row(line: str, separator: str, width: int) -> bool:
    return line.count(separator) >= max(width - 1, 1)


def _cells(text: str, separator: str) -> list[str] | None:
    """The one row that a text is; None when it is not exactly one."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error:
        return [text]
    return rows[0] if len(rows) == 1 else [] if not rows else None
