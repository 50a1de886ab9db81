"""A second look at workbooks of the old binary format (XLS), record by record.

The spreadsheet library shows cells with an error as empty, passes over formulas under the record numbers of older
versions, and takes texts for those of the code page stated, though this version of the format knows UTF-16 alone.
What it does not show is told here, and how many cells are filled.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from humas.reading.table import BrokenCell

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFF0
"""Sector numbers from here on are marks: end of a chain, free, part of the table."""
_ENTRY = 128
_LARGEST_SECTOR = 12
"""As a power of two."""
_STREAM = "workbook"
_BOF, _EOF, _CODEPAGE, _SHEET, _SHARED, _CONTINUE = 0x809, 0x0A, 0x42, 0x85, 0xFC, 0x3C
_SHARED_TEXT, _TEXTS, _RESULT, _ERROR = 0xFD, frozenset({0x204, 0xD6}), 0x207, 0x205
_KNOWN_FORMULA, _UNUSED = 0x06, struct.pack("<H", 0x0FFF)
_FORMULAS, _NUMBERS, _ROW_OF_NUMBERS = frozenset({0x06, 0x206, 0x406}), frozenset({0x203, 0x27E}), 0xBD
_VERSION = b"\x00\x06"
_UTF16 = struct.pack("<H", 1200)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Place = tuple[int, int]
"""Row counted from 1, column counted from 0."""


@dataclass(slots=True)
class Cells:
    """What one sheet holds. count: filled cells. shown: errors and results of formulas, which the library may miss."""

    count: int = 0
    shown: dict[Place, object] = field(default_factory=dict)


def examine(data: bytes) -> tuple[bytes, Mapping[str, Cells]]:
    """The file as the library reads it rightly, and the cells of each sheet by its name.

    The code page becomes the one that texts are really in, and a text that belongs to a formula the library does not
    know is taken out, for it would stand in another cell. A file that cannot be looked into, or of an older version,
    comes back as it is, without cells.
    """
    try:
        pieces = _sectors(data)
        stream = _joined(data, pieces)
        if stream[4:6] != _VERSION:
            return data, {}
        changes = dict(_code_page(stream))
        blank = frozenset(number for number, text in enumerate(_shared_texts(stream)) if not text.strip())
        cells = {name: _cells(stream, start, blank, changes) for name, start in _sheets(stream)}
        return _replaced(data, pieces, changes), cells
    except (struct.error, IndexError, ValueError):
        return data, {}


def _code_page(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Where the code page stands, and what it must be."""
    for number, start, length in _records(stream, 0):
        if number == _CODEPAGE and length == 2:
            yield start, _UTF16
        if number in {_SHEET, _EOF}:
            return


def _sectors(data: bytes) -> list[tuple[int, int]]:
    """Where the pieces of the workbook's stream stand in the file: offset and length, in order."""
    if not data.startswith(_SIGNATURE):
        raise ValueError
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], _LARGEST_SECTOR)
    first, cutoff, small_first = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    table = _table(data, size)
    folder = b"".join(data[_at(number, size) : _at(number, size) + size] for number in _chain(table, first))
    entries = [folder[i : i + _ENTRY] for i in range(0, len(folder), _ENTRY)]
    start, length = next((_extent(entry) for entry in entries if _name(entry) == _STREAM), (_FREE, 0))
    if not length:
        raise ValueError
    if length >= cutoff:
        return _cut([(_at(number, size), size) for number in _chain(table, start)], length)
    holder = [_at(number, size) for number in _chain(table, _extent(entries[0])[0])]
    small = b"".join(data[_at(number, size) : _at(number, size) + size] for number in _chain(table, small_first))
    numbers = _chain(struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4]), start)
    return _cut([(holder[number * 64 // size] + number * 64 % size, 64) for number in numbers], length)


def _at(number: int, size: int) -> int:
    return (number + 1) * size


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    further, limit = struct.unpack_from("<I", data, 68)[0], len(data) // size
    while further < _FREE and len(sectors) <= limit + 109:
        *more, further = struct.unpack_from(f"<{size // 4}I", data, _at(further, size))
        sectors += more
    used = (number for number in sectors if number < _FREE and _at(number, size) + size <= len(data))
    return tuple(
        following for number in used for following in struct.unpack_from(f"<{size // 4}I", data, _at(number, size))
    )


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    numbers: list[int] = []
    while start < _FREE and len(numbers) <= len(table):
        numbers.append(start)
        start = table[start]
    return numbers


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace").casefold()


def _extent(entry: bytes) -> tuple[int, int]:
    start, length = struct.unpack_from("<II", entry, 116)
    return start, length


def _cut(pieces: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The pieces as far as the stream goes."""
    size = pieces[0][1] if pieces else 1
    return pieces[: -(-length // size)]


def _joined(data: bytes, pieces: list[tuple[int, int]]) -> bytes:
    return b"".join(data[offset : offset + length] for offset, length in pieces)


def _replaced(data: bytes, pieces: list[tuple[int, int]], changes: Mapping[int, bytes]) -> bytes:
    """The file with some bytes of the stream replaced, by their place in it."""
    changed, size = bytearray(data), pieces[0][1]
    for start, content in changes.items():
        for number, byte in enumerate(content, start=start):
            changed[pieces[number // size][0] + number % size] = byte
    return bytes(changed)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each record."""
    unpack = struct.Struct("<HH").unpack_from
    while position + 4 <= len(stream):
        number, length = unpack(stream, position)
        yield number, position + 4, length
        position += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for number, start, _ in _records(stream, 0):
        if number == _SHEET:
            position, _, length, wide = struct.unpack_from("<IHBB", stream, start)
            yield _decoded(stream[start + 8 : start + 8 + 2 * length], length, wide), position
        elif number == _EOF:
            return


def _decoded(content: bytes, length: int, wide: int) -> str:
    return content[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else content[:length].decode("latin-1")


def _shared_texts(stream: bytes) -> Iterator[str]:
    """The texts that cells name by number; one may run over the end of a record, behind which its width stands anew."""
    pieces: list[bytes] = []
    for number, start, length in _records(stream, 0):
        if number == _SHARED or (number == _CONTINUE and pieces):
            pieces.append(stream[start : start + length])
        elif pieces or number == _EOF:
            break
    if not pieces:
        return
    source, count = _Pieces(pieces), struct.unpack_from("<I", pieces[0], 4)[0]
    source.take(8)
    for _ in range(count):
        yield source.text()


@dataclass(slots=True)
class _Pieces:
    """Records read one after the other."""

    pieces: list[bytes]
    number: int = 0
    position: int = 0

    def take(self, length: int) -> bytes:
        """The next bytes, over the ends of records."""
        taken = b""
        while length:
            if self.position == len(self.pieces[self.number]):
                self.number, self.position = self.number + 1, 0
            part = self.pieces[self.number][self.position : self.position + length]
            taken, length, self.position = taken + part, length - len(part), self.position + len(part)
        return taken

    def text(self) -> str:
        """The next text, without its formats."""
        length, wide = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if wide & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if wide & 4 else 0
        text = ""
        while length:
            rest = (len(self.pieces[self.number]) - self.position) // (1 + (wide & 1))
            if not rest:
                self.number, self.position = self.number + 1, 0
                wide = self.take(1)[0]
                continue
            part = min(rest, length)
            text += _decoded(self.take(part * (1 + (wide & 1))), part, wide)
            length -= part
        self.take(4 * runs + extra)
        return text


def _cells(stream: bytes, position: int, blank: frozenset[int], changes: dict[int, bytes]) -> Cells:
    """The cells of the sheet that begins here; what must be changed for the library is added to ``changes``."""
    found, depth = Cells(), 0
    pending: Place | None = None
    known = True
    for number, start, length in _records(stream, position):
        if number == _SHARED_TEXT:
            found.count += struct.unpack_from("<I", stream, start + 6)[0] not in blank
        elif number in _NUMBERS:
            found.count += 1
        elif number == _ROW_OF_NUMBERS:
            found.count += (length - 6) // 6
        elif number in _TEXTS:
            size, wide = struct.unpack_from("<HB", stream, start + 6)
            found.count += bool(_decoded(stream[start + 9 : start + length], size, wide).strip())
        elif number in _FORMULAS or number == _ERROR:
            place = _place(stream, start)
            value = _of_formula(stream, start) if number in _FORMULAS else _of_error(stream, start + 6)
            pending = place if value is None else None
            known = number == _KNOWN_FORMULA
            if value not in {None, ""}:
                found.shown[place] = value
        elif number == _RESULT and pending:
            size, wide = struct.unpack_from("<HB", stream, start)
            if (text := _decoded(stream[start + 3 : start + length], size, wide)).strip():
                found.shown[pending] = text
            if not known:
                changes[start - 4] = _UNUSED
            pending = None
        elif number in {_BOF, _EOF}:
            depth += 1 if number == _BOF else -1
            if not depth:
                break
    found.count += len(found.shown)
    return found


def _place(stream: bytes, start: int) -> Place:
    row, column = struct.unpack_from("<HH", stream, start)
    return row + 1, column


def _of_formula(stream: bytes, start: int) -> object:
    """The result of a formula; None when it is a text, which follows in a record of its own; "" when it is empty."""
    kind, code, mark = stream[start + 6], stream[start + 8], stream[start + 12 : start + 14]
    if mark != b"\xff\xff":
        return struct.unpack_from("<d", stream, start + 6)[0]
    if kind == 0:
        return None
    return {1: bool(code), 2: BrokenCell(_ERRORS.get(code, "#N/A"))}.get(kind, "")


def _of_error(stream: bytes, position: int) -> object:
    """A cell that holds a truth value or an error."""
    value, is_error = stream[position], stream[position + 1]
    return BrokenCell(_ERRORS.get(value, "#N/A")) if is_error else bool(value)
