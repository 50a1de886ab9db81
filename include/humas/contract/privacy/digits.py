"""Digits of a text as chains of groups: what people write as one number, however they separate its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Chain:
    """Groups of digits with nothing but separators between them.

    text: the whole plain text. groups: (start, end) of each group of digits in it.
    """

    text: str
    groups: tuple[tuple[int, int], ...]

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

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """The digits of each group."""
        return tuple(self.text[start:end] for start, end in self.groups)

    @cached_property
    def size(self) -> int:
        """How many digits it has."""
        return sum(map(len, self.digits))

    def gap(self, i: int) -> str:
        """What stands between group ``i`` and the one before it; "" before the first."""
        return self.text[self.groups[i - 1][1] : self.groups[i][0]] if i else ""

    def gaps(self, start: int, end: int) -> set[str]:
        """The different separators within groups ``start`` to before ``end``, without blanks."""
        return {self.gap(i).strip() for i in range(start + 1, end)}

    @cached_property
    def settled(self) -> frozenset[int]:
        """Groups that belong to a date, a time of day or an amount with thousands points (sixteen digits may be a NIK)."""
        others = _OTHER_NUMBERS.finditer(self.text, self.start, self.end)
        covered = {place for match in others for place in range(*match.span())}
        return frozenset(i for i, (start, _) in enumerate(self.groups) if start in covered)

    def lengths(self) -> tuple[int, ...]:
        """How many digits each group has."""
        return tuple(map(len, self.digits))

    def part(self, first: int, last: int) -> Chain:
        """The groups ``first`` to before ``last`` as a chain of their own."""
        return Chain(self.text, self.groups[first:last])


def chains(text: str, *, link: bool = False) -> Iterator[Chain]:
    """All chains of a plain text, from left to right; in a link, slashes and parameters end one."""
    gap = _LINK_GAP if link else _GAP
    groups: list[tuple[int, int]] = []
    for match in _GROUP.finditer(text):
        if groups and not gap.fullmatch(text, groups[-1][1], match.start()):
            yield Chain(text, tuple(groups))
            groups = []
        groups.append(match.span())
    if groups:
        yield Chain(text, tuple(groups))
