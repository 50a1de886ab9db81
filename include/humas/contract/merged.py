"""Values that stand in one row and are meant for those below: merged cells, ditto marks, the unit of a group of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.columns import Himpunan, Kolom, Tipe
from humas.contract.headers import Judul
from humas.contract.sheet import Catatan, is_json
from humas.periods import bilangan
from humas.reading.table import TabelMentah

_KATA_SAMA = (
    "sda", "sda.", "s.d.a", "s.d.a.", "idem", "ditto", "dito", "sama dengan atas", "sama dengan di atas", "sama dengan diatas",
    "sama seperti di atas", "sama seperti diatas", "sama dengan baris di atas",
)  # fmt: skip
_SAMA = frozenset({
    f"{before}{variant(word)}{after}"
    for word in (*_KATA_SAMA, '"', '""', "''", ",,", "“", "”", "„", "″", "〃", "- sda -", "-sda-")
    for variant in (str.lower, str.upper, str.capitalize, str.title)
    for before in ("", " ")
    for after in ("", " ")
})
"""Cells that say "the same as above", as they are written: looking one up in a set costs next to nothing."""


@dataclass(frozen=True, slots=True)
class _Gabungan:
    """One cell merged downwards: its column, the row of its value, and the rows under it that say something more."""

    kolom: Kolom
    letak: int
    asal: int
    bawah: tuple[int, ...]

    @property
    def sekali(self) -> bool:
        """Whether it is a count: written over three rows it is still one number, to be counted once."""
        return self.kolom.tipe is Tipe.BILANGAN and bool(self.kolom.satuan)


def fill_down(tabel: TabelMentah, himpunan: Himpunan, judul: Judul, baris: range) -> tuple[TabelMentah, list[Catatan]]:
    """The table with merged values in every row they span that has content of its own, and what was filled.

    Only what the file says is merged is filled, and no counts.
    """
    columns = {judul.kolom[item.nama]: item for item in himpunan.kolom if item.nama in judul.kolom}
    merges = list(_merged_downwards(tabel, columns, baris)) if tabel.gabungan else []
    if not merges:
        return tabel, []
    new_rows: dict[int, list[object]] = {}
    for item in merges:
        for i in () if item.sekali else item.bawah:
            cells = new_rows.setdefault(i, list(tabel.sel[i]))
            cells += [None] * (item.letak + 1 - len(cells))
            cells[item.letak] = tabel.sel[item.asal][item.letak]
    rows = [new_rows.get(i, cells) for i, cells in enumerate(tabel.sel)]
    return replace(tabel, sel=rows), [_remark(tabel, item) for item in merges]


def _merged_downwards(table: TabelMentah, columns: Mapping[int, Kolom], rows: range) -> Iterator[_Gabungan]:
    covered = _covered(table, columns, rows)
    by_row: dict[int, set[int]] = {}
    by_origin: dict[tuple[int, int], list[int]] = {}
    for (i, position), origin in covered.items():
        by_row.setdefault(i, set()).add(position)
        by_origin.setdefault((origin, position), []).append(i)
    for (origin, position), hidden in by_origin.items():
        if position >= len(table.sel[origin]) or is_blank(table.sel[origin][position]):
            continue
        below = tuple(i for i in hidden if _own_content(table.sel[i], columns, by_row[i]))
        if below:
            yield _Gabungan(columns[position], position, origin, below)


def _covered(table: TabelMentah, columns: Mapping[int, Kolom], rows: range) -> dict[tuple[int, int], int]:
    """Cells hidden under a merged cell, by row and column, with the row of its value; no more than the table has."""
    covered: dict[tuple[int, int], int] = {}
    for top, left, bottom, _ in table.gabungan:
        origin, end = top - table.baris_pertama, bottom - table.baris_pertama
        if left in columns and origin in rows and end > origin and len(covered) <= len(rows) * len(columns):
            covered |= {(i, left): origin for i in range(origin + 1, min(end + 1, rows.stop))}
    return covered


def _own_content(row: Sequence[object], columns: Mapping[int, Kolom], covered: set[int]) -> bool:
    """Whether a row says something of its own beside the merged cells."""
    return any(i in columns and i not in covered and not is_blank(cell) for i, cell in enumerate(row))


def _remark(table: TabelMentah, merge: _Gabungan) -> Catatan:
    number = table.nomor_baris(merge.asal)
    effect = f"angkanya dihitung sekali, pada baris {number}" if merge.sekali else "isinya dipakai untuk tiap baris"
    message = f"{merge.kolom.label} digabung sampai baris {table.nomor_baris(merge.bawah[-1])}; {effect}."
    return Catatan("K26", message, letak=merge.letak, baris=number)


def fill_dittos(
    tabel: TabelMentah, himpunan: Himpunan, judul: Judul, indeks: Sequence[int]
) -> tuple[TabelMentah, list[Catatan]]:
    """The table with the value above wherever a cell of a data row says that it is the same, and what was filled."""
    columns = {judul.kolom[column.nama]: column for column in himpunan.kolom if column.nama in judul.kolom}
    new_rows: dict[int, list[object]] = {}
    filled: dict[int, list[int]] = {}
    for above, i in pairwise(indeks) if not is_json(tabel) else ():
        if not any(map(_says_same, tabel.sel[i])):
            continue
        source = new_rows.get(above, tabel.sel[above])
        cells = new_rows.setdefault(i, list(tabel.sel[i]))
        for position in [column for column in columns if column < len(cells) and _says_same(cells[column])]:
            cells[position] = source[position] if position < len(source) else None
            filled.setdefault(position, []).append(i)
    if not new_rows:
        return tabel, []
    rows = [new_rows.get(i, cells) for i, cells in enumerate(tabel.sel)]
    return replace(tabel, sel=rows), [
        _same_as_above(tabel, columns[position], position, indices) for position, indices in filled.items()
    ]


def _says_same(cell: object) -> bool:
    return isinstance(cell, str) and cell in _SAMA


def _same_as_above(table: TabelMentah, column: Kolom, position: int, indices: Sequence[int]) -> Catatan:
    written = clean_text(as_text(table.sel[indices[0]][position]))[0]
    extent = f" pada {bilangan(len(indices))} baris" if len(indices) > 1 else ""
    message = f"{column.label} bertuliskan '{written}'{extent}; dibaca sama dengan baris di atasnya."
    return Catatan("K26", message, letak=position, baris=table.nomor_baris(indices[0]))


def carry_units(tabel: TabelMentah, judul: Judul, indeks: Sequence[int]) -> tuple[TabelMentah, list[Catatan]]:
    """The table with the unit of the row above where a row names none; a remark when the table names several.

    People write a unit once above its rows. The rows below must not pass for the sending unit's own. Where already
    the first row names none, units are written only where they differ, and blank cells mean the sender's.
    """
    positions = sorted(judul.kolom[name] for name in ("kode_satker", "nama_satker") if name in judul.kolom)
    if not positions or is_json(tabel):
        return tabel, []
    new_rows: dict[int, list[object]] = {}
    units: dict[str, list[object]] = {}
    above: list[object] = []
    for i in indeks:
        own = [tabel.sel[i][position] if position < len(tabel.sel[i]) else None for position in positions]
        if not all(map(is_blank, own)):
            above = own
            units.setdefault(fold(" ".join(map(as_text, own))), own)
        elif not above:
            return tabel, []
        else:
            new_rows[i] = _with_cells(tabel.sel[i], positions, above)
    if not new_rows:
        return tabel, []
    rows = [new_rows.get(i, cells) for i, cells in enumerate(tabel.sel)]
    message = f"satker kosong pada {bilangan(len(new_rows))} baris; dianggap sama dengan baris di atasnya."
    remark = Catatan("K26", message, letak=positions[0], baris=tabel.nomor_baris(min(new_rows)))
    return replace(tabel, sel=rows), [remark] if len(units) > 1 else []


def _with_cells(row: Sequence[object], positions: Sequence[int], values: Sequence[object]) -> list[object]:
    cells = [*row, *[None] * (max(positions) + 1 - len(row))]
    for position, value in zip(positions, values, strict=True):
        cells[position] = value
    return cells
