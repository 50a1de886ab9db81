"""Which data sets a sheet holds, where each table stands, which column is which, and which rows are data.

A sheet may hold several tables, under or beside each other, under titles and with signatures below. Each comes out
as a ``Lembar`` of its own with the same sheet name, so that rows keep their physical place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.columns import HIMPUNAN, KEGIATAN, Himpunan
from humas.contract.data_rows import Pemilah, Pilahan, nil_words
from humas.contract.headers import (
    JUDUL_PALING_SEDIKIT,
    Judul,
    accept_close,
    find_header,
    header_at,
    header_remarks,
    header_words,
    may_be_header,
    missing_columns,
    names_columns,
    score,
)
from humas.contract.merged import carry_units, fill_dittos, fill_down
from humas.contract.sheet import (
    Catatan,
    Dikenali,
    Lembar,
    blank_cell,
    blank_row,
    clean_name,
    column_letter,
    is_json,
)
from humas.periods import bilangan
from humas.reading.table import TabelMentah

__all__ = ["Catatan", "Dikenali", "Lembar", "column_letter", "header_words", "recognise", "recognise_sheet"]

LEMBAR_DRAF = "Draf dari situs Anda"
_BUKAN_DATA = frozenset({
    "sampul", "petunjuk", "referensi", "kosakata", "contoh", "pilihan", "caramengisi", "perbaikan", "perbaikanhumas",
})  # fmt: skip
_YA = frozenset({"nihil", "ya", "y", "true", "benar", "1", "x", "v"})
_BARIS_DISEBUT = 8
_KOLOM_SATKER = 2


def recognise_sheet(tabel: TabelMentah) -> Dikenali:
    """What a sheet holds: its tables, or why it is not read; nothing at all when there is nothing to say."""
    name = fold(tabel.nama)
    tidy = clean_name(tabel.nama)
    if name in _BUKAN_DATA or not any(not blank_row(row) for row in tabel.sel):
        return Dikenali(tidy)
    if tabel.tersembunyi:
        message = f'Lembar "{tidy}" tersembunyi; isinya tidak dibaca.'
        return Dikenali(tidy, catatan=(Catatan("K28", message),))
    draft = name == fold(LEMBAR_DRAF)
    named = KEGIATAN if draft else _named(name)
    sheets = list(_all_tables(tabel, named, draf=draft))
    if sheets:
        sheets[0] = replace(
            sheets[0],
            catatan=(
                *(
                    Catatan(remark.kode, remark.pesan, remark.cara, remark.letak, remark.baris)
                    for remark in tabel.catatan
                ),
                *sheets[0].catatan,
            ),
        )
        return Dikenali(tidy, tuple(sheets), (*_several(tabel, sheets), *_elsewhere(tidy, named, sheets[0])))
    if named:
        return Dikenali(tidy, (_without_header(tabel, named),))
    return Dikenali(tidy, catatan=(Catatan("K14", f'Lembar "{tidy}" tidak dikenal; isinya tidak dibaca.'),))


def recognise(tabel: TabelMentah) -> Lembar | Catatan | None:
    """The first table of a sheet; a Catatan when it has none; None when there is nothing to say."""
    recognised = recognise_sheet(tabel)
    if recognised.lembar:
        return recognised.lembar[0]
    return recognised.catatan[0] if recognised.catatan else None


@cache
def _named(name: str) -> Himpunan | None:
    for dataset in HIMPUNAN:
        if name in {fold(word) for word in (dataset.nama, dataset.lembar, *dataset.sinonim_lembar)}:
            return dataset
    return None


@dataclass(frozen=True, slots=True)
class _Kepala:
    """A header with the data set it belongs to. ulang: rows below it where it is printed once more."""

    himpunan: Himpunan
    judul: Judul
    ulang: frozenset[int] = frozenset()

    def repeated_by(self, lain: _Kepala) -> bool:
        """Whether another header is this one once more."""
        return lain.himpunan is self.himpunan and lain.judul.kolom == self.judul.kolom


def _all_tables(table: TabelMentah, named: Himpunan | None, *, draf: bool) -> Iterator[Lembar]:
    """All tables of a sheet: those beside each other, and in each of these parts those under each other."""
    header = _first_header(table, named)
    parts = _side_by_side(table, header)
    if len(parts) == 1:
        yield from _tables(table, named, header or _late_header(table, named), draf=draf)
        return
    for part in parts:
        yield from _tables(part, None, _first_header(part, None) or _late_header(part, None), draf=draf)


def _side_by_side(table: TabelMentah, header: _Kepala | None) -> list[TabelMentah]:
    """The sheet cut where blank columns part tables that each have a header of their own; else the sheet whole."""
    if header is None or is_json(table) or not _may_stand_beside(table, header.judul):
        return [table]
    runs = [(left, right) for left, right in _column_runs(table) if right - left >= JUDUL_PALING_SEDIKIT]
    whole = [(left, right) for left, right in runs if _first_header(_window(table, left, right), None)]
    if len(whole) < 2:
        return [table]
    limits = [0, *(left for left, _ in whole[1:]), max(map(len, table.sel))]
    return [_window(table, left, right) for left, right in pairwise(limits)]


def _may_stand_beside(table: TabelMentah, header: Judul) -> bool:
    """Whether the header leaves a gap, or cells stand right of it: a cheap look before a thorough one."""
    filled = [position for position, text in enumerate(header.teks) if text]
    gapped = filled != list(range(filled[0], filled[-1] + 1))
    return gapped or any(not blank_row(row[filled[-1] + 1 :]) for row in table.sel if len(row) > filled[-1] + 1)


def _column_runs(table: TabelMentah) -> list[tuple[int, int]]:
    """Runs of columns with something in them, as (first, last + 1), parted by columns that are blank throughout."""
    width = max(map(len, table.sel))
    filled = [False] * width
    for row in table.sel:
        for position, cell in enumerate(row):
            filled[position] = filled[position] or not blank_cell(cell)
    runs = (list(run) for present, run in groupby(range(width), key=filled.__getitem__) if present)
    return [(run[0], run[-1] + 1) for run in runs]


def _window(table: TabelMentah, left: int, right: int) -> TabelMentah:
    """The sheet with only these columns filled; letters and row numbers stay."""
    blank: list[object] = [None] * left
    return replace(table, sel=[[*blank, *row[left:right]] for row in table.sel])


def _first_header(table: TabelMentah, named: Himpunan | None, start: int = 0) -> _Kepala | None:
    """The best header among the first rows, of the named data set or of whichever fits best.

    A sheet that lacks most of what its name asks for, but has all that another data set asks for, holds that one.
    """
    dataset, best = _best(table, [named] if named else HIMPUNAN, start)
    if best is None:
        return None
    if named and 2 * len(missing_columns(named, best)) > len(named.wajib) - _KOLOM_SATKER:
        other, header = _best(table, [dataset for dataset in HIMPUNAN if dataset is not named], start)
        if header and not missing_columns(other, header):
            return _Kepala(other, header)
    enough = len(best.kolom) >= 2 if named else score(dataset, best)[1] >= JUDUL_PALING_SEDIKIT
    return _Kepala(dataset, best) if enough else None


def _best(table: TabelMentah, candidates: Sequence[Himpunan], start: int) -> tuple[Himpunan, Judul | None]:
    """The data set that fits best, with its header; the first one when none fits."""
    headers = [(dataset, find_header(table, dataset, start)) for dataset in candidates]
    return max(headers, key=lambda pair: score(*pair))


def _tables(table: TabelMentah, named: Himpunan | None, first: _Kepala | None, *, draf: bool) -> Iterator[Lembar]:
    """The tables that stand under each other, from the first header on."""
    if first is None:
        return
    found = [*_earlier_headers(table, first, named), first, *_further_headers(table, first, named)]
    headers = _without_repeats(table, found)
    limits = [*(header.judul.atas for header in headers[1:]), len(table.sel)]
    start = 0
    for header, end in zip(headers, limits, strict=True):
        following = end if end == len(table.sel) else _title_start(table, header.judul.baris + 1, end)
        yield from _build(table, header, start, following, draf=draf)
        start = following


def _late_header(table: TabelMentah, named: Himpunan | None) -> _Kepala | None:
    """A header far down, below long letters or notes."""
    candidates = [named] if named else list(HIMPUNAN)
    for index in range(len(table.sel)):
        if header := _header_here(table, index, candidates):
            return header
    return None


def _earlier_headers(table: TabelMentah, first: _Kepala, named: Himpunan | None) -> Iterator[_Kepala]:
    """Headers above the best one, in order: the first table of a sheet need not be the one that fits best."""
    if is_json(table):
        return
    candidates = sorted(HIMPUNAN, key=lambda dataset: dataset is not (named or first.himpunan))
    passed = -1
    for index in range(first.judul.atas):
        header = _header_here(table, index, candidates) if index > passed else None
        if header and _full_rows(table, range(header.judul.baris + 1, first.judul.atas)):
            yield header
            passed = header.judul.baris


def _full_rows(table: TabelMentah, rows: range) -> list[int]:
    """Rows with more cells filled than titles and their labels have."""
    return [i for i in rows if sum(not blank_cell(cell) for cell in table.sel[i]) > JUDUL_PALING_SEDIKIT]


def _further_headers(table: TabelMentah, first: _Kepala, named: Himpunan | None) -> Iterator[_Kepala]:
    """Headers below the first one, in order; of the data set named by the sheet where that fits as well as another."""
    if is_json(table):
        return
    candidates = sorted(HIMPUNAN, key=lambda dataset: dataset is not (named or first.himpunan))
    last = first
    for index in range(last.judul.baris + 1, len(table.sel)):
        if index <= last.judul.baris:
            continue
        if header := _once_more(table, last, index) or _header_here(table, index, candidates):
            yield header
            last = header


def _once_more(table: TabelMentah, header: _Kepala, index: int) -> _Kepala | None:
    """The last header again, cell by cell: told at once, as long lists repeat it on each page."""
    top, height = header.judul.atas, header.judul.baris - header.judul.atas
    if table.sel[index] != table.sel[top] or index + height >= len(table.sel):
        return None
    if any(table.sel[index + i] != table.sel[top + i] for i in range(1, height + 1)):
        return None
    return replace(header, judul=replace(header.judul, atas=index, baris=index + height))


def _without_repeats(table: TabelMentah, headers: Sequence[_Kepala]) -> list[_Kepala]:
    """A printed list repeats its header on each page; only under a title of its own does a table begin."""
    kept = [headers[0]]
    for header in headers[1:]:
        top = header.judul.atas
        if kept[-1].repeated_by(header) and _title_start(table, kept[-1].judul.baris + 1, top) == top:
            rows = range(top, header.judul.baris + 1)
            kept[-1] = replace(kept[-1], ulang=kept[-1].ulang.union(rows))
        else:
            kept.append(header)
    return kept


def _header_here(table: TabelMentah, index: int, candidates: Sequence[Himpunan]) -> _Kepala | None:
    """The header that begins in this row, if one does: most of its texts must be known headers."""
    if not may_be_header(table.sel[index]) or not names_columns(table, index):
        return None
    headers = [_Kepala(dataset, header_at(table, dataset, index)) for dataset in candidates]
    best = max(headers, key=lambda header: score(header.himpunan, header.judul))
    filled = sum(map(bool, best.judul.teks))
    count = len(best.judul.kolom)
    enough = score(best.himpunan, best.judul)[1] >= JUDUL_PALING_SEDIKIT and 2 * count > filled
    return best if enough else None


def _title_start(table: TabelMentah, start: int, end: int) -> int:
    """Where the titles above a further header begin: lines of one text each, blank rows among them."""
    first = end
    for index in range(end - 1, start - 1, -1):
        filled = [cell for cell in table.sel[index] if not blank_cell(cell)]
        if len(filled) > 1 or (filled and not isinstance(filled[0], str)):
            break
        first = index if filled else first
    return first


def _titles(table: TabelMentah, start: int, end: int) -> tuple[str, ...]:
    """Lines of text above a header."""
    rows = (table.sel[i] for i in range(start, end))
    return tuple(
        clean_text(" ".join(as_text(cell) for cell in row if not blank_cell(cell)))[0]
        for row in rows
        if not blank_row(row)
    )


def _build(table: TabelMentah, found: _Kepala, start: int, end: int, *, draf: bool) -> Iterator[Lembar]:
    """The table of a header, with the titles above it from ``start`` on and its rows up to ``end``; cut at titles inside."""
    dataset, header = found.himpunan, found.judul
    rows = range(header.baris + 1, end)
    header = accept_close(dataset, header, table.sel[rows.start : rows.stop])
    filled, merged = fill_down(table, dataset, header, rows)
    sorted_rows = Pemilah(filled, dataset, header, found.ulang, draf).sort_out(rows.start, rows.stop)
    indices = sorted_rows.indeks
    filled, dittos = fill_dittos(filled, dataset, header, indices)
    filled, carried = carry_units(filled, header, indices)
    remarks = (
        *header_remarks(filled, dataset, header, indices, draf=draf), *sorted_rows.catatan, *merged, *dittos, *carried,
        *_hidden_rows(filled, indices), *_drafts(sorted_rows), *_above(table, range(start, header.atas)),
    )  # fmt: skip
    whole = Lembar(
        filled, dataset, header.kolom, header.teks, tuple(indices), missing_columns(dataset, header), remarks,
        atas=_titles(table, start, header.atas), sisipan=start > 0, draf=draf,
        baris_judul=table.nomor_baris(header.baris), nihil=sorted_rows.nihil or _declared_nil(table, range(start, header.atas)),
    )  # fmt: skip
    return _cut(whole, sorted_rows)


def _cut(whole: Lembar, sorted_rows: Pilahan) -> Iterator[Lembar]:
    """One ``Lembar`` for each run of rows under a title of its own; remarks stay with the first one."""
    for number, (text, indices) in enumerate(sorted_rows.bagian):
        if number == 0:
            yield replace(whole, indeks=tuple(indices))
        elif indices:
            yield replace(whole, indeks=tuple(indices), catatan=(), atas=(text,), sisipan=True, nihil=False)


def _drafts(sorted_rows: Pilahan) -> Iterator[Catatan]:
    if sorted_rows.tak_dipilih:
        message = f"{sorted_rows.tak_dipilih} draf tidak dipilih (kolom Pakai bukan Ya); tidak dihitung sebagai data."
        yield Catatan("K36", message)


def _above(table: TabelMentah, rows: range) -> Iterator[Catatan]:
    """Rows above a header that look like rows of a table, though nothing says what their columns are."""
    if full := _full_rows(table, rows):
        top, bottom = table.nomor_baris(full[0]), table.nomor_baris(full[-1])
        span = f"{top}–{bottom}" if bottom > top else f"{top}"
        message = f"{bilangan(len(full))} baris di atas judul kolom (baris {span}); tidak dihitung sebagai data."
        yield Catatan("K16", message, "Bila itu data, pindahkan ke bawah judul kolomnya.", baris=top)


def _hidden_rows(table: TabelMentah, indices: Sequence[int]) -> Iterator[Catatan]:
    """Rows that a filter or a hand has hidden are read, because people hide what they still mean."""
    if not table.baris_tersembunyi:
        return
    numbers = [n for i in indices if (n := table.nomor_baris(i)) in table.baris_tersembunyi]
    if numbers:
        listing = ", ".join(map(str, numbers[:_BARIS_DISEBUT])) + (", …" if len(numbers) > _BARIS_DISEBUT else "")
        yield Catatan(
            "K27", f"{bilangan(len(numbers))} baris tersembunyi ikut dibaca: baris {listing}.", baris=numbers[0]
        )


def _declared_nil(table: TabelMentah, rows: range) -> bool:
    """The switch above a header: a cell that begins with NIHIL, and "Ya" in the next filled cell or after a colon."""
    for index in rows:
        texts = [clean_text(as_text(cell))[0] for cell in table.sel[index] if not is_blank(cell)]
        for position, text in enumerate(texts):
            if fold(text).startswith("nihil"):
                answers = [*texts[position + 1 :], text.rpartition(":")[2] if ":" in text else ""]
                return fold(answers[0]) in _YA
    return False


def _several(table: TabelMentah, sheets: Sequence[Lembar]) -> Iterator[Catatan]:
    """Several tables in one sheet are worth a word: people may have meant only one of them."""
    by_header: dict[tuple[int, int], Lembar] = {}
    for sheet in sheets:
        if sheet.indeks:
            by_header.setdefault((sheet.baris_judul, min(sheet.kolom.values())), sheet)
    if len(by_header) < 2:
        return
    names = ", ".join(
        f"{sheet.himpunan.lembar} mulai baris {sheet.nomor(sheet.indeks[0])}" for sheet in by_header.values()
    )
    yield Catatan("K37", f'Lembar "{clean_name(table.nama)}" memuat beberapa tabel: {names}. Semuanya dibaca.')


def _elsewhere(name: str, named: Himpunan | None, sheet: Lembar) -> Iterator[Catatan]:
    if named and sheet.himpunan is not named:
        yield Catatan("K37", f'Lembar "{name}" berisi {sheet.himpunan.lembar} dan dibaca demikian.')


def _without_header(table: TabelMentah, dataset: Himpunan) -> Lembar:
    """A sheet with our name but no header we know: all it holds is quarantined with one finding, unless it says nil."""
    indices = tuple(i for i, row in enumerate(table.sel) if not blank_row(row))
    width = max(map(len, table.sel))
    texts = [as_text(cell) for i in indices for cell in table.sel[i] if not is_blank(cell)]
    if any(map(nil_words, texts)) and all(nil_words(text) or len(indices) <= 2 for text in texts):
        return Lembar(table, dataset, {}, ("",) * width, (), nihil=True)
    remark = Catatan("K15", "baris judul kolom tidak ditemukan; semua baris ditahan.")
    return Lembar(table, dataset, {}, ("",) * width, indices, dataset.wajib, (remark,))
