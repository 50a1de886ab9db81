"""Words that no vocabulary knows: told over all units, answered once, and what an answer changes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from humas.contract.columns import Column, all_columns
from humas.contract.vocabulary import NOT_STATED
from humas.errors import SenderError
from humas.periods import jakarta_day
from humas.pipeline.headings import as_line, from_line, holding
from humas.privacy import mask
from humas.registry import Cycle, Lembaga
from humas.values.cells import vocabulary_of
from humas.values.lessons import HeadingLesson, Lesson, Taught
from humas.values.likeness import nearest_labels, other_label
from humas.values.taught import (
    KIND,
    LONGEST,
    NO_ACTIVITY,
    meaning_in_words,
    pieces_of,
    teachable,
    words_of,
)
from humas.values.words import choices, fold

if TYPE_CHECKING:
    from datetime import datetime

    from humas.installation.context import Context
    from humas.installation.summary import TriwulanSummary
    from humas.pipeline.quarter import ReportProgress
    from humas.warehouse import WrittenChoice

CSV_COLUMNS = (
    "kolom", "kata", "lembaga", "artinya", "oleh", "alasan", "pada", "satker", "himpunan", "tata_letak",
)  # fmt: skip
"""Columns of an export; the last three are filled where an answer is about a column of a layout."""
_HIDDEN = "disamarkan]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class UnknownWord:
    """A word that nobody explained yet, over all units: its rows and units, and what it may mean.

    kata: as most rows have it. contoh: body, quarter and unit that has most rows with it.
    """

    kolom: str
    label: str
    kata: str
    baris: int = 0
    satker: set[tuple[str, str]] = field(default_factory=set)
    contoh: tuple[int, str, str, str] = (0, "", "", "")
    saran: list[str] = field(default_factory=list)


@cache
def _columns() -> dict[str, tuple[Column, ...]]:
    """The columns whose words can be taught, by name; one name may stand in several data sets."""
    found: dict[str, tuple[Column, ...]] = {}
    for _, column in all_columns():
        if teachable(column):
            found[column.name] = (*found.get(column.name, ()), column)
    return found


def unknown_words(context: Context, lembaga: str = "") -> list[UnknownWord]:
    """The words that no vocabulary and no answer knows, in rows that count: most rows first."""
    known: dict[tuple[str, str], UnknownWord] = {}
    spellings: dict[tuple[str, str], Counter[str]] = {}
    answers = _Answers(context.warehouse.taught())
    for one in context.warehouse.written_choices(list(_columns()), lembaga):
        for column, piece in _open_pieces(one):
            if answers.know(column, one.lembaga, piece):
                continue
            key = (column.name, fold(piece))
            word = known.setdefault(key, UnknownWord(column.name, column.label, piece))
            spellings.setdefault(key, Counter())[piece] += one.baris
            word.baris += one.baris
            word.satker.add((one.lembaga, one.kode_satker))
            word.contoh = max(word.contoh, (one.baris, one.lembaga, one.periode, one.kode_satker))
    for key, word in known.items():
        word.kata = max(spellings[key], key=lambda text: (spellings[key][text], text))
        word.saran = _suggested(vocabulary_of(_columns()[word.kolom][0], word.contoh[1]), word.kata)
    return sorted(known.values(), key=lambda word: (-word.baris, word.kolom, fold(word.kata)))


def _suggested(name: str, word: str) -> list[str]:
    """What a word may mean; where the vocabulary has a value for all else, that as well."""
    return [*nearest_labels(name, word), *filter(None, [other_label(name)])]


class _Answers:
    """The answers that hold, asked for word by word."""

    def __init__(self, taught: Taught) -> None:
        self._taught = taught
        self._words: dict[tuple[str, str], frozenset[str]] = {}

    def know(self, column: Column, body: str, word: str) -> bool:
        """Whether an answer says what the word means in this column of this body's files."""
        key = (column.name, body)
        if key not in self._words:
            self._words[key] = frozenset(words_of(self._taught, column, body))
        return fold(word) in self._words[key]


def _open_pieces(one: WrittenChoice) -> Iterator[tuple[Column, str]]:
    """The words in a cell's text that no vocabulary knows; none that was masked or cut."""
    for column in _of_data_set(one):
        for piece, choice in pieces_of(column, one.nilai, one.lembaga):
            if choice is None and fold(piece) and _may_be_shown(piece):
                yield column, piece


def _of_data_set(one: WrittenChoice) -> Iterator[Column]:
    yield from (
        column
        for dataset, column in all_columns()
        if (dataset.name, column.name) == (one.himpunan, one.kolom) and teachable(column)
    )


def _may_be_shown(piece: str) -> bool:
    return _HIDDEN not in piece and not piece.endswith("…") and len(piece) <= LONGEST


def make_lesson(
    word: str, column: str, meaning: str, lembaga: str, by: str, reason: str, now: datetime, *, withdraw: bool = False
) -> Lesson:
    """An answer, checked: what ``word`` means in a column, for one body or ("") for all; or that it is taken back.

    column: its name or label. meaning: value, label or synonym of its vocabulary, "tidak disebut", or "bukan kegiatan".

    Raises:
        SenderError: no such column or meaning, a word that is known already, or one that may be personal data.
    """
    columns = _columns_named(column)
    written = " ".join(word.split())
    if lembaga not in {"", *Lembaga}:
        raise SenderError(
            "lembaga_tidak_dikenal", f'Lembaga "{lembaga}" tidak dikenal.', f"pilih: {', '.join(Lembaga)}."
        )
    _refuse_word(written, columns, lembaga)
    value = "" if withdraw else _meaning(columns[0], meaning, lembaga)
    return Lesson(
        columns[0].name, fold(written), lembaga, written, value, " ".join(by.split()), " ".join(reason.split()), now
    )


def _columns_named(text: str) -> tuple[Column, ...]:
    for name, columns in _columns().items():
        if fold(text) in {fold(name), *(fold(column.label) for column in columns)}:
            return columns
    labels = list(dict.fromkeys(columns[0].label for columns in _columns().values()))
    raise SenderError(
        "kolom_tidak_dikenal", f'Kolom "{text}" tidak ada, atau pilihannya tidak dapat diajarkan.',
        f"pilih: {', '.join(labels)}.",
    )  # fmt: skip


def _refuse_word(written: str, columns: Sequence[Column], lembaga: str) -> None:
    """Refuse what cannot be taught; a word for all bodies is known when each of them knows it."""
    if not fold(written) or len(written) > LONGEST:
        raise SenderError(
            "kata_tidak_dapat_diajarkan", f"Kata kosong, atau lebih dari {LONGEST} huruf.", "tulis satu kata atau nama."
        )
    if mask(written) != written or _HIDDEN in written:
        raise SenderError(
            "kata_data_pribadi", "Kata itu memuat data pribadi, atau sudah disamarkan.",
            "minta satker pengirim memperbaiki isiannya.",
        )  # fmt: skip
    bodies = [lembaga] if lembaga else list(Lembaga)
    pieces = [(body, choice) for body in bodies for column in columns for _, choice in pieces_of(column, written, body)]
    if pieces and all(choice is not None and not choice.note for _, choice in pieces):
        body, choice = pieces[0]
        meant = meaning_in_words(columns[0], choice.value if choice else "", body)
        raise SenderError("kata_sudah_dikenal", f'"{written}" sudah dikenal sebagai {meant}.', "tidak perlu diajarkan.")


def _meaning(column: Column, meaning: str, lembaga: str) -> str:
    name, folded = vocabulary_of(column, lembaga), fold(meaning)
    if folded == fold(NOT_STATED):
        return NOT_STATED
    if folded == fold(NO_ACTIVITY) and column.name == KIND:
        return NO_ACTIVITY
    if value := choices(name).get(folded):
        return value
    raise SenderError(
        "arti_tidak_dikenal", f'"{meaning}" bukan pilihan kolom {column.label}.', f"pilih: {', '.join(_offered(column, lembaga))}."
    )  # fmt: skip


def _offered(column: Column, lembaga: str) -> list[str]:
    from humas.contract.vocabulary import load_vocabulary

    values = load_vocabulary()[vocabulary_of(column, lembaga)].value
    return [
        meaning_in_words(column, one, lembaga)
        for one in (*values, NOT_STATED, *([NO_ACTIVITY] if column.name == KIND else []))
    ]


def meaning_of(lesson: Lesson) -> str:
    """What an answer says, as people read it."""
    columns = _columns().get(lesson.kolom)
    return meaning_in_words(columns[0], lesson.arti, lesson.lembaga) if columns else lesson.arti


def columns_with(context: Context, word: str, lembaga: str = "") -> list[str]:
    """The columns in which a word waits for an answer, or has one."""
    waiting = [one.kolom for one in unknown_words(context, lembaga) if fold(one.kata) == fold(word)]
    answered = [one.kolom for one in context.warehouse.taught().lessons if one.kata == fold(word)]
    return list(dict.fromkeys((*waiting, *answered)))


def touched(context: Context, lessons: Iterable[Lesson]) -> list[Cycle]:
    """Bodies and quarters whose submissions bear the words of these answers; also those that an answer had refused whole."""
    words = {(one.kolom, one.kata, one.lembaga) for one in lessons}
    found = dict[Cycle, None]()
    for one in context.warehouse.written_choices({column for column, _, _ in words}, counting=False):
        pieces = {fold(part) for column in _of_data_set(one) for part in (*_pieces(column, one.nilai), one.nilai)}
        if any((one.kolom, piece, body) in words for piece in pieces for body in ("", one.lembaga)):
            found[Cycle(one.lembaga, one.periode)] = None
    return list(found)


def _pieces(column: Column, written: str) -> list[str]:
    return [piece for piece, _ in pieces_of(column, written)]


def release(
    context: Context, cycles: Sequence[Cycle], progress: ReportProgress | None = None
) -> tuple[list[TriwulanSummary], list[Cycle]]:
    """Judge quarters that answers touch again and publish new editions of the touched reports; asks no source.

    Returns what came of each quarter, and the quarters that were never published: there an answer waits for their run.
    """
    from humas.pipeline.quarter import run_landed

    published = set(context.warehouse.published_cycles())
    done = [run_landed(context, cycle, progress) for cycle in cycles if cycle in published]
    return done, [cycle for cycle in cycles if cycle not in published]


def export_words(context: Context) -> str:
    """The operators' answers that hold, on words and on columns, as CSV for ``import_words`` of another installation."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for word in context.warehouse.taught().lessons:
        line = {"kolom": word.kolom, "kata": word.tertulis, "lembaga": word.lembaga, "artinya": word.arti}
        writer.writerow(_line(line, word))
    for heading in holding(context.warehouse.heading_history()):
        if heading.asal:
            continue  # what an office says of its own files is no operator's word elsewhere
        writer.writerow(_line(as_line(heading), heading))
    return text.getvalue()


def _line(line: Mapping[str, str], one: Lesson | HeadingLesson) -> dict[str, str]:
    said = {"oleh": one.oleh, "alasan": one.alasan, "pada": f"{jakarta_day(one.dibuat_pada):%Y-%m-%d}"}
    return {name: _cell(content) for name, content in (dict(line) | said).items()}


def _cell(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def import_words(text: str, now: datetime, by: str = "") -> tuple[list[Lesson], list[HeadingLesson]]:
    """The answers of a CSV file, on words and on columns, all checked before one is kept.

    by: who answers where a line names nobody.

    Raises:
        SenderError: the file is none of ours, or a line of it is wrong; all wrong lines are named.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text))
    if not {"kolom", "kata", "artinya"} <= set(reader.fieldnames or ()):
        raise SenderError(
            "berkas_kata_tidak_dikenal", "Berkas itu tidak berkolom kolom, kata, dan artinya.",
            "pakai berkas dari ./humas kata --ekspor.",
        )  # fmt: skip
    lessons, headings, wrong = list[Lesson](), list[HeadingLesson](), list[str]()
    for line in reader:
        try:
            lesson = _from_line(line, now, by)
            headings.append(lesson) if isinstance(lesson, HeadingLesson) else lessons.append(lesson)
        except SenderError as error:
            wrong.append(f"baris {reader.line_num}: {error.message}")
    if wrong:
        more = f"; dan {len(wrong) - 5} lagi" if len(wrong) > 5 else ""
        raise SenderError(
            "berkas_kata_keliru", f"Tidak ada yang disimpan. {'; '.join(wrong[:5])}{more}", "perbaiki baris itu, lalu impor lagi."
        )  # fmt: skip
    return lessons, headings


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _from_line(line: dict[str, str | None], now: datetime, by: str) -> Lesson | HeadingLesson:
    cell = {
        name: (value or "").strip()
        for name, value in line.items()
        if isinstance(name, str) and not isinstance(value, list)
    }
    cell = {
        name: value[1:] if value[:1] == "'" and value[1:].startswith(_FORMULA) else value
        for name, value in cell.items()
    }
    who = cell.get("oleh", "") or by
    if not who:
        raise SenderError("jawaban_tanpa_nama", "tidak disebut oleh siapa", "isi kolom oleh.")
    if cell.get("tata_letak"):
        return from_line(cell, who, now)
    return make_lesson(
        cell["kata"], cell["kolom"], cell["artinya"], cell.get("lembaga", "").lower(), who, cell.get("alasan", ""), now
    )
