"""Unit and body in running text, such as a title row or a file name: what it names, as far as it says.

Found with the register's own way of reading names, over every run of words; the longest run that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from humas.bodies import BODIES, alternatives
from humas.periods.in_text import QUARTER
from humas.registry import Register, Satker
from humas.registry.names import ParsedName, key_of, normalize, parse_name

_WORDS_LOOKED_AT, _NAME_WORDS = 40, 9
_BODY = {
    code: re.compile(rf"\b(?:{alternatives(body.words.file)})\b") for code, body in BODIES.items() if body.words.file
}
_NATIONAL = re.compile(
    rf"\b(?:{alternatives(word for body in BODIES.values() for word in body.words.national_in_file)})"
    r" (?:ri|republik indonesia|pusat|nasional|kemendagri)\b"
)
_AFTER_CODE = ["tw", "triwulan", "prov", *(word for body in BODIES.values() for word in body.words.after_code)]
_CODE = re.compile(r"(?<![0-9.,/])([0-9]{2}\.[0-9]{2})(?![0-9.,/])")
_CODE_FIRST = re.compile(rf"\s*([0-9]{{2}})(?=[\s_\-]+(?:20[0-9]{{2}}|{alternatives(_AFTER_CODE)}))", re.IGNORECASE)


def units_in(text: str, register: Register, *, without_kind: bool) -> frozenset[str]:
    """Codes of the units a text may mean; a province named beside one of its own units only says where that lies.

    without_kind: take a bare name ("Semarang") too, which in a long title may be any word.
    """
    codes = {code for code in _codes(text) if register.in_force(code)}
    spans = _names(text, _index(register), without_kind=without_kind)
    named = {code for span in spans for code in span if not _only_where(code, span, spans)}
    if not named and _NATIONAL.search(normalize(text)):
        named = {"00"}
    both = codes & named
    return frozenset(both or codes | named)


def _only_where(code: str, span: frozenset[str], spans: Sequence[frozenset[str]]) -> bool:
    """Whether other words name a unit within it; the same words ("Gorontalo") may mean the one or the other."""
    return any(other.startswith(f"{code}.") for one in spans if one is not span for other in one)


def _codes(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        yield match[1]
    if first := _CODE_FIRST.match(text):
        yield first[1]


def bodies_in(text: str) -> frozenset[str]:
    """The bodies a text names."""
    tidy = normalize(text)
    return frozenset(code for code, pattern in _BODY.items() if pattern.search(tidy))


def _names(text: str, index: dict[ParsedName, tuple[str, ...]], *, without_kind: bool) -> list[frozenset[str]]:
    """Units that each of the longest runs of words may name; a run inside a longer one that fits is not looked at."""
    words = normalize(QUARTER.sub(" ", text)).split()[:_WORDS_LOOKED_AT]
    used = [False] * len(words)
    found: list[frozenset[str]] = []
    for length in range(min(_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = range(start, start + length)
            if any(used[position] for position in run):
                continue
            name = parse_name(" ".join(words[start : start + length]))
            if name.kind == "nasional" or not (name.kind or without_kind):
                continue
            if candidates := index.get(name):
                found.append(frozenset(candidates))
                for position in run:
                    used[position] = True
    return found


@lru_cache(maxsize=4)
def _index(register: Register) -> dict[ParsedName, tuple[str, ...]]:
    """Every way to write a unit's name, with and without its kind → codes that may be meant today or were once."""
    index: dict[ParsedName, tuple[str, ...]] = {}
    for unit in register.everything():
        for name in _spellings(unit):
            index[name] = (*index.get(name, ()), unit.code)
    return index


def _spellings(unit: Satker) -> set[ParsedName]:
    if unit.tier == "nasional":
        return set()
    names = {parse_name(name) for name in (unit.name, *unit.names.values(), *unit.alias)}
    keys = {name.key for name in names} | {key_of(unit.short_name)}
    return {ParsedName(kind, name) for name in keys if name for kind in ("", unit.tier)}
