"""An officer who corrects a feedback workbook: types at the cells the findings name, only where the sheet lets her."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet


def correct(data: bytes, findings: Iterable[Mapping[str, Any]], benar: bytes) -> bytes:
    """The workbook after one round of corrections, each taken from the same cell of the right workbook.

    A row that the right workbook does not have is emptied. Where the named cell is right already, the whole row is.
    """
    buku, contoh = (openpyxl.load_workbook(io.BytesIO(satu)) for satu in (data, benar))
    for temuan in findings:
        if temuan["row"] and (temuan["severity"] != "INFO" or temuan["rule"] == "K17"):
            _mend(buku[temuan["sheet"]], contoh[temuan["sheet"]], temuan["row"], temuan["column"])
    tampung = io.BytesIO()
    buku.save(tampung)
    return tampung.getvalue()


def _mend(lembar: Worksheet, contoh: Worksheet, baris: int, huruf: str) -> None:
    kolom = column_index_from_string(huruf) if huruf else 0
    if kolom and baris <= contoh.max_row and _value(lembar, baris, kolom) != _value(contoh, baris, kolom):
        type_in(lembar, baris, kolom, _value(contoh, baris, kolom))
        return
    for satu in range(1, max(lembar.max_column, contoh.max_column) + 1):
        isi = _value(contoh, baris, satu)
        if _value(lembar, baris, satu) != isi:
            type_in(lembar, baris, satu, isi)


def type_in(lembar: Worksheet, baris: int, kolom: int, isi: object) -> None:
    """Type into a cell, as a program would let one."""
    assert not is_locked(lembar, baris, kolom), f"{lembar.title}, baris {baris}, kolom {kolom} is locked"
    sel = lembar.cell(baris, kolom)
    assert isinstance(sel, Cell)
    sel.value = isi


def is_locked(lembar: Worksheet, baris: int, kolom: int) -> bool:
    """Whether a program would refuse to change the cell; one that is not in the file takes its column's format."""
    if not lembar.protection.sheet:
        return False
    sel = lembar._cells.get((baris, kolom))  # asking for the cell would make it
    if sel is not None:
        return bool(sel.protection.locked)
    return not any(
        satu.min <= kolom <= satu.max and not satu.protection.locked
        for satu in lembar.column_dimensions.values()
        if satu.min and satu.max
    )


def _value(lembar: Worksheet, baris: int, kolom: int) -> object:
    sel = lembar._cells.get((baris, kolom))
    return None if sel is None else sel.value
