"""Blocks of a data file that people write by hand: which keys they may have, what each holds, where a fault stands.

A reader takes what stands behind a key and gives the value, or a ValueError that says what belongs there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from humas.errors import OperatorError

Reader = Callable[[object], object]
Keys = Mapping[str, tuple[str, Reader]]
"""Key of the file → field of the model and reader of its value."""


@contextmanager
def place(file: str, *where: str) -> Iterator[None]:
    """Tell a ValueError with its place in one of the contract's data files.

    Raises:
        OperatorError: there was one; its message is one line.
    """
    try:
        yield
    except ValueError as error:
        remedy = f"betulkan include/humas/contract/data/{file}, lalu jalankan lagi."
        raise OperatorError("data_kontrak_keliru", f"{', '.join((file, *where))}: {error}.", remedy) from None


def fields(block: object, keys: Keys, needed: Iterable[str]) -> dict[str, Any]:
    """A block as fields of its model.

    Raises:
        ValueError: a key is unknown or missing, or holds something else than it should.
    """
    table = blocks(block)
    if unknown := [key for key in table if key not in keys]:
        raise ValueError(f"kunci {unknown[0]} tidak dikenal; yang ada: {', '.join(keys)}")
    if missing := [key for key in needed if key not in table]:
        raise ValueError(f"kunci {missing[0]} belum ditulis")
    return {keys[key][0]: _read(key, keys[key][1], value) for key, value in table.items()}


def _read(key: str, read: Reader, value: object) -> object:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{key} {error}") from None


def blocks(value: object) -> dict[str, Any]:
    """What stands under names of its own."""
    if not isinstance(value, dict):
        raise ValueError("harus blok berisi kunci dan nilainya")
    return value


def text(value: object) -> str:
    """One line, or none."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError("harus teks sebaris di antara tanda petik")
    return value


def words(value: object) -> str:
    """One line that says something."""
    if not text(value).strip():
        raise ValueError("tidak boleh kosong")
    return text(value)


def many_words(value: object) -> tuple[str, ...]:
    """Lines that say something."""
    if not isinstance(value, list):
        raise ValueError("harus daftar teks di antara kurung siku")
    return tuple(map(words, value))


def yes_or_no(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("harus true atau false")
    return value


def number(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("harus bilangan bulat tanpa tanda petik")
    return value


def span(value: object) -> tuple[int, int]:
    """The least and the most of something that is counted."""
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("harus dua bilangan di antara kurung siku: paling sedikit, paling banyak")
    least, most = map(number, value)
    if not 0 <= least <= most:
        raise ValueError(f"terbalik atau kurang dari nol: {least} sampai {most}")
    return least, most


def member_of(kinds: type[StrEnum]) -> Reader:
    """Reader of one of a few words."""

    def read(value: object) -> StrEnum:
        found = next((kind for kind in kinds if kind == value), None)
        if found is None:
            raise ValueError(f"{value!r} tidak dikenal; yang ada: {', '.join(kinds)}")
        return found

    return read


def name_in(known: Callable[[], Container[str]], file: str) -> Reader:
    """Reader of a name that another data file knows."""

    def read(value: object) -> str:
        if words(value) not in known():
            raise ValueError(f"{value!r} tidak ada dalam {file}")
        return words(value)

    return read


def once(owners: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Each word belongs to one owner, however its letters are written.

    Raises:
        ValueError: two owners have the same word.
    """
    known: dict[str, str] = {}
    for owner, its_words in owners:
        for word in its_words:
            if (other := known.setdefault(word.casefold(), owner)) != owner:
                raise ValueError(f'"{word}" dipakai {other} dan {owner}')
