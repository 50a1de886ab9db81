"""What people answered to words that no vocabulary knows: it holds for every cell with that word, until it is taken back.

A word that a vocabulary spells out means what it says there; only what is unknown, or read with a remark, can be taught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from humas.contract.columns import Column, ColumnType
from humas.contract.vocabulary import NOT_STATED, load_vocabulary
from humas.periods import jakarta_day
from humas.values.cells import Reading, as_json, unknown_choice, vocabulary_of
from humas.values.lessons import Lesson, Taught
from humas.values.words import Choice, find_choice, find_pieces, fold

NO_ACTIVITY = "bukan_kegiatan"
"""The answer that what bears this word is no activity: the row is held, and says who said so."""
KIND = "jenis_kegiatan"
"""The column whose words say what a row is; elsewhere a word cannot make it no activity."""
REFUSED = "K60"
"""The rule of a row that is no activity by the answer of people."""
LONGEST = 120
"""Letters a word may have to be taught; longer ones are sentences."""


def answered(taught: Taught, column: Column) -> Callable[[Reading, str], Reading] | None:
    """How a cell of a column reads with the answers for a body; None when nobody taught a word of the column."""
    if not teachable(column) or not any(one.kolom == column.name for one in taught.lessons):
        return None
    by_body: dict[str, dict[str, Lesson]] = {}

    def of_body(reading: Reading, body: str) -> Reading:
        if body not in by_body:
            by_body[body] = words_of(taught, column, body)
        return _answered(column, reading, by_body[body], body)

    return of_body


def words_of(taught: Taught, column: Column, body: str) -> dict[str, Lesson]:
    """Folded word → the answer for a body; without answers that name what the vocabulary has no longer."""
    known = meanings_of(column)
    return {word: one for word, one in taught.words(column.name, body).items() if one.arti in known}


def teachable(column: Column) -> bool:
    """Whether words of a column can be taught: choices that say neither whose a row is nor who somebody is."""
    return bool(vocabulary_of(column)) and not column.required and not column.masks_unknown


def meanings_of(column: Column) -> tuple[str, ...]:
    """What a word of a column may be taught to mean."""
    values = load_vocabulary()[vocabulary_of(column)].value
    return (*values, NOT_STATED, *([NO_ACTIVITY] if column.name == KIND else []))


def pieces_of(column: Column, written: str, body: str = "") -> list[tuple[str, Choice | None]]:
    """The words of a cell, each with its value; None where no vocabulary, or not the body's, knows it."""
    name = vocabulary_of(column, body)
    if column.type_name is ColumnType.CHOICE_LIST:
        return find_pieces(name, written.splitlines())
    return [(written, find_choice(name, written))] if written else []


def meaning_in_words(column: Column, meaning: str, body: str = "") -> str:
    """A meaning as people of a body read it."""
    if meaning in {NOT_STATED, NO_ACTIVITY}:
        return meaning.replace("_", " ")
    label = load_vocabulary()[vocabulary_of(column, body)].label(meaning)
    return f"{meaning} ({label})" if meaning.isdecimal() else label


def _answered(column: Column, reading: Reading, words: Mapping[str, Lesson], body: str) -> Reading:
    """A reading as the answers have it; as it is when none is about its words."""
    if column.type_name is ColumnType.CHOICE_LIST:
        return _list_answered(column, reading, words, body)
    lesson = words.get(fold(reading.wording))
    if lesson is None:
        return reading
    if lesson.arti == NO_ACTIVITY:
        return Reading(None, note=REFUSED, remark=_refusal(lesson), wording=reading.wording)
    value: object = column.brought if lesson.arti == NOT_STATED else lesson.arti
    if column.type_name is ColumnType.INTEGER and value is not None:
        value = int(lesson.arti)
    return Reading(value, note="K40", remark=_remark(column, lesson, body), wording=reading.wording)


def _list_answered(column: Column, reading: Reading, words: Mapping[str, Lesson], body: str) -> Reading:
    told, values, unknown, remarks = False, dict[str, None](), "", list[str]()
    for piece, choice, lesson in _pieces_answered(column, reading.wording, words, body):
        told = told or lesson is not None
        if lesson:
            remarks.insert(0, f'memuat "{piece}", {_remark(column, lesson, body)}')
        if value := _value_of(choice, lesson):
            values[value] = None
        elif not lesson:
            unknown = unknown or piece
        if choice and choice.note and not lesson:
            remarks.append(choice.note)
    if not told:
        return reading
    problem = unknown_choice(column, unknown) if unknown else None
    return Reading(as_json(tuple(values)), problem, "K40", remarks[0], wording=reading.wording)


def _pieces_answered(
    column: Column, wording: str, words: Mapping[str, Lesson], body: str
) -> Iterator[tuple[str, Choice | None, Lesson | None]]:
    for part in wording.splitlines():
        if lesson := words.get(fold(part)):
            yield part, None, lesson
            continue
        for piece, choice in pieces_of(column, part, body):
            plain = choice is not None and not choice.note
            yield piece, choice, None if plain else words.get(fold(piece))


def _value_of(choice: Choice | None, lesson: Lesson | None) -> str:
    if lesson:
        return "" if lesson.arti == NOT_STATED else lesson.arti
    return choice.value if choice else ""


def _remark(column: Column, lesson: Lesson, body: str) -> str:
    return f"dibaca sebagai {meaning_in_words(column, lesson.arti, body)}, menurut jawaban pengelola"


def _refusal(lesson: Lesson) -> str:
    return f"bukan kegiatan kehumasan menurut {lesson.oleh}, {jakarta_day(lesson.dibuat_pada):%d/%m/%Y}; baris tidak dihitung"
