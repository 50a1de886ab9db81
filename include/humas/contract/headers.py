"""Where the header of a table stands and which column is which.

Headers of real offices stand under titles, over one to three rows with merged group titles, in any order, with
marks such as ``*`` or ``(wajib)``, with synonyms and slips. A header is matched by label, name and documented
synonyms, without case, spacing and punctuation; one that is merely close only when it cannot mean anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from humas.contract.cells import as_text, clean_text, fold, is_blank, reader
from humas.contract.columns import HIMPUNAN, Himpunan, Kolom, Tipe
from humas.contract.sheet import Catatan, blank_cell, column_letter
from humas.periods import bilangan
from humas.reading.table import TabelMentah

BARIS_JUDUL_TERJAUH = 30
BARIS_JUDUL_TERBANYAK = 3
JUDUL_TERPANJANG = 80
JUDUL_PALING_SEDIKIT = 3
_DIABAIKAN = frozenset({"no", "nourut", "nomorurut", "periode", "triwulan", "tahun"})
_DIABAIKAN_DRAF = frozenset({"pakai", "keyakinan", "katapenunjuk"})
_INGATAN = 10_000
_MIRIP = 0.9
"""Likeness from which a header is a slip of the pen: one letter wrong in ten."""
_CONTOH_SEL = 20
_DISARANKAN = 0.5
_NOMOR_DEPAN = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)")
_TANDA_WAJIB = re.compile(r"[\s*:]*(?:[-–]?\s*(?:wajib(?: diisi)?|opsional|tidak wajib))?[\s*:]*$", re.IGNORECASE)
_BERANGKA = re.compile(r"\d")
_KATA = re.compile(r"[^\W\d_]+")
_JUMLAH = frozenset({"jumlah", "jml", "jmlh", "jlh", "juml", "total", "jumlahtotal", "lp"})
_SINGKATAN = {"tgl": "tanggal", "jml": "jumlah", "jmlh": "jumlah", "jlh": "jumlah", "no": "nomor", "keg": "kegiatan"}
_PENGISI = frozenset({
    "kegiatan", "acara", "pelaksanaan", "kehumasan", "humas", "satker", "unit", "wajib", "diisi", "isian", "isi", "kolom",
    "dari", "yang", "pada", "untuk", "di", "ini", "dan", "tersebut", "laporan", "data",
})  # fmt: skip
"""Words that tell no column from another."""


@dataclass(frozen=True, slots=True)
class Judul:
    """A header found.

    atas, baris: index of its first and its last row. kolom: column name → index. teks: header by column, as written.
    ganda: columns whose header names a column that another one names better or earlier, with that column's name.
    dekat: columns read by a header that is only close.
    """

    atas: int
    baris: int
    kolom: dict[str, int]
    teks: tuple[str, ...]
    ganda: dict[int, str] = field(default_factory=dict)
    dekat: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kamus:
    """Headers of a data set by their folded words.

    urutan: place of each word among those of its column. ingat: headers looked up before; files repeat the same ones.
    """

    kata: dict[str, str]
    urutan: dict[str, int]
    ingat: dict[str, tuple[str, int] | None] = field(default_factory=dict)

    def column(self, teks: str) -> str | None:
        """The column a header names, or None."""
        found = self.look_up(teks)
        return found[0] if found else None

    def look_up(self, teks: str) -> tuple[str, int] | None:
        """The column a header names, and how surely: 0 its label or name, then its synonyms in their order."""
        if teks not in self.ingat:
            if len(self.ingat) >= _INGATAN:
                self.ingat.clear()
            self.ingat[teks] = _column_of(self, teks)
        return self.ingat[teks]


@cache
def _kamus(dataset: Himpunan) -> _Kamus:
    ranks = {
        fold(word): rank for column in dataset.kolom for rank, word in reversed(list(enumerate(column.sinonim, 1)))
    }
    return _Kamus(
        header_words(dataset),
        ranks | {fold(word): 0 for column in dataset.kolom for word in (column.label, column.nama)},
    )


@cache
def header_words(himpunan: Himpunan) -> dict[str, str]:
    """Folded header → column name; labels and names win over synonyms."""
    known = {fold(word): column.nama for column in himpunan.kolom for word in column.sinonim}
    return known | {fold(word): column.nama for column in himpunan.kolom for word in (column.label, column.nama)}


def find_header(tabel: TabelMentah, himpunan: Himpunan, dari: int = 0) -> Judul | None:
    """The header among the first rows from ``dari`` on that names most columns, over one to three rows.

    A row that adds nothing to the header below it is a title, so of equals the lower one counts.
    """
    best: Judul | None = None
    for index in range(dari, min(len(tabel.sel), dari + BARIS_JUDUL_TERJAUH)):
        count = len(best.kolom) if best else 0
        enough = 2 * count > len(himpunan.kolom)
        if enough and not may_be_header(tabel.sel[index]):
            break
        header = header_at(tabel, himpunan, index)
        overlaps = best is not None and header.atas <= best.baris
        if len(header.kolom) > count or (overlaps and header.kolom and len(header.kolom) == count):
            best = header
        elif enough:
            break
    return best


def header_at(tabel: TabelMentah, himpunan: Himpunan, indeks: int) -> Judul:
    """The header that begins in this row, with as many rows below as belong to it; without columns when it is none."""
    lines = [_texts(tabel.sel[indeks])]
    header = _map_lines(himpunan, lines, indeks)
    for count in range(2, BARIS_JUDUL_TERBANYAK + 1):
        below = indeks + count - 1
        if below >= len(tabel.sel) or not _header_like(tabel.sel[below]):
            break
        lines.append(_texts(tabel.sel[below]))
        spread = _spread(tabel, lines, indeks)
        longer = _map_lines(himpunan, spread, indeks)
        if _belongs(himpunan, header, longer, spread, _under_groups(tabel, below - 1)):
            header = longer
    return header


def may_be_header(baris: Sequence[object]) -> bool:
    """Whether a row begins with texts that have no digit in them; rows of data seldom do."""
    count = 0
    for cell in baris:
        if blank_cell(cell):
            continue
        if not isinstance(cell, str) or len(cell) > JUDUL_TERPANJANG or _BERANGKA.search(cell):
            return False
        count += 1
        if count == JUDUL_PALING_SEDIKIT:
            return True
    return False


def names_columns(tabel: TabelMentah, indeks: int) -> bool:
    """Whether a row, or one of those below that may belong to the same header, holds a word that names a column.

    The cheap first look: rows of data, a hundred thousand of them, seldom hold one.
    """
    return any(
        isinstance(cell, str) and _names_column(cell)
        for row in tabel.sel[indeks : indeks + BARIS_JUDUL_TERBANYAK]
        for cell in row
    )


@lru_cache(_INGATAN)
def _names_column(cell: str) -> bool:
    text = clean_text(cell)[0]
    return any(_kamus(dataset).look_up(text) for dataset in HIMPUNAN)


def score(himpunan: Himpunan, judul: Judul | None) -> tuple[int, int]:
    """How well a header fits a data set: required columns found, then all columns found, those of the cover aside."""
    if judul is None:
        return (0, 0)
    required = sum(column.nama in judul.kolom for column in himpunan.wajib if not column.dari_sampul)
    return required, sum(not himpunan.menurut_nama[name].dari_sampul for name in judul.kolom)


def ignored(teks: str, *, draf: bool = False) -> bool:
    """Whether a header is known to hold nothing that is reported, such as the running number."""
    return fold(teks) in (_DIABAIKAN | _DIABAIKAN_DRAF if draf else _DIABAIKAN)


def spellings(teks: str) -> Iterator[str]:
    """A header in the ways it may be meant: as it is, without number and marks, without what stands in brackets."""
    yield fold(teks)
    plain = _TANDA_WAJIB.sub("", _NOMOR_DEPAN.sub("", teks))
    yield fold(plain)
    yield fold(re.split(r"[(\[]", plain, maxsplit=1)[0])
    parts = {fold(part) for part in re.split(r"\s*/\s*|\s+atau\s+", plain)}
    if len(parts) > 1:
        yield "|".join(sorted(parts))


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else clean_text(as_text(cell))[0] for cell in row]


def _column_of(dictionary: _Kamus, text: str) -> tuple[str, int] | None:
    """The column a header names; two words with a stroke between them only when both name the same one."""
    if not text or len(text) > JUDUL_TERPANJANG:
        return None
    for spelling in spellings(text):
        parts = spelling.split("|")
        names = {dictionary.kata.get(word) for word in parts}
        if len(names) == 1 and (name := names.pop()):
            return name, min(dictionary.urutan[word] for word in parts)
    return None


def _map_lines(dataset: Himpunan, lines: list[list[str]], top: int) -> Judul:
    """Map the columns of a header of one to three lines; of two that name one column the surer one counts."""
    dictionary = _kamus(dataset)
    found: dict[str, tuple[int, int]] = {}
    duplicates: dict[int, str] = {}
    texts: list[str] = []
    for position, tiers in enumerate(_columns(lines)):
        written, match = _name_of(dictionary, tiers)
        texts.append(written)
        if match is None:
            continue
        name, rank = match
        earlier = found.get(name)
        if earlier is None or rank < earlier[0]:
            found[name] = rank, position
        if earlier is not None:
            duplicates[earlier[1] if rank < earlier[0] else position] = name
    columns = {name: position for name, (_, position) in found.items()}
    return Judul(top, top + len(lines) - 1, columns, tuple(texts), duplicates)


def _columns(lines: list[list[str]]) -> Iterator[list[str]]:
    """Lines of a header by column, from top to bottom, without blanks and repeats."""
    width = max(map(len, lines))
    for position in range(width):
        cells = (line[position] if position < len(line) else "" for line in lines)
        yield list(dict.fromkeys(cell for cell in cells if cell))


def _name_of(dictionary: _Kamus, tiers: list[str]) -> tuple[str, tuple[str, int] | None]:
    """Header of a column as written, and what it names: all its lines together, else the lowest that is known."""
    if len(tiers) <= 1:
        text = tiers[0] if tiers else ""
        return text, dictionary.look_up(text)
    for joined in _joined(tiers):
        if match := dictionary.look_up(joined):
            return joined, match
    if match := dictionary.look_up(tiers[-1]):
        return tiers[-1], match
    if fold(tiers[-1]) in _JUMLAH and (match := dictionary.look_up(tiers[-2])):
        return " ".join(tiers), match
    return " ".join(tiers), None


def _joined(tiers: list[str]) -> Iterator[str]:
    yield " ".join(tiers)
    yield " ".join(reversed(tiers))
    if len(tiers) > 2:
        for upper in tiers[:-1]:
            yield f"{upper} {tiers[-1]}"
            yield f"{tiers[-1]} {upper}"


def _spread(table: TabelMentah, lines: list[list[str]], top: int) -> list[list[str]]:
    """Group titles written over each of their columns: as far as merged, else over the columns titled below them."""
    width = max(map(len, lines))
    spread = [line + [""] * (width - len(line)) for line in lines]
    for number in range(len(spread) - 1):
        reach = _merged_reach(table, top + number)
        titled = [any(line[position] for line in spread[number + 1 :]) for position in range(width)]
        source = -1
        for position, text in enumerate(spread[number]):
            if text:
                source = position if titled[position] else -1
                continue
            source = source if titled[position] else -1
            if source >= 0 and position <= reach.get(source, width):
                spread[number][position] = spread[number][source]
    return spread


def _merged_reach(table: TabelMentah, index: int) -> dict[int, int]:
    """Last column of each merged cell of a row by its first one."""
    number = table.nomor_baris(index)
    return {left: right for top, left, _, right in table.gabungan if top == number and right > left}


def _header_like(row: Sequence[object]) -> bool:
    """Whether a row may continue a header: short texts only, none with a date or a number in it."""
    filled = [cell for cell in row if not is_blank(cell)]
    return bool(filled) and all(
        isinstance(cell, str) and len(cell) <= JUDUL_TERPANJANG and not re.search(r"\d{2}|https?:", cell)
        for cell in filled
    )


def _under_groups(table: TabelMentah, index: int) -> set[int]:
    """Columns under a title that is merged over several, or written once over each of them."""
    reach = _merged_reach(table, index)
    texts = _texts(table.sel[index])
    groups = {position for position, text in enumerate(texts) if text and _is_group(texts, position)}
    return groups.union(*(range(left, right + 1) for left, right in reach.items() if left < len(texts) and texts[left]))


def _belongs(dataset: Himpunan, header: Judul, longer: Judul, lines: list[list[str]], grouped: set[int]) -> bool:
    """Whether the lowest line belongs to the header.

    It must name columns itself, at least half of what stands in it, and name more than was known without it or
    nothing but finer names of it. A word that would rename a column known already is a value, not a header, unless
    what stands above it is a group's title. A line that stands under groups' titles alone parts them, whatever it names.
    """
    dictionary = _kamus(dataset)
    filled = [position for position, text in enumerate(lines[-1]) if text]
    if len(header.kolom) >= JUDUL_PALING_SEDIKIT and filled and set(filled) <= grouped:
        return True
    by_position = {position: name for name, position in longer.kolom.items()}
    naming = [position for position in filled if position in by_position]
    if 2 * len(naming) < len(filled):
        return False
    joint = {position for position in naming if longer.teks[position] != lines[-1][position]}
    for position in set(naming) - joint:
        above = [upper[position] for upper in lines[:-1] if upper[position] and not _is_group(upper, position)]
        if any(name and name != by_position[position] for name in (dictionary.column(upper) for upper in above)):
            return False
    return len(longer.kolom) > len(header.kolom) or len(joint) == len(filled)


def _is_group(line: list[str], position: int) -> bool:
    """Whether a title spreads over the column beside it as well."""
    neighbours = (line[i] for i in (position - 1, position + 1) if 0 <= i < len(line))
    return line[position] in neighbours


def accept_close(himpunan: Himpunan, judul: Judul, sel: Sequence[Sequence[object]]) -> Judul:
    """Read also headers that are only close, when they can mean one free column alone and their cells agree."""
    free = [
        (position, text)
        for position, text in enumerate(judul.teks)
        if text and position not in set(judul.kolom.values()) and position not in judul.ganda and not ignored(text)
    ]
    proposed = {position: name for position, text in free if (name := _close_column(himpunan, text))}
    counts = Counter(proposed.values())
    close = {
        name: position
        for position, name in proposed.items()
        if counts[name] == 1 and name not in judul.kolom and _cells_agree(himpunan.menurut_nama[name], position, sel)
    }
    return Judul(judul.atas, judul.baris, judul.kolom | close, judul.teks, judul.ganda, close) if close else judul


def _close_column(dataset: Himpunan, text: str) -> str | None:
    """The one column a header is close to: the same words among words that say nothing, or a slip of the pen."""
    if len(text) > JUDUL_TERPANJANG:
        return None
    core = _core(text)
    by_core = {name for other, name in _cores(dataset) if other == core} if core else set()
    if by_core:
        return by_core.pop() if len(by_core) == 1 else None
    tidy = fold(_TANDA_WAJIB.sub("", text))
    alike = {name for word, name in header_words(dataset).items() if _alike(tidy, word)}
    return alike.pop() if len(alike) == 1 else None


def _alike(left: str, right: str) -> bool:
    length = len(left) + len(right)
    if min(len(left), len(right)) < 2 * length * _MIRIP / 4 or length < 12:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _MIRIP


@cache
def _cores(dataset: Himpunan) -> tuple[tuple[frozenset[str], str], ...]:
    words = ((word, column.nama) for column in dataset.kolom for word in (column.label, *column.sinonim))
    return tuple((core, name) for word, name in words if (core := _core(word)))


def _core(text: str) -> frozenset[str]:
    """The words of a header that tell it from others, abbreviations written out."""
    words = (_SINGKATAN.get(word, word) for word in _KATA.findall(text.casefold()))
    return frozenset(words) - _PENGISI


def _cells_agree(column: Kolom, position: int, rows: Sequence[Sequence[object]]) -> bool:
    """Whether most of the first cells below can be read as the column; free text agrees with everything."""
    cells = [cell for row in rows if position < len(row) and not is_blank(cell := row[position])][:_CONTOH_SEL]
    if column.tipe in {Tipe.TEKS, Tipe.DAFTAR_TEKS}:
        return True
    read = reader(column)
    return 2 * sum(read(cell).masalah is None for cell in cells) >= len(cells)


def header_remarks(
    tabel: TabelMentah, himpunan: Himpunan, judul: Judul, indeks: Sequence[int], *, draf: bool = False
) -> Iterator[Catatan]:
    """What is to be said of a header: columns read by a close name, missing ones, and ones that hold something unread.

    A column that is proposed for a missing one is not told a second time.
    """
    number = tabel.nomor_baris(judul.baris)
    for name, position in judul.dekat.items():
        label = himpunan.menurut_nama[name].label
        message = f'judul "{judul.teks[position]}" dibaca sebagai "{label}".'
        yield Catatan("K25", message, f'Tulis judul "{label}".', position, number)
    missing = missing_columns(himpunan, judul) if indeks else ()
    if missing:
        yield _missing(missing, judul, number)
    known = {*judul.kolom.values(), *(position for column in missing for position in _nearest(column, judul))}
    width = max((len(tabel.sel[i]) for i in indeks), default=0)
    for position in range(width):
        text = judul.teks[position] if position < len(judul.teks) else ""
        if position in known or (text and ignored(text, draf=draf)):
            continue
        count = sum(position < len(tabel.sel[i]) and not is_blank(tabel.sel[i][position]) for i in indeks)
        if count:
            yield replace(_unread(himpunan, judul, position, count), baris=number)


def _unread(dataset: Himpunan, header: Judul, position: int, count: int) -> Catatan:
    """A column that holds something and is not read."""
    text = header.teks[position] if position < len(header.teks) else ""
    kept = "isinya tidak dihitung, tetap tersimpan pada berkas asal."
    if not text:
        return Catatan("K12", f"kolom tanpa judul berisi {bilangan(count)} sel; {kept}", letak=position)
    if name := header.ganda.get(position):
        label, letter = dataset.menurut_nama[name].label, column_letter(header.kolom[name])
        return Catatan("K12", f'"{text}" juga berarti {label}, yang dibaca dari kolom {letter}; {kept}', letak=position)
    free = {column.label.casefold(): column.label for column in dataset.kolom if column.nama not in header.kolom}
    close = get_close_matches(text.casefold(), free, n=1, cutoff=0.6)
    remedy = f'Bila maksudnya {free[close[0]]}, tulis judul "{free[close[0]]}".' if close else ""
    return Catatan("K12", f'"{text}" tidak dikenal; {kept}', remedy, letak=position)


def missing_columns(himpunan: Himpunan, judul: Judul) -> tuple[Kolom, ...]:
    """Required columns that a header lacks and nothing else supplies."""
    return tuple(
        column
        for column in himpunan.wajib
        if column.nama not in judul.kolom and not column.dari_sampul and column.bawaan is None
    )


def _missing(missing: Sequence[Kolom], header: Judul, number: int) -> Catatan:
    """One finding for all missing columns, naming the headers nearest to each among those used for no other column."""
    names = ", ".join(f'"{column.label}"' for column in missing)
    message = f"kolom wajib {names} tidak ada; semua baris tabel ini ditahan."
    advice = " ".join(_rename(column, [header.teks[i] for i in _nearest(column, header)]) for column in missing)
    positions = _nearest(missing[0], header) if len(missing) == 1 else []
    return Catatan("K13", message, f"{advice} Lalu kirim ulang.", positions[0] if positions else None, number)


def _nearest(column: Kolom, header: Judul) -> list[int]:
    """Columns whose headers are nearest to a missing one, nearest to its label first; used ones aside."""
    used = set(header.kolom.values())
    free = {text.casefold(): i for i, text in enumerate(header.teks) if text and i not in used and not ignored(text)}
    nearest = [
        free[match]
        for word in (column.label, *column.sinonim)
        for match in get_close_matches(word.casefold(), free, n=1, cutoff=_DISARANKAN)
    ]
    return list(dict.fromkeys(nearest))[:3]


def _rename(column: Kolom, headers: Sequence[str]) -> str:
    quoted = " atau ".join(f'"{text}"' for text in headers)
    return f'Ganti judul {quoted} menjadi "{column.label}".' if quoted else f'Tambahkan kolom "{column.label}".'
