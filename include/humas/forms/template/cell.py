"""What one column asks of the person who fills it in: format, width, drop-down, checks and words of help."""

from __future__ import annotations

from datetime import date
from typing import Any

from humas.contract.columns import LIST_TYPES, Column, ColumnType
from humas.contract.vocabulary import load_vocabulary
from humas.forms.template.reference import ReferenceList, meanings
from humas.values.cells import reader
from humas.values.dates import PLAUSIBLE_YEARS

# Limits of the file format, in characters.
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
REQUIRED_MARK = " *"
_FORMAT = {ColumnType.DATE: "tanggal", ColumnType.DATETIME: "waktu", ColumnType.INTEGER: "bilangan"}
_WIDTHS = {
    ColumnType.DATE: 13, ColumnType.DATETIME: 19, ColumnType.INTEGER: 12, ColumnType.CHOICE: 18, ColumnType.CHOICE_LIST: 20,
    ColumnType.TEXT_LIST: 24, ColumnType.URL: 32, ColumnType.URL_LIST: 32, ColumnType.CODE: 10,
}  # fmt: skip
_TEXT_WIDTH, _LONG_TEXT_WIDTH, _LONG_TEXT = 22, 40, 300
_HEADER_WIDTH = 18
_DEMANDS = {
    "wajib": "Wajib diisi.",
    "diminta": "Diminta. Baris tetap dihitung bila kosong, tetapi tercantum sebagai tidak disebut.",
    "": "Boleh kosong.",
}
_LARGEST = 999_999_999_999


def header_of(column: Column) -> str:
    """The header: the label, a star behind it when every row should fill it."""
    return column.label + REQUIRED_MARK if column.wanted else column.label


def format_of(column: Column) -> str:
    """Name of the format of its cells; whatever is no date and no number is text, so that codes stay what they are."""
    return _FORMAT.get(column.type_name, "teks")


def width_of(column: Column) -> int:
    """Width in characters: by kind, and wide enough for the header, in two lines when it is long."""
    text_width = _LONG_TEXT_WIDTH if column.length and column.length[1] >= _LONG_TEXT else _TEXT_WIDTH
    return max(_WIDTHS.get(column.type_name, text_width), min(len(header_of(column)) + 2, _HEADER_WIDTH))


def example_of(column: Column) -> str:
    """The contract's example as it is typed here: digits without dots, a choice as its drop-down offers it."""
    if not column.example or column.type_name not in {ColumnType.INTEGER, ColumnType.CHOICE}:
        return column.example
    value = str(reader(column)(column.example).value)
    return load_vocabulary()[column.vocabulary].label(value) if column.vocabulary else value


def comment_of(column: Column) -> str:
    """The note on the header: whether it must be filled in, what to write, an example, and what numbers mean."""
    lines = [_DEMANDS[column.demand], column.explanation]
    if example := example_of(column):
        lines.append(f"Contoh: {example}")
    if vocabulary := meanings(column):
        lines += [f"{term.value} = {term.label}" for term in vocabulary.terms]
    return "\n".join(lines)


def check_of(column: Column, listing: ReferenceList | None) -> dict[str, Any]:
    """The data validation of a column in XlsxWriter's words: its check, what it says before and after a wrong entry."""
    example = f" Contoh: {example_of(column)}" if column.example else ""
    return {
        "input_title": column.label[:LONGEST_TITLE],
        "input_message": f"{column.demand.capitalize()}{'. ' if column.demand else ''}{column.explanation}{example}"[
            :LONGEST_MESSAGE
        ],
        "error_title": "Isian belum dapat dipakai",
        **_rule(column, listing),
    }


def _rule(column: Column, listing: ReferenceList | None) -> dict[str, Any]:
    if listing:
        return _choice(column, listing)
    if column.type_name in {ColumnType.DATE, ColumnType.DATETIME}:
        return _date(column)
    if column.type_name is ColumnType.INTEGER:
        return _number(column)
    if column.type_name is ColumnType.TEXT and column.length:
        return _length(*column.length)
    return {"validate": "any"}


def _choice(column: Column, listing: ReferenceList) -> dict[str, Any]:
    """A drop-down; in a cell that takes several values it helps with the first one and refuses nothing."""
    return {
        "validate": "list",
        "source": listing.reference,
        "show_error": column.type_name not in LIST_TYPES,
        "error_message": "Pilih salah satu dari daftar: tekan Alt + panah bawah, atau klik segitiga di kanan sel.",
    }


def _date(column: Column) -> dict[str, Any]:
    """Only a warning: where the computer writes the month first it takes ``15/07/2026`` for text, and we can read that."""
    example = "02/07/2026 08.30" if column.type_name is ColumnType.DATETIME else "02/07/2026"
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(PLAUSIBLE_YEARS.start, 1, 1),
        "maximum": date(PLAUSIBLE_YEARS.stop - 1, 12, 31),
        "error_type": "warning",
        "error_message": f"Komputer ini tidak membacanya sebagai tanggal. Bila hari, bulan, dan tahunnya sudah benar "
        f"(seperti {example}), pilih Ya. Bila belum, pilih Tidak lalu perbaiki.",
    }


def _number(column: Column) -> dict[str, Any]:
    lower, upper = column.minimum or 0, column.maximum or _LARGEST
    limits = f" dari {lower} sampai {upper}" if column.maximum else f", paling kecil {lower}"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": lower,
        "maximum": upper,
        "error_message": f"Tulis bilangan bulat{limits}, tanpa titik ribuan dan tanpa huruf. Misalnya {example_of(column)}.",
    }


def _length(shortest: int, longest: int) -> dict[str, Any]:
    """The server's bounds of a text, as a warning: spaces and breaks are counted differently there."""
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": shortest,
        "maximum": longest,
        "error_type": "warning",
        "error_message": f"Panjang isian sebaiknya {shortest} sampai {longest} huruf. Di luar itu barisnya dapat ditahan.",
    }


def picks_of(column: Column) -> str:
    """The choices of a column in one line, numbers with their meaning; empty when it has none."""
    vocabulary = meanings(column) or (load_vocabulary()[column.vocabulary] if column.vocabulary else None)
    if vocabulary is None:
        return ""
    if all(term.value.isdecimal() for term in vocabulary.terms):
        return "; ".join(f"{term.value} = {term.label}" for term in vocabulary.terms)
    return ", ".join(term.label for term in vocabulary.terms)
