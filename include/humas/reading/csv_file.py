"""CSV as people really export it: any of the common encodings and separators, with or without ``sep=``."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from humas.errors import SenderError
from humas.periods import parse_period
from humas.reading.faults import MAX_TABLE_ROWS, check_columns, check_rows, make_error
from humas.reading.quotes import holds_rows, mend
from humas.reading.table import Document, RawTable, ReadingNote
from humas.reading.widths import settle_widths
from humas.sources import wide_encoding

SEPARATORS = (";", ",", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LEGACY = ("cp1252", "mac_roman", "cp437")
_TYPOGRAPHY = "–—‘’“”•…°©®½²\u00a0"
_ACCENTED = re.compile(r"(?<=[a-z])[áàâäãåéèêëíìîïóòôöõúùûüçñ](?![A-Z])")
_SAMPLE = 64 * 1024
_LINES_JUDGED = 30
# A row of fewer cells is a title or a label with its value, such as "Periode" and the period.
_HEADER_CELLS = 3
_SHEET_ROWS = 1_048_576
_LINES_TOLD = 20
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = "\x1eakhir berkas\x1e"
_MOST_KEPT = 200_000
"""Distinct cells that are looked for among those read before."""
_CELL_LENGTH = csv.field_size_limit()


def read_csv(name: str, data: bytes) -> RawTable:
    """One CSV file as a table; row numbers are those of a spreadsheet program (blank lines count).

    Lines whose quotes do not match are cut at the separator alone, each with a note (K42); lines with more or fewer
    cells than the others are told (K57).

    Raises:
        SenderError: kosong, tak_terbaca, sel_terlalu_panjang, terlalu_banyak_baris/kolom.
    """
    text = decode(name, data)
    text, separator = _split_directive(text)
    separator = separator or find_separator(text)
    mended: tuple[int, ...] = ()
    raw = _parse(name, text, separator)
    if raw is None or holds_rows(raw, separator):
        raw, mended = _mended(name, text, separator)
    rows = _trim(raw)
    if not rows:
        raise make_error("kosong", name)
    rows, widths = settle_widths(rows, separator)
    notes = (*_quote_notes(mended), *widths)
    if inner := _unwrapped(name, rows):
        rows, notes = inner, (ReadingNote("K42", "tiap baris terbungkus tanda kutip; isinya yang dibaca."),)
    return RawTable(name, rows, first_row=1, notes=notes)


def _unwrapped(name: str, rows: list[list[str]]) -> list[list[str]] | None:
    """The rows of a file each of whose lines was quoted as one cell; None when it is a file of one column."""
    lines = [line[0] if line else "" for line in rows]
    if max(map(len, rows)) != 1 or any("\n" in line for line in lines):
        return None
    text = "\n".join(lines)
    separator = find_separator(text)
    counts = [line.count(separator) for line in lines if line]
    return _parse(name, text, separator) if min(counts) >= _HEADER_CELLS - 1 else None


def _mended(name: str, text: str, separator: str) -> tuple[list[list[str]], tuple[int, ...]]:
    rows, stray = mend(text, separator)
    for number, row in enumerate(rows, start=1):
        check_columns(len(row), name)
        if any(len(cell) > _CELL_LENGTH for cell in row):
            raise make_error("sel_terlalu_panjang", name, baris=number, batas=_CELL_LENGTH)
    check_rows(sum(map(bool, rows)) - 1, name)
    return rows, stray


def _quote_notes(stray: tuple[int, ...]) -> tuple[ReadingNote, ...]:
    """A note for each of the first lines with stray quotes, and one for the number of the others."""
    message = 'tanda kutip (") tidak berpasangan; baris ini dibaca menurut pemisahnya saja.'
    notes = [ReadingNote("K42", message, row=number) for number in stray[:_LINES_TOLD]]
    rest = len(stray) - len(notes)
    notes += [ReadingNote("K42", f"{rest} baris lain bertanda kutip tidak berpasangan.")] if rest else []
    return tuple(notes)


def cover_of(tables: list[RawTable]) -> dict[str, object]:
    """What CSV files say of the whole: the value of a column ``Periode``; all of them when they differ.

    The same quarter written in two ways is one.
    """
    periods: dict[str, str] = {}
    for table in tables:
        for written in _column(table, "periode"):
            periods.setdefault(_period_key(written), written)
    return {"periode": ", ".join(periods.values())} if periods else {}


def _period_key(written: str) -> str:
    try:
        return parse_period(written).key
    except SenderError:
        return written


def make_document(tables: list[RawTable]) -> Document:
    """The document that the CSV files of one submission make up."""
    return Document("csv", cover_of(tables), tuple(tables))


def decode(name: str, data: bytes) -> str:
    """The text of the file. UTF-8 and UTF-16 are certain; of the older encodings the likeliest is taken."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None) or wide_encoding(data[:4096])
    for candidate in (encoding, "utf-8") if encoding else ("utf-8",):
        try:
            return data.decode(candidate).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode(_guess(data), errors="replace")


def _guess(data: bytes) -> str:
    """Which of the older encodings makes the most sense of the bytes beyond ASCII; the first one on a tie."""
    sample = data[:_SAMPLE]
    return max(_LEGACY, key=lambda encoding: _sense(sample.decode(encoding, errors="replace")))


def _sense(text: str) -> int:
    """Dashes and curved quotes are common, small accented letters within words possible, all else is a misreading."""
    marks = sum(text.count(letters) for letters in _TYPOGRAPHY)
    letters = len(_ACCENTED.findall(text))
    strange = sum(not letter.isascii() for letter in text) - marks - letters
    return 3 * marks + letters - 2 * strange


def _split_directive(text: str) -> tuple[str, str]:
    """Take off a first line ``sep=;``, as spreadsheet programs write it; an empty line keeps its number."""
    head = text[:16].partition("\n")[0]
    directive = head.strip().strip('"').lower()
    if not (directive.startswith("sep=") and len(directive) <= 5):
        return text, ""
    return "\n" + text.partition("\n")[2], directive[4:] or "\t"


def find_separator(text: str) -> str:
    """The separator that cuts the first lines into the most cells, the same number on most lines."""
    sample = text.lstrip("\r\n")[:_SAMPLE]

    def score(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _some_rows(sample, separator) if len(row) > 1)
        if not widths:
            return (0, 0)
        columns, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
        return (times, columns)

    return max(SEPARATORS, key=score)


def _some_rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= _LINES_JUDGED:
                break
    except csv.Error:
        return rows
    return rows


def _parse(name: str, text: str, separator: str) -> list[list[str]] | None:
    """Rows of cells. A mark set at the end must come back alone: else a quote is open and swallowed the rest (None)."""
    rows: list[list[str]] = []
    filled = 0
    same: dict[
        str, str
    ] = {}  # a long list repeats its units, channels and days: each is kept once, here and on its way
    try:
        for row in csv.reader(_lines(text), delimiter=separator):
            check_columns(len(row), name)
            rows.append([
                same.setdefault(cell, cell) if len(same) < _MOST_KEPT else same.get(cell, cell) for cell in row
            ])
            filled += bool(row)
            if filled > MAX_TABLE_ROWS + 1 or len(rows) > _SHEET_ROWS:
                check_rows(max(MAX_TABLE_ROWS + 1, text.count("\n")), name)
    except csv.Error:
        return None
    if rows[-1] != [_END]:
        return None
    check_rows(filled - 1, name)
    return rows[:-1]


def _lines(text: str) -> Iterator[str]:
    """The lines of a file, then the mark of its end; a text file in memory would take four bytes for each letter."""
    last = "\n"
    for match in _LINE.finditer(text):
        if match[0][-1] in "\r\n":
            yield match[0]
        else:
            last = f"{match[0]}\n"
    yield last
    yield _END


def _trim(rows: list[list[str]]) -> list[list[str]]:
    """Without the empty lines at the end."""
    end = len(rows)
    while end and not any(cell.strip() for cell in rows[end - 1]):
        end -= 1
    return rows[:end]


def _column(table: RawTable, header: str) -> list[str]:
    """The distinct filled cells of a column by its header, in order; titles may stand above the header."""
    top = [[str(cell).strip().casefold() for cell in row] for row in table.cells[:_LINES_JUDGED]]
    width = max((sum(map(bool, titles)) for titles in top), default=0)
    for index, titles in enumerate(top):
        if header in titles and sum(map(bool, titles)) >= min(_HEADER_CELLS, width):
            position = titles.index(header)
            cells = (str(row[position]).strip() for row in table.cells[index + 1 :] if len(row) > position)
            return list(dict.fromkeys(cell for cell in cells if cell))
    return []
