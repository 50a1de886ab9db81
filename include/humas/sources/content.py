"""What a body really is, by its first bytes; a page where data was asked for is a failure, not data."""

from __future__ import annotations

import html
import re
from enum import StrEnum

from humas.sources.faults import make_error

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"%PDF",
    b"GIF8",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\x7fELF",
    b"MZ",
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 4096
_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?((?:windows|cp|iso-8859|latin|mac)[\w.:-]{0,20})""", re.IGNORECASE)
"""Charsets of one byte a letter, by their families; the language knows others that cost far more than they decode."""
_GATE = re.compile(
    r"\b(log[- ]?in|sign[- ]?in|masuk|captcha|cloudflare|just a moment|challenge|password|kata sandi|verif\w+)\b", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TITLE = re.compile(r"<title[^>]*>\s*(.{1,400}?)\s*</title", re.I | re.S)
_TEXT_CLAIMS = (
    "",
    "text/",
    "application/csv",
    "application/vnd.ms-excel",
    "application/octet-stream",
    "binary/octet-stream",
)


class FileKind(StrEnum):
    """Kind of content by magic bytes."""

    JSON = "json"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"
    MARKUP = "markup"
    EMPTY = "kosong"
    OTHER = "lain"

    @property
    def media_type(self) -> str:
        """Media type to record."""
        return _MEDIA_TYPES.get(self, "application/octet-stream")

    @property
    def label(self) -> str:
        """Name of the kind in a message."""
        return _LABELS[self]


_MEDIA_TYPES = {
    FileKind.JSON: "application/json",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.CSV: "text/csv",
    FileKind.MARKUP: "text/html",
}
_LABELS = {
    FileKind.JSON: "JSON",
    FileKind.XLSX: "XLSX",
    FileKind.ODS: "ODS",
    FileKind.XLS: "XLS",
    FileKind.CSV: "CSV",
    FileKind.MARKUP: "halaman web",
    FileKind.EMPTY: "jawaban kosong",
    FileKind.OTHER: "berkas jenis lain",
}
WORKBOOKS = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ODS})


def sniff(data: bytes) -> FileKind:
    """The kind of ``data`` by its first bytes."""
    head = data[:_SAMPLE]
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return FileKind.EMPTY if not data[_SAMPLE:].strip() else FileKind.OTHER
    if head.startswith(b"PK\x03\x04"):
        return (
            FileKind.ODS if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head[:120] else FileKind.XLSX
        )
    if head.startswith(_OLE):
        return FileKind.XLS
    if head.startswith(_FOREIGN):
        return FileKind.OTHER
    return _sniff_text(head)


def _sniff_text(head: bytes) -> FileKind:
    text = head_text(head).lstrip("\ufeff \t\r\n")
    if not text or _is_binary(text):
        return FileKind.OTHER
    return {"{": FileKind.JSON, "[": FileKind.JSON, "<": FileKind.MARKUP}.get(text[0], FileKind.CSV)


def head_text(data: bytes) -> str:
    """The beginning of ``data`` as text, whatever its encoding; for looking, not for storing."""
    head = data[:_SAMPLE]
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), None) or wide_encoding(head) or "utf-8"
    text = head.decode(encoding, errors="replace")
    return text if encoding != "utf-8" or text.count("\ufffd") <= 1 else head.decode("cp1252", errors="replace")


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: mostly Latin letters leave a NUL at every other byte."""
    if len(head) < 4 or head.count(0) * 5 < len(head) * 2:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def as_utf8(data: bytes, claim: str) -> bytes:
    """JSON as UTF-8 when it is none and its ``claim`` (Content-Type) names the charset it is in; else as it came."""
    match = _CHARSET.search(claim)
    if match is None or _is_utf8(data) or wide_encoding(data[:4]) or data.startswith(_BOMS[1][0]):
        return data
    try:
        return data.decode(match[1]).encode()
    except (LookupError, ValueError):  # a charset that nobody knows, or that does not fit
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(text: str) -> bool:
    count = len(_CONTROL.findall(text))
    return count > 2 and count * 20 > len(text)


def judge(data: bytes, claim: str, wanted: frozenset[FileKind], place: str) -> FileKind:
    """The kind of ``data`` if it is among ``wanted``.

    A wrong ``claim`` (Content-Type) is forgiven where magic bytes prove the kind; CSV has none, so there the
    claim must be possible.

    Raises:
        SourceError: jawaban_kosong, halaman_masuk or jenis_salah.
    """
    kind = sniff(data)
    if kind is FileKind.EMPTY:
        raise make_error("jawaban_kosong", place)
    possible = kind is not FileKind.CSV or _claim_allows_text(claim)
    if kind in wanted and possible:
        return kind
    expected = " atau ".join(candidate.label for candidate in FileKind if candidate in wanted)
    if kind is FileKind.MARKUP:
        raise _page_error(data, expected, place)
    found = kind.label if possible else f"isi berlabel {claim[:60]}"
    raise make_error("jenis_salah", place, ditemukan=found, diminta=expected)


def _claim_allows_text(claim: str) -> bool:
    media = claim.partition(";")[0].strip().lower()
    return media == "" or media.startswith(_TEXT_CLAIMS[1:])


def _page_error(data: bytes, expected: str, place: str) -> Exception:
    text = data[: 64 * 1024].decode("utf-8", errors="replace")
    found = _TITLE.search(text)
    title = f' "{clean_words(html.unescape(found[1]))}"' if found else ""
    if _GATE.search(text):
        return make_error("halaman_masuk", place, judul=title)
    return make_error("jenis_salah", place, ditemukan=f"halaman web{title}", diminta=expected)


def clean_words(text: str, limit: int = 80) -> str:
    """Foreign text made fit for a message: one line, printable, short."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:limit]
