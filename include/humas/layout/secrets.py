"""Passwords, under a header or within a text of any cell: emptied before anything reads, shows or stores it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from humas.layout.sheet import blank_cell, column_letter
from humas.reading.table import RawTable, ReadingNote

_SECRET = re.compile(
    r"(?:kata\s*)?sandi(?:\s+akun)?|(?:user(?:name)?\s*(?:/|&|dan)\s*)?(?:pass(?:word|code)?|pasword|pswd?|pwd?)(?:\s+akun)?|kode\s+(?:otp|2fa|pemulihan|akses)"
    r"|akses\s+login|login\s*/\s*pass(?:word)?|pin(?:\s+akun)?",
    re.IGNORECASE,
)
_NAME = (
    r"(?:(?P<clear>kata\s?sandi|pass(?:word|code)?|pasword|pswd?|pwd?|kode\s(?:otp|2fa|pemulihan|akses))|(?P<other>sandi|pin))"
    r"(?:-?nya)?"
)
_OF_WHAT = (
    r"(?:\s(?:akun|ig|instagram|fb|facebook|tiktok|twitter|x|youtube|email|e-mail|surel|gmail|login|wifi|zoom|web|website|situs"
    r"|admin|humas|lama|baru(?:nya)?)){0,3}"
)
_TOLD = re.compile(
    rf"(?<![\w?&/.-]){_NAME}{_OF_WHAT}"
    r"(?P<sign>\s?[:=]\s?|\s(?:adalah|ialah|yaitu)\s|\s)[\"'“]?(?P<value>[^\s;|,\"'”()]{2,64})",
    re.IGNORECASE | re.DOTALL,
)
"""A word for a password, of what, a sign, and what may be one."""
_MAY_TELL = re.compile(r"sandi|pass|pasw|psw|pw|pin|kode\s", re.IGNORECASE)
_SPOKEN_OF = re.compile(
    r"(?<![\w?&/.-])(?:(?:kata|kt)\.?\s?sandi|sandi(?=\s?nya|\s(?:masih|lama|baru|akun|ig|fb|wa|email)\b)|pass(?:code)?|pas{1,2}w(?:o?rd|d)?|pswd?|pwd)(?:\s?-?nya)?(?![\w-])",
    re.IGNORECASE,
)
"""What can mean nothing but a password, as people spell it: behind it all that looks like one is one."""
_PIECE = re.compile(r"[^\s;|,\"'“”()→=]+")
_NUMBER_TOLD = re.compile(
    r"(?<![\w?&/.-])(?:pin(?:\s?-?nya)?|(?:kode\s)?otp|kode\s(?:2fa|cadangan|pemulihan|verifikasi))(?:\s(?!\d{3})\w+){0,3}\s?[:=]?\s?"
    r"(?P<value>\d{4,8}(?:[ -]\d{4,8}){0,3}|\d{3}[ -]\d{3})(?!\w|\s?(?:buah|lembar|orang|peserta|pcs))",
    re.IGNORECASE,
)
_NO_LOOK = re.compile(
    r"[a-z]+2(?:nya|an)?|\d[\d.,:/-]*[a-z]{1,5}|(?:tw|q|ta|hut|ke|no|pkpu|uu|pp|rp|hp|wa)[-./]?\d.*|@.*|\S+@\S+\.\S+|https?:.*|\S+\.(?:id|com|org)\S*",
    re.IGNORECASE,
)
"""Doubled words ("masing2"), amounts with their unit, numbered things, names of accounts, addresses."""
_CLAUSE_ENDS = re.compile(r"[\"'”]?\s?(?:$|[;|)\n/]|,?\s?(?:user|email|login|pin|akun))", re.IGNORECASE)
_CLAUSE_BEGINS = re.compile(r"(?:^|[;|(\n/,.]|\b(?:user|login|akun|email))\s{0,3}$", re.IGNORECASE)
_NO_SECRET = frozenset({
    "lupa", "hilang", "ada", "belum", "sudah", "tidak", "sama", "aman", "kosong", "diganti", "diubah", "disimpan", "terlampir", "menyusul",
    "kuat", "lemah", "unik",
})  # fmt: skip
"""What is said of a password in place of one."""
_PLACEHOLDER = "[dihapus]"
_BEFORE = 16
_SHORT_NUMBER, _SHORT_MIX, _SHORT_LOOK = 3, 3, 4
_LONGEST = 40
_FURTHEST = 60
"""Rows that may hold a header: looking at each cell of a long table would cost more than it finds."""


def without_secrets(table: RawTable) -> RawTable:
    """The table without what stands under a header for passwords or behind a word for one, and a remark for each such column."""
    return _without_told(_without_columns(table))


def _without_columns(table: RawTable) -> RawTable:
    found = dict(_columns(table))
    if not found:
        return table
    cells = [
        [None if found.get(position, index) < index else cell for position, cell in enumerate(row)]
        for index, row in enumerate(table.cells)
    ]
    return replace(table, cells=cells, notes=(*table.notes, *(_told(table, at, row) for at, row in found.items())))


def _without_told(table: RawTable) -> RawTable:
    """The table without passwords that texts tell; the word for them stays."""
    emptied = {
        (index, position): told
        for index, row in enumerate(table.cells)
        for position, cell in enumerate(row)
        if isinstance(cell, str) and _MAY_TELL.search(cell) and (told := _emptied(cell)) != cell
    }
    if not emptied:
        return table
    cells = [
        [emptied.get((index, position), cell) for position, cell in enumerate(row)]
        for index, row in enumerate(table.cells)
    ]
    rows = {position: [at for at, one in emptied if one == position] for _, position in emptied}
    notes = (_told_in(table, position, some) for position, some in rows.items())
    return replace(table, cells=cells, notes=(*table.notes, *notes))


def _emptied(text: str) -> str:
    """A text with a placeholder for each password in it."""
    return _without_numbers(_without_looks(_without_values(text)))


def _without_looks(text: str) -> str:
    """Without what looks like a password anywhere behind a word for one, such as after "diganti jadi"."""
    spoken = _SPOKEN_OF.search(text)
    if not spoken:
        return text
    behind = _PIECE.sub(lambda piece: _hidden(piece[0]), text[spoken.end() :])
    return text[: spoken.end()] + behind


def _hidden(piece: str) -> str:
    bare = piece.rstrip(".:!?")
    value = piece if bare == piece[:-1] and piece.endswith("!") else bare
    mixed = len(bare) > _SHORT_LOOK and any(map(str.isalpha, bare)) and any(map(str.isdecimal, bare))
    return _PLACEHOLDER + piece[len(value) :] if mixed and not _NO_LOOK.fullmatch(bare) else piece


def _without_numbers(text: str) -> str:
    """Without numbers that only a number code can be."""
    return _NUMBER_TOLD.sub(lambda told: told[0][: told.start("value") - told.start()] + _PLACEHOLDER, text)


def _without_values(text: str) -> str:
    """Without what stands right behind a word for a password."""
    parts, done = [], 0
    for found in _TOLD.finditer(text):
        value = found["value"].rstrip(".:")
        if value and _is_told(found, value, text):
            begin = found.start("value")
            parts += [text[done:begin], _PLACEHOLDER]
            done = begin + len(value)
    return "".join((*parts, text[done:]))


def _is_told(found: re.Match[str], value: str, text: str) -> bool:
    """Whether a value behind a word for passwords is one: by its look, or because it is all that its clause says.

    "Sandi" is a name and a pin is worn, so behind these only what is mixed, or a number that ends its clause, is one.
    """
    if value.lower() in _NO_SECRET or value.lower().startswith("http") or not any(map(str.isalnum, value)):
        return False
    signed = not found["sign"].isspace()
    ends = _CLAUSE_ENDS.match(text, found.start("value") + len(value)) is not None
    if _is_mixed(value):
        return True
    if value.isdecimal():
        return ends and len(value) > _SHORT_NUMBER and (signed or found["clear"] is not None)
    begins = _CLAUSE_BEGINS.search(text[max(0, found.start() - _BEFORE) : found.start()]) is not None
    return signed and ends and begins and found["clear"] is not None


def _is_mixed(value: str) -> bool:
    """Whether letters stand with digits or with signs that no word has."""
    letters = any(map(str.isalpha, value))
    mixed = letters and len(value) > _SHORT_MIX and any(not one.isalpha() for one in value)
    return mixed and not _NO_LOOK.fullmatch(value)


def _columns(table: RawTable) -> Iterator[tuple[int, int]]:
    """Column and row of each header for passwords that has something below it; the first one of a column."""
    seen: set[int] = set()
    for index, row in enumerate(table.cells[:_FURTHEST]):
        for position, cell in enumerate(row):
            if position not in seen and _is_secret(cell) and _filled_below(table, position, index):
                seen.add(position)
                yield position, index


def _is_secret(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and _SECRET.fullmatch(cell.strip(" *:")) is not None


def _filled_below(table: RawTable, position: int, index: int) -> bool:
    return any(position < len(row) and not blank_cell(row[position]) for row in table.cells[index + 1 :])


def _told(table: RawTable, position: int, index: int) -> ReadingNote:
    message = f"kolom {column_letter(position)} berjudul kata sandi; isinya tidak dibaca dan tidak disimpan di gudang."
    return ReadingNote("K90", message, row=table.row_number(index), position=position)


def _told_in(table: RawTable, position: int, rows: list[int]) -> ReadingNote:
    message = f"{len(rows)} sel kolom {column_letter(position)} memuat kata sandi; isinya tidak dibaca dan tidak disimpan di gudang."
    return ReadingNote("K90", message, row=table.row_number(rows[0]), position=position)
