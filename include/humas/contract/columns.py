"""THE data contract: each column of the data sets, written once, in ``data/kolom.toml``; here it is read.

Everything else is generated from it: coercion, Great Expectations suites, the JSON Schema of the API,
the columns of the warehouse, the data dictionary and the simulated units. A new column is one block of that file.
Column facts follow the data model of the field notes; vocabularies live in ``data/kosakata.json``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Final

from humas.bodies import BODIES, COLUMNS, DATA_SETS, Body, Demand, Framework, OwnColumn
from humas.contract import blocks
from humas.contract.rules import Severity, load_rules
from humas.contract.vocabulary import (
    BODY,
    KINDS,
    STAGES,
    STRATEGIES,
    kinds_of,
    load_vocabulary,
    stages_of,
    strategies_of,
    unusable_stages,
)


class ColumnType(StrEnum):
    """How a cell is read and stored."""

    TEXT = "teks"
    CODE = "kode"
    DATE = "tanggal"
    DATETIME = "waktu"
    INTEGER = "bilangan"
    CHOICE = "pilihan"
    CHOICE_LIST = "daftar_pilihan"
    TEXT_LIST = "daftar_teks"
    URL = "url"
    URL_LIST = "daftar_url"


LIST_TYPES = frozenset({ColumnType.CHOICE_LIST, ColumnType.TEXT_LIST, ColumnType.URL_LIST})


class Privacy(StrEnum):
    """Who may see a column: everybody, or only the work units and their superiors."""

    PUBLIC = "publik"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    name: name in code, JSON and database. label: header of the workbook and of tables.
    explanation: help for the sender. example: a valid cell as a sender would write it.
    required: it identifies what, when or whose: a cell that is empty or cannot be read quarantines the row.
    asked: it describes: the row is accepted without it, and its sender is asked. rule: rule code such a finding,
    and one of a cell that cannot be read as ``type_name``, carries (``""``: the generic codes).
    vocabulary: name of the vocabulary of a PILIHAN. minimum/maximum: bounds of a BILANGAN.
    unit: unit of a BILANGAN. length: allowed length of a TEKS, in characters.
    brought: value of an empty cell; default_from: the column whose value an empty cell takes.
    stand_in: the column that identifies a row instead when this one's cell is empty; only without both a row is held.
    synonyms: other headers people write for it.
    from_cover: an empty cell takes the value of the submission's cover.
    masks_unknown: a word outside the vocabulary is likely somebody's name, so it is neither shown nor kept.
    numbered: name of the vocabulary whose numbers a BILANGAN holds. handle: holds the name of an account, which may be
    written as a link to it, and in which punctuation tells one from another.
    named_synonyms: headers that mean it only where the sheet or the lines above the table name the data set.
    told_in, told_by: columns in whose words a TANGGAL may stand, and the words that must stand beside it there.
    first_of_span: of two days written in a TANGGAL the first one counts, with a remark.
    """

    name: str
    label: str
    type_name: ColumnType
    explanation: str
    example: str
    required: bool = False
    asked: bool = False
    rule: str = ""
    vocabulary: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    length: tuple[int, int] | None = None
    brought: str | None = None
    synonyms: tuple[str, ...] = ()
    from_cover: bool = False
    privacy: Privacy = Privacy.PUBLIC
    default_from: str = ""
    stand_in: str = ""
    masks_unknown: bool = False
    numbered: str = ""
    handle: bool = False
    named_synonyms: tuple[str, ...] = ()
    told_in: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    first_of_span: bool = False

    def __hash__(self) -> int:
        """Its name tells it apart from nearly all others; what is equal has the same one."""
        return hash(self.name)

    @property
    def wanted(self) -> bool:
        """Whether every row should fill it."""
        return self.required or self.asked

    @property
    def demand(self) -> str:
        """Whether it must be filled, in the word of ``kolom.toml``: ``wajib``, ``diminta`` or ``""``."""
        return "wajib" if self.required else "diminta" if self.asked else ""

    @property
    def identifies(self) -> bool:
        """Whether a row is told by it: no table is read without it."""
        return self.required or bool(self.stand_in)

    @property
    def holds_links(self) -> bool:
        """Whether its cells are addresses."""
        return self.type_name in {ColumnType.URL, ColumnType.URL_LIST}


@dataclass(frozen=True)
class Dataset:
    """One data set: its sheet, its columns and the columns that make a row unique within a unit.

    name: name in code, JSON and database. sheet: name of its sheet. entity: name of its rules
    in ``aturan.toml``. keys: two rows equal in these columns are the same event told twice.
    dated_by: the date that places a row in a period. optional: nobody owes it; see :func:`datasets_of` for a body's own
    say. numbered_yearly: numbers of its key begin anew each year. marks: columns of which a table has one when nothing
    but its headers tells what it is; () when any of its columns do. named_by: words of a title or a sheet's name that
    mean this data set. of_quarter_end: a row is how something stood at the end of the quarter: it is of the quarter of its
    file, whatever its date, which may be empty. told_by_name: it is ``when_named`` of a data set.
    """

    name: str
    sheet: str
    entity: str
    explanation: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str
    sheet_synonyms: tuple[str, ...] = ()
    optional: bool = False
    numbered_yearly: bool = False
    marks: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    of_quarter_end: bool = False
    told_by_name: bool = False

    def __hash__(self) -> int:
        """There is one of each name; going through all columns each time would cost more than what is looked up."""
        return hash(self.name)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def when_named(self) -> Dataset:
        """The same data set with the headers that mean its columns where a name or a title tells what the table is."""
        widened = (
            replace(column, synonyms=(*column.synonyms, *column.named_synonyms)) if column.named_synonyms else column
            for column in self.columns
        )
        return replace(self, columns=tuple(widened), told_by_name=True) if self.named_by else self

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns a row cannot do without."""
        return tuple(column for column in self.columns if column.required)

    @property
    def identifying(self) -> tuple[Column, ...]:
        """The columns a table cannot do without: those of which each row needs one, and those that another may stand for."""
        return tuple(column for column in self.columns if column.identifies)

    @property
    def asked(self) -> tuple[Column, ...]:
        """The columns a row is accepted without, but its sender asked for."""
        return tuple(column for column in self.columns if column.asked)

    @property
    def wanted(self) -> tuple[Column, ...]:
        """The columns every row should fill: those it cannot do without, and those its sender is asked for."""
        return tuple(column for column in self.columns if column.wanted)

    def excuses(self, column: Column) -> dict[str, frozenset[str]]:
        """What excuses a row from filling a column: other column → its values under which nothing has an address."""
        if not (column.asked and column.holds_links):
            return {}
        choices = {
            one.name: one.vocabulary for one in self.columns if one.type_name is ColumnType.CHOICE and one.vocabulary
        }
        values = {name: load_vocabulary()[vocabulary].unlinked for name, vocabulary in choices.items()}
        return {name: unlinked for name, unlinked in values.items() if unlinked}


_FILE = "kolom.toml"
_SHARED = "bersama"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN_KEYS: blocks.Keys = {
    "label": ("label", blocks.words),
    "tipe": ("type_name", blocks.member_of(ColumnType)),
    "penjelasan": ("explanation", blocks.words),
    "contoh": ("example", blocks.text),
    "wajib": ("required", blocks.yes_or_no),
    "diminta": ("asked", blocks.yes_or_no),
    "aturan": ("rule", blocks.name_in(load_rules, "aturan.toml")),
    "kosakata": ("vocabulary", blocks.name_in(load_vocabulary, "kosakata.json")),
    "terkecil": ("minimum", blocks.number),
    "terbesar": ("maximum", blocks.number),
    "satuan": ("unit", blocks.words),
    "panjang": ("length", blocks.span),
    "bawaan": ("brought", blocks.words),
    "bawaan_dari": ("default_from", blocks.words),
    "pengganti": ("stand_in", blocks.words),
    "dari_sampul": ("from_cover", blocks.yes_or_no),
    "sinonim": ("synonyms", blocks.many_words),
    "sinonim_bernama": ("named_synonyms", blocks.many_words),
    "disebut_dalam": ("told_in", blocks.many_words),
    "disebut_dengan": ("told_by", blocks.many_words),
    "rentang_dari_awal": ("first_of_span", blocks.yes_or_no),
    "privasi": ("privacy", blocks.member_of(Privacy)),
    "samarkan_asing": ("masks_unknown", blocks.yes_or_no),
    "nama_akun": ("handle", blocks.yes_or_no),
    "bernomor": ("numbered", blocks.name_in(load_vocabulary, "kosakata.json")),
}
_COLUMN_NEEDS = ("label", "tipe", "penjelasan", "contoh")
_CHOICES = frozenset({ColumnType.CHOICE, ColumnType.CHOICE_LIST})
_ONLY_FOR: Mapping[str, frozenset[ColumnType]] = {
    "kosakata": _CHOICES,
    "terkecil": frozenset({ColumnType.INTEGER}),
    "terbesar": frozenset({ColumnType.INTEGER}),
    "satuan": frozenset({ColumnType.INTEGER}),
    "panjang": frozenset({ColumnType.TEXT}),
    "bawaan": frozenset({ColumnType.TEXT, ColumnType.CODE, ColumnType.CHOICE}),
    "samarkan_asing": frozenset({ColumnType.CHOICE}),
    "nama_akun": frozenset({ColumnType.TEXT}),
    "bernomor": frozenset({ColumnType.INTEGER}),
    "disebut_dalam": frozenset({ColumnType.DATE}),
    "disebut_dengan": frozenset({ColumnType.DATE}),
    "rentang_dari_awal": frozenset({ColumnType.DATE}),
}
_DATASET_KEYS: blocks.Keys = {
    "lembar": ("sheet", blocks.words),
    "sinonim_lembar": ("sheet_synonyms", blocks.many_words),
    "entitas": ("entity", blocks.words),
    "penjelasan": ("explanation", blocks.words),
    "kunci": ("keys", blocks.many_words),
    "bertanggal": ("dated_by", blocks.words),
    "opsional": ("optional", blocks.yes_or_no),
    "bernomor_tahunan": ("numbered_yearly", blocks.yes_or_no),
    "penanda": ("marks", blocks.many_words),
    "sebutan": ("named_by", blocks.many_words),
    "keadaan": ("of_quarter_end", blocks.yes_or_no),
    "kolom": ("columns", blocks.blocks),
}
_DATASET_NEEDS = ("lembar", "entitas", "penjelasan", "kunci", "bertanggal", "kolom")


def read_datasets(text: str) -> tuple[Dataset, ...]:
    """The data sets that the text of ``kolom.toml`` describes, in its order.

    Raises:
        OperatorError: something in it is wrong; one line says in which data set and column, and what.
    """
    with blocks.place(_FILE):
        content = tomllib.loads(text)
        shared_blocks = blocks.blocks(content.pop(_SHARED, {}))
    shared = {name: _column(f"kolom {_SHARED} {name}", name, block) for name, block in shared_blocks.items()}
    datasets = tuple(_dataset(name, block, shared) for name, block in content.items())
    with blocks.place(_FILE):
        blocks.once((f"himpunan {one.name}", (one.sheet, *one.sheet_synonyms)) for one in datasets)
        if idle := shared.keys() - {column.name for dataset in datasets for column in dataset.columns}:
            raise ValueError(f"kolom {_SHARED} {min(idle)} tidak dipakai himpunan mana pun")
    return datasets


def _dataset(name: str, block: object, shared: Mapping[str, Column]) -> Dataset:
    where = f"himpunan {name}"
    with blocks.place(_FILE, where):
        fields = blocks.fields(block, _DATASET_KEYS, _DATASET_NEEDS)
    columns = [_own_or_shared(where, one, column, shared) for one, column in fields.pop("columns").items()]
    dataset = Dataset(name=name, columns=tuple(columns), **fields)
    with blocks.place(_FILE, where):
        _check_name(name)
        _check_dataset(dataset)
    return dataset


def _own_or_shared(where: str, name: str, block: object, shared: Mapping[str, Column]) -> Column:
    place = f"{where}, kolom {name}"
    if block != {_SHARED: True}:
        return _column(place, name, block)
    with blocks.place(_FILE, place):
        if name not in shared:
            raise ValueError(f"tidak ada blok [{_SHARED}.{name}]")
        return shared[name]


def _column(place: str, name: str, block: object) -> Column:
    with blocks.place(_FILE, place):
        _check_name(name)
        column = _known_by_all(Column(name=name, **blocks.fields(block, _COLUMN_KEYS, _COLUMN_NEEDS)))
        for key in blocks.blocks(block):
            if column.type_name not in (types := _ONLY_FOR.get(key, {column.type_name})):
                raise ValueError(f"{key} hanya untuk tipe {', '.join(sorted(types))}")
        _check_column(column)
        return column


def _known_by_all(column: Column) -> Column:
    """A column of strategies is known by what any body calls them and how many, before it is known whose file it is."""
    if STRATEGIES not in {column.numbered, column.vocabulary}:
        return column
    labels = dict.fromkeys(_called(column, body.framework.noun) for body in BODIES.values())
    others = (label for label in labels if label not in {column.label, *column.synonyms})
    largest = max(len(body.framework.parts) for body in BODIES.values()) if column.numbered else column.maximum
    return replace(column, synonyms=(*column.synonyms, *others), maximum=largest)


def _called(column: Column, noun: str) -> str:
    """The label of a column of strategies where they are called otherwise: "Bidang utama"."""
    return column.label.replace(STRATEGIES.capitalize(), noun.capitalize())


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError("nama hanya boleh memuat huruf kecil, angka, dan garis bawah")


def _check_column(column: Column) -> None:
    """Raise a ValueError for what no single key shows."""
    if column.required and column.asked:
        raise ValueError("wajib dan diminta tidak dapat bersama: wajib menahan baris, diminta tidak")
    if column.required and column.stand_in:
        raise ValueError("wajib dan pengganti tidak dapat bersama: yang wajib menahan baris, apa pun isi kolom lain")
    _check_rule(column)
    if column.type_name in _CHOICES and column.vocabulary is None:
        raise ValueError(f"tipe {column.type_name} memerlukan kosakata")
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        raise ValueError(f"terkecil {column.minimum} melebihi terbesar {column.maximum}")
    if column.brought and column.vocabulary and column.brought not in load_vocabulary()[column.vocabulary].value:
        raise ValueError(f"bawaan {column.brought!r} bukan nilai kosakata {column.vocabulary}")


def _check_rule(column: Column) -> None:
    """The weight of a column's rule must be what becomes of its rows; FATAL may be a rule that other columns share."""
    severity = load_rules()[column.rule].severity if column.rule else None
    if column.required and severity not in {None, Severity.FATAL}:
        raise ValueError(f"wajib menahan baris, tetapi aturan {column.rule} berkeparahan {severity}")


def _check_dataset(dataset: Dataset) -> None:
    """Raise a ValueError for what no single column shows."""
    named = dataset.by_name
    if unknown := [name for name in (*dataset.keys, dataset.dated_by) if name not in named]:
        raise ValueError(f"kunci atau bertanggal menyebut kolom {unknown[0]}, yang tidak ada")
    if named[dataset.dated_by].type_name not in {ColumnType.DATE, ColumnType.DATETIME}:
        raise ValueError(f"bertanggal menyebut kolom {dataset.dated_by}, yang bukan tanggal atau waktu")
    if not (named[dataset.dated_by].required or dataset.of_quarter_end):
        raise ValueError(f"kolom {dataset.dated_by} menentukan periode baris, maka harus wajib")
    for column in dataset.columns:
        source = named.get(column.default_from)
        if column.default_from and (source is None or source is column or source.type_name != column.type_name):
            raise ValueError(f"kolom {column.name}: bawaan_dari harus menyebut kolom lain bertipe {column.type_name}")
        if column.stand_in and (column.stand_in not in named or column.stand_in == column.name):
            raise ValueError(f"kolom {column.name}: pengganti harus menyebut kolom lain himpunan ini")
    widened = dataset.when_named.columns
    blocks.once((f"kolom {column.name}", (column.label, *column.synonyms)) for column in widened)


DATASETS: tuple[Dataset, ...] = read_datasets(
    resources.files("humas.contract").joinpath(f"data/{_FILE}").read_text(encoding="utf-8")
)
BY_NAME: dict[str, Dataset] = {dataset.name: dataset for dataset in DATASETS}
KEGIATAN, PUBLIKASI, PERMOHONAN_INFO, ISU_HOAKS, KEBERATAN, PEMBERITAAN, ASPIRASI, AKUN = map(
    BY_NAME.__getitem__, DATA_SETS
)


@cache
def datasets_of(body: str, on: date | None = None) -> tuple[Dataset, ...]:
    """The data sets that a body asks for, as it has them: optional or not, its own strategies and kinds.

    on: the last day of the quarter whose form or report it is; None where none is meant, and the last word holds.
    """
    return tuple(
        _dataset_of_body(dataset, body, on) for dataset in DATASETS if _demand(dataset, body) is not Demand.NONE
    )


@cache
def asked_of(body: str) -> frozenset[str]:
    """Names of the data sets that units of a body owe: what is optional is never missing."""
    return frozenset(dataset.name for dataset in datasets_of(body) if not dataset.optional)


def _demand(dataset: Dataset, body: str) -> Demand:
    usual = Demand.OPTIONAL if dataset.optional else Demand.ASKED
    return BODIES[body].data_sets.get(dataset.name, usual)


@cache
def spoken_by(body: str, on: date | None = None) -> Mapping[str, Dataset]:
    """All data sets by name, in a body's labels, explanations, examples and demands; what their cells mean is the contract's.

    on: as of :func:`datasets_of`.
    """
    return {
        dataset.name: replace(
            dataset, columns=tuple(_own_column(_then(body, on), dataset.name, column) for column in dataset.columns)
        )
        for dataset in DATASETS
    }


_OURS: Final = ("menjadi ", "Tambahkan kolom ", "dibaca sebagai ", "Tulis judul ", "tulis judul ")
_QUOTED: Final = re.compile(rf'({"".join(f"(?<!{words})" for words in _OURS)}"[^"]*")')


@cache
def _renamed(body: str) -> Mapping[str, str]:
    """Labels of the contract that a body has another word for → its own."""
    own = spoken_by(body)
    pairs = ((column.label, own[dataset.name].by_name[column.name].label) for dataset, column in all_columns())
    return {label: other for label, other in pairs if label != other}


@cache
def _usual_labels() -> Mapping[str, str]:
    return {own: label for body in BODIES for label, own in _renamed(body).items()}


def usual_label(label: str) -> str:
    """The contract's label of a column that some body has another word for; any other text as it is."""
    return _usual_labels().get(label, label)


def in_words_of(body: str, text: str) -> str:
    """What is said of columns before it is known whose file it is, in a body's labels; what is quoted may be the sender's, and stays.

    Quoted behind one of `_OURS` is a label that we name.
    """
    if not (renamed := _renamed(body)):
        return text
    quoted = _QUOTED.split(text)
    words = re.compile("|".join(map(re.escape, sorted(renamed, key=len, reverse=True))))
    return "".join(
        part if position % 2 else words.sub(lambda found: renamed[found[0]], part)
        for position, part in enumerate(quoted)
    )


def unusable_columns() -> Iterator[str]:
    """What bodies say of columns and stages that do not exist, or cannot be so; nobody heeds it. One line each."""
    yield from unusable_stages()
    for code, body in BODIES.items():
        said = (*body.columns_in_time, *body.columns.items())
        yield from dict.fromkeys(filter(None, (_unusable(code, *column, own) for column, own in said)))


def _unusable(body: str, dataset: str, name: str, own: OwnColumn) -> str:
    column = BY_NAME[dataset].by_name.get(name)
    if column is None:
        return f'{body}/{COLUMNS}: kolom "{dataset}.{name}" tidak dikenal'
    if column.required and own.asked is not None:
        return f'{body}/{COLUMNS}: kolom "{dataset}.{name}" wajib bagi semua lembaga, isian tidak dapat diubah'
    return ""


def _then(body: str, on: date | None) -> Body:
    return BODIES[body] if on is None else BODIES[body].on(on)


def _dataset_of_body(dataset: Dataset, body: str, on: date | None) -> Dataset:
    columns = tuple(
        _of_body(_own_column(_then(body, on), dataset.name, column), body, on) for column in dataset.columns
    )
    return replace(dataset, columns=columns, optional=_demand(dataset, body) is Demand.OPTIONAL)


def _own_column(body: Body, dataset: str, column: Column) -> Column:
    """A column as a body names, explains and asks for it."""
    column = _of_framework(column, body.framework)
    if column.vocabulary == BODY:
        column = replace(column, example=body.label)
    own = body.columns.get((dataset, column.name))
    if own is None:
        return column
    asked = column.asked if own.asked is None or column.required else own.asked
    return replace(
        column, example=own.example or column.example, explanation=own.explanation or column.explanation, asked=asked
    )


@cache
def as_body_has_it(column: Column, body: str) -> Column:
    """A column under the name that a body has for it, its cells read in the body's own list."""
    return _of_body(_of_framework(column, BODIES[body].framework), body)


def _of_framework(column: Column, framework: Framework) -> Column:
    """A column of strategies under the name that a body has for them."""
    if STRATEGIES not in {column.numbered, column.vocabulary}:
        return column
    label = _called(column, framework.noun)
    synonyms = tuple(dict.fromkeys(word for word in (column.label, *column.synonyms) if word != label))
    explanation = f"Nomor {framework.noun} lain, dipisah koma."
    if column.numbered == STRATEGIES:
        explanation = f"Nomor satu dari {len(framework.parts)} {framework.title}."
    return replace(column, label=label, synonyms=synonyms, explanation=explanation)


def _of_body(column: Column, body: str, on: date | None = None) -> Column:
    """A column whose cells are read in a body's own list, or picked from the list of a day."""
    if column.vocabulary == KINDS:
        return replace(column, vocabulary=kinds_of(body))
    if column.vocabulary == STAGES and stages_of(body) in load_vocabulary():
        return replace(column, vocabulary=stages_of(body))
    if column.numbered == STRATEGIES:
        last = BODIES[body].framework.values.index(_then(body, on).framework.values[-1])
        return replace(column, numbered=strategies_of(body, on), maximum=last + 1)
    return replace(column, vocabulary=strategies_of(body, on)) if column.vocabulary == STRATEGIES else column


def all_columns() -> Iterator[tuple[Dataset, Column]]:
    """Every column of the contract with the data set it belongs to."""
    for dataset in DATASETS:
        for column in dataset.columns:
            yield dataset, column
