"""Names of files: one form to reach them, one form for people, the warehouse and every message.

A file system may call a file anything: bytes that are no UTF-8 (a Windows share hands out ``0x96`` for a dash), line
ends, letters that turn the direction of writing. All of it ends at this door; see ``docs/decisions/0029-nama-berkas.md``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

LONGEST = 120
"""Letters of a name as it is shown."""
UNNAMED = "berkas"
"""What a file is called of whose name nothing can be shown."""
_HEAD = 72
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # count as printable, show nothing
_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def _as_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


_TABLE = (
    {0xDC00 + byte: _as_windows(byte) for byte in range(0x80, 0x100)}
    | {byte: _as_windows(byte) for byte in range(0x80, 0xA0)}
    | {ord(letter): None for letter in _BLANK_LETTERS}
)


@dataclass(frozen=True, slots=True, order=True)
class EntryName:
    """The name of one listed entry.

    raw: as the file system lists it, only to reach the entry; bytes that are no UTF-8 are lone surrogates in it.
    """

    raw: str

    @property
    def text(self) -> str:
        """All of the name, printable: what it says of its content counts, however long it is."""
        return re.sub(r"[\\/]", "-", printable(self.raw))

    @property
    def shown(self) -> str:
        """The name as people see it and as it is stored."""
        return shorten(self.text.rstrip(". ")) or UNNAMED

    @property
    def quoted(self) -> str:
        """The bytes of the name in ASCII: different for every name, fit for addresses and databases."""
        return quote_from_bytes(_bytes_of(self.raw), safe=" ()")


def printable(name: str) -> str:
    """A name that shows as it is, in one line; what is no UTF-8 is read as Windows writes it, else shown as ``�``."""
    whole = _bytes_of(_LONE.sub("�", name)).decode("utf-8", "surrogateescape")
    visible = "".join(_visible(letter) for letter in whole.translate(_TABLE))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def _visible(letter: str) -> str:
    if letter.isspace():
        return " "
    return letter if letter.isprintable() else ""


def shorten(name: str) -> str:
    """A long name without its middle: the beginning says whose it is, the end what it is."""
    if len(name) <= LONGEST:
        return name
    return f"{name[:_HEAD]}…{name[_HEAD + 1 - LONGEST :]}"


def _bytes_of(name: str) -> bytes:
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
