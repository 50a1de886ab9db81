"""Data files of a body, read block by block: what is asked for is taken out, what is left over was never meant."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(eq=False)
class BodyFault(Exception):
    """What is wrong in a body's folder, and where. line: of the file, 0 when the whole file is meant."""

    code: str
    file: str
    line: int
    what: str

    @property
    def place(self) -> str:
        """File and line as a person finds them."""
        return f"{f'{self.code}/' if self.code else ''}{self.file}{f', baris {self.line}' if self.line else ''}"

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def nth(section: str, number: int) -> str:
    """Name of one of several blocks under one heading (``[[butir]]``), the first is 1."""
    return f"{section}#{number}"


class BodyFile:
    """One file of a body's folder and its text, to tell faults with their line."""

    def __init__(self, code: str, file: str, text: str) -> None:
        self.code, self.file, self.text = code, file, text

    def fault(self, what: str, *, section: str = "", key: str = "") -> BodyFault:
        """A fault at a key of a section, at the section, or of the whole file."""
        return BodyFault(self.code, self.file, self._line(section, key), what)

    def fault_at(self, line: int, what: str) -> BodyFault:
        """A fault at a line."""
        return BodyFault(self.code, self.file, line, what)

    def content(self) -> Block:
        """The whole file as a block."""
        try:
            return Block(self, "", tomllib.loads(self.text))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise self.fault_at(int(line[1]) if line else 0, "bukan TOML yang sah") from error

    def _line(self, section: str, key: str) -> int:
        here, place, repeats = "", 0, Counter[str]()
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*(\[+)\s*([\w.]+)\s*\]+", line):
                repeats[header[2]] += 1
                here = header[2] if header[1] == "[" else nth(header[2], repeats[header[2]])
                place = number if here == section and not place else place
            if key and here == section and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number
        return place


class Block:
    """One block of a file; what is asked for is taken out."""

    def __init__(self, source: BodyFile, section: str, content: object) -> None:
        self._source, self._section = source, section
        if not isinstance(content, dict):
            raise source.fault("harus berupa blok", section=section)
        self._left: dict[str, Any] = dict(content)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        if default is not None and key not in self._left:
            return default
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, f'kunci "{key}" harus berisi teks')
        return value

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, f'kunci "{key}" harus berupa bilangan bulat')
        return value

    def number_within(self, key: str, smallest: int, largest: int) -> int:
        """A whole number between two others, both inclusive."""
        if not smallest <= (value := self.number(key)) <= largest:
            raise self.fault(key, f'kunci "{key}" harus {smallest} sampai {largest}')
        return value

    def span(self, key: str, smallest: int, largest: int) -> tuple[int, int]:
        """Two whole numbers within two others, the smaller one first."""
        value = self._take(key)
        if not isinstance(value, list) or len(value) != 2 or not all(type(one) is int for one in value):
            raise self.fault(key, f'kunci "{key}" harus dua bilangan bulat, misalnya [15, 60]')
        if not smallest <= value[0] <= value[1] <= largest:
            raise self.fault(key, f'kunci "{key}" harus urut, dari {smallest} sampai {largest}')
        return value[0], value[1]

    def flag(self, key: str) -> bool:
        """True or false, one of which must be there."""
        if not isinstance(value := self._take(key), bool):
            raise self.fault(key, f'kunci "{key}" harus true atau false')
        return value

    def day(self, key: str) -> date:
        """A day that must be there, as TOML has it or as text."""
        value = self._take(key)
        try:
            return value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            raise self.fault(key, f'kunci "{key}" harus tanggal, misalnya 2026-07-01') from None

    def one_of(self, key: str, words: tuple[str, ...]) -> str:
        """One of a few words that must be there."""
        if (value := self._take(key)) not in words:
            raise self.fault(key, f'kunci "{key}" harus salah satu dari {", ".join(words)}')
        return str(value)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; without a default it must be there and hold one."""
        if default is not None and key not in self._left:
            return default
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.fault(key, f'kunci "{key}" harus berupa daftar teks')
        if default is None and not value:
            raise self.fault(key, f'kunci "{key}" kosong')
        return tuple(value)

    def number_lists(self, largest: int) -> dict[str, tuple[int, ...]]:
        """All that is left: numbers from 1 to the largest under each key."""
        lists = {}
        for key in list(self._left):
            value = self._take(key)
            if not isinstance(value, list) or not value or not all(one in range(1, largest + 1) for one in value):
                raise self.fault(key, f'kunci "{key}" harus daftar nomor 1 sampai {largest}')
            lists[key] = tuple(value)
        return lists

    def pattern(self, key: str, flags: int = 0) -> re.Pattern[str]:
        """A regular expression that must be there."""
        try:
            return re.compile(self.text(key), flags)
        except re.error as error:
            raise self.fault(key, f'kunci "{key}" bukan pola yang sah ({error})') from error

    def patterns(self, key: str, flags: int = 0) -> tuple[re.Pattern[str], ...]:
        """A list of regular expressions, empty where the key is not there."""
        try:
            return tuple(re.compile(text, flags) for text in self.texts(key, ()))
        except re.error as error:
            raise self.fault(key, f'kunci "{key}" memuat pola yang tidak sah ({error})') from error

    def part(self, key: str) -> Block | None:
        """A block inside this one, if it is there."""
        return self.needed_part(key) if key in self._left else None

    def needed_part(self, key: str) -> Block:
        """A block inside this one that must be there."""
        return Block(self._source, f"{self._section}.{key}".lstrip("."), self._take(key))

    def parts(self, key: str) -> list[Block]:
        """Blocks in a row, one at least."""
        value = self._take(key)
        if not isinstance(value, list) or not value:
            raise self.fault(key, f'"[[{key}]]" harus ada, satu blok untuk tiap isian')
        section = f"{self._section}.{key}".lstrip(".")
        return [Block(self._source, nth(section, number), one) for number, one in enumerate(value, 1)]

    def all_entries(self) -> list[tuple[str, list[Block]]]:
        """All that is left by name, each one block, or several in a row: ``[name]``, ``[[name]]``."""
        return [
            (key, self.parts(key) if isinstance(self._left[key], list) else [self.needed_part(key)])
            for key in list(self._left)
        ]

    def all_parts(self) -> list[tuple[str, Block]]:
        """All that is left, each a block under its name."""
        return [(key, self.needed_part(key)) for key in list(self._left)]

    def __contains__(self, key: str) -> bool:
        """Whether a key is there, not taken out yet."""
        return key in self._left

    def rest(self) -> str:
        """A key that nobody asked for, "" when there is none."""
        return min(self._left, default="")

    def close(self) -> None:
        """Refuse what nobody asked for."""
        if unknown := self.rest():
            raise self.fault(unknown, f'kunci "{unknown}" tidak dikenal')

    def fault(self, key: str, what: str) -> BodyFault:
        """A fault at a key of this block."""
        return self._source.fault(what, section=self._section, key=key)

    def _take(self, key: str) -> object:
        if key not in self._left:
            raise self._source.fault(f'kunci "{key}" tidak ada', section=self._section)
        return self._left.pop(key)
