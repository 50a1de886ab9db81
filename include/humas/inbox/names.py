"""Where a file goes, and what the answers beside it are called: the same for the same bytes, whenever it is done.

The digest in the name keeps two files apart that bear the same name, and lets work that was broken off be done
again without doing it twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from humas.inbox.folder import ACCEPTED, SET_ASIDE, UNKNOWN
from humas.pipeline.recognise import Identity
from humas.sources.fetch import safe_name

_DIGEST, _STEM_BYTES, _SUFFIX_LENGTH = 12, 120, 8
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Destination:
    """Places inside the drop-box: the file itself, its receipt, and its feedback workbook."""

    files: tuple[str, ...]
    receipts: tuple[str, ...]
    fixes: tuple[str, ...]


def destination(name: str, digest: str, identity: Identity | None) -> Destination:
    """Where a file and its answers go: with the unit's others of the quarter, or among the unknown ones."""
    stem, suffix = _split(_NOT_ON_WINDOWS.sub("-", safe_name(name)))
    short = digest[:_DIGEST]
    folder: tuple[str, ...] = (UNKNOWN,)
    base, letter = f"{stem} ({short})", "mengapa"
    if identity:
        folder = (ACCEPTED, identity.lembaga, identity.period)
        code = "" if stem.startswith(identity.satker_code) else f"{identity.satker_code} "
        base, letter = f"{code}{base}", "tanda terima"
    return Destination(
        (*folder, base + suffix), (*folder, f"{base} - {letter}.txt"), (*folder, f"{base} - perbaikan.xlsx")
    )


def waiting_place(name: str, digest: str) -> tuple[str, ...]:
    """Where the receipt of a file lies that was set aside."""
    stem, _ = _split(_NOT_ON_WINDOWS.sub("-", safe_name(name)))
    return SET_ASIDE, f"{stem} ({digest[:_DIGEST]}) - tertunda.txt"


def encode_text(text: str) -> bytes:
    """Text as the plain editors of office machines show it right."""
    return (text.rstrip("\n") + "\n").replace("\n", "\r\n").encode("utf-8-sig")


def _split(name: str) -> tuple[str, str]:
    """Stem, short enough for every file system, and suffix."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _SUFFIX_LENGTH or not suffix.isalnum():
        stem, dot, suffix = name, "", ""
    fitting = stem.encode()[:_STEM_BYTES].decode(errors="ignore").strip(". ")
    return fitting or "berkas", f"{dot}{suffix}"
