"""Whose rows stand under a title: several units in one sheet, each under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from humas.layout.data_rows import unit_words
from humas.layout.sheet import Recognised, Sheet, TableNote
from humas.registry import Register, Satker
from humas.values.codes import unit_name


def assign_units(recognised: Recognised, code: str, register: Register, on: date) -> Recognised:
    """The sheet with each table given to the unit named above it.

    code: the unit that was asked. on: the day on which names are looked up. A title inside the sheet speaks of the
    rows below it. One at the top does so only when another title in the sheet names another unit: alone it may as
    well be a letterhead or the left-over of a copied file, so its rows stay and a remark says so.
    """
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


def _owners(sheets: Sequence[Sheet], code: str, register: Register, day: date) -> list[Satker | None]:
    """The unit named above each table; a table without a title goes with the one above it."""
    owners: list[Satker | None] = []
    for sheet in sheets:
        units = [unit for text in sheet.top if (unit := _unit(register, unit_words(text), day))]
        own = next((unit for unit in units if unit.code == code), units[-1] if units else None)
        owners.append(own or (owners[-1] if owners else None))
    return owners


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
