"""Digits of a text as chains of groups: what people write as one number, however they separate its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GROUP = re.compile(r"(?<=[/.\-]\d[/.\-])(?:19|20)\d\d(?=\d{9})|(?<=[/.\-]\d\d[/.\-])(?:19|20)\d\d(?=\d{9})|\d+")
_GAP = re.compile(r"(?:[^\w\0\"*;%=<>\u2026]|_){0,4}| ?\* ?")
_LINK_GAP = re.compile(r"[ .\-_()+]{0,4}")
_DATE = (
    r"(?<!\d)(?<!\d[./\-])(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./\-] ?)(?:0?[1-9]|1[0-2])(?P=a)(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?P<b>[./\-])(?:0?[1-9]|1[0-2])(?P=b)(?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_TIME = r"(?<!\d)(?<!\d[.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?(?![.:]?\d)"
_THOUSANDS = (
    r"(?<!\d)(?<!\d[.,])(?<!\+)(?!\d(?:[.,]\d{3}){5}(?![.,]?\d))[1-9]\d{0,2}(?P<c>[.,])\d{3}(?:(?P=c)\d{3})+(?![.,]?\d)"
)
_OTHER_NUMBERS = re.compile(f"{_DATE}|{_TIME}|{_THOUSANDS}")


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups of digits with nothing but separators between them.

    text: the whole plain text. groups: (start, end) of each group of digits in it. digits: the digits of each group.
    settled: whether a group belongs to a date, a time of day or an amount with thousands points (but sixteen digits so
    written may be a NIK).
    """

    text: str
    groups: tuple[tuple[int, int], ...]
    digits: tuple[str, ...]
    settled: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def start(self) -> int:
        """Where its first digit stands."""
        return self.groups[0][0]

    @property
    def end(self) -> int:
        """Where its last digit ends."""
        return self.groups[-1][1]

    @property
    def open_digits(self) -> int:
        """How many of its digits are not settled."""
        return sum(len(digits) for digits, settled in zip(self.digits, self.settled, strict=True) if not settled)

    def gap(self, i: int) -> str:
        """What stands between group ``i`` and the one before it; "" before the first."""
        return self.text[self.groups[i - 1][1] : self.groups[i][0]] if i else ""

    def gaps(self, start: int, end: int) -> set[str]:
        """The different separators within groups ``start`` to before ``end``, without blanks."""
        return {self.gap(i).strip() for i in range(start + 1, end)}

    def part(self, first: int, last: int) -> Chain:
        """The groups ``first`` to before ``last`` as a chain of their own."""
        return Chain(self.text, self.groups[first:last], self.digits[first:last], self.settled[first:last])


def chains(text: str, fewest: int, *, link: bool = False) -> Iterator[Chain]:
    """The chains of a plain text with at least so many digits, from left to right; in a link, slashes end one."""
    gap = _LINK_GAP if link else _GAP
    groups: list[tuple[int, int]] = []
    for match in _GROUP.finditer(text):
        if groups and not gap.fullmatch(text, groups[-1][1], match.start()):
            yield from _chain(text, groups, fewest)
            groups = []
        groups.append(match.span())
    yield from _chain(text, groups, fewest)


def _chain(text: str, groups: list[tuple[int, int]], fewest: int) -> Iterator[Chain]:
    if sum(end - start for start, end in groups) < fewest:
        return
    others = _OTHER_NUMBERS.finditer(text, groups[0][0], groups[-1][1])
    covered = {place for match in others for place in range(*match.span())}
    digits = tuple(text[start:end] for start, end in groups)
    yield Chain(text, tuple(groups), digits, tuple(start in covered for start, _ in groups))
