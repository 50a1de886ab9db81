"""Whose rows stand under a title: several units in one sheet, each under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from humas.contract.checks.identity import unit_name
from humas.contract.data_rows import unit_words
from humas.contract.sheet import Catatan, Dikenali, Lembar
from humas.registry import Register, Satker


def assign_units(dikenali: Dikenali, kode: str, register: Register, pada: date) -> Dikenali:
    """The sheet with each table given to the unit named above it.

    kode: the unit that was asked. pada: the day on which names are looked up. A title inside the sheet speaks of the
    rows below it. One at the top does so only when another title in the sheet names another unit: alone it may as
    well be a letterhead or the left-over of a copied file, so its rows stay and a remark says so.
    """
    owners = _owners(dikenali.lembar, kode, register, pada)
    named = {unit.kode for unit in owners if unit}
    if not named - {kode}:
        return dikenali
    several = len(named) > 1 or any(unit and sheet.sisipan for sheet, unit in zip(dikenali.lembar, owners, strict=True))
    if not several:
        return replace(dikenali, catatan=(*dikenali.catatan, _remark(dikenali, named.pop(), kode, register)))
    sheets = (_given(sheet, unit) for sheet, unit in zip(dikenali.lembar, owners, strict=True))
    return replace(dikenali, lembar=tuple(sheets))


def _owners(sheets: Sequence[Lembar], code: str, register: Register, day: date) -> list[Satker | None]:
    """The unit named above each table; a table without a title goes with the one above it."""
    owners: list[Satker | None] = []
    for sheet in sheets:
        units = [unit for text in sheet.atas if (unit := _unit(register, unit_words(text), day))]
        own = next((unit for unit in units if unit.kode == code), units[-1] if units else None)
        owners.append(own or (owners[-1] if owners else None))
    return owners


@lru_cache(maxsize=5_000)
def _unit(register: Register, name: str, day: date) -> Satker | None:
    return register.cari(name, day).satker if name else None


def _given(sheet: Lembar, unit: Satker | None) -> Lembar:
    if unit is None:
        return sheet
    return replace(sheet, pemilik={"kode_satker": unit.kode, "nama_satker": unit.nama})


def _remark(recognised: Dikenali, named: str, code: str, register: Register) -> Catatan:
    message = (
        f'Judul lembar "{recognised.nama}" menyebut {unit_name(register, named)}, kiriman ini dari '
        f"{unit_name(register, code)}; barisnya tetap dipakai."
    )
    return Catatan("K38", message)
