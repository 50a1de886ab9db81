"""From cells as written to values of the contract's types, one distinct value at a time.

A cell that cannot be read is no exception but a ``Problem`` at its position: validation names the row and goes on.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import numpy as np

from humas.contract.columns import Column, ColumnType, all_columns, as_body_has_it
from humas.contract.vocabulary import VOCABULARIES_OF_BODIES, load_vocabulary
from humas.reading.table import BrokenCell
from humas.values.dates import WEEKDAYS, DateReading, NotADate, is_zero_date, read_dates, read_day
from humas.values.handles import handle_of
from humas.values.likeness import nearest_labels, other_label
from humas.values.numbered import is_tick
from humas.values.numbers import NotANumber, read_number
from humas.values.words import choices as choices
from humas.values.words import find_choice, find_choices, meanings
from humas.values.words import fold as fold

_BLANK = frozenset({
    "",
    "-",
    "--",
    "---",
    "–",
    "—",
    "n/a",
    "n.a",
    "n.a.",
    "na",
    "n.a,",
    "nan",
    "<na>",
    "nat",
    "null",
    "(null)",
    "\\n",
    "none",
    "undef",
    ".",
    "…",
})
_WITHOUT_CONTENT = frozenset({
    "nihil",
    "tidakada",
    "tdkada",
    "takada",
    "belumada",
    "kosong",
    "nil",
    "tidaktersedia",
    "belumtersedia",
})
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u061c\ud800-\udfff"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_WHOLE_CODE = re.compile(r"\d{2}(?:\.\d{2})?")
_MOST_BITS = 256
_CELL_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_LONGEST_BLANK_WORD = 24
_CHOICES_SHOWN = 8
NUMBERED_VOCABULARIES = {"strategi_utama": "strategi", "strategi_lain": "strategi"}
"""Columns that hold numbers of a vocabulary, whose words are read as well."""
_NUMBER_REMEDY = "Tulis bilangan bulat tanpa huruf, misalnya"
_TEXT_SEPARATOR = re.compile(r"\s*[;\n|]\s*")
_URL_SEPARATOR = re.compile(r"[\s;|]+|,(?=\s*https?:)")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9\-]{1,62}|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE
)
_USUAL_URL = re.compile(r"https?://(?:[a-z0-9][a-z0-9\-]{0,61}\.){1,8}[a-z]{2,20}(?:[/?#][!-~]*)?")
URL_LENGTH = 2000


class Problem(NamedTuple):
    """Why a cell cannot be used. kind: ``tanggal``, ``bilangan``, ``pilihan``, ``tautan`` or ``rumus``.

    unknown: an unknown choice as written; :func:`remedy_of` looks for the nearest ones, which takes its time. vocabulary:
    where it was looked for, when that is another than the column's own.
    """

    kind: str
    message: str
    remedy: str
    unknown: str = ""
    vocabulary: str = ""


class Reading(NamedTuple):
    """One distinct cell read: its value, and what is to be said of it.

    note: code of a rule to remark, remark: the remark in words, "" for the general ones. finish: end of a span of dates.
    yearless: a date whose year is not written, so that ``problem`` stands until the period tells the year.
    utc: the moment of a day written in UTC; its day is that of WIB until the unit tells its zone.
    wording: what stands in the cell of a choice when it is no spelling of the vocabulary, so that people may have said
    what it means; the parts of a list on lines of their own. spelt: what stands in a cell of a vocabulary that each body
    has for itself (strategies, kinds); the parts of a list likewise.
    """

    value: object
    problem: Problem | None = None
    note: str = ""
    remark: str = ""
    finish: object = None
    yearless: DateReading | None = None
    utc: datetime | None = None
    wording: str = ""
    spelt: str = ""


Told = TypeVar("Told", bound=Hashable)


@dataclass(frozen=True)
class ColumnReading:
    """A column read, kept as its distinct cells: ``distinct[code[i]]`` is what was read in row ``i``.

    Values are datetime for dates and times, int for numbers, JSON text for lists, else text; None is empty or unreadable.
    """

    distinct: list[Reading]
    code: np.ndarray[Any, np.dtype[np.intp]]

    @cached_property
    def value(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The values by row."""
        return self._spread([reading.value for reading in self.distinct])

    @cached_property
    def problem(self) -> dict[int, Problem]:
        """Rows that could not be read."""
        return {int(i): self.distinct[self.code[i]].problem for i in self._rows_of("problem")}

    @cached_property
    def note(self) -> dict[int, str]:
        """Rows with a remark code (K11 characters removed, K21 code written as a number, K40 words interpreted)."""
        return {int(i): self.distinct[self.code[i]].note for i in self._rows_of("note")}

    @cached_property
    def remark(self) -> dict[int, str]:
        """Rows whose remark has words of its own."""
        return {int(i): self.distinct[self.code[i]].remark for i in self._rows_of("remark")}

    @property
    def filled(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Rows where something stands, readable or not."""
        present = [bool(reading.problem) or reading.value is not None for reading in self.distinct]
        return np.asarray(np.array(present, bool)[self.code], bool)

    def filled_from(self, other: ColumnReading) -> ColumnReading:
        """This column with the other's values in its empty rows; of a span of dates its end."""
        source = np.where(self.filled, self.code, other.code + len(self.distinct))
        distinct = [*self.distinct, *(Reading(reading.finish or reading.value) for reading in other.distinct)]
        for i in self._rows_of("note"):
            if not self.filled[i]:  # why the cell counts as empty is told all the same
                own = self.distinct[self.code[i]]
                distinct.append(distinct[source[i]]._replace(note=own.note, remark=own.remark))
                source[i] = len(distinct) - 1
        return ColumnReading(distinct, source)

    def with_years(self, span: Callable[[int], tuple[date, date]]) -> ColumnReading:
        """This column with dates that state no year put into the period of their row, where they fit into it.

        span: first and last day of the period of a row, by the row's position.
        """
        return self._settled("yearless", span, lambda reading, days: _with_year(reading, *days))

    def with_zones(self, zone: Callable[[int], tzinfo]) -> ColumnReading:
        """This column with the days written in UTC as the unit of their row sees them.

        zone: time zone of the unit of a row, by the row's position.
        """
        return self._settled("utc", zone, _in_zone)

    def with_answers(self, body: Callable[[int], str], answered: Callable[[Reading, str], Reading]) -> ColumnReading:
        """This column with the words that people explained.

        body: the body of a row, by the row's position. answered: a cell's reading as that body's answers have it.
        """
        return self._settled("wording", body, answered)

    def with_bodies(self, column: Column, body: Callable[[int], str]) -> ColumnReading:
        """This column of strategies or kinds as the bodies of its rows number and call them."""
        return self._settled("spelt", body, lambda reading, code: _as_body_has_it(column, reading, code))

    def _settled(
        self, attribute: str, told: Callable[[int], Told], settle: Callable[[Reading, Told], Reading]
    ) -> ColumnReading:
        """This column with what its cells alone leave open, as the row tells it; equal ones are settled once."""
        lacking = self._rows_of(attribute)
        if not len(lacking):
            return self
        distinct, codes = list(self.distinct), self.code.copy()
        positions: dict[tuple[int, Told], int] = {}
        for i in lacking.tolist():
            key = (int(self.code[i]), told(i))
            if key not in positions:
                positions[key] = len(distinct)
                distinct.append(settle(self.distinct[key[0]], key[1]))
            codes[i] = positions[key]
        return ColumnReading(distinct, codes)

    def _rows_of(self, attribute: str) -> np.ndarray[Any, np.dtype[np.intp]]:
        present = np.array([bool(getattr(reading, attribute)) for reading in self.distinct], bool)
        return np.flatnonzero(present[self.code]) if present.any() else np.empty(0, np.intp)

    def _spread(self, values: list[object]) -> np.ndarray[Any, np.dtype[np.object_]]:
        holder = np.empty(len(values), object)
        holder[:] = values
        return np.asarray(holder[self.code], object)


_ZERO_DATE = Reading(None, note="K40", remark="adalah tanggal nol, cara program menulis tanggal kosong; dibaca kosong")


def read_column(column: Column, cells: Sequence[object]) -> ColumnReading:
    """Read all cells of a column; each distinct cell value is read once."""
    read = reader(column)
    known: dict[object, int] = {}
    plain = set(map(type, cells)) <= {str, type(None)}
    keys = cells if plain else list(map(_key, cells))
    # The default is evaluated before the key is added, so a new value gets the next number.
    codes = np.fromiter((known.setdefault(key, len(known)) for key in keys), np.intp, len(cells))
    first = np.unique(codes, return_index=True)[1]
    return ColumnReading([read(cells[i]) for i in first], codes)


def _key(cell: object) -> object:
    """What tells distinct cells apart: 1, 1.0, True and "1" are four."""
    if type(cell) is str:
        return cell
    if isinstance(cell, dict):
        return (dict, tuple((_key(name), _key(content)) for name, content in cell.items()))
    return (type(cell), tuple(map(_key, cell)) if isinstance(cell, list) else cell)


def reader(column: Column) -> Callable[[object], Reading]:
    """The function that reads one cell of a column."""
    read = _READERS[column.type_name]

    def read_cell(cell: object) -> Reading:
        if is_blank(cell):
            return Reading(column.brought)
        if isinstance(cell, str):
            if isinstance(cell, BrokenCell) or (cell[0] in "#E" and _CELL_ERROR.fullmatch(cell.strip())):
                return _read_broken(column, cell)
            if len(cell) < _LONGEST_BLANK_WORD and fold(cell) in _WITHOUT_CONTENT and not _allows(column, cell):
                return Reading(column.brought)
        return read(column, cell)

    return read_cell


def _allows(column: Column, cell: str) -> bool:
    """Whether a word for nothing is a value of the column: ``tidak ada`` answers a question for yes or no."""
    return column.vocabulary is not None and fold(cell) in choices(column.vocabulary)


def _read_broken(column: Column, cell: str) -> Reading:
    """A formula that gives nothing: in a number or a date it holds the row back, elsewhere the cell counts as empty."""
    if cell.startswith("="):
        message, remedy = "rumus yang belum dihitung", "Buka berkas di aplikasi lembar kerja, simpan, lalu kirim ulang."
    else:
        message, remedy = "galat rumus", "Perbaiki rumusnya atau tulis nilainya langsung."
    if column.type_name in {ColumnType.TEXT, ColumnType.CODE, ColumnType.TEXT_LIST}:
        return Reading(column.brought, note="K41", remark=f"adalah {message}; isian ini tidak dipakai")
    value = cell if column.type_name is ColumnType.CHOICE else None
    return Reading(value, Problem("rumus", f"adalah {message}", remedy))


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing: empty, spaces, a dash, an empty list."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or cell.isspace() or (len(cell) < 8 and cell.strip().lower() in _BLANK)
    return isinstance(cell, list) and all(map(is_blank, cell))


def clean_text(text: str) -> tuple[str, bool]:
    """Text in NFC with single spaces and without control, bidirectional and invisible characters; whether any were there."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(), False
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(clean.split()), _INVISIBLE.search(text) is not None


def as_text(cell: object) -> str:
    """A cell of any type as its writer saw it."""
    if isinstance(cell, str):
        return str(cell)
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**16:
        return str(int(cell))
    if isinstance(cell, int) and cell.bit_length() > _MOST_BITS:
        return "bilangan yang sangat panjang"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == datetime.min.time() else "%d/%m/%Y %H.%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, list):
        return "; ".join(map(as_text, cell))
    if isinstance(cell, dict):
        return "; ".join(f"{as_text(name)}: {as_text(content)}" for name, content in cell.items())
    return str(cell)


def _visible(cell: object) -> object:
    """A cell without the invisible characters that come along when dates and numbers are copied from chats and pages."""
    return clean_text(cell)[0] if isinstance(cell, str) and not cell.isascii() else cell


def _read_text(column: Column, cell: object) -> Reading:
    clean, dirty = clean_text(as_text(cell))
    clean = handle_of(clean) if column.handle else clean
    return Reading(clean or column.brought, note="K11" if dirty else "")


def _read_code(column: Column, cell: object) -> Reading:
    """A code stays text; a number is taken for what the spreadsheet program shows of it, worth a remark when whole."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Reading(as_text(cell), note="K21" if _WHOLE_CODE.fullmatch(as_text(cell)) else "")
    clean, dirty = clean_text(as_text(cell))
    return Reading(clean.lstrip("'").strip(), note="K11" if dirty else "")


def _read_date(column: Column, cell: object) -> Reading:
    """A date; a span where the contract has a start and an end, a year-less one to be completed by the period."""
    if is_zero_date(cell):
        return _ZERO_DATE
    try:
        reading = read_day(_visible(cell))
    except NotADate as error:
        return Reading(None, Problem("tanggal", error.message, error.remedy))
    if not reading.has_year:
        problem = Problem("tanggal", "tidak menyebut tahun", "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026.")
        return Reading(None, problem, yearless=reading)
    return _of_date(column, reading)


def _of_date(column: Column, reading: DateReading) -> Reading:
    start, end = (_midnight(moment) for moment in (reading.start, reading.end))
    code, wording = _date_remark(reading)
    if start == end:
        return Reading(start, note=code, remark=wording, utc=reading.utc)
    if column.default_from:
        return Reading(end, note="K40", remark=f"memuat dua tanggal; dipakai yang akhir, {end:%d/%m/%Y}")
    if column.name in _starts():
        span = f"memuat dua tanggal; dibaca mulai {start:%d/%m/%Y} selesai {end:%d/%m/%Y}"
        return Reading(start, note=code or "K40", remark=wording or span, finish=end)
    if column.first_of_span:
        span = f"memuat {start:%d/%m/%Y} sampai {end:%d/%m/%Y}; dipakai yang awal"
        return Reading(start, note=code or "K40", remark=wording or span)
    return Reading(None, Problem("tanggal", "menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026."))


@cache
def _starts() -> frozenset[str]:
    """Columns whose value another one takes when it is empty: starts of spans."""
    return frozenset(column.default_from for _, column in all_columns() if column.default_from)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), datetime.min.time())


def _date_remark(reading: DateReading) -> tuple[str, str]:
    """Rule and words of what is to be said of a date; a weekday that does not fit weighs most."""
    if reading.wrong_weekday and reading.day is not None:
        weekday = WEEKDAYS[reading.start.weekday()]
        return (
            "V10",
            f"{reading.start:%d/%m/%Y} adalah {weekday}, tertulis {WEEKDAYS[reading.day]}; tanggalnya tetap dipakai",
        )
    return ("K40", f"{reading.note}; dibaca {reading.start:%d/%m/%Y}") if reading.note else ("", "")


def _in_zone(reading: Reading, zone: tzinfo) -> Reading:
    """A day written in UTC as it is in a zone."""
    day = reading.utc.astimezone(zone) if reading.utc else reading.value
    return reading._replace(value=_midnight(day), utc=None) if isinstance(day, datetime) else reading


def _with_year(reading: Reading, first_day: date, last_day: date) -> Reading:
    """A date without a year as the period places it, with the remark that it was inferred (V11)."""
    complete = reading.yearless.with_year(first_day, last_day) if reading.yearless else None
    if complete is None:
        return reading
    start, end = (_midnight(moment) for moment in (complete.start, complete.end))
    code, wording = _date_remark(complete)
    if code != "V10":
        code, wording = "V11", f"tahun tidak tertulis; dibaca {start:%d/%m/%Y} menurut periode laporan"
    return Reading(start, note=code, remark=wording, finish=None if start == end else end)


def _read_datetime(column: Column, cell: object) -> Reading:
    if is_zero_date(cell):
        return _ZERO_DATE
    remedy = "Tulis tanggal dan jam, misalnya 13/08/2026 08.30."
    try:
        reading = read_dates(_visible(cell))
    except NotADate as error:
        return Reading(
            None, Problem("tanggal", error.message, remedy if error.message == "bukan tanggal" else error.remedy)
        )
    if not reading.has_year:
        return Reading(None, Problem("tanggal", "tidak menyebut tahun", remedy), yearless=reading)
    if reading.start.date() != reading.end.date():
        return Reading(None, Problem("tanggal", "menyebut dua tanggal", remedy))
    code, wording = _date_remark(reading)
    return Reading(reading.start, note=code, remark=wording)


def _read_number(column: Column, cell: object) -> Reading:
    try:
        figure = read_number(_visible(cell))
    except NotANumber as error:
        if column.name in NUMBERED_VOCABULARIES:
            return _read_numbered(column, cell)
        return Reading(
            None,
            Problem("bilangan", error.message, error.remedy or f"{_NUMBER_REMEDY} {column.example.replace('.', '')}."),
        )
    spelt = str(figure.nilai) if _by_body(column, figure.nilai) else ""
    return Reading(figure.nilai, note="K40" if figure.catatan else "", remark=figure.catatan, spelt=spelt)


def _by_body(column: Column, number: int) -> bool:
    """Whether a number of a numbered vocabulary is one to some bodies and none to others."""
    if column.name not in NUMBERED_VOCABULARIES:
        return False
    known = {
        str(number) in load_vocabulary()[vocabulary_of(column, code)].value
        for code in load_vocabulary()["lembaga"].value
    }
    return len(known) > 1


def _read_numbered(column: Column, cell: object) -> Reading:
    """The number of a numbered vocabulary by its words: ``Strategi III``, ``2. Menyelenggarakan pertemuan``."""
    written = clean_text(as_text(cell))[0].strip("'\"` ")
    return _of_strategies(column, NUMBERED_VOCABULARIES[column.name], written)._replace(spelt=written)


def _of_strategies(column: Column, vocabulary: str, written: str) -> Reading:
    choice = find_choice(vocabulary, written)
    if choice is None:
        return Reading(None, unknown_choice(column, written, vocabulary), wording=written)
    if not choice.note:
        return Reading(int(choice.value))
    return Reading(int(choice.value), note="K40", remark=f"dibaca sebagai {choice.value}", wording=written)


def _as_body_has_it(column: Column, reading: Reading, body: str) -> Reading:
    """A cell by the words of a body's own vocabulary; a body that nobody knows has those of all."""
    vocabulary = vocabulary_of(column, body)
    if vocabulary == vocabulary_of(column):
        return reading
    column = as_body_has_it(column, body)
    if reading.value is not None and column.type_name is ColumnType.INTEGER and reading.spelt.isdecimal():
        return reading if reading.spelt in load_vocabulary()[vocabulary].value else _beyond(column, vocabulary, reading)
    if column.type_name is ColumnType.CHOICE_LIST:
        return _list_of(column, vocabulary, reading.spelt.split("\n"))
    if column.type_name is ColumnType.CHOICE:
        return _choice_of(column, vocabulary, reading.spelt)
    return _of_strategies(column, vocabulary, reading.spelt)


def _beyond(column: Column, vocabulary: str, reading: Reading) -> Reading:
    """A bare number above the last one of a body's vocabulary."""
    message = f"di luar batas, {column.minimum} sampai {column.maximum}"
    return Reading(None, Problem("bilangan", message, numbered_remedy(column, vocabulary)), wording=reading.spelt)


def vocabulary_of(column: Column, body: str = "") -> str:
    """The vocabulary of a column's choices or numbers, a known body's own where it has one; "" when there is none."""
    name = NUMBERED_VOCABULARIES.get(column.name, column.vocabulary or "")
    own = VOCABULARIES_OF_BODIES[name](body) if name in VOCABULARIES_OF_BODIES else ""
    return own if own in load_vocabulary() else name


def _read_choice(column: Column, cell: object) -> Reading:
    written = clean_text(as_text(cell))[0].strip("'\"` ")
    reading = _choice_of(column, column.vocabulary or "", written)
    return reading._replace(spelt=written) if column.vocabulary in VOCABULARIES_OF_BODIES else reading


def _choice_of(column: Column, vocabulary: str, written: str) -> Reading:
    """An unknown choice keeps its text, so that the expectation on the vocabulary sees it."""
    choice = find_choice(vocabulary, written)
    if choice is None:
        return Reading(written or None, unknown_choice(column, written, vocabulary), wording=written)
    if not choice.note:
        return Reading(choice.value)
    return Reading(choice.value, note="K40", remark=choice.note, wording=written)


def _read_choices(column: Column, cell: object) -> Reading:
    parts = [as_text(part) for part in cell] if isinstance(cell, list) else re.split(r"[\r\n]+", as_text(cell))
    written = [clean_text(part)[0] for part in parts if not is_blank(part)]
    reading = _list_of(column, column.vocabulary or "", written)
    return reading._replace(spelt="\n".join(written)) if column.name in NUMBERED_VOCABULARIES else reading


def _list_of(column: Column, vocabulary: str, written: Sequence[str]) -> Reading:
    found = find_choices(vocabulary, written)
    problem = unknown_choice(column, found.unknown, vocabulary) if found.unknown else None
    wording = "\n".join(written) if found.unknown or found.note else ""
    return Reading(as_json(found.values), problem, "K40" if found.note else "", found.note, wording=wording)


def _read_texts(column: Column, cell: object) -> Reading:
    cleaned = [clean_text(part) for part in _parts(cell, _TEXT_SEPARATOR)]
    return Reading(as_json([text for text, _ in cleaned]), note="K11" if any(dirty for _, dirty in cleaned) else "")


def _read_url(column: Column, cell: object) -> Reading:
    address = clean_text(as_text(cell))[0]
    problem = _url_problem(address)
    return Reading(None if problem else address, problem)


def _read_urls(column: Column, cell: object) -> Reading:
    parts = _parts(cell, _URL_SEPARATOR)
    problems = [_url_problem(part) for part in parts]
    good = [part for part, problem in zip(parts, problems, strict=True) if not problem]
    return Reading(as_json(good), next(filter(None, problems), None))


_READERS: dict[ColumnType, Callable[[Column, object], Reading]] = {
    ColumnType.TEXT: _read_text,
    ColumnType.CODE: _read_code,
    ColumnType.DATE: _read_date,
    ColumnType.DATETIME: _read_datetime,
    ColumnType.INTEGER: _read_number,
    ColumnType.CHOICE: _read_choice,
    ColumnType.CHOICE_LIST: _read_choices,
    ColumnType.TEXT_LIST: _read_texts,
    ColumnType.URL: _read_url,
    ColumnType.URL_LIST: _read_urls,
}


def _parts(cell: object, separator: re.Pattern[str]) -> list[str]:
    """A list cell as its parts: a JSON list as it is, text split at its separators; every part once."""
    raw = map(as_text, cell) if isinstance(cell, list) else separator.split(as_text(cell))
    return list(dict.fromkeys(stripped for part in raw if (stripped := part.strip()) and not is_blank(stripped)))


def as_json(parts: Sequence[str]) -> str | None:
    """The values of a list cell as they are kept; None when there are none."""
    return json.dumps(list(parts), ensure_ascii=False) if parts else None


def _url_problem(address: str) -> Problem | None:
    """Only a whole http(s) address of a named host is a link; credentials in it are refused."""
    if _USUAL_URL.fullmatch(address) and len(address) <= URL_LENGTH:
        return None
    remedy = "Tulis alamat lengkap yang diawali https://."
    if not re.match(r"https?://", address, re.IGNORECASE):
        return Problem("tautan", "bukan alamat http(s)", remedy)
    try:
        parsed = urlsplit(address)
        host, credentials = parsed.hostname or "", parsed.username is not None
    except ValueError:
        return Problem("tautan", "bukan alamat yang sah", remedy)
    if credentials:
        return Problem("tautan", "memuat nama pengguna atau sandi", "Hapus bagian sebelum tanda @ pada alamat.")
    if len(address) > URL_LENGTH or any(letter.isspace() for letter in address) or not _HOST.fullmatch(host):
        return Problem("tautan", "bukan alamat yang sah", remedy)
    return None


def unknown_choice(column: Column, written: str, vocabulary: str = "") -> Problem:
    """What to say of a choice that is not in the vocabulary; vocabulary: another than the column's own, of a body."""
    if column.name in NUMBERED_VOCABULARIES:
        return _unknown_number(column, written, vocabulary or NUMBERED_VOCABULARIES[column.name])
    name = vocabulary or column.vocabulary or ""
    labels = [term.label for term in load_vocabulary()[name].terms]
    offered = f"{', '.join(labels[:_CHOICES_SHOWN])}{', …' if len(labels) > _CHOICES_SHOWN else ''}"
    return Problem("pilihan", f"tidak dikenal sebagai {column.label.lower()}", f"Pilih: {offered}.", written, name)


def remedy_of(column: Column, problem: Problem) -> str:
    """What to do about a cell that cannot be used; of an unknown choice, the nearest ones where there are any."""
    name = problem.vocabulary or column.vocabulary or ""
    nearest = nearest_labels(name, problem.unknown) if problem.unknown else []
    other = other_label(name) if problem.unknown else ""
    if nearest:
        unless = f", atau {other} bila bukan" if other else ""
        one = "salah satu" if len(nearest) > 1 or not other else "itu"
        return f"Mungkin maksudnya {' atau '.join(nearest)}. Tulis {one}{unless}."
    return problem.remedy + (f" Bila tidak ada yang cocok, tulis {other}." if other else "")


def _unknown_number(column: Column, written: str, vocabulary: str) -> Problem:
    noun = column.label.split()[0].lower()
    message = f"tidak dikenal sebagai {column.label.lower()}"
    if len(meant := meanings(vocabulary, written)) > 1:
        message = f"dapat berarti {noun} {' atau '.join(meant)}"
    elif is_tick(written):
        message = f"dapat berarti {noun} 5 atau tanda centang"
    return Problem("pilihan", message, numbered_remedy(column, vocabulary))


def numbered_remedy(column: Column, vocabulary: str = "") -> str:
    """The numbers to choose from, each with its short name; vocabulary: a body's, else that of all."""
    terms = load_vocabulary()[vocabulary or NUMBERED_VOCABULARIES[column.name]].terms
    what = "satu nomor" if column.type_name is ColumnType.INTEGER else "nomornya"
    return f"Tulis {what}: {', '.join(f'{term.value} {term.short}' for term in terms)}."
