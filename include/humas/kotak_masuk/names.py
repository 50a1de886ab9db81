"""Where a file goes, and what the answers beside it are called: the same for the same bytes, whenever it is done.

The digest in the name keeps two files apart that bear the same name, and lets work that was broken off be done
again without doing it twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from humas.check import Identitas
from humas.kotak_masuk.folder import DITERIMA, TAK_DIKENAL, TERTUNDA
from humas.sources.fetch import safe_name

_DIGEST, _STEM_BYTES, _SUFFIX_LENGTH = 12, 120, 8
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Tujuan:
    """Places inside the drop-box: the file itself, its receipt, and its feedback workbook."""

    berkas: tuple[str, ...]
    tanda_terima: tuple[str, ...]
    perbaikan: tuple[str, ...]


def destination(nama: str, sidik: str, identitas: Identitas | None) -> Tujuan:
    """Where a file and its answers go: with the unit's others of the quarter, or among the unknown ones."""
    stem, suffix = _split(_NOT_ON_WINDOWS.sub("-", safe_name(nama)))
    short = sidik[:_DIGEST]
    folder: tuple[str, ...] = (TAK_DIKENAL,)
    base, letter = f"{stem} ({short})", "mengapa"
    if identitas:
        folder = (DITERIMA, identitas.lembaga, identitas.periode)
        code = "" if stem.startswith(identitas.kode_satker) else f"{identitas.kode_satker} "
        base, letter = f"{code}{base}", "tanda terima"
    return Tujuan((*folder, base + suffix), (*folder, f"{base} - {letter}.txt"), (*folder, f"{base} - perbaikan.xlsx"))


def waiting_place(nama: str, sidik: str) -> tuple[str, ...]:
    """Where the receipt of a file lies that was set aside."""
    stem, _ = _split(_NOT_ON_WINDOWS.sub("-", safe_name(nama)))
    return TERTUNDA, f"{stem} ({sidik[:_DIGEST]}) - tertunda.txt"


def encode_text(teks: str) -> bytes:
    """Text as the plain editors of office machines show it right."""
    return (teks.rstrip("\n") + "\n").replace("\n", "\r\n").encode("utf-8-sig")


def _split(name: str) -> tuple[str, str]:
    """Stem, short enough for every file system, and suffix."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _SUFFIX_LENGTH or not suffix.isalnum():
        stem, dot, suffix = name, "", ""
    fitting = stem.encode()[:_STEM_BYTES].decode(errors="ignore").strip(". ")
    return fitting or "berkas", f"{dot}{suffix}"
