"""Words of headers as evidence: how much the wording of a header nobody has seen before speaks for each column.

The words stand in ``data/judul.toml``, strong ones and supporting ones. A header is heard as a whole: words that speak
for another column count against this one, slips of one letter are forgiven, abbreviations are written out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from humas.contract import blocks
from humas.contract.columns import BY_NAME, Dataset
from humas.text.spelling import one_edit

_FILE = "judul.toml"
_SHARED = "bersama"
_WORDS = re.compile(r"[^\W\d_]+")
_HINT = re.compile(r"\s*\([^()]*\)\s*$")
_SPLIT_WORD = re.compile(r"(?<=\w)-\s+(?=\w)")
_UNTIL = re.compile(r"\bs\s*[./]\s*d\b\.?", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_FILLER = frozenset({
    "ke", "yang", "dan", "atau", "di", "pada", "dari", "untuk", "dalam", "ini", "the", "a", "an", "of", "or", "and", "to", "in",
    "menurut", "wajib", "diisi", "isian", "opsional", "contoh", "pilih", "tulis", "kolom", "nya", "s", "d", "wib", "wita", "wit", "jam", "pukul",
})  # fmt: skip
_SHORTEST_SLIP = 5
_MEMORY = 10_000
_SHORTEST_STEM = 4
_PREFIXES, _SUFFIXES = ("", "di", "ber", "ter", "me", "men", "ke", "se"), ("", "nya", "kan", "i", "an")
_MOST_WORDS = 16
_UNKNOWN = 0.2
"""What a word that speaks for no column takes from the others."""
_STRONG, _WEAK = 1.0, 0.5
_NOBODY = ""
"""What the words of other kinds of tables speak for."""
_FOREIGN = 0.5
_LONG_PHRASE = 0.5
"""What each further word of a phrase adds: "bentuk kegiatan" says more than "bentuk" and "kegiatan"."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that speak for a column when they stand next to each other, and how loudly each of them does."""

    words: tuple[str, ...]
    column: str
    weight: float


@dataclass(frozen=True, slots=True)
class _TitleWords:
    """The file: phrases by data set, (data set, column) that sheets are named after, abbreviations, and words of columns that are nobody's or another table's."""

    phrases: Mapping[str, tuple[_Phrase, ...]]
    sheets: frozenset[tuple[str, str]]
    abbreviations: Mapping[str, str]
    idle: tuple[tuple[str, ...], ...]
    remarks: frozenset[tuple[str, ...]]
    foreign: tuple[_Phrase, ...]


_BLOCK_KEYS: blocks.Keys = {
    "kuat": ("strong", blocks.many_words),
    "lemah": ("weak", blocks.many_words),
    "nama_lembar": ("names_sheets", blocks.yes_or_no),
}


@cache
def title_words() -> _TitleWords:
    """The words of ``judul.toml``.

    Raises:
        OperatorError: it names a column that is not in the contract, or holds something else than words.
    """
    content = tomllib.loads(resources.files("humas.layout").joinpath(f"data/{_FILE}").read_text(encoding="utf-8"))
    abbreviations = {word: str(full) for word, full in content.pop("singkatan").items()}
    idle, foreign, remarks = content.pop("abaikan"), content.pop("asing"), content.pop("catatan")
    shared = content.pop(_SHARED)
    phrases = {
        name: tuple(_phrases(dataset, {**shared, **content.get(name, {})}, abbreviations))
        for name, dataset in BY_NAME.items()
    }
    return _TitleWords(
        phrases,
        _sheet_names(content),
        abbreviations,
        tuple(words_of(word, abbreviations) for word in idle),
        frozenset(words_of(word, abbreviations) for word in remarks),
        tuple(_phrase(word, _NOBODY, _STRONG, abbreviations) for word in foreign),
    )


def _sheet_names(content: Mapping[str, Mapping[str, Mapping[str, object]]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (name, column)
        for name, entries in content.items()
        for column, block in entries.items()
        if block.get("nama_lembar")
    )


def _phrases(dataset: Dataset, entries: Mapping[str, object], abbreviations: Mapping[str, str]) -> Iterable[_Phrase]:
    for column, block in entries.items():
        with blocks.place(_FILE, dataset.name, column):
            if column not in dataset.by_name:
                raise ValueError("kolom ini tidak ada dalam kolom.toml")
            words = blocks.fields(block, _BLOCK_KEYS, ())
        for key, weight in (("strong", _STRONG), ("weak", _WEAK)):
            for phrase in words.get(key, ()):
                yield _phrase(phrase, column, weight, abbreviations)


def _phrase(text: str, column: str, weight: float, abbreviations: Mapping[str, str]) -> _Phrase:
    words = words_of(text, abbreviations)
    return _Phrase(words, column, weight * (1 + _LONG_PHRASE * (len(words) - 1)))


def words_of(text: str, abbreviations: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a header that tell something, lower case, abbreviations written out."""
    found = _WORDS.findall(_CAMEL.sub(" ", _UNTIL.sub(" sampai ", _SPLIT_WORD.sub("", text))))
    words = [word for written in found for word in abbreviations.get(written.casefold(), written.casefold()).split()]
    return tuple(word for word in words if word not in _FILLER)[:_MOST_WORDS]


def speaks_for(dataset: Dataset, text: str) -> Mapping[str, float]:
    """How much a header speaks for each column of a data set, from 0 to 1; columns it says nothing of are left out."""
    return {column: heard for column, heard in _heard(dataset.name, text).items() if column}


@lru_cache(_MEMORY)
def _heard(dataset: str, text: str) -> Mapping[str, float]:
    known = title_words()
    words = words_of(text, known.abbreviations)
    if not words or _holds(words, known.idle):
        return {}
    voices: dict[str, list[float]] = {}
    for phrase in (*known.phrases[dataset], *known.foreign):
        for position in _places(words, phrase.words):
            heard = voices.setdefault(phrase.column, [0.0] * len(words))
            for i in range(position, position + len(phrase.words)):
                heard[i] = max(heard[i], phrase.weight)
    loudest = sum(max([_UNKNOWN, *(heard[i] for heard in voices.values())]) for i in range(len(words)))
    return {column: sum(heard) / loudest * min(1.0, sum(heard)) for column, heard in voices.items()}


def same_words(text: str, other: str) -> bool:
    """Whether two headers say the same but for numbers and marks."""
    abbreviations = title_words().abbreviations
    words = words_of(text, abbreviations)
    return bool(words) and words == words_of(other, abbreviations)


def is_remark(text: str) -> bool:
    """Whether a header stands over remarks, in which people write whatever has no column; brackets only say what."""
    known = title_words()
    return words_of(_HINT.sub("", text), known.abbreviations) in known.remarks


def names_sheets(dataset: Dataset, column: str) -> bool:
    """Whether people name sheets after the values of a column: one sheet for each platform."""
    return (dataset.name, column) in title_words().sheets


def is_foreign(dataset: Dataset, text: str) -> bool:
    """Whether a header speaks of another kind of table more than of this data set: a budget, an inventory, addresses."""
    heard = dict(_heard(dataset.name, text))
    foreign = heard.pop(_NOBODY, 0.0)
    return foreign >= _FOREIGN and foreign > max(heard.values(), default=0.0)


def _holds(words: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(phrase and next(iter(_places(words, phrase)), None) is not None for phrase in phrases)


def _places(words: Sequence[str], phrase: tuple[str, ...]) -> Iterable[int]:
    """Where a phrase stands among the words."""
    return (i for i in range(len(words) - len(phrase) + 1) if all(map(_same_word, words[i : i + len(phrase)], phrase)))


@lru_cache(8 * _MEMORY)
def _same_word(written: str, known: str) -> bool:
    """The same word, with or without the affixes of a verb, or with a letter amiss; short words differ from too many."""
    if written == known:
        return True
    if min(len(written), len(known)) < _SHORTEST_STEM:
        return False
    affixed = any(written == f"{before}{known}{after}" for before in _PREFIXES for after in _SUFFIXES)
    return affixed or (min(len(written), len(known)) >= _SHORTEST_SLIP and one_edit(written, known))
