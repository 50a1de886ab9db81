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
    pokok, akhiran = _split(_NOT_ON_WINDOWS.sub("-", safe_name(nama)))
    pendek = sidik[:_DIGEST]
    map_: tuple[str, ...] = (TAK_DIKENAL,)
    dasar, surat = f"{pokok} ({pendek})", "mengapa"
    if identitas:
        map_ = (DITERIMA, identitas.lembaga, identitas.periode)
        kode = "" if pokok.startswith(identitas.kode_satker) else f"{identitas.kode_satker} "
        dasar, surat = f"{kode}{dasar}", "tanda terima"
    return Tujuan((*map_, dasar + akhiran), (*map_, f"{dasar} - {surat}.txt"), (*map_, f"{dasar} - perbaikan.xlsx"))


def waiting_place(nama: str, sidik: str) -> tuple[str, ...]:
    """Where the receipt of a file lies that was set aside."""
    pokok, _ = _split(_NOT_ON_WINDOWS.sub("-", safe_name(nama)))
    return TERTUNDA, f"{pokok} ({sidik[:_DIGEST]}) - tertunda.txt"


def encode_text(teks: str) -> bytes:
    """Text as the plain editors of office machines show it right."""
    return (teks.rstrip("\n") + "\n").replace("\n", "\r\n").encode("utf-8-sig")


def _split(nama: str) -> tuple[str, str]:
    """Stem, short enough for every file system, and suffix."""
    pokok, titik, akhiran = nama.rpartition(".")
    if not pokok or len(akhiran) > _SUFFIX_LENGTH or not akhiran.isalnum():
        pokok, titik, akhiran = nama, "", ""
    muat = pokok.encode()[:_STEM_BYTES].decode(errors="ignore").strip(". ")
    return muat or "berkas", f"{titik}{akhiran}"
