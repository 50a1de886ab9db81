"""Words that officers write for the values of a vocabulary: how they are compared, found, and what to say when not.

A word is tried in this order, and the first that gives exactly one value counts: as it stands (label, value,
synonym: no remark); without words that say nothing ("via", "secara"); with one letter mended in a long word; by
what it begins with or names ("Online (Zoom)"). All but the first two are told to the sender.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from humas.contract.vocabulary import STRATEGIES, Vocabulary, load_vocabulary
from humas.text.spelling import one_edit
from humas.values.heads import HeadReader, write_out
from humas.values.numbered import read_numbered

_NOT_LETTERS = re.compile(r"[\W_]+")
_MARKS = str.maketrans(dict.fromkeys("✓✔√☑🗸✅", "v") | dict.fromkeys("✗✘×☒❌✕✖", "x"))
_EMPTY_WORDS = frozenset({
    "via", "secara", "melalui", "lewat", "dengan", "menggunakan", "pakai", "kegiatan", "acara", "metode", "bentuk", "media",
    "sebagai", "oleh", "di", "ke", "pada", "yang", "untuk", "dari", "berupa", "aplikasi", "akun", "resmi", "pelaksanaan",
})  # fmt: skip
_NEGATIONS = frozenset({"tidak", "tdk", "tak", "bukan", "belum", "non", "tanpa", "gagal", "kecuali", "selain"})
_REPEATED = re.compile(r"\b(\w{3,})[-‐– ]\1\b|\b([a-z]{3,})2\b")
_LEADING_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-h])[.)]\s+(?=\S)")
_NUMBER_LIST = re.compile(r"\d(?:(?:[\s.,;/&+]|dan)+\d)+")
_SEPARATORS = (
    re.compile(r"[;\n|•]"),
    re.compile(r","),
    re.compile(r"[/&+()\[\]]|\s+(?:dan|serta|and|juga|maupun)\s+|\s-\s"),
)
_PIECES = re.compile(r"[;,\n()\[\]]")
_AND = re.compile(r"\b(?:dan|serta|and)\b", re.IGNORECASE)
OTHER = "lainnya"
"""The value of what fits no other, where a vocabulary has one."""
_SHORTEST = 6
_LONGEST_WORD = 200
_LONGEST_LIST = 2000  # longer texts are no choice and no list of choices; remembering them would cost memory
_SHORTEST_PIECE = 10
_MOST_FIRST_WORDS, _SHORTEST_FIRST = 5, 4
_LONGEST_NAME = 6


class Choice(NamedTuple):
    """A value found, and what is to be said of how ("" when it was plain)."""

    value: str
    note: str = ""


class ChoiceList(NamedTuple):
    """Values found in a list cell, remarks, and the first part that nobody understands ("" when all were)."""

    values: tuple[str, ...]
    note: str
    unknown: str


def fold(text: str) -> str:
    """Letters and digits only, lower case: how a choice or a header is compared; ticks are ``v``, crosses ``x``."""
    if text.isascii():
        return _NOT_LETTERS.sub("", text.casefold())
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS)).casefold())


@cache
def choices(name: str) -> dict[str, str]:
    """Folded words of a vocabulary → stored value: values and labels first, synonyms never override them."""
    terms = load_vocabulary()[name].known
    alike = {fold(word): term.value for term in terms for word in term.alike}
    synonyms = {fold(word): term.value for term in terms for word in term.synonyms}
    numbered = {fold(term.value + term.label): term.value for term in terms if term.value.isdecimal()}
    return alike | synonyms | numbered | {fold(word): term.value for term in terms for word in (term.label, term.value)}


@cache
def _signs(name: str) -> dict[str, str]:
    """What stands for a value without a letter (``+``): compared as it is, for it folds to nothing."""
    return {sign: term.value for term in load_vocabulary()[name].known for sign in term.signs}


@cache
def _arguable(name: str) -> frozenset[str]:
    """Folded words that are read with a remark."""
    terms = load_vocabulary()[name].known
    certain = {fold(word) for term in terms for word in (term.label, term.value, *term.synonyms)}
    return frozenset({fold(word) for term in terms for word in term.alike} - certain)


def find_choice(name: str, written: str) -> Choice | None:
    """The value of a vocabulary that a cell's words mean; None when they mean none, or several."""
    return _find_choice(name, written) if len(written) <= _LONGEST_LIST else None


@lru_cache(maxsize=8192)
def _find_choice(name: str, written: str) -> Choice | None:
    known = choices(name)
    if value := known.get(fold(written)):
        return Choice(value, _remark(name, value) if fold(written) in _arguable(name) else "")
    if sign := _signs(name).get(written.strip()):
        return Choice(sign, "")
    if len(written) > _LONGEST_WORD:
        return None
    if _numbered(name):
        meant = meanings(name, written)
        return Choice(meant[0], _remark(name, meant[0])) if len(meant) == 1 else None
    return _by_words(name, written)


def _by_words(name: str, written: str) -> Choice | None:
    """The one value that the words mean, read with ever more freedom."""
    if load_vocabulary()[name].headed:
        return _by_head(name, written)
    own = _of_this_unit(name, written)
    folded = fold(" ".join(_telling(own)))
    if value := choices(name).get(folded):
        return Choice(value, _remark(name, value) if folded in _arguable(name) or own != written else "")
    value = _mended(name, own) or _latest(name, own) or _named(name, own)
    return Choice(value, _remark(name, value)) if value else None


def _by_head(name: str, written: str) -> Choice | None:
    """The one value that the words mean where the first word tells what a thing is."""
    known, heads = choices(name), _heads(name)
    text = write_out(_LEADING_NUMBER.sub("", written))
    if heads.is_asked(text) or _denied(name, text):
        return None
    told = fold(" ".join(_telling(text)))
    if value := known.get(told):
        plain = told not in _arguable(name) and text == write_out(written) == written.casefold()
        return Choice(value, "" if plain else _remark(name, value))
    value = _mended(name, text) or heads.read(text)
    return Choice(value, _remark(name, value)) if value else None


def asked_about(name: str, written: str) -> bool:
    """Whether a text begins with words that are asked about and never guessed at."""
    return load_vocabulary()[name].headed and _heads(name).is_asked(write_out(written))


@cache
def _heads(name: str) -> HeadReader:
    vocabulary = load_vocabulary()[name]
    forms = tuple(
        (tuple(_NOT_LETTERS.sub(" ", word.casefold()).split()), term.value)
        for term in vocabulary.known
        for word in (term.label, *term.synonyms, *term.alike)
    )
    other = next((term.value for term in vocabulary.known if fold(term.value) == OTHER), "")
    asked = tuple(tuple(_NOT_LETTERS.sub(" ", words.casefold()).split()) for words in vocabulary.asked)
    return HeadReader(choices(name), forms, other, asked)


def _of_this_unit(name: str, written: str) -> str:
    """The words without those that say it of somebody else: ``Peserta (penyelenggara: KPU Provinsi)`` is a participant."""
    labels = _labels_of_others(name)
    if not labels or ":" not in written:
        return written
    pieces = [piece for piece in _PIECES.split(written) if piece.strip()]
    own = [piece for piece in pieces if fold(piece.partition(":")[0]) not in labels or ":" not in piece]
    return " / ".join(own)


@cache
def _labels_of_others(name: str) -> frozenset[str]:
    """Folded words behind which, after a colon, stands the name of another."""
    return frozenset({fold(word) for term in load_vocabulary()[name].terms for word in term.names_others})


def first_words(name: str, text: str) -> str:
    """The value of a vocabulary that a text begins with, by the longest beginning that is one of its words; "" of none.

    What a text begins with proposes a value, and never tells it.
    """
    words = _telling(text[:_LONGEST_WORD])[:_MOST_FIRST_WORDS]
    beginnings = ("".join(words[:count]) for count in range(len(words), 0, -1))
    return next((choices(name)[one] for one in beginnings if len(one) >= _SHORTEST_FIRST and one in choices(name)), "")


def meanings(name: str, written: str) -> tuple[str, ...]:
    """Every value of a numbered vocabulary that a text may mean, by its numbers and by its words; () when none.

    Number and words that disagree (``3. Membangun citra``) are two meanings; words that nobody knows leave the number.
    """
    return _meanings(name, written) if len(written) <= _LONGEST_LIST else ()


@lru_cache(maxsize=8192)
def _meanings(name: str, written: str) -> tuple[str, ...]:
    if value := choices(name).get(fold(written)):
        return (value,)
    numbers, certain, rest = read_numbered(written)
    choice = _by_words(name, rest) if re.search(r"[^\W\d_]", rest) else None
    by_words = choice.value if choice else _fragment(name, rest)
    found = [*(numbers if certain or by_words else ()), *([by_words] if by_words else [])]
    known = load_vocabulary()[name].value
    return tuple(dict.fromkeys(found)) if all(value in known for value in found) else ()


def names_strategy(written: str) -> bool:
    """Whether a text is a strategy of some body, by its number or its words."""
    bodies = (name for name in load_vocabulary() if name.startswith(f"{STRATEGIES}_"))
    return any(meanings(name, written) for name in bodies)


def find_choices(name: str, parts: Iterable[str]) -> ChoiceList:
    """The values of a list cell given in parts; each part may name several (``IG, FB dan Web``)."""
    found = find_pieces(name, parts)
    values = dict.fromkeys(choice.value for _, choice in found if choice)
    remark = next((choice.note for _, choice in found if choice and choice.note), "")
    return ChoiceList(tuple(values), remark, next((text for text, choice in found if not choice), ""))


def find_pieces(name: str, parts: Iterable[str]) -> list[tuple[str, Choice | None]]:
    """The pieces that a list cell's parts fall into, each with its value; None where nobody knows it."""
    return [pair for part in parts for pair in (_many(name, part, 0) if len(part) <= _LONGEST_LIST else [(part, None)])]


def _remark(name: str, value: str) -> str:
    return f"dibaca sebagai {load_vocabulary()[name].label(value)}"


def _telling(written: str) -> list[str]:
    """The words that tell something, lower case, doubled words once (``rakor-rakor``, ``rakor2``)."""
    tidy = _REPEATED.sub(r"\1\2", _LEADING_NUMBER.sub("", written.casefold().translate(_MARKS)))
    words = _NOT_LETTERS.sub(" ", tidy).split()
    return [word for word in words if word not in _EMPTY_WORDS] or words


@cache
def _numbered(name: str) -> bool:
    return all(value.isdecimal() for value in load_vocabulary()[name].value)


def _named(name: str, written: str) -> str | None:
    """The one value that the parts of the text name, each by its beginning or by a word in it."""
    parts = [part for part in _SEPARATORS[2].split(written.replace(",", " / ")) if part.strip()]
    found = [value for part in parts if (value := _named_in(name, part))]
    if not found or any(_denied(name, part) for part in parts):
        return None
    return _united(load_vocabulary()[name], set(found))


def _latest(name: str, written: str) -> str | None:
    """The state that follows upon all others that the words name beside it: ``HOAKS, sudah diklarifikasi``."""
    terms = load_vocabulary()[name].terms
    if not any(term.follows for term in terms):
        return None
    parts = _SEPARATORS[2].split(written.replace(",", " / "))
    found = {value for part in parts for value in _in_a_row(name, part)}
    if len(found) < 2 or any(_denied(name, part) for part in parts):
        return None
    return next((term.value for term in terms if term.value in found and found <= {term.value, *term.follows}), None)


def _united(vocabulary: Vocabulary, found: set[str]) -> str | None:
    """A single value as it is, several as the one that they make up together."""
    if len(found) == 1:
        return next(iter(found))
    return next((term.value for term in vocabulary.terms if term.merged and found <= {term.value, *term.merged}), None)


def _named_in(name: str, part: str) -> str | None:
    """What a part begins with, else the one value it names anywhere."""
    words = _telling(part)
    known = choices(name)
    if value := known.get(fold(part)):
        return value
    beginnings = (known.get("".join(words[:n])) for n in range(len(words), 0, -1) if len("".join(words[:n])) > 1)
    if value := next((value for value in beginnings if value), None):
        return value
    found = {known[phrase] for phrase in _phrases(words) if len(phrase) > 2 and phrase in known}
    return next(iter(found)) if len(found) == 1 else None


def _phrases(words: list[str]) -> Iterable[str]:
    """Every run of up to four words, joined."""
    return ("".join(words[i : i + n]) for i in range(len(words)) for n in range(1, 5) if i + n <= len(words))


def _denied(name: str, part: str) -> bool:
    """Whether a part says no to what it names: ``tidak dikabulkan`` is not ``dikabulkan``."""
    words = _telling(part)
    if not _NEGATIONS.intersection(words):
        return False
    known = choices(name)
    position = next(i for i, word in enumerate(words) if word in _NEGATIONS)
    around = (words[start:end] for start in range(position + 1) for end in range(position + 1, start + _LONGEST_NAME))
    return not any("".join(one) in known for one in around)


def _mended(name: str, written: str) -> str | None:
    """The value of the one word that differs by a letter; short words differ by a letter from too many others."""
    folded = fold(written)
    if len(folded) + 1 < _SHORTEST or _NEGATIONS.intersection(_telling(written)):
        return None
    near = (pair for length in range(-1, 2) for pair in _by_length(name).get(len(folded) + length, ()))
    close = {value for word, value in near if one_edit(folded, word)}
    return next(iter(close)) if len(close) == 1 else None


@cache
def _by_length(name: str) -> dict[int, list[tuple[str, str]]]:
    """The words of a vocabulary in which one letter may be amiss, by their length."""
    found: dict[int, list[tuple[str, str]]] = {}
    for word, value in choices(name).items():
        if len(word) >= _SHORTEST:
            found.setdefault(len(word), []).append((word, value))
    return found


def _many(name: str, part: str, start: int) -> list[tuple[str, Choice | None]]:
    """The pieces of a part and their values; cut at ever weaker separators until the pieces are understood."""
    if value := choices(name).get(fold(part)):
        return [(part, Choice(value, _remark(name, value) if fold(part) in _arguable(name) else ""))]
    if _numbered(name) and _NUMBER_LIST.fullmatch(part.strip()):
        return _numbers(name, part)
    if _numbered(name) and (value := _whole_label(name, part)):
        return [(part, Choice(value, _remark(name, value)))]
    for tier in range(start, len(_SEPARATORS)):
        pieces = [piece.strip() for piece in _SEPARATORS[tier].split(part) if piece.strip(" .")]
        if len(pieces) > 1:
            return [pair for piece in pieces for pair in _many(name, piece, tier + 1)]
    several = _in_a_row(name, part)
    if len(several) > 1:
        return [(part, Choice(value, _remark(name, value))) for value in several]
    return [(part, find_choice(name, part))] if part.strip() else []


def _whole_label(name: str, part: str) -> str | None:
    """The value of a name that holds commas and ``dan`` itself, its number before it or a letter of it amiss."""
    numbers, _, rest = read_numbered(part)
    value = choices(name).get(fold(rest)) or _mended(name, rest) or _fragment(name, rest)
    return value if value and set(numbers) <= {value} else None


def _fragment(name: str, rest: str) -> str | None:
    """The value whose label alone holds these words one after the other: ``opini publik``, ``Pertemuan, koordinasi & kerja sama``."""
    words = _without_and(rest)
    if len(words) < _SHORTEST_PIECE or len(rest.split()) < 2:
        return None
    found = [term.value for term in load_vocabulary()[name].terms if words in _without_and(term.label)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1024)
def _without_and(text: str) -> str:
    """A text as it is compared, whatever sign or word joins its parts: ``opini publik & reputasi``."""
    return fold(_AND.sub(" ", text))


def _numbers(name: str, part: str) -> list[tuple[str, Choice | None]]:
    """``1, 3`` and ``1.3``, which a spreadsheet makes of ``1,3``."""
    numbers = re.findall(r"\d", part)
    remark = f"dibaca sebagai {' dan '.join(numbers)}" if "." in part else ""
    known = choices(name)
    return [(number, Choice(known[number], remark) if number in known else None) for number in numbers]


def _in_a_row(name: str, part: str) -> list[str]:
    """Values named one after the other without a separator: ``Instagram Facebook``."""
    words, known = _telling(part), choices(name)
    found: dict[str, None] = {}
    while words:
        length = next((n for n in range(min(4, len(words)), 0, -1) if "".join(words[:n]) in known), 0)
        if length and len("".join(words[:length])) > 1:
            found[known["".join(words[:length])]] = None
        words = words[max(length, 1) :]
    return list(found)
