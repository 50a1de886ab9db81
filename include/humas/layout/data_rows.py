"""Which rows below a header are data, and what the others are: totals, signatures, notes, titles, empty numbering.

A row that fills three of its required columns is data whatever words it holds; only what is sparser is looked at for
marks. What bears no mark is data too and goes to quarantine, so that nothing is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from humas.bodies import BODIES, alternatives
from humas.contract.columns import Column, ColumnType, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.channels import channel_heading, channels_of
from humas.layout.headers import LONGEST_HEADER, Header, ignored
from humas.layout.sheet import TableNote, blank_row, is_json
from humas.layout.title_words import is_remark
from humas.reading.table import BrokenCell, RawTable
from humas.values.cells import Reading, as_text, clean_text, fold, is_blank, reader
from humas.values.dates import is_zero_date
from humas.values.words import find_choice

_TOTAL_ALONE = re.compile(r"\s*(?:(?:sub|grand)[\s-]*)?(?:jumlah|total|jml)\s*[:=]?\s*", re.IGNORECASE)
_TOTAL_BEGINS = frozenset("sgjtSGJT")
_TOTAL = re.compile(r"\s*(?:(?:sub|grand)\s*)?(?:jumlah|total|jml|rata-rata|rekap(?:itulasi)?)\b", re.IGNORECASE)
_MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
WEEKDAYS = "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
_SIGNATURE = re.compile(
    r"\s*(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|dibuat oleh|yang membuat|pembuat laporan|"
    r"disusun oleh|penanggung jawab|nip\b|nrp\b|a\.?n\.|plt\.?|plh\.?|ketua|sekretaris|kepala|kasubbag|kasubag|"
    r"kabag|koordinator|admin)(?=[\s.,:/]|$)"
    rf"|\s*(?!(?:{WEEKDAYS})\W)[A-Z][\w .'-]{{2,40}},\s*(?:\d{{1,2}}|[.…_ ]{{1,12}})\s+(?:{_MONTHS})(?:\s+\d{{4}})?\s*$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"\s*(?:(?:catatan|keterangan|ket|sumber|nb|note|petunjuk)\s*[.:]|\*+\)?\s*\S|halaman\s+\d|hal\.?\s*\d|page\s+\d|"
    r"dicetak|diunduh|dokumen ini)",
    re.IGNORECASE,
)
_EXAMPLE = frozenset({"contoh", "contohisian", "contohpengisian", "contohcarapengisian", "cth"})
_NIHIL = frozenset({
    "nihil", "tidakada", "tidakadakegiatan", "tidakadadata", "tidakadapublikasi", "tidakadapermohonan",
    "belumada", "belumadakegiatan", "tidakadahoaks", "tidakadaisu",
})  # fmt: skip
_NOT_THERE = re.compile(
    r"\W*(?:(?:masih|memang|saat ini)\s+)?(?:tidak|belum|tdk|blm)\s+(?:ada|punya|memiliki|mempunyai|dibuat|tersedia)"
    r"(?:\s+(?:akun|kanal|saluran|akunnya|medsos))?\W*|\W*kosong\W*",
    re.IGNORECASE,
)
"""What one row says of what it was written for, though not of the whole quarter: "belum punya" beside a platform."""
_MAY_SAY_NIL = re.compile(r"nihil|tidak|tdk|belum|blm|kosong", re.IGNORECASE)
_LONG_NIHIL = re.compile(
    rf"\W*(?:(?:selama|pada|dalam|untuk|di|periode|triwulan|tw|bulan|tahun|ini|{_MONTHS}|[ivx]+|\d{{1,4}}),?\s+)*"
    r"(?:laporan\s+)?(?:nihil\W+)?(?:nihil|(?:tidak|belum|tdk)\s+(?:ada|terdapat))"
    r"(?:\s+(?:data|kegiatan|acara|publikasi|konten|rilis|berita|permohonan|informasi|pemohon|isu|hoaks|hoax|aduan|laporan|"
    r"pengaduan|aspirasi|saran|masukan|keluhan|keberatan|sengketa|pemberitaan|kliping|"
    r"kehumasan|humas|atau|dan|yang|dilaporkan|dilaksanakan|masuk|diterima|ditemukan|di|pada|selama|dalam|untuk|periode|"
    rf"triwulan|tw|bulan|tahun|ini|tersebut|s\.?d\.?|sampai|dengan|{_MONTHS}|[ivx]+|\d{{1,4}}))*(?:\W+nihil)?\W*",
    re.IGNORECASE,
)
_NIHIL_AND_WHY = re.compile(r"\W*nihil\W*\s\([^()]+\)\W*", re.IGNORECASE)
_SECTION_NUMBER = r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*)?"
_INSTEAD_OF_KIND = alternatives(word for body in BODIES.values() for word in body.words.instead_of_kind)
_SATKER_NAME = re.compile(
    _SECTION_NUMBER + r"(?:(?:nama\s+)?(?:satker|satuan kerja|unit kerja|kabupaten\s*/\s*kota|wilayah)\s*:\s*)?"
    rf"(?P<nama>(?:(?:humas\s+)?(?:{alternatives(word for body in BODIES.values() for word in body.words.heading)})\s+)?"
    rf"(?:(?:kota|kabupaten|kab\.?|provinsi|prov\.?|{_INSTEAD_OF_KIND})\s+)[^\d:;]+)",
    re.IGNORECASE,
)
_SECTION_LETTER = re.compile(r"\(?(?:[A-Z]|[IVX]{1,5})[.)]?")
_MONTH_TITLE = re.compile(rf"\W*(?:bulan\s*:?\s*)?(?:{_MONTHS})(?:\s+\d{{4}})?\W*", re.IGNORECASE)
_SPACED = re.compile(r"\b(?:[^\W\d_] ){2,}[^\W\d_]\b")
_NUMERIC = re.compile(r"[\d.,/\s]+(?:[^\W\d_]+)?")
_PICKED = frozenset({ColumnType.CHOICE, ColumnType.CHOICE_LIST, ColumnType.INTEGER})
"""Types of cells that a drop-down, a formula or a fill handle puts into rows that nobody filled in."""
_AROUND_NUMBER = re.compile(r"[()\s]")
_TALLY = re.compile(
    r"\s*(?P<word>[^\d:=;,]{2,40}?)\s*[:=]?\s*\d{1,6}(?:\s+(?:berita|buah|aduan|pengaduan|laporan|orang|\d{1,3}(?:[.,]\d+)?\s*%))?\s*"
)
"""A word and how often it stands above: "Positif: 4", "selesai 3 laporan"."""
_TALLIES = re.compile(r"[,;|]\s+|\s+dan\s+")
_SAYS_NONE = "baris yang menyatakan tidak ada"
"""A row that says of its month, its platform or its channel that there is nothing: no row, and no nil of the whole quarter."""
_FEWEST_NUMBERED = 4
_MAX_WORDS = 8
_MOST_LABELS = 2
_FULL = 3
"""Cells of those that make a row a row, of which no more need stand in it."""
_RECAP_CELLS = 3
"""Cells of a line of a small recap below a table: what is counted, how often, and its share."""
_LONGEST_JOB_TITLE = 6


@dataclass(slots=True)
class Sorting:
    """Rows of a table told apart.

    parts: runs of data rows, each with the title inside the table that stands above it ("" for the first run).
    indices: all of them. nihil: whether a row says that there is nothing, of a part alone only when no part has a row.
    unchosen: drafts that are not chosen.
    """

    parts: list[tuple[str, list[int]]] = field(default_factory=lambda: [("", [])])
    notes: list[TableNote] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    nihil: bool = False
    nil_part: bool = False
    unchosen: int = 0

    def add(self, index: int) -> None:
        """Book a data row."""
        self.parts[-1][1].append(index)
        self.indices.append(index)


@dataclass(slots=True)
class _Total:
    """The sum of a column over the data rows so far, brought up to date when asked, so that asking often stays cheap."""

    counted: int = 0
    quantity: int = 0
    count: float = 0

    def add(self, content: Sequence[object]) -> None:
        """Take one more row into account."""
        figures = [cell for cell in content if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        self.counted += len(content)
        self.quantity += len(figures)
        self.count += sum(figures)


@dataclass(frozen=True)
class Sorter:
    """Tells the rows of one table apart by its header.

    repeated: rows that repeat the header. draft: only rows chosen in the column "Pakai" are data.
    """

    table: RawTable
    dataset: Dataset
    header: Header
    repeated: frozenset[int] = frozenset()
    draft: bool = False

    @cached_property
    def key(self) -> tuple[int, ...]:
        """Where the cells stand that make a row a row: those it should fill that are no numbers and not the unit's."""
        return tuple(
            self.header.columns[column.name]
            for column in self.dataset.wanted
            if column.name in self.header.columns
            and not column.from_cover
            and column.type_name is not ColumnType.INTEGER
        )

    @cached_property
    def content(self) -> frozenset[int]:
        """Where the row's own content stands: all columns of the contract but those of the unit."""
        return frozenset(
            position for name, position in self.header.columns.items() if not self.dataset.by_name[name].from_cover
        )

    @cached_property
    def figure(self) -> frozenset[int]:
        """Where counts stand."""
        return frozenset(
            position
            for name, position in self.header.columns.items()
            if self.dataset.by_name[name].type_name is ColumnType.INTEGER
        )

    @cached_property
    def use_column(self) -> int | None:
        """Where a draft says whether it is to be used."""
        return next((position for position, text in enumerate(self.header.texts) if fold(text) == "pakai"), None)

    def sort_out(self, start: int, until: int) -> Sorting:
        """Tell apart the rows from ``start`` up to, not including, ``until``."""
        result = Sorting()
        passed: dict[str, list[int]] = {}
        tail = recap = False
        for index in range(start, until):
            row = self.table.cells[index]
            if blank_row(row):
                recap = False
                continue
            if self.draft and not self._chosen(row):
                result.unchosen += 1
                continue
            below = recap and self._counts_something(row)
            cause = "baris jumlah" if below else self._cause(index, result, tail=tail)
            recap = below or (cause == "baris jumlah" and sum(not is_blank(cell) for cell in row) == 1)
            tail = cause == "tanda tangan" or (tail and cause != "")
            self._book(result, passed, cause, index)
        result.notes += [self._passed_over(cause, indices) for cause, indices in passed.items()]
        result.nihil |= result.nil_part and not result.indices
        return result

    def _cause(self, index: int, result: Sorting, *, tail: bool) -> str:
        return "judul kolom yang terulang" if index in self.repeated else self._reason(index, result, tail=tail)

    def _counts_something(self, row: Sequence[object]) -> bool:
        """Whether a row below a line such as "Rekap per platform" is a word and its figures."""
        filled = [cell for cell in row if not is_blank(cell)]
        figures = sum(_NUMERIC.fullmatch(as_text(cell).rstrip(" %")) is not None for cell in filled)
        return len(filled) <= _RECAP_CELLS and len(filled) - figures == 1 <= figures and not self._dated(row)

    def _counts_choices(self, row: Sequence[object], filled: Sequence[int]) -> bool:
        """Whether a line tells how often words of a vocabulary stand above: "Positif: 4", "Selesai 3, diproses 1".

        A word and a number that each stand in the column for it are a row of the table: "Instagram | @kpu | 1.200".
        """
        texts = [unspaced(clean_text(as_text(row[position]))[0]) for position in filled]
        if not texts or not any(map(str.isdecimal, texts[-1])):
            return False
        named = [text for text in texts if not _NUMERIC.fullmatch(text.rstrip(" %"))]
        words = [word for text in named for word in _counted_words(text, alone=len(named) == len(texts))]
        placed = {name for name, position in self.header.columns.items() if position in filled}
        numbers = any(self.dataset.by_name[name].type_name is ColumnType.INTEGER for name in placed)
        return bool(words) and any(
            all(find_choice(column.vocabulary, word) for word in words)
            for column in self.dataset.columns
            if column.vocabulary and not (numbers and column.name in placed)
        )

    def _book(self, result: Sorting, passed: dict[str, list[int]], cause: str, index: int) -> None:
        if not cause:
            result.add(index)
            return
        if cause == "pernyataan nihil":
            result.nil_part |= bool(result.parts[-1][0])
            result.nihil |= not result.parts[-1][0]
        if cause == "judul bagian":
            result.parts.append((self._first_text(self.table.cells[index]), []))
        if cause in {"tanda tangan", "baris tanpa isi"}:
            passed.setdefault(cause, []).append(index)
        else:
            result.notes.append(self._passed_over(cause, [index]))

    def _passed_over(self, cause: str, indices: Sequence[int]) -> TableNote:
        numbers = [self.table.row_number(i) for i in indices]
        span = f" (baris {numbers[0]}–{numbers[-1]})" if len(numbers) > 1 else ""
        return TableNote("K16", f"{cause}{span}; tidak dihitung sebagai data.", row=numbers[0])

    def _chosen(self, row: Sequence[object]) -> bool:
        position = self.use_column
        if position is None or position >= len(row):
            return False
        yes = next(term for term in load_vocabulary()["ya_tidak"].terms if term.label.casefold() == "ya")
        return row[position] is True or fold(as_text(row[position])) in {
            fold(word) for word in (yes.value, yes.label, *yes.synonyms)
        }

    def _reason(self, index: int, result: Sorting, *, tail: bool) -> str:
        """Why a row is no data; "" when it is."""
        if is_json(self.table):
            return ""
        row = self.table.cells[index]
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            return "baris tanpa isi"
        if not result.parts[-1][1] and numbers_columns(row):
            return "baris nomor kolom"
        if isinstance(first, str) and first[:1] in "Cc(" and fold(first) in _EXAMPLE:
            return "baris contoh"
        if isinstance(first, str) and _is_total(first) and not self._dated(row):
            return "baris jumlah"
        if self._makes_a_row(row, tail=tail) and self._stands_apart(row):
            return self._of_full(row)
        filled = [position for position, cell in enumerate(row) if not is_blank(cell)]
        if self._unnamed_total(row, result.indices, filled):
            return "baris jumlah tanpa keterangan"
        return self._of_sparse(row, index, filled, tail=tail)

    def _makes_a_row(self, row: Sequence[object], *, tail: bool) -> bool:
        """Whether so many of the cells stand there that a row is a row; below a signature no fewer than three."""
        lacking = _FULL if tail else min(_FULL, len(self.key))
        for position in self.key:
            if position < len(row) and not is_blank(row[position]):
                lacking -= 1
                if not lacking:
                    return True
        return False

    def _of_sparse(self, row: Sequence[object], index: int, filled: list[int], *, tail: bool) -> str:
        texts = [unspaced(clean_text(as_text(row[position]))[0]) for position in filled]
        contents = [text for position, text in zip(filled, texts, strict=True) if position in self.content]
        named = any(map(_TOTAL.match, (*texts[:1], *contents[:1])))
        if named and self._only_figures(row) and not self._dated(row):
            return "baris jumlah"
        if (words := [text for text in texts if text.upper() != text.lower()]) and all(map(nil_words, words)):
            return "pernyataan nihil"
        if not self._dated(row) and self._counts_choices(row, filled):
            return "baris jumlah"
        if not self._dated(row) and (tail or any(map(_signed, texts))):
            return "tanda tangan"
        if index > self._last_row and self._signed_in_two(filled, texts):
            return "tanda tangan"
        if len(texts) <= 2 and (_FOOTNOTE.match(texts[0]) or self._stands_below(index, texts)):
            return "catatan kaki"
        if self._is_title(index, filled, texts):
            return "judul bagian"
        if not (contents and self._stands_apart(row)):
            return "baris tanpa isi"
        return _SAYS_NONE if self._says_none(row) else ""

    def _of_full(self, row: Sequence[object]) -> str:
        """Why a row with enough cells is no data all the same; "" when it is."""
        if self._says_none(row):
            return _SAYS_NONE
        filled = [position for position, cell in enumerate(row) if not is_blank(cell)]
        counts = len(filled) <= _RECAP_CELLS and not self._dated(row) and self._counts_choices(row, filled)
        return "baris jumlah" if counts else ""

    def _says_none(self, row: Sequence[object]) -> bool:
        """Whether a row says that there is nothing of what it was written for: "Podcast | belum ada | -", "Juli | nihil".

        Nothing else of ours may stand in it but a day or a month and a word to pick; two of these only where its name or
        its title is what is lacking, for a row that merely lost its title is held.
        """
        filled = [position for position, cell in enumerate(row) if not is_blank(cell)]
        nil = {position for position in filled if _says_nil(row[position])}
        if not nil:
            return False
        own = [position for position in filled if position in self.content and position not in nil]
        labels = [position for position in own if position not in self.figure or row[position] != 0]
        if not all(position in self._choices or self._tells_when(position, row[position]) for position in labels):
            return False
        noted = any(
            position < len(self.header.texts) and is_remark(self.header.texts[position])
            for position in nil - self.content
        )
        if nil.isdisjoint(self._named_by):
            return len(labels) == 1 and not self._dated(row) and (noted or not nil.isdisjoint(self.content))
        return len(labels) <= _MOST_LABELS

    def _tells_when(self, position: int, cell: object) -> bool:
        """Whether a cell of a column of days tells a day, or a month."""
        if position not in self._days:
            return False
        reading = self._read_date(cell)
        return (
            reading.problem is None or reading.yearless is not None or _MONTH_TITLE.fullmatch(as_text(cell)) is not None
        )

    @cached_property
    def _choices(self) -> frozenset[int]:
        """Where words to pick stand."""
        return frozenset(
            position for name, position in self.header.columns.items() if self.dataset.by_name[name].vocabulary
        )

    @cached_property
    def _named_by(self) -> frozenset[int]:
        """Where the texts stand that say what a row is about."""
        telling = (*self.dataset.wanted, *self.dataset.identifying)
        texts = {column.name for column in telling if column.type_name is ColumnType.TEXT}
        return frozenset(
            position
            for name, position in self.header.columns.items()
            if name in texts and not self.dataset.by_name[name].from_cover
        )

    def _stands_apart(self, row: Sequence[object]) -> bool:
        """Whether something stands in a row that tells it from others: a title, a date, what only a person writes.

        A drop-down, a weekday by formula, a number: these are dragged down over rows that nobody filled in.
        """
        mapped = self.header.columns.values()
        return any(_is_own(row[i], day=i in self._days) for i in self._telling if i < len(row)) or any(
            _is_own(cell, day=False) for i, cell in enumerate(row) if i not in mapped
        )

    @cached_property
    def _telling(self) -> tuple[int, ...]:
        """Where words, dates and links of the row's own stand."""
        return tuple(position for name, position in self.header.columns.items() if self._tells(name))

    def _tells(self, name: str) -> bool:
        column = self.dataset.by_name[name]
        return not column.from_cover and column.type_name not in _PICKED

    @cached_property
    def _days(self) -> frozenset[int]:
        """Where dates stand."""
        types = {ColumnType.DATE, ColumnType.DATETIME}
        return frozenset(
            position for name, position in self.header.columns.items() if self.dataset.by_name[name].type_name in types
        )

    def _signed_in_two(self, filled: Sequence[int], texts: Sequence[str]) -> bool:
        """Whether place and day of a signature stand in two cells, parted by the comma between them."""
        return len(texts) == 2 and filled[0] not in self.content and _signed(", ".join(texts))

    def _stands_below(self, index: int, texts: list[str]) -> bool:
        """Whether a line of text stands alone under the table: a blank row above it, and no row of data after it."""
        above = self.table.cells[index - 1]
        return len(texts) == 1 and blank_row(above) and index > self._last_row and not _NUMERIC.fullmatch(texts[0])

    @cached_property
    def _last_row(self) -> int:
        """The last row with two of the cells that make a row a row."""
        fullest = (
            index
            for index, row in enumerate(self.table.cells)
            if sum(position < len(row) and not is_blank(row[position]) for position in self.key) > 1
        )
        return max(fullest, default=-1)

    def _only_figures(self, row: Sequence[object]) -> bool:
        """Whether a row has nothing in its required cells but one text, such as "Jumlah", and numbers."""
        cells = [row[position] for position in self.key if position < len(row) and not is_blank(row[position])]
        return sum(not isinstance(cell, (int, float)) and not _NUMERIC.fullmatch(as_text(cell)) for cell in cells) <= 1

    def _dated(self, row: Sequence[object]) -> bool:
        """Whether the date that places a row in a period stands in it."""
        position = self.header.columns.get(self.dataset.dated_by)
        if position is None or position >= len(row) or is_blank(row[position]):
            return False
        cell = row[position]
        reading = self._read_date(cell)
        told = reading.problem is None or reading.yearless is not None
        return told and not (isinstance(cell, str) and _signed(cell))

    @cached_property
    def _read_date(self) -> Callable[[object], Reading]:
        return reader(self.dataset.by_name[self.dataset.dated_by])

    def _is_title(self, index: int, filled: list[int], texts: list[str]) -> bool:
        """Whether a text alone heads what follows: merged over columns, a unit, a month, or where the rows have their numbers."""
        if len(texts) == 2 and filled[0] not in self.content:
            return _SECTION_LETTER.fullmatch(texts[0]) is not None or self._names_channel(" ".join(texts))
        if len(texts) > 1:
            return False
        if (self.table.row_number(index), filled[0]) in self._merged_sideways:
            return True
        if unit_words(texts[0]) != "" or _MONTH_TITLE.fullmatch(texts[0]):
            return True
        if filled[0] in self._numbering and len(texts[0].split()) > 1 and not _NUMERIC.fullmatch(texts[0]):
            return True
        return self._names_channel(texts[0], among=filled[0] in self.content)

    @cached_property
    def _numbering(self) -> frozenset[int]:
        """Where the rows have their running numbers."""
        return frozenset(
            position
            for position, text in enumerate(self.header.texts)
            if text and position not in self.content and ignored(text)
        )

    def _names_channel(self, line: str, *, among: bool = False) -> bool:
        """Whether a line alone tells the channel of the rows below it, which has no column of its own.

        among: it stands in a column of content, where a channel and a name may as well be a post that lacks the rest.
        """
        headings = (channel_heading(column, line) for column in self._channels)
        return any(heading and not (among and heading.named) for heading in headings)

    @cached_property
    def _channels(self) -> tuple[Column, ...]:
        """Channels without a column of their own."""
        return tuple(column for column in channels_of(self.dataset) if column.name not in self.header.columns)

    @cached_property
    def _merged_sideways(self) -> frozenset[tuple[int, int]]:
        """Where cells merged over several columns begin: physical row and column."""
        return frozenset((top, left) for top, left, _, right in self.table.merged if right > left)

    @cached_property
    def _sums(self) -> dict[int, _Total]:
        return {position: _Total() for position in self.figure}

    def _unnamed_total(self, row: Sequence[object], data: Sequence[int], filled: list[int]) -> bool:
        """Numbers alone, one of which is the sum of the rows above it."""
        if not set(filled) <= self.figure or not all(isinstance(row[i], (int, float)) for i in filled):
            return False
        return any(self._sum_of(position, data) == row[position] for position in filled)

    def _sum_of(self, position: int, data: Sequence[int]) -> float | None:
        """Sum of a column over the data rows so far; None when fewer than two of them have a number."""
        total = self._sums[position]
        rows = (self.table.cells[i] for i in data[total.counted :])
        total.add([row[position] if position < len(row) else None for row in rows])
        return total.count if total.quantity >= 2 else None

    def _first_text(self, row: Sequence[object]) -> str:
        return unspaced(" ".join(clean_text(as_text(cell))[0] for cell in row if not is_blank(cell)))


def _counted_words(text: str, *, alone: bool) -> list[str]:
    """The words that a cell counts, or names beside a cell that counts them; alone: there is no such cell beside it."""
    pieces = [(piece, _TALLY.fullmatch(piece)) for piece in _TALLIES.split(text)]
    return [match["word"] if match else "" if alone else piece for piece, match in pieces]


def _is_total(text: str) -> bool:
    begin = text.lstrip()[:1]
    return begin in _TOTAL_BEGINS and _TOTAL_ALONE.fullmatch(unspaced(text)) is not None


def unspaced(text: str) -> str:
    """A text whose letters stand apart for show (``J U L I 2026``, ``J u m l a h``) as the word it is."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def _is_own(cell: object, *, day: bool) -> bool:
    """Whether a person wrote a cell for its row; of a date only one that is a day, else only words or a day."""
    if isinstance(cell, (BrokenCell, bool)) or is_blank(cell):
        return False
    if day or isinstance(cell, date):
        return not is_zero_date(cell)
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def unit_words(text: str) -> str:
    """The name of a unit when a line is that and nothing else, without number and label before it; else ""."""
    if len(text.split()) > _MAX_WORDS:
        return ""
    match = _SATKER_NAME.fullmatch(text)
    return match["nama"].strip() if match else ""


def nil_words(text: str) -> bool:
    """Whether a text says that there is nothing to report, a reason in brackets behind the word aside."""
    if fold(text) in _NIHIL:
        return True
    return len(text) <= LONGEST_HEADER and any(shape.fullmatch(text) for shape in (_LONG_NIHIL, _NIHIL_AND_WHY))


def _says_nil(cell: object) -> bool:
    """Whether a cell says that what it should tell is not there."""
    if not isinstance(cell, str) or len(cell) > LONGEST_HEADER or not _MAY_SAY_NIL.search(cell):
        return False
    return nil_words(cell) or _NOT_THERE.fullmatch(cell) is not None


def _signed(text: str) -> bool:
    """Whether a text belongs to a signature: its place and date, an office, a personnel number."""
    return len(text.split()) <= _LONGEST_JOB_TITLE and _SIGNATURE.match(text) is not None


def numbers_columns(row: Sequence[object]) -> bool:
    """A row of ``1 2 3 …`` or ``(1) (2) (3) …`` below the header numbers the columns."""
    number = 0
    for cell in row:
        if is_blank(cell):
            continue
        number += 1
        if _AROUND_NUMBER.sub("", as_text(cell)) != str(number):
            return False
    return number >= _FEWEST_NUMBERED
