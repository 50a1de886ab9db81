"""Cells of an XLSX that show no value: errors such as ``#REF!``, and formulas that nobody has calculated yet.

The spreadsheet library gives both as empty text, so that a required cell would be told to be empty though something
stands there. Programs that write workbooks without a calculating core store formulas without a result.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

from humas.digits import bounded_int
from humas.reading.package import column_number, sheet_members
from humas.reading.table import SelRusak

MAX_CELLS = 10_000
_CHUNK = 4 * 1024 * 1024
_REFERENCE = rb'<c\s(?=[^<>]*\br="([A-Z]{1,3})(\d{1,7})")'
_ERROR = re.compile(
    _REFERENCE + rb'(?=[^<>]*\bt="e")[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]{1,20})</v>', re.ASCII
)
_UNCALCULATED = re.compile(
    _REFERENCE + rb'(?![^<>]*\bt="str")[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>([^<]*)</f>)(?:<v\s*/>|<v></v>)?</c>', re.ASCII
)
_FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_ODS_TABLE = re.compile(rb'<table:table\s[^<>]*?table:name="([^"<>]*)"')
_ODS_ERROR = b'calcext:value-type="error"'
_LONGEST = 80

Tempat = tuple[int, int]
"""Row counted from 1, column counted from 0."""


def find_broken_cells(data: bytes) -> Mapping[str, Mapping[Tempat, SelRusak]]:
    """Cells without a value by sheet name and place; empty for a package that cannot be looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip:
            anggota = sheet_members(arsip)
            temuan = {nama: dict(islice(_cells(arsip, bagian), MAX_CELLS)) for nama, bagian in anggota.items()}
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    return {nama: isi for nama, isi in temuan.items() if isi}


def count_ods_errors(data: bytes) -> Mapping[str, int]:
    """Cells with an error by sheet name in an OpenDocument, whose repeated cells keep their places from being told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip:
            potongan = _ODS_TABLE.split(arsip.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    pasangan = zip(potongan[1::2], potongan[2::2], strict=True)
    banyak = {unescape(nama.decode("utf-8", "replace")): isi.count(_ODS_ERROR) for nama, isi in pasangan}
    return {nama: jumlah for nama, jumlah in banyak.items() if jumlah}


def counts_from_1904(data: bytes) -> bool:
    """Whether the workbook numbers its days from 1904, as old Macintosh programs did."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arsip, arsip.open("xl/workbook.xml") as isi:
            return _FROM_1904.search(isi.read(_CHUNK)) is not None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return False


def _cells(arsip: zipfile.ZipFile, anggota: str) -> Iterator[tuple[Tempat, SelRusak]]:
    for potongan in _pieces(arsip, anggota):
        if b't="e"' in potongan:
            for temu in _ERROR.finditer(potongan):
                yield _place(temu), SelRusak(unescape(temu[3].decode("utf-8", "replace")))
        if b"<f" in potongan:
            for temu in _UNCALCULATED.finditer(potongan):
                rumus = unescape((temu[3] or b"").decode("utf-8", "replace"))[:_LONGEST]
                yield _place(temu), SelRusak(f"={rumus.removeprefix('=')}")


def _pieces(arsip: zipfile.ZipFile, anggota: str) -> Iterator[bytes]:
    """The member in pieces that end behind a cell."""
    ekor = b""
    with arsip.open(anggota) as isi:
        while baru := isi.read(_CHUNK):
            potongan = ekor + baru
            akhir = potongan.rfind(b"</c>") + len(b"</c>")
            akhir = akhir if akhir >= len(b"</c>") else 0
            ekor = potongan[akhir:][-_CHUNK:]
            yield potongan[:akhir]


def _place(temu: re.Match[bytes]) -> Tempat:
    return bounded_int(temu[2]), column_number(temu[1]) - 1
