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
    pemilik = _owners(dikenali.lembar, kode, register, pada)
    disebut = {unit.kode for unit in pemilik if unit}
    if not disebut - {kode}:
        return dikenali
    beberapa = len(disebut) > 1 or any(
        unit and satu.sisipan for satu, unit in zip(dikenali.lembar, pemilik, strict=True)
    )
    if not beberapa:
        return replace(dikenali, catatan=(*dikenali.catatan, _remark(dikenali, disebut.pop(), kode, register)))
    lembar = (_given(satu, unit) for satu, unit in zip(dikenali.lembar, pemilik, strict=True))
    return replace(dikenali, lembar=tuple(lembar))


def _owners(lembar: Sequence[Lembar], kode: str, register: Register, pada: date) -> list[Satker | None]:
    """The unit named above each table; a table without a title goes with the one above it."""
    hasil: list[Satker | None] = []
    for satu in lembar:
        semua = [unit for teks in satu.atas if (unit := _unit(register, unit_words(teks), pada))]
        sendiri = next((unit for unit in semua if unit.kode == kode), semua[-1] if semua else None)
        hasil.append(sendiri or (hasil[-1] if hasil else None))
    return hasil


@lru_cache(maxsize=5_000)
def _unit(register: Register, nama: str, pada: date) -> Satker | None:
    return register.cari(nama, pada).satker if nama else None


def _given(lembar: Lembar, unit: Satker | None) -> Lembar:
    if unit is None:
        return lembar
    return replace(lembar, pemilik={"kode_satker": unit.kode, "nama_satker": unit.nama})


def _remark(dikenali: Dikenali, disebut: str, kode: str, register: Register) -> Catatan:
    pesan = (
        f'Judul lembar "{dikenali.nama}" menyebut {unit_name(register, disebut)}, kiriman ini dari '
        f"{unit_name(register, kode)}; barisnya tetap dipakai."
    )
    return Catatan("K38", pesan)
