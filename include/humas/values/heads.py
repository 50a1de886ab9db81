"""Reading where the first word tells what a thing is: ``Peliputan rapat kerja`` is a coverage, whatever it covers.

Tried in this order: what a text begins with, the same with a slip of the pen, the same in another form of the verb
(``meliput``); and only when nothing of that is known, words anywhere in it. Words joined by ``dan`` behind an object belong
to that object; two bare names side by side are two things, and nobody guesses which is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from humas.text.spelling import one_edit
from humas.text.stems import one_stem, stems

_WRITTEN_OUT = {
    "adm": "administrasi", "dgn": "dengan", "dng": "dengan", "dlm": "dalam", "dok": "dokumentasi", "eval": "evaluasi",
    "giat": "kegiatan", "hoak": "hoaks", "hoax": "hoaks", "inf": "informasi", "info": "informasi", "jur": "jurnalis",
    "keg": "kegiatan", "klarif": "klarifikasi", "konf": "konferensi", "koord": "koordinasi", "kunj": "kunjungan",
    "lat": "pelatihan", "masy": "masyarakat", "mon": "monitoring", "n": "dan",
    "pemb": "pembuatan", "penc": "pencegahan", "pend": "pendidikan", "pengad": "pengaduan", "penyeb": "penyebaran",
    "peny": "penyuluhan", "publ": "publikasi", "sm": "sama", "sos": "sosialisasi",
    "thd": "terhadap", "tdk": "tidak", "utk": "untuk", "wrt": "wartawan", "yg": "yang",
}  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"\b([a-z]{3,})2\b")
_JOINED = re.compile(r"[&+/]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PARTS = re.compile(r"[;\n|•,/&+]|\s+(?:dan|serta|and|juga|maupun|plus)\s+|\s-\s")
_BEFORE_HEADS = frozenset({
    "kegiatan", "acara", "pelaksanaan", "melaksanakan", "penyelenggaraan", "menyelenggarakan", "mengadakan", "melakukan",
    "mengikuti", "menghadiri", "menjadi", "secara", "agenda",
})  # fmt: skip
_AND = frozenset({"dan", "serta", "and", "plus"})
_LONGEST_NAME = 6
_SHORTEST_SLIP, _SHORTEST_FORM, _SHORTEST_ANYWHERE = 7, 5, 3
_SHORTEST_CUT, _FEWEST_CUT, _SHORTEST_WITHIN, _LEAST_LEFT = 4, 3, 6, 0.65
_VOWELS = frozenset("aiueo")


def write_out(written: str) -> str:
    """A text with the short forms of offices written out: ``keg. sos. thd warga``, ``foto2``."""
    doubled = _DOUBLED.sub(r"\1-\1", written.casefold())
    return _WORDS.sub(lambda word: _WRITTEN_OUT.get(word[0], word[0]), doubled)


@dataclass(frozen=True)
class HeadReader:
    """Reads texts by the names of a vocabulary. names: folded name → value. other: the value for what fits no other.

    forms: the names as their words. asked: texts that begin with these words are nobody's guess.
    """

    names: Mapping[str, str]
    forms: Sequence[tuple[tuple[str, ...], str]]
    other: str
    asked: Sequence[tuple[str, ...]]

    def read(self, written: str) -> str | None:
        """The one value that a text means; None where it names none, or several."""
        text = write_out(written)
        if self.is_asked(text):
            return None
        return self._read(text) or (self._read(full) if (full := self._in_full(text)) != text else None)

    def _read(self, text: str) -> str | None:
        if joined := self._joined_name(_words(_JOINED.sub(" dan ", text))):
            return joined
        outside = _BRACKETS.sub(" ", text)
        return self._of_parts(outside) or (
            self._of_parts(" ".join(_BRACKETS.findall(text))) if outside != text else None
        )

    def _in_full(self, text: str) -> str:
        """A text with words that leave out letters of one known word only written in full: "penddkn", "gath"."""
        return _WORDS.sub(lambda word: self._full_word(word[0]), text)

    def _full_word(self, word: str) -> str:
        if len(word) < _SHORTEST_CUT or word in self._known_words:
            return word
        full = [known for known in self._known_words if known[0] == word[0] and _is_short_for(word, known)]
        return full[0] if len(full) == 1 else word

    @cached_property
    def _known_words(self) -> frozenset[str]:
        return frozenset(word for name, _ in self.forms for word in name)

    def _of_parts(self, text: str) -> str | None:
        """What the parts of a text mean together; the first part alone where an object follows its head."""
        parts = [words for part in _PARTS.split(text) if (words := _words(part))]
        if not parts:
            return None
        first, length = self._head(parts[0])
        goes_on = length < len(parts[0])
        if first and first != self.other and (goes_on or not any(self._head(words)[0] for words in parts[1:])):
            return first
        return self._one(value for words in parts if (value := self._of_part(words)))

    def is_asked(self, text: str) -> bool:
        """Whether a written-out text begins with words that are asked about, or names several of them behind no known head."""
        words = tuple(_words(text))
        if any(words[: len(one)] == one for one in self.asked):
            return True
        within = any(len(one) > 1 and one in _runs(words, len(one)) for one in self.asked)
        return within and not self._head(list(words))[0]

    def _joined_name(self, words: list[str]) -> str:
        """The value of a name that itself holds an ``dan`` and begins the text."""
        for count in range(min(_LONGEST_NAME, len(words)), 2, -1):
            value = self.names.get("".join(words[:count]))
            if value and _AND.intersection(words[:count]):
                return value
        return ""

    def _of_part(self, words: list[str]) -> str | None:
        """What a part begins with, else the one value that it names; what fits no other gives way to what is named."""
        head, _ = self._head(words)
        if head and head != self.other:
            return head
        return self._one(self._anywhere(words)) or head

    def _one(self, values: Iterable[str]) -> str | None:
        found = set(values)
        if len(found) > 1:
            found.discard(self.other)
        return next(iter(found)) if len(found) == 1 else None

    def _head(self, words: list[str]) -> tuple[str, int]:
        """The value that words begin with, and how many of them say so; the surest reading first."""
        longest = min(_LONGEST_NAME, len(words))
        beginnings = [(words[:count], count) for count in range(longest, 0, -1)]
        for tell in (self._named, self._with_a_slip, self._in_another_form):
            for beginning, count in beginnings:
                if value := tell(beginning):
                    return value, count
        return "", 0

    def _named(self, words: list[str]) -> str:
        name = "".join(words)
        return self.names.get(name, "") if len(name) > 1 else ""

    def _with_a_slip(self, words: list[str]) -> str:
        name = "".join(words)
        if len(name) < _SHORTEST_SLIP:
            return ""
        close = {self.names[one] for one in self._long.get((name[0], len(name)), ()) if _slips(name, one)}
        return close.pop() if len(close) == 1 else ""

    @cached_property
    def _long(self) -> Mapping[tuple[str, int], list[str]]:
        """Names long enough for a slip, by their first letter and the lengths that a text with a slip has."""
        found = defaultdict[tuple[str, int], list[str]](list)
        for name in self.names:
            for length in range(len(name) - 1, len(name) + 2) if len(name) + 1 >= _SHORTEST_SLIP else ():
                found[name[0], length].append(name)
        return found

    def _in_another_form(self, words: list[str]) -> str:
        if len(words[0]) < _SHORTEST_FORM:
            return ""
        near = {pair for stem in stems(words[0]) for pair in self._by_stem.get(stem, ())}
        alike = {value for name, value in near if len(name) == len(words) and all(map(one_stem, name, words))}
        return alike.pop() if len(alike) == 1 else ""

    @cached_property
    def _by_stem(self) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        """The forms by what may be left of their first word."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, value in self.forms:
            for stem in stems(name[0]) if name else ():
                found.setdefault(stem, []).append((name, value))
        return found

    def _anywhere(self, words: list[str]) -> set[str]:
        """Values of the names that stand in a row of words; a name within a longer one tells nothing of its own."""
        found, taken = set[str](), set[int]()
        for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - count + 1):
                name, places = "".join(words[start : start + count]), set(range(start, start + count))
                if len(name) >= _SHORTEST_ANYWHERE and name in self.names and not places <= taken:
                    found.add(self.names[name])
                    taken |= places
        return found


def _runs(words: tuple[str, ...], length: int) -> Iterable[tuple[str, ...]]:
    return (words[start : start + length] for start in range(1, len(words) - length + 1))


def _slips(written: str, name: str) -> bool:
    """Whether a letter is lost, doubled or swapped; another letter in its place makes another word (evakuasi, evaluasi)."""
    if max(len(written), len(name)) < _SHORTEST_SLIP or not one_edit(written, name):
        return False
    return len(written) != len(name) or sorted(written) == sorted(name)


def _is_short_for(written: str, word: str) -> bool:
    """Whether a word is cut off behind a consonant, or lacks letters within, vowels mostly; never so many that chance would do."""
    if word.startswith(written):
        return len(word) - len(written) >= _FEWEST_CUT and written[-1] not in _VOWELS
    if len(written) < _SHORTEST_WITHIN or len(written) < _LEAST_LEFT * len(word):
        return False
    letters = iter(word)
    return all(letter in letters for letter in written) and written[-1] == word[-1]


def _words(text: str) -> list[str]:
    """Words in lower case, without those before a head that say only that something was done."""
    words = _WORDS.findall(text)
    while len(words) > 1 and words[0] in _BEFORE_HEADS:
        words = words[1:]
    return words
