"""Unit codes that a spreadsheet or a hurried hand changed: ``32.1``, ``33,74``; never guessed.

Where nothing was lost (another separator, words around it) the code stands. Where a digit was lost, the unit's name
decides, or without a name the unit that the submission is from; else the candidates are named. Four digits without
a dot are left alone: they are as likely a BPS code, which V03 and V04 tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from humas.errors import SenderError
from humas.values.cells import ColumnReading, Reading

if TYPE_CHECKING:
    from humas.registry import Register, Satker

CODE_PATTERN = r"^\d{2}(?:\.\d{2})?$"
_CODE = re.compile(r"\d{2}(?:\.\d{2})?")
_MISSING_ZERO = re.compile(r"(\d{2})\.(\d)")
_OTHER_SEPARATOR = re.compile(r"(\d{2})\s*[.,\-/_: ]\s*(\d{2})\.?")
_PROVINCE = re.compile(r"(\d{2})\.0")
_INSIDE = re.compile(r"(?<![\d.])\d{2}\.\d{2}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Codes that a damaged code may have been. certain: nothing was lost, so that the only one stands."""

    codes: tuple[str, ...]
    certain: bool = False


def candidates_of(written: str, register: Register) -> Candidates:
    """What a code that is none may have been; only codes that some unit bears or bore."""
    for pattern in (_PROVINCE, _OTHER_SEPARATOR):
        if match := pattern.fullmatch(written):
            return _existing((".".join(filter(None, match.groups())),), register, certain=True)
    if match := _MISSING_ZERO.fullmatch(written):
        return _existing((f"{match[1]}.{match[2]}0", f"{match[1]}.0{match[2]}"), register)
    inside = tuple(dict.fromkeys(_INSIDE.findall(written)))
    return _existing(inside, register, certain=True) if len(inside) == 1 else Candidates(())


def _existing(codes: tuple[str, ...], register: Register, *, certain: bool = False) -> Candidates:
    known = {candidate.code for candidate in register.everything()}
    return Candidates(tuple(candidate for candidate in codes if candidate in known), certain)


def code_hint(register: Register, code: str) -> str:
    """What a code that is none may have meant."""
    bps = register.satker_by_bps(code)
    if re.fullmatch(r"\d{4}", code) and bps:
        return f"{code} adalah kode BPS {bps.name}; kode Kemendagrinya {bps.code}."
    likely = candidates_of(code, register).codes
    if len(likely) > 1:
        return f"Mungkin {' atau '.join(f'{code} {register.satker(code).name}' for code in likely)}."
    try:
        return f"Kode ini milik {register.satker(code).name}."
    except SenderError as error:
        _, found, advice = error.message.partition("Mungkin ")
        return f"Mungkin {advice}" if found else ""


def unit_name(register: Register, code: str) -> str:
    """``Kota Semarang (33.74)``, or the bare code when nobody bears it."""
    try:
        return f"{register.satker(code).name} ({code})"
    except SenderError:
        return code


def candidates(candidates: tuple[Satker, ...]) -> str:
    """What to write instead of an ambiguous name: ``Tulis "Kota Semarang" (33.74) atau …``."""
    names = [f'"{unit.name}" ({unit.code})' for unit in candidates]
    return f"Tulis {', '.join(names[:-1])} atau {names[-1]}." if len(names) > 1 else f"Tulis {names[0]}."


def settle_code(written: str, name: str, asked: str, register: Register, on: date | None = None) -> str:
    """The code that ``written`` stands for, or ``written`` itself when nothing decides.

    name: name of the unit on the same row or cover, "" without one. asked: code of the unit the submission is from.
    """
    if _CODE.fullmatch(written):
        return written
    candidates = candidates_of(written, register)
    if candidates.certain:
        return candidates.codes[0] if candidates.codes else written
    satker = register.search(name, on).satker if name else None
    code = satker.code if satker else "" if name else asked
    return code if code in candidates.codes else written


def settle_column(
    code: ColumnReading, name: ColumnReading, asked: Callable[[int], str], register: Register
) -> ColumnReading:
    """A column of codes with the damaged ones settled where that is certain, each with a remark (K21)."""
    damaged = np.array(
        [isinstance(reading.value, str) and not _CODE.fullmatch(reading.value) for reading in code.distinct], bool
    )
    if not damaged.any():
        return code
    distinct, positions = list(code.distinct), code.code.copy()
    known: dict[tuple[int, str, str], int] = {}
    for i in np.flatnonzero(damaged[code.code]).tolist():
        key = (int(code.code[i]), str(name.value[i] or ""), asked(i))
        if key not in known:
            known[key] = len(distinct)
            distinct.append(_settled(code.distinct[key[0]], key[1], key[2], register))
        positions[i] = known[key]
    return ColumnReading(distinct, positions)


def _settled(reading: Reading, name: str, asked: str, register: Register) -> Reading:
    settled = settle_code(str(reading.value), name, asked, register)
    if settled == reading.value:
        return reading
    return Reading(settled, note="K21", remark=f"dibaca {settled}")
