"""Whose rows stand under a title: several units in one sheet, each under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from humas.layout.data_rows import unit_words
from humas.layout.headers import Header
from humas.layout.merged import carry_units
from humas.layout.sheet import Recognised, Sheet, TableNote
from humas.registry import Register, Satker
from humas.values.cells import as_text, is_blank
from humas.values.codes import unit_name

_UNIT_COLUMNS = frozenset({"kode_satker", "nama_satker"})


def assign_units(recognised: Recognised, code: str, register: Register, on: date) -> Recognised:
    """The sheet with each table given to the unit named above it.

    code: the unit that was asked. on: the day on which names are looked up. A title inside the sheet speaks of the
    rows below it. One at the top does so only when another title in the sheet names another unit: alone it may as
    well be a letterhead or the left-over of a copied file, so its rows stay and a remark says so.
    """
    recognised = _with_units(recognised, code, register, on)
    owners = _owners(recognised.sheets, code, register, on)
    named = {unit.code for unit in owners if unit}
    if not named - {code}:
        return recognised
    several = len(named) > 1 or any(
        unit and sheet.inserted for sheet, unit in zip(recognised.sheets, owners, strict=True)
    )
    if not several:
        return replace(recognised, notes=(*recognised.notes, _remark(recognised, named.pop(), code, register)))
    sheets = (_given(sheet, unit) for sheet, unit in zip(recognised.sheets, owners, strict=True))
    return replace(recognised, sheets=tuple(sheets))


def _with_units(recognised: Recognised, code: str, register: Register, day: date) -> Recognised:
    """A province's or the nation's sheet with the column that names units, whatever its header, or the unit it is named after.

    Rows of other units must not pass for its own; a unit's own file is left alone, where such words mean something else.
    """
    if "." in code or any(_UNIT_COLUMNS & sheet.columns.keys() for sheet in recognised.sheets):
        return recognised
    named = _unit(register, recognised.name, day)
    sheets = []
    for sheet in recognised.sheets:
        position = _unit_column(sheet, register, day)
        if position is not None:
            sheets.append(_with_unit_column(sheet, position))
        elif named and named.code != code:
            sheets.append(replace(sheet, top=(*sheet.top, recognised.name), inserted=True))
        elif named is None and _may_be_others(recognised.name, code, register, day):
            sheets.append(replace(sheet, owner={"nama_satker": recognised.name}))
        else:
            sheets.append(sheet)
    return replace(recognised, sheets=tuple(sheets))


def _may_be_others(name: str, code: str, register: Register, day: date) -> bool:
    """Whether a sheet bears a name that several units below the sender share ("Madiun"): whose its rows are is to be asked."""
    units = register.search(name, day).candidates
    below = [unit for unit in units if register.satker(code).tier == "nasional" or unit.province_code == code]
    return len(below) > 1 and all(unit.code != code for unit in units)


def _with_unit_column(sheet: Sheet, position: int) -> Sheet:
    """The sheet with its units read, each down to the next one: people write a unit once above its rows."""
    columns = {**sheet.columns, "nama_satker": position}
    table, carried = carry_units(sheet.table, Header(0, 0, columns, sheet.headers), sheet.indices)
    return replace(sheet, table=table, columns=columns, notes=(*sheet.notes, *carried))


def _unit_column(sheet: Sheet, register: Register, day: date) -> int | None:
    """The unread column most of whose cells name units, several of them; None when there is none."""
    used = {*sheet.columns.values(), *sheet.sources.values()}
    rows = [sheet.table.cells[i] for i in sheet.indices]
    for position in range(len(sheet.headers)):
        names = [as_text(row[position]) for row in rows if position < len(row) and not is_blank(row[position])]
        units = {unit.code for name in names if position not in used and (unit := _unit(register, name, day))}
        known = sum(_unit(register, name, day) is not None for name in names) if len(units) > 1 else 0
        if 2 * known > len(names):
            return position
    return None


def _owners(sheets: Sequence[Sheet], code: str, register: Register, day: date) -> list[Satker | None]:
    """The unit named above each table; a table without a title goes with the one above it."""
    owners: list[Satker | None] = []
    for sheet in sheets:
        units = [
            unit for text in sheet.top if (unit := _unit(register, unit_words(text) or _own_name(text, sheet), day))
        ]
        own = next((unit for unit in units if unit.code == code), units[-1] if units else None)
        owners.append(own or (owners[-1] if owners else None))
    return owners


def _own_name(text: str, sheet: Sheet) -> str:
    """The sheet's name where it was taken as the unit its rows belong to."""
    return text if sheet.inserted and text == sheet.name else ""


@lru_cache(maxsize=5_000)
def _unit(register: Register, name: str, day: date) -> Satker | None:
    return register.search(name, day).satker if name else None


def _given(sheet: Sheet, unit: Satker | None) -> Sheet:
    if unit is None:
        return sheet
    return replace(sheet, owner={"kode_satker": unit.code, "nama_satker": unit.name})


def _remark(recognised: Recognised, named: str, code: str, register: Register) -> TableNote:
    message = (
        f'Judul lembar "{recognised.name}" menyebut {unit_name(register, named)}, kiriman ini dari '
        f"{unit_name(register, code)}; barisnya tetap dipakai."
    )
    return TableNote("K38", message)
